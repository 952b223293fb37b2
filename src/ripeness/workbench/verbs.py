"""Verbs: which questions there are, found by the declarations that lie in this room."""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from ripeness.workbench.question import Verb

DECLARED = re.compile(r"^([a-z_]+) = python_function\((\w+)\)", re.MULTILINE)
# The order in which help and reference show them; a verb that is not named here comes after these.
ORDER = (
    "run",
    "disagree",
    "explain",
    "update",
    "infer",
    "elicit",
    "story",
    "ripe",
    "options",
    "whatif",
    "flip",
    "sense",
    "discover",
    "indicators",
    "map",
    "mechanisms",
    "decide",
    "report",
)


@cache
def declared_verbs() -> dict[str, str]:
    """The names of all declared verbs and of their declarations; nothing is imported.

    >>> declared_verbs()["sense"]
    'SenseQuestion'
    """
    names = {
        match[1]: match[2]
        for path in sorted(Path(__file__).parent.glob("*.py"))
        if (match := DECLARED.search(path.read_text(encoding="utf-8"))) and match[1] == path.stem
    }
    first = [name for name in ORDER if name in names]
    return {name: names[name] for name in (*first, *(name for name in names if name not in first))}


def question_of(verb: str) -> type[Verb[Any]]:
    """The declaration of a verb.

    Raises: KeyError where there is no such verb.

    >>> question_of("sense").verb
    'sense'
    """
    declaration: type[Verb[Any]] = getattr(import_module(f"ripeness.workbench.{verb}"), declared_verbs()[verb])
    return declaration
