"""Parameter: an argument of a question: what its values are, their bounds, and what to say of one that does not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from numbers import Integral, Real
from os import PathLike
from pathlib import Path
from typing import Any

from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.wording import did_you_mean, join_words

SHOWN = 60  # letters of a wrong value that a message repeats


class ValueKind(StrEnum):
    """What a value is, whoever shows the field."""

    CASE = "case"
    TEXT = "text"
    WHOLE = "whole number"
    NUMBER = "number"
    SWITCH = "on or off"
    DAY = "day"
    FILE = "file"
    TEXTS = "texts"
    NUMBERS = "numbers"
    CHANGES = "changes"
    OBJECT = "object"


# How a field is annotated says what its values are; an annotation that is not here is for Python alone.
KINDS = {
    "str": ValueKind.TEXT,
    "int": ValueKind.WHOLE,
    "float": ValueKind.NUMBER,
    "bool": ValueKind.SWITCH,
    "date | str": ValueKind.DAY,
    "Case": ValueKind.CASE,
    "str | Path": ValueKind.FILE,
    "Sequence[str]": ValueKind.TEXTS,
    "Sequence[WhatIfChange | str]": ValueKind.TEXTS,
    "Sequence[float]": ValueKind.NUMBERS,
    "Mapping[str, object]": ValueKind.CHANGES,
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One field of a question, as every face reads it.

    `name` is the argument in Python, `key` that in JSON (`old_keys` are read as well), `flags` those of the command
    line, the first one shown; none: it stands there by position. Bounds: `least` and `most` are allowed themselves,
    `above` and `below` are not; `most_served` is the most that a server takes in one job. `word`: a switch that the
    command line writes as this word. `commas`: several values behind one flag. `suggest` names what a form can offer
    for a scenario: codings, outcomes, polities, links, numbers, sources, rules or actors. `expert`: a form shows it on
    demand. `served`: JSON interface and pages take it; files of the server and Python's own objects they do not.
    """

    name: str
    kind: ValueKind
    optional: bool
    required: bool
    default: Any
    served: bool
    label: str
    key: str
    flags: tuple[str, ...]
    help: str = ""
    old_keys: tuple[str, ...] = ()
    metavar: str = ""
    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None
    most_served: float | None = None
    choices: tuple[str, ...] = ()
    suggest: str = ""
    word: str = ""
    commas: bool = False
    expert: bool = False

    def check(self, value: Any) -> Any:
        """The value as the question holds it.

        Raises: ArgumentFault that says what would be right.

        >>> from ripeness.workbench.question import WarQuestion, parameters
        >>> next(field for field in parameters(WarQuestion) if field.name == "draws").check(64)
        64
        """
        if self.kind is ValueKind.OBJECT or (value is None and self.optional):
            return value
        return _CHECKS[self.kind](self, value)

    def range(self) -> str:
        """The bounds in words, such as `1 to 10`; nothing where there are none."""
        if self.least is not None and self.most is not None:
            return f"{_figure(self.least)} to {_figure(self.most)}"
        low = f"{_figure(self.least)} or more" if self.least is not None else ""
        low = f"more than {self.above:g}" if self.above is not None else low
        high = f"at most {_figure(self.most)}" if self.most is not None else ""
        high = f"less than {self.below:g}" if self.below is not None else high
        return join_words([part for part in (low, high) if part])

    def refuse(self, value: Any, right: str) -> ArgumentFault:
        """A fault that repeats the value and says what would be right."""
        return ArgumentFault(self.name, f" is {value!r:.{SHOWN}}; {right}")


def _figure(bound: float | None) -> str:
    return "" if bound is None else f"{bound:d}" if isinstance(bound, int) else f"{bound:g}"


