"""Ship: from a posterior to the parameter points from which every run draws, and to the defaults that stand for what no
number of a war shows.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.model_parameters import parameter_field
from ripeness.scenario.parameter_points import FILE, ParameterPoints, read_points
from ripeness.validation.calibrate.posterior import LEVELS, ParameterPosterior
from ripeness.validation.calibrate.prior import normals
from ripeness.validation.calibrate.simulated_wars import rearming
from ripeness.validation.history.coding import controls, fitted_laws

Array = NDArray[np.float64]
# Deaths per soldier on the books of a whole country; scenarios count forces committed (docs/textbook/calibration.md).
NOT_THE_SAME = ("lethality",)
HIDDEN, FRAILTY = "hidden", "frailty"  # have their own values at each point, from the spreads that it has over wars
POINTS = 1600  # that are shipped: several of each that weighs much, which differ in `hidden`
SHIPPED_LAWS = tuple(
    sorted({*(name for name in fitted_laws() if name not in (*controls(), *NOT_THE_SAME)), HIDDEN, FRAILTY})
)
RECORD = "{wars} interstate wars of the Correlates of War (v4.0), with UCDP terminations and Archigos"
CITATION = "Sarkees and Wayman 2010, Resort to War; Kreutz 2010; Goemans, Gleditsch and Chiozza 2009"
# In posterior.npz a war has no ceasefires: a settlement stands for agreements and ceasefires, a freeze for what nobody
# signs. These factors make of its numbers those of wars with ceasefires: with them the typical war has the hazards and
# ways of ending of the record (docs/textbook/calibration.md compares them with others). A posterior whose wars were
# simulated with ceasefires needs none.
WITH_CEASEFIRES = {"settle": 0.5, "freeze": 2.0}
SHARES = (np.arange(2000) + 0.5) / 2000  # of the distribution over wars, at each point


def points_to_ship(posterior: ParameterPosterior, version: str, seed: int) -> ParameterPoints:
    """The points of a posterior, with the parameters that scenarios take from it: drawn as often as they weigh, so that
    all that are shipped weigh alike.

    `version` names the fit, `seed` is that of its search. What no number of a war shows, its strength (`hidden`) and
    how readily it ends (`frailty`), has its own value at each, from the spread that the point has over wars; these
    values fill the normal distribution evenly, so that no side is favoured.
    """
    from scipy.special import ndtri

    drawn = posterior.resampled(POINTS)
    values = {name: row[drawn] for name, row in posterior.values().items()}
    evenly = {name: np.argsort(normals(f"ship/{name}", seed, 0, POINTS)) for name in (HIDDEN, FRAILTY)}
    evenly = {name: ndtri((order + 0.5) / POINTS) for name, order in evenly.items()}
    values[HIDDEN] = values["hidden_spread"] * evenly[HIDDEN]
    values[FRAILTY] = np.exp(values["frailty_spread"] * evenly[FRAILTY])
    rows = []
    for name in SHIPPED_LAWS:
        admits = parameter_field(name)
        rows.append(np.clip(values[name] * WITH_CEASEFIRES.get(name, 1.0), admits.low, admits.high))
    provenance = {
        "version": version,
        "seed": str(seed),
        "record": RECORD.format(wars=len(posterior.numbers)),
        "citation": CITATION,
        "effective": f"{posterior.effective:.0f}",
    }
    points = ParameterPoints(SHIPPED_LAWS, np.array(rows), np.ones(POINTS), provenance)
    return read_points(points.text(), FILE).in_order()  # in the order of what the file says, to its last digit


def predictive_defaults(posterior: ParameterPosterior) -> dict[str, tuple[float, float, float]]:
    """The 5, 50 and 95 % points over wars of what a side would gain by a truce and of its error on relative strength:
    what stands in scenario/archetypes.yaml for a war of which neither is known.
    """
    from scipy.special import ndtri

    values = posterior.values()
    return {
        "rearm": _quantiles(rearming({name: row[:, None] for name, row in values.items()}, SHARES), posterior.weight),
        "estimate_error": _quantiles(np.outer(values["estimate_spread"], ndtri(SHARES)), posterior.weight),
    }


def _quantiles(rows: Array, weight: Array) -> tuple[float, float, float]:
    """Quantiles of a mixture. Shapes: rows (S, Q), equally likely values at each point; weight (S,)."""
    order = np.argsort(rows, axis=None)
    mass = np.cumsum(np.repeat(weight, rows.shape[1])[order]) / weight.sum() / rows.shape[1]
    low, middle, high = np.interp(LEVELS, mass, rows.ravel()[order])
    return float(low), float(middle), float(high)
