"""Threads: chunks are simulated side by side in this process; compiled loops let go of Python's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Self

from ripeness.ensemble.design import Span
from ripeness.ensemble.job import PreparedJob
from ripeness.ensemble.past import Watch
from ripeness.war.simulate import Chunk


class ThreadEngine:
    """The processors of this machine."""

    name = "threads"
    scheduler: str | None = None
    ensembles_at_once = 1  # one alone occupies every processor

    def simulate(
        self,
        prepared: PreparedJob,
        watch: Watch | None,
        put: Callable[[Span, Chunk], None],
        report: Callable[[Span], None],
    ) -> None:
        """Simulate every chunk of a job, put each where it belongs, and report it."""
        prepared.compile()
        design = prepared.job.design
        work(design.spans(), lambda span: put(span, prepared.simulate(span, watch)), design.workers, report)

    def __enter__(self) -> Self:
        """Nothing is to be opened."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Nothing is to be closed: every ensemble has threads of its own."""


def work(
    spans: Iterable[Span], simulate: Callable[[Span], None], workers: int | None, report: Callable[[Span], None]
) -> None:
    """Simulate every chunk and report each; stopped by Ctrl-C, begin no further chunk and leave no thread."""
    todo = list(spans)
    threads = min(workers or os.cpu_count() or 1, len(todo))
    if threads == 1:
        for span in todo:
            simulate(span)
            report(span)
        return
    pool = ThreadPoolExecutor(threads, thread_name_prefix="war")
    try:
        running = {pool.submit(simulate, span): span for span in todo}
        while running:
            finished, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                span = running.pop(future)
                future.result()
                report(span)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
