"""Measure: what the record would have written down about a simulated war."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.calibrate.fought import SimulatedWars
from ripeness.validation.history.coding import scenario_of
from ripeness.world.outcome import (
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


def recorded_outcome(fought: SimulatedWars, values: Mapping[str, Array]) -> NDArray[np.int64]:
    """The class under which the record would enter each run: a win where the terms lie beyond the band, else a draw.
    Shapes: (R,).
    """
    band = np.repeat(values["band_after" if fought.kind[0] else "band_before"], fought.per_point)
    code, share = fought.code, fought.share
    found = np.full(len(code), DRAW)
    settled = code == SETTLEMENT
    found[settled & (share >= 0.5 + band)] = FIRST_WINS
    found[settled & (share <= 0.5 - band)] = SECOND_WINS
    found[np.isin(code, (FRONT_FIRST, SURRENDER_TO_FIRST, COLLAPSE_SECOND))] = FIRST_WINS
    found[np.isin(code, (FRONT_SECOND, SURRENDER_TO_SECOND, COLLAPSE_FIRST))] = SECOND_WINS
    return found


def span(months: Array) -> NDArray[np.int64]:
    """The span into which a length falls: up to 1 month, to 3, 6, 12, 24, 48, longer.

    >>> span(np.array([.5, 2., 60.])).tolist()
    [0, 1, 6]
    """
    return np.searchsorted(np.asarray(EDGES), months, side="left").astype(np.int64)


def channel(code: Array) -> NDArray[np.int64]:
    """Victory, agreement, low activity; -1 while fighting goes on. Shapes: (R,)."""
    found = np.zeros(len(code), dtype=np.int64)
    found[code == SETTLEMENT] = 1
    found[code == FROZEN] = 2
    found[code == FIGHTING] = -1
    return found


def loss_ratio(losses: Array) -> Array:
    """Log of the first side's losses over the second's. Shapes: losses (..., 2, R); returns (..., R)."""
    return np.asarray(np.log(np.maximum(losses[..., 0, :], LEAST)) - np.log(np.maximum(losses[..., 1, :], LEAST)))


def intensity(fought: SimulatedWars) -> Array:
    """Log deaths a month, in the mean of both sides, per soldier. Shapes: (R,)."""
    scenario = scenario_of(fought.kind)
    forces = [polity.resources.forces.centre for polity in scenario.polities.values() if polity.resources is not None]
    total = np.maximum(fought.losses.sum(axis=0), LEAST)
    return np.asarray(np.log(total / np.maximum(fought.months, 1 / 30) / 2 / np.sqrt(forces[0] * forces[1])))


def leader_exit_chance(fought: SimulatedWars, values: Mapping[str, Array]) -> Array:
    """Chance that the leader of the start is forced out in the war or within a year of its end. Shapes: returns (2, R).

    After the end the hazard of the war goes on, by the share of the stake that was lost.
    """
    each = {
        name: np.repeat(values[name], fought.per_point) for name in ("removal", "removal_defeat", "removal_repression")
    }
    found = np.empty((2, len(fought.code)))
    for side, polity in enumerate(scenario_of(fought.kind).polities.values()):
        own = np.clip(fought.share if side == 0 else 1 - fought.share, 0.03, 0.97)  # the barrier's shares
        lost = np.maximum(-np.log(own / (1 - own)), 0.0)
        log_hazard = each["removal_defeat"] * lost - each["removal_repression"] * polity.conduct.repression.centre
        after = each["removal"] * np.exp(log_hazard) * MONTHS_PER_YEAR
        found[side] = 1 - (1 - fought.fell[side]) * np.exp(-after)
    return found
