"""The tutorial is run as it stands, in order, in an empty folder: each line that it shows comes out of its command."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted((ROOT / "docs/tutorial").glob("*.md"))
CIVIL = ROOT / "docs/how-to/civil-war-in-an-hour.md"
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


def run(command, page, newcomer):
    """What a command prints, faults included, and whether it was refused."""
    words = shlex.split(command)
    assert words[0] == "ripeness"
    called = names(page)
    words = [kept(called[word]) if word in called else word for word in words]
    words, goal = (words[:-2], Path(words[-1])) if ">" in words else (words, None)
    done = subprocess.run(
        [str(newcomer / "ripeness"), *words[1:]], capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode in {0, 2}, f"{command}: {done.stderr}"
    assert "Traceback" not in done.stderr
    if goal is not None:
        goal.write_text(done.stdout)
    return done.stdout + done.stderr, done.returncode == 2


@pytest.mark.parametrize("path", [*PAGES, CIVIL], ids=lambda path: path.stem)
def test_every_command_of_the_tutorial_runs_and_shows_what_the_page_shows(path, tmp_path, monkeypatch, newcomer):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path / "home"))
    page = path.read_text(encoding="utf-8")
    ran = 0
    for kind, title, text in BLOCK.findall(page):
        if title:
            Path(title).write_text(text)
        elif kind == "python":
            done = subprocess.run(
                [str(newcomer / "python"), "-c", text], capture_output=True, text=True, check=False, timeout=500
            )
            assert done.returncode == 0, done.stderr
        elif kind == "console":
            for part in text.split("$ ")[1:]:
                command, *shown = part.strip().splitlines()
                said, refused = run(command, page, newcomer)
                ran += 1
                assert refused == (REFUSED in shown), said
                for line in shown:
                    assert line == REFUSED or squeezed(line) in squeezed(said), f"{command} does not show: {line}"
    assert ran > 8


def test_the_tutorial_is_the_two_pages_that_were_promised():
    heads = [path.read_text(encoding="utf-8").splitlines()[0] for path in PAGES]
    assert heads == ["# Your first case, in ten minutes", "# Write your own war, in thirty minutes"]
