"""Change numbers in a scenario file and keep its comments and layout; write whole or not at all."""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from io import StringIO
from pathlib import Path
from typing import Any

import yaml

from ripeness.scenario.form_paths import path_steps
from ripeness.scenario.yaml_tree import LOADER, text_of, tree_of
from ripeness.store.atomic_write import write_file
from ripeness.store.json_text import json_text
from ripeness.world.fault import Fault, Place

WIDTH = 4096  # columns: the writer breaks no line that the author did not break
PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_./ -]*[A-Za-z0-9]|[0-9.]+ to [0-9.]+")
NOT_A_WORD = ("null", "true", "false")


def edit_file(path: Path, changes: Mapping[str, object]) -> None:
    """Change numbers in a scenario file, whole or not at all; comments and order are kept.

    Raises: Fault as `edit_text` does, and where the place cannot be written to.
    """
    text = edit_text(text_of(path), changes, str(path))
    mode = stat.S_IMODE(path.stat().st_mode)
    write_file(path, text)
    path.chmod(mode)


def edit_text(text: str, changes: Mapping[str, object], file: str = "scenario.yaml") -> str:
    """The text of a scenario with some numbers changed, comments and order kept. None removes a number.

    What is given replaces the number whole: a plain figure leaves nothing of the range, source and note of the one
    before, which spoke of that one alone (`restate.py` keeps the range). A number that the file leaves to the defaults
    is added. Where a number is changed, every other character of the file stays; where one is added or removed, lines
    may be laid out anew.

    Raises: Fault where the text is not a scenario's, or a path runs through something that is no mapping.

    >>> text = "stake:  # the valley" + chr(10) + "  held: 0.4  # a guess"
    >>> print(edit_text(text, {"stake.held": "0.3 to 0.5"}))
    stake:  # the valley
      held: 0.3 to 0.5  # a guess
    """
    tree_of(text, file)
    for path, number in changes.items():
        spliced = _splice_value(text, path, number)
        text = _rewrite_document(text, path, number, file) if spliced is None else spliced
    tree_of(text, file)
    return text


def _splice_value(text: str, path: str, number: object) -> str | None:
    """The text with one value replaced where it stands, None where it does not stand there on its own."""
    *above, last = path_steps(path)
    part: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    for step in above:
        part = _node_below(part, step)
    node = _node_below(part, last)
    if number is None or node is None:
        return None
    start, end = node.start_mark.index, node.end_mark.index
    comments = _comments_within(text, node)
    if node.flow_style is False if isinstance(node, yaml.CollectionNode) else node.style in {"|", ">"}:
        if not isinstance(part, yaml.MappingNode):
            return None
        key = next(key for key, _ in part.value if key.value == last)
        start, end = text.index(":", key.end_mark.index) + 1, _last_letter(node, text)
        comments = [*_comments(text[start : node.start_mark.index]), *comments]
        return _append_comments(text[:start] + " " + yaml_flow(number), comments, key.start_mark.column, text[end:])
    line = text[text.rfind("\n", 0, start) + 1 : start]
    return _append_comments(text[:start] + yaml_flow(number), comments, len(line) - len(line.lstrip()), text[end:])


def _append_comments(upper: str, comments: list[str], column: int, text_after: str) -> str:
    """A text with the comments that stood inside a value that is replaced: the first on its line,
    where there is room.
    """
    line, newline, below = text_after.partition("\n")
    if comments and not line.strip():
        line, comments = f"  {comments[0]}", comments[1:]
    lines = "".join(f"\n{' ' * column}{comment}" for comment in comments)
    return upper + line + lines + newline + below


def _comments_within(text: str, node: yaml.Node) -> list[str]:
    """The comments between the parts of a value; a sign within quotes is none."""
    at, comments = node.start_mark.index, []
    for leaf in _leaves(node):
        comments += _comments(text[at : leaf.start_mark.index])
        at = leaf.end_mark.index
    return comments + (_comments(text[at : node.end_mark.index]) if getattr(node, "flow_style", None) else [])


def _comments(text_between: str) -> list[str]:
    return [comment.strip() for comment in re.findall(r"(?:^|(?<=\s))#[^\n]*", text_between)]


def _leaves(node: yaml.Node) -> list[yaml.Node]:
    """The words and figures of a value in their order, keys among them."""
    if isinstance(node, yaml.MappingNode):
        return [leaf for pair in node.value for part in pair for leaf in _leaves(part)]
    if isinstance(node, yaml.SequenceNode):
        return [leaf for part in node.value for leaf in _leaves(part)]
    return [node]


def _last_letter(node: yaml.Node, text: str) -> int:
    """Where a value that stands on lines of its own ends: lines below it that say nothing are not part of it."""
    if isinstance(node, yaml.CollectionNode) and node.flow_style is False and node.value:
        last = node.value[-1][1] if isinstance(node, yaml.MappingNode) else node.value[-1]
        return _last_letter(last, text)
    return len(text[: node.end_mark.index].rstrip())


def _node_below(node: yaml.Node | None, step: str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode):
        with_id = [item for item in node.value if getattr(_node_below(item, "id"), "value", None) == step]
        if with_id:
            return with_id[0]
        return node.value[int(step)] if step.isdecimal() and int(step) < len(node.value) else None
    return None


def yaml_flow(value: object) -> str:
    """A value on one line, as YAML.

    >>> yaml_flow({"value": 0.3, "range": [0.2, 0.4], "note": "a guess: ours"})
    '{value: 0.3, range: [0.2, 0.4], note: "a guess: ours"}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{yaml_flow(key)}: {yaml_flow(child)}" for key, child in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(yaml_flow(child) for child in value) + "]"
    if isinstance(value, str):
        plain = PLAIN_WORD.fullmatch(value) and value.lower() not in NOT_A_WORD
        return value if plain else json_text(value, indent=None)
    return "~" if value is None else str(value).lower() if isinstance(value, bool) else repr(value)


def _rewrite_document(text: str, path: str, number: object, file: str) -> str:
    from ruamel.yaml import YAML  # who only reads does without

    writer = YAML(typ="rt", pure=True)
    writer.preserve_quotes = True
    writer.width = WIDTH
    offset = _offset_of_lists(text)
    writer.indent(mapping=2, sequence=offset + 2, offset=offset)
    document = writer.load(text)
    _set_value(document, path, number, file)
    out = StringIO()
    writer.dump(document, out)
    return out.getvalue()


def _offset_of_lists(text: str) -> int:
    """How far the author indents the dashes of a list below its key: the first list says."""
    first_list = re.search(r"^( *)(?:[\w-]+):[^\S\n]*(?:#.*)?\n( *)- ", text, re.MULTILINE)
    return max(len(first_list[2]) - len(first_list[1]), 0) if first_list else 2


def _set_value(document: Any, path: str, number: object, file: str) -> None:
    *above, last = path_steps(path)
    part = document
    for step in above:
        part = _child(part, step, path, file)
    if not isinstance(part, dict):
        raise Fault(f"'{path[:120]}' runs through something that is not keys and values", Place(file))
    if number is None:
        part.pop(last, None)
    else:
        part[last] = number


def _child(part: Any, step: str, path: str, file: str) -> Any:
    if isinstance(part, list):
        with_id = [item for item in part if isinstance(item, dict) and item.get("id") == step]
        if with_id:
            return with_id[0]
        if step.isdecimal() and int(step) < len(part):
            return part[int(step)]
    elif isinstance(part, dict):
        if part.get(step) is None:
            part[step] = type(part)()
        return part[step]
    raise Fault(f"'{path[:120]}' leads nowhere at '{step[:60]}'", Place(file))
