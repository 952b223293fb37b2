"""Inputs: the values that every number of the scenario takes at each point of the design."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.input_sample import InputSampler
from ripeness.war.prepare import War
from ripeness.world.chance import INPUT, stable_id, uniforms
from ripeness.world.fault import Fault

Array = NDArray[np.float64]
Overrides = Mapping[str, "Array | float"]


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is certain, what is drawn, and what a study sets itself.

    `names` are the paths of the numbers that differ between points: those drawn, then those set by the study; `varied`
    their rows in the war.
    Shapes: overrides (points,) or one number for all.
    """

    war: War
    seed: int
    drawing: InputSampler
    names: tuple[str, ...]
    varied: NDArray[np.intp]
    overrides: Mapping[str, Array]

    def at(self, points: NDArray[np.uint64]) -> Array:
        """Every number at some points. Shapes: points (N,); returns (K, N), rows as in the war."""
        values = self.drawing.at(self.seed, points)
        _share_out(self.war, values, self.seed, points)
        for path, given in self.overrides.items():
            values[self.war.row[path]] = given[points.astype(np.intp)] if given.ndim else given
        return values

    def matrix(self, values: Array) -> NDArray[np.float32]:
        """The rows that differ between points. Shapes: values (K, N); returns (uncertain, N)."""
        return values[self.varied].astype(np.float32)


def inputs_of(war: War, seed: int, overrides: Overrides | None = None) -> Inputs:
    """Sort a war's numbers into certain and uncertain ones.

    Raises: Fault when a path that is to be overridden does not exist.
    """
    given = {path: np.asarray(value, dtype=np.float64) for path, value in (overrides or {}).items()}
    for path in given:
        if path not in war.row:
            near = get_close_matches(path, war.row, n=3)
            raise Fault(f"the war has no number at '{path[:120]}'; the nearest are {', '.join(near) or 'none'}")
    uncertain = [path for path, number in war.numbers.items() if number.uncertain]
    names = tuple(dict.fromkeys([*uncertain, *given]))
    return Inputs(
        war, seed, InputSampler(war.numbers), names, np.array([war.row[path] for path in names], dtype=np.intp), given
    )


def _share_out(war: War, values: Array, seed: int, points: NDArray[np.uint64]) -> None:
    """Draw the powers of polities that state a concentration: a Dirichlet around the stated shares."""
    for side in war.sides:
        if side.concentrated:
            concentration = values[war.row[f"polities.{side.key}.power"]]
            values[side.power] = _dirichlet(
                values[side.power], concentration, side.key, side.faction_keys, seed, points
            )


def _dirichlet(
    shares: Array, concentration: Array, polity: str, factions: tuple[str, ...], seed: int, points: NDArray[np.uint64]
) -> Array:
    """Shares of power by gamma variates, each faction with its own luck. Shapes: shares (F, N); returns (F, N)."""
    from scipy.special import gammaincinv  # slow to import; few scenarios need it

    luck = np.empty((4, len(points)))
    mean = shares / shares.sum(axis=0)
    variates = np.empty_like(shares)
    for f, faction in enumerate(factions):
        uniforms(seed, points, 0, INPUT, stable_id(f"polities.{polity}.power/{faction}"), luck)
        variates[f] = gammaincinv(np.maximum(mean[f] * concentration, 1e-3), luck[0])
    return variates / np.maximum(variates.sum(axis=0), 1e-300)
