"""Prior of power: as the scenario states it, as experts do, or flat; and how it moves in time.

Shares are strengths over their sum. *Stated* and *experts*: the logarithms of strengths are normal, with centre and
spread from the scenario's intervals (or its Dirichlet, by the moments of log gamma numbers) or from the experts'. In
time each logarithm walks at random by the law `power_walk`, between up to 8 dates; in between it is interpolated.
*Flat*: shares are uniform on the simplex, Dirichlet(1, ..., 1), at every date: strengths are exponential numbers, whose
normal scores move as a stationary autoregression with steps of the same size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.model_parameters import default_parameters
from ripeness.scenario.schema import Scenario
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled
from ripeness.world.quantity import TINY, Z90, Quantity

Array = NDArray[np.float64]
MOST_KNOTS = 8
UNSTATED = 0.4
"""Spread of a power that a scenario states without a range: its logarithm's sd;
as wide as shipped cases state theirs.
"""
SAME = 1e-9
FLAT, STATED, EXPERTS = "flat", "stated", "experts"
PRIORS = (STATED, FLAT, EXPERTS)
LOG_EXPONENTIAL = float(np.pi**2 / 6)
"""Variance of the logarithm of an exponential number: trigamma(1)."""


@dataclass(frozen=True, slots=True)
class PriorBelief:
    """Which prior of power an inference starts from: its kind, and the experts' numbers by path."""

    kind: str = STATED
    experts: Mapping[str, Quantity] = field(default_factory=dict)


AS_STATED = PriorBelief()


@dataclass(frozen=True, slots=True)
class PowerPrior:
    """Prior of a polity's powers.

    Shapes: centre, spread (F,) of log strength at the start; knots (K,) months from the start, among them 0.
    Units: walk is the sd of a month's change of log strength. `flat`: shares are uniform on the simplex at every knot;
    centre and spread are then the moments of log strength, and no width applies.
    """

    centre: Array
    spread: Array
    knots: Array
    walk: float
    flat: bool = False

    @property
    def unknowns(self) -> int:
        """How many coordinates there are; one faction alone has all power."""
        return len(self.centre) * len(self.knots) if len(self.centre) > 1 else 0

    def strengths(self, u: Array, width: float = 1.0) -> Array:
        """Log strengths at the knots; a width of 2 doubles the spread, unless they are flat.

        Shapes: u (F * K, N), standard normal; returns (K, F, N).
        """
        n_factions, dates = len(self.centre), len(self.knots)
        if not self.unknowns:
            return np.zeros((dates, 1, u.shape[1]))
        coordinates = u.reshape(dates, n_factions, -1)
        anchor = int(np.argmin(np.abs(self.knots)))
        if self.flat:
            return _exponential_strengths(self._scores(coordinates, anchor))
        strengths = np.empty_like(coordinates)
        strengths[anchor] = self.centre[:, None] + width * self.spread[:, None] * coordinates[anchor]
        step = self.walk * np.sqrt(np.diff(self.knots))
        for k in range(anchor - 1, -1, -1):
            strengths[k] = strengths[k + 1] + step[k] * coordinates[k]
        for k in range(anchor + 1, dates):
            strengths[k] = strengths[k - 1] + step[k - 1] * coordinates[k]
        return strengths

    def _scores(self, coordinates: Array, anchor: int) -> Array:
        """Normal scores at the knots, a stationary autoregression outwards from the start. Shapes: (K, F, N)."""
        scores = coordinates.copy()
        kept = np.exp(-(self.walk**2) * np.diff(self.knots) / (2 * LOG_EXPONENTIAL))
        fresh = np.sqrt(1 - kept**2)
        for k in range(anchor - 1, -1, -1):
            scores[k] = kept[k] * scores[k + 1] + fresh[k] * coordinates[k]
        for k in range(anchor + 1, len(scores)):
            scores[k] = kept[k - 1] * scores[k - 1] + fresh[k - 1] * coordinates[k]
        return scores

    def at(self, u: Array, months: Array, width: float = 1.0) -> Array:
        """Log strengths at some dates, straight lines between knots. Shapes: u (F * K, N), months (T,); returns (F,
        T, N).
        """
        strengths = self.strengths(u, width).transpose(1, 0, 2)
        if len(self.knots) == 1:
            return np.repeat(strengths, len(months), axis=1)
        next_knot, fraction = self.locate_knots(months)
        part = fraction[None, :, None]
        return np.asarray((1 - part) * strengths[:, next_knot - 1] + part * strengths[:, next_knot])

    def locate_knots(self, months: Array) -> tuple[NDArray[np.intp], Array]:
        """The knot that follows each date, and how far along the way to it the date lies. Shapes: returns (T,),
        (T,).
        """
        if len(self.knots) == 1:
            return np.zeros(len(months), dtype=np.intp), np.zeros(len(months))
        next_knot = np.clip(np.searchsorted(self.knots, months), 1, len(self.knots) - 1).astype(np.intp)
        span = self.knots[next_knot] - self.knots[next_knot - 1]
        return next_knot, np.clip((months - self.knots[next_knot - 1]) / span, 0.0, 1.0)


def power_from_strengths(strengths: Array) -> Array:
    """Shares of power from log strengths. Shapes: (..., F, N), summing to 1 over F."""
    odds = np.exp(strengths - strengths.max(axis=-2, keepdims=True))
    return np.asarray(odds / odds.sum(axis=-2, keepdims=True))


