"""Forecast: what an ensemble says about how and when the war ends, at what price, and how long the peace holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.ensemble.gather import Ensemble
from ripeness.study.chances import Chance, chances, merged_kinds, monte_carlo
from ripeness.study.decided import Decided, decided
from ripeness.study.ledgers import Aim, Cost, Gain, Interval, Worth, aims, costs, gains, interval, polities, worth
from ripeness.world.outcome import FIGHTING, FROZEN, SETTLEMENT

MONTHS = (6.0, 12.0, 24.0, 60.0)  # at which a table shows the outcomes
HONEST = (
    "The record of past wars can test when and how wars end; it cannot validate the factional machinery, "
    "which rests on recovery tests and documented decisions."
)


@dataclass(frozen=True, slots=True)
class Duration:
    """Months from the start to the end: median, 5 and 95 % points over the runs; none where beyond the horizon.

    `ended`: share of the runs that end within the horizon.
    """

    low: float | None
    median: float | None
    high: float | None
    ended: float


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms of the settlements, as the first belligerent's share of the stake; no interval when none was reached."""

    polity: str
    settled: float
    share: Interval | None


@dataclass(frozen=True, slots=True)
class Durability:
    """Of the settlements and frozen fronts: how many break before the horizon, and their yearly hazard of renewed
    war.
    """

    peaces: int
    broken: float | None
    broken_low: float | None
    broken_high: float | None
    yearly_hazard: Interval | None


@dataclass(frozen=True, slots=True)
class Fallen:
    """How often a polity's leader falls before the end, with its 90 % Monte Carlo interval."""

    polity: str
    p: float
    mc_low: float
    mc_high: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an ensemble says. `outcomes` tells ways to a victory apart and sums to 1 in each month; `merged` does
    not.
    """

    polities: tuple[str, str]
    names: tuple[str, str]
    draws: int
    points: int
    horizon: float
    months: tuple[float, ...]
    outcomes: tuple[Chance, ...]
    merged: tuple[Chance, ...]
    duration: Duration
    terms: Terms
    aims: tuple[Aim, ...]
    worth: tuple[Worth, ...]
    costs: tuple[Cost, ...]
    gains: tuple[Gain, ...]
    durability: Durability
    leaders: tuple[Fallen, ...]
    decided: tuple[Decided, ...]

    def __repr__(self) -> str:
        """One line."""
        top = self.likeliest()
        whose = f" of {top.polity}" if top.polity else ""
        return (
            f"<Forecast, {self.draws:,} runs: by month {top.month:g} most likely {top.outcome}{whose}, p = {top.p:.2f}>"
        )

    def likeliest(self) -> Chance:
        """The most likely outcome at the last month shown."""
        return max((one for one in self.merged if one.month == self.months[-1]), key=lambda one: one.p)

    def lives(self) -> Interval:
        """All deaths of both belligerents, in thousands."""
        return next(one.interval for one in self.costs if one.polity is None and one.cost == "lives")


def forecast(ensemble: Ensemble, months: Sequence[float] | None = None) -> Forecast:
    """Sum up an ensemble. Without months: the usual ones within the horizon, and the horizon where it is another."""
    at = shown_months(ensemble.horizon) if months is None else tuple(months)
    what = (ensemble.code, ensemble.months, ensemble.point, polities(ensemble), at)
    first, second = (side.name for side in ensemble.war.sides[:2])
    return Forecast(
        polities=polities(ensemble),
        names=(first, second),
        draws=ensemble.design.draws,
        points=ensemble.design.points,
        horizon=ensemble.horizon,
        months=at,
        outcomes=tuple(chances(*what)),
        merged=tuple(chances(*what, merged_kinds())),
        duration=_duration(ensemble),
        terms=_terms(ensemble),
        aims=aims(ensemble),
        worth=worth(ensemble),
        costs=costs(ensemble),
        gains=gains(ensemble),
        durability=_durability(ensemble),
        leaders=_leaders(ensemble),
        decided=decided(ensemble),
    )


def path(ensemble: Ensemble) -> list[Chance]:
    """Chances of every outcome at each month from the start to the horizon, ways to a victory taken together."""
    at = np.unique(np.append(np.arange(0.0, ensemble.horizon), ensemble.horizon))
    what = (ensemble.code, ensemble.months, ensemble.point, polities(ensemble))
    return chances(*what, [float(month) for month in at], merged_kinds())


def shown_months(horizon: float) -> tuple[float, ...]:
    """The months of the table.

    >>> shown_months(36)
    (6.0, 12.0, 24.0, 36.0)
    """
    return tuple(sorted({month for month in MONTHS if month <= horizon} | {float(horizon)}))


def _duration(ensemble: Ensemble) -> Duration:
    ended = ensemble.code != FIGHTING
    months = np.where(ended, ensemble.months, np.inf)
    points = np.quantile(months, (0.05, 0.5, 0.95), method="inverted_cdf")
    low, median, high = (float(x) if np.isfinite(x) else None for x in points)
    return Duration(low, median, high, float(ended.mean()))


def _terms(ensemble: Ensemble) -> Terms:
    settled = ensemble.code == SETTLEMENT
    share = interval(ensemble.results["share"][settled]) if settled.any() else None
    return Terms(polities(ensemble)[0], float(settled.mean()), share)


def _durability(ensemble: Ensemble) -> Durability:
    peaces = np.isin(ensemble.code, (SETTLEMENT, FROZEN))
    if not peaces.any():
        return Durability(0, None, None, None, None)
    p, low, high = _share(ensemble.results["renewed"][peaces], ensemble.point[peaces])
    return Durability(int(peaces.sum()), p, low, high, interval(ensemble.results["renewal"][peaces]))


def _leaders(ensemble: Ensemble) -> tuple[Fallen, ...]:
    fell = ensemble.results["fell"] > 0
    return tuple(Fallen(key, *_share(own, ensemble.point)) for key, own in zip(polities(ensemble), fell, strict=True))


def _share(hit: np.ndarray, point: np.ndarray) -> tuple[float, float, float]:
    """A share among runs, with its Monte Carlo interval. Shapes: (R,)."""
    runs = np.bincount(point).astype(np.float64)
    used = runs > 0
    hits, runs = np.bincount(point, weights=hit).astype(np.float64)[used], runs[used]
    low, high = monte_carlo(hits[None], runs)
    return float(hits.sum() / runs.sum()), float(low[0]), float(high[0])
