"""Behaviours of bargaining that must hold whatever the coefficients: model, section 5."""

from __future__ import annotations

import numpy as np
import pytest
from twins import fight, mean_months, median_months, settled, sides, twins

from ripeness.war.block import new_records
from ripeness.war.want import gamble

ALL = "polities.*.factions.*.traits."
PLAIN = twins() | {}
RATIONAL = {ALL + "optimism": 0}
CHEAP = RATIONAL | {ALL + "casualty_aversion": 0.00003, ALL + "exposure": 0.01}
HOPEFUL = {ALL + "optimism": 1.0}


def test_fearon_any_friction_makes_the_war_of_sides_without_any_longer():
    bare = fight(PLAIN, RATIONAL)
    frictions = {
        "optimism": {ALL + "optimism": 0.6},
        "war gain": {ALL + "war_gain": 0.01},
        "rearming": {"polities.*.conduct.rearm": 1.2},
        "error": {"polities.*.conduct.estimate_error": 0.6},
    }
    for name, friction in frictions.items():
        longer = fight(PLAIN, RATIONAL | friction).results["months"] - bare.results["months"]  # on the same draws
        assert longer.mean() > 0.05 * mean_months(bare), name
        assert longer.mean() > 5 * longer.std() / np.sqrt(longer.size), name


def test_no_zone_no_deal_ever():
    for changes in (RATIONAL, HOPEFUL, CHEAP | {"polities.south.conduct.rearm": 1.5}):
        ensemble = fight(PLAIN, changes)
        assert settled(ensemble).any()
        assert (ensemble.results["zone"][settled(ensemble)] >= 0).all()


def test_misperception_can_bring_talks_to_a_deal_where_there_is_no_zone():
    ensemble = fight(PLAIN, HOPEFUL | {"talks.misperception": 0.3})
    assert (ensemble.results["zone"][settled(ensemble)] < 0).any()


def test_wittman_an_equal_and_opposite_swing_does_not_open_the_zone():
    still = {"laws.advance": 0.0001, "laws.volatility": 0.15} | RATIONAL
    zones = [
        fight(PLAIN, still | {"stake.held": held}, draws=64, kept=64).album["zone"][1] for held in (0.35, 0.5, 0.65)
    ]
    assert np.allclose(zones[0], zones[1], atol=0.03)
    assert np.allclose(zones[2], zones[1], atol=0.03)


def test_slantchev_more_optimism_makes_longer_wars():
    months = [mean_months(fight(PLAIN, {ALL + "optimism": hope})) for hope in (0.3, 0.8, 1.2)]
    assert months[0] + 0.5 < months[1] < months[2] - 2


def test_slantchev_stubborn_beliefs_make_longer_wars():
    months = [mean_months(fight(PLAIN, HOPEFUL | {ALL + "stubbornness": k})) for k in (1, 4, 20)]
    assert months[0] + 0.5 < months[1] < months[2] - 0.5


def test_slantchev_beliefs_of_both_sides_converge_with_fighting():
    ensemble = fight(PLAIN, HOPEFUL | {"talks.mediation": 0}, draws=512, kept=512)
    gap = sides(ensemble, "mean")[:, 0] + sides(ensemble, "mean", "south")[:, 0]
    assert gap[0] == pytest.approx(2.0, abs=1e-6)
    assert gap[12] < 0.85 * gap[0]
    assert gap[24] < gap[12]


def test_a_quiet_front_teaches_nothing():
    ensemble = fight(
        PLAIN, HOPEFUL | {"talks.mediation": 0, "laws.learning": 0, "laws.forgetting": 0}, draws=64, kept=64
    )
    belief = sides(ensemble, "mean")[:, 0]
    assert np.allclose(belief, belief[0])


def test_powell_rearming_above_the_joint_costs_more_than_doubles_the_median_duration():
    base = median_months(fight(PLAIN, CHEAP))
    assert median_months(fight(PLAIN, CHEAP | {"polities.south.conduct.rearm": 1.2})) > 2 * base


def test_powell_rearming_hardly_matters_where_war_is_dear():
    dear = RATIONAL | {ALL + "casualty_aversion": 0.0003, ALL + "exposure": 0.06}
    months = [mean_months(fight(PLAIN, dear | {"polities.south.conduct.rearm": gain})) for gain in (0, 0.5, 1.2)]
    assert months[0] <= months[1] <= months[2] < 1.2 * months[0]


def test_powell_a_full_guarantee_undoes_rearming():
    bound = CHEAP | {"talks.guarantee": 1}
    months = [fight(PLAIN, bound | {"polities.south.conduct.rearm": gain}).results["months"] for gain in (0, 1.2)]
    assert np.array_equal(months[0], months[1])


def _mean_zone(changes):
    return float(
        np.nanmean(fight(PLAIN, RATIONAL | {"talks.mediation": 0} | changes, draws=64, kept=64).album["zone"][1])
    )


def test_goemans_fate_of_the_losing_leader_narrows_the_zone_when_settlement_lies_below_his_line():
    losing = {
        "polities.north.resources.quality": 0.7,
        "polities.north.conduct.leader_weight": 0.9,
        "polities.north.regime": "mixed",
    }
    feared = {
        "polities.north.factions.leader.traits.office": 0.3,
        "polities.north.factions.leader.traits.punishment": 0.3,
    }
    assert _mean_zone(losing | feared) < 0.9 * _mean_zone(losing)


