"""Rows of producers' files in tidy form: days written as such, codes checked, what nobody knew left unknown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import inf, isnan

from ripeness.validation.history.regime import state_number
from ripeness.validation.history.table import YEARS, RecordRow

TidyRow = dict[str, object]
EXITS = (
    "Regular",
    "Irregular",
    "Foreign",
    "Natural Death",
    "Retired Due to Ill Health",
    "Suicide",
    "Still in Office",
    "Unknown",
)
LEADER_STATES = ("gwcode", "ccode")


def _day(row: RecordRow, year: str, month: str, day: str) -> str:
    """A date of three cells; the first of the month or year where the producers knew no more."""
    if isnan(row.number(year)):
        return ""
    number = row.whole(year, *YEARS)
    parts = [1 if isnan(row.number(part)) or row.number(part) < 1 else row.whole(part) for part in (month, day)]
    try:
        return date(number, *parts).isoformat()
    except (ValueError, OverflowError):
        raise row.fault(day, f"{row.text(year)}-{row.text(month)}-{row.text(day)} is not a day") from None


def _amount(row: RecordRow, column: str, highest: float = inf) -> float:
    """A number that is not negative; not a number where the producers did not know it."""
    value = row.number(column)
    if value < 0 or value > highest:
        raise row.fault(column, f"{value:g} does not lie from 0 {f'to {highest:g}' if highest < inf else 'up'}")
    return value


def _spell(row: RecordRow, number: int) -> tuple[str, str]:
    """The first and last day of a state's part in a war."""
    start, end = (
        _day(row, *(f"{name}{part}{number}" for part in ("Year", "Month", "Day"))) for name in ("Start", "End")
    )
    if start and end and end < start:
        raise row.fault(f"EndYear{number}", f"the part in the war ends on {end}, before it begins on {start}")
    return start, end


def participant(row: RecordRow) -> TidyRow:
    """A state on one side of a war, in up to two spells."""
    (start, end), (start_again, end_again) = _spell(row, 1), _spell(row, 2)
    return {
        "warnum": row.whole("WarNum"),
        "warname": row.text("WarName"),
        "ccode": row.whole("ccode"),
        "state": row.text("StateName"),
        "side": _code(row, "Side", (1, 2)),
        "initiator": int(row.number("Initiator") == 1),
        "start": start,
        "end": end,
        "start_again": start_again,
        "end_again": end_again,
        "outcome_code": _code(row, "Outcome", tuple(range(1, 9))),
        "batdeath": _amount(row, "BatDeath"),
    }


def _code(row: RecordRow, column: str, codes: Sequence[int]) -> int:
    value = row.number(column)
    if value not in codes:
        raise row.fault(column, f"'{row.text(column)[:40]}' is not a code; codes are {', '.join(map(str, codes))}")
    return int(value)


def capabilities(row: RecordRow) -> TidyRow:
    """Material capabilities of a state in a year."""
    names = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
    return {"ccode": row.whole("ccode"), "year": row.whole("year", *YEARS)} | {
        name: _amount(row, name, 1.0 if name == "cinc" else inf) for name in names
    }


def _iso(row: RecordRow, column: str) -> str:
    """A day of one cell, year first."""
    try:
        return date.fromisoformat(row.text(column)).isoformat()
    except ValueError:
        raise row.fault(
            column, f"'{row.text(column)[:40]}' is not a day; write year-month-day, such as 1914-08-01"
        ) from None


def leader(row: RecordRow) -> TidyRow:
    """A leader's time in office."""
    code = next(name for name in LEADER_STATES if name in row.cells)
    start, end = (_iso(row, column) for column in ("startdate", "enddate"))
    if end < start:
        raise row.fault("enddate", f"the leader leaves on {end}, before he comes in on {start}")
    if row.text("exit") not in EXITS:
        raise row.fault(
            "exit", f"'{row.text('exit')[:40]}' is not a way of leaving office; these are {', '.join(EXITS)}"
        )
    return {
        "obsid": row.text("obsid"),
        "ccode": state_number(row, code),
        "leader": row.text("leader"),
        "startdate": start,
        "enddate": end,
        "entry": row.text("entry"),
        "exit": row.text("exit"),
        "exitcode": row.text("exitcode"),
    }


def termination(row: RecordRow) -> TidyRow | None:
    """How a dyad's episode ended; None for a year in which it went on."""
    if row.number("dyadterm") != 1:
        return None
    return {
        "dyad_id": row.whole("dyad_id"),
        "year": row.whole("year", *YEARS),
        "type": row.whole("type_of_conflict"),
        "outcome": _code(row, "outcome", (1, 2, 3, 4, 5, 6)),
    }


def militarized_event(row: RecordRow) -> TidyRow:
    """Deaths of both sides in a militarized event."""
    start = _day(row, "styear", "stmon", "stday")
    end = _day(row, "endyear", "endmon", "endday")
    return {
        "micnum": row.whole("micnum"),
        "eventnum": row.whole("eventnum"),
        "start": start,
        "end": end,
        "ccode1": row.whole("ccode1"),
        "ccode2": row.whole("ccode2"),
        "deaths1_min": _amount(row, "fatalmin1"),
        "deaths1_max": _amount(row, "fatalmax1"),
        "deaths2_min": _amount(row, "fatalmin2"),
        "deaths2_max": _amount(row, "fatalmax2"),
    }
