"""The leader weight: found again where it is known, and no more certain than the record makes it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ripeness.scenario.council import shipped_councils
from ripeness.validation.councils.judged_ranges import QUANTITIES, default_ranges, judged_prior, judged_ranges
from ripeness.validation.councils.leader_weight import (
    LOGITS,
    QUOTAS,
    REGIMES,
    CouncilRecord,
    body_priors,
    council_record,
    leader_weight_prior,
    scatter_matrix,
    update_leader_weight,
)
from ripeness.validation.councils.measure_leader_weights import (
    WEIGHTS,
    leader_share_interval,
    measure_leader_weights,
    variance,
)
from ripeness.validation.councils.rows import honest_rows
from ripeness.validation.councils.simulation_check import rank_simulations, simulate_record, unevenness
from ripeness.validation.councils.sitting import sitting

COUNCILS = shipped_councils()
SITTINGS = [sitting(one, draws=60) for one in COUNCILS]
DECIDED = [one.decided for one in COUNCILS]
CHI_SQUARE = 27.9  # 9 degrees of freedom, one in a thousand


@pytest.fixture(scope="module")
def mean():
    return council_record("weighted_mean", SITTINGS)


def test_priors_and_posteriors_sum_to_one(mean):
    found = update_leader_weight(mean, DECIDED)
    for part in (found.typical, found.body, found.noise, found.quota, body_priors(leader_weight_prior())):
        assert all(abs(share.sum() - 1) < 1e-9 for share in part.values())
    assert np.allclose(scatter_matrix(LOGITS, np.array([0.15, 2.5])).sum(axis=-1), 1)


def test_the_stated_prior_holds_nine_in_ten_regimes_between_08_and_92():
    low, middle, high = leader_share_interval(leader_weight_prior().weight["mixed"], WEIGHTS)
    assert (round(low, 2), round(middle, 2), round(high, 2)) == (0.08, 0.5, 0.92)


def test_no_decision_leaves_the_prior_as_it_is(mean):
    silent = CouncilRecord(mean.rule, tuple(np.ones_like(one) / one.shape[-1] for one in mean.chance), mean.bodies)
    found = update_leader_weight(silent, DECIDED)
    assert all(np.allclose(found.typical[name], leader_weight_prior().weight[name]) for name in REGIMES)
    expected = -sum(np.log(one.shape[-1]) for one in mean.chance)
    assert abs(found.log_evidence - expected) < 1e-6


def test_ranks_of_true_values_are_uniform_over_simulated_records(mean):
    """Simulation-based calibration, 200 records of the shape of ours."""
    uneven = {
        name: unevenness(rank)
        for name, rank in rank_simulations(mean, 200, seed=5).items()
        if not name.startswith("quota")
    }
    assert len(uneven) == 7
    assert max(uneven.values()) < CHI_SQUARE, uneven


def test_ranks_are_not_uniform_where_the_noise_is_wrong(mean):
    """The test above can fail: the same records, weighed as if the chances were sharper than they are."""
    sharper = tuple(one**3 / (one**3).sum(axis=-1, keepdims=True) for one in mean.chance)
    wrong = CouncilRecord(mean.rule, sharper, mean.bodies)
    from ripeness.validation.councils.simulation_check import posteriors

    rank = []
    for number in range(100):
        truth, decided = simulate_record(mean, number, 5)
        told = posteriors(update_leader_weight(wrong, decided))["noise mixed"]
        rank.append(told[: truth["noise mixed"]].sum() + 0.5 * told[truth["noise mixed"]])
    assert unevenness(np.array(rank)) > CHI_SQUARE


def test_leaders_who_always_have_their_way_weigh_much_and_ignored_ones_little(mean):
    views = [one.position[one.leader] for one in COUNCILS]
    nearest = [int(np.abs(one.options - view).argmin()) for one, view in zip(COUNCILS, views, strict=True)]
    farthest = [int(np.abs(one.options - view).argmax()) for one, view in zip(COUNCILS, views, strict=True)]
    obeyed, ignored = update_leader_weight(mean, nearest), update_leader_weight(mean, farthest)
    for name in REGIMES:
        assert leader_share_interval(obeyed.typical[name], WEIGHTS)[1] > 0.65
        assert leader_share_interval(ignored.typical[name], WEIGHTS)[1] < 0.4


def test_more_of_the_same_decisions_narrow_the_interval(mean):
    bodies = [(f"{body} again", regime) for body, regime in mean.bodies]
    twice = CouncilRecord(mean.rule, mean.chance * 2, (*mean.bodies, *bodies))
    once, both = update_leader_weight(mean, DECIDED), update_leader_weight(twice, DECIDED * 2)
    assert variance(both.typical["mixed"]) < variance(once.typical["mixed"])


def test_judged_priors_come_back_as_the_intervals_that_they_were_made_of():
    before = judged_prior(len(QUOTAS))
    for name, share in body_priors(before).items():
        assert np.allclose(leader_share_interval(share, WEIGHTS), judged_ranges("leader_weight")[name], atol=0.03)
        assert np.allclose(leader_share_interval(before.quota[name], QUOTAS), judged_ranges("quota")[name], atol=0.03)


@pytest.fixture(scope="module")
def whole():
    return measure_leader_weights(COUNCILS, draws=200)


@pytest.mark.parametrize("name", REGIMES)
def test_the_defaults_of_scenarios_are_the_judged_ranges_after_the_record(whole, name):
    """What stands in archetypes.yaml is what the fit gives, to the hundredth and what other draws move."""
    regime = next(one for one in whole.regimes if one.name == name)
    assert np.allclose(default_ranges("leader_weight")[name], regime.updated, atol=0.016)
    assert np.allclose(default_ranges("quota")[name], regime.quota_updated, atol=0.016)


def test_defaults_that_rest_on_the_record_say_so():
    from ripeness.scenario.archetypes import default_tables

    for what in QUANTITIES:
        assert default_tables().at(["conduct", what, "kind"]).content == "derived"
        assert "councils" in default_tables().at(["conduct", what, "source"]).plain()


def test_the_sentence_follows_the_variance_that_is_left(whole):
    assert ("does not settle" in whole.sentence()) == all(one.body_left >= 0.75 for one in whole.regimes)
    told = replace(whole, regimes=tuple(replace(one, body_left=0.2) for one in whole.regimes))
    assert "narrows what is known of a body in: democracy, mixed, autocracy" in told.sentence()


def test_the_honest_page_has_a_row_for_each_question(whole):
    from ripeness.validation.councils.blind_scores import score_blind

    rows = honest_rows(score_blind(COUNCILS, draws=40), whole)
    assert [set(row) for row in rows] == [{"question", "found", "rests on"}] * 4
    assert "47 decisions, 26 bodies" in rows[0]["rests on"]
