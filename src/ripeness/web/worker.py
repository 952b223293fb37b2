"""A worker: one process beside the server that does one piece of work at a time, and can be cut off at any moment.

What visitors upload or type is read, and what they ask for is computed, in workers: a text that takes for ever, or all
memory, ends its worker and not the server. `python -m ripeness.web.worker_process` is the other end of the pipe.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from time import monotonic
from typing import IO, Any, Self

from ripeness.world.compiling import CLOCK, CompileClock
from ripeness.world.fault import Fault

Progress = Callable[[int, int], None]
OFTEN = 0.1  # seconds between two looks at whether the work is still wanted
GRACE = 3.0  # seconds in which work that is told to stop may do so by itself, and keep its worker warm
SIZE = 8  # bytes of the length before each message
GIB = 2**30


class WorkStopped(Exception):
    """Raised inside work that was told to stop."""


class WorkerError(Exception):
    """An error of the program inside a worker; its text is the traceback there."""


class Worker:
    """A process that is started when it is first needed, and anew after it was cut off. `memory` in bytes; none:
    unbounded. `nice`: by how much it gives way to others on a busy machine.
    """

    def __init__(self, name: str, memory: int | None = None, nice: int = 0) -> None:
        self.name, self.memory, self.nice = name, memory, nice
        self.lock = threading.Lock()
        self.process: subprocess.Popen[bytes] | None = None
        self.messages: SimpleQueue[tuple[Any, ...]] = SimpleQueue()

    def call(
        self,
        work: Callable[..., Any],
        *arguments: Any,
        limit: float | None = None,
        quiet: float | None = None,
        tell: Progress | None = None,
    ) -> Any:
        """What `work(*given)` returns, within `limit` seconds and the time to compile loops; with `tell`, work is given
        a way to say how far it is.

        `quiet` bounds the seconds between two signs of progress. `tell` is called often; what it raises stops the work.

        Raises: Fault of the work itself, or for work that needs too long or too much memory; Broken for an error of the
        program; what `tell` raises.

        >>> worker = Worker("sums")
        >>> worker.call(sum, [1, 2], limit=60)
        3
        >>> worker.close()
        """
        with self.lock:
            if self.process is None or self.process.poll() is not None:
                self._start()
            try:
                self._send(("work", pickle.dumps((work, arguments)), tell is not None))
                return self._follow(limit, quiet, tell)
            except BaseException as error:
                if not isinstance(error, (Fault, WorkerError)) and self.process is not None:
                    self._halt()
                raise

    def close(self) -> None:
        """End the process, whatever it does."""
        process, self.process = self.process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()

    def _follow(self, limit: float | None, quiet: float | None, tell: Progress | None) -> Any:
        began = last_sign = monotonic()
        progress = (0, 0)
        with _Compiling() as compiling:
            while True:
                kind, *values = self._hear()
                now = monotonic()
                if kind == "far":
                    progress, last_sign = (values[0], values[1]), now
                elif kind == "compiling":
                    compiling.is_now(on=values[0])
                elif kind:
                    return self._end(kind, *values)
                if limit is not None and now - began - compiling.seconds(now) > limit:
                    self.close()
                    raise Fault(f"this takes more than {limit:.0f} seconds to work through; make it smaller or simpler")
                if quiet is not None and now - last_sign > quiet:
                    self.close()
                    raise Fault(f"nothing came of this for {quiet / 60:.0f} minutes; ask for less")
                if tell is not None:
                    tell(*progress)

    def _hear(self) -> tuple[Any, ...]:
        """The next message, or an empty one where none comes soon."""
        try:
            return self.messages.get(timeout=OFTEN)
        except Empty:
            return ("",)

    def _end(self, kind: str, *values: Any) -> Any:
        """What came of the work."""
        if kind == "done":
            return pickle.loads(values[0])  # noqa: S301  (from our own process)
        if kind == "fault":
            raise pickle.loads(values[0])  # noqa: S301
        if kind == "broken":
            raise WorkerError(values[0])
        self.close()
        raise Fault("the process that worked on this ended: it needed too much memory, or was stopped from outside")

    def _halt(self) -> None:
        """Tell work to stop; where it does not, the process ends."""
        end = monotonic() + GRACE
        try:
            self._send(("stop",))
            while monotonic() < end:
                kind, *_ = self._hear()
                if kind in {"done", "fault", "broken", "stopped"}:
                    return
                if kind == "end":
                    break
        except Fault:
            pass  # it ended meanwhile
        self.close()

    def _start(self) -> None:
        self.close()
        path = os.pathsep.join(part for part in sys.path if part)
        words = [sys.executable, "-m", "ripeness.web.worker_process", str(self.memory or 0), str(self.nice)]
        self.process = subprocess.Popen(  # noqa: S603  (our own module)
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": path}
        )
        self.messages = SimpleQueue()
        threading.Thread(
            target=_listen, args=(self.process.stdout, self.messages), name=f"hears {self.name}", daemon=True
        ).start()

    def _send(self, message: tuple[Any, ...]) -> None:
        pipe = self.process.stdin if self.process is not None else None
        try:
            if pipe is None:  # it was closed meanwhile
                raise BrokenPipeError
            send_message(pipe, message)
        except (OSError, ValueError):
            self.close()
            raise Fault("the process that works on this cannot be reached; ask again") from None


class _Compiling:
    """Whether the other process compiles loops, as the clock of this one tells it to whoever watches."""

    def __init__(self) -> None:
        self.on = False
        self.clock = CompileClock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.is_now(on=False)

    def is_now(self, *, on: bool) -> None:
        """Take in what the other process says."""
        if on is not self.on:
            self.on = on
            for clock in (CLOCK, self.clock):
                clock.start() if on else clock.stop()

    def seconds(self, now: float) -> float:
        """How long it has compiled so far. Units: now in seconds, of the monotonic clock."""
        return self.clock.seconds(now)


def _listen(pipe: IO[bytes], messages: SimpleQueue[tuple[Any, ...]]) -> None:
    try:
        while True:
            messages.put(read(pipe))
    except (EOFError, OSError, ValueError):
        messages.put(("end",))


def read(pipe: IO[bytes]) -> tuple[Any, ...]:
    """The next message of our own other end.

    Raises: EOFError where it is gone.
    """
    head = pipe.read(SIZE)
    size = int.from_bytes(head, "big")
    body = pipe.read(size)
    if len(head) < SIZE or len(body) < size:
        raise EOFError
    return tuple(pickle.loads(body))  # noqa: S301


def send_message(pipe: IO[bytes], message: tuple[Any, ...]) -> None:
    """Send a message."""
    body = pickle.dumps(message)
    pipe.write(len(body).to_bytes(SIZE, "big") + body)
    pipe.flush()
