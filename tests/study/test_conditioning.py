"""Ensembles conditioned on evidence: against plain weighing of many runs, and what they must and must not change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from simulated import polity
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.schema import Observation
from ripeness.study.conditioning import condition_on_evidence
from ripeness.study.observation_likelihood import observation_likelihoods
from ripeness.war.prepare import prepare
from ripeness.world.fault import Fault

PILOT = Design(draws=12_000, per_point=1, horizon=3, kept=0, workers=2)


def contest(**more):
    """Two equal sides whose strength is not well known."""
    return war(
        twins(), {"polities.north.resources.quality": {"value": 1, "range": "0.5 to 2"}, "laws.hidden": 0} | more
    )


def test_a_line_observed_after_the_start_agrees_with_plain_weighing_of_runs():
    moving = {"laws.volatility": 0.15, "laws.advance": 0.25, "laws.advance_era": 1}
    scenario = contest(**moving)
    line = np.full(PILOT.draws, np.nan)

    def look(step, situation, place):
        held = place >= 0
        if step == 2:
            line[situation.shared.run_ids[held].astype(int)] = 1 / (1 + np.exp(-situation.shared.front[held]))

    plain = run(scenario, PILOT, watch=look)
    quality = plain.inputs[plain.input_names.index("polities.north.resources.quality")]
    seen = float(np.nanquantile(line, 0.85))
    chance = np.exp(-0.5 * ((line - seen) / 0.01) ** 2) * 0.01 / (0.01 * np.sqrt(2 * np.pi))
    weight = np.nan_to_num((1 - 1e-3) * np.minimum(chance, 1) + 1e-3 / 101, nan=1e-3 / 101)
    exact = np.log(quality) @ weight / weight.sum()
    design = Design(draws=4000, per_point=2, horizon=3, kept=0)
    known = condition_on_evidence(scenario, design, observe=[f"north line 2021-03-20 {seen:.6f}"])
    found = np.log(known.overrides["polities.north.resources.quality"]).mean()
    assert abs(exact - np.log(quality).mean()) > 0.05  # the line tells something
    assert found == pytest.approx(exact, abs=0.06)
    again = np.empty(design.draws)

    def check(step, situation, place):
        if step == 2:
            again[situation.shared.run_ids[place >= 0].astype(int)] = 1 / (
                1 + np.exp(-situation.shared.front[place >= 0])
            )

    run(scenario, design, watch=check, **known.run_arguments())
    assert np.mean(np.abs(again - seen) < 0.05) > 0.9  # the runs themselves agree with what was seen


def test_runs_of_one_point_share_the_past_and_part_afterwards():
    scenario = contest()
    design = Design(draws=200, per_point=4, horizon=6, kept=200)
    known = condition_on_evidence(scenario, design, observe=["north line 2021-02-10 0.5"])
    front = run(scenario, design, **known.run_arguments()).album["front"]
    by_point = front.reshape(front.shape[0], -1, 4)
    assert known.past.until == 2
    assert np.allclose(by_point[: known.past.until + 1].std(axis=2), 0, atol=1e-6)
    assert np.nanmean(by_point[-1].std(axis=1)) > 0.01


def test_a_decision_observed_before_the_start_moves_power_towards_who_wanted_it():
    scenario = polity(np.random.default_rng(2), 3)
    design = Design(draws=2000, horizon=1, kept=0)
    places = [one.positions["issue0"].centre for one in scenario.polities["north"].factions.values()]
    top = int(np.argmax(places))
    seen = [f"north issue0 2020-{month:02d}-01 {places[top]:.3f}" for month in range(2, 6)]
    shares = [
        condition_on_evidence(scenario, design, observe=seen[:many])
        .overrides[f"polities.north.factions.f{top}.power"]
        .mean()
        for many in (1, 4)
    ]
    assert scenario.polities["north"].factions[f"f{top}"].power.centre < shares[0] < shares[1]


def test_the_same_seed_gives_the_same_conditioned_runs():
    scenario, design = contest(), Design(draws=400, horizon=3, kept=0)
    one, two = (
        run(
            scenario,
            design,
            **condition_on_evidence(scenario, design, observe=["north line 2021-02-10 0.6"]).run_arguments(),
        )
        for _ in range(2)
    )
    assert np.array_equal(one.code, two.code)
    assert np.array_equal(one.months, two.months)


def test_what_hardly_any_run_shows_is_warned_of_and_leaves_no_nan():
    scenario, design = contest(), Design(draws=800, horizon=2, kept=0)
    known = condition_on_evidence(scenario, design, observe=["north losses 2021-01-10 900"])
    assert all(np.isfinite(values).all() for values in known.overrides.values())
    assert np.isfinite(known.log_evidence)
    assert any("no run shows" in said for said in known.warnings)


def test_evidence_after_the_date_of_knowledge_changes_nothing():
    scenario = polity(np.random.default_rng(2), 3)
    items = [
        Observation.model_validate(
            {
                "id": name,
                "date": on,
                "polity": "north",
                "issue": "issue0",
                "position": 0.9,
                "grade": "A1",
                "source": "s",
            }
        )
        for name, on in (("early", "2020-05-01"), ("late", "2021-05-01"))
    ]
    design = Design(draws=400, kept=0)
    both = scenario.model_copy(update={"evidence": tuple(items)})
    first = scenario.model_copy(update={"evidence": (items[0],)})
    one, other = condition_on_evidence(both, design), condition_on_evidence(first, design)
    assert all(np.array_equal(one.overrides[path], other.overrides[path]) for path in other.overrides)
    assert condition_on_evidence(both, design, as_of=date(2021, 6, 1)).later == 1


def test_a_scenario_without_evidence_cannot_be_conditioned():
    with pytest.raises(Fault, match="there is no evidence up to 2021-01-01"):
        condition_on_evidence(contest(), Design(draws=8))


def test_evidence_weighs_points_of_the_fitted_parameters_and_leaves_no_other_combination():
    scenario = contest()
    points = prepare(scenario, 3).points
    design = Design(draws=1000, per_point=2, horizon=3, kept=0)
    known = condition_on_evidence(scenario, design, observe=["north line 2021-03-20 0.75"])
    drawn = np.array([known.overrides[path] for path in points.paths])
    assert {tuple(column) for column in drawn.T} <= {tuple(column) for column in points.values.T}
    volatility = points.names.index("volatility")
    usual = points.values[volatility] @ points.weight / points.weight.sum()
    assert drawn[volatility].mean() > 1.1 * usual, "a line that far from .5 tells of fronts that move"


def test_choices_and_acts_before_the_start_move_the_powers_of_the_runs():
    scenario = polity(np.random.default_rng(2), 3)
    seen = [f"north issue0 2020-{month:02d}-01 chose:a wanted:f1=a,f2=b" for month in range(2, 8)]
    known = condition_on_evidence(
        scenario,
        Design(draws=1000, horizon=1, kept=0),
        observe=[*seen, "north arrested 2020-09-01 against:f2 favours:f1"],
    )
    shares = [known.overrides[f"polities.north.factions.f{f}.power"].mean() for f in (1, 2)]
    stated = [scenario.polities["north"].factions[f"f{f}"].power.centre for f in (1, 2)]
    assert shares[0] - stated[0] > 0.02
    assert shares[1] - stated[1] < -0.02


def test_what_no_simulated_war_shows_after_the_start_is_named_and_left_out():
    scenario = polity(np.random.default_rng(2), 3)
    after = ["north issue0 2021-03-01 chose:a wanted:f1=a,f2=b", "north funded 2021-03-01 favours:f1"]
    seen = "north issue0 2020-03-01 0.4"
    known = condition_on_evidence(
        scenario, Design(draws=64, horizon=6, kept=0), as_of=date(2021, 4, 1), observe=[seen, *after]
    )
    left_out = [warning for warning in known.warnings if "nothing that the simulated war shows" in warning]
    assert ["options without places" in left_out[0], "an act, funded" in left_out[1]] == [True, True]
    assert known.items == 1


@pytest.mark.parametrize("shows", ["losses", "line", "leader_fell", "ceasefire", "ceasefire_broken"])
def test_what_is_seen_of_an_armed_ally_after_the_start_is_read_in_its_own_war_and_of_a_patron_left_out(shows):
    text = (Path(__file__).parents[1] / "laws" / "three_sided.yaml").read_text()
    east = "  east: {role: patron, factions: {cabinet: {archetype: leader, power: 1, leads: true}}}\n"
    scenario = read_text(text + east).scenario
    seen = {"date": "2025-06-01", "source": "press", "shows": shows}
    amount = {"amount": 0.4} if shows in ("losses", "line") else {}
    rows = [Observation(id=key, polity=key, **seen, **amount) for key in ("march", "east")]
    war = prepare(scenario, 1)
    likelihoods, warnings = observation_likelihoods(scenario, war, [], rows)
    assert [(row.id, war.sides[row.side].key) for row in likelihoods] == [("march", "march")]
    assert ["of east) is nothing that the simulated war shows" in warning for warning in warnings] == [True]
