"""Choice: which engine simulates the ensembles of a question, chosen once and used by every study in it.

Chosen by an argument (`engine`, `scheduler`), else by the environment variables RIPENESS_ENGINE and RIPENESS_SCHEDULER,
else threads.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from ripeness.ensemble.engines.threads import ThreadEngine
from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean

if TYPE_CHECKING:
    from ripeness.ensemble.design import Span
    from ripeness.ensemble.job import PreparedJob
    from ripeness.ensemble.past import Watch
    from ripeness.war.simulate import Chunk

ENGINES = ("threads", "dask")
ENGINE_SETTING, SCHEDULER_SETTING = "RIPENESS_ENGINE", "RIPENESS_SCHEDULER"


class Engine(Protocol):
    """What simulates ensembles. `ensembles_at_once`: how many it takes side by side with gain."""

    name: str
    scheduler: str | None
    ensembles_at_once: int

    def simulate(
        self,
        prepared: PreparedJob,
        watch: Watch | None,
        put: Callable[[Span, Chunk], None],
        report: Callable[[Span], None],
    ) -> None:
        """Simulate every chunk of a job, put each where it belongs, and report it."""

    def __enter__(self) -> Any:
        """Make it ready; what costs time waits for the first ensemble."""

    def __exit__(self, *exception: object) -> None:
        """Close what was opened."""


_IN_USE: ContextVar[Engine | None] = ContextVar("engine_in_use", default=None)


@contextmanager
def use_engine(engine: str | None = None, scheduler: str | None = None, client: Any = None) -> Iterator[Engine]:
    """Simulate all ensembles inside on an engine; where none is named, on the one in use, or as the settings say.

    `scheduler` is the address of a Dask scheduler, `client` a Dask client of one's own; each implies `dask`.

    Raises: Fault for an engine that does not exist, or a scheduler for threads.

    >>> with use_engine("threads") as engine, use_engine() as inner:
    ...     inner is engine
    True
    """
    in_use = _IN_USE.get()
    name, address = _chosen(engine, scheduler, client, in_use)
    if in_use is not None and client is None and (in_use.name, in_use.scheduler) == (name, address):
        yield in_use
        return
    with _engine(name, address, client) as opened:
        token = _IN_USE.set(opened)
        try:
            yield opened
        finally:
            _IN_USE.reset(token)


def _chosen(engine: str | None, scheduler: str | None, client: Any, in_use: Engine | None) -> tuple[str, str | None]:
    """The name of the engine and its scheduler's address."""
    if engine is None and scheduler is None and client is None:
        if in_use is not None:
            return in_use.name, in_use.scheduler
        engine, scheduler = os.environ.get(ENGINE_SETTING) or None, os.environ.get(SCHEDULER_SETTING) or None
        scheduler = None if engine == "threads" else scheduler
        source = f"{ENGINE_SETTING}: "
    else:
        source = ""
        if engine == "dask" and scheduler is None and client is None:
            scheduler = os.environ.get(SCHEDULER_SETTING) or None
    if engine is None:
        engine = "threads" if scheduler is None and client is None else "dask"
    if engine not in ENGINES:
        hint = did_you_mean(engine, ENGINES, f"engines are {' and '.join(ENGINES)}", cutoff=0.4)
        raise Fault(f"{source}'{engine[:60]}' is not an engine; {hint}")
    if engine == "threads" and (scheduler is not None or client is not None):
        raise Fault(f"{source}threads need no scheduler; one belongs to the engine dask")
    return engine, scheduler


def _engine(name: str, scheduler: str | None, client: Any) -> Engine:
    if name == "threads":
        return ThreadEngine()
    from ripeness.ensemble.engines.dask import DaskEngine

    return DaskEngine(scheduler, client)
