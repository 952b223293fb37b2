"""Run: fight many wars of one scenario and gather how they end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from ripeness.ensemble.design import Design, Span
from ripeness.ensemble.engines.choice import use_engine
from ripeness.ensemble.gather import Ensemble, ResultCollector
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.job import Job, prepare_job
from ripeness.ensemble.job import links as links  # noqa: PLC0414  (studies find it here)
from ripeness.ensemble.past import Past
from ripeness.ensemble.past import Watch as Watch  # noqa: PLC0414
from ripeness.ensemble.stated import Stated
from ripeness.scenario.schema import Scenario
from ripeness.war.intervention import Intervention

Progress = Callable[[int, int], None]
PAUSE = 0.1  # seconds between two messages of progress


def run(
    scenario: Scenario,
    design: Design | None = None,
    *,
    orders: Sequence[Intervention] = (),
    cuts: Sequence[str] = (),
    quiet: bool = False,
    progress: Progress | None = None,
    watch: Watch | None = None,
    overrides: Overrides | None = None,
    past: Past | None = None,
    stated: Stated | None = None,
) -> Ensemble:
    """Fight a scenario's war many times, on the engine in use (see `engines/choice.py`); its choice changes no bit.

    `orders` force policies, `cuts` name causal links that carry nothing, `quiet` switches the chance of the months off
    (the inputs are drawn all the same). `overrides` sets numbers by path, to one value or to one a point of the design.
    `progress` hears (runs done, runs in all). `watch` is called after each step of each block of runs, from several
    threads at once and in no fixed order, with the step, the situation (whose `shared.run_ids` are the numbers of the
    runs that still fought in it, in no fixed order) and each run's place in its chunk; only a `RunRecorder` can watch
    wars that are simulated in other processes. `past` is what is known of the war before the day of the forecast.
    `stated` is the war as it was stated, where this one is a what-if beside it.

    Raises: Fault for an unknown link or path, or where the engine cannot do the work.
    """
    design = design or Design()
    prepared = prepare_job(Job(scenario, design, tuple(orders), tuple(cuts), quiet, overrides, past, stated))
    gathering = ResultCollector(design, prepared.inputs)
    with use_engine() as engine:
        engine.simulate(prepared, watch, gathering.put, _throttled(progress, design.draws))
    return gathering.ensemble(scenario, prepared.war, 0.0 if past is None else past.elapsed)


def _throttled(progress: Progress | None, total: int) -> Callable[[Span], None]:
    """Add up what is done and pass it on now and then, the first and the last time always."""
    runs_done, reported_at = 0, -PAUSE

    def report(span: Span) -> None:
        nonlocal runs_done, reported_at
        runs_done += span.last - span.first
        if progress is not None and (runs_done == total or monotonic() - reported_at >= PAUSE):
            reported_at = monotonic()
            progress(runs_done, total)

    return report
