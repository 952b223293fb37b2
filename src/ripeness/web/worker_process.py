"""The other end of a worker's pipe: takes one piece of work after the other until the server hangs up."""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from queue import SimpleQueue
from time import monotonic, sleep
from typing import Any, BinaryIO

from ripeness.web.worker import GIB, OFTEN, WorkStopped, read, send_message
from ripeness.world.compiling import CLOCK
from ripeness.world.fault import ArgumentFault, Fault

PACE = 0.05  # seconds between two signs of progress


class WorkLoop:
    """The work at hand, and whether it is still wanted."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self.incoming, self.outgoing = incoming, outgoing
        self.work: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.last_report = 0.0

    def listen(self) -> None:
        """Take in what the server sends; where it is gone, there is nothing left to do."""
        try:
            while True:
                kind, *values = read(self.incoming)
                if kind == "stop":
                    self.stop.set()
                else:
                    self.stop.clear()
                    self.work.put(tuple(values))
        except (EOFError, OSError):
            os._exit(0)

    def watch(self) -> None:
        """Say whenever loops begin or end to be compiled."""
        was_compiling = False
        while True:
            sleep(OFTEN)
            if CLOCK.running is not was_compiling:
                was_compiling = not was_compiling
                self.say(("compiling", was_compiling))

    def serve(self) -> None:
        """Work, one piece after the other."""
        while True:
            body, reports = self.work.get()
            self.last_report = 0.0
            self.say(answer_task(body, self.far if reports else None))

    def far(self, done: int, total: int) -> None:
        """Say how far the work is.

        Raises: Stopped where it is no longer wanted.
        """
        if self.stop.is_set():
            raise WorkStopped
        now = monotonic()
        if now - self.last_report >= PACE or done == total:
            self.last_report = now
            self.say(("far", done, total))

    def say(self, message: tuple[Any, ...]) -> None:
        """Send a message, from whatever thread; where nobody hears it any more, there is nothing left to do."""
        try:
            with self.lock:
                send_message(self.outgoing, message)
        except OSError:
            os._exit(0)


def answer_task(body: bytes, progress: Callable[[int, int], None] | None) -> tuple[Any, ...]:
    """What comes of a piece of work, as a message; with `far` the work is given a way to say how far it is."""
    try:
        work, arguments = pickle.loads(body)  # noqa: S301  (from our own server)
        return "done", pickle.dumps(work(*arguments) if progress is None else work(*arguments, progress))
    except WorkStopped:
        return ("stopped",)
    except Fault as fault:
        return "fault", pickle.dumps(portable_fault(fault))
    except MemoryError:
        return "fault", pickle.dumps(Fault("this needs more memory than there is for it; make it smaller"))
    except Exception:  # noqa: BLE001  (told to the server, which logs it)
        return "broken", traceback.format_exc()


def portable_fault(fault: Fault) -> Fault:
    """A fault without what only its own room knows, so that any process can read it; an argument keeps its name."""
    if isinstance(fault, ArgumentFault):
        return fault
    return Fault(fault.message, fault.place, tuple(portable_fault(other_fault) for other_fault in fault.others))


def bound(memory: int) -> None:
    """Let the process have so many bytes and no more, where the system can see to that.

    What counts is memory that can be written to: the library that draws pictures reserves 60 GB of addresses, and uses
    few.
    """
    if memory and sys.platform != "win32":
        import resource

        _, hard_limit = resource.getrlimit(resource.RLIMIT_DATA)
        soft_limit = memory if hard_limit == resource.RLIM_INFINITY else min(memory, hard_limit)
        resource.setrlimit(resource.RLIMIT_DATA, (soft_limit, hard_limit))


def main() -> None:
    """Serve the pipe that stands in place of standard input and output; what is printed goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which hangs up
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    bound(int(sys.argv[1]) if len(sys.argv) > 1 else 4 * GIB)
    if len(sys.argv) > 2 and hasattr(os, "nice"):
        os.nice(int(sys.argv[2]))
    work_loop = WorkLoop(sys.stdin.buffer, outgoing)
    for work in (work_loop.listen, work_loop.watch):
        threading.Thread(target=work, daemon=True).start()
    work_loop.serve()


if __name__ == "__main__":
    main()
