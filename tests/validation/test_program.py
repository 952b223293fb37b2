"""The program is the product with its proof added, and the product is whole without it."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typer

from ripeness.cli.app import app as product
from ripeness.main import app as program
from ripeness.main import combine_commands
from ripeness.validation.cli.commands import app as proof
from ripeness.validation.web.screens import RECORD, add_screens
from ripeness.web import screens

PROOF = {"calibrate", "backtest", "history", "councils"}
SERVED = """
import sys
from pathlib import Path
from nicegui import app
from ripeness.main import add_pages
from ripeness.web.access import Access
from ripeness.web.server import application
if sys.argv[2] == "program":
    add_pages()
application(Path(sys.argv[1]), Access())
print("RECORD", any(getattr(route, "path", "") == "/record" for route in app.routes))
"""


def names(commands: typer.Typer) -> list[str]:
    return list(typer.main.get_command(commands).commands)


def test_the_program_has_the_commands_of_both_and_no_other():
    assert set(names(proof)) == PROOF
    assert set(names(program)) == {*names(product), *PROOF}


def test_the_product_alone_has_no_command_of_the_proof():
    assert PROOF.isdisjoint(names(product))


def test_commands_of_the_proof_stand_where_they_always_stood():
    shown = names(program)
    assert shown[shown.index("serve") : shown.index("list") + 1] == ["serve", "calibrate", "backtest", "list"]
    assert shown[-4:] == ["history", "councils", "forecast", "standing"]


def test_commands_can_be_added_once_only_behind_a_command_that_is_there():
    with pytest.raises(ValueError, match="serve"):
        combine_commands(typer.Typer(), proof)


def test_the_page_of_the_record_stands_before_the_desk_and_once(monkeypatch):
    monkeypatch.setattr(screens, "ALL", [screen for screen in screens.ALL if screen != RECORD])
    assert RECORD not in screens.screens()
    add_screens()
    add_screens()
    paths = [screen.path for screen in screens.screens()]
    assert paths.count("/record") == 1
    assert paths[paths.index("/record") + 1] == "/decide"


@pytest.mark.parametrize(("what", "there"), [("program", "True"), ("product", "False")])
def test_the_workbench_serves_the_record_where_the_program_starts_it(tmp_path, what, there):
    said = subprocess.check_output([sys.executable, "-c", SERVED, str(tmp_path), what], text=True)
    assert said.endswith(f"RECORD {there}\n")
