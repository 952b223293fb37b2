"""Monthly totals of deaths that an analyst has added up: one row a month, one column a side, in persons."""

from __future__ import annotations

from math import isnan, nan

from ripeness.study.path_file import MONTH, MOST_DEATHS
from ripeness.study.war_path import DeathCount, PathPeriod, WarPath, month_period
from ripeness.validation.history.belligerents import Belligerents
from ripeness.validation.history.table import RecordTable
from ripeness.validation.history.war_events import PERSONS, ImportedPath
from ripeness.world.fault import Fault, combined

LAST_MONTH = 12


def own_totals(table: RecordTable, sides: Belligerents) -> ImportedPath:
    """Monthly totals of one's own: `month`, and a column of deaths in persons for each side.

    Raises: Fault, with its place, for a month or number that cannot be read.
    """
    names = [name for name in table.columns if name not in ("month", "civilians") and name]
    polity = {name: (sides.polity(name) if sides.names else name) for name in names}
    unnamed = [
        Fault(f"the column '{name[:40]}' is of no side that was named; it is left out", table.heading)
        for name in names
        if not polity[name]
    ]
    faults, periods = [], []
    for row in table:
        try:
            match = MONTH.match(row.text("month"))
            if match is None or not (int(match[1]) >= 1 and 1 <= int(match[2]) <= LAST_MONTH):
                raise row.fault("month", f"'{row.text('month')[:40]}' is not a month; write 2022-03")
            counts = {key: row.within(name, 0.0, MOST_DEATHS * PERSONS) for name, key in polity.items() if key}
            civilians = row.within("civilians", 0.0, MOST_DEATHS * PERSONS) if "civilians" in table.columns else nan
        except Fault as fault:
            faults.append(fault)
            continue
        deaths = {key: DeathCount(*(count / PERSONS,) * 3) for key, count in counts.items() if not isnan(count)}
        apart = None if isnan(civilians) else civilians / PERSONS
        periods.append(PathPeriod(*month_period(int(match[1]), int(match[2])), deaths, civilians=apart))
    if faults:
        raise combined(faults)
    path = WarPath(table.file, tuple(sorted(periods, key=lambda period: period.first)))
    return ImportedPath("monthly totals", "your own", path, len(periods), (), (*unnamed, *table.remarks))
