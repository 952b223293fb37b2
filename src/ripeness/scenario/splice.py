"""Add and remove entries of a scenario's text where they stand: no other line is laid out anew, no comment is lost.

Whatever the way of writing (blocks of lines, braces on one line), the result is read again and compared with what was
asked for; where a text is too unusual to be cut by hand, it is rewritten as `edit_text` does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import yaml

from ripeness.scenario.form_paths import path_steps
from ripeness.scenario.write import edit_text, yaml_flow
from ripeness.scenario.yaml_tree import LOADER, tree_of
from ripeness.world.fault import Fault

GONE = object()  # in the place of a value: the entry is to be removed


def apply_edits(text: str, edits: Mapping[str, object], file: str = "scenario.yaml") -> str:
    """The text with entries set by their paths; None removes an entry, one of a base below the file with `~`.

    Raises: Fault where the text is not a scenario's, or a path runs through something that is no mapping.

    >>> apply_edits("stake: {name: valley}  # or so", {"stake.held": 0.4})
    'stake: {name: valley, held: 0.4}  # or so'
    """
    for path, value in edits.items():
        steps = path_steps(path)
        present = _find(_root(text), steps) is not None
        if value is None:
            text = remove_entry(text, path, file)
        elif present:
            text = edit_text(text, {path: value}, file)
        else:
            text = insert_entry(text, path, value, file)
    return text


def insert_entry(text: str, path: str, value: object, file: str = "scenario.yaml") -> str:
    """The text with an entry that it has not yet, after the last one beside it; parts above it are made as needed.

    Raises: Fault as `edit_text` does.

    >>> insert_entry("talks: {mediation: 1}", "talks.guarantee", 0.2)
    'talks: {mediation: 1, guarantee: 0.2}'
    """
    steps = path_steps(path)
    part, depth = _root(text), 0
    while depth < len(steps) - 1 and (below := _find(part, steps[depth : depth + 1])) is not None:
        part, depth = below, depth + 1
    inner: object = value
    for step in reversed(steps[depth + 1 :]):
        inner = {step: inner}
    spliced = _with_key(text, part, steps[depth], inner)
    if spliced is None or not _is_now(text, spliced, steps, value, file):
        return edit_text(text, {path: value}, file)
    return spliced


def append_item(text: str, path: str, value: object, file: str = "scenario.yaml") -> str:
    """The text with one more item at the end of a list, which is made where there is none.

    Raises: Fault as `edit_text` does.

    >>> append_item("a: [1]", "a", 2)
    'a: [1, 2]'
    """
    steps = path_steps(path)
    part = _find(_root(text), steps)
    if part is None or (isinstance(part, yaml.ScalarNode) and not part.value):
        return apply_edits(text, {path: [value]}, file)
    items = [*_plain_at(text, steps, file), value]
    spliced = _with_item(text, part, value)
    if spliced is None or not _is_now(text, spliced, steps, items, file):
        return edit_text(text, {path: items}, file)
    return spliced


def remove_entry(text: str, path: str, file: str = "scenario.yaml") -> str:
    """The text without an entry of a mapping or an item of a list; a part that becomes empty goes with it.

    Raises: Fault as `edit_text` does.

    >>> remove_entry("talks: {mediation: 1, guarantee: 0.2}", "talks.mediation")
    'talks: {guarantee: 0.2}'
    """
    steps = path_steps(path)
    part = _find(_root(text), steps[:-1])
    node = _find(part, steps[-1:])
    if node is None or part is None:
        return text if node is None and part is None else insert_entry(text, path, None, file)
    children = part.value if isinstance(part, (yaml.MappingNode, yaml.SequenceNode)) else []
    if len(children) == 1 and len(steps) > 1:
        return remove_entry(text, ".".join(steps[:-1]), file)
    spliced = _without(text, part, node)
    if spliced is None or not _is_now(text, spliced, steps, GONE, file):
        return _rewritten_without(text, steps, part, file)
    return spliced


def _rewritten_without(text: str, steps: Sequence[str], part: yaml.Node, file: str) -> str:
    if isinstance(part, yaml.SequenceNode):
        items = _changed(_plain_at(text, steps[:-1], file), steps[-1:], GONE)
        return edit_text(text, {".".join(steps[:-1]): items}, file)
    return edit_text(text, {".".join(steps): None}, file)


def _root(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        tree_of(text, "typed")  # says where
        raise Fault("this is not YAML") from None


def _find(node: yaml.Node | None, steps: Sequence[str]) -> yaml.Node | None:
    for step in steps:
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode):
            node = node.value[int(step)] if step.isdecimal() and int(step) < len(node.value) else None
        else:
            return None
    return node


def _with_key(text: str, part: yaml.Node | None, key: str, value: object) -> str | None:
    entry = f"{yaml_flow(key)}: {yaml_flow(value)}"
    if part is None:
        return text.rstrip("\n") + f"\n{entry}\n"
    if isinstance(part, yaml.ScalarNode) and not part.value and part.style is None:
        at = part.start_mark.index
        return f"{text[:at]}{'' if text[at - 1 : at].isspace() else ' '}{{{entry}}}{text[at:]}"
    if not isinstance(part, yaml.MappingNode):
        return None
    if part.flow_style:
        return _into_braces(text, part, part.value[-1][1] if part.value else None, entry)
    column = part.value[0][0].start_mark.column
    return _after(text, part.value[-1][1], f"{' ' * column}{entry}")


def _with_item(text: str, part: yaml.Node, value: object) -> str | None:
    if not isinstance(part, yaml.SequenceNode):
        return None
    if part.flow_style:
        return _into_braces(text, part, part.value[-1] if part.value else None, yaml_flow(value))
    first = part.value[0].start_mark.index
    dash = text.rfind("-", 0, first)
    column = dash - (text.rfind("\n", 0, dash) + 1)
    return _after(text, part.value[-1], f"{' ' * column}- {yaml_flow(value)}")


def _into_braces(text: str, part: yaml.Node, last: yaml.Node | None, entry: str) -> str:
    if last is None:
        at = part.end_mark.index - 1
        return text[:at] + entry + text[at:]
    at = last.end_mark.index
    if re.match(r"\s*,", text[at : part.end_mark.index]):
        at = text.index(",", at) + 1
        return f"{text[:at]} {entry}{text[at:]}"
    return f"{text[:at]}, {entry}{text[at:]}"


def _after(text: str, last: yaml.Node, lines: str) -> str:
    """The text with lines after the one on which a value ends, and after a comment that stands there."""
    newline = text.find("\n", _end(last, text))
    return f"{text.rstrip()}\n{lines}\n" if newline < 0 else f"{text[:newline]}\n{lines}{text[newline:]}"


def _end(node: yaml.Node, text: str) -> int:
    """Where a value ends that may stand on lines of its own."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        return _end(last, text)
    return len(text[: node.end_mark.index].rstrip())


