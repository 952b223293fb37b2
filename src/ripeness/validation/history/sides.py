"""Participants of past wars: who fought on which side,
and the regime of a side of whose regime its own row says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isnan, nan

from ripeness.validation.history.record import Camp, PastWar
from ripeness.validation.history.regime import polity, polyarchy
from ripeness.validation.history.table import UNKNOWN, RecordRow, RecordTable
from ripeness.world.fault import Fault, Place

SIDES = {1, 2}
FIRST_DAYS = timedelta(days=30)  # who comes in within them counts as in it from the start
YES = frozenset(("1", "1.0", "yes", "true"))
NO = frozenset(("0", "0.0", "2", "2.0", "no", "false", *map(str.casefold, UNKNOWN)))


@dataclass(frozen=True, slots=True)
class Participant:
    """One participant. Units: size is a share of the world's capabilities, 0 where nobody knows."""

    side: int
    began: bool
    size: float
    polity: float
    polyarchy: float
    start: date | None


def with_participants(wars: Sequence[PastWar], table: RecordTable, faults: list[Fault]) -> list[PastWar]:
    """Check that both sides of every war are there, and fill in regimes on which the war's row is silent.

    Raises: Fault where the file names neither wars nor sides.
    """
    table.need(("warnum", "side"), "participants")
    numbers = {war.number for war in wars}
    members: dict[int, list[Participant]] = {}
    first: dict[tuple[int, str, str], int] = {}
    for row in table:
        try:
            number = row.number("warnum")
            if number not in numbers:
                continue
            member, state = _member(row), row.text("ccode") or row.text("state")
            line = first.setdefault((int(number), state, row.text("side")), row.line)
            if state and line != row.line:
                raise row.fault(
                    "ccode", f"state {state[:40]} already stands on this side in line {line}; the first is kept"
                )
            members.setdefault(int(number), []).append(member)
        except Fault as fault:
            faults.append(fault)
    faults.extend(table.remarks)
    faults.extend(
        Fault(f"war {war.number} ({war.name}): participants of both sides are not in the file", Place(table.file))
        for war in wars
        if {participant.side for participant in members.get(war.number, [])} != SIDES
    )
    return [_filled(war, members.get(war.number, [])) for war in wars]


def _member(row: RecordRow) -> Participant:
    side = row.number("side")
    if side not in SIDES:
        raise row.fault("side", f"'{row.text('side')[:40]}' is neither 1 nor 2")
    size = row.number("cinc")
    began = row.text("initiator").casefold()
    if began not in YES | NO:
        raise row.fault(
            "initiator", f"'{row.text('initiator')[:40]}' is not a code; write 1 for who began the war, else 0"
        )
    return Participant(int(side), began in YES, 0.0 if isnan(size) else size, polity(row), polyarchy(row), _start(row))


def _start(row: RecordRow) -> date | None:
    """The first day of its part in the war; None where the file has none."""
    text = row.text("start")
    try:
        return None if text in UNKNOWN else date.fromisoformat(text)
    except ValueError:
        raise row.fault("start", f"'{text[:40]}' is not a day; write year-month-day, such as 1914-08-01") from None


def _filled(war: PastWar, members: Sequence[Participant]) -> PastWar:
    """The side on which somebody began the war is the first; where nobody or both did, nothing can be filled in.

    Only states of a side's first days count: who comes in later belongs to the future.
    """
    sides = {participant.side for participant in members if participant.began}
    if len(sides) != 1:
        return war
    first = [participant for participant in members if participant.side in sides]
    second = [participant for participant in members if participant.side not in sides]
    return replace(war, first=_completed(war.first, first), second=_completed(war.second, second))


def _completed(camp: Camp, members: Sequence[Participant]) -> Camp:
    """Fill in the number of states, and the regime of the strongest participant, where the war's own row is silent."""
    if isnan(camp.states):
        camp = replace(camp, states=_original(members))
    if not isnan(camp.polity) or not isnan(camp.polyarchy) or not members:
        return camp
    strongest = max(members, key=lambda participant: participant.size)
    return replace(camp, polity=strongest.polity, polyarchy=strongest.polyarchy)


def _original(members: Sequence[Participant]) -> float:
    """How many states were in it within a side's first days; not a number where a day is missing."""
    days = [participant.start for participant in members if participant.start is not None]
    if not days or len(days) < len(members):
        return nan
    return float(sum(day <= min(days) + FIRST_DAYS for day in days))
