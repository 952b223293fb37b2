"""The record: curves of past conflicts that add up, grow, and follow from survival."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

import ripeness
from ripeness.cli.app import app
from ripeness.scenario.read import read_scenario
from ripeness.store.past_conflicts import keep_conflicts
from ripeness.study.record.classes import CAUSES, CLASS_OF_END, CLASSES, ENDS
from ripeness.study.record.coefficients import read_coefficients, shipped_coefficients
from ripeness.study.record.curve import record_curve
from ripeness.study.record.effects import trait_effects
from ripeness.study.record.hazards import CELLS, TERMS, incidence
from ripeness.study.record.kind_counts import kind_shares, shipped_kind_counts
from ripeness.study.record.nearest import PastConflict, nearest_conflicts, past_conflicts
from ripeness.study.record.traits import KINDS, ConflictTraits, traits_of
from ripeness.world.fault import ArgumentFault, Fault

MONTHS = np.array([0.0, 0.5, 1.0, 3.0, 6.0, 12.0, 24.0, 60.0, 240.0])
INTERSTATE_WAR = ConflictTraits("interstate", None, "war", 0, 2023)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("fought", [0.0, 0.1, 10.0, 96.0, 300.0])
def test_ends_add_up_to_one_grow_by_month_and_lie_within_their_intervals(kind, fought):
    curve = record_curve(replace(INTERSTATE_WAR, kind=kind), fought, MONTHS)
    assert curve.p.sum(axis=0) == pytest.approx(1.0)
    assert (np.diff(curve.p[:-1], axis=1) >= 0).all()
    assert (np.diff(curve.p[-1]) < 0).all()
    assert (curve.low <= curve.p).all()
    assert (curve.p <= curve.high).all()
    assert curve.p[:, 0].tolist() == [0, 0, 0, 0, 1]
    assert curve.by_class().sum(axis=0) == pytest.approx(1.0)


def test_months_fought_condition_as_a_ratio_of_survival():
    start = record_curve(INTERSTATE_WAR, 0.0, [10.0, 16.0])
    later = record_curve(INTERSTATE_WAR, 10.0, [6.0])
    assert later.p[-1, 0] == pytest.approx(start.p[-1, 1] / start.p[-1, 0])
    ended = start.p[:-1, 1] - start.p[:-1, 0]
    assert later.p[:-1, 0] == pytest.approx(ended / start.p[-1, 0])


def test_constant_hazards_give_the_exponential():
    chances = incidence(np.full((4, len(CELLS)), 0.05), 7.0, [5.0])
    assert chances[-1, 0] == pytest.approx(np.exp(-1.0))
    assert chances[:-1, 0] == pytest.approx((1 - np.exp(-1.0)) / 4)


def test_interstate_wars_that_have_lasted_ten_months_are_over_six_months_later_in_about_a_third_of_cases():
    curve = record_curve(INTERSTATE_WAR, 10.0, [6.0])
    assert 1 - curve.p[-1, 0] == pytest.approx(0.35, abs=0.08)


def test_longer_wars_end_more_slowly_and_war_in_a_state_more_slowly_than_between_states():
    def over(kind, fought):
        return 1 - record_curve(ConflictTraits(kind, "government", "war", 1, 2023), fought, [12.0]).p[-1, 0]

    assert over("interstate", 1) > over("interstate", 60)
    assert over("intrastate", 12) < over("interstate", 12)


def test_more_parties_mean_fewer_victories():
    effects = {(e.trait, e.end): e for e in trait_effects(INTERSTATE_WAR, 10.0, shipped_coefficients())}
    assert effects["twice as many parties", "victory"].high < 1
    assert {end for _, end in effects} == {*CAUSES, "any"}


def test_traits_come_from_the_scenario():
    scenario = read_scenario("ukraine-2023-03")
    assert traits_of(scenario) == ConflictTraits("interstate", "territory", "war", 0, 2023)
    assert traits_of(scenario.model_copy(update={"conflict": None})) is None


@pytest.mark.parametrize("trait", [{"kind": "civil"}, {"over": "oil"}, {"intensity": "high"}, {"other_parties": -1}])
def test_an_unknown_trait_is_a_fault_that_names_it(trait):
    with pytest.raises(ArgumentFault, match=next(iter(trait))):
        replace(INTERSTATE_WAR, **trait)


def test_coefficients_come_back_from_their_file():
    shipped = shipped_coefficients()
    again = read_coefficients(json.dumps(shipped.plain()))
    assert again.mean == pytest.approx(shipped.mean)
    assert again.covariance == pytest.approx(shipped.covariance)
    assert np.linalg.eigvalsh(shipped.covariance).min() > -1e-4
    assert shipped.mean.shape == (len(CAUSES), len(TERMS))


@pytest.mark.parametrize("text", ["{}", "[]", "x"])
def test_a_file_that_holds_no_coefficients_is_a_fault(text):
    with pytest.raises(Fault, match="no coefficients of the record"):
        read_coefficients(text)


def test_every_end_has_a_class():
    assert set(CLASS_OF_END) == set(ENDS)
    assert set(CLASS_OF_END.values()) == set(CLASSES)


def test_the_json_lists_every_end_at_every_month():
    plain = ripeness.record("ukraine-2023-03", months=(6, 12)).plain()
    assert [(row["end"], row["month"]) for row in plain["incidence"]] == [(end, m) for end in ENDS for m in (6.0, 12.0)]
    assert all(set(row) == {"end", "month", "p", "low", "high", "n"} for row in plain["incidence"])
    assert plain["months_fought"] == pytest.approx(12.6, abs=0.05)


def test_what_is_named_counts_instead_of_what_the_scenario_states():
    answer = ripeness.record("ukraine-2023-03", kind="intrastate", over="government", months_fought=3)
    assert answer.value.traits.kind == "intrastate"
    assert answer.value.months_fought == 3
    later = ripeness.record("ukraine-2023-03", as_of="2024-03-15")
    assert later.value.months_fought == pytest.approx(24.6, abs=0.1)


def test_without_case_or_kind_the_kind_is_asked_for():
    with pytest.raises(ArgumentFault, match="kind is wanted .* interstate, intrastate or internationalised"):
        ripeness.record()
    with pytest.raises(ArgumentFault, match="kind is 'civil'"):
        ripeness.record(kind="civil")
    with pytest.raises(ArgumentFault, match="began"):
        ripeness.record("ukraine-2023-03", as_of="2020-01-01")


def past(name, kind, months, end="victory", year=2000):
    return PastConflict(
        name, "1999-01-01", "2000-01-01", months, end, ConflictTraits(kind, "territory", "war", 0, year)
    )


def test_the_nearest_past_conflicts_had_lasted_as_long_and_have_a_known_end():
    rows = [past("short", "interstate", 2), past("open", "interstate", 20, ""), past("civil", "intrastate", 20)]
    rows += [past("like it", "interstate", 20), past("long ago", "interstate", 20, year=1850)]
    assert [conflict.name for conflict in nearest_conflicts(INTERSTATE_WAR, 12, rows, 2)] == ["like it", "civil"]


def test_the_command_prints_the_answer_first(capsys):
    app(["record", "--kind", "intrastate", "--months-fought", "24"], standalone_mode=False)
    printed = capsys.readouterr().out
    assert "Of past intrastate conflicts like this one that had lasted 24 months" in " ".join(printed.split())
    assert "still fighting" in printed


def test_nobody_is_said_to_have_lasted_longer_than_any_did():
    answer = ripeness.record(kind="interstate", months_fought=300)
    assert {row["n"] for row in answer.rows()} == {0}
    assert answer.sentence().startswith(
        "No past interstate conflict had lasted 300 months; as far as shorter ones tell"
    )
    assert {row["n"] for row in ripeness.record(kind="intrastate", months_fought=600).rows()} == {0}
    assert {row["n"] for row in ripeness.record(kind="intrastate", months_fought=480).rows()} == {2}
    few = " ".join(ripeness.record(kind="intrastate", months_fought=480).table().split())
    assert "2 past intrastate conflicts had lasted as long: so few that the rest comes from" in few
    none = " ".join(ripeness.record(kind="intrastate", months_fought=600).table().split())
    assert "No past intrastate conflict had lasted as long: the numbers are what those tell" in none


@pytest.mark.parametrize("kind", KINDS)
def test_counts_of_a_kind_lie_inside_of_their_intervals(kind):
    counts = shipped_kind_counts()[kind]
    fighting = incidence(counts.hazards(), 0, [24.0, 60.0])[-1]
    drawn = incidence(counts.drawn(2000), 0, [24.0, 60.0])[:, -1]
    assert ((np.quantile(drawn, 0.2, axis=0) < fighting) & (fighting < np.quantile(drawn, 0.8, axis=0))).all()


def test_months_without_any_hazard_end_nothing():
    assert incidence(np.zeros((2, len(CELLS))), 0, [5.0]).tolist() == [[0.0], [0.0], [1.0]]
    assert kind_shares("extrasystemic", 0, [6]).p.sum() == pytest.approx(1)


@pytest.mark.parametrize("change", [{"traits": {}}, {"months": "abc"}, {"end": "peace"}, {"name": None, "extra": 1}])
def test_kept_conflicts_that_are_damaged_are_a_fault(change):
    traits = {"kind": "intrastate", "over": None, "intensity": "war", "other_parties": 0, "year": 1990}
    row = {"name": "a", "began": "1990", "ended": "1991", "months": 12, "end": "victory", "traits": traits}
    assert past_conflicts([row])[0].months == 12
    with pytest.raises(Fault, match="import their file again"):
        past_conflicts([{**row, **change}])
    with pytest.raises(Fault, match="import their file again"):
        past_conflicts([{**row, "traits": {**traits, "kind": "civil"}}])


def test_the_brief_answer_shows_every_end_with_past_conflicts_by_name(tmp_path, monkeypatch):
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path))
    traits = {"kind": "interstate", "over": None, "intensity": "war", "other_parties": 0, "year": 1990}
    row = {"began": "1990-01-01", "ended": "1992-01-01", "months": 24.0, "end": "victory", "traits": traits}
    keep_conflicts([{"name": f"Government of a long name of {n} - Front of {n}", **row} for n in range(7)])
    answer = ripeness.record("ukraine-2023-03")
    text = answer.brief().to_text(80)
    assert "not shown" not in text
    assert "still fighting" in text
    assert "Nearest by its traits: Government of a long name of 0 - Front of 0, 1990 to 1992" in " ".join(text.split())
    assert len(text.splitlines()) <= 20
    assert len(answer.value.nearest) == 5
