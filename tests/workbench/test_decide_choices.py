"""Actor tables decided by pivot or leader: drawn, never between the two."""

from __future__ import annotations

import pytest

from ripeness.scenario.choice_record import choice_record
from ripeness.workbench.decide import decide
from ripeness.world.fault import Fault

TABLE = "actor,influence,position,salience\nhead,1,90,1\nhouse,3,{low},1\narmy,2,{low},1\n"


def table_at(tmp_path, low):
    """A table whose leader stands apart from all others."""
    path = tmp_path / "council.csv"
    path.write_text(TABLE.format(low=low), encoding="utf-8")
    return path


def outcome(answer):
    """What pivot or leader decides on the only issue."""
    return next(rule for rule in answer.issues[0].rules if rule.rule == "pivot_or_leader")


def test_a_table_without_ranges_shows_the_likelier_and_says_so(tmp_path):
    path = table_at(tmp_path, 20)
    pivot, leader = (decide(path, ["pivot_or_leader"], leader="head", leader_share=share) for share in (0.3, 0.7))
    assert (outcome(pivot).outcome, outcome(leader).outcome) == (20, 90)
    assert any("with chance 0.3, else the pivot; the likelier" in note for note in pivot.notes)


def test_in_a_table_with_ranges_both_are_drawn(tmp_path):
    answer = outcome(decide(table_at(tmp_path, "15 to 25"), ["pivot_or_leader"], leader="head"))
    assert 10 < answer.low < 25
    assert answer.high == pytest.approx(90)
    assert 15 < answer.outcome < 30


def test_without_a_leader_the_pivot_decides(tmp_path):
    assert outcome(decide(table_at(tmp_path, 20), ["pivot_or_leader"])).outcome == 20


@pytest.mark.parametrize("name", ["leader_share", "leader_weight"])
def test_what_is_said_of_a_leader_needs_a_leader(tmp_path, name):
    with pytest.raises(Fault, match=f"{name} is that of a leader, and none is named"):
        decide(table_at(tmp_path, 20), **{name: 0.7})


def test_the_default_is_that_of_councils_on_record(tmp_path):
    from math import exp

    centre = choice_record("mixed").leader_share[0]
    answer = decide(table_at(tmp_path, 20), ["pivot_or_leader"], leader="head")
    share = float(next(note for note in answer.notes if "pivot_or_leader" in note).split("chance ")[1].split(",")[0])
    assert share == pytest.approx(1 / (1 + exp(-centre)), abs=0.02)
