"""Measure: what the record would have written down about a simulated war."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.model_parameters import default_parameters
from ripeness.validation.calibrate.simulated_wars import SimulatedWars
from ripeness.validation.history.coding import Kind, scenario_of
from ripeness.world.outcome import (
    CEASEFIRE,
    COLLAPSE_FIRST,
    COLLAPSE_SECOND,
    FIGHTING,
    FRONT_FIRST,
    FRONT_SECOND,
    FROZEN,
    SETTLEMENT,
    SURRENDER_TO_FIRST,
    SURRENDER_TO_SECOND,
)

Array = NDArray[np.float64]
FIRST_WINS, SECOND_WINS, DRAW = 0, 1, 2
EDGES = (1.0, 3.0, 6.0, 12.0, 24.0, 48.0)  # months that part the spans over which hazards are compared
SPANS = len(EDGES) + 1
MONTHS_PER_YEAR = 12.0
LEAST = 1e-6  # thousand persons: losses have a logarithm
LEAST_MONTHS = 1 / 30  # a war of one day
LEAST_SHARE = 0.03  # the barrier's share


def recorded_outcome(simulated: SimulatedWars, values: Mapping[str, Array]) -> NDArray[np.int64]:
    """The class under which the record would enter each run: a win where the terms lie beyond the band, else a draw.
    Shapes: (R,).
    """
    band = np.repeat(values["band_after" if simulated.kind[0] else "band_before"], simulated.per_point)
    code, share = simulated.code, simulated.share
    outcome = np.full(len(code), DRAW)
    settlement = code == SETTLEMENT
    outcome[settlement & (share >= 0.5 + band)] = FIRST_WINS
    outcome[settlement & (share <= 0.5 - band)] = SECOND_WINS
    outcome[np.isin(code, (FRONT_FIRST, SURRENDER_TO_FIRST, COLLAPSE_SECOND))] = FIRST_WINS
    outcome[np.isin(code, (FRONT_SECOND, SURRENDER_TO_SECOND, COLLAPSE_FIRST))] = SECOND_WINS
    return outcome


def length_span(months: Array) -> NDArray[np.int64]:
    """The span into which a length falls: up to 1 month, to 3, 6, 12, 24, 48, longer.

    >>> length_span(np.array([.5, 2., 60.])).tolist()
    [0, 1, 6]
    """
    return np.searchsorted(np.asarray(EDGES), months, side="left").astype(np.int64)


def channel(code: Array) -> NDArray[np.int64]:
    """Victory, agreement, low activity; -1 while fighting goes on. Shapes: (R,)."""
    place = np.zeros(len(code), dtype=np.int64)
    place[(code == SETTLEMENT) | (code == CEASEFIRE)] = 1
    place[code == FROZEN] = 2
    place[code == FIGHTING] = -1
    return place


def loss_ratio(losses: Array) -> Array:
    """Log of the first side's losses over the second's. Shapes: losses (..., 2, R); returns (..., R)."""
    return np.asarray(np.log(np.maximum(losses[..., 0, :], LEAST)) - np.log(np.maximum(losses[..., 1, :], LEAST)))


def intensity(deaths: Array, months: float) -> Array:
    """Log deaths a month, in the mean of both sides, per soldier, after so many months.

    Shapes: deaths (2, R), in thousands; returns (R,).
    """
    total = np.maximum(deaths.sum(axis=0), LEAST)
    return np.asarray(np.log(total / max(months, LEAST_MONTHS) / 2 / soldiers()))


@cache
def soldiers() -> float:
    """Thousand soldiers a side of a coded war, in the geometric mean: the same for every kind."""
    scenario = scenario_of((False, "collective", "collective"))
    forces = [polity.resources.forces.centre for polity in scenario.polities.values() if polity.resources is not None]
    return sqrt(forces[0] * forces[1])


def leader_exit_chance(simulated: SimulatedWars, values: Mapping[str, Array]) -> Array:
    """Chance that the leader of the start is forced out in the war or within a year of its end.

    Shapes: returns (2, R).
    """
    shares = (simulated.share, 1 - simulated.share)
    return np.stack([exit_chance(simulated.kind, n, simulated.fell[n], held, values) for n, held in enumerate(shares)])


def exit_chance(kind: Kind, side: int, fell: Array, held: Array, values: Mapping[str, Array]) -> Array:
    """The same for one side, that holds a share of the stake at the end. After it the hazard of the war goes on for a
    year, by the share that was lost.

    Shapes: fell, held (R,); values by name (points,).
    """
    per_point = len(held) // len(values["removal"])
    removal, defeat = (np.repeat(values[name], per_point) for name in ("removal", "removal_defeat"))
    repression = default_parameters()["removal_repression"].centre
    polity = tuple(scenario_of(kind).polities.values())[side]
    share = np.clip(held, LEAST_SHARE, 1 - LEAST_SHARE)
    lost = np.maximum(-np.log(share / (1 - share)), 0.0)
    hazard_after = removal * np.exp(defeat * lost - repression * polity.conduct.repression.centre) * MONTHS_PER_YEAR
    return np.asarray(1 - (1 - fell) * np.exp(-hazard_after))
