"""Ripeness: what must hold whatever the numbers, and what the closed form of the bargaining range says."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from twins import fight, twins, war

from ripeness.decision.quota import quota
from ripeness.ensemble.design import Design
from ripeness.scenario.read import open_scenario
from ripeness.study.ripeness.answer import ripeness
from ripeness.study.ripeness.blockers import find_blockers, zone_after_opening
from ripeness.study.ripeness.faction_conditions import expected_gain
from ripeness.study.ripeness.opening_situation import opening_at_samples
from ripeness.study.ripeness.resampled_medians import compare_changes
from ripeness.study.ripeness.terms_council import terms_councils, zone_width
from ripeness.study.ripeness.zone_changes import lower_terms, transfer_power
from ripeness.war.want import LEAST_VOLATILITY
from ripeness.world.outcome import SETTLEMENT

DESIGN = Design(draws=128, per_point=1, horizon=12, kept=0)


def start(changes=None, design=DESIGN):
    return opening_at_samples(war(twins(), changes), design)


def test_without_optimism_the_zone_of_two_unitary_sides_is_their_joint_cost_of_fighting():
    """Fearon 1995: with common beliefs the bargaining range is as wide as what fighting would cost both."""
    changes = {
        f"polities.{p}.factions.{f}.traits.optimism": 0
        for p in ("north", "south")
        for f in ("leader", "army", "business", "people")
    }
    changes |= {"stake.held": "0.3 to 0.7", "laws.renewal": 0}
    one, situation = start(changes, Design(draws=2000, per_point=1, horizon=6, kept=0))
    wide = zone_width(terms_councils(one, situation))
    joint = np.zeros_like(wide)
    for polity, rival in (situation.belligerents(), situation.belligerents()[::-1]):
        gross, net = expected_gain(polity, rival)
        joint += gross[0] - net[0]
    # The two discounted gambles leave nothing over: what one expects to win the other expects to lose.
    assert wide.mean() == pytest.approx(joint.mean(), abs=2 * wide.std() / np.sqrt(len(wide)) + 1e-6)
    assert np.abs(wide - joint).max() < 1e-6


def test_at_parity_the_zone_is_what_the_closed_formula_says():
    """Gambler's ruin between equal barriers without drift: a side wins with sinh(qU) / sinh(2qU), discounted."""
    changes = {
        f"polities.{p}.factions.{f}.traits.optimism": 0
        for p in ("north", "south")
        for f in ("leader", "army", "business", "people")
    }
    one, situation = start(changes | {"laws.renewal": 0}, Design(draws=2000, per_point=1, horizon=6, kept=0))
    shared, (north, south) = situation.shared, situation.belligerents()
    given = situation.parameters
    volatility, barrier, foresight = given.volatility, given.barrier, given.foresight
    sd = np.maximum(volatility, LEAST_VOLATILITY) * np.sqrt(shared.intensity)
    q, up = np.sqrt(2 / (sd**2 * foresight)), barrier + 0.5825971579390106 * sd
    undecided = 1 - 1 / np.cosh(np.minimum(q * up, 300))
    formula = undecided * foresight * (north.monthly_cost[0] + south.monthly_cost[0])
    wide = zone_width(terms_councils(one, situation))
    assert wide.mean() == pytest.approx(formula.mean(), abs=1.645 * wide.std() / np.sqrt(len(wide)))
    assert np.allclose(wide, formula, atol=1e-6)


def test_when_fighting_costs_nothing_no_faction_is_hurting():
    free = {
        f"polities.{p}.factions.{f}.traits.{t}": 0
        for p in ("north", "south")
        for f in ("leader", "army", "business", "people")
        for t in ("casualty_aversion", "exposure")
    }
    free |= {
        f"polities.{p}.factions.{f}.traits.optimism": 0.1
        for p in ("north", "south")
        for f in ("leader", "army", "business", "people")
    }
    told = ripeness(war(twins(), free), DESIGN)
    assert all(one.hurting.p == 0 for one in told.factions if one.month == 0)
    assert told.at(0.0).ripe.p == 0


