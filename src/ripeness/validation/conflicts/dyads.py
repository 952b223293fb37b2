"""Dyads: episodes of armed conflict and how they ended, from the producer's file of a row a dyad and year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from pathlib import Path

from ripeness.study.record.civil_counts import WAYS
from ripeness.validation.history.table import BLANK, RecordRow, read_table
from ripeness.world.fault import Fault

CITATION = "Kreutz 2010, UCDP Conflict Termination Dataset v3-2021, dyad level (CC BY 4.0)"
NEEDED = (
    "dyad_id",
    "dyadepisode",
    "conflict_id",
    "year",
    "type_of_conflict",
    "incompatibility",
    "intensity_level",
    "start_date2",
    "dyadterm",
    "outcome",
    "ependdate",
)
KIND_OF_CODE = {1: "extrasystemic", 2: "interstate", 3: "intrastate", 4: "internationalised"}
TERRITORY_OF_CODE = {1: 1.0, 2: 0.0, 3: 0.5}  # over territory, government, both
END_OF_CODE = {1: "agreement", 2: "ceasefire", 3: "victory", 4: "victory", 5: "low_activity", 6: ""}
WAY_OF_CODE = dict(enumerate(WAYS, 1))
WAR = 2
YEARS = (1800, 2100)
LONGEST = 100  # years that an episode may have lasted before its first row
_PARTS = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{2}|\d{4})")


@dataclass(frozen=True, slots=True)
class ConflictYear:
    """What is known of a conflict in one calendar year.

    `territory`: 1 over territory, 0 over government, .5 over both. `parties`: other dyads of the same conflict that
    fight in that year.
    """

    kind: str
    territory: float
    war: bool
    parties: int


@dataclass(frozen=True, slots=True)
class Episode:
    """Fighting between two parties from its first day to its last.

    `end` is how it ended; empty where it goes on beyond the file, ended in a way that nobody coded, or one party
    ceased to exist while the conflict went on: it is followed until `last`. `way` says it as the producer codes it,
    victories by side and a party that ceased to exist apart; empty where nobody coded it.
    """

    conflict: str
    name: str
    first: date
    last: date
    end: str
    years: Mapping[int, ConflictYear]
    way: str = ""

    @property
    def days(self) -> int:
        """How long it lasted; a day at least, since some days are known to the month or year alone."""
        return max((self.last - self.first).days + 1, 1)


def read_dyads(path: str | Path) -> tuple[Episode, ...]:
    """Read all episodes of a file, in the order of its dyads.

    Raises: Fault, with file and line, for a column that is missing or a cell that says nothing it can say.
    """
    table = read_table(path, NEEDED)
    table.need(NEEDED, "files of terminations by dyad")
    rows: dict[tuple[int, int], dict[int, RecordRow]] = defaultdict(dict)
    fighting: dict[tuple[int, int], set[int]] = defaultdict(set)
    for row in table:
        dyad, year = row.whole("dyad_id"), row.whole("year", *YEARS)
        years = rows[dyad, row.whole("dyadepisode")]
        if year in years:
            raise row.fault("year", f"dyad {dyad} already stands in {year} in line {years[year].line}")
        years[year] = row
        fighting[row.whole("conflict_id"), year].add(dyad)
    if not rows:
        raise Fault("there is no row below the heading", table.heading)
    return tuple(_episode([years[year] for year in sorted(years)], fighting) for years in rows.values())


def _episode(rows: Sequence[RecordRow], fighting: Mapping[tuple[int, int], set[int]]) -> Episode:
    first_row, last_row = rows[0], rows[-1]
    conflict = first_row.whole("conflict_id")
    for row in rows:
        _code(row, "dyadterm", (0, 1), may_lack=True)
        if row.whole("conflict_id") != conflict:
            raise row.fault("conflict_id", f"this episode stands under conflict {conflict} in line {first_row.line}")
    years = {row.whole("year"): _year(row, fighting) for row in rows}
    code = _code(last_row, "outcome", END_OF_CODE, may_lack=True)
    has_ended = code is not None or last_row.number("dyadterm") == 1
    first = _day(first_row, "start_date2", first_row.whole("year"), latest=True)
    if first is None:
        raise first_row.fault("start_date2", "the day on which the episode began is missing")
    if not min(years) - LONGEST <= first.year <= min(years):
        raise first_row.fault("start_date2", f"the episode begins on {first}, and its first row is of {min(years)}")
    last = (_day(last_row, "ependdate", last_row.whole("year")) if has_ended else None) or date(max(years), 12, 31)
    if not max(years) - 1 <= last.year <= max(years):
        raise last_row.fault("ependdate", f"the episode ends on {last}, and its last row is of {max(years)}")
    name = " - ".join(text for text in (last_row.text("side_a"), last_row.text("side_b")) if text)
    end, way = (END_OF_CODE[code], WAY_OF_CODE[code]) if code else ("", "")
    return Episode(f"ucdp:{conflict}", name, first, last, end, years, way)


def _year(row: RecordRow, fighting: Mapping[tuple[int, int], set[int]]) -> ConflictYear:
    kind = _code(row, "type_of_conflict", KIND_OF_CODE)
    issue = _code(row, "incompatibility", TERRITORY_OF_CODE)
    intensity = _code(row, "intensity_level", {1: "minor", WAR: "war"})
    others = len(fighting[row.whole("conflict_id"), row.whole("year")]) - 1
    return ConflictYear(KIND_OF_CODE[kind or 0], TERRITORY_OF_CODE[issue or 0], intensity == WAR, others)


def _code(row: RecordRow, column: str, codes: Collection[int], *, may_lack: bool = False) -> int | None:
    value = row.number(column)
    if isnan(value) and may_lack:
        return None
    if value not in codes:
        raise row.fault(
            column, f"'{row.text(column)[:40]}' is not a code; codes are {', '.join(str(code) for code in codes)}"
        )
    return int(value)


def _day(row: RecordRow, column: str, year: int, *, latest: bool = False) -> date | None:
    """A day written month/day/year, the year with two figures or four, or year-month-day; None where there is none.

    Of two figures the century is that which is nearest to the row's year, and not after it where it is the `latest`.
    """
    text = row.text(column)
    if text in BLANK:
        return None
    try:
        match = _PARTS.fullmatch(text)
        if match is None:
            return date.fromisoformat(text[:10])
        month, day, written = (int(part) for part in match.groups())
        if len(match[3]) == 2:
            centuries = [century + written for century in range(1700, 2200, 100)]
            centuries = [number for number in centuries if number <= year or not latest]
            written = min(centuries, key=lambda number: abs(number - year))
        return date(written, month, day)
    except ValueError:
        raise row.fault(column, f"'{text[:40]}' is not a day; write month/day/year, such as 8/31/46") from None
