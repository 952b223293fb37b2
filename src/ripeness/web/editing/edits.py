"""Edits: what an entry in the form, a new part or a removal changes in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ripeness.scenario.layers import read_layers
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.splice import append_item, apply_edits, insert_entry, remove_entry
from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import tree_of
from ripeness.web.checked_text import written_beside
from ripeness.web.editing.draft import Draft, judgement
from ripeness.web.editing.draft import Path as ValuePath
from ripeness.web.editing.event_edits import event_field_edits
from ripeness.web.editing.event_effects import effect_number
from ripeness.web.editing.number_view import Ends, number_text
from ripeness.web.editing.preset_edits import CHANGES, no_longer_suppose, suppose
from ripeness.web.editing.step_evidence import LOSSES, SHARE
from ripeness.world.fault import Fault

LISTS = re.compile(r"(events\.[^.]+\.changes|polities\.[^.]+\.objectives)(\.|$)")
OF_BELLIGERENTS = ("beside", "resources", "terms_since")
OF_PATRONS = ("aid_capacity", "sanctions_weight", "trade_weight", "reliability", "mediator")


@dataclass(frozen=True, slots=True)
class Edits:
    """Values to set by path (None removes), items to append to lists, and entries to remove."""

    values: Mapping[str, object] = field(default_factory=dict)
    items: tuple[tuple[str, object], ...] = ()
    removed: tuple[str, ...] = ()


def write_edits(text: str, edits: Edits, scenarios: Path | None = None) -> str:
    """The text with edits written into it; every other line stays. A part that a base in the folder of scenarios has
    is removed with `~`.

    Raises: Fault where the text cannot be read, a path leads nowhere, or a list is to be changed that its base holds.
    """
    has_base = "base" in tree_of(text, "typed").map()
    if has_base:
        _refuse_lists_of_a_base(text, edits, scenarios)
        text = text if scenarios is None else _with_lists_of_a_base(scenarios, text, edits)
    text = apply_edits(text, edits.values)
    for path, item in edits.items:
        text = append_item(text, path, item)
    for path in edits.removed:
        text = remove_entry(text, path)
        if has_base and scenarios is not None and _is_below(scenarios, text, path):
            text = insert_entry(text, path, None)
    return text


def _refuse_lists_of_a_base(text: str, edits: Edits, scenarios: Path | None) -> None:
    """A list of a version stands in the place of its base's: one item alone cannot be added or changed there."""
    tree = tree_of(text, "typed")
    paths = [*edits.values, *edits.removed, *(path for path, _ in edits.items)]
    if scenarios is not None and not _is_below(scenarios, text, "evidence"):
        return
    if "evidence" not in tree.map() and any(path.split(".")[0] == "evidence" for path in paths):
        base = str(tree.at(["base"]).content).removesuffix(".yaml")
        raise Fault(f"the observations stand in '{base}', on which this version builds; change them there")


def _with_lists_of_a_base(scenarios: Path, text: str, edits: Edits) -> str:
    """The text of a version with the changes of an event, or aims of a side, of its base written out, where one is
    edited.
    """
    paths = [*edits.values, *edits.removed, *(path for path, _ in edits.items)]
    lists = {tuple(path.split(".")[:3]) for path in paths if LISTS.match(path)}
    for steps in sorted(lists):
        if _node_at(tree_of(text, "typed"), steps) is not None:
            continue
        with written_beside(scenarios, text) as file:
            node = _node_at(read_layers(file)[0], steps)
        if node is not None:
            text = insert_entry(text, ".".join(steps), node.plain())
    return text


def _node_at(tree: Node, steps: Iterable[str]) -> Node | None:
    node: Node | None = tree
    for step in steps:
        node = node.child(step) if node is not None else None
    return node


def _is_below(scenarios: Path, text: str, path: str) -> bool:
    """Whether a base still has what was taken out of a text."""
    with written_beside(scenarios, text) as file:
        return _node_at(read_layers(file)[0], path.split(".")) is not None


