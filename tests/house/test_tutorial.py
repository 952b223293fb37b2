"""The tutorial is run as it stands, in order, in an empty folder: each line that it shows comes out of its command."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ripeness.cli.app import app
from ripeness.world.fault import Fault

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs/tutorial").glob("*.md"))
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```', re.DOTALL | re.MULTILINE)
REFUSED = "[exit code 2]"
pytestmark = pytest.mark.slow


def squeezed(text):
    return re.sub(r"\s+", " ", text)


def names(page):
    """What the page calls a kept run -> the file that was run."""
    return dict(pair.split("=") for note in re.findall(r"<!-- names: (.*?) -->", page) for pair in note.split())


def kept(case):
    """The name on the shelf of the run of a case."""
    told = {json.loads((one / "provenance.json").read_text())["case"]: one.name for one in Path("shelf").iterdir()}
    return told[case]


def run(command, page):
    """What a command prints, faults included, and whether it was refused."""
    words = shlex.split(command)
    assert words[0] == "ripeness"
    called = names(page)
    words = [kept(called[word]) if word in called else word for word in words]
    words, goal = (words[:-2], Path(words[-1])) if ">" in words else (words, None)
    done = CliRunner().invoke(app, words[1:])
    if isinstance(done.exception, Fault):
        return str(done.exception), True
    assert done.exit_code == 0, f"{command}: {done.output}"
    if goal is not None:
        goal.write_text(done.stdout)
    return done.output, False


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_command_of_the_tutorial_runs_and_shows_what_the_page_shows(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path / "home"))
    page = path.read_text(encoding="utf-8")
    ran = 0
    for kind, title, text in BLOCK.findall(page):
        if title:
            Path(title).write_text(text)
        elif kind == "python":
            exec(text, {})
        elif kind == "console":
            for part in text.split("$ ")[1:]:
                command, *shown = part.strip().splitlines()
                said, refused = run(command, page)
                ran += 1
                assert refused == (REFUSED in shown), said
                for line in shown:
                    assert line == REFUSED or squeezed(line) in squeezed(said), f"{command} does not show: {line}"
    assert ran > 8


def test_the_tutorial_is_the_two_pages_that_were_promised():
    heads = [path.read_text(encoding="utf-8").splitlines()[0] for path in PAGES]
    assert heads == ["# Your first case, in ten minutes", "# Write your own war, in thirty minutes"]
