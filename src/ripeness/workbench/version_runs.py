"""Version runs: the versions of a war and their mixtures simulated alike: same day, same draws, same information."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.run import run
from ripeness.scenario.number_groups import hybrid
from ripeness.scenario.schema import Scenario
from ripeness.study.blend import record_classes
from ripeness.study.disagreement import outcome_replicates, whole_source
from ripeness.study.target import USUAL_MONTH
from ripeness.workbench.information import information_of
from ripeness.workbench.run import read_as
from ripeness.workbench.run_weights import RunWeights, weights_of_question
from ripeness.workbench.version_view import SimulatedVersion, simulated_version
from ripeness.world.calendar import STEPS, date_after, month_by
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.outcome_question import MonthQuestion
    from ripeness.workbench.question import Progress


class VersionSimulator:
    """Simulates versions of a war and mixtures of them for a question, to the month that it asks about.

    `month` counts from the day of the forecast, `on` is its date, the same for all versions; `blended`: whether the
    record of past conflicts is in the answer; `conditioned`: whether runs are weighed by evidence.
    """

    def __init__(
        self,
        question: MonthQuestion[Any],
        versions: Mapping[str, Scenario],
        progress: Progress | None = None,
        mixture_draws: int = 0,
    ) -> None:
        """Note what to simulate. `mixture_draws`: runs of each mixture.

        Raises: Fault for a day or a month that lies outside the forecast of a version.
        """
        self._question, self._versions, self._progress = question, versions, progress
        self._mixture_draws = mixture_draws
        self._simulated = self._expected = 0
        first = next(iter(versions.values()))
        day = max(question.day("as_of") or first.start, first.start)
        horizon = min(_horizon(question, scenario) for scenario in versions.values())
        by = question.day("by")
        self.month = month_by(by, day, horizon) if by else min(question.month or USUAL_MONTH, horizon)
        if question.month is not None and question.month > horizon:
            raise Fault(f"month {question.month:g} lies outside the forecast, which runs to month {horizon:g}")
        self.on: date = by or date_after(day, self.month)
        self.conditioned = bool(question.evidence or question.observe or question.war_path or question.known_path)
        self.blended = all(self._weigh(scenario).strength is not None for scenario in versions.values())

    @property
    def share_of_model(self) -> float:
        """What a change of the model's probability makes of the answer: less than 1 where the record is blended in."""
        strength = self._weigh(next(iter(self._versions.values()))).strength
        return 1.0 if strength is None else 1.0 - strength.strength

    def expect(self, n_runs: int) -> None:
        """Note how many runs are to come, so that progress has an end."""
        self._expected = n_runs

    def version(self, version: str, reading: str) -> SimulatedVersion:
        """One version under one actor model: its outcomes, blended where there is a record, and their classes."""
        scenario = read_as(self._versions[version], reading)
        weigh = self._weigh(scenario)
        ensemble, month = self.simulate(scenario, self._question.draws)
        return simulated_version(ensemble, weigh, month, version, reading)

    def mixture(self, source: Mapping[str, str]) -> NDArray[np.float64]:
        """Every outcome of a mixture of versions. Shapes: returns (batches + 1, outcomes)."""
        mixed = hybrid(self._versions, whole_source(source, next(iter(self._versions))))
        return self.replicates(read_as(mixed, self._question.reading), self._mixture_draws)

    def replicates(self, scenario: Scenario, draws: int) -> NDArray[np.float64]:
        """Every outcome of a scenario, from all runs and with each part left out. Shapes: (batches + 1, outcomes)."""
        return self.replicates_of(scenario, *self.simulate(scenario, draws))

    def replicates_of(self, scenario: Scenario, ensemble: Ensemble, month: float) -> NDArray[np.float64]:
        """The same of runs that are there. Shapes: returns (batches + 1, outcomes)."""
        weigh = self._weigh(scenario)
        if weigh.strength is None:
            return outcome_replicates(ensemble, month)
        past = record_classes(weigh.curve(ensemble, [month]))[0][:, 0]
        return outcome_replicates(ensemble, month, weigh(ensemble), (past, weigh.strength.strength))

    def simulate(self, scenario: Scenario, draws: int) -> tuple[Ensemble, float]:
        """Runs of a scenario, and the month that is asked about, counted from its own day of forecast."""
        question = replace(self._question, draws=draws)
        as_of = question.day("as_of")
        day = max(as_of or scenario.start, scenario.start)
        month = month_by(self.on, day, _horizon(question, scenario)) if self._moved(day) else self.month
        steps = ceil(round(month / STEPS[scenario.step], 9))
        design = Design(draws, question.seed, horizon=steps, kept=0)
        information = information_of(question, scenario, design)
        ensemble = run(scenario, design, **information.run_arguments())
        self._simulated += draws
        if self._progress is not None:
            self._progress(min(self._simulated, self._expected), max(self._expected, 1))
        return ensemble, month

    def _moved(self, day: date) -> bool:
        """Whether a version is forecast from another day than the first one."""
        first = next(iter(self._versions.values()))
        return day != max(self._question.day("as_of") or first.start, first.start)

    def _weigh(self, scenario: Scenario) -> RunWeights:
        return weights_of_question(self._question, scenario, (self.month,))


def _horizon(question: MonthQuestion[Any], scenario: Scenario) -> float:
    """Months that a version looks ahead."""
    return (question.horizon or scenario.horizon) * STEPS[scenario.step]
