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


def completions(before: str) -> list[dict[str, str]]:
    """Keys or values that may stand at the end of a text, with what they mean.

    >>> [one["label"] for one in completions("stake:" + chr(10) + "  he")]
    ['held']
    """
    lines = before.split("\n")[-MOST_LINES:]
    line = lines[-1]
    if flow := FLOW.match(line):
        part = part_at([*_above(lines[:-1], len(flow["indent"])), flow["key"]])
        return _inside(part, flow["inner"])
    if value := VALUE.match(line):
        part = part_at([*_above(lines[:-1], len(value["indent"])), value["key"]])
        return _values(part, value["word"].strip())
    typed = TYPED.match(line)
    if typed is None:
        return []
    depth = len(typed["indent"]) + (2 if typed["dash"] else 0)
    part = part_at(_above(lines[:-1], depth))
    return _keys(part, typed["word"], known=_siblings(lines[:-1], depth))


def _inside(part: Any, inner: str) -> list[dict[str, str]]:
    """Inside braces on one line."""
    last = inner.rpartition(",")[2].lstrip()
    key, colon, word = last.partition(":")
    if colon:
        below = properties_of(part).get(key.strip())
        return _values(resolved(below), word.strip()) if below is not None else []
    known = {one.partition(":")[0].strip() for one in inner.split(",")[:-1]}
    return _keys(part, key.strip(), known)


def _above(lines: list[str], indent: int) -> list[str]:
    """The keys on the way from the top to an indentation."""
    way: list[str] = []
    for line in reversed(lines):
        found = KEY.match(line)
        if found is None or line.lstrip().startswith("#"):
            continue
        at = len(found["indent"])
        if at < indent:
            way.append(found["key"])
            indent = at
        if indent == 0:
            break
    return way[::-1]


def _siblings(lines: list[str], indent: int) -> set[str]:
    """The keys that stand at this indentation already."""
    known: set[str] = set()
    for line in reversed(lines):
        found = KEY.match(line)
        if found is None:
            continue
        if len(found["indent"]) < indent:
            break
        if len(found["indent"]) == indent:
            known.add(found["key"])
    return known


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    return schema()


def part_at(way: list[str]) -> Any:
    """The part of the form at a way; none where the way leaves it."""
    part: Any = resolved(_schema())
    for step in way:
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
        forms = [one for one in part["anyOf"] if one.get("type") != "null"]
        rich = [one for one in forms if "$ref" in one or "properties" in one or one.get("type") in ("object", "array")]
        if not rich and len(forms) != 1:
            return {**part, "anyOf": None, "enum": [v for one in forms for v in one.get("enum", [])]}
        part = (rich or forms)[0]
    return part if isinstance(part, dict) else {}


def properties_of(part: Any) -> dict[str, Any]:
    """The keys of a part with their forms; none where it has no keys."""
    found = part.get("properties") if isinstance(part, dict) else None
    return found if isinstance(found, dict) else {}


def _keys(part: Any, word: str, known: set[str]) -> list[dict[str, str]]:
    return [
        {"label": key, "detail": str(about.get("description", ""))[:120], "apply": f"{key}: ", "type": "property"}
        for key, about in properties_of(part).items()
        if key.startswith(word) and key not in known
    ]


def _values(part: Any, word: str) -> list[dict[str, str]]:
    allowed = [*part.get("enum", []), *part.get("examples", [])]
    allowed += ["true", "false"] if part.get("type") == "boolean" else []
    said = [str(one) for one in allowed if one is not None]
    return [{"label": one, "detail": "", "apply": one, "type": "enum"} for one in said if one.startswith(word)]