def _whole_number(parameter: Parameter, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise parameter.refuse(value, f"a whole number{_wanted(parameter)} is wanted")
    return int(_within(parameter, value))


def _number(parameter: Parameter, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, Real) or not isfinite(value):
        raise parameter.refuse(value, f"a number{_wanted(parameter)} is wanted")
    return float(_within(parameter, value))


def _wanted(parameter: Parameter) -> str:
    bounds = parameter.range()
    return f" from {bounds}" if bounds and " to " in bounds else f", {bounds}," if bounds else ""


def _within(parameter: Parameter, value: Any) -> Any:
    low, high, above, below = parameter.least, parameter.most, parameter.above, parameter.below
    inside = (low is None or low <= value) and (high is None or value <= high)
    if not (inside and (above is None or above < value) and (below is None or value < below)):
        raise ArgumentFault(parameter.name, f" is {_figure(value)}; it can be {parameter.range()}")
    return value


def _text(parameter: Parameter, value: Any) -> str:
    if not isinstance(value, str):
        raise parameter.refuse(value, "a text is wanted")
    if parameter.choices and value not in parameter.choices:
        otherwise = f"it can be {join_words(parameter.choices, 'or')}"
        raise parameter.refuse(value, did_you_mean(value, parameter.choices, otherwise))
    return value


def _switch(parameter: Parameter, value: Any) -> bool:
    if not isinstance(value, bool):
        raise parameter.refuse(value, "True or False is wanted")
    return value


def _day(parameter: Parameter, value: Any) -> Any:
    from ripeness.world.dates import as_day

    try:
        return as_day(value, "")
    except Fault as fault:
        raise ArgumentFault(parameter.name, fault.message) from None


def _path(parameter: Parameter, value: Any) -> Any:
    if not isinstance(value, str | PathLike):
        raise parameter.refuse(value, "a name or a path is wanted")
    return value if isinstance(value, str) else Path(value)


def _several(parameter: Parameter, value: Any) -> tuple[Any, ...]:
    if isinstance(value, str | bytes | Mapping) or not hasattr(value, "__iter__"):
        raise parameter.refuse(value, f"a list of {parameter.kind} is wanted")
    values = tuple(value)
    if parameter.kind is ValueKind.NUMBERS:
        return tuple(_number(parameter, part) for part in values)
    for part in values:
        if isinstance(part, Real | bytes | Mapping) or part is None:
            raise parameter.refuse(value, "a list of texts is wanted")
    return values


def _changes(parameter: Parameter, value: Any) -> dict[str, object] | None:
    """Numbers by path; where there may be none, an empty mapping is none: the same question has one form."""
    if not isinstance(value, Mapping):
        raise parameter.refuse(value, "numbers by their path are wanted, such as {'talks.mediation': 2}")
    return dict(value) or (None if parameter.optional else {})


def read_changes(texts: Sequence[str], name: str = "changes") -> dict[str, object]:
    """Numbers by path, each written PATH=VALUE with the value as in a scenario file; `name` is the argument at fault.

    Raises: ArgumentFault for what is not PATH=VALUE.

    >>> read_changes(["talks.mediation=2", "stake.held=.4 to .6"])
    {'talks.mediation': 2, 'stake.held': '.4 to .6'}
    """
    from ripeness.scenario.yaml_tree import value_of

    changes: dict[str, object] = {}
    for text in texts:
        path, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not path or not value:
            raise ArgumentFault(name, f": '{text[:80]}' is not PATH=VALUE, such as talks.mediation=2")
        try:
            changes[path] = value_of(value, name)
        except Fault as fault:
            raise ArgumentFault(name, f": '{value[:80]}' cannot be read: {fault.message}") from None
    return changes


_CHECKS: dict[ValueKind, Callable[[Parameter, Any], Any]] = {
    ValueKind.CASE: _path,
    ValueKind.FILE: _path,
    ValueKind.TEXT: _text,
    ValueKind.WHOLE: _whole_number,
    ValueKind.NUMBER: _number,
    ValueKind.SWITCH: _switch,
    ValueKind.DAY: _day,
    ValueKind.TEXTS: _several,
    ValueKind.NUMBERS: _several,
    ValueKind.CHANGES: _changes,
}
