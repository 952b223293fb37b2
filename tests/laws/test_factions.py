"""Behaviours of factions inside a polity that must hold: model, section 5."""

from __future__ import annotations

import numpy as np
import pytest
from twins import faction, fight, mean_months, settled, sides, twins

from ripeness.war.block import Agenda, new_records
from ripeness.war.lead import replace_leaders, set_successors_terms
from ripeness.war.state import BLOCK

ALL = "polities.*.factions.*.traits."
NORTH = "polities.north.factions."
PLAIN = twins(**{ALL + "optimism": 0.8})
FREE = {"polities.*.conduct.leader_weight": 0}


def _powers(leader, army, business, people):
    return {
        f"polities.*.factions.{name}.power": power
        for name, power in zip(("leader", "army", "business", "people"), (leader, army, business, people), strict=True)
    }


def test_jackson_morelli_a_faction_that_gains_from_war_raises_terms_as_its_power_grows():
    gain = FREE | {"talks.mediation": 0, NORTH + "army.traits.war_gain": 0.03}
    terms = [
        sides(
            fight(PLAIN, gain | {NORTH + f"{name}.power": power for name, power in shares.items()}, draws=64, kept=64),
            "demand",
        )[1]
        for shares in ({}, {"leader": 0.1, "army": 0.7, "business": 0.1, "people": 0.1})
    ]
    assert terms[1] > terms[0] + 0.1


def test_veto_players_a_higher_quota_makes_longer_wars():
    hawks = FREE | {"polities.*.factions.army.traits.war_gain": 0.02}
    low, high = (fight(PLAIN, hawks | {"polities.*.conduct.quota": quota}) for quota in (0.5, 0.9))
    assert mean_months(high) > 1.5 * mean_months(low)


def test_veto_players_a_hawk_with_a_veto_makes_longer_wars_and_better_terms_if_any():
    hawk = FREE | {NORTH + "army.traits.war_gain": 0.015}
    without, with_veto = (fight(PLAIN, hawk | {NORTH + "army.veto": veto}) for veto in (False, True))
    assert mean_months(with_veto) > 1.3 * mean_months(without)
    assert (
        with_veto.results["share"][settled(with_veto)].mean() > without.results["share"][settled(without)].mean() + 0.02
    )


def test_veto_players_a_side_that_needs_more_to_agree_gets_better_terms_if_any():
    hawks = FREE | {NORTH + "army.traits.war_gain": 0.015}
    low, high = (fight(PLAIN, hawks | {"polities.north.conduct.quota": quota}) for quota in (0.5, 0.9))
    assert mean_months(high) > 1.2 * mean_months(low)
    assert high.results["share"][settled(high)].mean() > low.results["share"][settled(low)].mean() + 0.02


def test_military_rule_fights_longer_for_more_than_rule_by_trade():
    interests = {
        "polities.*.factions.army.traits.war_gain": 0.01,
        "polities.*.factions.business.traits.exposure": 0.15,
    } | FREE
    by_army, by_trade = (
        fight(PLAIN, interests | _powers(0.1, *shares, 0.1), kept=256) for shares in ((0.7, 0.1), (0.1, 0.7))
    )
    assert mean_months(by_army) > 1.5 * mean_months(by_trade)
    assert sides(by_army, "demand")[0] > sides(by_trade, "demand")[0] + 0.05


# A war in which little but the leader's fate stands between the sides.
FATEFUL = {
    ALL + "optimism": 0,
    ALL + "casualty_aversion": 0.00003,
    ALL + "exposure": 0.01,
    "polities.north.resources.quality": 0.8,
    "polities.north.regime": "mixed",
    "polities.north.conduct.leader_weight": 0.9,
    NORTH + "leader.traits.office": 1.5,
    NORTH + "leader.traits.punishment": 1.5,
}


def _settlement_hazard(changes):
    ensemble = fight(PLAIN, FATEFUL | changes, draws=4000)
    return settled(ensemble).sum() / ensemble.results["months"].sum()


def test_a_new_leader_without_culpability_in_a_losing_country_raises_the_settlement_hazard():
    stays, falls = (_settlement_hazard({"laws.removal": rate}) for rate in (0, 0.3))
    assert falls > 1.2 * stays
    # Where nobody was to blame, a fall changes little.
    blameless = {NORTH + "leader.traits.office": 0, NORTH + "leader.traits.punishment": 0}
    stays, falls = (_settlement_hazard(blameless | {"laws.removal": rate}) for rate in (0, 0.3))
    assert abs(falls - stays) < 0.15 * stays


def test_a_successor_takes_the_coalitions_positions_and_belief_and_no_blame():
    """In the first of two runs the leader falls, in the second he stays."""
    polity = new_records("polities", removal_hazard=9, demand=0.3, leader=0, terms_issue=1)[0]
    polity.random[3, :2] = 0.0, 0.99999
    factions = new_records(
        "factions",
        3,
        power=[0.4, 0.2, 0.4],
        reservation=[0.9, 0.1, 0.5],
        stubbornness=4,
        belief=[1.5, -0.7, 0.4],
        precision=30,
        culpable=[1, 0, 0],
    )
    stated, decided = np.zeros((2, 3, BLOCK)), np.zeros((2, BLOCK))
    stated[:, :, :2] = [[[0.9, 0.9], [0.2, 0.2], [0.4, 0.4]]] * 2
    position = stated.copy()
    position[1, :, :2] = [[0.95, 0.95], [0.3, 0.3], [0.6, 0.6]]
    agenda = Agenda(new_records("issues", 2), stated, position, stated, decided, decided)
    replace_leaders(polity, factions, agenda, 1.0, 2)
    leader = factions[0]
    assert polity.leader_fell[:2].tolist() == [1.0, 0.0]
    assert stated[0, 0, :2].tolist() == pytest.approx([0.2, 0.9])
    assert leader.belief[:2].tolist() == pytest.approx([-0.7, 1.5])
    assert leader.precision[:2].tolist() == [4.0, 30.0]
    assert leader.culpable[:2].tolist() == [0.0, 1.0]
    # The successor's own reservation is known a month later: the position on terms is then where the coalition stood.
    factions.states_terms = True
    leader.reservation[:2], leader.reservation_start[:2] = 0.5, 0.8
    set_successors_terms(polity, leader, agenda, 2)
    assert stated[1, 0, :2].tolist() == pytest.approx([0.8 + 0.3 - 0.5, 0.9])
    assert not polity.successor[:2].any()


