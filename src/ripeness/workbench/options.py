"""Options: what a polity could do from a date on, and what that would bring to whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import StudyAnswer
from ripeness.workbench.last_day import LastDayQuestion
from ripeness.workbench.question import Progress, declared, python_function, python_only, question
from ripeness.workbench.report_section import FEW, ReportSection, answer_section
from ripeness.world.calendar import STEPS, date_after, months_between
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.report.page import Section
    from ripeness.show.table import Layout
    from ripeness.study.options.compare import Options
    from ripeness.workbench.across_versions import VersionVerdicts
    from ripeness.workbench.setup import StudySetup


@question
class OptionsQuestion(LastDayQuestion["Choices"]):
    """Compare what a polity could do from a date on: if none is named, the start, or when the evidence has told its
    last.

    `own_options` are written as `NAME: issue=value, ...`, or stand in a YAML `file`; `offers` ask for no more
    than these shares of the stake; `only` picks some of all options by name. Outcomes count by the day `by`, if one is
    given; worth and deaths are taken at the end of its step.

    Raises: Fault where the scenario, polity, date, option or number does not exist or fit.

    >>> choices = options("japan-1945", "japan", draws=64, horizon=3, only=["accept"])
    >>> [one.name for one in choices.value.options]
    ['continue', 'accept']
    """

    verb = "options"
    summary = "Compare what a polity could do: outcomes, worth to every faction, human cost, regret, best for whom."
    example = 'ripeness options ukraine-2023-03 --for ukraine --option "offer a third: offer=.67"'
    report_sections = (
        ReportSection(
            "options",
            "What each side could do",
            "Conditions, not advice: what follows in the model if a side did this, whatever its factions want.",
            draws=FEW,
            open_tables=2,
            order=60,
            work=60,
        ),
    )

    polity: str = declared(
        flags=("--for",),
        kw_only=False,
        suggest="polities",
        label="Whose options",
        help="Whose options: the key of a belligerent or patron.",
    )
    since: date | str | None = declared(
        default=None,
        flags=("--from",),
        expert=True,
        label="From which day",
        help="From which date on, such as 2023-09-01. Default: the start, or the end of the evidence.",
    )
    own_options: Sequence[str] = declared(
        default=(),
        key="own",
        old_keys=("own_options",),
        flags=("--option",),
        help="An option of your own, 'NAME: issue=value, offer<=.4'; repeatable.",
    )
    offers: Sequence[float] = declared(
        default=(),
        flags=("--offer",),
        least=0,
        most=1,
        expert=True,
        label="Own share at most",
        help="Ask for no more than this own share of the stake, 0 to 1; repeatable.",
    )
    file: str | Path | None = declared(
        default=None, flags=("--options",), help="A YAML file of options: NAME: issue=value, ..."
    )
    only: Sequence[str] = declared(
        default=(),
        commas=True,
        expert=True,
        label="Only these options",
        help="Only these of the built-in options, with commas.",
    )
    weights: ArrayLike | None = python_only(default=None)

    def answer(self, progress: Progress | None = None) -> Choices:
        """Simulate the war under each option and compare."""
        from ripeness.study.options.compare import options as compare
        from ripeness.study.options.policy import built_in_policies, read_policy, select_policies
        from ripeness.war.prepare import prepare
        from ripeness.workbench.setup import set_up

        own_options = [
            *(f"offer {share:g}: offer<={share:g}" for share in self.offers),
            *(read_options(Path(self.file)) if self.file is not None else ()),
            *self.own_options,
        ]
        setup, month = self.looking_ahead(set_up(self))
        first = _step(setup, self.day("since"), setup.design.horizon)
        war = prepare(setup.scenario, setup.design.horizon)
        policies = (
            *built_in_policies(war, setup.scenario, self.polity, first),
            *(read_policy(text, war, self.polity, first) for text in own_options),
        )
        picked = [*self.only, *(text.partition(":")[0].strip() for text in own_options)] if self.only else ()
        comparison = compare(
            setup.scenario,
            self.polity,
            select_policies(policies, picked),
            setup.design,
            weights=setup.weigh,
            progress=progress,
            **setup.conditions(),
            first=first,
            month=month,
        )
        return Choices(setup, comparison, self)

    @classmethod
    def write_section(cls, section: ReportSection, studied: Any) -> Section:
        """What each side could do: a part for each that fights."""
        from ripeness.show.report.page import Section

        def options_of(polity: str) -> Section:
            name, key = studied.result.names[polity], f"options-of-{polity}"
            try:
                choices = cls(**studied.arguments(cls, section.draws), polity=polity).answer()
            except Fault as fault:  # evidence that tells of the war up to the horizon leaves nothing to choose
                return Section(key, name, (f"No options: {fault.message}.",))
            caption = f"{name}: what each option is worth to whom, beside going on as before; right of 0 is better."
            part = replace(section, key=key, heading=name, caption=caption, narrow_title=name)
            return answer_section(part, choices, picture_key=f"options-{polity}")

        parts = tuple(options_of(polity) for polity in studied.result.forecast.polities)
        return Section(section.key, section.heading, (section.caption,), parts=parts)


@dataclass(frozen=True, repr=False)
class Choices(StudyAnswer):
    """Options of one polity, compared."""

    value: Options
    question: OptionsQuestion
    shown_by: ClassVar[str] = "option_tables"
    brief_by: ClassVar[str] = "option_brief"
    chart: ClassVar[str] = "options.option_values"  # what each option is worth to whom, beside continuing

    @cached_property
    def versions(self) -> VersionVerdicts:
        """Whether another option serves the first aim best in other versions of the case, asked on few draws."""
        from ripeness.workbench.across_versions import version_verdicts

        best = self.value.ranked[0]

        def another(answer: Choices) -> str:
            worth = {option.name: option.worth[0].more for option in answer.value.options}
            first = answer.value.ranked[0]
            return first if best in worth and worth[best].high < worth[first].low else ""

        return version_verdicts(self.question, self.setup.scenario.coding, another)

    def brief(self) -> Layout:
        """The answer for one screen, and first of all where other versions of the case give another."""
        from ripeness.workbench.across_versions import brief_with_versions

        return brief_with_versions(StudyAnswer.brief(self), self.versions)

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every option for everybody that values it."""
        return [
            {
                "option": option.name,
                "judge": worth.judge.kind,
                "polity": worth.judge.polity,
                "name": worth.judge.key,
                "principal": worth.judge.principal,
                "unit": worth.judge.unit,
                "mean": worth.mean.mean,
                "low": worth.mean.low,
                "high": worth.mean.high,
                "more": worth.more.mean,
                "more low": worth.more.low,
                "more high": worth.more.high,
                "regret": worth.regret,
                "best": worth.best,
                "better": worth.better,
                "same": worth.same,
                "efficient": option.efficient,
            }
            for option in self.value.options
            for worth in option.worth
        ]

    def plain(self) -> dict[str, Any]:
        """The answer as plain values."""
        from ripeness.show.option_tables import NEITHER

        return {**StudyAnswer.plain(self), "note": NEITHER}

    def plot_outcomes(self, *, dark: bool = False, narrow: bool = False) -> Any:
        """Who gains from which outcome, as a coloured table."""
        from ripeness.show.charts.options import faction_by_outcome

        return faction_by_outcome(self.value, self.setup.scenario.title, dark=dark, narrow=narrow)