def _without(text: str, part: yaml.Node, node: yaml.Node) -> str | None:
    if isinstance(part, yaml.MappingNode):
        pairs = [(key.start_mark.index, value) for key, value in part.value]
    elif isinstance(part, yaml.SequenceNode):
        pairs = [(item.start_mark.index, item) for item in part.value]
    else:
        return None
    at = next(index for index, (_, value) in enumerate(pairs) if value is node)
    if part.flow_style:
        end = node.end_mark.index
        if at + 1 < len(pairs):
            return text[: pairs[at][0]] + text[pairs[at + 1][0] :]
        start = pairs[at - 1][1].end_mark.index if at else pairs[at][0]
        return text[:start] + text[end:]
    start = text.rfind("\n", 0, pairs[at][0]) + 1
    if text[start : pairs[at][0]].strip() not in {"", "-"[: isinstance(part, yaml.SequenceNode)]}:
        return None  # another part begins on the same line
    newline = text.find("\n", _end(node, text))
    return text[:start] + (text[newline + 1 :] if newline >= 0 else "")


def _is_now(old: str, new: str, steps: Sequence[str], value: object, file: str) -> bool:
    """Whether the new text says what the old one said, with this one value changed."""
    try:
        return bool(_plain_at(new, [], file) == _changed(_plain_at(old, [], file), steps, value))
    except (Fault, yaml.YAMLError):
        return False


def _plain_at(text: str, steps: Sequence[str], file: str) -> Any:
    node = tree_of(text, file)
    for step in steps:
        child = node.child(step)
        if child is None:
            return []
        node = child
    return node.plain()


def _changed(plain: Any, steps: Sequence[str], value: object) -> Any:
    """A plain value with one part of it changed."""
    if not steps:
        return _as_read(value)
    step, below = steps[0], steps[1:]
    if isinstance(plain, list):
        index = int(step)
        if value is GONE and not below:
            return [*plain[:index], *plain[index + 1 :]]
        return [*plain[:index], _changed(plain[index], below, value), *plain[index + 1 :]]
    entries = dict(plain or {})
    if value is GONE and not below:
        entries.pop(step, None)
        return entries
    return entries | {step: _changed(entries.get(step), below, value)}


def _as_read(value: object) -> Any:
    """A value as it is once it was written and read: lists for tuples, days as their text."""
    if isinstance(value, Mapping):
        return {str(key): _as_read(child) for key, child in value.items()}
    return [_as_read(child) for child in value] if isinstance(value, (list, tuple)) else value
