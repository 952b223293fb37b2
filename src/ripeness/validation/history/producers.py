"""Producers' own files, by their own column names, brought into the tidy form that the other commands read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ripeness.validation.history.intrastate import DEATHS, ENDS, KEY_COLUMNS, STARTS, intrastate_war
from ripeness.validation.history.regime import STATE_COLUMNS, regime_scores, regime_spell
from ripeness.validation.history.table import RecordRow, RecordTable, read_table
from ripeness.validation.history.tidy_rows import (
    LEADER_STATES,
    TidyRow,
    capabilities,
    leader,
    militarized_event,
    participant,
    termination,
)
from ripeness.world.fault import Fault, Place
from ripeness.world.wording import nearest

FIRST_SPELL = tuple(f"{end}{part}1" for end in ("Start", "End") for part in ("Year", "Month", "Day"))


@dataclass(frozen=True, slots=True)
class Producer:
    """A file of a producer: by which columns it is known, what becomes of a row, and how it is cited.

    `needed` are more columns without which its rows say nothing, each with the names that will do; `used` are those
    without which a row says less. `key` names its tidy form, `identity` the cells of that form that stand once
    together, and `unit` what they identify, in words.
    """

    key: str
    columns: tuple[str, ...]
    cite: str
    tidy: Callable[[RecordRow], TidyRow | None]
    identity: tuple[str, ...]
    unit: str
    needed: tuple[tuple[str, ...], ...] = ()
    used: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A producer's file in tidy form, where each line stood, and what was wrong with some of its rows."""

    producer: Producer
    lines: tuple[TidyRow, ...]
    faults: tuple[Fault, ...]
    places: tuple[Place, ...] = ()


PRODUCERS = (
    Producer(
        "participants",
        ("WarNum", "ccode", "Side", "Initiator", "Outcome", "BatDeath"),
        "Sarkees and Wayman 2010, Correlates of War, Inter-State War Data v4.0",
        participant,
        ("warnum", "ccode", "side"),
        "state {ccode} on side {side} of war {warnum}",
        (("WarName",), ("StateName",), *((name,) for name in FIRST_SPELL)),
        ("StartYear2", "EndYear2"),
    ),
    Producer(
        "capabilities",
        ("ccode", "year", "milex", "milper", "cinc"),
        "Singer, Bremer and Stuckey 1972, National Material Capabilities",
        capabilities,
        ("ccode", "year"),
        "state {ccode} in {year}",
        (),
        ("irst", "pec", "tpop", "upop"),
    ),
    Producer(
        "leaders",
        ("obsid", "leader", "startdate", "enddate", "exit", "exitcode"),
        "Goemans, Gleditsch and Chiozza 2009, Archigos 4.1",
        leader,
        ("obsid",),
        "leader {obsid}",
        (LEADER_STATES,),
        ("entry",),
    ),
    Producer(
        "regimes",
        ("cowcode", "gwf_startdate", "gwf_enddate", "gwf_regimetype"),
        "Geddes, Wright and Frantz 2014, Autocratic Regimes, as extended by Bell 2016, REIGN",
        regime_spell,
        ("ccode", "startdate"),
        "the regime of state {ccode} from {startdate}",
    ),
    Producer(
        "terminations",
        ("dyad_id", "dyadterm", "outcome", "type_of_conflict"),
        "Kreutz 2010, UCDP Conflict Termination v3-2021",
        termination,
        ("dyad_id", "year"),
        "the end of dyad {dyad_id} in {year}",
        (("year",),),
    ),
    Producer(
        "months",
        ("micnum", "eventnum", "styear", "fatalmin1", "fatalmax1"),
        "Gibler and Miller 2023, Militarized Interstate Events 1.0",
        militarized_event,
        ("micnum", "eventnum"),
        "event {eventnum} of dispute {micnum}",
        tuple(
            (name,)
            for name in ("ccode1", "ccode2", "stmon", "stday", "endyear", "endmon", "endday", "fatalmin2", "fatalmax2")
        ),
    ),
    Producer(
        "democracy",
        ("year", "polity2"),
        "Marshall and Gurr, Polity; or V-Dem",
        regime_scores,
        ("ccode", "year"),
        "state {ccode:g} in {year}",
        (STATE_COLUMNS,),
    ),
    Producer(
        "democracy",
        ("year", "v2x_polyarchy"),
        "Coppedge et al., V-Dem",
        regime_scores,
        ("ccode", "year"),
        "state {ccode:g} in {year}",
        (STATE_COLUMNS,),
    ),
    Producer(
        "intrastate wars",
        KEY_COLUMNS,
        "Dixon and Sarkees 2016, Correlates of War, Intra-State War Data",
        intrastate_war,
        ("warnum", "side_a", "side_b"),
        "war {warnum} between {side_a} and {side_b}",
        (STARTS[0], ENDS[0], *DEATHS),
    ),
)
NAMES = frozenset(name for producer in PRODUCERS for name in producer.columns)


