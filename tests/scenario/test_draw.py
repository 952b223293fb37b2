"""Numbers are drawn as their intervals say, each by its own name."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.scenario.draw import draw
from ripeness.world.quantity import Quantity, Scale

POINTS = np.arange(40_000, dtype=np.uint64)
INTERVALS = [
    Quantity("interval", (3.0, 1.0, 6.0), 0.0, 100.0, "index"),
    Quantity("interval", (3.0, 1.0, 6.0), 0.0, 100.0, "index", Scale.LOG),
    Quantity("interval", (0.3, 0.1, 0.6), 0.0, 1.0, "share", Scale.LOGIT),
    Quantity("uniform", (0.2, 0.4), 0.0, 1.0, "share"),
]


@pytest.mark.parametrize("one", INTERVALS)
def test_nine_draws_in_ten_fall_inside_the_interval_and_half_below_the_median(one):
    values = draw({"a": one}, 1, POINTS)[0]
    low, centre, high = one.interval()
    for point, share in ((low, 0.05), (centre, 0.5), (high, 0.95)):
        assert abs((values < point).mean() - share) < 0.006


@pytest.mark.parametrize("one", INTERVALS)
def test_the_fast_way_draws_what_the_quantity_says(one):
    from ripeness.world.chance import INPUT, stable_id, uniforms

    luck = np.empty((4, 500))
    uniforms(7, POINTS[:500], 0, INPUT, stable_id("path"), luck)
    assert np.allclose(draw({"path": one}, 7, POINTS[:500])[0], one.quantile(luck[0]), rtol=1e-9)


def test_draws_stay_inside_the_admissible_bounds():
    tight = Quantity("interval", (0.5, -3.0, 4.0), 0.0, 1.0, "share")
    values = draw({"a": tight}, 1, POINTS)[0]
    assert (values.min(), values.max()) == (0, 1)


def test_a_changed_number_leaves_every_other_as_it_was():
    before = draw({"a": INTERVALS[0], "b": INTERVALS[1]}, 1, POINTS[:50])
    after = draw({"b": INTERVALS[1], "a": INTERVALS[2], "c": INTERVALS[0]}, 1, POINTS[:50])
    assert np.array_equal(before[1], after[0])
