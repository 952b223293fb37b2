"""What-ifs on the same draws: what changes nothing gives exactly zero."""

from __future__ import annotations

import numpy as np
import pytest
from twins import twins, war

from ripeness.ensemble.design import Design
from ripeness.study.weighted_statistics import (
    ShareEstimate,
    estimate_mean,
    estimate_share,
    run_weights,
    weighted_quantiles,
)
from ripeness.study.whatif import WhatIfChange, whatif
from ripeness.world.fault import Fault

DESIGN = Design(draws=200, per_point=4, horizon=12, kept=0)


def test_a_what_if_that_changes_nothing_gives_differences_of_exactly_zero():
    told = whatif(war(twins(stake__held="0.4 to 0.6")), [WhatIfChange("same", {"talks.mediation": 1})], DESIGN)
    for row in (*told.arms[1].outcomes, *told.arms[1].measures):
        assert (row.more.mean, row.more.low, row.more.high) == (0.0, 0.0, 0.0)


def test_the_same_arm_asked_twice_has_the_same_bits():
    change = {"talks.mediation": 3}
    told = whatif(war(twins()), [WhatIfChange("one", change), WhatIfChange("two", change)], DESIGN)
    assert told.arms[1].outcomes == told.arms[2].outcomes
    assert told.arms[1].measures == told.arms[2].measures


def test_a_cut_link_differs_and_differences_of_all_outcomes_sum_to_nothing():
    told = whatif(war(twins()), [WhatIfChange("cut", {}, ("losses->cost",))], DESIGN)
    more = [row.more.mean for row in told.arms[1].outcomes]
    assert any(one != 0 for one in more)
    assert sum(more) == pytest.approx(0, abs=1e-12)


def test_an_unknown_path_or_link_is_refused_before_anything_is_fought():
    with pytest.raises(Fault, match=r"did you mean .*'talks.mediation'"):
        whatif(war(twins()), [WhatIfChange("x", {"talks.mediaton": 2})], DESIGN)
    with pytest.raises(Fault, match=r"did you mean 'losses->cost'"):
        whatif(war(twins()), [WhatIfChange("x", {}, ("loses->cost",))], DESIGN)


def test_an_impossible_value_says_what_is_possible():
    with pytest.raises(Fault, match=r"stake.held.*0 to 1"):
        whatif(war(twins()), [WhatIfChange("x", {"stake.held": 2})], DESIGN)


def test_errors_of_paired_differences_shrink_with_what_the_arms_share():
    rng = np.random.default_rng(1)
    common, point = rng.normal(size=1000), np.repeat(np.arange(250), 4)
    one, other = common + 0.1 * rng.normal(size=1000), common + 0.1 * rng.normal(size=1000)
    paired = estimate_mean(one - other, point, np.ones(1000))
    alone = estimate_mean(one, point, np.ones(1000))
    assert paired.high - paired.low < 0.3 * (alone.high - alone.low)


def test_a_share_among_no_run_is_not_a_number_and_says_so():
    nothing = estimate_share(np.ones(4), np.arange(4), np.ones(4), np.zeros(4))
    assert isinstance(nothing, ShareEstimate)
    assert np.isnan(nothing.p)
    assert nothing.runs == 0


def test_weights_count_runs_as_often_as_they_say():
    weights = run_weights(4, [3, 1, 0, 0])
    assert estimate_share([1, 0, 1, 1], np.arange(4), weights).p == pytest.approx(0.75)
    assert weighted_quantiles([5.0, 5.0, 9.0, 9.0], weights).high == 5.0
