"""Completion: what may stand where the cursor is, from the form of a scenario file."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ripeness.workbench.schema import schema

KEY = re.compile(r"^(?P<indent> *)(?:- )?(?P<key>[\w-]+):(?P<rest>.*)$")
TYPED = re.compile(r"^(?P<indent> *)(?P<dash>- )?(?P<word>[\w-]*)$")
VALUE = re.compile(r"^(?P<indent> *)(?:- )?(?P<key>[\w-]+):\s+(?P<word>[\w -]*)$")
FLOW = re.compile(r"^(?P<indent> *)(?:- )?(?P<key>[\w-]+):\s+\{(?P<inner>[^}]*)$")
MOST_LINES = 20_000


def completions(text: str) -> list[dict[str, str]]:
    """Keys or values that may stand at the end of a text, with what they mean.

    >>> [one["label"] for one in completions("stake:" + chr(10) + "  he")]
    ['held']
    """
    lines = text.split("\n")[-MOST_LINES:]
    line = lines[-1]
    if flow := FLOW.match(line):
        part = part_at([*_above(lines[:-1], len(flow["indent"])), flow["key"]])
        return _inside(part, flow["inner"])
    if value := VALUE.match(line):
        part = part_at([*_above(lines[:-1], len(value["indent"])), value["key"]])
        return _values(part, value["word"].strip())
    word = TYPED.match(line)
    if word is None:
        return []
    depth = len(word["indent"]) + (2 if word["dash"] else 0)
    part = part_at(_above(lines[:-1], depth))
    return _keys(part, word["word"], stated_keys=_siblings(lines[:-1], depth))


def _inside(part: Any, inner: str) -> list[dict[str, str]]:
    """Inside braces on one line."""
    last = inner.rpartition(",")[2].lstrip()
    key, colon, word = last.partition(":")
    if colon:
        below = properties_of(part).get(key.strip())
        return _values(resolved(below), word.strip()) if below is not None else []
    stated_keys = {pair.partition(":")[0].strip() for pair in inner.split(",")[:-1]}
    return _keys(part, key.strip(), stated_keys)


def _above(lines: list[str], indent: int) -> list[str]:
    """The keys on the way from the top to an indentation."""
    path: list[str] = []
    for line in reversed(lines):
        match = KEY.match(line)
        if match is None or line.lstrip().startswith("#"):
            continue
        depth = len(match["indent"])
        if depth < indent:
            path.append(match["key"])
            indent = depth
        if indent == 0:
            break
    return path[::-1]


def _siblings(lines: list[str], indent: int) -> set[str]:
    """The keys that stand at this indentation already."""
    keys: set[str] = set()
    for line in reversed(lines):
        match = KEY.match(line)
        if match is None:
            continue
        if len(match["indent"]) < indent:
            break
        if len(match["indent"]) == indent:
            keys.add(match["key"])
    return keys


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    return schema()


def part_at(path: list[str]) -> Any:
    """The part of the form at a way; none where the way leaves it."""
    part: Any = resolved(_schema())
    for step in path:
        inner = properties_of(part).get(step, part.get("additionalProperties") if isinstance(part, dict) else None)
        part = resolved(inner)
        if isinstance(part, dict) and part.get("type") == "array":
            part = resolved(part.get("items"))
    return part


def resolved(part: Any) -> Any:
    """A part with its reference followed, and of several forms the one with keys."""
    while isinstance(part, dict) and ("$ref" in part or "anyOf" in part):
        if "$ref" in part:
            part = _schema()["$defs"][part["$ref"].rpartition("/")[2]]
            continue
        forms = [form for form in part["anyOf"] if form.get("type") != "null"]
        keyed = [
            form for form in forms if "$ref" in form or "properties" in form or form.get("type") in ("object", "array")
        ]
        if not keyed and len(forms) != 1:
            return {**part, "anyOf": None, "enum": [value for form in forms for value in form.get("enum", [])]}
        part = (keyed or forms)[0]
    return part if isinstance(part, dict) else {}


def properties_of(part: Any) -> dict[str, Any]:
    """The keys of a part with their forms; none where it has no keys."""
    properties = part.get("properties") if isinstance(part, dict) else None
    return properties if isinstance(properties, dict) else {}


def _keys(part: Any, word: str, stated_keys: set[str]) -> list[dict[str, str]]:
    return [
        {"label": key, "detail": str(form.get("description", ""))[:120], "apply": f"{key}: ", "type": "property"}
        for key, form in properties_of(part).items()
        if key.startswith(word) and key not in stated_keys
    ]


def _values(part: Any, word: str) -> list[dict[str, str]]:
    allowed = [*part.get("enum", []), *part.get("examples", [])]
    allowed += ["true", "false"] if part.get("type") == "boolean" else []
    values = [str(value) for value in allowed if value is not None]
    return [
        {"label": value, "detail": "", "apply": value, "type": "enum"} for value in values if value.startswith(word)
    ]
