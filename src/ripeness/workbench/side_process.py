"""Side process: answers that are worked out beside this process by a copy of it, where the system can make one.

Python runs one thread at a time, so that two threads which mostly reckon in Python take as long as one. A copy of the
process (a fork) has every scenario read and every loop compiled already, and costs next to nothing. It works out
answers and sends them back; it draws no pictures and tells nobody anything. What it cannot do, its parent does.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import warnings
from collections.abc import Callable, Mapping
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, BinaryIO, Self

from ripeness.ensemble.engines.choice import use_engine

Task = Callable[[], Any]
PATIENCE = 120.0  # seconds without an answer after which the copy is given up, and the rest worked out here


class SideProcess:
    """Some tasks by name, worked out one after the other in a copy of this process; none where there can be no copy.

    >>> with SideProcess({"sum": lambda: 1 + 1}) as side:
    ...     side.answer("sum", lambda: 2), side.answer("other", lambda: 3)
    (2, 3)
    """

    def __init__(self, tasks: Mapping[str, Task]) -> None:
        """Note the tasks; the copy is made on entering."""
        self._tasks = dict(tasks)
        self._lock = Lock()
        self._pid = 0
        self._answers: dict[str, Any] = {}
        self._heard: SimpleQueue[tuple[str, Any] | None] = SimpleQueue()
        self._is_open = False

    def __enter__(self) -> Self:
        """Make the copy and let it begin."""
        if self._tasks and can_copy():
            receiving, sending = os.pipe()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of threads, none of which the copy needs
                self._pid = os.fork()
            if self._pid == 0:
                os.close(receiving)
                _work(self._tasks, sending)
            os.close(sending)
            self._is_open = True
            Thread(target=_hear, args=(os.fdopen(receiving, "rb"), self._heard), daemon=True).start()
        return self

    def __exit__(self, *exception: object) -> None:
        """End the copy, whatever it is doing."""
        if self._pid:
            with suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        with self._lock:
            self._is_open = False

    def answer(self, name: str, here: Task) -> Any:
        """An answer of the copy once it is there; where it has none, what is worked out here."""
        with self._lock:
            while name in self._tasks and name not in self._answers and self._is_open:
                try:
                    message = self._heard.get(timeout=PATIENCE)
                except Empty:
                    message = None
                if message is None:
                    self._is_open = False
                else:
                    self._answers[message[0]] = message[1]
            if name in self._answers:
                return self._answers.pop(name)
        return here()


def _hear(incoming: BinaryIO, heard: SimpleQueue[tuple[str, Any] | None]) -> None:
    """Pass on what a copy sends, and none once nothing more will come."""
    with incoming, suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            heard.put(pickle.load(incoming))  # noqa: S301  (from a copy of this process)
    heard.put(None)


def can_copy() -> bool:
    """Whether a copy of this process can be made, and would have a processor and all that its work needs."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2:
        return False
    with use_engine() as engine:
        return engine.name == "threads"  # connections to other machines cannot be shared with a copy


def _work(tasks: Mapping[str, Task], sending: int) -> None:
    """Work the tasks out and send what comes of them; this process ends here. What fails is left to the parent."""
    try:
        for name, task in tasks.items():
            with suppress(Exception):
                message = pickle.dumps((name, task()))
                with os.fdopen(os.dup(sending), "wb") as outgoing:
                    outgoing.write(message)
    finally:
        os._exit(0)
