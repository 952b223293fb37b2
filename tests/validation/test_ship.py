"""What a fit ships: the points from which runs draw, written so that they are read again as they are."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest

from ripeness.scenario.parameter_points import FILE, read_points
from ripeness.validation.calibrate.posterior import ParameterPosterior
from ripeness.validation.calibrate.prior import parameter_prior
from ripeness.validation.calibrate.ship import SHIPPED_LAWS, points_to_ship
from ripeness.validation.verbs.calibrate import Calibration

SIZE = 60


@pytest.fixture(scope="module")
def posterior():
    prior = parameter_prior()
    log_weight = np.log(np.arange(1, SIZE + 1) / (SIZE * (SIZE + 1) / 2))
    return ParameterPosterior(prior, (4, 7), prior.draw(3, 0, SIZE), log_weight, np.zeros((SIZE, 2)), 37.2)


def test_a_fit_ships_its_points_with_their_weights_and_where_they_are_from(posterior, tmp_path):
    path = tmp_path / "points.csv"
    Calibration(None, (posterior,), (9,)).ship(path, "2026-12-01")
    points = read_points(path.read_text(encoding="utf-8"), FILE)
    assert points.names == SHIPPED_LAWS
    assert (points.provenance["version"], points.provenance["seed"]) == ("2026-12-01", "9")
    assert points.provenance["effective"] == "37"
    assert points.provenance["record"].startswith("2 interstate wars")
    values, weight = posterior.values(), posterior.weight
    for name, row in zip(points.names, points.values, strict=True):
        mean = points.weight @ row / points.weight.sum()
        assert mean == pytest.approx(weight @ values[name], rel=1e-4), name
    together = np.array([values[name] for name in SHIPPED_LAWS])
    for column in points.values.T:
        assert np.abs(together / column[:, None] - 1).max(axis=0).min() < 1e-4


def test_points_that_are_shipped_lie_in_an_order_that_shipping_again_keeps(posterior):
    points = points_to_ship(posterior, "1", 9)
    assert points.in_order().digest == points.digest
    assert read_points(points.text(), FILE).digest == points.digest


def test_a_fit_that_nobody_checked_is_worth_what_its_weights_say(posterior):
    unchecked = ParameterPosterior(
        posterior.prior, posterior.numbers, posterior.scores, posterior.log_weight, posterior.wars, nan
    )
    assert points_to_ship(unchecked, "1", 9).provenance["effective"] == f"{posterior.effective:.0f}"
