"""Known deaths: what was known after each month of a war, from the producers' events;
an event counts once it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, isnan

from ripeness.validation.history.producers import TidyRow
from ripeness.validation.history.wars import DAYS_PER_MONTH

Sides = dict[int, str]


def known_deaths(wars: Sequence[TidyRow], participants: Sequence[TidyRow], events: Sequence[TidyRow]) -> list[TidyRow]:
    """Lines by war and month: both sides' deaths in events that had ended by then.

    An event belongs to a war where its two states stand on opposite sides and it began while the war went on. Deaths
    are the middle of the producers' least and most. An event of several months is not spread: that would leak the
    future.
    """
    sides: dict[int, Sides] = {}
    for line in participants:
        sides.setdefault(int(str(line["warnum"])), {})[int(str(line["ccode"]))] = str(line["side"])
    found: list[TidyRow] = []
    for war in wars:
        number, start = int(str(war["warnum"])), date.fromisoformat(str(war["start"]))
        days = int(str(war["duration_days"]))
        own = sides[number]
        first = {
            str(line["side"]) for line in participants if line["warnum"] == war["warnum"] and line["initiator"] == 1
        }
        told = [one for event in events if (one := _told(event, own, first, start, days))]
        for month in range(1, ceil(days / DAYS_PER_MONTH) + 1):
            over = [one for one in told if one[0] <= month * DAYS_PER_MONTH]
            found.append(
                {
                    "warnum": number,
                    "warname": war["warname"],
                    "month": month,
                    "A_known": sum(one[1] for one in over),
                    "B_known": sum(one[2] for one in over),
                }
            )
    return found


def _told(event: TidyRow, own: Sides, first: set[str], start: date, days: int) -> tuple[int, float, float] | None:
    """Days from the war's start to an event's end and both sides' deaths in it; nothing where it is of another war."""
    pair = [own.get(int(str(event[f"ccode{n}"]))) for n in (1, 2)]
    if None in pair or pair[0] == pair[1] or not event["start"]:
        return None
    begun = (date.fromisoformat(str(event["start"])) - start).days
    if not 0 <= begun < days:
        return None
    over = (date.fromisoformat(str(event["end"] or event["start"])) - start).days + 1
    one, two = _middle(event, 1), _middle(event, 2)
    return (over, one, two) if pair[0] in first else (over, two, one)


def _middle(event: TidyRow, side: int) -> float:
    values = [float(str(event[f"deaths{side}_{end}"])) for end in ("min", "max")]
    known = [value for value in values if not isnan(value)]
    return sum(known) / len(known) if known else 0.0
