"""Mechanisms: which of the theory's levers move this war, and which do nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import StudyAnswer
from ripeness.workbench.question import (
    MOST_DRAWS,
    SERVED_DRAWS,
    Progress,
    WarQuestion,
    declared,
    python_function,
    question,
)
from ripeness.workbench.report_section import FEW, ReportSection

if TYPE_CHECKING:
    from ripeness.study.mechanisms.answer import MeasuredMechanisms

DRAWS = 16_384  # of each of some thirty arms: 128 parameter samples with 128 runs each
LEAST_DRAWS = 16  # two parameter samples


@question
class MechanismsQuestion(WarQuestion["Mechanisms"]):
    """Move a lever of each of 27 mechanisms, one at a time, and say what it did to length, outcomes and terms.

    Each lever is moved on the same parameter samples and random draws; the share of samples in which the war becomes
    longer or shorter is decided by the paired standard error within each sample.

    Raises: Fault for what cannot be read.

    >>> len(mechanisms("japan-1945", draws=128, horizon=3).value.mechanisms)
    27
    """

    verb = "mechanisms"
    summary = "Which of the theory's mechanisms move this war, by how much, and which do nothing."
    example = "ripeness mechanisms ukraine-2023-03 --coding essay --full"
    report_sections = (
        ReportSection(
            "mechanisms",
            "Which mechanisms move this war",
            "Mean months that each lever adds or takes away; lines are 90 % errors of the paired difference.",
            draws=FEW,
            order=75,
            work=50,
        ),
    )

    draws: int = declared(
        default=DRAWS,
        least=LEAST_DRAWS,
        most=MOST_DRAWS,
        most_served=SERVED_DRAWS,
        label="Wars to fight",
        help="How many wars to fight in each arm; 16,384 are 128 parameter samples, 128 times each.",
    )

    full: bool = declared(
        default=False,
        label="Every lever",
        help="Move all levers of each mechanism, not its first alone, and print every table.",
    )

    def answer(self, progress: Progress | None = None) -> Mechanisms:
        """Simulate the war as stated and with each lever moved."""
        from ripeness.study.mechanisms.answer import measure_mechanisms
        from ripeness.study.mechanisms.measure import replications
        from ripeness.workbench.setup import set_up

        setup = set_up(self, replications(self.draws))
        measured = measure_mechanisms(
            setup.scenario,
            setup.design,
            every_lever=self.full,
            weights=setup.weigh,
            progress=progress,
            **setup.conditions(),
        )
        return Mechanisms(setup, measured)


@dataclass(frozen=True, repr=False)
class Mechanisms(StudyAnswer):
    """What every mechanism did."""

    value: MeasuredMechanisms
    shown_by: ClassVar[str] = "mechanism_tables"
    chart: ClassVar[str] = "mechanisms.months_moved"
    dated: ClassVar[bool] = True

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every lever of every mechanism, and those mechanisms that have none."""
        outputs = (row for row in self.value.mechanisms if row.kind == "output")
        return [asdict(row) for row in (*self.value.levers, *outputs)]


mechanisms = python_function(MechanismsQuestion)