def test_higher_costs_make_more_factions_hurt():
    def hurting(aversion):
        changes = {
            f"polities.north.factions.{f}.traits.casualty_aversion": aversion
            for f in ("leader", "army", "business", "people")
        }
        told = ripeness(war(twins(), changes), DESIGN)
        return sum(one.hurting.p for one in told.factions if one.polity == "north" and one.month == 0)

    assert hurting(0.00001) < hurting(0.001)


def test_a_veto_of_one_faction_that_is_not_ripe_keeps_its_polity_unripe():
    hawk = {"polities.north.factions.army.traits.optimism": 3, "polities.north.factions.army.veto": True}
    told = ripeness(war(twins(), hawk), DESIGN)
    army = next(one for one in told.factions if one.faction == "army" and one.polity == "north" and one.month == 0)
    without = ripeness(war(twins(), {"polities.north.factions.army.traits.optimism": 3}), DESIGN)
    assert told.at(0.0).polities[0].p <= army.ripe.p < without.at(0.0).polities[0].p


def test_ripeness_does_not_change_with_the_luck_of_the_months():
    first, second = (ripeness(war(twins(talks__mediation=m)), DESIGN) for m in (0, 5))
    assert first.at(0.0).ripe == second.at(0.0).ripe
    assert repr(first.blockers) == repr(second.blockers)  # not by ==: what is not a number equals nothing


CLOSED = {
    f"polities.{p}.factions.{f}.positions.terms": at
    for p in ("north", "south")
    for f, at in (("leader", 0.6), ("army", 0.9), ("business", 0.4), ("people", 0.5))
}


def test_named_blockers_open_the_zone_when_the_quota_rule_is_computed_anew():
    one, situation = start(CLOSED)
    pair = terms_councils(one, situation)
    found = find_blockers(pair, one.allowed, np.ones(DESIGN.points))
    assert not found.open_at_medians
    middle = (pair[0].median(), pair[1].median())
    assert found.terms
    assert found.power
    for opening_ in (*found.terms, *found.power):
        assert zone_after_opening(middle, opening_) >= -1e-6
        assert opening_.zone_after == pytest.approx(zone_after_opening(middle, opening_), abs=1e-6)
        assert opening_.zone_before < 0


def test_the_rule_of_a_council_is_the_published_quota_rule():
    one, situation = start(CLOSED)
    seats = terms_councils(one, situation)[0]
    by_hand = quota(
        seats.power.T,
        seats.salience.T[..., None],
        seats.position.T[..., None],
        quota=0.5,
        leader=seats.side.leader,
        leader_weight=seats.weight,
    )
    assert np.allclose(seats.decide(), by_hand[:, 0])


def test_a_little_less_than_what_blockers_must_concede_opens_nothing():
    one, situation = start(CLOSED)
    pair = terms_councils(one, situation)
    found = find_blockers(pair, one.allowed, np.ones(DESIGN.points)).terms[0]
    middle = (pair[0].median(), pair[1].median())
    keys = [(seats.side.key, key) for seats in middle for key in seats.side.faction_keys]
    inside = {(moved.polity, moved.faction) for moved in found.moved}
    members = np.array([[key in inside] for key in keys])
    less = lower_terms(middle, members, np.array([found.amount - 1e-4]))
    assert zone_width(less)[0] < 0


VETOES = {f"polities.{p}.factions.army.veto": True for p in ("north", "south")}
VETOES |= {
    f"polities.{p}.factions.{f}.positions.terms": at
    for p in ("north", "south")
    for f, at in (("leader", 0.45), ("army", 0.8), ("business", 0.3), ("people", 0.4))
}