def producer_of(table: RecordTable) -> Producer:
    """Tell by its columns whose file a table is.

    Raises: Fault for a file that no adapter knows, or that lacks a column without which its rows say nothing.
    """
    for producer in PRODUCERS:
        if set(producer.columns) <= set(table.columns):
            table.need(producer.columns, f"files of {producer.key}")
            for names in producer.needed:
                column = next((name for name in names if name in table.columns), names[0])
                table.need((column,), f"files of {producer.key}")
            return producer
    raise Fault(f"its columns are {_nearest(table)}; {table.separated}", table.heading)


def _nearest(table: RecordTable) -> str:
    """The nearest known file and which of its columns are missing; where none is near,
    by which columns files are known.
    """
    by_folded_name = {name.casefold(): name for name in table.columns}
    if len(by_folded_name) == len(table.columns):
        relative = next((p for p in PRODUCERS if {name.casefold() for name in p.columns} <= set(by_folded_name)), None)
        if relative is not None:
            wrong = [
                f"'{name}' (here '{by_folded_name[name.casefold()]}')"
                for name in relative.columns
                if name not in table.columns
            ]
            return f"those of a file of {relative.key} in other letters: write {', '.join(wrong)}"
    closest = max(PRODUCERS, key=lambda producer: len(set(producer.columns) & set(table.columns)))
    absent = [name for name in closest.columns if name not in table.columns]
    known_files = "; ".join(f"{producer.key} by {', '.join(producer.columns)}" for producer in PRODUCERS)
    if 2 * len(absent) > len(closest.columns):
        return f"those of no file that is known: {known_files}"
    suggestions = {name: nearest(name, [column[:60] for column in table.columns]) for name in absent}
    hints = ", ".join(
        f"'{name}'" + (f" (did you mean it by '{near}'?)" if near else "") for name, near in suggestions.items()
    )
    return f"nearly those of a file of {closest.key}, which lacks {hints}"


def identity_of(producer: Producer, line: TidyRow) -> tuple[object, ...]:
    """What identifies a line among those of its form; empty where part of it is unknown."""
    identity = tuple(line[name] for name in producer.identity)
    unknown = any(value in ("", None) or value != value for value in identity)  # noqa: PLR0124  (not a number)
    return () if unknown else identity


def import_producer_file(path: str | Path) -> ImportedFile:
    """Bring a producer's file into tidy form; rows that are of no use are named and left out.

    What stands a second time, such as a state and year, is named with both lines, and the first is kept.

    Raises: Fault where the file cannot be read or is of no known producer.
    """
    table = read_table(path, NAMES)
    producer = producer_of(table)
    absent = [name for name in producer.used if name not in table.columns]
    faults = [Fault(f"no column '{name}': it counts as unknown", table.heading) for name in absent]
    lines: dict[object, tuple[RecordRow, TidyRow]] = {}
    for row in table:
        try:
            line = producer.tidy(row)
        except Fault as fault:
            faults.append(fault)
            continue
        if line is None:
            continue
        identity = identity_of(producer, line) or (row.line,)
        first, _ = lines.setdefault(identity, (row, line))
        if first is not row:
            unit = producer.unit.format(**line)
            faults.append(
                Fault(f"{unit} already stands in line {first.line}; the first is kept", Place(row.file, row.line))
            )
    rows = list(lines.values())
    return ImportedFile(
        producer,
        tuple(line for _, line in rows),
        (*table.remarks, *faults),
        tuple(Place(row.file, row.line) for row, _ in rows),
    )
