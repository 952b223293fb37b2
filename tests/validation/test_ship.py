"""What a fit ships: the points from which runs draw, written so that they are read again as they are."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.scenario.parameter_points import FILE, read_points
from ripeness.validation.calibrate.posterior import ParameterPosterior
from ripeness.validation.calibrate.prior import parameter_prior
from ripeness.validation.calibrate.ship import FRAILTY, HIDDEN, SHIPPED_LAWS, WITH_CEASEFIRES, points_to_ship
from ripeness.validation.verbs.calibrate import Calibration
from ripeness.world.fault import Fault

SIZE = 60


@pytest.fixture(scope="module")
def posterior():
    prior = parameter_prior()
    log_weight = np.log(np.arange(1, SIZE + 1) / (SIZE * (SIZE + 1) / 2))
    return ParameterPosterior(prior, (4, 7), prior.draw(3, 0, SIZE), log_weight, np.zeros((SIZE, 2)))


def test_points_are_not_shipped_without_a_record_to_weigh_them_by(posterior, tmp_path):
    path = tmp_path / "points.csv"
    with pytest.raises(Fault, match="--wars"):
        Calibration(None, (posterior,), (9,)).ship(path, "2026-12-01")
    assert not path.exists()


def test_a_fit_gives_points_drawn_by_weight_and_says_where_they_are_from(posterior):
    points = read_points(points_to_ship(posterior, "2026-12-01", 9).text(), FILE)
    assert points.names == SHIPPED_LAWS
    assert (points.provenance["version"], points.provenance["seed"]) == ("2026-12-01", "9")
    assert points.provenance["effective"] == f"{posterior.effective:.0f}"
    assert points.provenance["record"].startswith("2 interstate wars")
    assert (points.weight == 1).all()
    values, weight = posterior.values(), posterior.weight
    values |= {name: factor * values[name] for name, factor in WITH_CEASEFIRES.items()}
    named = [n for n, name in enumerate(points.names) if name not in (HIDDEN, FRAILTY)]
    for n in named:
        assert points.values[n].mean() == pytest.approx(weight @ values[points.names[n]], rel=0.02), points.names[n]
    together = np.array([values[points.names[n]] for n in named])
    for column in points.values[named].T:
        assert np.isclose(together, column[:, None], rtol=1e-4).all(axis=0).any()


def test_hidden_strength_favours_no_side(posterior):
    points = points_to_ship(posterior, "1", 9)
    hidden = points.values[points.names.index(HIDDEN)]
    assert abs(hidden.mean()) < 0.02
    assert (hidden > 0).mean() == pytest.approx(0.5, abs=0.01)


def test_half_of_all_wars_end_more_readily_than_the_typical_war(posterior):
    points = points_to_ship(posterior, "1", 9)
    frailty = points.values[points.names.index(FRAILTY)]
    assert (frailty > 1).mean() == pytest.approx(0.5, abs=0.01)


def test_points_that_are_shipped_lie_in_an_order_that_shipping_again_keeps(posterior):
    points = points_to_ship(posterior, "1", 9)
    assert points.in_order().digest == points.digest
    assert read_points(points.text(), FILE).digest == points.digest
