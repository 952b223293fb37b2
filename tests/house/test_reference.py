"""The reference says what the command line and the package are today."""

from __future__ import annotations

import importlib.util

import pytest
from typer.main import get_command

from ripeness.main import app


@pytest.fixture(scope="module")
def generate(root):
    spec = importlib.util.spec_from_file_location("generate", root / "docs/generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "page", ["cli.md", "python.md", "scenario-fields.md", "api/routes.md", "../textbook/rules/index.md"]
)
def test_a_generated_page_stands_as_it_would_be_written_now(root, generate, page):
    stands = (root / "docs/reference" / page).read_text(encoding="utf-8")
    assert stands == generate.PAGES[page](), "run `make reference`"


def test_every_command_is_named_after_a_file_of_its_own(root):
    rooms = ("cli", "validation/cli", "workbench")  # a command by hand, one of the proof, a question that is declared
    files = {path.stem for room in rooms for path in (root / "src/ripeness" / room).glob("*.py")} - {"__init__", "app"}
    commands = set(get_command(app).commands)
    assert commands <= {stem.replace("_", "-") for stem in files}


def test_every_command_and_flag_says_what_it_does():
    silent = []
    for name, command in get_command(app).commands.items():
        below = getattr(command, "commands", {}) or {name: command}
        for one in below.values():
            silent += [] if one.help else [one.name]
            silent += [f"{name} {p.name}" for p in one.params if not p.hidden and not getattr(p, "help", None)]
    assert not silent