def _step(setup: StudySetup, since: date | None, horizon: int | None) -> int:
    """The step at which options begin: not before the end of what evidence has already told of."""
    scenario, past = setup.scenario, setup.conditions().get("past")
    elapsed, step = 0 if past is None else past.until, STEPS[scenario.step]
    last = (horizon or scenario.horizon) + (0 if past is None else past.steps(step))
    number = elapsed if since is None else round(months_between(scenario.start, since) / step)
    if not elapsed <= number < last:
        begin, end = (date_after(scenario.start, n * step) for n in (elapsed, last))
        why = f", since the war is fought as it was until {begin}" if elapsed else ""
        when = "" if since is None else f", not on {since}"
        raise Fault(f"options can begin from {begin} to {end}{when}{why}")
    return number


def read_options(path: Path) -> tuple[str, ...]:
    """Options from a file: a mapping from names to `issue=value, ...`, or to issues and their values.

    Raises: Fault where the file cannot be read or says something else.
    """
    from ripeness.scenario.yaml_node import Node
    from ripeness.scenario.yaml_tree import node_of, text_of
    from ripeness.world.fault import Place

    tree = node_of(text_of(path), str(path))
    listed = None if tree is None else tree.map().get("options", tree)
    if listed is None or not listed.map():
        raise Fault("a file of options maps names to 'issue=value, ...'", listed.place if listed else Place(str(path)))

    def spelt(node: Node) -> str:
        if isinstance(node.content, (dict, list)) or not node.text:
            raise Fault("an option is written 'issue=value, ...', or as issues with their values", node.place)
        return node.text

    options_ = []
    for name, steps in listed.map().items():
        by_issue = ", ".join(f"{issue}={spelt(value)}" for issue, value in steps.map().items())
        options_.append(f"{name}: {by_issue or spelt(steps)}")
    return tuple(options_)


options = python_function(OptionsQuestion)
