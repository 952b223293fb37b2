"""Indicators in a terminal: what to watch, what each value would mean, and when to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.show.lines import bare, quiet
from ripeness.show.never import aimed_at, fine, never
from ripeness.show.words import day, number, percent
from ripeness.study.indicators.calendar_dates import CalendarDate
from ripeness.study.indicators.indicators import Indicator, RankedIndicators

SHOWN, DATES = 14, 12  # rows
FAINT = 0.0005  # bits below which an indicator has no row
YES_OR_NO = "yes or no"


def sentence(told: RankedIndicators, names: Mapping[str, str]) -> str:
    """The answer in one sentence."""
    nothing = never(told.target, names, told.draws, told.p)
    if not told.indicators:
        return nothing or "Nothing that can be seen from outside tells more about the end than chance would."
    first = told.indicators[0]
    part = f"{percent(first.best.bits / first.best.entropy)} of what is open" if first.best.entropy > 0 else "nothing"
    most = (
        f"Most telling in these runs is '{first.name}': seen in month {first.best.month:g} it is expected to settle"
        f" {part} about how the war stands in month {told.target.month:g}, and it shows from month {first.shows:g} on."
    )
    return f"{most} {nothing}".strip()


def tables(told: RankedIndicators, dates: Sequence[CalendarDate], names: Mapping[str, str]) -> RenderableType:
    """Everything, the answer last."""
    parts: list[RenderableType] = []
    if told.indicators:
        parts = [ranking(told, names), when(dates)]
    return Group(*parts, Text(), Text(sentence(told, names), style="bold"))


def ranking(told: RankedIndicators, names: Mapping[str, str]) -> Group:
    """The leading indicators with their bits and readings."""
    said = aimed_at(told.target, names)
    table = bare(
        "What to watch, most telling first",
        ["bits", "best in\nmonth", "shows\nfrom", "low below /\nhigh above", "then, if low /\nmiddle / high"],
    )
    for one in (one for one in told.indicators[:SHOWN] if one.best.bits >= FAINT):
        look = one.best
        table.add_row(
            Text(one.name),
            f"{look.bits:.3f}",
            f"{look.month:g}",
            f"{one.shows:g}",
            _thresholds(one),
            _readings(one, told.target.name),
        )
    return Group(
        table,
        quiet(
            "bits: what seeing it in that month is expected to tell about how the war stands in month"
            f" {told.target.month:g} (all outcomes; what shuffling shows is taken off), among wars that still go on."
            " shows from: first month with half of it; the dates are below."
        ),
        quiet(
            f"then: probability of '{said}' (overall {fine(told.p)}) when what is seen in that month is low, in between"
            " or high (a third of the wars each); --json gives every other outcome, too."
        ),
        *_silent(told),
    )


def when(dates: Sequence[CalendarDate]) -> RenderableType:
    """The next dates."""
    table = bare("When to look (--ics FILE writes a calendar)", ["what"])
    table.columns[1].justify = "left"
    for one in dates[:DATES]:
        table.add_row(day(one.on), Text(one.title))
    return table


def _thresholds(one: Indicator) -> str:
    cuts = [reading.high for reading in one.best.readings if reading.high is not None]
    return "" if one.unit == YES_OR_NO else " / ".join(number(cut) for cut in cuts)


def _silent(told: RankedIndicators) -> list[RenderableType]:
    """What tells nothing; the media line is named, since it is what many would watch."""
    if not told.silent:
        return []
    media = [name.partition(":")[0] for name in told.silent if name.startswith("media line")]
    among = f", the {' and the '.join(media)} among them" if media else ""
    return [quiet(f"{len(told.silent)} further observables tell no more than chance{among}; --json names them.")]


def _readings(one: Indicator, target: str) -> str:
    cells = [fine(reading.chances[target]).removesuffix(" %") for reading in one.best.readings]
    if one.unit == YES_OR_NO:
        return f"no {cells[0]}, yes {cells[-1]} %"
    return f"{' / '.join(cells)} %"
