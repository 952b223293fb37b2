"""Aims met and human costs, two accounts that are never added up; and who gains from which outcome."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.probabilities import merged_kinds

# What the war costs people: result -> (what it is, unit).
COSTS = {
    "deaths": ("military deaths", "thousand persons"),
    "wounded": ("military wounded", "thousand persons"),
    "civilian": ("civilian deaths from the fighting", "thousand persons"),
    "occupation_deaths": ("deaths under the rival's rule, during and after", "thousand persons"),
    "after_deaths": ("deaths in a renewed war", "thousand persons"),
    "lives": ("all deaths", "thousand persons"),
    "displaced": ("displaced", "thousand persons"),
    "output_lost": ("output lost", "billion dollars"),
}
LIVES = ("deaths", "civilian", "occupation_deaths", "after_deaths")


@dataclass(frozen=True, slots=True)
class RunDistribution:
    """5 %, median and 95 % points over the runs (random draws and parameters together), and the mean."""

    low: float
    median: float
    high: float
    mean: float


@dataclass(frozen=True, slots=True)
class AimMet:
    """How far a polity's political aim is met: 1 is in full; `full`: in what share of the runs it is."""

    polity: str
    interval: RunDistribution
    full: float


@dataclass(frozen=True, slots=True)
class FactionValue:
    """Value of the whole course of the war to a faction, in shares of the stake as it values it."""

    polity: str
    faction: str
    interval: RunDistribution


@dataclass(frozen=True, slots=True)
class HumanCost:
    """One human cost of a polity (or of all belligerents, where no polity is named) from the start to the horizon."""

    polity: str | None
    cost: str
    unit: str
    interval: RunDistribution


@dataclass(frozen=True, slots=True)
class OutcomeGain:
    """Value of an outcome to a faction when it happens, and less its mean over all runs (of all options)."""

    polity: str
    faction: str
    outcome: str
    whose: str | None
    runs: int
    mean: float
    gain: float


def run_distribution(values: NDArray[np.floating]) -> RunDistribution:
    """Return quantiles and mean over runs. Shapes: (R,).

    >>> run_distribution(np.arange(101.0))
    RunDistribution(low=5.0, median=50.0, high=95.0, mean=50.0)
    """
    low, median, high = (float(x) for x in np.quantile(values, (0.05, 0.5, 0.95)))
    return RunDistribution(low, median, high, float(np.mean(values, dtype=np.float64)))


def aims_met(ensemble: Ensemble) -> tuple[AimMet, ...]:
    """Return how far each belligerent's political aim is met."""
    aims = ensemble.results["aims"]
    return tuple(
        AimMet(side.key, run_distribution(values), float((values >= 1).mean()))
        for side, values in zip(ensemble.war.armed, aims, strict=True)
    )


def faction_values(ensemble: Ensemble) -> tuple[FactionValue, ...]:
    """Return the value of the war's course to each faction of all belligerents."""
    return tuple(
        FactionValue(polity, faction, run_distribution(values))
        for (polity, faction), values in zip(belligerent_factions(ensemble), ensemble.results["value"], strict=True)
    )


def human_costs(ensemble: Ensemble) -> tuple[HumanCost, ...]:
    """Return each human cost for every belligerent and for all together."""
    cost_rows = []
    for name, (_, unit) in COSTS.items():
        rows = cost_per_run(ensemble, name)
        for key, values in zip((*belligerent_keys(ensemble), None), (*rows, rows.sum(axis=0)), strict=True):
            cost_rows.append(HumanCost(key, name, unit, run_distribution(values)))
    return tuple(cost_rows)


def cost_per_run(ensemble: Ensemble, name: str) -> NDArray[np.floating]:
    """Return one human cost in every run. Shapes: returns (belligerents, draws)."""
    if name == "lives":
        return reduce(np.add, (ensemble.results[part] for part in LIVES))
    return ensemble.results[name]


def outcome_gains(ensemble: Ensemble) -> tuple[OutcomeGain, ...]:
    """Return who gains from which outcome; outcomes that never happened are left out."""
    values = ensemble.results["value"]
    usual = values.mean(axis=1, dtype=np.float64)
    gain_rows = []
    for kind in merged_kinds():
        hits = np.isin(ensemble.code, kind.codes)
        if not hits.any():
            continue
        owner = None if kind.side is None else belligerent_keys(ensemble)[kind.side]
        means = values[:, hits].mean(axis=1, dtype=np.float64)
        for n, (polity, faction) in enumerate(belligerent_factions(ensemble)):
            row = (int(hits.sum()), float(means[n]), float(means[n] - usual[n]))
            gain_rows.append(OutcomeGain(polity, faction, kind.outcome, owner, *row))
    return tuple(gain_rows)


def belligerent_keys(ensemble: Ensemble) -> tuple[str, ...]:
    """Keys of all belligerents: the two principals first, then their armed allies."""
    return tuple(side.key for side in ensemble.war.armed)


def principal_keys(ensemble: Ensemble) -> tuple[str, str]:
    """Keys of the two belligerents whose war it is."""
    first, second = ensemble.war.principals
    return first.key, second.key


def belligerent_factions(ensemble: Ensemble) -> tuple[tuple[str, str], ...]:
    """Polity and faction of each row of the results by faction."""
    return tuple((side.key, faction) for side in ensemble.war.armed for faction in side.faction_keys)
