"""Wars of the record, read from a tidy file: one war a line, side A is who began it. What cannot be read is named,
the rest is kept.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import isnan, nan
from pathlib import Path

from ripeness.validation.history.record import OUTCOMES, Camp, PastWar
from ripeness.validation.history.regime import polity, polyarchy, regime_type
from ripeness.validation.history.sides import with_participants
from ripeness.validation.history.table import YEARS, RecordRow, RecordTable, read_table
from ripeness.world.fault import Fault, Place
from ripeness.world.wording import nearest

NEEDED = ("warnum", "warname", "start_year")
# What was known when the war began; columns that hold the future are read below, by name, for scoring alone.
KNOWN = {
    "capability": "cinc",
    "forces": "milper",
    "population": "tpop",
    "output": "gdp",
    "output_per_head": "gdppc",
    "polity": "polity2",
    "polyarchy": "v2x_polyarchy",
    "states": "n_orig",
}
READ = {"polity": polity, "polyarchy": polyarchy}  # the others are amounts, on which -9 says that nobody knows
LATER = {"deaths": "batdeath", "ousted": "leader_start_forced_12m"}
# What follows where a file lacks columns: said once for the file, since it holds for every war in it.
LACKS = (
    (("outcome3",), "wars are forecast and not scored"),
    (("duration_days", "duration_months"), "how long a war lasted is read from its months, and lengths are not scored"),
    (("A_polity2", "A_v2x_polyarchy"), "the first side's regime is that of its strongest participant, else mixed"),
    (("B_polity2", "B_v2x_polyarchy"), "the second side's regime is that of its strongest participant, else mixed"),
    (("A_cinc",), "capabilities count as equal"),
    (("B_cinc",), "capabilities count as equal"),
    (("A_n_orig",), "the first side's states are counted from its participants, else it fights alone"),
    (("B_n_orig",), "the second side's states are counted from its participants, else it fights alone"),
    (("A_batdeath",), "losses are not compared"),
    (("B_batdeath",), "losses are not compared"),
    (("A_leader_start_forced_12m",), "the first side's leaders are not scored"),
    (("B_leader_start_forced_12m",), "the second side's leaders are not scored"),
)
# By some of these names the heading of a file of wars, participants or months is known.
NAMES = frozenset(
    (
        *NEEDED,
        "outcome3",
        "A_states",
        "B_states",
        "duration_days",
        "side",
        "ccode",
        "initiator",
        "month",
        "A_known",
        "B_known",
    )
)
DATE = re.compile("([0-9]{4})-")
LONGEST = 1200  # months that a war may last
DAYS_PER_MONTH = 30.4375  # a year of 365.25 days over 12


@dataclass(frozen=True, slots=True)
class WarRecord:
    """The wars that could be read, and what was wrong with the others or with parts of them."""

    wars: tuple[PastWar, ...]
    faults: tuple[Fault, ...]
    file: str

    def __repr__(self) -> str:
        return f"<Record {self.file}: {len(self.wars)} wars, {len(self.faults)} faults>"


def read_record(
    wars: str | Path, participants: str | Path | None = None, months: str | Path | None = None
) -> WarRecord:
    """Read wars, with their participants and their months where these files are given.

    Participants serve to check that both sides of each war are there and to fill in a side's regime; months give the
    deaths known by then (columns `A_known` and `B_known`, no others).

    Raises: Fault where a whole file is of no use; a row that is of no use is named in the record's faults.
    """
    table = read_table(wars, NAMES)
    table.need(NEEDED, "wars")
    past_wars: list[PastWar] = []
    faults = _lacking(table)
    for row in table:
        try:
            past_wars.append(_war(row, faults))
        except Fault as fault:
            faults.append(fault)
    past_wars = _once(past_wars, table, faults)
    faults.extend(table.remarks)
    if participants is not None:
        past_wars = with_participants(past_wars, read_table(participants, NAMES), faults)
    if months is not None:
        past_wars = _with_months(past_wars, read_table(months, NAMES), faults)
    else:
        faults.append(
            Fault("no file of months is given (--months, --train-months): no war's losses are known before its end")
        )
    if not past_wars:
        raise Fault("no war in it can be read", Place(str(wars)), tuple(faults))
    return WarRecord(tuple(past_wars), tuple(faults), str(wars))


def _lacking(table: RecordTable) -> list[Fault]:
    """A fault for every column that is not there, with what follows and the nearest that is."""
    expected = {column for columns, _ in LACKS for column in columns}
    faults = []
    for columns, follows in LACKS:
        if not any(column in table.columns for column in columns):
            near = nearest(columns[0], [name for name in table.columns if name not in expected], cutoff=0.8)
            hint = f" (did you mean '{near}'?)" if near else ""
            names = "' and '".join(columns)
            faults.append(Fault(f"no column '{names}'{hint}: {follows}", Place(table.file, 1)))
    return faults


def _war(row: RecordRow, faults: list[Fault]) -> PastWar:
    number, year = row.whole("warnum"), row.whole("start_year", *YEARS)
    begins = DATE.match(row.text("start"))
    if begins and int(begins.group(1)) != year:
        raise row.fault("start", f"'{row.text('start')[:40]}' does not lie in the year {year} of start_year")
    return PastWar(
        number,
        row.text("warname"),
        row.line,
        year,
        row.text("start") or f"{year:04d}-01-01",
        _camp(row, "A", faults),
        _camp(row, "B", faults),
        _outcome(row, faults),
        _months(row, faults),
    )


def _camp(row: RecordRow, side: str, faults: list[Fault]) -> Camp:
    """A side's numbers; one that cannot be read is named and counts as unknown."""
    values: dict[str, float] = {}
    for field, column in (KNOWN | LATER).items():
        try:
            values[field] = READ.get(field, RecordRow.number)(row, f"{side}_{column}")
        except Fault as fault:
            faults.append(fault)
            values[field] = nan
    if values["ousted"] not in (0.0, 1.0) and not isnan(values["ousted"]):
        column = f"{side}_{LATER['ousted']}"
        faults.append(row.fault(column, f"'{row.text(column)[:40]}' is neither 0 nor 1; it counts as unknown"))
        values["ousted"] = nan
    if values["capability"] > 1:
        column = f"{side}_{KNOWN['capability']}"
        faults.append(
            row.fault(
                column,
                f"{values['capability']:g} is no share of the world's capabilities, 0 to 1; it counts as unknown",
            )
        )
        values["capability"] = nan
    for field in ("capability", "forces", "population", "output", "output_per_head", "states", "deaths"):
        if values[field] < 0:
            faults.append(row.fault(f"{side}_{(KNOWN | LATER)[field]}", f"{values[field]:g} is below nought"))
            values[field] = nan
    if f"{side}_batdeath" in row.cells and isnan(values["deaths"]):
        faults.append(row.fault(f"{side}_batdeath", "no losses are known; the war is left out of the scores of losses"))
    return Camp(name=row.text(f"{side}_states") or side, regime_type=_regime_type(row, side, faults), **values)


