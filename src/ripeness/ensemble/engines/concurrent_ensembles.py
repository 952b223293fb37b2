"""Side by side: several small ensembles at once, where one alone would not occupy the engine's workers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import CancelledError, ThreadPoolExecutor, as_completed
from contextvars import copy_context
from threading import Event
from typing import TypeVar

from ripeness.ensemble.engines.choice import use_engine

Key = TypeVar("Key")
Value = TypeVar("Value")
Progress = Callable[[int, int], None]


def simulate_concurrently(ensembles: Mapping[Key, Callable[[Progress | None], Value]]) -> Iterator[tuple[Key, Value]]:
    """Simulate ensembles, as many at once as the engine in use takes with gain; each is yielded when it is done.

    Each is a function that takes the `progress` to hand on to `ensemble.run.run`: by it the others are stopped where
    one fails, or where this is left early.
    """
    with use_engine() as engine:
        at_once = min(engine.ensembles_at_once, len(ensembles))
        if at_once <= 1:
            for key, simulate in ensembles.items():
                yield key, simulate(None)
            return
        is_stopped = Event()

        def stop_if_told(done: int, total: int) -> None:
            if is_stopped.is_set():
                raise CancelledError

        pool = ThreadPoolExecutor(at_once, thread_name_prefix="ensemble")
        try:
            running = {
                pool.submit(copy_context().run, simulate, stop_if_told): key for key, simulate in ensembles.items()
            }
            for future in as_completed(running):
                yield running[future], future.result()
        finally:
            is_stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
