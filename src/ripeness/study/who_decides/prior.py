"""Power before the evidence: shares that are logistic-normal at the start and walk at random away from it in time.

The logarithms of the factions' strengths are normal, and shares are strengths over their sum. Centre and spread come
from the scenario's own intervals (or from its Dirichlet, by the moments of log gamma numbers). In time each logarithm
moves by the law `power_walk`, between up to 8 dates; in between it is interpolated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.law import default_laws
from ripeness.scenario.schema import Scenario
from ripeness.world.quantity import TINY, Z90, Quantity

Array = NDArray[np.float64]
MOST_KNOTS = 8
UNSTATED = 0.4
"""Spread of a power that a scenario states without a range: its logarithm's sd;
as wide as shipped cases state theirs.
"""
SAME = 1e-9


@dataclass(frozen=True, slots=True)
class PowerPrior:
    """What was believed of a polity's powers before the evidence.

    Shapes: centre, spread (F,) of log strength at the start; knots (K,) months from the start, among them 0.
    Units: walk is the sd of a month's change of log strength.
    """

    centre: Array
    spread: Array
    knots: Array
    walk: float

    @property
    def unknowns(self) -> int:
        """How many coordinates it takes; one faction alone has all power, whatever is drawn."""
        return len(self.centre) * len(self.knots) if len(self.centre) > 1 else 0

    def strengths(self, u: Array, width: float = 1.0) -> Array:
        """Log strengths at the knots. Shapes: u (F * K, N); returns (K, F, N)."""
        many, dates = len(self.centre), len(self.knots)
        if not self.unknowns:
            return np.zeros((dates, 1, u.shape[1]))
        luck = u.reshape(dates, many, -1)
        anchor = int(np.argmin(np.abs(self.knots)))
        found = np.empty_like(luck)
        found[anchor] = self.centre[:, None] + width * self.spread[:, None] * luck[anchor]
        step = self.walk * np.sqrt(np.diff(self.knots))
        for k in range(anchor - 1, -1, -1):
            found[k] = found[k + 1] + step[k] * luck[k]
        for k in range(anchor + 1, dates):
            found[k] = found[k - 1] + step[k - 1] * luck[k]
        return found

    def at(self, u: Array, months: Array, width: float = 1.0) -> Array:
        """Log strengths at some dates, straight lines between knots. Shapes: u (F * K, N), months (T,); returns (F,
        T, N).
        """
        strengths = self.strengths(u, width).transpose(1, 0, 2)
        if len(self.knots) == 1:
            return np.repeat(strengths, len(months), axis=1)
        after, way = self.between(months)
        part = way[None, :, None]
        return np.asarray((1 - part) * strengths[:, after - 1] + part * strengths[:, after])

    def between(self, months: Array) -> tuple[NDArray[np.intp], Array]:
        """The knot that follows each date, and how far along the way to it the date lies. Shapes: returns (T,),
        (T,).
        """
        after = np.clip(np.searchsorted(self.knots, months), 1, len(self.knots) - 1).astype(np.intp)
        span = self.knots[after] - self.knots[after - 1]
        return after, np.clip((months - self.knots[after - 1]) / span, 0.0, 1.0)


def power_from_strengths(strengths: Array) -> Array:
    """Shares of power from log strengths. Shapes: (..., F, N), summing to 1 over F."""
    odds = np.exp(strengths - strengths.max(axis=-2, keepdims=True))
    return np.asarray(odds / odds.sum(axis=-2, keepdims=True))


def power_prior(scenario: Scenario, polity: str, months: Sequence[float], knots: int) -> PowerPrior:
    """Lay out the powers of a polity over the dates of its evidence."""
    form = scenario.polities[polity]
    stated = [faction.power for faction in form.factions.values()]
    if form.power is not None:
        centre, spread = _dirichlet(stated, form.power.centre)
    else:
        centre, spread = np.array([_stated(one) for one in stated]).T
    walk = scenario.laws.get("power_walk", default_laws()["power_walk"]).centre
    return PowerPrior(np.array(centre), np.array(spread), _knots(months, knots), walk)


def unstated_powers(scenario: Scenario, polity: str) -> list[str]:
    """Factions whose power the scenario states without a range."""
    form = scenario.polities[polity]
    if form.power is not None or len(form.factions) == 1:
        return []
    return [key for key, one in form.factions.items() if one.power is None or not one.power.uncertain]


def _stated(power: Quantity | None) -> tuple[float, float]:
    if power is None:
        return 0.0, UNSTATED
    low, centre, high = (float(np.log(max(x, TINY))) for x in power.interval())
    return centre, (high - low) / (2 * Z90) if power.uncertain else UNSTATED


def _dirichlet(stated: Sequence[Quantity | None], concentration: float) -> tuple[Array, Array]:
    """Mean and sd of the logarithms of gamma numbers:
    the normal that comes nearest to a Dirichlet (Aitchison and Shen 1980).
    """
    from scipy.special import digamma, polygamma

    means = np.array([1.0 if one is None else one.centre for one in stated])
    parts = np.maximum(concentration * means / means.sum(), TINY)
    return digamma(parts), np.sqrt(polygamma(1, parts))


def _knots(months: Sequence[float], many: int) -> Array:
    """Dates from the first to the last item, evenly spaced, the start among them."""
    first, last = min([0.0, *months]), max([0.0, *months])
    if many <= 1 or last - first < SAME:
        return np.zeros(1)
    found = np.linspace(first, last, min(many, MOST_KNOTS))
    found[int(np.argmin(np.abs(found)))] = 0.0
    return found
