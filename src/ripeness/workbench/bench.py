"""The bench: one war set up once and fought again with other numbers or links cut,
fast enough to watch while dragging.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from threading import Lock

from ripeness.ensemble.inputs import Overrides
from ripeness.ensemble.past import Past
from ripeness.ensemble.stated import as_stated
from ripeness.scenario.number_paths import replace_numbers
from ripeness.study.arms import compare_measures, compare_outcomes, display_names, early_share, simulate_arm
from ripeness.study.weighted_statistics import run_weights
from ripeness.study.whatif import STATED, WhatIf, WhatIfArm, WhatIfChange
from ripeness.workbench.question import WarQuestion
from ripeness.workbench.setup import set_up
from ripeness.workbench.whatif import CHANGED, Arms

FEW = 5_000  # draws that an eye can wait for


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

    def beside(self, changes: Mapping[str, object] | None = None, cuts: Sequence[str] = ()) -> Arms:
        """The war with these changes beside the war as stated: what `whatif` answers, without reading the case again.

        Raises: Fault for an unknown path or link, or a value that does not fit.

        >>> arms = Bench("japan-1945", draws=64).beside({"talks.mediation": 2})
        >>> [arm.name for arm in arms.value.arms]
        ['as stated', 'changed']
        """
        change = WhatIfChange(CHANGED, dict(changes or {}), tuple(cuts))
        scenario, design = replace_numbers(self.setup.scenario, change.numbers), self.setup.design
        with self._lock:  # one at a time: a slider that moves on asks again
            changed = simulate_arm(
                scenario,
                design,
                change.name,
                change.words,
                cuts=change.cuts,
                overrides={path: value for path, value in self._overrides.items() if path not in change.numbers},
                stated=self._from,
                past=self._past,
            )
        weights = run_weights(design.draws, self._weights)
        arms = tuple(
            WhatIfArm(
                arm.name,
                arm.words,
                compare_outcomes(arm, self.stated, weights),
                compare_measures(arm, self.stated, weights),
                early_share(arm, weights),
            )
            for arm in (self.stated, changed)
        )
        ensemble, names = self.stated.ensemble, display_names(self.setup.scenario)
        day = self.setup.day
        return Arms(self.setup, WhatIf(names, design.draws, design.points, ensemble.horizon, arms, day))
