"""An observation that an analyst types, as POLITY ISSUE DATE VALUE."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Any, cast

from ripeness.scenario.schema import Observation, Scenario
from ripeness.world.fault import ArgumentFault
from ripeness.world.quantity import Quantity, Scale
from ripeness.world.wording import join_words, unknown_name

SHOWS = ("losses", "line", "leader_fell", "leader_stayed", "offer_made", "offer_refused", "media_line", "not_done")
WITHOUT_VALUE = ("leader_fell", "leader_stayed")  # happened or not: no value goes with them
SIDES = {"<": "high", ">": "low"}  # of a value: on which side of it everything was left undone
SUPPOSED = "supposed: "  # how the id of an item begins that was given by hand
SURE_GRADE = "A1"
MAX_LETTERS = 80  # letters of what was typed that a message repeats
DIGITS = 6
PARTS_WITH_VALUE = 4  # words of an observation with a value


@dataclass(frozen=True, slots=True)
class _Value:
    """A value as typed: an interval, or one side of it."""

    low: float
    high: float
    side: str = ""

    def quantity(self) -> Quantity:
        """The same as a number of a scenario."""
        centre = round((self.low + self.high) / 2, DIGITS)
        if self.low == self.high:
            return Quantity("point", (centre,), -1e9, 1e9, "index")
        return Quantity("interval", (centre, self.low, self.high), -1e9, 1e9, "index", Scale.PLAIN)


def read_observation(scenario: Scenario, text: str) -> Observation:
    """Read an observation written as POLITY ISSUE DATE VALUE; ISSUE may be a thing the war shows, such as losses.

    A value is a number, an interval (0.2..0.4), or one side of a number (<0.4: no more than this was decided).

    Raises: Fault where a part is missing, unknown, no number, or does not fit.
    """
    prefix = f" {text[:MAX_LETTERS]!r}"
    parts = text.split()
    if len(parts) not in (PARTS_WITH_VALUE - 1, PARTS_WITH_VALUE):
        raise ArgumentFault(
            "observe", f"{prefix}: write POLITY ISSUE DATE VALUE, such as 'north effort 2024-05-01 0.8'"
        )
    key, subject, day = parts[:3]
    if key not in scenario.polities:
        raise ArgumentFault("observe", f": {unknown_name('a polity of the scenario', key, scenario.polities)}")
    issues = scenario.polities[key].issues
    if subject not in issues and subject not in SHOWS:
        raise ArgumentFault(
            "observe", f": {unknown_name(f'an issue of {key!r}, nor a thing a war shows', subject, [*issues, *SHOWS])}"
        )
    if subject == "not_done":
        raise ArgumentFault(
            "observe",
            f"{prefix}: name the issue and the side on which all was left undone, such as '{key} ISSUE {day} >0.2'",
        )
    value = _value(prefix, parts[3]) if len(parts) == PARTS_WITH_VALUE else None
    _fits(prefix, subject, value, is_issue=subject in issues)
    return _form(text, key, subject, _day(prefix, day), value, is_issue=subject in issues)


def _form(text: str, polity: str, subject: str, on: date, value: _Value | None, *, is_issue: bool) -> Observation:
    side = value.side if value is not None else ""
    quantity = value.quantity() if value is not None else None
    placed = is_issue and not side
    return Observation.model_construct(
        id=f"{SUPPOSED}{text}",
        date=on,
        polity=polity,
        issue=subject if is_issue else None,
        position=quantity if placed else None,
        choice=None,
        alternatives={},
        shows=cast("Any", "not_done" if side else None if is_issue else subject),
        amount=None if placed else quantity,
        toward=cast("Any", SIDES.get(side)),
        grade=SURE_GRADE,
        planted=False,
        puzzling=False,
        source=(),
        note="given on the command line",
    )


def _fits(prefix: str, subject: str, value: _Value | None, *, is_issue: bool) -> None:
    """Refuse a value where there can be none, none where there must be one, and one that cannot be."""
    if (value is None) != (subject in WITHOUT_VALUE and not is_issue):
        problem = "no value goes with it" if value is not None else "a value is missing"
        raise ArgumentFault(
            "observe",
            f"{prefix}: {problem}; write POLITY ISSUE DATE VALUE, or POLITY {join_words(WITHOUT_VALUE, 'or')} DATE",
        )
    if value is None:
        return
    if value.side and not is_issue:
        raise ArgumentFault(
            "observe", f"{prefix}: one side of a number, such as <0.4, is for issues; write 0.3, or 0.2..0.4"
        )
    if subject == "losses" and not is_issue:
        if value.low <= 0:
            raise ArgumentFault("observe", f"{prefix}: losses are thousand deaths a month, above 0")
    elif not 0 <= value.low <= value.high <= 1:
        raise ArgumentFault("observe", f"{prefix}: {'a position' if is_issue else subject} is a share from 0 to 1")


def _value(prefix: str, typed: str) -> _Value:
    """`0.3`, `0.2..0.4`, `<0.4` or `>0.4`."""
    side = typed[:1] if typed[:1] in SIDES else ""
    low, _, high = typed[len(side) :].partition("..")
    try:
        ends = float(low), float(high or low)
    except ValueError:
        raise ArgumentFault(
            "observe",
            f"{prefix}: {typed!r} is no number; write 0.3, 0.2..0.4 for an interval, or <0.4 for at most this",
        ) from None
    if not all(map(isfinite, ends)) or ends[0] > ends[1]:
        raise ArgumentFault("observe", f"{prefix}: {typed!r} is no number or interval from low to high")
    return _Value(*ends, side)


def _day(prefix: str, day: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise ArgumentFault("observe", f"{prefix}: {day!r} is no date; write it as 2024-05-01") from None