def field_edits(draft: Draft, path: ValuePath, value: object, kind: str = "") -> Edits:
    """What an entry in a field changes, and what must change with it."""
    if kind == "part":
        return _part_in_the_war(draft, path, str(value))
    if kind == "switch":
        return Edits(_switched(draft, path, on=bool(value)))
    if kind == "member":
        return Edits(_with_member(draft, path, is_in=bool(value)))
    words = str(value or "").strip()
    if kind == "supposed":
        return Edits(suppose(draft, path[:2], ".".join(path[CHANGES:]), words))
    if path[0] == "events" and (edits := event_field_edits(draft, path, words, kind)) is not None:
        return Edits(edits)
    written: object = int(words) if kind == "whole" and words.isdecimal() else words or None
    if len(path) > 4 and path[0] == "polities" and path[2] == "issues":
        return Edits(_issue_edit(draft, path, written))
    edits = {".".join(path): written}
    if len(path) == 3 and path[0] == "polities" and path[2] == "kind":
        ruled_by = ("regime", "organisation") if words == "movement" else ("organisation", "regime")
        edits |= {f"polities.{path[1]}.{ruled_by[0]}": None} if draft.is_stated((*path[:2], ruled_by[0])) else {}
    if path == ("ceasefire", "kind") and written is None:
        edits = {"ceasefire": None}
    elif path == ("ceasefire", "kind") and draft.node(("ceasefire",)) is None:
        edits = {"ceasefire": {"kind": written, "monitored": "0.1 to 0.5", "since": draft.text(("start",))}}
    return Edits(edits)


def _switched(draft: Draft, path: ValuePath, *, on: bool) -> dict[str, object]:
    edits: dict[str, object] = {".".join(path): on}
    if path[-1] == "leads":
        others = [(*path[:-2], key, "leads") for key in draft.keys(path[:-2]) if key != path[-2]]
        edits |= {".".join(other): None for other in others if on and draft.flag(other) and draft.is_stated(other)}
    return edits


def _with_member(draft: Draft, path: ValuePath, *, is_in: bool) -> dict[str, object]:
    """A list of names with or without the one at the end of the path."""
    node, name = draft.node(path[:-1]), path[-1]
    names = [str(item.content) for item in node.items()] if node is not None else []
    kept = [other for other in names if other != name] + [name] * is_in
    return {".".join(path[:-1]): kept or None}


def _issue_edit(draft: Draft, path: ValuePath, written: object) -> dict[str, object]:
    """An entry of an issue; one that every side has by default is written out whole."""
    issue, node = path[:4], draft.node(path[:4])
    plain: dict[str, Any] = dict(node.plain()) if node is not None else {}
    key, value = path[4], written
    if key == "ends":
        value = [written if str(end) == path[5] else words for end, words in enumerate(plain.get("ends", ("", "")))]
    if draft.is_stated(issue) or node is None:
        return {".".join((*issue, key)): value}
    return {".".join(issue): {name: part for name, part in (plain | {key: value}).items() if part is not None}}


def _part_in_the_war(draft: Draft, path: ValuePath, part: str) -> Edits:
    role, _, beside = part.partition(":")
    role = "belligerent" if role == "beside" else role
    gone = OF_BELLIGERENTS if role == "patron" else (*OF_PATRONS, *(() if beside else ("beside",)))
    values: dict[str, object] = {".".join((*path, "role")): role}
    if beside:
        values[".".join((*path, "beside"))] = beside
    return Edits(values | {".".join((*path, key)): None for key in gone if draft.is_stated((*path, key))})


def number_edit(draft: Draft, path: ValuePath, ends: Ends, basis: Mapping[str, Any] | None = None) -> dict[str, object]:
    """What is written for a number with other ends; without a basis it is its reader's judgement."""
    view = draft.number(path, admits_of(draft, path))
    return {} if view is None else {view.path: number_text(view, ends, basis or judgement())}


def admits_of(draft: Draft, path: ValuePath) -> NumberField | None:
    """What a number of an observation or an event admits, which hangs on what it is about; none for any other."""
    if path[0] == "events":
        return effect_number(draft, path)
    if path[0] != "evidence" or path[-1] != "amount":
        return None
    return LOSSES if draft.text((*path[:-1], "shows")) == "losses" else SHARE


