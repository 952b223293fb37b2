"""The bench: one war set up once and fought again with other numbers or links cut,
fast enough to watch while dragging.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from pathlib import Path
from threading import Lock

from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.stated import as_stated
from ripeness.scenario.number_paths import replace_numbers, scenario_numbers
from ripeness.scenario.parameters_by_kind import parameters_of
from ripeness.study.arms import Arm, compare_measures, compare_outcomes, display_names, early_share, simulate_arm
from ripeness.study.end_to_end import (
    EndToEndEffect,
    end_to_end_effect,
    flipped_share,
    outcome_courses,
)
from ripeness.study.sensitivity.inert import war_inputs
from ripeness.study.weighted_statistics import run_weights
from ripeness.study.whatif import STATED, WhatIf, WhatIfArm, WhatIfChange
from ripeness.workbench.question import WarQuestion
from ripeness.workbench.setup import set_up
from ripeness.workbench.whatif import CHANGED, Arms
from ripeness.world.fault import Fault
from ripeness.world.quantity import Quantity

FEW = 5_000  # draws that an eye can wait for


@dataclass(frozen=True)
class WatchedChange:
    """A change beside the war as stated, and the share of each outcome by each month, by name. Units: months."""

    arms: Arms
    months: tuple[float, ...]
    stated: Mapping[str, tuple[float, ...]]
    changed: Mapping[str, tuple[float, ...]]


class Bench:
    """A war under one coding and reading; the war as stated is fought once, each change beside it on the same draws."""

    def __init__(
        self,
        case_or_path: str | Path,
        *,
        coding: str | None = None,
        reading: str = "factional",
        draws: int = FEW,
        seed: int = 1,
        horizon: int | None = None,
        evidence: bool = False,
        as_of: date | str | None = None,
        observe: Sequence[str] = (),
        ignore_duration: bool = False,
    ) -> None:
        """Read the case, condition it on evidence if asked to, and fight its war as stated.

        Raises: Fault where the scenario cannot be read, or a reading, number of draws, horizon or observation does not
        fit.
        """
        question: WarQuestion[Arms] = WarQuestion(
            case_or_path,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            evidence=evidence,
            as_of=as_of,
            observe=observe,
            ignore_duration=ignore_duration,
        )
        self.setup = set_up(question)
        scenario, design, conditions = self.setup.scenario, self.setup.design, self.setup.conditions()
        self._overrides: Overrides = conditions.get("overrides") or {}
        self._past: Past | None = conditions.get("past")
        self.stated = simulate_arm(scenario, design, STATED, "", overrides=self._overrides, past=self._past)
        self._from = as_stated(scenario, design, self._overrides, past=self._past)
        self._weights = self.setup.weigh(self.stated.ensemble)
        self._lock = Lock()

    def __repr__(self) -> str:
        """One line."""
        return f"<Bench of {self.setup.case}, {self.setup.heading()}>"

    def beside(
        self, changes: Mapping[str, object] | None = None, cuts: Sequence[str] = (), month: float | None = None
    ) -> Arms:
        """The war with these changes beside the war as stated: what `whatif` answers, without reading the case again.

        Outcomes count by a month from the day of the forecast, the horizon if none is given.

        Raises: Fault for an unknown path or link, or a value that does not fit.

        >>> arms = Bench("japan-1945", draws=64).beside({"talks.mediation": 2})
        >>> [arm.name for arm in arms.value.arms]
        ['as stated', 'changed']
        """
        changed = self._simulate(WhatIfChange(CHANGED, dict(changes or {}), tuple(cuts)))
        return self._compare(changed, month)

    def watch(
        self, changes: Mapping[str, object] | None = None, cuts: Sequence[str] = (), month: float | None = None
    ) -> WatchedChange:
        """The same, with the share of each outcome by every month; nothing is simulated where nothing is changed.

        Raises: as `beside`.

        >>> watched = Bench("japan-1945", draws=64).watch()
        >>> watched.stated["settlement"] == watched.changed["settlement"]
        True
        """
        change = WhatIfChange(CHANGED, dict(changes or {}), tuple(cuts))
        arm = self._simulate(change) if change.numbers or change.cuts else replace(self.stated, name=CHANGED)
        ensemble = self.stated.ensemble
        months = (*(float(month) for month in range(ceil(ensemble.horizon))), float(ensemble.horizon))
        stated, changed = (outcome_courses(either.ensemble, self._weights, months) for either in (self.stated, arm))
        return WatchedChange(self._compare(arm, month), months, stated, changed)

    def uncertain_paths(self, *, of_the_model: bool = False) -> tuple[str, ...]:
        """The uncertain numbers of the war as it is read, or of the model, neighbours next to each other.

        >>> Bench("japan-1945", draws=64, horizon=1).uncertain_paths()[0]
        'events.city-raids.hazard'
        """
        entering = war_inputs(self.stated.ensemble)
        numbers = self._numbers()
        return tuple(
            path
            for path in sorted(numbers)
            if path in entering and numbers[path].uncertain and path.startswith("laws.") == of_the_model
        )

    def flipped(self, paths: Sequence[str]) -> float:
        """The share of runs that go otherwise with all these numbers at their high than at their low ends.

        Raises: Fault where no number stands at a path.
        """
        return flipped_share(*self._at_both_ends(paths))

    def end_to_end(self, path: str) -> EndToEndEffect:
        """What moving a number from the low to the high end of its interval does to each outcome, on the same draws.

        Raises: Fault where no number stands at the path.

        >>> effect = Bench("japan-1945", draws=64, horizon=7).end_to_end("talks.mediation")
        >>> effect.months, sorted(effect.differences)[0]
        ((6.0, 7.0), 'ceasefire')
        """
        low, high = self._at_both_ends([path])
        return end_to_end_effect(path, low, high, run_weights(self.setup.design.draws, self._weights))

    def _at_both_ends(self, paths: Sequence[str]) -> tuple[Ensemble, Ensemble]:
        """The war with all these numbers at their low ends, and at their high ends."""
        numbers = self._numbers()
        for path in paths:
            if path not in numbers:
                raise Fault(f"no number stands at '{path[:120]}'")
        low, high = (
            self._simulate(WhatIfChange(CHANGED, {path: numbers[path].interval()[end] for path in paths})).ensemble
            for end in (0, 2)
        )
        return low, high

    def _numbers(self) -> dict[str, Quantity]:
        """Every number that can be set, by path."""
        scenario = self.setup.scenario
        laws = {f"laws.{name}": law for name, law in parameters_of(scenario).items()}
        return laws | scenario_numbers(scenario)

    def _simulate(self, change: WhatIfChange) -> Arm:
        scenario = replace_numbers(self.setup.scenario, change.numbers)
        with self._lock:  # one at a time: a slider that moves on asks again
            return simulate_arm(
                scenario,
                self.setup.design,
                change.name,
                change.words,
                cuts=change.cuts,
                overrides={path: value for path, value in self._overrides.items() if path not in change.numbers},
                stated=self._from,
                past=self._past,
            )

    def _compare(self, changed: Arm, month: float | None) -> Arms:
        weights = run_weights(self.setup.design.draws, self._weights)
        arms = tuple(
            WhatIfArm(
                arm.name,
                arm.words,
                compare_outcomes(arm, self.stated, weights, month),
                compare_measures(arm, self.stated, weights),
                early_share(arm, weights),
            )
            for arm in (self.stated, changed)
        )
        ensemble, names, design = self.stated.ensemble, display_names(self.setup.scenario), self.setup.design
        until = ensemble.horizon if month is None else month
        return Arms(self.setup, WhatIf(names, design.draws, design.points, until, arms, self.setup.day))
