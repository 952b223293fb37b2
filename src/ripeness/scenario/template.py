"""Scenario files to start from: a first one of some twenty lines, and one that uses every part of the form."""

from __future__ import annotations

from difflib import get_close_matches
from importlib.resources import files

from ripeness.world.fault import Fault

TEMPLATES = ("minimal", "full")


def template(name: str) -> str:
    """The text of a template, with its comments.

    Raises: Fault where there is no such template.

    >>> template("minimal").splitlines()[2]
    'title: "A war over a border valley"'
    """
    if name not in TEMPLATES:
        near = get_close_matches(name, TEMPLATES, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are {' and '.join(TEMPLATES)}"
        raise Fault(f"'{name}' is not a template; {hint}")
    return (files("ripeness.scenario") / "templates" / f"{name}.yaml").read_text(encoding="utf-8")