def test_goemans_fate_lowers_the_terms_of_a_leader_whom_no_acceptable_settlement_costs_office():
    led = CHEAP | {"polities.north.regime": "autocracy", "stake.held": 0.35, "talks.mediation": 0}
    feared = {"polities.north.factions.leader.traits.punishment": 0.3}
    calm, afraid = (fight(PLAIN, led | more, draws=256, kept=256) for more in ({}, feared))
    before, after = (ensemble.album["north.reservation"][0, 0] for ensemble in (calm, afraid))
    safe = after > 0.6 * 0.35  # the highest punishment line in the shipped range
    assert safe.mean() > 0.5
    assert (after[safe] <= before[safe]).mean() > 0.95  # a few draw a line above it
    assert (after[safe] < before[safe] - 1e-4).mean() > 0.5


def test_a_leader_without_culpability_does_not_carry_the_fate():
    losing = {
        "polities.north.resources.quality": 0.35,
        "polities.north.conduct.leader_weight": 0.9,
        "polities.north.regime": "mixed",
    }
    feared = {
        "polities.north.factions.leader.traits.office": 0.3,
        "polities.north.factions.leader.traits.punishment": 0.3,
    }
    successor = {"polities.north.factions.leader.culpable": False}
    assert _mean_zone(losing | feared | successor) == pytest.approx(_mean_zone(losing | successor), abs=1e-9)


def test_audience_public_terms_raise_demands():
    said = {"polities.north.conduct.public_terms": 0.9, "polities.north.factions.*.traits.audience_cost": 0.5}
    demand = [
        sides(fight(PLAIN, RATIONAL | {"talks.mediation": 0} | more, draws=64, kept=64), "demand")[1]
        for more in ({}, said)
    ]
    assert demand[1] > demand[0] + 0.1


def test_a_guarantor_lowers_and_spoilers_raise_the_hazard_of_renewed_war():
    rearm = CHEAP | {"polities.south.conduct.rearm": 0.6}
    free, bound = (fight(PLAIN, rearm | {"talks.guarantee": guarantee}) for guarantee in (0.3, 0.9))
    both = settled(free) & settled(bound)
    assert both.mean() > 0.4
    assert bound.results["renewal"][both].mean() < 0.9 * free.results["renewal"][both].mean()
    hawk = {"polities.north.factions.army.traits.war_gain": 0.05}
    calm, spoilt = (fight(PLAIN, CHEAP | more) for more in ({}, hawk))
    assert spoilt.results["renewal"][settled(spoilt)].mean() > 1.2 * calm.results["renewal"][settled(calm)].mean()


def test_an_indivisible_stake_blocks_deals_that_a_divisible_one_allows():
    whole = fight(PLAIN, CHEAP | {"stake.allowed": (0.0, 1.0)})
    assert settled(whole).mean() < 0.4 * settled(fight(PLAIN, CHEAP)).mean()


@pytest.mark.parametrize("front", [-3.0, -1.0, 0.0, 2.5])
def test_the_gamble_is_symmetric_and_grows_with_the_drift_at_any_gap(front):
    parameters = new_records(
        "parameters", advance=0.25, barrier=3.5, deadlock=0.35, foresight=24, volatility=0.15, pace=1
    )[0]
    beliefs = np.linspace(-12, 12, 97)
    ours = [gamble(front, belief, 0.6, 0.6, 0.6, 1.0, parameters, 0) for belief in beliefs]
    theirs = [gamble(-front, -belief, 0.6, 0.6, 0.6, 1.0, parameters, 0) for belief in beliefs]
    assert np.allclose([win for win, _ in ours], [lose for _, lose in theirs], atol=1e-12)
    assert (np.diff([win for win, _ in ours]) >= -1e-12).all()
    assert (np.diff([lose for _, lose in ours]) <= 1e-12).all()
    chances = [win / (win + lose) for win, lose in ours]
    assert (np.diff(chances) >= -1e-12).all()
    assert ours[0][0] < 1e-6
    assert ours[-1][1] < 1e-6


def test_stated_terms_move_with_what_a_whatif_changes():
    """Terms are stated under things as they are: a guarantee that takes away fear of rearming lowers them."""
    from twins import war

    from ripeness.ensemble.design import Design
    from ripeness.ensemble.run import run
    from ripeness.ensemble.stated import as_stated

    fearful = CHEAP | {
        "talks.mediation": 0,
        "polities.south.conduct.rearm": 1.2,
        "polities.north.factions.*.positions.terms": 0.7,
    }
    design, scenario = Design(draws=64, per_point=1, kept=64), war(PLAIN, fearful)
    demands = [
        sides(run(one, design, stated=as_stated(scenario, design)), "demand")[0]
        for one in (scenario, war(PLAIN, fearful | {"talks.guarantee": 1}))
    ]
    assert demands[0] == pytest.approx(0.7, abs=1e-6)
    assert demands[1] < 0.6
