"""Job: an ensemble that is to be simulated, and any chunk of it simulated, in this process or another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design, Span, steps_ahead
from ripeness.ensemble.inputs import Inputs, Overrides, inputs_of
from ripeness.ensemble.past import Past, Watch
from ripeness.ensemble.stated import Stated
from ripeness.scenario.schema import Scenario
from ripeness.war.ahead import compile_together
from ripeness.war.conditions import Conditions
from ripeness.war.intervention import Intervention
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import Chunk, simulate
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault
from ripeness.world.pathway_names import NAMES
from ripeness.world.wording import did_you_mean


@dataclass(frozen=True)
class Job:
    """All that decides what an ensemble's wars are; the arguments of `ensemble.run.run`."""

    scenario: Scenario
    design: Design
    orders: tuple[Intervention, ...] = ()
    cuts: tuple[str, ...] = ()
    quiet: bool = False
    overrides: Overrides | None = None
    past: Past | None = None
    stated: Stated | None = None


@dataclass(frozen=True)
class PreparedJob:
    """A job that is ready: any chunk of it can be simulated, here or on another machine, with the same bits."""

    job: Job
    war: War
    inputs: Inputs
    conditions: Conditions

    def simulate(self, span: Span, watch: Watch | None = None) -> Chunk:
        """Simulate one chunk; `watch` is called after each step."""
        past, stated = self.job.past, self.job.stated
        values = self.inputs.at(span.points())
        run_ids = span.draws()
        if past is not None:
            run_ids, watch = past.draws(span), past.watch(span, watch, self.war.step)
        reservations = None if stated is None else stated.of(span, self.war)
        sample_of_run = span.point_of_draw()
        return simulate(self.war, values, run_ids, self.conditions, span.kept, watch, reservations, sample_of_run)

    def compile(self) -> None:
        """Compile the model, where this machine has not compiled it yet."""
        compile_together(self.war, self.inputs.at(np.arange(1, dtype=np.uint64)), self.conditions.pathways)


def prepare_job(job: Job) -> PreparedJob:
    """Read a job's war and inputs.

    Raises: Fault for an unknown link or path.
    """
    past = job.past or Past()
    war = prepare(job.scenario, past.steps(STEPS[job.scenario.step]) + steps_ahead(job.scenario, job.design))
    inputs = inputs_of(war, job.design.seed, job.overrides, past.samples)
    return PreparedJob(job, war, inputs, Conditions(job.design.seed, links(job.cuts), job.quiet, job.orders))


def links(cuts: Sequence[str]) -> NDArray[np.float64]:
    """The causal links as the months read them: 1 where a link carries, 0 where it is cut.

    Raises: Fault for a link that the model does not have.

    >>> float(links(["rents->power"]).sum()) == len(NAMES) - 1
    True
    """
    carries = np.ones(len(NAMES))
    for name in cuts:
        if name not in NAMES:
            hint = did_you_mean(name, NAMES, f"links are {', '.join(NAMES)}", cutoff=0.4)
            raise Fault(f"'{name[:60]}' is not a causal link of the model; {hint}")
        carries[NAMES.index(name)] = 0.0
    return carries
