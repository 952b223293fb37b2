"""An item of evidence: one dated decision of a polity, and how likely it is given where the rule of decision points.

The outcome of the rule is a point m of the issue; what the polity then does is a quantal response around it: on a
grid of 101 points the chance of point x goes with exp(-(x - m)^2 / 2 noise^2), the logit choice for a loss that grows
with the square of the distance. What is on record of it is that point as coded, with the coder's own interval around
it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ripeness.world.quantity import Z90, Quantity

Array = NDArray[np.float64]
GRID = np.linspace(0.0, 1.0, 101)
PRIZES = ("appointed", "funded")  # the other acts set two parties against each other
LEAST_NOISE = 0.005  # half a step of the grid: less noise cannot be seen on it
MEANS = np.linspace(0.0, 1.0, 501)  # outcomes at which chances are tabulated; between them they are interpolated


@dataclass(frozen=True, slots=True)
class Item:
    """One observed decision.

    `kind` is position (where it stood), choice (which alternative, `at` its number), above or below (more or less than
    `at`), or act (whose standing was raised or struck; of no issue where `issue` is empty).
    `alternatives` are places on the issue, none where they are mere names; `stances` say which alternative, by number,
    a faction stood behind; `favours` and `against` are factions, `n_contenders` how many contend in an act.
    `doubt` is the chance that the item says nothing. Units: months from the start; `at` and `coded` (sd) in shares of
    the issue.
    """

    id: str
    polity: str
    issue: str
    on: date
    months: float
    kind: str
    at: float
    coded: float
    alternatives: tuple[float | None, ...]
    doubt: float
    grade: str
    sources: tuple[str, ...]
    planted: bool = False
    puzzling: bool = False
    note: str = ""
    stances: Mapping[str, int] = field(default_factory=dict, hash=False)
    act: str = ""
    favours: str = ""
    against: str = ""
    n_contenders: int = 2

    @property
    def outcomes(self) -> float:
        """Over how many outcomes an item that says nothing is spread."""
        sides = {"position": float(len(GRID)), "above": 2.0, "below": 2.0, "act": float(self.n_contenders)}
        return sides.get(self.kind, float(len(self.alternatives)))

    @property
    def open_to_all(self) -> bool:
        """Whether all factions contend for what an act gives: a post or money, taken from nobody in particular."""
        return self.act in PRIZES and not self.against

    @property
    def floor(self) -> float:
        """The log probability of this item when it is uninformative."""
        return -float(np.log(self.outcomes))


def coding_sd(quantity: Quantity) -> float:
    """The standard deviation that a coded number's 90 % interval stands for, on the issue's own scale."""
    low, _, high = quantity.interval()
    return (high - low) / (2 * Z90)


def item_likelihood(item: Item, noise: Array, means: Array = MEANS) -> Array:
    """Return the probability of an item, without doubt, for outcomes of the rule and sizes of noise.

    Shapes: noise (J,), means (M,); returns (J, M).
    """
    noise = np.maximum(noise, LEAST_NOISE)
    if item.kind == "choice":
        sd = np.sqrt(noise**2 + item.coded**2)[:, None, None]
        odds = _softmax(means[None, :, None], np.array(item.alternatives), sd)
        return np.asarray(odds[:, :, int(item.at)])
    return np.asarray(_decided(tuple(noise), tuple(means)) @ _recorded(item))


@lru_cache(maxsize=16)
def _decided(noise: tuple[float, ...], means: tuple[float, ...]) -> Array:
    """Chances of the grid's points, which all items of a council share. Shapes: returns (J, M, K)."""
    return _softmax(np.array(means)[None, :, None], GRID, np.array(noise)[:, None, None])


def _softmax(means: Array, points: Array, noise: Array) -> Array:
    """Chances over points, by their distance from each outcome. Shapes: (1, M, 1), (K,), (J, 1, 1); returns (J, M,
    K).
    """
    loss = -0.5 * ((points - means) / noise) ** 2
    odds = np.exp(loss - loss.max(axis=-1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def _recorded(item: Item) -> Array:
    """How likely the record is for each point of the grid that may have been decided. Shapes: returns (K,)."""
    step = GRID[1]
    if item.kind in ("above", "below"):
        from scipy.special import ndtr

        distance = (GRID - item.at) / max(item.coded, step / 2)
        return np.asarray(ndtr(distance if item.kind == "above" else -distance))
    if item.coded < step / 2:
        return np.maximum(1 - np.abs(GRID - item.at) / step, 0.0)
    weight = np.exp(-0.5 * ((GRID - item.at) / item.coded) ** 2)
    return np.asarray(weight / weight.sum())


def log_table(item: Item, noise: Array) -> Array:
    """Log likelihood of an item with its doubt, tabulated. Shapes: noise (J,); returns (J, M)."""
    return _table(item, tuple(noise))


@lru_cache(maxsize=1024)
def _table(item: Item, noise: tuple[float, ...]) -> Array:
    return np.asarray(np.log((1 - item.doubt) * item_likelihood(item, np.array(noise)) + item.doubt / item.outcomes))
