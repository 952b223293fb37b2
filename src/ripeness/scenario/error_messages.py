"""What the form refuses, put into the words of the file and pointed at where it stands."""

from __future__ import annotations

from itertools import islice
from typing import Any, TypeGuard

from pydantic import BaseModel, ValidationError

from ripeness.scenario.date_field import LAST_YEAR
from ripeness.scenario.decimal_comma import comma_hint, split_hint
from ripeness.scenario.form_paths import form_at, form_keys, form_title, keys_below
from ripeness.scenario.number_field import UnknownKey
from ripeness.scenario.number_parts import InvalidNumber
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault, Place, file_order
from ripeness.world.wording import did_you_mean, join_words, nearest

MOST_FAULTS = 200  # faults put into words, of which the first in the file are shown
INDEX_WORDS = {
    "string_type": "text is wanted here, in quotes if it looks like a number",
    "bool_parsing": "true or false is wanted here",
    "bool_type": "true or false is wanted here",
    "int_parsing": "a whole number is wanted here",
    "int_type": "a whole number is wanted here",
    "int_from_float": "a whole number is wanted here",
    "float_type": "a number is wanted here",
    "float_parsing": "a number is wanted here",
    "dict_type": "keys and values are wanted here",
    "model_type": "keys and values are wanted here",
    "tuple_type": "a list is wanted here",
    "finite_number": "a finite number is wanted here",
}

BOUNDS = {"greater_than_equal": "a number of at least", "less_than_equal": "a number of at most"}


def faults_from(error: ValidationError, tree: Node) -> list[Fault]:
    """Turn what pydantic says of a scenario into Faults, in the order of their places, one a place."""
    faults: dict[Place, Fault] = {}
    errors = list(islice(error.errors(include_url=False, include_input=False), MOST_FAULTS))
    misspelt = {
        (*error_item["loc"][:-1], _intended_key(error_item))
        for error_item in errors
        if error_item["type"] == "extra_forbidden"
    }
    for error_item in errors:
        if error_item["type"] == "missing" and tuple(error_item["loc"]) in misspelt:
            continue  # it stands there under a name that is misspelt, which is told
        fault = _fault_from(dict(error_item), tree)
        if fault.place is not None:
            faults.setdefault(fault.place, fault)
    return sorted(faults.values(), key=file_order)


def _fault_from(error: dict[str, Any], tree: Node) -> Fault:
    path = tuple(error["loc"])
    inner = error.get("ctx", {}).get("error")
    node = tree.at(path)
    if error["type"] == "extra_forbidden":
        return Fault(unknown_key(str(path[-1]), form_at(path[:-1])), node.key)
    if error["type"] == "missing":
        return Fault(_missing_message(path), tree.at(path[:-1]).key)
    if isinstance(inner, UnknownKey):
        return Fault(inner.message, node.key)
    if isinstance(inner, InvalidNumber):
        part = node.child(inner.key) or node
        return Fault(_path_prefix(path) + inner.message + _split_number_hint(part), part.place)
    comma = comma_hint(node.content) if isinstance(node.content, str) else _split_number_hint(node)
    return Fault(_path_prefix(path) + _message(error, node) + comma, node.place)


def _split_number_hint(node: Node) -> str:
    """How a list at fault was meant, or a list inside a mapping at fault, where decimal commas split its numbers."""
    return next((hint for part in (node, *node.map().values()) if (hint := split_hint(part))), "")


def _intended_key(error: Any) -> str | None:
    """The key that an unknown one may have been meant for."""
    *above, key = error["loc"]
    form = form_at(above)
    return nearest(str(key), form_keys(form)) if is_form(form) else None


def unknown_key(key: str, form: Any) -> str:
    """The words for a key that a part does not have, with the nearest that it has."""
    if not is_form(form):
        return f"'{key[:60]}' is not a key here"
    holders = [f"'{part}'" for part, keys in keys_below(form).items() if key in keys]
    if holders:
        return f"'{key[:60]}' is not a key of {form_title(form)}; it is written under {join_words(holders, 'or')}"
    hint = did_you_mean(key, form_keys(form), f"its keys are {', '.join(form_keys(form))}")
    return f"'{key[:60]}' is not a key of {form_title(form)}; {hint}"


def is_form(form: Any) -> TypeGuard[type[BaseModel]]:
    """Whether what may stand somewhere is a part with keys of its own."""
    return isinstance(form, type) and issubclass(form, BaseModel)


def _missing_message(path: tuple[str | int, ...]) -> str:
    form = form_at(path[:-1])
    if isinstance(path[-1], int):
        form_above = form_at(path[:-2])
        described = form_above.model_fields[str(path[-2])].description if is_form(form_above) else None
        return f"{path[-2]}: a list with {path[-1] + 1} entries is wanted{f' ({described})' if described else ''}"
    part = form_title(form) if is_form(form) and path[-1] in form_keys(form) else "this part"
    return f"'{path[-1]}' is missing from {part}{_meaning(path)}"


def _meaning(path: tuple[str | int, ...]) -> str:
    """What stands at a path, in brackets, where its form says so."""
    form = form_at(path[:-1])
    field = form.model_fields.get(str(path[-1])) if is_form(form) else None
    return f" ({field.description})" if field is not None and field.description else ""


def _path_prefix(path: tuple[str | int, ...]) -> str:
    """The path's last words: a number is named by the key that holds it."""
    return f"{path[-1]}: " if path and isinstance(path[-1], str) else ""


def _message(error: dict[str, Any], node: Node) -> str:
    kind, quoted = str(error["type"]), _shown_content(node)
    if kind == "literal_error":
        expected = error["ctx"]["expected"]
        options = [word.strip(" '") for part in expected.split(", ") for word in part.split(" or ")]
        names = [] if isinstance(node.content, (dict, list)) else options
        return f"{quoted} cannot stand here; {did_you_mean(str(node.content), names, f'it is one of {expected}')}"
    if kind.startswith("date"):
        return _date_message(error, quoted)
    if kind == "string_pattern_mismatch":
        return f"{quoted} is not a grade; an Admiralty code such as B2 is wanted (reliability A-F, credibility 1-6)"
    if kind in BOUNDS:
        return f"{BOUNDS[kind]} {next(iter(error['ctx'].values()))} is wanted here, not {quoted}"
    if kind in INDEX_WORDS:
        return f"{INDEX_WORDS[kind]}{_meaning(error['loc']) if kind == 'dict_type' else ''}, not {quoted}"
    inner = error.get("ctx", {}).get("error")
    if isinstance(inner, Fault):
        return inner.message
    message = str(error["msg"])
    return message[:1].lower() + message[1:]


def _date_message(error: dict[str, Any], quoted: str) -> str:
    if error["type"] == "date_far":
        return f"{quoted} lies after the year {LAST_YEAR}; a date such as 2023-03-15 is wanted here"
    reason = str(error.get("ctx", {}).get("error", ""))
    if "day value" in reason or "month value" in reason:
        return f"there is no such day as {quoted}"
    return f"a date such as 2023-03-15 is wanted here, not {quoted}"


def _shown_content(node: Node) -> str:
    if isinstance(node.content, dict):
        return "keys and values"
    if isinstance(node.content, list):
        return "a list"
    return "nothing" if node.content is None else f"'{str(node.content)[:60]}'"