def test_where_two_factions_block_no_change_of_fewer_or_by_less_opens_the_zone():
    """The search is checked by trying everything on a grid with the rule itself."""
    one, situation = start(VETOES)
    pair = terms_councils(one, situation)
    found = find_blockers(pair, one.allowed, np.ones(DESIGN.points)).terms[0]
    assert len(found.moved) == 2
    middle = (pair[0].median(), pair[1].median())

    def gap(levels):
        changed = []
        for seats in middle:
            position = seats.position.copy()
            for row, key in enumerate(seats.side.faction_keys):
                position[row] = np.minimum(position[row], levels.get((seats.side.key, key), 1.0))
            changed.append(replace(seats, position=position))
        return float(zone_width((changed[0], changed[1]))[0])

    everybody = [(seats.side.key, key) for seats in middle for key in seats.side.faction_keys]
    assert all(gap({who: level}) < 0 for who in everybody for level in np.linspace(0, 1, 21))
    stated = {
        (seats.side.key, key): float(at[0])
        for seats in middle
        for key, at in zip(seats.side.faction_keys, seats.position, strict=True)
    }
    less = found.amount - 0.01
    assert all(gap({a: stated[a] - less, b: stated[b] - less}) < 0 for a, b in combinations(everybody, 2))
    assert gap({(moved.polity, moved.faction): moved.after for moved in found.moved}) >= -1e-6


def test_where_there_are_too_many_sets_to_try_nobody_in_the_one_named_can_be_left_out(monkeypatch):
    from ripeness.study.ripeness import blockers as room

    one, situation = start(VETOES)
    pair = terms_councils(one, situation)
    found = find_blockers(pair, one.allowed, np.ones(DESIGN.points)).terms[0]
    monkeypatch.setattr(room, "MOST_SETS", 1)
    (pruned,) = find_blockers(pair, one.allowed, np.ones(DESIGN.points)).terms
    middle = (pair[0].median(), pair[1].median())
    assert zone_after_opening(middle, pruned) >= -1e-6
    assert {moved.faction for moved in found.moved} <= {moved.faction for moved in pruned.moved}
    everybody = [(seats.side.key, key) for seats in middle for key in seats.side.faction_keys]
    for left_out in pruned.moved:
        inside = {(moved.polity, moved.faction) for moved in pruned.moved} - {(left_out.polity, left_out.faction)}
        members = np.array([[who in inside] for who in everybody])
        assert zone_width(lower_terms(middle, members, np.array([1.0])))[0] < 0


def test_a_little_less_power_that_changes_hands_opens_nothing():
    one, situation = start(CLOSED)
    pair = terms_councils(one, situation)
    middle = (pair[0].median(), pair[1].median())
    keys = [(seats.side.key, key) for seats in middle for key in seats.side.faction_keys]
    openings = find_blockers(pair, one.allowed, np.ones(DESIGN.points)).power
    for opening_ in openings:
        members = np.array([[key in {(moved.polity, moved.faction) for moved in opening_.moved}] for key in keys])
        assert zone_width(transfer_power(middle, members, np.array([opening_.amount])))[0] >= -1e-9
        assert zone_width(transfer_power(middle, members, np.array([opening_.amount * 0.999])))[0] < 0
    hands = [sum(abs(moved.after - moved.before) for moved in opening_.moved) for opening_ in openings]
    assert hands == sorted(hands)


