"""Files are named by an idea, are short, and every public name explains itself."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys

import pytest

import ripeness

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core", "base", "tools", "stuff"}
LONGEST = 400


def sources(root):
    return sorted((root / "src").rglob("*.py"))


def test_no_file_or_room_has_a_name_that_says_nothing(root):
    named = [path for path in sources(root) if EMPTY_NAMES & {path.stem, *path.relative_to(root).parts}]
    assert not named, f"name the idea: {named}"


def test_no_room_of_the_source_is_long(root):
    long = {str(path): lines for path in sources(root) if (lines := len(path.read_text().splitlines())) > LONGEST}
    assert not long, f"split by idea: {long}"


def test_every_file_says_first_what_it_is(root):
    silent = [str(path) for path in sources(root) if not ast.get_docstring(ast.parse(path.read_text()))]
    assert not silent


def test_public_names_stand_sorted_and_each_is_a_documented_verb_of_the_workbench():
    assert ripeness.__all__ == sorted(ripeness.__all__)
    for name in ripeness.__all__:
        verb = getattr(ripeness, name)
        assert verb.__module__ == f"ripeness.workbench.{name}", f"ripeness.{name} comes from {verb.__module__}"
        assert inspect.getdoc(verb), f"ripeness.{name} has no docstring"


def test_every_verb_of_the_workbench_is_public(root):
    stems = {path.stem for path in (root / "src/ripeness/workbench").glob("*.py")} - {"__init__"}
    verbs = {stem for stem in stems if f"def {stem}(" in (root / f"src/ripeness/workbench/{stem}.py").read_text()}
    assert verbs <= set(ripeness.__all__), f"missing in ripeness.__all__: {sorted(verbs - set(ripeness.__all__))}"


def test_an_unknown_public_name_is_an_attribute_error_that_lists_what_there_is():
    with pytest.raises(AttributeError, match=r"it offers .*run"):
        getattr(ripeness, "rnu")  # noqa: B009  (a type checker need not see the slip)


def test_importing_the_package_loads_nothing_heavy():
    heavy = "{'numpy', 'numba', 'pydantic', 'pandas', 'xarray', 'typer', 'rich'}"
    program = f"import sys, ripeness; print(sorted({heavy} & set(sys.modules)))"
    assert subprocess.check_output([sys.executable, "-c", program], text=True).strip() == "[]"


def test_asking_for_help_loads_nothing_heavy():
    heavy = "{'numpy', 'numba', 'pydantic', 'pandas', 'xarray', 'scipy', 'altair', 'sqlalchemy', 'nicegui'}"
    program = (
        "import sys; sys.argv = ['ripeness', '--help']\n"
        "from ripeness.cli.app import main\n"
        "try: main()\n"
        f"except SystemExit: print('LOADED', sorted({heavy} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).endswith("LOADED []\n")
