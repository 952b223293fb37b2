"""An analyst's version, laid over the file that it varies: mappings merge by key, others replace, `~` removes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from ripeness.scenario.case import base_file, shipped_case_names
from ripeness.scenario.error_messages import is_form, unknown_key
from ripeness.scenario.form_paths import form_at, form_keys
from ripeness.scenario.model_parameters import parameter_names
from ripeness.scenario.number_field import FAMILIES, KEYS, NumberField, unknown_number_key
from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import text_of, tree_of
from ripeness.world.fault import Fault, combined
from ripeness.world.wording import did_you_mean

STATES_A_VALUE = {"value", *FAMILIES}
MOST_NAMED = 8  # files that a hint lists
MOST_BASES = 20  # codings of codings; a chain this long is a mistake


def read_layers(path: Path) -> tuple[Node, tuple[Path, ...]]:
    """Read a file and every base below it: the tree in effect, and the files it came from, the top one first.

    Raises: Fault where a base is missing or the bases form a circle, at the key that names the base.
    """
    trees: list[Node] = []
    paths: list[Path] = []
    step, named_by = path, None
    while True:
        _refuse_circle(step, paths, named_by)
        tree = _read_once(text_of(step), str(step))
        paths.append(step)
        trees.append(tree)
        named_by = tree.map().get("base")
        if named_by is None:
            return merge_layers(trees), tuple(paths)
        step = _base_file(named_by, step)


@lru_cache(maxsize=MOST_BASES)
def _read_once(text: str, file: str) -> Node:
    """The tree of a text; versions of a case share their base, which is read once."""
    return tree_of(text, file)


def _refuse_circle(step: Path, paths: list[Path], named_by: Node | None) -> None:
    if named_by is None:
        return
    resolved = [file.resolve() for file in paths]
    if step.resolve() in resolved:
        circle = " -> ".join(file.name for file in (*paths[resolved.index(step.resolve()) :], step))
        raise Fault(f"the bases run in a circle: {circle}; one of them must stand on its own", named_by.place)
    if len(paths) >= MOST_BASES:
        raise Fault(f"more than {MOST_BASES} bases, one on the other", named_by.place)


def _base_file(name_node: Node, path: Path) -> Path:
    if not isinstance(name_node.content, str) or not name_node.content.strip():
        message = "'base' names the file that this one varies, such as 'base: public.yaml', or a shipped case"
        raise Fault(message, name_node.place)
    try:
        base = None if "\0" in name_node.content else base_file(name_node.content.strip(), path.parent)
    except Fault as fault:
        raise Fault(fault.message, name_node.place) from None
    if base is None:
        raise Fault(_missing_base_message(name_node.content.strip(), path), name_node.place)
    return base


def _missing_base_message(name: str, path: Path) -> str:
    names = sorted(neighbour.name for neighbour in path.parent.glob("*.yaml") if neighbour != path)
    hint = did_you_mean(name, [*names, *shipped_case_names()])
    and_more = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    neighbours = ", ".join(names[:MOST_NAMED]) + and_more or "none"
    choices = f"files beside this one: {neighbours}; shipped cases: {', '.join(shipped_case_names())}"
    return f"the base '{name[:80]}' is neither a file here nor a shipped case; {hint}{' ' if hint else ''}{choices}"


def merge_layers(trees: list[Node]) -> Node:
    """All layers as one tree, the last of the list lowest; the version is named by the top file.

    Raises: Fault for an entry without a value that is no key of the form and removes nothing from the layers below.
    """
    tree = _without_removed(trees[-1])
    faults = list(empty_entries(trees[-1], None))
    for upper in reversed(trees[:-1]):
        faults += empty_entries(upper, tree)
        tree = overlay(tree, upper)
    if faults:
        raise combined(faults)
    entries = {key: child for key, child in tree.map().items() if key != "base"}
    if len(trees) > 1 and "coding" not in trees[0].map():
        entries["coding"] = Node(Path(tree.place.file).stem, tree.place, tree.place)
    return replace(tree, content=entries)


def overlay(lower: Node, upper: Node) -> Node:
    """Lay one node over another. A number that states a value replaces the one below with its range and source.

    >>> from ripeness.scenario.yaml_tree import tree_of
    >>> below = tree_of("power: {value: 0.2, source: a}", "a.yaml")
    >>> overlay(below, tree_of("power: {value: 0.5}", "b.yaml")).plain()
    {'power': {'value': 0.5}}
    >>> overlay(below, tree_of("power: {note: 'x'}", "b.yaml")).plain()
    {'power': {'value': 0.2, 'source': 'a', 'note': 'x'}}
    """
    if not isinstance(upper.content, dict):
        return upper
    if STATES_A_VALUE & upper.content.keys() and upper.content.keys() <= KEYS:
        return _without_removed(upper)
    entries = dict(_as_number_mapping(lower, upper).map())
    for key, child in upper.content.items():
        if child.content is None:
            entries.pop(key, None)
        elif key in entries:
            entries[key] = overlay(entries[key], child)
        else:
            entries[key] = _without_removed(child)
    return replace(upper, content=entries)


def _as_number_mapping(lower: Node, upper: Node) -> Node:
    """A bare number below a mapping of range or source counts as that number's value."""
    bare = isinstance(lower.content, (int, float, str)) and not isinstance(lower.content, bool)
    if bare and upper.map() and upper.map().keys() <= KEYS:
        return replace(lower, content={"value": lower})
    return lower


def _without_removed(node: Node) -> Node:
    """The node without its removed entries: what is null was never said."""
    if isinstance(node.content, dict):
        entries = {key: _without_removed(child) for key, child in node.content.items() if child.content is not None}
        return replace(node, content=entries)
    return node


def empty_entries(upper: Node, lower: Node | None, path: Sequence[str] = ()) -> Iterator[Fault]:
    """Entries without a value that neither belong to the form nor remove what the layer below has.

    `lower` is what lies below at the same path, None where nothing does.
    """
    for key, child in upper.map().items():
        below = None if lower is None else lower.map().get(key)
        if child.content is None:
            message = _empty_entry_message(key, form_at(path), lower, path)
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