def _exponential_strengths(scores: Array) -> Array:
    """Log strengths whose shares are uniform on the simplex, from standard normal scores.

    Exponential numbers over their sum are Dirichlet(1, ..., 1). Source: Devroye 1986, Non-Uniform Random Variate
    Generation, ch. 11.4. Shapes: any; the same is returned.
    """
    from scipy.special import log_ndtr

    return np.asarray(np.log(np.maximum(-log_ndtr(-scores), TINY)))


def power_prior(
    scenario: Scenario,
    polity: str,
    months: Sequence[float],
    knots: int,
    *,
    kind: str = STATED,
    experts: Mapping[str, Quantity] | None = None,
) -> PowerPrior:
    """Return the prior of a polity's powers over the dates of its evidence.

    `experts` are numbers by path, such as `polities.X.factions.Y.power`; a faction of which they say nothing keeps the
    power that the scenario states.
    """
    form = scenario.polities[polity]
    powers = [faction.power for faction in form.factions.values()]
    numbers = experts if kind == EXPERTS and experts else {}
    paths = [f"polities.{polity}.factions.{key}.power" for key in form.factions]
    if kind == FLAT:
        centre, spread = _dirichlet([None] * len(powers), len(powers))
    elif any(path in numbers for path in paths):
        powers = [numbers.get(path, power) for path, power in zip(paths, powers, strict=True)]
        centre, spread = np.array([_log_power(power) for power in powers]).T
    elif form.power is not None:
        centre, spread = _dirichlet(powers, form.power.centre)
    else:
        centre, spread = np.array([_log_power(power) for power in powers]).T
    walk = scenario.laws.get("power_walk", default_parameters()["power_walk"]).centre
    return PowerPrior(np.array(centre), np.array(spread), _knots(months, knots), walk, flat=kind == FLAT)


def unstated_powers(scenario: Scenario, polity: str) -> list[str]:
    """Factions whose power the scenario states without a range."""
    form = scenario.polities[polity]
    if form.power is not None or len(form.factions) == 1:
        return []
    return [key for key, faction in form.factions.items() if faction.power is None or not faction.power.uncertain]


def _log_power(power: Quantity | None) -> tuple[float, float]:
    if power is None:
        return 0.0, UNSTATED
    low, centre, high = (float(np.log(max(x, TINY))) for x in power.interval())
    return centre, (high - low) / (2 * Z90) if power.uncertain else UNSTATED


def _dirichlet(powers: Sequence[Quantity | None], concentration: float) -> tuple[Array, Array]:
    """Mean and sd of the logarithms of gamma numbers:
    the normal that comes nearest to a Dirichlet (Aitchison and Shen 1980).
    """
    from scipy.special import digamma, polygamma

    means = np.array([1.0 if power is None else power.centre for power in powers])
    parts = np.maximum(concentration * means / means.sum(), TINY)
    return digamma(parts), np.sqrt(polygamma(1, parts))


def _knots(months: Sequence[float], n_knots: int) -> Array:
    """Dates from the first to the last item, evenly spaced, the start among them."""
    first, last = min([0.0, *months]), max([0.0, *months])
    if n_knots <= 1 or last - first < SAME:
        return np.zeros(1)
    knots = np.linspace(first, last, min(n_knots, MOST_KNOTS))
    knots[int(np.argmin(np.abs(knots)))] = 0.0
    return knots


Places = NDArray[np.intp]


def power_on_days(strengths: Array, next_knot: Places, fraction: Array) -> Array:
    """Power of each faction on some days, up to a factor that all share; log strength is straight between knots.

    Shapes: strengths (K, F, N) at the knots; next_knot and fraction (T,) as from `locate_knots`; returns (T, F, N).
    """
    power = np.empty((len(next_knot), *strengths.shape[1:]))
    write_power(strengths, next_knot, fraction, power)
    return power


@compiled
def write_power(strengths: Array, next_knot: Places, fraction: Array, power: Array) -> None:
    """Write what `power_on_days` returns. Shapes: power (T, F, N), written."""
    for n in range(len(next_knot)):
        weight = fraction[n]
        after, before = strengths[min(next_knot[n], len(strengths) - 1)], strengths[max(next_knot[n] - 1, 0)]
        for f in range(strengths.shape[1]):
            for r in range(strengths.shape[2]):
                power[n, f, r] = exp((1.0 - weight) * before[f, r] + weight * after[f, r])


@compiled
def write_paths(
    strengths: Array,
    next_knot: Places,
    fraction: Array,
    position: Array,
    salience: Array,
    place: Places,
    power: Array,
    stances: Array,
    saliences: Array,
) -> None:
    """Write power, position and salience of each faction on each day; between two knots log strength is a straight
    line.

    Shapes: strengths (K, F, N), logarithms at the knots; next_knot (n,), the knot that follows each day, and fraction
    (n,) of the way to it; position (I, F, N); salience (I, F); place (n,), the issue of each day; written: power
    (F, n * N), stances and saliences (1, F, n * N), day by day.
    """
    factions, runs = strengths.shape[1], strengths.shape[2]
    for n in range(len(next_knot)):
        k, weight, first = next_knot[n], fraction[n], n * runs
        for f in range(factions):
            for r in range(runs):
                power[f, first + r] = exp((1.0 - weight) * strengths[k - 1, f, r] + weight * strengths[k, f, r])
            for r in range(runs):
                stances[0, f, first + r] = position[place[n], f, r]
                saliences[0, f, first + r] = salience[place[n], f]
