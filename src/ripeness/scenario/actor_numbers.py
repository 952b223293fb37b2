"""Numbers of an actor table: intervals, per cent, and on which scale salience stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import NDArray

from ripeness.world.delimited import TextCell
from ripeness.world.fault import Fault
from ripeness.world.numeral import Marks, NotANumber, numeral_marks, parse_amount
from ripeness.world.wording import join_words

Array = NDArray[np.float64]
PERCENT = 100.0
TEN = 10.0  # the highest grade of the usual scale below per cent
TOO_LARGE = 1e12
LONGEST = 100  # letters of a number or an interval
UP_TO = re.compile(r"\s*(?:to|\.\.\.?|\u2026)\s*")
PER_CENT = re.compile(r"\s*(?:[%\uff05\u066a]|per ?cent|pct)$", re.IGNORECASE)
MISSING = frozenset(("", ".", "-", "\u2013", "\u2014", "na", "n/a", "n.a.", "nan", "null"))
WITH_BEST = re.compile(r"([^()]*[^()\s])\s*\(([^()]*)\)")  # 7 (5 to 10): the best guess, then the interval
WRITE = "write 7.5, or a 90 % interval as 5 to 10"


@dataclass(frozen=True, slots=True)
class Interval90:
    """The two ends of a cell's 90 % interval, whether it is written in per cent, and on what grounds it was read so.

    `best` is the best guess within it where one is written, as in 7 (5 to 10).
    """

    cell: TextCell
    low: float
    high: float
    per_cent: bool
    notes: tuple[str, ...] = ()
    best: float | None = None


Column = Sequence[TextCell | None]


def _texts(column: Column) -> list[str]:
    """The numbers of a column, one at a time and without per cent signs."""
    return [
        PER_CENT.sub("", end)
        for cell in column
        if cell is not None and len(cell.text) <= LONGEST
        for end in _parts(cell.text)
    ]


def _parts(text: str) -> list[str]:
    """The numbers that a cell writes: one, the two ends of an interval, or the best guess before its two ends."""
    with_best = WITH_BEST.fullmatch(text)
    if with_best is None:
        return UP_TO.split(text)
    ends = UP_TO.split(with_best[2])
    return [with_best[1], *ends] if len(ends) == 2 else [text]


def table_marks(columns: Sequence[Column]) -> Marks:
    """What all numbers of the table show of points and commas."""
    return numeral_marks(text for column in columns for text in _texts(column))


def intervals(
    column: Column, table: Marks, faults: list[Fault], *, needed: bool, highest: float = inf, decimal: str = ""
) -> list[Interval90 | None]:
    """The intervals of a column; None where a cell is empty or says that nobody knows.

    `decimal` is the mark that the form of the table prescribes. What is no number goes to `faults`.
    """
    marks = Marks({decimal: decimal}) if decimal else numeral_marks(_texts(column))
    return [
        None
        if cell is None or (not needed and cell.text.casefold() in MISSING)
        else _interval(cell, marks, table, highest, faults)
        for cell in column
    ]


def _interval(cell: TextCell, marks: Marks, table: Marks, highest: float, faults: list[Fault]) -> Interval90 | None:
    """The interval of a cell, or a fault."""
    ends = _parts(cell.text) if len(cell.text) <= LONGEST else []
    if len(ends) not in (1, 2, 3):
        faults.append(Fault(f"'{cell.text[:40]}' is not a number; {WRITE}", cell.place))
        return None
    plain = [PER_CENT.sub("", end) for end in ends]
    try:
        read = [parse_amount(text, marks, table, highest) for text in plain]
    except NotANumber as error:
        message = str(error) if cell.text else "a number is missing"
        message = (
            message if "may be" in message else f"{message.replace(repr(plain[-1]), repr(cell.text[:40]))}; {WRITE}"
        )
        faults.append(Fault(message, cell.place))
        return None
    best = read[0].value if len(read) == 3 else None
    low, high = read[-2 if len(read) > 1 else 0].value, read[-1].value
    if not (abs(low) < TOO_LARGE and abs(high) < TOO_LARGE):
        faults.append(Fault(f"'{cell.text[:40]}' is too large for a position or a weight", cell.place))
        return None
    if high < low:
        faults.append(Fault(f"the interval ends below its start; write {high:g} to {low:g}", cell.place))
    elif best is not None and not low <= best <= high:
        faults.append(Fault(f"the best guess {best:g} lies outside {low:g} to {high:g}", cell.place))
    notes = tuple(number.note for number in read if number.note)
    return Interval90(cell, low, high, ends[-1] != plain[-1], notes, best)


def as_array(column: Sequence[Interval90 | None]) -> Array:
    """The ends as numbers, not a number where there is none. Shapes: returns (F, 2)."""
    return np.array(
        [(np.nan, np.nan) if interval is None else (interval.low, interval.high) for interval in column]
    ).reshape(-1, 2)


def best_guesses(column: Sequence[Interval90 | None]) -> Array:
    """The best guesses, not a number where none is written beside its interval. Shapes: returns (F,)."""
    bests = (None if interval is None else interval.best for interval in column)
    return np.array([np.nan if best is None else best for best in bests])


def without_per_cent(
    column: Sequence[Interval90 | None], label: str, faults: list[Fault], notes: list[str]
) -> Sequence[Interval90 | None]:
    """A column of influence or positions on one scale: per cent become shares beside shares.

    Per cent beside larger numbers, or beside nothing but 0 and 1, is a fault: nobody can tell what they share.
    """
    in_per_cent = [interval for interval in column if interval is not None and interval.per_cent]
    plain = [interval for interval in column if interval is not None and not interval.per_cent]
    if not in_per_cent or not plain:
        return column
    ends = [end for interval in plain for end in (interval.low, interval.high)]
    if min(ends) >= 0 and max(ends) <= 1 and any(0 < end < 1 for end in ends):
        example = f"'{in_per_cent[0].cell.text}' as {_share_text(in_per_cent[0])}"
        notes.append(f"column '{label}': per cent are read as shares, {example}")
        return [_as_share(interval) if interval is not None and interval.per_cent else interval for interval in column]
    marked_cell, plain_cell = in_per_cent[0].cell, plain[0].cell
    message = (
        f"column '{label}' mixes per cent and plain numbers: '{marked_cell.text}' here, '{plain_cell.text}' in line"
    )
    faults.append(Fault(f"{message} {plain_cell.row.line}; write all with % or none", marked_cell.place))
    return column


def _share_text(interval: Interval90) -> str:
    low, high = interval.low / PERCENT, interval.high / PERCENT
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _as_share(interval: Interval90) -> Interval90:
    best = None if interval.best is None else interval.best / PERCENT
    ends = interval.low / PERCENT, interval.high / PERCENT
    return Interval90(interval.cell, *ends, per_cent=False, notes=interval.notes, best=best)


@dataclass(frozen=True, slots=True)
class SalienceShares:
    """Saliences as shares of the highest, how they were read, and what looks like two scales in one table.

    Shapes: ends (I, F, 2), best (I, F), which is not a number where no best guess is written.
    """

    ends: Array
    note: str
    warnings: tuple[str, ...]
    highest: tuple[float, ...]
    best: Array


def salience_shares(
    columns: Sequence[Sequence[Interval90 | None]], scales: Sequence[float | None], labels: Sequence[str]
) -> SalienceShares:
    """Saliences on one scale: of their heading if it names one,
    else per cent as soon as one is above 1 or has a per cent sign.
    """
    free = [
        interval
        for column, scale in zip(columns, scales, strict=True)
        if scale is None
        for interval in column
        if interval is not None
    ]
    above = any(interval.high > 1 for interval in free if not interval.per_cent)
    common = PERCENT if above or (free and all(interval.per_cent for interval in free)) else 1.0
    highest = tuple(common if scale is None else scale for scale in scales)
    ends = np.full((len(columns), len(columns[0]), 2), np.nan)
    best = np.full(ends.shape[:2], np.nan)
    for issue, column in enumerate(columns):
        for actor, interval in enumerate(column):
            if interval is not None:
                scale = PERCENT if interval.per_cent else highest[issue]
                ends[issue, actor] = interval.low / scale, interval.high / scale
                best[issue, actor] = np.nan if interval.best is None else interval.best / scale
    return SalienceShares(
        ends,
        _scale_note(highest, scales),
        tuple(_mixed_scale_warnings(columns, highest, labels, named=any(scale is not None for scale in scales))),
        highest,
        best,
    )


def _scale_note(highest: tuple[float, ...], scales: Sequence[float | None]) -> str:
    """How salience was read."""
    grounds = " as its heading says" if any(scale is not None for scale in scales) else ""
    words = {PERCENT: "per cent, 0 to 100", 1.0: "a share, 0 to 1"}
    spans = dict.fromkeys(words.get(scale, f"0 to {scale:g}") for scale in highest)
    return f"salience is read as {join_words([*spans], 'or')}{',' if grounds else ''}{grounds}"


def _mixed_scale_warnings(
    columns: Sequence[Sequence[Interval90 | None]], highest: tuple[float, ...], labels: Sequence[str], *, named: bool
) -> list[str]:
    """A warning where a number that looks like a share of 1 stands among per cents,
    or all look like grades up to 10.
    """
    saliences = [
        (interval.high, interval.cell.text, label, interval.cell.row.line)
        for column, scale, label in zip(columns, highest, labels, strict=True)
        if scale == PERCENT
        for interval in column
        if interval is not None and not interval.per_cent and interval.high > 0
    ]
    if not saliences:
        return []
    small, large = min(saliences), max(saliences)
    if 1 < large[0] <= TEN and small[0] >= 1 and not named:
        note = (
            f"column '{large[2]}': no salience is above {large[0]:g}, and all are read as per cent; "
            "if they stand on 0 to 10, write '(0-10)' behind the heading"
        )
        return [note]
    # A lone 1 beside single figures may well be meant; beside larger ones it is hardly 1 per cent.
    if small[0] > 1 or (small[0] == 1 and large[0] <= 10) or small[0] == large[0] >= 1:
        return []
    column = f"column '{small[2]}'" if small[2] == large[2] else f"columns '{small[2]}' and '{large[2]}'"
    if large[0] <= 1:
        return [f"{column}: the heading says per cent, and no number is above 1; are these shares, 0 to 1?"]
    scales = f"0 to 1 ('{small[1]}' in line {small[3]}) and 0 to 100 ('{large[1]}' in line {large[3]})"
    return [f"{column}: two scales seem to be mixed, {scales}; '{small[1]}' is read as {small[0]:g} per cent"]
