"""Cloud: points that a surface proposed, weighed and moved until they are drawn from the simulated likelihood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.calibrate.emulator import Surface, walk
from ripeness.validation.calibrate.rounds import Round

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
STEPS = 3  # of a walk over the surface, before its end is simulated
HALF = 0.5  # of the points are worth what is left after each weighing, until the last ones
FULL = 2  # last moves, at which the simulated likelihood counts in full


@dataclass(frozen=True, slots=True)
class Cloud:
    """Points drawn from prior times simulated likelihood, each once with the number of times that it was drawn.

    Shapes: times (N,). `noise` is the sd of a log-likelihood by chance, `ancestors` how many of the points that the
    surface proposed have offspring, `taken` the share of moves that were.
    """

    points: Round
    times: Array
    noise: float
    ancestors: int
    taken: float


def effective_number(log_weight: Array) -> float:
    """How many equally weighted points some weighted ones are worth; weights need not be normalised.

    Shapes: log_weight (N,).
    Source: Kong 1992.

    >>> round(effective_number(np.log(np.array([1.0, 1.0, 2.0]))), 6)
    2.666667
    """
    weight = np.exp(log_weight - np.max(log_weight))
    return float(weight.sum() ** 2 / (weight**2).sum())


def move_to_simulated(
    surface: Surface, simulate: Callable[[int, Array], Round], start: Array, moves: int, seed: int
) -> Cloud:
    """Weigh and move points that were drawn from prior times surface.

    `simulate` gives the likelihoods at some points, for the first time (0) and at each move (1, ...).
    Shapes: start (N, D).
    """
    generator = np.random.Generator(np.random.Philox(key=[seed, len(start)]))
    now = simulate(0, start)
    ratio = now.total - surface.total(now.scores)
    reliable = max(1 - float((now.noise**2).mean()) / max(float(ratio.var()), 1e-12), 0.0)
    ratio = reliable * ratio
    ancestor, power, taken, noises = np.arange(len(start)), 0.0, 0, [now.noise]
    for move in range(1, moves + 1):
        step = 1.0 - power if move > moves - FULL else _step(ratio, 1.0 - power)
        drawn = _resample(step * ratio, float(generator.random()))
        now, ratio, ancestor, power = _selected(now, drawn), ratio[drawn], ancestor[drawn], power + step
        other = simulate(move, walk(surface, now.scores, start, STEPS, seed + move))
        other_ratio = reliable * (other.total - surface.total(other.scores))
        accepted = np.log(generator.random(len(start))) < power * (other_ratio - ratio)
        now, ratio = _either(accepted, other, now), np.where(accepted, other_ratio, ratio)
        taken += int(accepted.sum())
        noises.append(other.noise)
    _, first, times = np.unique(now.scores, axis=0, return_index=True, return_counts=True)
    order = np.argsort(first)
    return Cloud(
        _selected(now, first[order]),
        times[order].astype(np.float64),
        float(np.median(np.concatenate(noises))),
        len(np.unique(ancestor)),
        taken / (moves * len(start)),
    )


def _step(ratio: Array, most: float) -> float:
    """By how much the power may rise for half of the points to be left in worth."""
    low, high = 0.0, most
    if effective_number(most * ratio) >= HALF * len(ratio):
        return most
    for _ in range(40):
        middle = (low + high) / 2
        if effective_number(middle * ratio) < HALF * len(ratio):
            high = middle
        else:
            low = middle
    return low


def _resample(log_weight: Array, uniform: float) -> NDArray[np.intp]:
    """Places of points drawn by weight, by systematic resampling (Kitagawa 1996)."""
    weight = np.exp(log_weight - np.logaddexp.reduce(log_weight))
    marks = (np.arange(len(weight)) + uniform) / len(weight)
    return np.minimum(np.searchsorted(np.cumsum(weight), marks), len(weight) - 1)


def _selected(points: Round, places: NDArray[np.intp]) -> Round:
    return Round(points.scores[places], points.wars[places], points.channels[places], points.noise[places])


def _either(choose: NDArray[np.bool_], first: Round, second: Round) -> Round:
    """The first where chosen, else the second."""
    rows = choose[:, None]
    return Round(
        np.where(rows, first.scores, second.scores),
        np.where(rows, first.wars, second.wars),
        np.where(choose, first.channels, second.channels),
        np.where(choose, first.noise, second.noise),
    )
