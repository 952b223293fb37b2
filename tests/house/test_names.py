"""Files are named by an idea, are short, and every public name explains itself."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys

import pytest
from typer.main import get_command

import ripeness
from ripeness.main import app

EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "core", "base", "tools", "stuff"}
LONGEST = 300
# Files that may have some lines more, with what holds them together; they may only become shorter.
LONGER = {
    "ensemble/engines/dask.py": (334, "one cluster from its start to its loss; what a worker does stands apart"),
    "ledger/exchange/files.py": (313, "both forms of an exchanged ledger, written and read back"),
    "ledger/show/forecast_tables.py": (324, "the tables of all commands of the ledger"),
    "ledger/verbs/forecast.py": (320, "the verbs of the ledger, which are one public module"),
    "workbench/question.py": (384, "how a question is declared, and what all questions share"),
}
# A room is called show, whose verb is reached as ripeness.workbench.show, and a folder of data cases, whose verb is
# ripeness.shipped_cases; serve opens a face and answers nothing.
NO_PUBLIC_NAME = {"cases", "serve", "show"}


def sources(root):
    return sorted((root / "src").rglob("*.py"))


def test_no_file_or_room_has_a_name_that_says_nothing(root):
    named = [path for path in sources(root) if EMPTY_NAMES & {path.stem, *path.relative_to(root).parts}]
    assert not named, f"name the idea: {named}"


def test_no_file_of_the_source_is_long(root):
    source = root / "src/ripeness"
    lines = {path.relative_to(source).as_posix(): len(path.read_text().splitlines()) for path in sources(root)}
    long = {path: n for path, n in lines.items() if n > LONGER.get(path, (LONGEST,))[0]}
    assert not long, f"split by idea: {long}"
    assert all(lines[path] > LONGEST for path in LONGER), "a file that is short enough needs no reason"


def test_every_file_says_first_what_it_is(root):
    silent = [str(path) for path in sources(root) if not ast.get_docstring(ast.parse(path.read_text()))]
    assert not silent


def test_public_names_stand_sorted():
    assert ripeness.__all__ == sorted(ripeness.__all__)
    assert set(ripeness.VERBS) - set(ripeness.__all__) == {"list", "map"}


@pytest.mark.parametrize("name", ripeness.VERBS)
def test_a_public_name_is_a_documented_verb_of_its_room(name):
    verb = getattr(ripeness, name)
    at = verb.__name__ if inspect.ismodule(verb) else verb.__module__
    assert at == f"ripeness.{ripeness.ROOMS.get(name, 'workbench')}.{name}"
    assert inspect.getdoc(verb)


def test_every_verb_of_the_command_line_is_public_in_python(root):
    commands = {name.replace("-", "_") for name in get_command(app).commands}
    assert commands - NO_PUBLIC_NAME <= set(ripeness.VERBS)


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
        "from ripeness.main import main\n"
        "try: main()\n"
        f"except SystemExit: print('LOADED', sorted({heavy} & set(sys.modules)))"
    )
    assert subprocess.check_output([sys.executable, "-c", program], text=True).endswith("LOADED []\n")
