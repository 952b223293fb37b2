"""Regimes as the producers write them: scores, on scales on which -9 is a score and not "nobody knows",
and lists of regimes with their types.
"""

from __future__ import annotations

from datetime import date
from math import isnan

from ripeness.validation.history.record import BY_TYPE, NO_TYPE
from ripeness.validation.history.table import BLANK, YEARS, RecordRow
from ripeness.world.wording import nearest

STATE_COLUMNS = ("ccode", "COWcode")  # by which of these names files of scores have a state's number
INTERRUPTED = ("-66", "-77", "-88", "-66.0", "-77.0", "-88.0")  # Polity: occupied, no authority, in transition
POLITY = (-10.0, 10.0)
POLYARCHY = (0.0, 1.0)


def polity(row: RecordRow, column: str = "polity2") -> float:
    r"""Polity's score, -10 to 10; not a number where there is none.

    Raises: Fault for what lies outside.

    >>> from ripeness.validation.history.table import table_of
    >>> [polity(row) for row in table_of("year,polity2\n1816,-9\n1817,-66\n", "polity.csv")]
    [-9.0, nan]
    """
    return row.within(column, *POLITY, unknown=(*BLANK, *INTERRUPTED))


def polyarchy(row: RecordRow, column: str = "v2x_polyarchy") -> float:
    """V-Dem's index of electoral democracy, 0 to 1; not a number where there is none.

    Raises: Fault for what lies outside.
    """
    return row.within(column, *POLYARCHY)


def regime_scores(row: RecordRow) -> dict[str, object]:
    """Both scores of a state in a year, each where the file has it.

    Raises: Fault where a number or a year is none.
    """
    column = next(name for name in STATE_COLUMNS if name in row.cells)
    return {
        "ccode": state_number(row, column),
        "year": row.whole("year", *YEARS),
        "polity2": polity(row),
        "v2x_polyarchy": polyarchy(row),
    }


def state_number(row: RecordRow, column: str) -> float:
    """A state's number in the producers' system; not a number where none is given."""
    return row.number(column) if isnan(row.number(column)) else float(row.whole(column))


def regime_type(row: RecordRow, column: str) -> str:
    """A type of regime by the list of Geddes, Wright and Frantz; empty where none stands.

    Raises: Fault for what is no type.
    """
    text = row.text(column).strip()
    if text in BLANK:
        return ""
    if text not in BY_TYPE and text not in NO_TYPE:
        near = nearest(text, tuple(BY_TYPE))
        hint = f"did you mean '{near}'?" if near else f"types are {', '.join((*BY_TYPE, *NO_TYPE))}"
        raise row.fault(column, f"'{text[:40]}' is not a type of regime; {hint}")
    return text


def regime_spell(row: RecordRow) -> dict[str, object]:
    r"""One regime of the list: its state, first and last day, and type.

    Raises: Fault where a number, a day or a type is none.

    >>> from ripeness.validation.history.table import table_of
    >>> text = "cowcode,gwf_startdate,gwf_enddate,gwf_regimetype\n2,3/4/1789,12/31/2020,presidential\n"
    >>> [regime_spell(row)["startdate"] for row in table_of(text, "list.csv")]
    ['1789-03-04']
    """
    start, end = (_american_day(row, column) for column in ("gwf_startdate", "gwf_enddate"))
    if end < start:
        raise row.fault("gwf_enddate", f"the regime ends on {end}, before it begins on {start}")
    return {
        "ccode": row.whole("cowcode"),
        "startdate": start,
        "enddate": end,
        "regime_type": regime_type(row, "gwf_regimetype"),
    }


def _american_day(row: RecordRow, column: str) -> str:
    """A day as this producer writes it, month/day/year."""
    text = row.text(column)
    try:
        month, day, year = map(int, text.split("/"))
        return date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        raise row.fault(column, f"'{text[:40]}' is not a day; write month/day/year, such as 8/1/1914") from None
