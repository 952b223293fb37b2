"""Parts of a number as a scenario file states it: figures, pairs, its kind and the ids of its sources."""

from __future__ import annotations

import re
from math import isfinite

from ripeness.scenario.decimal_comma import comma_hint
from ripeness.world.fault import Fault
from ripeness.world.quantity import Kind
from ripeness.world.wording import did_you_mean

FIGURE = r"[-+]?(?:\d[\d_ ]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
INTERVAL = re.compile(rf"^\s*({FIGURE})\s+to\s+({FIGURE})\s*$")
MOST_LETTERS = 80  # a figure or an interval is shorter; longer text is no number


class InvalidNumber(Fault):
    """A number that cannot be read; `key` names the part of it that is wrong."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


def read_kind(raw: object) -> Kind:
    """How a number came about, by its name. Raises: InvalidNumber for another word."""
    if not isinstance(raw, str) or raw not in set(Kind):
        hint = did_you_mean(str(raw), list(Kind), f"kinds are {', '.join(Kind)}")
        raise InvalidNumber(f"'{str(raw)[:40]}' is not a kind of number; {hint}", "kind")
    return Kind(raw)


def read_source_ids(raw: object) -> tuple[str, ...]:
    """The ids of sources, of which a file may name one or several. Raises: InvalidNumber for anything else."""
    listed = [raw] if isinstance(raw, str) else raw
    if not isinstance(listed, (list, tuple)) or not all(isinstance(source_id, str) for source_id in listed):
        raise InvalidNumber("'source' is the id of a source, or a list of ids", "source")
    return tuple(listed)


def read_figure(raw: object, key: str) -> float:
    """A finite number. Raises: InvalidNumber for anything else, with how it is written where that can be told."""
    expectation = "a number or an interval such as '0.2 to 0.4' is wanted here"
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise InvalidNumber(f"{expectation}, not {_shown_value(raw)}", key)
    try:
        text = raw.replace("_", "").replace(" ", "") if isinstance(raw, str) and len(raw) <= MOST_LETTERS else raw
        number = float(text)
    except (ValueError, OverflowError):
        hint = comma_hint(raw) if isinstance(raw, str) else ""
        if isinstance(raw, str) and "%" in raw and not hint:
            hint = "; write the unit beside it as 'unit: percent'"
        raise InvalidNumber(f"{expectation}, not {_shown_value(raw)}{hint}", key) from None
    if not isfinite(number):
        raise InvalidNumber(f"a finite number is wanted here, not {_shown_value(raw)}", key)
    return number


def _shown_value(raw: object) -> str:
    if isinstance(raw, dict):
        return "a mapping"
    if isinstance(raw, list):
        return "a list"
    return "nothing" if raw is None else f"'{str(raw)[:40]}'"


def read_pair(raw: object, scaled: float, key: str) -> tuple[float, float]:
    """The two ends of an interval, multiplied by the unit's factor. Raises: InvalidNumber where they are none."""
    match = INTERVAL.match(raw) if isinstance(raw, str) and len(raw) <= MOST_LETTERS else None
    ends = list(match.groups()) if match else raw
    if not isinstance(ends, list) or len(ends) != 2:
        hint = comma_hint(raw) if isinstance(raw, str) else ""
        raise InvalidNumber(f"an interval such as '0.2 to 0.4' is wanted here, not {_shown_value(raw)}{hint}", key)
    low, high = (read_figure(end, key) * scaled for end in ends)
    if low > high:
        raise InvalidNumber(f"the interval runs backwards: {low:g} to {high:g}", key)
    return low, high
