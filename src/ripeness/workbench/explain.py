"""Explain: from how past wars of this kind ended to this war's number, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.study.record.classes import CLASSES
from ripeness.workbench.answer import StudyAnswer
from ripeness.workbench.outcome_question import MonthQuestion
from ripeness.workbench.question import (
    MOST_DRAWS,
    SERVED_DRAWS,
    Progress,
    declared,
    python_function,
    python_only,
    question,
)
from ripeness.workbench.report_section import FEW, ReportSection
from ripeness.world.fault import ArgumentFault

if TYPE_CHECKING:
    from ripeness.ensemble.design import Design
    from ripeness.scenario.schema import Scenario
    from ripeness.study.explain.arm import Duration
    from ripeness.study.explain.step import Explanation, OutsideView, VersionProbability
    from ripeness.study.target import Target
    from ripeness.workbench.setup import StudySetup

DRAWS = 2_048  # wars of each of some twenty arms: a percentage is then known to 2 points, most differences better


@question
class ExplainQuestion(MonthQuestion["ExplainAnswer"]):
    """Go from the base rate to this war's number: duration, traits, then its own statements group by group.

    Every arm takes the same parameter samples and random draws, one of each a run, and counts only the wars that last
    to the day of the forecast. `in_order_only` leaves out what a group moves when it is put in alone or last.

    Raises: Fault for what cannot be read, or where in some arm no simulated war lasts as long as this one has.

    >>> answer = explain("ukraine-2023-03", draws=64, month=6)
    >>> [step.key for step in answer.value.steps if step.basis == "model"][:3]
    ['unknown', 'power', 'costs']
    """

    first = ("outcome", "month", "by")
    verb = "explain"
    summary = "How one gets from the base rate of past wars to this war's number, step by step."
    example = "ripeness explain ukraine-2023-03 --outcome settlement --month 24"
    report_sections = (
        ReportSection(
            "explain",
            "From the base rate to this war's number",
            "Each bar is what a step moves; lines are 90 % intervals of the number that it leads to.",
            draws=FEW,
            order=12,
            work=40,
            optional=True,
        ),
    )

    outcome: str = declared(
        default="settlement",
        choices=CLASSES,
        help="settlement (a lasting ceasefire included), frozen, victory (of either side, collapse of the other "
        "included) or fighting.",
    )
    draws: int = declared(
        default=DRAWS,
        least=16,
        most=MOST_DRAWS,
        most_served=SERVED_DRAWS,
        label="Wars to fight",
        help="How many wars to fight in each of some twenty arms.",
    )
    in_order_only: bool = python_only(default=False)

    def answer(self, progress: Progress | None = None) -> ExplainAnswer:
        """Simulate the arms, and put the record before them and the blend after."""
        from ripeness.scenario.number_paths import replace_numbers
        from ripeness.scenario.read import open_scenario
        from ripeness.study.explain.answer import explain_outcome
        from ripeness.study.explain.arm import Duration
        from ripeness.workbench.setup import set_up
        from ripeness.world.calendar import STEPS, month_by

        setup = set_up(self, per_point=1)
        scenario = replace_numbers(open_scenario(self.case_or_path, self.coding).scenario, self.changes or {})
        step = STEPS[scenario.step]
        horizon, day = (setup.design.horizon or scenario.horizon) * step, self.day("by")
        month = self.month if day is None else month_by(day, setup.day, horizon)
        target = replace(class_target(self.outcome, month, horizon), day=day)
        design = replace(setup.design, horizon=ceil(round(target.month / step, 9)))
        duration = Duration(setup.elapsed, since_began=not self.ignore_duration)
        explanation = explain_outcome(
            scenario,
            design,
            target,
            duration=duration,
            one_leader=self.reading == "unitary",
            outside=_outside(setup, target),
            observed=setup.conditions()
            if setup.information is not None and setup.information.evidence is not None
            else None,
            in_order_only=self.in_order_only,
            progress=progress,
        )
        versions = self._other_versions(setup, design, target, duration)
        notes = (setup.weigh.note,) if setup.weigh.note else ()
        version = scenario.coding if setup.of_a_case else ""
        return ExplainAnswer(setup, replace(explanation, version=version, versions=versions, notes=notes))

    def _other_versions(
        self, setup: StudySetup, design: Design, target: Target, duration: Duration
    ) -> tuple[VersionProbability, ...]:
        """The model's number under the other versions of the case."""
        from ripeness.scenario.number_paths import replace_numbers
        from ripeness.scenario.read import open_scenario
        from ripeness.study.explain.answer import version_probabilities
        from ripeness.workbench.run import codings

        others: dict[str, Scenario] = {}
        if setup.of_a_case:
            for name in codings(self.case_or_path):
                if name != setup.scenario.coding:
                    others[name] = replace_numbers(open_scenario(self.case_or_path, name).scenario, self.changes or {})
        return version_probabilities(others, design, target, duration=duration, one_leader=self.reading == "unitary")


def _outside(setup: StudySetup, target: Target) -> OutsideView | None:
    """What past conflicts say; nothing where the kind of the conflict is not stated, or they are to be left out."""
    from ripeness.study.explain.outside import outside_view

    weigh = setup.weigh
    if weigh.traits is None or weigh.ignored:
        return None
    return outside_view(weigh.traits, weigh.fought + setup.elapsed, target.month, target.outcome, weigh.strength)


def class_target(outcome: str, month: float | None, horizon: float) -> Target:
    """The class of ends and the month that are asked about. Units: months.

    Raises: ArgumentFault for a month beyond the horizon.

    >>> class_target("victory", None, 60).codes, class_target("frozen", None, 12).month
    ((1, 3, 2, 4, 7, 8), 12)
    """
    from ripeness.study.record.classes import CLASS_OF_OUTCOME
    from ripeness.study.target import USUAL_MONTH, Target
    from ripeness.world.outcome import ENDS

    at = min(USUAL_MONTH, horizon) if month is None else float(month)
    if at > horizon:
        raise ArgumentFault("month", f": month {at:g} lies outside the forecast, which runs to month {horizon:g}")
    codes = tuple(end.code for end in ENDS if CLASS_OF_OUTCOME[end.outcome] == outcome)
    return Target(outcome, None, at, codes)


@dataclass(frozen=True, repr=False)
class ExplainAnswer(StudyAnswer):
    """Steps from the base rate to this war's number."""

    value: Explanation
    shown_by: ClassVar[str] = "explain_tables"
    chart: ClassVar[str] = "explain.waterfall"

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every step, its differences with their ends."""
        from ripeness.study.explain.step import step_row

        return [step_row(step) for step in self.value.steps]


explain = python_function(ExplainQuestion)