def share_out(draft: Draft, path: ValuePath) -> dict[str, object]:
    """The powers of all factions of a side, brought to a sum of 100 % at their middle values."""
    views = {key: draft.number((*path, key, "power")) for key in draft.keys(path)}
    ends = {key: view.ends for key, view in views.items() if view is not None and view.ends is not None}
    total = sum(value for _, value, _ in ends.values())
    edits: dict[str, object] = {}
    for key, (low, value, high) in ends.items():
        scaled = tuple(min(round(end * 100 / total, 1), 100.0) for end in (low, value, high)) if total else ()
        if len(scaled) == 3:
            edits |= number_edit(draft, (*path, key, "power"), (scaled[0], scaled[1], scaled[2]))
    return edits


def removal_of(draft: Draft, path: ValuePath) -> Edits:
    """What goes with a part that is removed: positions on an issue, citations of a source, what-ifs on an event."""
    if path[0] == "presets" and len(path) > CHANGES:
        return Edits(no_longer_suppose(draft, path[:2], ".".join(path[CHANGES:])))
    removed = [".".join(path)]
    values: dict[str, object] = {}
    if len(path) == 4 and path[2] == "issues":
        side = ("polities", path[1])
        holders = [*((*side, "factions", key) for key in draft.keys((*side, "factions"))), (*side, "country")]
        places = [(*holder, part, path[3]) for holder in holders for part in ("positions", "salience", "responds")]
        removed += [".".join(place) for place in places if draft.is_stated(place)]
    if path[0] == "events" and len(path) == 2:
        for key, rest in _without_event(draft, path[1]):
            is_empty = not rest and not draft.items(("presets", key, "cuts"))
            removed += [f"presets.{key}"] if is_empty else []
            values |= {} if is_empty else {f"presets.{key}.changes": rest or None}
    if path[0] == "sources":
        for place, ids in _citing(draft.file_tree, ()):
            if path[1] in ids:
                values[".".join(place)] = [key for key in ids if key != path[1]] or None
    return Edits(values, (), tuple(removed))


def mentions_of(draft: Draft, path: ValuePath) -> int:
    """How many other places name a part, and will be marked once it is gone."""
    if path[0] == "sources" or draft.file_tree is None:
        return sum(path[1] in ids for _, ids in _citing(draft.file_tree, ()))
    if path[0] == "presets":
        return 0
    if path[0] == "events":
        return len(list(_without_event(draft, path[1]))) if len(path) == 2 else 0
    own_side = ("polities", path[1])
    return sum(
        words in {path[-1], f"capture:{path[-1]}"} and (at[:2] == own_side or at[0] in {"evidence", "readings"})
        for at, words in _words(draft.file_tree, ())
        if at[: len(path)] != path
    )


def _without_event(draft: Draft, event: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The what-ifs that suppose something of an event, each with what else it supposes."""
    for key in draft.keys(("presets",)):
        node = draft.node(("presets", key, "changes"))
        changes: dict[str, Any] = dict(node.plain()) if node is not None else {}
        rest = {path: value for path, value in changes.items() if not path.startswith(f"events.{event}.")}
        if len(rest) < len(changes):
            yield key, rest


def _citing(node: Node | None, path: ValuePath) -> Iterator[tuple[ValuePath, list[str]]]:
    """Every place that cites sources, with their ids."""
    if node is None or path == ("sources",):
        return
    for key, child in (*node.map().items(), *((str(n), item) for n, item in enumerate(node.items()))):
        if key == "source":
            yield (*path, key), [str(item.content) for item in child.items()] or [str(child.content)]
        else:
            yield from _citing(child, (*path, key))


def _words(node: Node, path: ValuePath) -> Iterator[tuple[ValuePath, str]]:
    if isinstance(node.content, str):
        yield path, node.content
    for key, child in (*node.map().items(), *((str(n), item) for n, item in enumerate(node.items()))):
        yield from _words(child, (*path, key))
