"""`ripeness infer` on the command line: every line of its how-to page runs, files are written,
marks by hand are weighed.
"""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ripeness.main import app

PAGE = (Path(__file__).parents[2] / "docs/how-to/infer-power.md").read_text(encoding="utf-8")
LINES = re.findall(r"^\$ (ripeness .+)$", PAGE, re.MULTILINE)
MARKS = re.search(r"```text\n(item,.*?)```", PAGE, re.DOTALL).group(1)
QUICK = {
    "infer": ("--particles", "100", "--repeats", "3", "--medians", "--knots", "1"),
    "run": ("--draws", "160", "--horizon", "3"),
}
FEW = (
    "infer",
    "japan-1945",
    "--polity",
    "japan",
    "--particles",
    "100",
    "--repeats",
    "3",
    "--no-knock-out",
    "--medians",
)


def invoke(*words):
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A folder with the files that the page speaks of."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "marks.csv").write_text(MARKS, encoding="utf-8")
    for name, text in re.findall(r"```yaml\n# (\S+)\n(.*?)```", PAGE, re.DOTALL):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("line", LINES)
def test_a_command_of_the_page_runs_and_says_something(here, line):
    words = shlex.split(line)[1:]
    quick = () if "--matrix" in words else QUICK[words[0]]
    assert len(invoke(*words, *quick).splitlines()) > 5


def test_the_python_of_the_page_runs(here):
    made = {}
    exec(re.search(r"```python\n(.*?)```", PAGE, re.DOTALL).group(1), made)
    assert made["ensemble"].horizon == 6


def test_marks_made_by_hand_are_weighed_and_shown(here):
    told = invoke("infer", "--matrix", str(here / "marks.csv"))
    assert re.search(r"planned\s+0\.33\s+0\.\d\d\s+1\b", told)
    plain = json.loads(invoke("infer", "--matrix", str(here / "marks.csv"), "--json"))
    assert sum(plain["weight"].values()) == pytest.approx(1)
    assert plain["rows"][0]["item"] == "troops moved by night"


def test_files_of_every_kind_are_written(here):
    told = invoke(*FEW, "--full", "--netcdf", "draws.nc", "--plot", "matrix.svg", "--picture", "matrix")
    assert (here / "draws.nc").stat().st_size > 1000
    assert (here / "matrix.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "Who has more power, on 1945-05-01" in told
    for title in ("Share of power", "Readings weighed", "Evidence matrix"):  # each table stands apart
        assert f"\n\n{title}" in told
    assert "-0.0 to" not in told
    assert "By its grade an item says nothing with this chance" in " ".join(told.split())


def test_json_is_the_shape_that_was_promised():
    plain = json.loads(invoke(*FEW, "--json"))
    assert set(plain["power"][0]) >= {"polity", "faction", "date", "mean", "low", "high", "prior_mean"}
    assert set(plain["readings"][0]) >= {"polity", "reading", "log_evidence", "log_evidence_sd", "weight"}
    cell = plain["matrix"][0]["cells"][0]
    assert set(cell) == {"reading", "log_ratio", "mark", "log_chance"}
    assert {row["reading"] for row in plain["readings"]} == {one["reading"] for one in plain["matrix"][0]["cells"]}


def test_the_words_of_the_answer_fit_a_terminal_of_80_columns():
    assert max(map(len, invoke(*FEW).splitlines())) <= 80


def test_a_reading_of_ones_own_is_weighed_beside_the_others(here):
    plain = json.loads(invoke(*FEW, "--readings", "mine.yaml", "--json"))
    mine = next(row for row in plain["readings"] if row["reading"] == "stocks-ran-out")
    assert (mine["kind"], plain["coding"]) == ("ordinary", "public")
    assert mine["prior"] == pytest.approx(0.25 / 2)  # two ordinary readings of the four classes


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("laws: {settle: 1}\n", "mine.yaml:1:1: a file of readings has readings and sources, not 'laws'"),
        ("readings: {}\n", "mine.yaml:1:1: a file of readings names at least one"),
        ("readings: {x: {polity: japn}}\n", "mine.yaml:1:24: 'japn' is not a polity"),
        ("readings: {x: {polity: japan, kind: captured}}\n", "names its 'captor'"),
    ],
)
def test_a_bad_file_of_readings_is_refused_at_its_place(here, text, said):
    (here / "mine.yaml").write_text(text, encoding="utf-8")
    done = CliRunner().invoke(app, [*FEW, "--readings", "mine.yaml"])
    assert said in str(done.exception)