def test_who_blocks_is_judged_at_the_weighted_medians():
    one, situation = start({"stake.held": "0.2 to 0.8"})
    pair = terms_councils(one, situation)
    weights = (np.arange(DESIGN.points) < DESIGN.points // 2).astype(float)
    half = tuple(seats.only(weights > 0) for seats in pair)
    told = find_blockers(pair, one.allowed, weights)
    assert told.zone_at_medians == pytest.approx(
        find_blockers(half, one.allowed, np.ones(len(half[0].weight))).zone_at_medians
    )


def test_nobody_blocks_where_the_zone_is_open():
    open_ = dict.fromkeys(CLOSED, 0.3)
    told = ripeness(war(twins(), open_), DESIGN)
    assert told.blockers.open_at_medians
    assert told.blockers.terms == ()
    assert told.blockers.closed.p == 0


def test_a_full_guarantee_opens_a_zone_that_only_rearming_keeps_closed():
    calm = {
        f"polities.{p}.factions.{f}.traits.optimism": 0
        for p in ("north", "south")
        for f in ("leader", "army", "business", "people")
    }
    calm |= {path.replace("optimism", "exposure"): 0 for path in calm}
    calm |= {path.replace("exposure", "casualty_aversion"): 0.00001 for path in calm if path.endswith("exposure")}
    told = ripeness(war(twins(), calm | {"polities.south.conduct.rearm": 3}), DESIGN)
    for_all = told.guarantees[0]
    assert for_all.zone_without < 0 < for_all.zone_full
    assert 0 < for_all.least < 1
    on_south = next(one for one in told.guarantees if one.binds == "south")
    on_north = next(one for one in told.guarantees if one.binds == "north")
    assert on_south.zone_full > 0
    assert on_north.zone_full == pytest.approx(on_north.zone_without)


def test_parts_of_the_hazard_add_up_to_that_of_the_settled_runs():
    calm = {
        f"polities.{p}.factions.{f}.traits.optimism": 0
        for p in ("north", "south")
        for f in ("leader", "army", "business", "people")
    }
    told = ripeness(war(twins(), calm), DESIGN)
    ensemble = fight(twins(horizon=12), calm, draws=128)
    settled = ensemble.code == SETTLEMENT
    assert settled.any()
    assert told.breaking.settled.p == pytest.approx(settled.mean())
    assert told.breaking.yearly.mean == pytest.approx(float(ensemble.results["renewal"][settled].mean()), rel=1e-5)
    assert sum(part.mean for _, part in told.breaking.parts) == pytest.approx(told.breaking.yearly.mean)


def test_weights_that_leave_one_half_give_the_answer_of_that_half():
    scenario = war(twins(), {"stake.held": "0.3 to 0.7"})
    weights = (np.arange(128) < 64).astype(float)
    told = ripeness(scenario, DESIGN, weights=weights)
    half = ripeness(scenario, Design(draws=64, per_point=1, horizon=12, kept=0))
    assert told.at(6.0).ripe.p == pytest.approx(half.at(6.0).ripe.p)
    assert told.blockers.closed.p == pytest.approx(half.blockers.closed.p)


@pytest.mark.parametrize("coding", ["public", "ceasefire"])
def test_a_tie_of_blockers_is_called_a_tie_whatever_the_seed(coding):
    """Each presidency settles terms alone, so that the same concession by either opens the zone."""
    scenario = open_scenario("ukraine-2023-03", coding).scenario
    named = []
    for seed in (1, 2, 3):
        design = Design(draws=4000, seed=seed, kept=0)
        war_, situation = opening_at_samples(scenario, design)
        found = find_blockers(terms_councils(war_, situation), war_.allowed, np.ones(design.points), seed)
        assert [one.tied for one in found.terms] == [True, True]
        assert all(one.least > 0.5 for one in found.terms)
        named.append([moved.faction for one in found.terms for moved in one.moved])
    assert named[0] == named[1] == named[2]


def test_a_change_that_is_clearly_less_is_no_tie_and_one_that_is_rarely_enough_is():
    clear, alike = compare_changes(np.array([np.full(100, 0.1), np.full(100, 0.2)]))
    assert (clear.tolist(), alike.tolist()) == ([1.0, 0.0], [True, False])
    sometimes = np.where(np.arange(100) < 30, 0.05, 0.2)
    share, alike = compare_changes(np.array([np.full(100, 0.1), sometimes]))
    assert share == pytest.approx([0.7, 0.3])
    assert alike.all()


def test_how_often_each_faction_blocks_is_compared_on_the_same_inputs():
    design = Design(draws=1600, kept=0)
    war_, situation = opening_at_samples(open_scenario("ukraine-2023-03").scenario, design)
    found = find_blockers(terms_councils(war_, situation), war_.allowed, np.ones(design.points), 1)
    first, second = found.alone[:2]
    assert found.ahead.mean == pytest.approx(first.opens.p - second.opens.p)
    assert found.ahead.low < found.ahead.mean < found.ahead.high
    assert 0 < first.least.p <= first.opens.p
    assert found.zone_range.low <= found.zone_at_medians <= found.zone_range.high
