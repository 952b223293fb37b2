"""Producers' own files, by their own column names, brought into the tidy form that the other commands read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from pathlib import Path

from ripeness.study.history.regime import polity, polyarchy
from ripeness.study.history.table import Row, Table, read_table
from ripeness.world.fault import Fault, Place

Line = dict[str, object]


@dataclass(frozen=True, slots=True)
class Producer:
    """A file of a producer: by which columns it is known, what becomes of a row, and how it is cited."""

    key: str
    columns: tuple[str, ...]
    cite: str
    tidy: Callable[[Row], Line | None]


@dataclass(frozen=True, slots=True)
class Imported:
    """A producer's file in tidy form, and what was wrong with some of its rows."""

    producer: Producer
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def _day(row: Row, year: str, month: str, day: str) -> str:
    """A date of three cells; the first of the month or year where the producers knew no more."""
    values = [row.number(year), row.number(month), row.number(day)]
    if isnan(values[0]):
        return ""
    try:
        return date(int(values[0]), *(1 if isnan(v) or v < 1 else int(v) for v in values[1:])).isoformat()
    except ValueError:
        raise row.fault(day, f"{row.text(year)}-{row.text(month)}-{row.text(day)} is not a day") from None


def _participant(row: Row) -> Line:
    return {
        "warnum": int(row.number("WarNum")), "warname": row.text("WarName"), "ccode": int(row.number("ccode")),
        "state": row.text("StateName"), "side": _code(row, "Side", (1, 2)), "initiator": int(row.number("Initiator") == 1),
        "start": _day(row, "StartYear1", "StartMonth1", "StartDay1"), "end": _day(row, "EndYear1", "EndMonth1", "EndDay1"),
        "start_again": _day(row, "StartYear2", "StartMonth2", "StartDay2"),
        "end_again": _day(row, "EndYear2", "EndMonth2", "EndDay2"),
        "outcome_code": _code(row, "Outcome", tuple(range(1, 9))), "batdeath": row.number("BatDeath"),
    }  # fmt: skip


def _code(row: Row, column: str, codes: Sequence[int]) -> int:
    value = row.number(column)
    if value not in codes:
        raise row.fault(column, f"'{row.text(column)[:40]}' is not a code; codes are {', '.join(map(str, codes))}")
    return int(value)


def _capabilities(row: Row) -> Line:
    names = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
    return {"ccode": int(row.number("ccode")), "year": int(row.number("year"))} | {
        name: row.number(name) for name in names
    }


def _leader(row: Row) -> Line:
    code = next(name for name in ("gwcode", "ccode") if name in row.cells)
    return {
        "obsid": row.text("obsid"), "ccode": row.number(code), "leader": row.text("leader"), "startdate": row.text("startdate"),
        "enddate": row.text("enddate"), "entry": row.text("entry"), "exit": row.text("exit"), "exitcode": row.text("exitcode"),
    }  # fmt: skip


def _democracy(row: Row) -> Line:
    code = next(name for name in ("ccode", "COWcode") if name in row.cells)
    return {
        "ccode": row.number(code), "year": int(row.number("year")), "polity2": polity(row), "v2x_polyarchy": polyarchy(row),
    }  # fmt: skip


def _termination(row: Row) -> Line | None:
    if row.number("dyadterm") != 1:
        return None
    return {
        "dyad_id": int(row.number("dyad_id")), "year": int(row.number("year")), "type": int(row.number("type_of_conflict")),
        "outcome": _code(row, "outcome", (1, 2, 3, 4, 5, 6)),
    }  # fmt: skip


def _event(row: Row) -> Line:
    start = _day(row, "styear", "stmon", "stday")
    end = _day(row, "endyear", "endmon", "endday")
    return {
        "micnum": int(row.number("micnum")), "eventnum": int(row.number("eventnum")), "start": start, "end": end,
        "ccode1": int(row.number("ccode1")), "ccode2": int(row.number("ccode2")),
        "deaths1_min": row.number("fatalmin1"), "deaths1_max": row.number("fatalmax1"),
        "deaths2_min": row.number("fatalmin2"), "deaths2_max": row.number("fatalmax2"),
    }  # fmt: skip


PRODUCERS = (
    Producer("participants", ("WarNum", "ccode", "Side", "Initiator", "Outcome", "BatDeath"),
             "Sarkees and Wayman 2010, Correlates of War, Inter-State War Data v4.0", _participant),
    Producer("capabilities", ("ccode", "year", "milex", "milper", "cinc"),
             "Singer, Bremer and Stuckey 1972, National Material Capabilities", _capabilities),
    Producer("leaders", ("obsid", "leader", "startdate", "enddate", "exit", "exitcode"),
             "Goemans, Gleditsch and Chiozza 2009, Archigos 4.1", _leader),
    Producer("terminations", ("dyad_id", "dyadterm", "outcome", "type_of_conflict"),
             "Kreutz 2010, UCDP Conflict Termination v3-2021", _termination),
    Producer("months", ("micnum", "eventnum", "styear", "fatalmin1", "fatalmax1"),
             "Gibler and Miller 2023, Militarized Interstate Events 1.0", _event),
    Producer("democracy", ("year", "polity2"), "Marshall and Gurr, Polity; or V-Dem", _democracy),
    Producer("democracy", ("year", "v2x_polyarchy"), "Coppedge et al., V-Dem", _democracy),
)  # fmt: skip


def producer_of(table: Table) -> Producer:
    """Tell by its columns whose file a table is.

    Raises: Fault for a file that no adapter knows.
    """
    for producer in PRODUCERS:
        if set(producer.columns) <= set(table.columns):
            return producer
    wanted = "; ".join(f"{producer.key} by {', '.join(producer.columns)}" for producer in PRODUCERS)
    raise Fault(f"its columns are those of no file that is known: {wanted}", Place(table.file))


def import_file(path: str | Path) -> Imported:
    """Bring a producer's file into tidy form; rows that are of no use are named and left out.

    Raises: Fault where the file cannot be read or is of no known producer.
    """
    table = read_table(path)
    producer = producer_of(table)
    lines: list[Line] = []
    faults: list[Fault] = []
    for row in table:
        try:
            line = producer.tidy(row)
        except Fault as fault:
            faults.append(fault)
        except ValueError:
            faults.append(row.fault(producer.columns[0], "a whole number is missing in this row"))
        else:
            if line is not None:
                lines.append(line)
    return Imported(producer, tuple(lines), tuple(faults))
