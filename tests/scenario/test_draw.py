"""Numbers are drawn as their intervals say, each by its own name."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import beta, lognorm, norm, triang, uniform

from ripeness.scenario.input_sample import sample_inputs
from ripeness.scenario.number_field import NumberField
from ripeness.world.quantity import Z90, Quantity, Scale

POINTS = np.arange(40_000, dtype=np.uint64)
INTERVALS = [
    Quantity("interval", (3.0, 1.0, 6.0), 0.0, 100.0, "index"),
    Quantity("interval", (3.0, 1.0, 6.0), 0.0, 100.0, "index", Scale.LOG),
    Quantity("interval", (0.3, 0.1, 0.6), 0.0, 1.0, "share", Scale.LOGIT),
    Quantity("uniform", (0.2, 0.4), 0.0, 1.0, "share"),
]


@pytest.mark.parametrize("one", INTERVALS)
def test_nine_draws_in_ten_fall_inside_the_interval_and_half_below_the_median(one):
    values = sample_inputs({"a": one}, 1, POINTS)[0]
    low, centre, high = one.interval()
    for point, share in ((low, 0.05), (centre, 0.5), (high, 0.95)):
        assert abs((values < point).mean() - share) < 0.006


@pytest.mark.parametrize("one", INTERVALS)
def test_the_fast_way_draws_what_the_quantity_says(one):
    from ripeness.world.chance import INPUT, stable_id, uniforms

    luck = np.empty((4, 500))
    uniforms(7, POINTS[:500], 0, INPUT, stable_id("path"), luck)
    assert np.allclose(sample_inputs({"path": one}, 7, POINTS[:500])[0], one.quantile(luck[0]), rtol=1e-9)


def test_draws_stay_inside_the_admissible_bounds():
    tight = Quantity("interval", (0.5, -3.0, 4.0), 0.0, 1.0, "share")
    values = sample_inputs({"a": tight}, 1, POINTS)[0]
    assert (values.min(), values.max()) == (0, 1)


def test_a_changed_number_leaves_every_other_as_it_was():
    before = sample_inputs({"a": INTERVALS[0], "b": INTERVALS[1]}, 1, POINTS[:50])
    after = sample_inputs({"b": INTERVALS[1], "a": INTERVALS[2], "c": INTERVALS[0]}, 1, POINTS[:50])
    assert np.array_equal(before[1], after[0])


@pytest.mark.parametrize(
    ("admits", "raw", "points"),
    [
        (NumberField("log ratio", -10, 10), "1 to 6", norm(3.5, 2.5 / Z90)),
        (NumberField("stakes per month", 0, 10, Scale.LOG), "0.01 to 0.04", lognorm(np.log(2) / Z90, scale=0.02)),
        (NumberField("index", 0, 1000, Scale.LOG), {"normal": [20, 4]}, norm(20, 4)),
        (NumberField("index", 0, 1000), {"lognormal": [20, 1.5]}, lognorm(np.log(1.5), scale=20)),
        (NumberField("share", 0, 1, Scale.LOGIT), {"uniform": [20, 40], "unit": "percent"}, uniform(0.2, 0.2)),
        (NumberField("share", 0, 1, Scale.LOGIT), {"triangular": [0.2, 0.3, 0.6]}, triang(0.25, 0.2, 0.4)),
        (NumberField("share", 0, 1, Scale.LOGIT), {"pert": [0.2, 0.3, 0.6]}, beta(2, 4, 0.2, 0.4)),
        (NumberField("share", 0, 1, Scale.LOGIT), {"beta": [2, 5]}, beta(2, 5)),
        (
            NumberField("thousand persons", 0, 1e7, Scale.LOG),
            {"value": "1 to 4", "unit": "million persons"},
            lognorm(np.log(2) / Z90, scale=2000),
        ),
    ],
)
def test_each_kind_of_number_is_drawn_from_the_distribution_that_it_names(admits, raw, points):
    values = sample_inputs({"a": admits.read(raw)}, 3, POINTS)[0]
    at = np.linspace(0.02, 0.98, 25)
    assert np.abs((values[:, None] < points.ppf(at)).mean(axis=0) - at).max() < 0.012


def test_a_share_from_an_interval_is_normal_in_log_odds():
    values = sample_inputs({"a": NumberField("share", 0, 1, Scale.LOGIT).read("0.1 to 0.4")}, 3, POINTS)[0]
    odds = np.log(values / (1 - values))
    low, high = np.log(1 / 9), np.log(2 / 3)
    assert odds.mean() == pytest.approx((low + high) / 2, abs=0.02)
    assert odds.std() == pytest.approx((high - low) / 2 / Z90, rel=0.02)


@pytest.mark.parametrize("admits", [NumberField("share", 0, 1, Scale.LOGIT), NumberField("stakes", 0, 100, Scale.LOG)])
def test_an_interval_from_nothing_holds_no_heap_of_nothings(admits):
    """Zero has no logarithm: such an interval is normal, cut at zero."""
    values = sample_inputs({"a": admits.read("0 to 0.4")}, 3, POINTS)[0]
    assert np.median(values) == pytest.approx(0.2, abs=0.005)
    assert np.quantile(values, 0.25) == pytest.approx(0.2 - 0.674 * 0.2 / Z90, abs=0.005)
    assert (values <= 1e-6).mean() == pytest.approx(0.05, abs=0.01)
