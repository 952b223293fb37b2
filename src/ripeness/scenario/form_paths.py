"""What may stand at each path of a scenario: a part with its keys, a number with what it admits, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from ripeness.scenario.number_field import NumberField
from ripeness.scenario.schema import Scenario

# What a part is called when its file is at fault.
TITLES = {
    "Scenario": "a scenario",
    "PolityForm": "a polity",
    "FactionForm": "a faction",
    "FactionStatement": "a statement",
    "TraitsForm": "a faction's traits",
    "IssueForm": "an issue",
    "Resources": "a polity's resources",
    "Conduct": "a polity's conduct",
    "Country": "a country",
    "Objective": "an objective",
    "Event": "an event",
    "EventChange": "a change",
    "Observation": "an observation",
    "ActorModel": "a reading",
    "Preset": "a preset",
    "SourceForm": "a source",
    "Stake": "the stake",
    "Talks": "the talks",
    "Ceasefire": "the ceasefire in force at the start",
    "Mediator": "a mediator",
    "PowerSharing": "the power-sharing",
    "Window": "the window",
}


def path_steps(path: str) -> list[str]:
    """The steps of an address. What a reading overrides is itself an address, and one step.

    >>> path_steps("readings.own-use.overrides.stake.held")
    ['readings', 'own-use', 'overrides', 'stake.held']
    """
    parts = path.split(".")
    return [*parts[:3], ".".join(parts[3:])] if parts[0] == "readings" and parts[2:3] == ["overrides"] else parts


def form_at(path: Sequence[str | int]) -> Any:
    """The type of what may stand at a path, None where nothing may.

    >>> form_at(["polities", "north", "conduct"]).__name__
    'Conduct'
    """
    form: Any = Scenario
    for step in path:
        form = _type_below(form, str(step))
    return form


def number_field_at(path: Sequence[str | int]) -> NumberField | None:
    """What the number at a path admits, None where no number may stand.

    >>> number_field_at(["polities", "north", "conduct", "quota"]).unit
    'share'
    """
    return _number_field(form_at(path))


def form_title(form: type[BaseModel]) -> str:
    """What a part of a scenario is called."""
    return TITLES.get(form.__name__, "this part")


@cache
def form_keys(form: type[BaseModel]) -> tuple[str, ...]:
    """The keys that a part may have."""
    return tuple(form.model_fields)


@cache
def keys_below(form: type[BaseModel]) -> dict[str, tuple[str, ...]]:
    """The parts of a part that have keys of their own, and these keys."""
    parts = {key: _annotation(form, key) for key in form_keys(form)}
    return {
        key: form_keys(part) for key, part in parts.items() if isinstance(part, type) and issubclass(part, BaseModel)
    }


@cache
def _annotation(form: type[BaseModel], key: str) -> Any:
    field = form.model_fields.get(key)
    if field is None:
        return None
    number_field = next((mark for mark in field.metadata if isinstance(mark, NumberField)), None)
    return number_field if number_field is not None else _inner_type(field.annotation)


def _inner_type(annotation: Any) -> Any:
    """The type without Annotated and without the alternative that it is left out."""
    if get_origin(annotation) in (Union, UnionType):
        alternatives = [arg for arg in get_args(annotation) if arg is not type(None)]
        return _inner_type(alternatives[0]) if len(alternatives) == 1 else annotation
    if get_origin(annotation) is Annotated:
        return _number_field(annotation) or _inner_type(get_args(annotation)[0])
    return annotation


def _type_below(annotation: Any, key: str) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _annotation(annotation, key)
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is dict:
        return _inner_type(args[1])
    return _inner_type(args[0]) if origin is tuple and args else None


def _number_field(annotation: Any) -> NumberField | None:
    if isinstance(annotation, NumberField):
        return annotation
    marks = get_args(annotation)[1:] if get_origin(annotation) is Annotated else ()
    return next((mark for mark in marks if isinstance(mark, NumberField)), None)
