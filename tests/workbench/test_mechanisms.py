"""mechanisms, as Python and as a command."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.show.terminal import as_text

CASE = "japan-1945"
FLAGS = ("--draws", "256", "--horizon", "3")
KEYS = ["id", "mechanism", "moved", "months", "months_error", "right", "wrong", "settlement"]


@pytest.fixture(scope="module")
def answer():
    """A small answer."""
    return ripeness.mechanisms(CASE, draws=256, horizon=3)


def test_json_lists_27_mechanisms_with_the_same_keys_first():
    done = CliRunner().invoke(app, ["mechanisms", CASE, *FLAGS, "--json"])
    assert done.exit_code == 0, done.output
    rows = json.loads(done.stdout)["mechanisms"]
    assert [row["id"] for row in rows] == [f"M{n}" for n in range(1, 28)]
    assert all(list(row)[: len(KEYS)] == KEYS for row in rows)


def test_what_does_not_apply_is_null(answer):
    rows = {row["id"]: row for row in answer.plain()["mechanisms"]}
    assert rows["M8"]["months"] is rows["M8"]["right"] is rows["M8"]["settlement"] is None
    assert rows["M18"]["right"] is None  # the theory says neither longer nor shorter


def test_the_answer_comes_first_and_fits_100_columns(answer):
    text = as_text(answer.layout(), 100)
    assert text.startswith(answer.sentence()[:40])
    assert max(len(line) for line in text.splitlines()) <= 100


def test_all_levers_are_moved_on_demand():
    short, full = (CliRunner().invoke(app, ["mechanisms", CASE, *FLAGS, *more]).output for more in ((), ("--full",)))
    assert "All levers" not in short
    assert "All levers" in full
    assert "mutual rearming" in full


def test_the_chart_has_a_bar_for_every_mechanism_with_a_lever(answer):
    levers = [row for row in answer.value.mechanisms if row.kind == "lever"]
    assert json.dumps(answer.plot().to_dict()).count('"lever": "') >= len(levers)


def test_the_same_question_is_answered_with_the_same_numbers(answer):
    assert ripeness.mechanisms(CASE, draws=256, horizon=3).to_json() == answer.to_json()


def test_it_can_be_asked_given_the_evidence():
    given = ripeness.mechanisms(CASE, draws=256, horizon=2, evidence=True)
    assert given.plain()["given"]["items"] > 0


def test_effects_follow_the_blend_unless_the_record_is_left_out():
    answer, alone = (ripeness.mechanisms(CASE, draws=128, horizon=12, ignore_record=left) for left in (False, True))
    assert answer.value.mean_months != alone.value.mean_months
    assert "anchor" in answer.setup.about()
    assert "anchor" not in alone.setup.about()
    moved = {row.id: row.months for row in answer.value.mechanisms if row.months}
    assert moved != {row.id: row.months for row in alone.value.mechanisms if row.months}
    assert all(np.isfinite(months) for months in moved.values())
