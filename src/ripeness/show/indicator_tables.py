"""Indicators: what to watch, what each value would mean, and when to look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from ripeness.show.brief import brief_layout, with_note, without_columns
from ripeness.show.cell import (
    StyledText,
    TableCell,
    TableRow,
    bold,
    decimal_cell,
    dim,
    number_cell,
    numbers,
    row,
    styled,
    words,
)
from ripeness.show.table import Layout, Table, layout, numeric_table
from ripeness.show.target_words import fine_percent, reason_for_no_answer, target_in_words
from ripeness.show.words import day, month_of, number, percent
from ripeness.study.indicators.calendar_dates import CalendarDate
from ripeness.study.indicators.indicators import Indicator, RankedIndicators
from ripeness.study.indicators.rubric import Sight
from ripeness.world.calendar import date_after

MOST_INDICATORS, MOST_DATES = 14, 12  # rows
FAINT = 0.0005  # bits below which an indicator has no row
YES_OR_NO = "yes or no"
THIRDS = ("low", "middle", "high")  # readings of an indicator that is not a yes or no


def sentence(watch: RankedIndicators, names: Mapping[str, str], first_day: date) -> str:
    """The answer in one sentence; `first_day` is that from which months count."""
    reason = reason_for_no_answer(watch.target, names, watch.draws, watch.p)
    if not watch.indicators:
        return reason or "Nothing that can be seen from outside tells more about the end than chance would."
    first = watch.indicators[0]
    part = f"{percent(first.best.bits / first.best.entropy)} of what is open" if first.best.entropy > 0 else "nothing"
    seen, stands, shows = (
        day(date_after(first_day, month)) for month in (first.best.month, watch.target.month, first.shows)
    )
    most_telling = (
        f"Most telling in these simulations is '{first.name}': seen on {seen} it is expected to settle {part} about "
        f"how the war stands on {stands}; it begins to show on {shows}."
    )
    return f"{most_telling} {reason}".strip()


def tables(
    watch: RankedIndicators,
    dates: Sequence[CalendarDate],
    sights: Sequence[Sight],
    names: Mapping[str, str],
    first_day: date,
) -> Layout:
    """Everything, the answer first."""
    answer = bold(sentence(watch, names, first_day))
    if not watch.indicators:
        return layout(answer)
    return layout(answer, ranking(watch, names, first_day), *sight_tables(watch, sights, names), date_table(dates))


def brief(
    watch: RankedIndicators,
    dates: Sequence[CalendarDate],
    sights: Sequence[Sight],
    names: Mapping[str, str],
    first_day: date,
) -> Layout:
    """The answer, the leading indicators, what the first looks like, and the next date on which to look."""
    if not watch.indicators:
        return brief_layout(sentence(watch, names, first_day))
    note = (
        f"then: probability of '{target_in_words(watch.target, names)}' (overall {fine_percent(watch.p)}) when what is"
        " seen is low, in between or high."
    )
    table = without_columns(ranking(watch, names, first_day), ("bits", "best in"))
    seen = ""
    if sights:
        first = max((sight for sight in sights if sight.indicator == sights[0].indicator), key=lambda sight: sight.p)
        seen = f"It could look like this: {first.seen}; then {fine_percent(first.p)}. "
    next_date = f"Look next on {day(dates[0].on)}: {dates[0].title}." if dates else ""
    return brief_layout(sentence(watch, names, first_day), with_note(table, note), seen + next_date)


def sight_tables(watch: RankedIndicators, sights: Sequence[Sight], names: Mapping[str, str]) -> tuple[Table, ...]:
    """What the leading indicators look like from outside, and what each would mean; none where nothing is known."""
    if not sights:
        return ()
    rows: list[TableRow] = []
    for n, sight in enumerate(sights):
        if n == 0 or sights[n - 1].indicator != sight.indicator:
            rows.append(row(bold(sight.name)))
        value = number_cell(sight.level if sight.value is None else f"{sight.value:g} ({sight.level})", sight.value)
        rows.append(row(sight.seen, value, number_cell(fine_percent(sight.p), 100 * sight.p, "%"), level=1))
    note = (
        f"value: what such a statement or event stands for, and the third of the wars in which it lies; then: "
        f"probability of '{target_in_words(watch.target, names)}' when it is seen in the best month. Values are judged."
    )
    columns = [numbers("value"), numbers("then", "%")]
    return (numeric_table("What it would look like", columns, rows, "one sees", notes=(dim(note),)),)


def ranking(watch: RankedIndicators, names: Mapping[str, str], first_day: date) -> Table:
    """The leading indicators with their bits and readings."""
    rows = [
        row(
            indicator.name,
            decimal_cell(indicator.best.bits, ".3f"),
            _month(indicator.best.month, first_day),
            _month(indicator.shows, first_day),
            _thresholds(indicator),
            _readings(indicator, watch.target.name),
        )
        for indicator in watch.indicators[:MOST_INDICATORS]
        if indicator.best.bits >= FAINT
    ]
    bits = (
        "bits: what seeing it in the month when it tells most is expected to tell about how the war stands on"
        f" {day(date_after(first_day, watch.target.month))} (all outcomes; what shuffling shows is taken off), among"
        " wars that still go on. shows from: the first month with half of it; the dates are below."
    )
    then = (
        f"then: probability of '{target_in_words(watch.target, names)}' (overall {fine_percent(watch.p)}) when"
        " what is seen in that "
        "month is low, in between or high (a third of the wars each); --json gives every other outcome, too."
    )
    columns = [
        numbers("bits"),
        words("best in"),
        words("shows from"),
        numbers("low below /\nhigh above"),
        numbers("then, if low /\nmiddle / high", "%"),
    ]
    title = "What to watch, most telling first"
    return numeric_table(title, columns, rows, notes=(dim(bits), dim(then), *_silent(watch)))


def date_table(dates: Sequence[CalendarDate]) -> Table:
    """The next dates."""
    rows = [row(day(date.on), date.title) for date in dates[:MOST_DATES]]
    return numeric_table("When to look (--ics FILE writes a calendar)", [words("what")], rows)


def _month(month: float, first_day: date) -> str:
    """The month of the calendar in which a month ends, for a column."""
    on = date_after(first_day, month)
    return f"{month_of(on)[:3]} {on.year}"


def _thresholds(indicator: Indicator) -> TableCell:
    if indicator.unit == YES_OR_NO:
        return TableCell(StyledText())
    cuts = [reading.high for reading in indicator.best.readings if reading.high is not None]
    names = ("low below", "high above") if len(cuts) > 1 else ("low below",)
    return TableCell(styled(" / ".join(map(number, cuts))), tuple(zip(names, cuts, strict=False)))


def _silent(watch: RankedIndicators) -> list[StyledText]:
    """What tells nothing; the media line is named, since it is what many would watch."""
    if not watch.silent:
        return []
    media = [name.partition(":")[0] for name in watch.silent if name.startswith("media line")]
    among = f", the {' and the '.join(media)} among them" if media else ""
    return [dim(f"{len(watch.silent)} further observables tell no more than chance{among}; --json names them.")]


def _readings(indicator: Indicator, target: str) -> TableCell:
    chances = [reading.chances[target] for reading in indicator.best.readings]
    texts = [fine_percent(p).removesuffix(" %") for p in chances]
    if indicator.unit == YES_OR_NO:
        text, values = f"no {texts[0]}, yes {texts[-1]} %", {"no": chances[0], "yes": chances[-1]}
    else:
        text, values = f"{' / '.join(texts)} %", dict(zip(THIRDS, chances, strict=False))
    return TableCell(styled(text), tuple((name, 100 * p) for name, p in values.items()))
