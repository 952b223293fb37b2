"""Answers of a judge: three cells a question become one number, or a fault at the cell that is wrong.

`low` and `high` are the ends of a 90 % interval, `best` is its median. Who has no opinion says so; a row that is left
blank is a fault, since nobody can tell it from one that was forgotten.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from math import isfinite

from ripeness.scenario.actor_numbers import LONGEST, MISSING, PER_CENT, PERCENT
from ripeness.scenario.judge_cells import ANSWERS, JudgeCell, JudgeRow
from ripeness.scenario.number_field import NumberField
from ripeness.world.fault import Fault
from ripeness.world.numeral import Marks, NotANumber, numeral_marks, parse_amount
from ripeness.world.quantity import Quantity

NO_OPINION = "no opinion"
NO_OPINIONS = frozenset({NO_OPINION, "none", "?", "unknown", *MISSING} - {""})
SHARE = "share"
MOST_NOTES = 10  # answers of one sheet that are named because of a comma


def sheet_marks(rows: Sequence[JudgeRow]) -> Marks:
    """What the numbers that are written as text show of decimal points and commas, over a whole sheet."""
    texts = [row.cell(heading) for row in rows for heading in ANSWERS]
    return numeral_marks(
        PER_CENT.sub("", cell.text) for cell in texts if isinstance(cell.value, str) and len(cell.text) <= LONGEST
    )


def comma_notes(rows: Mapping[str, JudgeRow], numbers: Mapping[str, Quantity]) -> tuple[str, ...]:
    """A note on answers that are written with a comma: where each stands, and as what it is read; the rest counted."""
    answers = [
        (rows[path].cell(heading), value)
        for path, number in numbers.items()
        for heading, value in zip(ANSWERS, number.interval(), strict=True)
    ]
    notes = [
        f"{cell.place}: '{cell.text}' is read as {value:g}"
        for cell, value in answers
        if isinstance(cell.value, str) and "," in cell.text
    ]
    more = len(notes) - MOST_NOTES
    return tuple(notes) if more <= 0 else (*notes[:MOST_NOTES], f"{more} more commas in this sheet are read alike")


def has_no_opinion(row: JudgeRow) -> bool:
    """Whether the judge says of a number that he or she has no opinion on it."""
    texts = [row.cell(heading).text.casefold() for heading in ANSWERS]
    return any(text in NO_OPINIONS for text in texts) and all(not text or text in NO_OPINIONS for text in texts)


def read_answer(row: JudgeRow, field: NumberField, marks: Marks, faults: list[Fault]) -> Quantity | None:
    """The number of one row; None where it has none, in which case a fault says what is wrong.

    Units: those of the field. What is wrong goes to `faults`.
    """
    cells = [row.cell(heading) for heading in ANSWERS]
    blank = [heading for heading, cell in zip(ANSWERS, cells, strict=True) if not cell.text]
    if len(blank) == len(ANSWERS):
        message = f"no answer stands here; write low, best and high, or '{NO_OPINION}' if there is none"
        faults.append(Fault(message, cells[0].place))
        return None
    if blank:
        missing = row.cell(blank[0])
        message = f"'{blank[0]}' is missing; write low, best and high, or '{NO_OPINION}' in the first alone"
        faults.append(Fault(message, missing.place))
        return None
    beside = next((cell for cell in cells if cell.text.casefold() in NO_OPINIONS), None)
    if beside is not None:
        message = f"'{beside.text}' stands beside figures; clear the figures, or write one here"
        faults.append(Fault(message, beside.place))
        return None
    values = [_figure(cell, field, marks, faults) for cell in cells]
    if any(value is None for value in values):
        return None
    low, best, high = (value for value in values if value is not None)
    if low > high:
        message = f"low ({low:g}) is above high ({high:g}); are the two swapped?"
        faults.append(Fault(message, cells[0].place))
        return None
    if not low <= best <= high:
        faults.append(Fault(f"best ({best:g}) lies outside low to high, {low:g} to {high:g}", cells[1].place))
        return None
    return field.read({"value": best, "range": [low, high], "kind": "judged"})


def _figure(cell: JudgeCell, field: NumberField, marks: Marks, faults: list[Fault]) -> float | None:
    """The figure of one cell in the unit of its question, within what is possible."""
    value, problem = _value(cell, field, marks)
    if not problem and not field.low <= value <= field.high:
        problem = f"{value:g} is outside what is possible here: {field.low:g} to {field.high:g} ({field.unit})"
        if field.unit == SHARE and 1 < value <= PERCENT:
            problem += f"; if per cent are meant, write {value:g} % or {value / PERCENT:g}"
    if problem:
        faults.append(Fault(problem, cell.place))
        return None
    return value


def _value(cell: JudgeCell, field: NumberField, marks: Marks) -> tuple[float, str]:
    """The figure that a cell holds, and what is wrong with it."""
    if cell.formula or cell.text.startswith("="):
        return 0.0, f"a formula stands here ('{cell.text[:40]}'); write the number itself"
    if cell.error:
        return 0.0, f"the spreadsheet shows an error here ('{cell.text[:20]}'); write a number"
    if isinstance(cell.value, (date, datetime, time)):
        return 0.0, "the spreadsheet has made a date of this number; set the cell's format to text or number"
    if isinstance(cell.value, bool):
        return 0.0, f"'{cell.text}' is not a number"
    if isinstance(cell.value, (int, float)):
        return (float(cell.value), "") if isfinite(cell.value) else (0.0, f"'{cell.text}' is not a number")
    return _written_value(cell.text, field, marks)


def _written_value(text: str, field: NumberField, marks: Marks) -> tuple[float, str]:
    """The figure of a text such as `0,35` or `35 %`."""
    if len(text) > LONGEST:
        return 0.0, f"'{text[:40]}' is not a number"
    plain = PER_CENT.sub("", text)
    in_per_cent = plain != text
    if in_per_cent and field.unit != SHARE:
        return 0.0, f"'{text[:40]}' is in per cent; a number in '{field.unit}' is wanted"
    try:
        amount = parse_amount(plain, marks, highest=PERCENT if in_per_cent else field.high)
    except NotANumber as error:
        return 0.0, str(error)
    return amount.value / PERCENT if in_per_cent else amount.value, ""
