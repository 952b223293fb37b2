"""An observation that an analyst types: POLITY ISSUE DATE VALUE, a choice with who wanted what, or an act."""

from __future__ import annotations

from datetime import date
from typing import Any, cast, get_args

from ripeness.scenario.schema import Act, Observation, ObservedSign, Scenario
from ripeness.study.who_decides.labelled_observation import labelled_observation, read_labels
from ripeness.study.who_decides.typed_value import (
    DATE_PART,
    MAX_LETTERS,
    SIDES,
    SUPPOSED,
    SURE_GRADE,
    TypedValue,
    read_day,
    read_value,
)
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import join_words, unknown_name

SHOWS = get_args(ObservedSign)
ACTS = get_args(Act)
WITHOUT_VALUE = (
    "leader_fell",
    "leader_stayed",
    "ceasefire",
    "ceasefire_broken",
)  # no value goes with them
PARTS_WITH_VALUE = 4  # words of an observation with a value


def read_observation(scenario: Scenario, text: str) -> Observation:
    """Read an observation as an analyst types it.

    POLITY ISSUE DATE VALUE: a number, an interval (0.2..0.4), or one side of a number (<0.4: no more than this was
    decided); ISSUE may be a thing the war shows, such as losses. A choice names what was chosen, what factions wanted
    and, where options have them, their places: POLITY ISSUE DATE chose:high wanted:army=high,cabinet=low
    at:high=0.8,low=0.2. An act names whom it favours or is against: POLITY arrested DATE against:army favours:cabinet.

    Raises: Fault where a part is missing, unknown, no number, or does not fit.
    """
    prefix = f" {text[:MAX_LETTERS]!r}"
    parts = text.split()
    labels = read_labels(prefix, parts[DATE_PART:])
    if len(parts) < DATE_PART or (not labels and len(parts) > PARTS_WITH_VALUE):
        raise ArgumentFault(
            "observe", f"{prefix}: write POLITY ISSUE DATE VALUE, such as 'north effort 2024-05-01 0.8'"
        )
    key, subject, day = parts[:DATE_PART]
    if key not in scenario.polities:
        raise ArgumentFault("observe", f": {unknown_name('a polity of the scenario', key, scenario.polities)}")
    issues = scenario.polities[key].issues
    if subject not in issues and subject not in (*SHOWS, *ACTS):
        listed = [*issues, *SHOWS, *ACTS]
        raise ArgumentFault(
            "observe", f": {unknown_name(f'an issue of {key!r}, nor a thing a war shows', subject, listed)}"
        )
    if subject == "not_done":
        raise ArgumentFault(
            "observe",
            f"{prefix}: name the issue and the side on which all was left undone, such as '{key} ISSUE {day} >0.2'",
        )
    is_act = subject in ACTS and subject not in issues
    if labels or is_act:
        return labelled_observation(scenario, text, labels, is_act=is_act)
    value = read_value(prefix, parts[3]) if len(parts) == PARTS_WITH_VALUE else None
    _fits(prefix, subject, value, is_issue=subject in issues)
    return _form(text, key, subject, read_day(prefix, day), value, is_issue=subject in issues)


def _form(text: str, polity: str, subject: str, on: date, value: TypedValue | None, *, is_issue: bool) -> Observation:
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


def _fits(prefix: str, subject: str, value: TypedValue | None, *, is_issue: bool) -> None:
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
