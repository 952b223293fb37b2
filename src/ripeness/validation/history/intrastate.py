"""Intra-state wars of the Correlates of War: one war and pair of sides a row, in versions 4 and 5."""

from __future__ import annotations

from datetime import date

from ripeness.validation.history.table import YEARS, RecordRow
from ripeness.world.fault import Fault

KEY_COLUMNS = ("WarNum", "WarName", "WarType", "SideA", "SideB", "Outcome")
STARTS = (("StartYr1", "StartYear1"), ("StartMo1", "StartMonth1"), ("StartDy1", "StartDay1"))
ENDS = (("EndYr1", "EndYear1"), ("EndMo1", "EndMonth1"), ("EndDy1", "EndDay1"))
DEATHS = (("DeathsSideA", "SideADeaths"), ("DeathsSideB", "SideBDeaths"))
WAR_TYPES = {4: "central control", 5: "local issues", 6: "regional internal", 7: "intercommunal"}
OUTCOMES = {
    1: "side A wins",
    2: "side B wins",
    3: "compromise",
    4: "transformed into another type of war",
    5: "ongoing",
    6: "stalemate",
    7: "continues below war level",
    8: "changed sides",
}
SPELLS = 4


def intrastate_war(row: RecordRow) -> dict[str, object]:
    """A war between two sides within a state: when, over what, how it ended, and deaths of each side in persons.

    The end is that of its last spell; `spells` counts them. An unknown month or day is the first.
    Source: Dixon and Sarkees 2016; Correlates of War, Intra-State War Data v5.1 and v4.1.
    """
    days = [(_day(row, STARTS, spell), _day(row, ENDS, spell)) for spell in range(1, SPELLS + 1)]
    fought = [(start, end) for start, end in days if start]
    if not fought:
        raise row.fault(_present(row, STARTS[0], 1), "the year in which the war began is missing")
    start, end = fought[0][0], fought[-1][1]
    if end and end < start:
        raise row.fault(_present(row, ENDS[0], 1), f"the war ends on {end}, before it begins on {start}")
    return {
        "warnum": row.text("WarNum"),
        "warname": row.text("WarName"),
        "type": _word(row, "WarType", WAR_TYPES),
        "side_a": row.text("SideA"),
        "side_b": row.text("SideB"),
        "internationalised": int(row.number("Intnl") == 1),
        "start": start,
        "end": end,
        "spells": len(fought),
        "outcome": _word(row, "Outcome", OUTCOMES),
        "deaths_a": row.number(_present(row, DEATHS[0], 1)),
        "deaths_b": row.number(_present(row, DEATHS[1], 1)),
    }


def _present(row: RecordRow, names: tuple[str, ...], spell: int) -> str:
    """The name that this version of the file has for a column of a spell."""
    named = [f"{name[:-1]}{spell}" if name.endswith("1") else name for name in names]
    return next((name for name in named if name in row.cells), named[0])


def _day(row: RecordRow, parts: tuple[tuple[str, ...], ...], spell: int) -> str:
    names = [_present(row, part, spell) for part in parts]
    year = row.number(names[0])
    if year != year:  # noqa: PLR0124  (not a number)
        return ""
    month, day = (1 if not row.number(name) >= 1 else row.whole(name, 1, 31) for name in names[1:])
    try:
        return date(row.whole(names[0], *YEARS), month, day).isoformat()
    except ValueError:
        text = "-".join(row.text(name) for name in names)
        raise row.fault(names[2], f"{text} is not a day") from None


def _word(row: RecordRow, column: str, words: dict[int, str]) -> str:
    code = row.number(column)
    if code not in words:
        codes = ", ".join(map(str, words))
        raise Fault(f"{column}: '{row.text(column)[:40]}' is not a code; codes are {codes}", row.place(column))
    return words[int(code)]
