"""Outlook in words and as a table: past wars like this one, analysts' versions, and the blend, by a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ripeness.scenario.polity_names import PolityNames
from ripeness.show.cell import TableCell, dim, number_cell, numbers, row, words
from ripeness.show.disagreement_words import range_in_words
from ripeness.show.end_words import PARTICIPLES
from ripeness.show.number_cells import range_cell
from ripeness.show.table import Table, text_table
from ripeness.show.words import bare_percent, day, percent
from ripeness.study.outcome_classes import ChanceEstimate
from ripeness.study.outlook import Outlook, OutlookRow

PAST, VERSIONS, BLEND, MODEL = "past wars like this one", "analysts' versions", "blend", "the model"


def outlook_sentence(outlook: Outlook, names: Mapping[str, str]) -> str:
    """The class that leads, from past wars, analysts' versions and their blend."""
    leading = outlook.of(outlook.lead)
    about = f"{class_words(leading.outcome, names)} {by_day(outlook.on, leading.outcome)}"
    versions = f"{range_in_words(*outlook.spread(leading))} %"
    if leading.record is None or leading.blend is None:
        statement = (
            f"analysts' versions of this war say {versions}" if outlook.versions else f"the model says {versions}"
        )
        return f"{about[:1].upper()}{about[1:]}: {statement}; no past wars are blended in."
    model = (
        f"analysts' versions of this war say {versions}" if outlook.versions else f"the model of this war {versions}"
    )
    return f"Past wars like this one: {percent(leading.record.p)} {about}; {model}; blended {percent(leading.blend.p)}."


def class_words(name: str, names: Mapping[str, str]) -> str:
    """A class of ends as it stands behind a share of wars.

    >>> class_words("victory", {}), class_words("frozen", PolityNames(civil=True))
    ('won by one side', 'at low activity')
    """
    civil = isinstance(names, PolityNames) and names.civil
    return "at low activity" if civil and name == "frozen" else PARTICIPLES[name]


def by_day(on: date, outcome: str = "") -> str:
    """By when, in words; a war goes on at a day, and has ended by it.

    >>> by_day(date(2025, 12, 31)), by_day(date(2025, 3, 14), "fighting")
    ('by the end of 2025', 'on 14 March 2025')
    """
    if (on.month, on.day) == (12, 31):
        return f"{'at' if outcome == 'fighting' else 'by'} the end of {on.year}"
    return f"{'on' if outcome == 'fighting' else 'by'} {day(on)}"


def outlook_table(outlook: Outlook, names: Mapping[str, str]) -> Table:
    """A row a class of end: past wars, the model, the blend, and the range over versions."""
    cases = outlook.record_cases
    past = f"past wars ({cases:,.0f})" if cases else "past wars"
    columns = (words("outcome"), *(numbers(heading, "%") for heading in (past, MODEL, BLEND)), numbers("versions", "%"))
    rows = [row(class_words(line.outcome, names), *_cells(outlook, line)) for line in outlook.rows]
    parts = ["Percent, 90 % intervals in brackets. Past wars and blend know four classes of ends."]
    if outlook.versions:
        parts.append("Versions: the model alone, from the lowest to the highest.")
    if outlook.no_record:
        parts.append(f"{outlook.no_record[:1].upper()}{outlook.no_record[1:]}.")
    title = f"Past wars, model and blend {by_day(outlook.on)}"
    return text_table(columns, rows, title=title, notes=(dim(" ".join(parts)),))


def _cells(outlook: Outlook, line: OutlookRow) -> tuple[TableCell, ...]:
    low, high = outlook.spread(line)
    spread = range_cell(range_in_words(low, high), 100 * low, 100 * high, unit="%")
    versions = spread if outlook.versions else number_cell("-", None)
    return _estimate(line.record), _estimate(line.model), _estimate(line.blend), versions


def _estimate(estimate: ChanceEstimate | None) -> TableCell:
    if estimate is None:
        return number_cell("-", None)
    text = f"{bare_percent(estimate.p)} ({range_in_words(estimate.low, estimate.high)})"
    return number_cell(text, 100 * estimate.p, low=100 * estimate.low, high=100 * estimate.high)
