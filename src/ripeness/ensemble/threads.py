"""Threads: chunks are fought side by side in this process; compiled loops let go of Python's lock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait

from ripeness.ensemble.design import Span


def work(
    spans: Iterable[Span], fight: Callable[[Span], None], workers: int | None, tell: Callable[[Span], None]
) -> None:
    """Fight every chunk and tell of each one done; stopped by Ctrl-C, begin no further chunk and leave no thread."""
    todo = list(spans)
    many = min(workers or os.cpu_count() or 1, len(todo))
    if many == 1:
        for span in todo:
            fight(span)
            tell(span)
        return
    pool = ThreadPoolExecutor(many, thread_name_prefix="war")
    try:
        waiting = {pool.submit(fight, span): span for span in todo}
        while waiting:
            done, _ = wait(waiting, return_when=FIRST_COMPLETED)
            for future in done:
                span = waiting.pop(future)
                future.result()
                tell(span)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
