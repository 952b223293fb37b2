"""Ripe: is a war ripe for talks, for whom, who blocks, which guarantee would help, what breaks the peace later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import floor
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import StudyAnswer
from ripeness.workbench.last_day import LastDayQuestion
from ripeness.workbench.question import (
    Progress,
    check_months,
    declared,
    python_function,
    python_only,
    question,
)
from ripeness.workbench.report_section import ReportSection
from ripeness.world.calendar import DAYS_PER_MONTH, STEPS
from ripeness.world.fault import ArgumentFault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.table import Layout
    from ripeness.study.ripeness.answer import Ripeness
    from ripeness.workbench.across_versions import VersionVerdicts

HALF_A_DAY = 0.5 / DAYS_PER_MONTH  # in months: a step ends on the day that is nearest


@question
class RipeQuestion(LastDayQuestion["Ripe"]):
    """Ask whether it is ripe. `theta` is the share of the stake that nobody fights on for; `weights` of draws, if any.

    With a day `by` the months of the tables end with the last whole step that is over by then.

    Raises: Fault where the scenario cannot be read, or a number does not fit.

    >>> answer = ripe("japan-1945", draws=64, horizon=3)
    >>> answer.value.at(0.0).fighting.p
    1.0
    """

    verb = "ripe"
    summary = (
        "Ask whether it is ripe, for whom, who blocks, which guarantee would help, and what breaks the peace later."
    )
    example = "ripeness ripe ukraine-2023-03 --coding essay"
    report_sections = (
        ReportSection(
            "ripe",
            "Is it ripe",
            "What each faction of the first side asks at least of the stake, and what each of the second leaves at "
            "most. Where the first asks less than the second leaves, there is a zone of agreement.",
            narrow_title="Who would settle for what",
            written_by="report_run.ripe_section",
            order=50,
            work=40,
        ),
        ReportSection(
            "wedges",
            "Stated terms against traits",
            "The terms that a faction states and the share that its traits would make it accept are both inputs. Where "
            "they contradict each other, a part of the terms is bluff, or the traits leave a part of the stake out.",
            draws=500,
            written_by="report_wedges.stated_terms_section",
            order=55,
            work=10,
        ),
    )

    theta: float = declared(
        default=0.05,
        least=0,
        below=1,
        expert=True,
        label="Share too small to fight for",
        help="Share of the stake too small to fight on for.",
    )
    months: Sequence[float] | None = declared(
        default=None,
        flags=("--at",),
        commas=True,
        expert=True,
        label="Months of the tables",
        help="Months of the tables, such as 3,6,18, beside the start.",
    )
    weights: ArrayLike | None = python_only(default=None)

    def answer(self, progress: Progress | None = None) -> Ripe:
        """Simulate the wars and read off each month who would settle for what."""
        from ripeness.study.ripeness.answer import ripeness
        from ripeness.workbench.setup import set_up

        setup, month = self.looking_ahead(set_up(self))
        step = STEPS[setup.scenario.step]
        if month is not None:
            steps = floor(round((month + HALF_A_DAY) / step, 9))
            if not steps:
                raise ArgumentFault("by", f": {self.by} comes before the first {setup.scenario.step} is over")
            setup = replace(setup, design=replace(setup.design, horizon=steps))
        check_months(self.months, (setup.design.horizon or setup.scenario.horizon) * step)
        findings = ripeness(
            setup.scenario,
            setup.design,
            theta=self.theta,
            months=self.months,
            weights=setup.weigh,
            progress=progress,
            **setup.conditions(),
        )
        return Ripe(setup, findings, self)


@dataclass(frozen=True, repr=False)
class Ripe(StudyAnswer):
    """Whether it is ripe, with everything that the answer rests on."""

    value: Ripeness
    question: RipeQuestion
    shown_by: ClassVar[str] = "ripe_tables"
    brief_by: ClassVar[str] = "ripe_brief"
    chart: ClassVar[str] = "strips.strips"  # bargaining strips by month
    dated: ClassVar[bool] = True

    @cached_property
    def versions(self) -> VersionVerdicts:
        """Whether other versions of the case, asked on few draws, give another verdict."""
        from ripeness.show.ripe_words import ripe_verdict
        from ripeness.workbench.across_versions import version_verdicts

        def another(answer: Ripe) -> str:
            share, stated = answer.value.at(0.0).ripe, self.value.at(0.0).ripe
            apart = share.low > stated.high or share.high < stated.low
            words = ripe_verdict(answer.value)
            return words if apart and words != ripe_verdict(self.value) else ""

        return version_verdicts(self.question, self.setup.scenario.coding, another)

    def brief(self) -> Layout:
        """The answer for one screen, and first of all where other versions of the case give another."""
        from ripeness.workbench.across_versions import brief_with_versions

        return brief_with_versions(StudyAnswer.brief(self), self.versions)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every faction at every month shown: shares of the runs still fighting, and the least it would settle for."""
        strips = {(row.month, row.polity, row.faction): row.share for row in self.value.strips}
        return [
            {"month": row.month, "polity": row.polity, "faction": row.faction}
            | {
                f"{measure} {end}": getattr(getattr(row, measure.replace(" ", "_")), end)
                for measure in ("stalemate", "hurting", "hurting stalemate", "way out", "ripe")
                for end in ("p", "low", "high")
            }
            | {
                f"share of {self.value.sides[0]}, {end}": getattr(strips[row.month, row.polity, row.faction], end)
                for end in ("low", "median", "high")
            }
            for row in self.value.factions
        ]

    def plain(self) -> dict[str, Any]:
        """The answer as plain values."""
        from ripeness.show.ripe_words import necessity
        from ripeness.study.ripeness.answer import CAVEATS

        return {**StudyAnswer.plain(self), "note": f"{necessity(self.value)} {CAVEATS}"}


ripe = python_function(RipeQuestion)
