"""Parameters by kind of war: those fitted to civil wars differ from those of wars between states."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from ripeness.scenario.model_parameters import default_parameters, parameter_field
from ripeness.scenario.parameter_points import CIVIL_FILE, is_civil, shipped_points

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario
    from ripeness.world.quantity import Quantity

LEVELS = np.array([0.05, 0.5, 0.95])
DIGITS = 2  # significant ones of a range that is there for reading


def parameters_of(scenario: Scenario) -> Mapping[str, Quantity]:
    """Every parameter as a war of a scenario's kind has it, unless the scenario states its own.

    Of a civil war those that were fitted have the range of the civil points by themselves; the others are the same.
    """
    return civil_parameters() if is_civil(scenario) else default_parameters()


@cache
def civil_parameters() -> Mapping[str, Quantity]:
    """Every parameter as civil wars have it.

    >>> civil_parameters()["patience"] == default_parameters()["patience"]
    True
    """
    points = shipped_points(CIVIL_FILE)
    marginals = zip(points.names, points.quantiles(LEVELS), strict=True)
    return dict(default_parameters()) | {name: _marginal(name, row) for name, row in marginals}


def _marginal(name: str, quantiles: np.ndarray) -> Quantity:
    low, middle, high = (float(f"{value:.{DIGITS}g}") for value in quantiles)
    field = parameter_field(name)
    number = {"value": middle, "range": f"{low:g} to {high:g}", "unit": field.unit, "kind": "derived"}
    return field.read(number | {"source": ["ucdp"]})
