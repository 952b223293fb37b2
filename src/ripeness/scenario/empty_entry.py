"""Entries without a value: a key that the form knows was never stated, a name of the base is removed,
the rest is a slip.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, get_args, get_origin

from ripeness.scenario.error_messages import is_form, unknown_key
from ripeness.scenario.form_paths import form_at, form_keys
from ripeness.scenario.model_parameters import parameter_names
from ripeness.scenario.number_field import KEYS, NumberField, unknown_number_key
from ripeness.scenario.yaml_tree import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean


def empty_entries(upper: Node, lower: Node | None, path: Sequence[str] = ()) -> Iterator[Fault]:
    """Entries without a value that neither belong to the form nor remove what the layer below has.

    `lower` is what lies below at the same path, None where nothing does.
    """
    form = form_at(path)
    for key, child in upper.map().items():
        below = None if lower is None else lower.map().get(key)
        if child.content is None:
            message = _empty_entry_message(key, form, lower, path)
            if message and not (key == "base" and not path):
                yield Fault(message, child.key)
        else:
            yield from empty_entries(child, below, (*path, key))


def _empty_entry_message(key: str, form: Any, lower: Node | None, path: Sequence[str]) -> str:
    """What is wrong with a key without a value; nothing where it may stand so."""
    if is_form(form):
        return "" if key in form_keys(form) else unknown_key(key, form)
    if isinstance(form, NumberField):
        return "" if key in KEYS else unknown_number_key(key)
    if get_origin(form) is not dict:
        return ""  # what holds it is refused as a whole
    fixed = _fixed_keys(form, path)
    if fixed:
        hint = did_you_mean(key, fixed, f"its keys are {', '.join(fixed)}")
        return "" if key in fixed else f"'{key[:60]}' is not a key here; {hint}"
    if lower is None:
        return f"'{key[:60]}' has no value; write what it is, or remove the line"
    if key in lower.map():
        return ""
    hint = did_you_mean(key, lower.map())
    return f"'{key[:60]}' removes nothing: the base has no such entry here" + (f"; {hint}" if hint else "")


def _fixed_keys(form: Any, path: Sequence[str]) -> tuple[str, ...]:
    """The names that a mapping of names can have, where the model fixes them."""
    if list(path) == ["laws"]:
        return parameter_names()
    names = get_args(form)[0]
    return tuple(get_args(names)) if get_origin(names) is Literal else ()
