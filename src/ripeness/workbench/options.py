"""Options: what a polity could do from a date on, and what that would bring to whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS
from ripeness.store.ledger.day import as_day
from ripeness.study.options.compare import Options
from ripeness.study.options.compare import options as compare
from ripeness.study.options.policy import built_in, chosen, own
from ripeness.war.prepare import prepare
from ripeness.workbench.asked import Asked, ask
from ripeness.workbench.told import Told
from ripeness.world.calendar import STEPS, date_after, months_between
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.table import Layout


@dataclass(frozen=True, repr=False)
class Choices(Told):
    """Options of one polity, compared."""

    told: Options

    def sentence(self) -> str:
        """Which option serves which aim best."""
        from ripeness.show.option_tables import sentence

        return sentence(self.told)

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.option_tables import tables

        return tables(self.told)

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every option for everybody that values it."""
        return [
            {
                "option": one.name,
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
                "efficient": one.efficient,
            }
            for one in self.told.options
            for worth in one.worth
        ]

    def plain(self) -> dict[str, Any]:
        """The answer as plain values."""
        from ripeness.show.option_tables import NEITHER

        return {**Told.plain(self), "note": NEITHER}

    def plot(self, *, dark: bool = False) -> Any:
        """What each option is worth to whom, beside continuing."""
        from ripeness.show.charts.options import option_values

        return option_values(self.told, self.asked.scenario.title, dark=dark)

    def plot_outcomes(self, *, dark: bool = False) -> Any:
        """Who gains from which outcome, as a coloured table."""
        from ripeness.show.charts.options import faction_by_outcome

        return faction_by_outcome(self.told, self.asked.scenario.title, dark=dark)


def options(
    case_or_path: str | Path,
    polity: str,
    *,
    since: date | str | None = None,
    own_options: Sequence[str] = (),
    only: Sequence[str] = (),
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    weights: ArrayLike | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Choices:
    """Compare what a polity could do from a date on: if none is named, the start, or when the evidence has told its
    last.

    `own_options` are written as `NAME: issue=value, ...`; `only` picks some of all options by name.

    Raises: Fault where the scenario, polity, date, option or number does not exist or fit.

    >>> choices = options("japan-1945", "japan", draws=64, horizon=3, only=["accept"])
    >>> [one.name for one in choices.told.options]
    ['continue', 'accept']
    """
    asked = ask(
        case_or_path,
        coding=coding,
        reading=reading,
        draws=draws,
        seed=seed,
        horizon=horizon,
        changes=changes,
        evidence=evidence,
        as_of=as_of,
        observe=observe,
    )
    first = _step(asked, as_day(since, "since"), horizon)
    war = prepare(asked.scenario, horizon)
    policies = (*built_in(war, asked.scenario, polity, first), *(own(text, war, polity, first) for text in own_options))
    picked = [*only, *(text.partition(":")[0].strip() for text in own_options)] if only else ()
    told = compare(
        asked.scenario,
        polity,
        chosen(policies, picked),
        asked.design,
        weights=weights,
        progress=progress,
        **asked.conditions(),
        first=first,
    )
    return Choices(asked, told)


def _step(asked: Asked, since: date | None, horizon: int | None) -> int:
    """The step at which options begin: not before the end of what evidence has already told of."""
    scenario, past = asked.scenario, None if asked.known is None else asked.known.past
    told, step, last = 0 if past is None else past.until, STEPS[scenario.step], horizon or scenario.horizon
    number = told if since is None else round(months_between(scenario.start, since) / step)
    if not told <= number < last:
        begin, end = (date_after(scenario.start, n * step) for n in (told, last))
        why = f", since evidence tells of the war until {begin}" if told else ""
        when = "" if since is None else f", not on {since}"
        raise Fault(f"options can begin from {begin} to {end}{when}{why}")
    return number


def read_options(path: Path) -> tuple[str, ...]:
    """Options from a file: a mapping from names to `issue=value, ...`, or to issues and their values.

    Raises: Fault where the file cannot be read or says something else.
    """
    from ripeness.scenario.place import Node, node_of, text_of
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
