"""The command `ripeness decide` as a person meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ripeness.main import app

TABLE = "actor,influence,position,salience\nking,2 to 4,[4],50\n".replace("[4]", "4") + "army,2,10,80\nport,1,7,30\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "actors.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def test_json_is_one_object_with_issues_and_their_rules(path: Path):
    run = CliRunner().invoke(app, ["decide", str(path), "--rule", "quota", "--draws", "200", "--seed", "7", "--json"])
    assert run.exit_code == 0
    found = json.loads(run.stdout)
    assert [issue["issue"] for issue in found["issues"]] == ["issue"]
    assert [answer["rule"] for answer in found["issues"][0]["rules"]] == ["weighted_mean", "quota"]
    assert set(found["issues"][0]["rules"][0]) == {"rule", "outcome", "low", "high", "rounds"}
    assert (found["draws"], found["seed"]) == (200, 7)
    assert found["version"]


def test_the_table_shows_the_mean_first_with_its_interval_and_says_how_salience_was_read(path: Path):
    run = CliRunner().invoke(app, ["decide", str(path), "--rule", "weighted-median", "--leader", "King"])
    assert run.exit_code == 0
    lines = run.stdout.splitlines()
    assert lines[1].split()[:5] == ["rule", "outcome", "5", "%", "95"]
    assert lines[2].startswith("weighted_mean")
    assert lines[3].startswith("weighted_median")
    assert "90 % interval" in run.stdout
    assert "salience is read as per cent" in run.stdout
    assert max(len(line) for line in lines) <= 100


def test_an_actor_named_like_markup_is_printed_as_it_stands(tmp_path: Path):
    path = tmp_path / "actors.csv"
    path.write_text("actor,influence,[red]tax position,[red]tax salience\n[b]a,1,1,1\nc,3,5,1\n", encoding="utf-8")
    run = CliRunner().invoke(app, ["decide", str(path), "--rule", "capture", "--captor", "[b]a"])
    assert "[red]tax" in run.stdout
    assert "[b]a decides alone" in run.stdout


def test_out_writes_a_csv_and_says_where_on_standard_error(path: Path, tmp_path: Path):
    goal = tmp_path / "out.csv"
    run = CliRunner().invoke(app, ["decide", str(path), "--rule", "quota", "--out", str(goal)])
    assert run.exit_code == 0
    assert goal.read_text(encoding="utf-8").startswith("issue,rule,outcome,low,high,rounds")
    assert str(goal) in run.stderr
    assert str(goal) not in run.stdout


def test_a_bad_table_ends_with_code_2_and_no_traceback(tmp_path: Path):
    path = tmp_path / "bad.csv"
    path.write_text("actor,influence,position,salence\na,1,1,1\nb,1,2,1\n", encoding="utf-8")
    call = [sys.executable, "-c", "from ripeness.main import main; main()", "decide", str(path)]
    run = subprocess.run(call, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert f"{path}:1:17: " in run.stderr
    assert "did you mean 'salience'" in run.stderr
    assert "Traceback" not in run.stderr
    assert not run.stdout


def test_the_reason_why_the_mean_stands_first_agrees_with_the_page_on_councils(path: Path):
    page = (Path(__file__).parents[2] / "docs" / "textbook" / "councils.md").read_text(encoding="utf-8")
    assert "rules that pick a *pivot* (median, Condorcet, challenge, majority) do better" in page
    shown = CliRunner().invoke(app, ["decide", str(path), "--rule", "quota"]).stdout
    told = " ".join(shown.split())
    assert "on the European Union's record no rule beat it by more than half a point of 100" in told
    assert "rules that pick a pivot (median, Condorcet, challenge) did better" in told


def test_help_has_its_paragraphs_without_their_indentation():
    lines = CliRunner().invoke(app, ["decide", "--help"]).stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if "The weighted mean stands first" in line)
    paragraph = lines[start : lines.index("", start)]
    assert len(paragraph) >= 3
    assert not any("  " in line.removeprefix("  ") for line in paragraph)
