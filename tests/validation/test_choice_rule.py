"""Whom choices follow: found again where it is known, exact where it can be summed by hand, and as shipped."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from ripeness.scenario.choice_record import VOTING_RULES, choice_record
from ripeness.scenario.council import shipped_councils
from ripeness.validation.councils import choice_rule as model
from ripeness.validation.councils.choice_rule import (
    GRID,
    ChoiceData,
    ChoiceGrid,
    choice_data,
    update_choice_rule,
)
from ripeness.validation.councils.choice_simulation import rank_choices, simulate_choices
from ripeness.validation.councils.choice_ways import DRAWN, LOGITS, SHARES, WAYS
from ripeness.validation.councils.judged_ranges import default_ranges
from ripeness.validation.councils.leader_weight import REGIMES
from ripeness.validation.councils.measure_choices import ChoiceCouncils, measure_choices, share_before
from ripeness.validation.councils.noise import NOISES
from ripeness.validation.councils.simulation_check import unevenness

COUNCILS = shipped_councils()
SMALL = ChoiceGrid(np.array([0.5, 1.5]), NOISES[::5], np.array([0.4]))
CHI_SQUARE = 27.9  # 9 degrees of freedom, one in a thousand


@pytest.fixture(scope="module")
def drawn():
    return ChoiceCouncils(COUNCILS, draws=60)


@pytest.fixture(scope="module")
def fitted():
    return measure_choices(COUNCILS, scored=False).fit


def test_what_is_shipped_is_the_fit(fitted):
    for regime in REGIMES:
        for voting in ("", *VOTING_RULES):
            row = fitted.row(regime, voting or "any")
            assert choice_record(regime, voting).leader_share == pytest.approx(row.log_odds, abs=0.011)
    assert choice_record("mixed").noise == pytest.approx(fitted.log_noise, abs=0.011)


@pytest.mark.parametrize("regime", REGIMES)
def test_the_default_leader_share_of_scenarios_is_that_of_the_fit(fitted, regime):
    assert default_ranges("leader_share")[regime] == pytest.approx(fitted.row(regime).share, abs=0.011)


def test_posteriors_sum_to_one(drawn):
    posterior = update_choice_rule(drawn.drawn, drawn.decided, SMALL)
    assert posterior.differ.sum() == pytest.approx(1)
    assert posterior.combination.sum() == pytest.approx(1)
    for cell, joint in posterior.cell.items():
        assert joint.sum() == pytest.approx(1), cell
        assert joint.sum(axis=1) == pytest.approx(posterior.combination)
        assert posterior.body_share(cell).sum() == pytest.approx(1)
    assert posterior.body_noise().sum() == pytest.approx(1)


def test_no_decision_leaves_the_prior_as_it_is(drawn):
    silent = tuple(np.ones_like(chance) / chance.shape[-1] for chance in drawn.drawn.chance)
    posterior = update_choice_rule(ChoiceData(silent, drawn.drawn.bodies, drawn.drawn.cells), drawn.decided, SMALL)
    assert posterior.regimes_differ == pytest.approx(0.5)
    assert posterior.voting_differs == pytest.approx(0.5)
    assert posterior.log_evidence == pytest.approx(-sum(np.log(chance.shape[-1]) for chance in silent))
    assert posterior.combination == pytest.approx(SMALL.prior)


def test_a_body_before_the_record_may_follow_either(drawn):
    low, middle, high = share_before()
    assert (round(low, 2), round(middle, 2), round(high, 2)) == (0.04, 0.5, 0.96)


def test_the_sums_are_those_of_every_value_in_turn():
    """Two bodies of two regimes and voting rules, against a loop over every unknown."""
    grid = ChoiceGrid(np.array([0.8]), np.array([0.2]), np.array([0.4]))
    rng = np.random.default_rng(3)
    chance = tuple(rng.dirichlet(np.ones(2), (len(LOGITS), len(NOISES))) for _ in range(2))
    cells = (("democracy", "leader"), ("autocracy", "majority"))
    data = ChoiceData(chance, ("one", "two"), cells)
    posterior = update_choice_rule(data, (0, 1), grid)
    likelihood = [grid.body_shares[0] @ chance[n][..., (0, 1)[n]] @ grid.body_noises[0, 0] for n in range(2)]
    cube = model.regime_priors().reshape(-1, *3 * (len(LOGITS),))
    total, with_voting, cell_share = 0.0, 0.0, np.zeros(len(LOGITS))
    steps = np.rint(model.EFFECTS / (LOGITS[1] - LOGITS[0])).astype(int)
    for t, u in product(range(4), range(4)):
        pair = cube[u].sum(axis=1)  # democracy and autocracy
        weight = model.difference_prior()[t] * model.difference_prior()[u]
        for a, b in product(range(len(steps)), repeat=2):
            first, second = (np.clip(np.arange(len(LOGITS)) + steps[x], 0, len(LOGITS) - 1) for x in (a, b))
            prior = weight * model.effect_priors()[t, a] * model.effect_priors()[t, b]
            joint = prior * pair * np.outer(likelihood[0][first], likelihood[1][second])
            total += joint.sum()
            with_voting += joint.sum() * (t > 0)
            np.add.at(cell_share, first, joint.sum(axis=1))
    assert posterior.log_evidence == pytest.approx(np.log(total))
    assert posterior.voting_differs == pytest.approx(with_voting / total)
    assert posterior.cell[cells[0]].sum(axis=0) == pytest.approx(cell_share / total)


def test_ranks_of_true_values_are_uniform_over_simulated_records(drawn):
    """Simulation-based calibration, 150 records of the shape of ours."""
    uneven = {name: unevenness(rank) for name, rank in rank_choices(drawn.drawn, SMALL, 150, seed=7).items()}
    assert len(uneven) == len(set(drawn.drawn.cells)) + 3
    assert max(uneven.values()) < CHI_SQUARE, uneven


def test_ranks_are_not_uniform_where_the_noise_is_wrong(drawn):
    """The test above can fail: the same records, weighed as if the chances were sharper than they are."""
    sharper = tuple(chance**4 / (chance**4).sum(axis=-1, keepdims=True) for chance in drawn.drawn.chance)
    wrong = ChoiceData(sharper, drawn.drawn.bodies, drawn.drawn.cells)
    ranks = []
    for number in range(60):
        truth, decided = simulate_choices(drawn.drawn, SMALL, number, 7)
        share = update_choice_rule(wrong, decided, SMALL, ()).combination.reshape(2, -1).sum(axis=0)
        place = truth["combination"] % len(share)
        ranks.append(share[:place].sum() + 0.5 * share[place])
    assert unevenness(np.array(ranks)) > CHI_SQUARE


def test_leaders_who_always_have_their_way_are_followed_and_ignored_ones_are_not(drawn):
    views = [council.position[council.leader] for council in COUNCILS]
    gaps = [np.abs(council.options - view) for council, view in zip(COUNCILS, views, strict=True)]
    obeyed = update_choice_rule(drawn.drawn, [int(gap.argmin()) for gap in gaps], SMALL)
    ignored = update_choice_rule(drawn.drawn, [int(gap.argmax()) for gap in gaps], SMALL)
    for regime in REGIMES:
        cell = (regime, "leader")
        assert obeyed.body_share(cell) @ SHARES > 0.6
        assert ignored.body_share(cell) @ SHARES < 0.4


def test_voting_rules_that_differ_are_told_apart():
    """Forty bodies: those that vote follow the pivot, those with a leader in charge follow the leader."""
    chance = SHARES[:, None, None] * [0.98, 0.02] + (1 - SHARES)[:, None, None] * np.array([0.02, 0.98])
    chance = np.broadcast_to(chance, (len(LOGITS), len(NOISES), 2))
    cells = tuple(("mixed", rule) for rule in ("majority", "leader") for _ in range(20))
    data = ChoiceData((chance,) * 40, tuple(f"body {n}" for n in range(40)), cells)
    posterior = update_choice_rule(data, [1] * 20 + [0] * 20, SMALL)
    assert posterior.voting_differs > 0.95
    shares = [posterior.body_share(("mixed", rule)) @ SHARES for rule in ("majority", "leader")]
    assert shares[0] < 0.3
    assert shares[1] > 0.7


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_choose_gives_chances(drawn, way):
    data = choice_data(drawn.sittings[:3], [council.voting for council in COUNCILS[:3]], way)
    for chance in data.chance:
        assert chance.shape[:2] == (len(LOGITS), len(NOISES))
        assert np.allclose(chance.sum(axis=-1), 1)


def test_a_choice_that_is_drawn_lies_with_leader_or_pivot_and_not_between(drawn):
    """At even odds both ends are likelier than the middle; where the two are averaged, the middle is."""
    place = next(n for n, council in enumerate(COUNCILS) if council.id == "egypt-1972-10-24")
    half, sharp = len(LOGITS) // 2, 2
    sitting = drawn.sittings[place]
    ends = [WAYS[way](sitting)[half, sharp] for way in (DRAWN, "pivot moved to the leader")]
    assert ends[0][np.abs(sitting.options - sitting.position[sitting.leader].mean()).argmin()] > 0.4
    assert ends[1][np.abs(sitting.options - sitting.position[sitting.leader].mean()).argmin()] < 0.2


def test_further_decisions_move_the_leader_share_and_the_sentence_says_so(fitted):
    measure = measure_choices(COUNCILS[:40], COUNCILS[40:], scored=False)
    assert measure.shipped.decisions == 40
    assert measure.fit.rows == fitted.rows
    assert "7 further decisions move the middle by regime" in measure.sentence()


def test_a_body_left_out_is_scored_by_all_others(drawn):
    """What a body decided changes nothing of what is said of it, and something of what is said of others."""
    councils = ChoiceCouncils(COUNCILS[:12], draws=60)
    before = councils.left_out("pivot alone")
    first = councils.drawn.bodies[0]
    options = len(COUNCILS[0].options)
    councils.decided[0] = (councils.decided[0] + 1) % options
    after = councils.left_out("pivot alone")
    own = np.array([body == first for body in councils.drawn.bodies])
    assert after[own][1:] == pytest.approx(before[own][1:])
    assert not np.allclose(after[~own], before[~own], atol=1e-6)


def test_regimes_that_are_none_are_refused():
    with pytest.raises(ValueError, match="regime is 'monarchy'; it can be democracy"):
        choice_record("monarchy")
    with pytest.raises(ValueError, match="voting is 'lot'; it can be majority"):
        choice_record("mixed", "lot")


def test_the_grid_of_the_fit_is_fine_enough():
    assert len(GRID.prior) == 132
    assert GRID.prior.sum() == pytest.approx(1)
