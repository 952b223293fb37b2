"""Every mechanism of the essay has its row, and every command of the page runs and says something."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ripeness.main import app

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/from-essay-to-model.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (M\d+) \|(?:[^|]*\|){2} `(ripeness [^`]+)` \|(.*)\|$", PAGE, re.MULTILINE)


def test_all_27_mechanisms_have_a_row_and_a_command():
    assert [name for name, *_ in ROWS] == [f"M{n}" for n in range(1, 28)]


def test_every_mechanism_states_what_was_measured_of_it():
    assert all(measured.strip() for *_, measured in ROWS)


@pytest.mark.slow
@pytest.mark.parametrize("command", sorted({command for _, command, _ in ROWS}))
def test_the_command_of_a_mechanism_runs(command, monkeypatch):
    monkeypatch.chdir(ROOT)
    done = CliRunner().invoke(app, shlex.split(command)[1:])
    assert done.exit_code == 0, done.output
    assert len(done.output.splitlines()) > 5
