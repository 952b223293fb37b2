"""Krippendorff's alpha against the examples that he works through, and at its ends."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.world.krippendorff_alpha import krippendorff_alpha

LEFT_OUT = np.nan
# Krippendorff 2011, "Computing Krippendorff's alpha-reliability", example C: four observers, twelve units.
FOUR_OBSERVERS = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, LEFT_OUT, LEFT_OUT, LEFT_OUT],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, LEFT_OUT, 3],
        [LEFT_OUT, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, LEFT_OUT],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, LEFT_OUT],
    ]
)
# Example A: two observers, ten units, two values.
TWO_OBSERVERS = np.array([[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]], dtype=float)


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_with_codes_left_out_comes_out(metric, published):
    assert krippendorff_alpha(FOUR_OBSERVERS, metric) == pytest.approx(published, abs=5e-4)


def test_the_published_binary_example_comes_out_and_is_alike_under_every_metric():
    alphas = [krippendorff_alpha(TWO_OBSERVERS, metric) for metric in ("nominal", "ordinal", "interval")]
    assert alphas == pytest.approx([0.095] * 3, abs=5e-4)


def test_agreement_in_everything_is_one_and_opposite_codes_fall_below_zero():
    codes = np.array([0.0, 0.5, 1.0, 0.2])
    assert krippendorff_alpha(np.array([codes, codes]), "interval") == pytest.approx(1)
    assert krippendorff_alpha(np.array([codes, 1 - codes]), "interval") < 0


def test_codes_that_are_all_alike_have_no_alpha():
    assert np.isnan(krippendorff_alpha(np.ones((2, 5)), "nominal"))


def test_coders_who_draw_at_random_come_out_near_zero():
    codes = np.random.default_rng(1).integers(0, 4, (2, 20_000)).astype(float)
    for metric in ("nominal", "ordinal", "interval"):
        assert abs(krippendorff_alpha(codes, metric)) < 0.03


def test_a_stretched_scale_changes_neither_interval_nor_ordinal_alpha():
    for metric in ("ordinal", "interval"):
        stretched = krippendorff_alpha(3 * FOUR_OBSERVERS + 2, metric)
        assert stretched == pytest.approx(krippendorff_alpha(FOUR_OBSERVERS, metric))
