"""explain, as Python and as a command."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.show.explain_tables import step_table
from ripeness.show.terminal import as_text
from ripeness.world.fault import Fault

CASE = "ukraine-2023-03"
FLAGS = ("--draws", "64", "--month", "6")


@pytest.fixture(scope="module")
def answer():
    """A small answer."""
    return ripeness.explain(CASE, draws=64, month=6)


def test_json_has_every_step_with_its_number_its_move_and_their_errors():
    done = CliRunner().invoke(app, ["explain", CASE, *FLAGS, "--json"])
    assert done.exit_code == 0, done.output
    steps = json.loads(done.stdout)["steps"]
    assert all(
        {"key", "basis", "p", "low", "high", "moved", "put_first", "put_last", "n"} <= set(step) for step in steps
    )
    assert all(step["low"] <= step["p"] <= step["high"] for step in steps)
    assert steps[0]["moved"] is None
    assert steps[1]["moved"]["low"] == steps[1]["moved"]["high"]


def test_the_answer_comes_first_and_fits_100_columns(answer):
    text = as_text(answer.layout(), 100)
    assert text.startswith(answer.sentence()[:40])
    assert max(len(line) for line in text.splitlines()) <= 100


def test_every_step_fits_a_screen(answer):
    lines = answer.brief().to_text(80).splitlines()
    assert len(lines) <= 20
    assert all(any(line.startswith(step.name) for line in lines) for step in answer.value.steps)


def test_other_versions_are_named(answer):
    assert [version.version for version in answer.value.versions] == ["essay", "ceasefire"]
    assert "model of others: essay" in answer.table()


def test_what_a_step_puts_in_is_said_on_demand():
    short, full = (CliRunner().invoke(app, ["explain", CASE, *FLAGS, *more]).output for more in ((), ("--full",)))
    assert "What each step puts in" not in short
    assert "What each step puts in" in full


def test_the_picture_has_a_bar_for_every_step_and_names_in_order(answer):
    picture = json.dumps(answer.plot().to_dict())
    assert all(f'"step": "{step.name}"' in picture for step in answer.value.steps)


def test_rows_are_flat(answer):
    rows = answer.rows()
    assert [row["key"] for row in rows] == [step.key for step in answer.value.steps]
    assert all(not isinstance(value, (dict, list, tuple)) for row in rows for value in row.values())


def test_a_month_beyond_the_horizon_is_refused():
    with pytest.raises(Fault, match="month 61 lies outside the forecast"):
        ripeness.explain(CASE, month=61)


def test_an_outcome_that_the_record_does_not_part_by_side_is_refused():
    with pytest.raises(Fault, match="did you mean 'victory'"):
        ripeness.explain(CASE, outcome="victory:russia")


def test_a_group_that_too_few_wars_tell_of_says_so(answer):
    explanation = answer.value
    steps = [replace(step, put_first=None) if step.put_first else step for step in explanation.steps]
    text = as_text(step_table(replace(explanation, steps=tuple(steps))), 100)
    rows = [line for line in text.splitlines() if "too few" in line]
    assert rows
    assert len(rows) == sum(step.put_last is not None for step in steps)
