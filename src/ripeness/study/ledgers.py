"""Two ledgers that are never added up: political aims met, and human cost; and who gains from which outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.chances import merged_kinds

# What the war costs people: result -> (what it is, unit).
COSTS = {
    "deaths": ("military deaths", "thousand persons"),
    "wounded": ("military wounded", "thousand persons"),
    "civilian": ("civilian deaths from the fighting", "thousand persons"),
    "after_harm": ("deaths under the rival's rule after the end", "thousand persons"),
    "after_deaths": ("deaths in a renewed war", "thousand persons"),
    "lives": ("all deaths", "thousand persons"),
    "displaced": ("displaced", "thousand persons"),
    "output_lost": ("output lost", "billion dollars"),
}
LIVES = ("deaths", "civilian", "after_harm", "after_deaths")


@dataclass(frozen=True, slots=True)
class Interval:
    """5 %, median and 95 % points over the runs (luck and inputs together), and the mean."""

    low: float
    median: float
    high: float
    mean: float


@dataclass(frozen=True, slots=True)
class Aim:
    """How far a polity's political aim is met: 1 is in full; `full`: in what share of the runs it is."""

    polity: str
    interval: Interval
    full: float


@dataclass(frozen=True, slots=True)
class Worth:
    """What the whole course is worth to a faction, in shares of the stake as it values it."""

    polity: str
    faction: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Cost:
    """One human cost of a polity (or of both belligerents, where no polity is named) from the start to the horizon."""

    polity: str | None
    cost: str
    unit: str
    interval: Interval


@dataclass(frozen=True, slots=True)
class Gain:
    """What an outcome is worth to a faction when it happens, and how that compares with its mean over all runs."""

    polity: str
    faction: str
    outcome: str
    whose: str | None
    runs: int
    mean: float
    gain: float


def interval(values: NDArray[np.floating]) -> Interval:
    """Sum up some runs. Shapes: (R,).

    >>> interval(np.arange(101.0))
    Interval(low=5.0, median=50.0, high=95.0, mean=50.0)
    """
    low, median, high = (float(x) for x in np.quantile(values, (0.05, 0.5, 0.95)))
    return Interval(low, median, high, float(np.mean(values, dtype=np.float64)))


def aims(ensemble: Ensemble) -> tuple[Aim, ...]:
    """The first ledger for both belligerents."""
    met = ensemble.results["aims"]
    return tuple(
        Aim(side.key, interval(own), float((own >= 1).mean()))
        for side, own in zip(ensemble.war.sides[:2], met, strict=True)
    )


def worth(ensemble: Ensemble) -> tuple[Worth, ...]:
    """The first ledger as each faction of both belligerents sees it."""
    return tuple(
        Worth(polity, faction, interval(values))
        for (polity, faction), values in zip(factions(ensemble), ensemble.results["value"], strict=True)
    )


def costs(ensemble: Ensemble) -> tuple[Cost, ...]:
    """The second ledger: each human cost for both belligerents and for both together."""
    found = []
    for name, (_, unit) in COSTS.items():
        rows = borne(ensemble, name)
        for key, values in zip((*polities(ensemble), None), (*rows, rows.sum(axis=0)), strict=True):
            found.append(Cost(key, name, unit, interval(values)))
    return tuple(found)


def borne(ensemble: Ensemble, name: str) -> NDArray[np.floating]:
    """A cost in every run. Shapes: returns (2, draws)."""
    if name == "lives":
        return reduce(np.add, (ensemble.results[part] for part in LIVES))
    return ensemble.results[name]


def gains(ensemble: Ensemble) -> tuple[Gain, ...]:
    """Who gains from which outcome; outcomes that never happened are left out."""
    values = ensemble.results["value"]
    usual = values.mean(axis=1, dtype=np.float64)
    found = []
    for kind in merged_kinds():
        those = np.isin(ensemble.code, kind.codes)
        if not those.any():
            continue
        whose = None if kind.side is None else polities(ensemble)[kind.side]
        means = values[:, those].mean(axis=1, dtype=np.float64)
        for n, (polity, faction) in enumerate(factions(ensemble)):
            row = (int(those.sum()), float(means[n]), float(means[n] - usual[n]))
            found.append(Gain(polity, faction, kind.outcome, whose, *row))
    return tuple(found)


def polities(ensemble: Ensemble) -> tuple[str, str]:
    """Keys of both belligerents."""
    first, second = (side.key for side in ensemble.war.sides[:2])
    return first, second


def factions(ensemble: Ensemble) -> tuple[tuple[str, str], ...]:
    """Polity and faction of each row of the results by faction."""
    return tuple((side.key, faction) for side in ensemble.war.sides[:2] for faction in side.faction_keys)
