"""Of verbs that are no declared questions the documentation says which flags have no field on the pages; neither side
changes without it. Declared questions have all their fields: see `test_question_fields.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer

from ripeness.main import app

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "workbench.md"
FIELDS = {
    "verify": {"--only-files"},
    "councils score": set(),
    "councils weight": set(),
    "forecast add": {"--p", "--text", "--criteria", "--resolves", "--outcomes", "--rationale", "--by"},
    "forecast list": set(),
    "forecast resolve": {"--outcome", "--source", "--on", "--annul", "--correct"},
    "forecast score": set(),
    "forecast export": set(),
    "forecast verify": set(),
    "check": {"--coding"},
    "cite": {"--coding"},
    "list": set(),
    "diff": set(),
    "pack": set(),
    "unpack": set(),
    "councils list": set(),
    "councils show": set(),
}
WRITING = {
    "--json",
    "--out",
    "--plot",
    "--keep",
    "--shelf",
    "--matrix",
    "--picture",
    "--netcdf",
    "--ics",
    "--csv",
    "--markdown",
    "--ledger",
    "--full",
}


def flags(command, name=""):
    """Every flag of every verb."""
    if hasattr(command, "commands"):
        return {
            key: one
            for part, below in command.commands.items()
            for key, one in flags(below, f"{name} {part}".strip()).items()
        }
    return {name: {flag for parameter in command.params for flag in parameter.opts if flag.startswith("--")}}


FLAGS = flags(typer.main.get_command(app))
TOLD = {
    verb: set(re.findall(r"--[a-z-]+", said))
    for verb, said in re.findall(r"^\| `([a-z ]+)` \| (`--.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
}


@pytest.mark.parametrize("verb", sorted(FIELDS))
def test_a_flag_has_a_field_or_the_documentation_says_that_it_has_none(verb):
    assert FLAGS[verb] - FIELDS[verb] - WRITING == TOLD.get(verb, set())


def test_the_documentation_names_no_verb_that_is_not_there():
    assert set(TOLD) <= set(FIELDS)
