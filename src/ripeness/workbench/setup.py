"""What is asked of a war: which case, under which coding and reading, how many draws; read once for every study."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import PER_POINT, Design
from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.parameter_points import points_label
from ripeness.scenario.read import open_scenario
from ripeness.scenario.schema import Scenario
from ripeness.study.information_set import InformationSet
from ripeness.workbench.information import information_of
from ripeness.workbench.run import read_as
from ripeness.workbench.run_weights import RunWeights, all_alike, weights_of_question
from ripeness.world.version import __version__

if TYPE_CHECKING:
    from ripeness.workbench.cite import Cited
    from ripeness.workbench.question import WarQuestion


@dataclass(frozen=True)
class StudySetup:
    """A scenario under one reading, and the design of its ensemble.

    `origin` is what was named, a case or a path; `of_a_case`: it has codings to choose from; `versions`:
    those that were compared, where the answer is about several.
    """

    case: str
    scenario: Scenario
    reading: str
    changes: Mapping[str, str]
    design: Design
    information: InformationSet | None = None
    origin: str | Path = ""
    of_a_case: bool = False
    weigh: RunWeights = field(default_factory=all_alike)
    versions: tuple[str, ...] = ()

    def cite(self) -> Cited:
        """The bibliography and every number of the scenario that is asked about."""
        from ripeness.workbench.cite import cite

        return cite(self.origin or self.case, self.scenario.coding if self.of_a_case else None)

    def about(self) -> dict[str, Any]:
        """Enough to ask again."""
        return (
            {
                "case": self.case,
                "title": self.scenario.title,
                "coding": self.scenario.coding,
                "reading": self.reading,
                "start": str(self.scenario.start),
                "draws": self.design.draws,
                "seed": self.design.seed,
                "per_point": self.design.per_point,
                "scenario_hash": fingerprint(self.scenario),
                "parameter_points": points_label(self.scenario),
                "version": __version__,
            }
            | ({"set": dict(self.changes)} if self.changes else {})
            | ({} if self.information is None else self.information.about())
            | self.weigh.about()
        )

    def conditions(self) -> dict[str, Any]:
        """What every ensemble of this question is run with: numbers and luck that agree with what is known."""
        return {} if self.information is None else self.information.run_arguments()

    @property
    def day(self) -> date:
        """The day of the forecast, from which months count."""
        return self.scenario.start if self.information is None else self.information.day

    @property
    def elapsed(self) -> float:
        """Months from the start of the scenario to the day of the forecast."""
        return 0.0 if self.information is None else self.information.elapsed

    def heading(self) -> str:
        """What was asked, in one line."""
        coding = f"versions {', '.join(self.versions)}" if self.versions else f"coding {self.scenario.coding}"
        return (
            f"{coding}, reading {self.reading}, from {self.day}; "
            f"{self.design.draws:,} draws, seed {self.design.seed}"
            + ("" if self.information is None else self.information.words())
            + self.weigh.words()
        )


def set_up(question: WarQuestion[Any], per_point: int = PER_POINT) -> StudySetup:
    """Read a case, and condition it on evidence if asked to. No histories are kept: studies note what they need.

    `per_point`: how many runs share a parameter sample.

    Raises: Fault where the scenario cannot be read, or a path, value or observation does not fit.
    """
    changes = question.changes or {}
    opened = open_scenario(question.case_or_path, question.coding)
    scenario = read_as(replace_numbers(opened.scenario, changes), question.reading)
    design = Design(question.draws, question.seed, per_point, question.horizon, kept=0)
    information = information_of(question, scenario, design)
    return StudySetup(
        opened.case or str(question.case_or_path),
        scenario,
        question.reading,
        {path: str(value) for path, value in changes.items()},
        design,
        information,
        question.case_or_path,
        bool(opened.case),
        weights_of_question(question, scenario),
    )