def _regime_type(row: RecordRow, side: str, faults: list[Fault]) -> str:
    """A side's type of regime when the war began; one that no list has is named and counts as unknown."""
    try:
        return regime_type(row, f"{side}_regime_type")
    except Fault as fault:
        faults.append(fault)
        return ""


def _outcome(row: RecordRow, faults: list[Fault]) -> str:
    if "outcome3" not in row.cells:
        return ""
    text = row.text("outcome3")
    if text in OUTCOMES:
        return text
    matches = [code for code in OUTCOMES if code.casefold() == text.casefold()]
    near = matches[0] if matches else nearest(text, OUTCOMES)
    if near and near[0].casefold() != text[0].casefold():
        near = None
    hint = f"did you mean '{near}'?" if near else f"codes are {', '.join(OUTCOMES)}"
    faults.append(row.fault("outcome3", f"'{text[:40]}' is not a code; {hint}; the war is forecast and not scored"))
    return ""


def _months(row: RecordRow, faults: list[Fault]) -> float:
    if "duration_days" not in row.cells and "duration_months" not in row.cells:
        return nan
    days = row.number("duration_days") if "duration_days" in row.cells else nan
    months = row.number("duration_months") if isnan(days) else days / DAYS_PER_MONTH
    if isnan(months) or months <= 0:
        faults.append(
            row.fault("duration_days", "a number of days above 0 is wanted; the war counts at its start alone")
        )
        return nan
    return months


def _once(wars: list[PastWar], table: RecordTable, faults: list[Fault]) -> list[PastWar]:
    """Keep each war once; a second row under its number is named."""
    by_number: dict[int, PastWar] = {}
    for war in wars:
        if war.number in by_number:
            faults.append(
                Fault(
                    f"war {war.number} stands on line {by_number[war.number].line} already", Place(table.file, war.line)
                )
            )
        else:
            by_number[war.number] = war
    return list(by_number.values())


def _with_months(wars: Sequence[PastWar], table: RecordTable, faults: list[Fault]) -> list[PastWar]:
    table.need(("warnum", "month", "A_known", "B_known"), "months")
    deaths: dict[int, dict[int, tuple[float, float]]] = {}
    first: dict[tuple[int, int], int] = {}
    for row in table:
        try:
            if isnan(row.number("warnum")) or isnan(row.number("month")):
                continue
            number, month = row.whole("warnum"), row.whole("month", 0, LONGEST)
            pair = (row.number("A_known"), row.number("B_known"))
            if any(value < 0 for value in pair):
                raise row.fault("A_known", "deaths below nought")
            line = first.setdefault((number, month), row.line)
            if line != row.line:
                raise row.fault("month", f"month {month} already stands in line {line}; the first is kept")
            if not any(isnan(value) for value in pair):
                deaths.setdefault(number, {})[month] = pair
        except Fault as fault:
            faults.append(fault)
    faults.extend(_falling(deaths, table))
    faults.extend(table.remarks)
    without_months = [war for war in wars if war.number not in deaths]
    faults.extend(
        Fault(
            f"war {war.number} ({war.name}): no months in the file; it counts as without known losses",
            Place(table.file),
        )
        for war in without_months
    )
    return [
        replace(war, known=_totals(deaths.get(war.number, {})), reached=max(deaths.get(war.number, {0: 0})))
        for war in wars
    ]


def _falling(deaths: Mapping[int, Mapping[int, tuple[float, float]]], table: RecordTable) -> list[Fault]:
    """A fault for every war whose deaths up to a month are fewer than up to an earlier one."""
    faults = []
    for number, months in deaths.items():
        in_order = sorted(months.items())
        for (_, earlier), (month, later) in pairwise(in_order):
            if later[0] < earlier[0] or later[1] < earlier[1]:
                message = (
                    f"war {number}: fewer deaths are known by month {month} than before; columns hold sums since the"
                    " start"
                )
                faults.append(Fault(message, Place(table.file)))
                break
    return faults


def _totals(months: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    return dict(sorted(months.items()))
