"""Outcomes: the chances by month of a kept run, read back from the table in which it keeps them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import StringIO
from math import inf
from pathlib import Path

from ripeness.store.shelf.record_form import CONTROL, MOST_TEXT
from ripeness.world.fault import Fault, Place

OUTCOMES = "outcomes.csv"
WHO = ("outcome", "polity", "how")
FIGURES = ("month", "p", "p_low", "p_high", "mc_low", "mc_high")


@dataclass(frozen=True, slots=True)
class OutcomeChances:
    """One way to end by one month: `who` is outcome, polity and how, `figures` are those of FIGURES; gaps are nan."""

    who: tuple[str, str | None, str | None]
    figures: tuple[float, ...]


def read_outcomes(path: Path) -> tuple[OutcomeChances, ...]:
    """Read the chances by month of a kept run.

    Raises: Fault where they cannot be read, or a row says something else.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Fault(f"this cannot be read: {error.strerror or error}", Place(str(path))) from None
    return parse_outcomes(raw, str(path))


def parse_outcomes(raw: bytes, file: str) -> tuple[OutcomeChances, ...]:
    """The chances by month in the text of a table.

    Raises: Fault for another heading, a row too short, or a figure that is none, with its line.

    >>> text = b"outcome,polity,how,month,p,p_low,p_high,mc_low,mc_high" + bytes([10])
    >>> parse_outcomes(text + b"frozen,,,6.0,0.5,,,0.4,0.6", "outcomes.csv")[0].who
    ('frozen', None, None)
    """
    place = Place(file)
    if len(raw) > MOST_TEXT:
        raise Fault(f"{len(raw):,} bytes are more than the {MOST_TEXT:,} that this file may have", place)
    try:
        text = raw.decode()
        rows = csv.DictReader(StringIO(text, newline=""))
        if tuple(rows.fieldnames or ()) != (*WHO, *FIGURES):
            raise Fault(f"the first line must be {','.join((*WHO, *FIGURES))}", place)
        return tuple(_row(row, Place(file, rows.line_num)) for row in rows)
    except (UnicodeDecodeError, csv.Error) as error:
        raise Fault(f"this is no table of a run: {error}", place) from None


def _row(row: Mapping[str | None, str | None], place: Place) -> OutcomeChances:
    cells = [row[key] for key in (*WHO, *FIGURES)]
    if None in row or any(cell is None or CONTROL.search(cell) for cell in cells):
        raise Fault(f"a row has {len(WHO) + len(FIGURES)} cells without control characters; this has not", place)
    outcome, polity, how, *figures = (cell or "" for cell in cells)
    try:
        numbers = tuple(float(figure or "nan") for figure in figures)
    except ValueError:
        raise Fault(f"the cells from '{FIGURES[0]}' on are numbers; one of {figures[:6]} is none", place) from None
    if not outcome or any(abs(number) == inf for number in numbers):
        raise Fault("a row names an outcome and has finite numbers; this has not", place)
    return OutcomeChances((outcome, polity or None, how or None), numbers)


def check_outcomes(contents: Mapping[str, bytes], place: Place) -> None:
    """Say whether the chances by month of a run are there and can be read, before they are kept.

    Raises: Fault where they are not.
    """
    if OUTCOMES not in contents:
        raise Fault(f"this run was never whole; it lacks {OUTCOMES}", place)
    parse_outcomes(contents[OUTCOMES], f"{place.file}: {OUTCOMES}")
