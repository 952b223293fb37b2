"""Run: fight many wars of one scenario and gather how they end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble import threads
from ripeness.ensemble.design import Design, Span
from ripeness.ensemble.gather import Ensemble, ResultCollector
from ripeness.ensemble.inputs import Overrides, inputs_of
from ripeness.ensemble.past import Past
from ripeness.ensemble.past import Watch as Watch  # noqa: PLC0414  (studies find it here)
from ripeness.ensemble.stated import Stated
from ripeness.scenario.schema import Scenario
from ripeness.war.ahead import compile_together
from ripeness.war.conditions import Conditions
from ripeness.war.intervention import Intervention
from ripeness.war.pathway import NAMES
from ripeness.war.prepare import prepare
from ripeness.war.simulate import simulate
from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean

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
    """Fight a scenario's war many times.

    `orders` force policies, `cuts` name causal links that carry nothing, `quiet` switches the chance of the months off
    (the inputs are drawn all the same). `overrides` sets numbers by path, to one value or to one a point of the design.
    `progress` hears (runs done, runs in all). `watch` is called after each step of each block of runs, from several
    threads at once and in no fixed order, with the step, the situation (whose `shared.run_ids` are the numbers of the
    runs that still fought in it, in no fixed order) and each run's place in its chunk. `past` is the luck of the steps
    that evidence has already told of. `stated` is the war as it was stated, where this one is a what-if beside it.

    Raises: Fault for an unknown link or path.
    """
    design = design or Design()
    war = prepare(scenario, design.horizon)
    inputs = inputs_of(war, design.seed, overrides)
    how = Conditions(design.seed, links(cuts), quiet, tuple(orders))
    gathering = ResultCollector(design, inputs)
    compile_together(war, inputs.at(np.arange(1, dtype=np.uint64)), how.pathways)

    def fight(span: Span) -> None:
        values = inputs.at(span.points())
        draws, looks = (span.draws(), watch) if past is None else (past.draws(span), past.watch(span, watch))
        before = None if stated is None else stated.of(span, war)
        chunk = simulate(war, values, draws, how, span.kept, looks, before, span.point_of_draw())
        gathering.put(span, chunk)

    threads.work(design.spans(), fight, design.workers, _throttled(progress, design.draws))
    return gathering.ensemble(scenario, war)


def links(cuts: Sequence[str]) -> NDArray[np.float64]:
    """The causal links as the months read them: 1 where a link carries, 0 where it is cut.

    Raises: Fault for a link that the model does not have.

    >>> float(links(["rents->power"]).sum()) == len(NAMES) - 1
    True
    """
    found = np.ones(len(NAMES))
    for name in cuts:
        if name not in NAMES:
            hint = did_you_mean(name, NAMES, f"links are {', '.join(NAMES)}", cutoff=0.4)
            raise Fault(f"'{name[:60]}' is not a causal link of the model; {hint}")
        found[NAMES.index(name)] = 0.0
    return found


def _throttled(progress: Progress | None, total: int) -> Callable[[Span], None]:
    """Add up what is done and pass it on now and then, the first and the last time always."""
    done, told = 0, -PAUSE

    def tell(span: Span) -> None:
        nonlocal done, told
        done += span.last - span.first
        if progress is not None and (done == total or monotonic() - told >= PAUSE):
            told = monotonic()
            progress(done, total)

    return tell
