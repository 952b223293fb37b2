"""Known deaths: what was known after each month of a war, from the producers' events;
an event counts once it is over.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, isnan

from ripeness.validation.history.tidy_rows import TidyRow
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
    rows: list[TidyRow] = []
    for war in wars:
        number, start = int(str(war["warnum"])), date.fromisoformat(str(war["start"]))
        days = int(str(war["duration_days"]))
        side_of = sides[number]
        first = {
            str(line["side"]) for line in participants if line["warnum"] == war["warnum"] and line["initiator"] == 1
        }
        losses = [loss for event in events if (loss := _event_losses(event, side_of, first, start, days))]
        for month in range(1, ceil(days / DAYS_PER_MONTH) + 1):
            ended = [loss for loss in losses if loss[0] <= month * DAYS_PER_MONTH]
            rows.append(
                {
                    "warnum": number,
                    "warname": war["warname"],
                    "month": month,
                    "A_known": sum(loss[1] for loss in ended),
                    "B_known": sum(loss[2] for loss in ended),
                }
            )
    return rows


def _event_losses(
    event: TidyRow, side_of: Sides, first: set[str], start: date, days: int
) -> tuple[int, float, float] | None:
    """Days from the war's start to an event's end and both sides' deaths in it; nothing where it is of another war."""
    pair = [side_of.get(int(str(event[f"ccode{n}"]))) for n in (1, 2)]
    if None in pair or pair[0] == pair[1] or not event["start"]:
        return None
    first_day = (date.fromisoformat(str(event["start"])) - start).days
    if not 0 <= first_day < days:
        return None
    days_over = (date.fromisoformat(str(event["end"] or event["start"])) - start).days + 1
    deaths1, deaths2 = _middle(event, 1), _middle(event, 2)
    return (days_over, deaths1, deaths2) if pair[0] in first else (days_over, deaths2, deaths1)


def _middle(event: TidyRow, side: int) -> float:
    values = [float(str(event[f"deaths{side}_{end}"])) for end in ("min", "max")]
    bounds = [value for value in values if not isnan(value)]
    return sum(bounds) / len(bounds) if bounds else 0.0