def test_rents_cutting_the_trade_rents_of_a_restrained_war_lowers_restraint():
    """M6: the faction that lives on what is spared loses power, and its stake, when the rents stop."""
    business = faction(
        0.3, restraint=0.9, responds={"restraint": {"rents": 0.3}}, flags={"rent_issue": "restraint"}, trade_rent=0.06
    )
    rich = {"talks.mediation": 0, "polities.north.factions.business": business}
    end = {
        "events.cut": {
            "on": "2021-07-01",
            "changes": [{"path": "polities.north.factions.business.traits.trade_rent", "set": 0}],
        }
    }
    poor = {NORTH + "business.traits.trade_rent": 0}
    with_rents, without, cut = (
        sides(fight(PLAIN, rich | more, draws=256, kept=256), "restraint")[24] for more in ({}, poor, end)
    )
    assert without < with_rents - 0.01
    assert cut < with_rents - 0.02
    before = sides(fight(PLAIN, rich | end, draws=256, kept=256), "restraint")[5]
    assert before == pytest.approx(sides(fight(PLAIN, rich, draws=256, kept=256), "restraint")[5], abs=1e-12)


def test_pressure_brings_reform_unless_the_factions_that_it_hits_hold_the_quota():
    """M9: pressure makes a country cut its luxuries; those who would pay can block it while they are strong."""
    urged = {f"{NORTH}{name}.responds": {"reform": {"pressure": 0.6}} for name in ("leader", "army", "people")}
    losing = (
        FREE
        | urged
        | {"talks.mediation": 0, "polities.north.resources.quality": 0.5, "polities.north.issues.reform.rule": "quota"}
    )
    opposed = {NORTH + "business.positions.reform": 0.0, "polities.north.conduct.quota": 0.5}
    weak = _powers(0.4, 0.3, 0.1, 0.2)
    strong = _powers(0.15, 0.1, 0.65, 0.1)
    yields, blocks = (
        sides(fight(PLAIN, losing | opposed | powers, draws=256, kept=256), "reform")[18] for powers in (weak, strong)
    )
    assert yields > 0.4
    assert blocks < 0.15


def test_reform_takes_power_from_those_that_it_hits():
    crackdown = FREE | {
        "talks.mediation": 0,
        "polities.north.factions.*.positions.reform": 1.0,
        "polities.north.resources.quality": 0.5,
    }
    power = sides(fight(PLAIN, crackdown, draws=256, kept=256), "power")
    assert power[18, 2] < 0.7 * power[0, 2]


def test_an_issue_without_a_role_is_decided_and_changes_no_bit_of_the_war():
    restless = FREE | {
        "laws.removal": 0.05,
        "polities.*.factions.*.traits.exit_rate": 0.1,
        "polities.*.factions.*.traits.loyalty": 0.05,
    }
    schools = {"polities.north.issues.schools": {"ends": ["old", "new"], "rule": "quota"}} | {
        f"{NORTH}{name}.{what}.schools": x
        for name, at in zip(("leader", "army", "business", "people"), (0.1, 0.9, 0.4, 1.0), strict=True)
        for what, x in (("positions", at), ("salience", 1.0))
    }
    bare, beside = (fight(PLAIN, restless | more, draws=256, kept=8) for more in ({}, schools))
    assert beside.album["north.decided"][0].shape[0] == 1 + bare.album["north.decided"][0].shape[0]
    assert bare.results["fell"].sum() > 5
    assert bare.results["gone"].sum() > 5
    for name, found in bare.results.items():
        assert np.array_equal(found, beside.results[name], equal_nan=True), name


def test_exit_a_blocking_faction_that_leaves_blocks_no_more():
    """M10: whoever leaves takes his power, and his veto, with him."""
    hawk = FREE | {
        NORTH + "army.traits.war_gain": 0.05,
        NORTH + "army.veto": True,
        NORTH + "army.positions.effort": 1.0,
        NORTH + "army.salience.effort": 1.0,
        NORTH + "army.traits.loyalty": 0.05,
    }
    stays, leaves = (fight(PLAIN, hawk | {NORTH + "army.traits.exit_rate": rate}) for rate in (0, 0.5))
    assert leaves.results["gone"][1].mean() > 0.5
    assert mean_months(leaves) < 0.6 * mean_months(stays)


def test_a_unitary_country_has_no_factions_to_block_it():
    from twins import war

    from ripeness.ensemble.design import Design
    from ripeness.ensemble.run import run
    from ripeness.scenario.one_leader import with_one_leader

    blocked = FREE | {"polities.*.factions.army.traits.war_gain": 0.05, "polities.*.factions.army.veto": True}
    factional = fight(PLAIN, blocked)
    alone = run(with_one_leader(war(PLAIN, blocked)), Design(draws=2000, per_point=1, kept=0))
    assert mean_months(alone) < 0.5 * mean_months(factional)
