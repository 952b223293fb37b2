"""The verb decide: every rule on an actor table, in the table's own unit."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from ripeness.workbench.decide import decide
from ripeness.workbench.decided import write_csv
from ripeness.world.fault import Fault

EMISSIONS = """actor,capability,position,salience
NL,.08,4,80
BE,.08,7,40
LU,.03,4,20
DE,.16,4,80
FR,.16,10,60
IT,.16,10,60
UK,.16,10,90
IE,.05,7,10
DK,.05,4,100
GR,.08,7,70
"""
RANGES = "actor,influence,position,salience\nking,2 to 4,.1 to .3,.5\narmy,2,.9,.8 to 1\nport,1 to 2,.5,.3\n"
CHEAP = ("weighted_median", "quota")


@pytest.fixture
def table(tmp_path: Path):
    def written(text: str) -> Path:
        path = tmp_path / "actors.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def outcomes(found, issue: int = 0) -> dict[str, float]:
    return {answer.rule: answer.outcome for answer in found.issues[issue].rules}


def test_the_published_table_gives_the_published_outcomes_in_years(table):
    found = decide(table(EMISSIONS), ["challenge-scholz-table2", "challenge-eq31", "weighted_median"])
    assert list(outcomes(found)) == ["weighted_mean", "challenge-scholz-table2", "challenge-eq31", "weighted_median"]
    assert outcomes(found)["weighted_mean"] == pytest.approx(7.38996, abs=1e-5)
    assert outcomes(found)["weighted_median"] == pytest.approx(7.0)
    rounds = found.issues[0].rules[1].rounds
    assert rounds == pytest.approx(
        [8.4159323, 9.6108591, 9.9619796, 9.9619796, 9.9619796, 7.4720464, 8.8245939, 9.6711298], abs=6e-8
    )
    assert found.issues[0].rules[0].rounds == ()


def test_every_rule_answers_and_the_mean_stands_first(table):
    from ripeness.decision.rules import TABLE

    found = decide(table(RANGES), draws=50)
    assert list(outcomes(found)) == list(TABLE)
    for answer in found.issues[0].rules:
        assert 0 <= answer.low <= answer.outcome <= answer.high <= 1


def test_without_ranges_there_is_no_interval(table):
    found = decide(table(EMISSIONS), CHEAP)
    assert not found.uncertain
    assert all(answer.low == answer.outcome == answer.high for answer in found.issues[0].rules)


def test_the_interval_of_the_mean_is_the_one_of_a_normal_sum(table):
    text = "actor,influence,position,salience\na,1,0 to 2,1\nb,1,5 to 5,1\n"
    answer = decide(table(text), ["weighted_mean"], draws=20_000).issues[0].rules[0]
    assert answer.outcome == pytest.approx(3.0, abs=0.02)
    assert (answer.low, answer.high) == (pytest.approx(2.5, abs=0.02), pytest.approx(3.5, abs=0.02))


def test_the_order_of_actors_and_the_number_of_draws_leave_the_luck_alone(table):
    head, *rows = RANGES.splitlines()
    first = decide(table(RANGES), CHEAP, draws=500)
    turned = decide(table("\n".join([head, *reversed(rows)])), CHEAP, draws=500)
    assert outcomes(turned) == pytest.approx(outcomes(first), abs=1e-12)
    assert decide(table(RANGES), CHEAP, draws=500, seed=2).issues != first.issues


def test_a_leader_a_quota_and_a_status_quo_change_the_outcomes(table):
    path = table(EMISSIONS)
    plain = outcomes(decide(path, ["quota", "nash_bargaining"]))
    led = outcomes(decide(path, ["quota", "nash_bargaining"], leader="fr", leader_weight=1.0))
    assert led["weighted_mean"] == pytest.approx(10.0)
    assert led["nash_bargaining"] == pytest.approx(10.0)
    assert outcomes(decide(path, ["quota"], quota=0.9))["quota"] == pytest.approx(10.0)
    assert plain["quota"] == pytest.approx(7.0)
    assert outcomes(decide(path, ["nash_bargaining"], status_quo=5.5))["nash_bargaining"] == pytest.approx(5.5)


def test_capture_is_by_the_most_influential_or_the_one_named(table):
    text = "actor,influence,position,salience\na,1,1,1\nb,3,5,1\n"
    assert outcomes(decide(table(text), ["capture"]))["capture"] == pytest.approx(5.0)
    assert outcomes(decide(table(text), ["capture"], captor="A"))["capture"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({"rules": ["medain"]}, "is not a rule; "),
        ({"rules": ["exchnge"]}, "did you mean 'exchange'"),
        ({"leader": "FRA"}, "did you mean 'FR'"),
        ({"leader": "FR", "leader_weight": 1.5}, "leader_weight is 1.5; it can be 0 to 1"),
        ({"quota": -0.1}, "quota is -0.1.*; it can be 0 to 1"),
        ({"draws": 0}, "draws is 0; it can be 1 to 1000000"),
        ({"status_quo": float("nan")}, "status_quo is nan; a number from .* is wanted"),
        ({"seed": -1}, "seed is -1; it can be 0 to"),
    ],
)
def test_a_wrong_wish_is_told_what_would_be_right(table, asked: dict, wanted: str):
    with pytest.raises(Fault, match=wanted):
        decide(table(EMISSIONS), **asked)


def test_an_export_escapes_what_a_spreadsheet_would_run(table, tmp_path: Path):
    text = "actor,influence,=1+1 position,=1+1 salience\na,1,-1,1\nb,3,-5,1\n"
    written = write_csv(decide(table(text), ["weighted_mean"]), tmp_path / "out.csv")
    with written.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["issue", "rule", "outcome", "low", "high", "rounds"]
    assert rows[1][:2] == ["'=1+1", "weighted_mean"]
    assert float(rows[1][2]) == pytest.approx(-4.0)


def test_a_file_that_cannot_be_written_is_a_fault(table, tmp_path: Path):
    with pytest.raises(Fault, match="does not exist"):
        write_csv(decide(table(EMISSIONS), ["weighted_mean"]), tmp_path / "no" / "out.csv")


def test_a_table_too_large_for_a_rule_gets_fewer_draws_and_says_so(table):
    head = "actor,influence," + ",".join(f"i{n} position,i{n} salience" for n in range(6))
    rows = [f"a{f},1 to 2," + ",".join(f"{(f * 7 + n) % 11},{(f + n) % 10 / 10}" for n in range(6)) for f in range(60)]
    found = decide(table("\n".join([head, *rows])), ["exchange"], draws=1000)
    assert any(note.startswith("exchange: ") and "draws only" in note for note in found.notes)
