"""The workers of a server: some that read what visitors write, one that follows sliders,
and one for each line of answers.
"""

from __future__ import annotations

import asyncio
import atexit
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from queue import Empty, LifoQueue
from typing import Any

from ripeness.web.task import LINES, Line
from ripeness.web.worker import GIB, Progress, Worker
from ripeness.world.fault import Fault

READERS = 3  # texts read at a time; more visitors wait for a moment
READ_SECONDS = 30.0  # a scenario takes some tenths
READ_MEMORY = 4 * GIB
NICE = 10  # by how much what can wait gives way to what cannot
WAIT = 60.0  # seconds in line for a reader
PATIENCE = WAIT + READ_SECONDS + 10.0  # seconds in which a page that reads is there, or says why not
SLIDE_SECONDS = 60.0  # for a war beside itself, which takes some tenths
QUIET = 1800.0  # seconds without a sign of progress after which work is given up


class Workers:
    """The workers; each is started when it is first needed."""

    def __init__(self, readers: int = READERS) -> None:
        self.computers = {
            line: Worker(f"{line} answers", _machine_memory(), nice=NICE if line == "background" else 0)
            for line in LINES
        }
        self.slider = Worker("sliders", _machine_memory())
        self.slides = ThreadPoolExecutor(1, thread_name_prefix="sliders")  # in the order in which they are asked for
        for_readers = [Worker(f"reader {n}", READ_MEMORY) for n in range(readers)]
        self.workers = [*self.computers.values(), self.slider, *for_readers]
        self.free: LifoQueue[Worker] = LifoQueue()  # the one that worked last is warm
        for worker in reversed(for_readers):
            self.free.put(worker)

    def read(self, work: Callable[..., Any], *arguments: Any, limit: float = READ_SECONDS) -> Any:
        """What `work(*given)` makes of something that a visitor wrote.

        Raises: Fault of the work, or where it needs too long or too much memory; Broken for an error of the program.
        """
        try:
            worker = self.free.get(timeout=WAIT)
        except Empty:
            raise Fault("the server reads other texts now; ask again in a moment") from None
        try:
            return worker.call(work, *arguments, limit=limit)
        finally:
            self.free.put(worker)

    def compute(
        self,
        work: Callable[..., Any],
        *arguments: Any,
        tell: Progress,
        limit: float | None = None,
        line: Line = "long",
    ) -> Any:
        """What `work(*given, tell)` answers; what `tell` raises stops it. No line waits for another.

        Raises: as `read`, and what `tell` raises.
        """
        return self.computers[line].call(work, *arguments, limit=limit, quiet=QUIET, tell=tell)

    async def slide(self, work: Callable[..., Any], *arguments: Any, limit: float = SLIDE_SECONDS) -> Any:
        """What `work(*given)` makes of a slider that is moved, without holding up what reads or computes.

        Raises: as `read`.
        """
        work_once = partial(self.slider.call, work, *arguments, limit=limit)
        return await asyncio.get_running_loop().run_in_executor(self.slides, work_once)

    def warm(self) -> None:
        """Start one of each kind and load what the first question will need."""
        with suppress(Fault):
            self.read(_load, ("ripeness.scenario.read",))
            for line in ("quick", "long"):
                self.computers[line].call(
                    _load, ("ripeness.workbench.run", "ripeness.show.charts.paths", "vl_convert"), limit=600
                )

    def close(self) -> None:
        """End them all, whatever they do."""
        self.slides.shutdown(wait=False, cancel_futures=True)
        for worker in self.workers:
            worker.close()


def _load(names: tuple[str, ...]) -> None:
    from importlib import import_module

    for name in names:
        import_module(name)


def _machine_memory() -> int | None:
    """The memory of the machine, where the system tells."""
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):
        return None
    return max(READ_MEMORY, total)


WORKERS = Workers()  # of this process: whatever workbenches it serves share them
atexit.register(WORKERS.close)
