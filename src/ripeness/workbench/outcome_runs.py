"""Aimed: a question about one outcome by one month, and the runs that answer it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Any

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.run import Watch, run
from ripeness.ensemble.stated import Stated, as_stated
from ripeness.scenario.armed_polities import principals
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.schema import Scenario
from ripeness.study.arms import even_chunk
from ripeness.study.target import Target, read_target
from ripeness.war.prepare import War, prepare
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.question import Progress
from ripeness.workbench.setup import StudySetup, set_up
from ripeness.world.calendar import STEPS, month_by


@dataclass
class OutcomeRuns:
    """Where wars are fought for a study: all runs look no further than the target's month and add to one progress."""

    setup: StudySetup
    target: Target
    expected: int
    progress: Progress | None = None
    done: int = 0

    def war(self) -> War:
        """The war as the months read it."""
        passed = ceil(round(self.setup.elapsed / STEPS[self.setup.scenario.step], 9))
        return prepare(self.setup.scenario, passed + self.steps)

    @property
    def steps(self) -> int:
        """Steps to the target's month."""
        return ceil(round(self.target.month / STEPS[self.setup.scenario.step], 9))

    @cached_property
    def stated(self) -> Stated:
        """The war as it was stated, from where what-ifs move the terms that factions state."""
        design = replace(self.setup.design, horizon=self.steps)
        conditions = self.setup.conditions()
        return as_stated(self.setup.scenario, design, conditions.get("overrides"), past=conditions.get("past"))

    def simulate(
        self,
        draws: int | None = None,
        *,
        overrides: Overrides | None = None,
        watch: Watch | None = None,
        design: Design | None = None,
        conditioned: bool = True,
    ) -> Ensemble:
        """Simulate an ensemble on the same inputs and luck as any other of this range.

        Without `conditioned` nothing is known of the war before: for a design that sets every number itself.
        """
        conditions = self.setup.conditions() if conditioned else {}
        design = self._design(draws, design)
        return self._run(self.setup.scenario, design, overrides or {}, conditions=conditions, watch=watch)

    def simulate_changed(
        self,
        changes: Mapping[str, float],
        draws: int | None = None,
        *,
        cuts: Sequence[str] = (),
        watch: Watch | None = None,
    ) -> Ensemble:
        """Simulate the war with other numbers or without some links: the same runs as an arm of `whatif`."""
        changed = replace_numbers(self.setup.scenario, changes)
        stated_war = self.stated if changes or cuts else None
        conditions = self.setup.conditions()
        fixed = {path: value for path, value in conditions.get("overrides", {}).items() if path not in changes}
        conditions = {**conditions, "overrides": fixed}
        return self._run(
            changed, self._design(draws), {}, conditions=conditions, cuts=cuts, watch=watch, stated=stated_war
        )

    def _design(self, draws: int | None, design: Design | None = None) -> Design:
        base_design = design or replace(self.setup.design, draws=draws or self.setup.design.draws)
        return replace(base_design, horizon=self.steps, kept=0, chunk=even_chunk(base_design.draws))

    def _run(
        self,
        scenario: Scenario,
        design: Design,
        overrides: Overrides,
        *,
        conditions: Mapping[str, Any],
        **settings: Any,
    ) -> Ensemble:
        ensemble = run(
            scenario,
            design,
            overrides={**conditions.get("overrides", {}), **overrides},
            past=conditions.get("past"),
            progress=self._tell,
            **settings,
        )
        self.done += design.draws
        return ensemble

    def _tell(self, done: int, total: int) -> None:  # noqa: ARG002  (what one run holds is no news here)
        if self.progress is not None:
            self.progress(self.done + done, max(self.expected, self.done + done))


def outcome_runs(question: OutcomeQuestion[Any], expected: int, progress: Progress | None) -> OutcomeRuns:
    """Set up the war of a question, and read about which outcome by which month it asks; `expected` wars in all.

    Raises: Fault for what cannot be read, an outcome that the war does not have, or a month or day beyond the horizon.
    """
    setup = set_up(question)
    scenario, month, day = setup.scenario, question.month, question.day("by")
    horizon = (setup.design.horizon or scenario.horizon) * STEPS[scenario.step]
    if day is not None:
        month = month_by(day, setup.day, horizon)
    keys = list(principals(scenario))
    last = horizon if question.late and month is None else month
    target = replace(read_target(question.outcome, keys, last, horizon), day=day)
    setup.weigh.named_months = (target.month,)
    return OutcomeRuns(setup, target, expected, progress)
