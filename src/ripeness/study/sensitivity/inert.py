"""Inert: which uncertain numbers move nothing in this war, so that no ranking may name them.

Under a reading, with a link cut or a law at zero, some numbers are drawn and never used, or enter only the ledgers of
costs. No rule written by hand would keep up with the model, so it is tried: the same wars, with the same random draws,
are simulated with a number moved, and compared in everything that the course of a war leaves behind.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.run import links
from ripeness.study.target import Target
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import simulate
from ripeness.world.chance import SAMPLE, stable_id, uniforms

Array = NDArray[np.float64]
COURSE = ("code", "months", "share", "zone", "deaths", "fell", "gone")  # results that tell of a war's course
TRIES = 4  # wars in which each number is moved alone, to its ends in turn
TOGETHER = 1024  # wars in which all that moved nothing alone are then moved at once
CHUNK = 1024  # wars simulated at once
WORKERS = 2
TAILS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class Inert:
    """Paths of the numbers that moved nothing, and in how many wars they were moved all at once without a trace."""

    paths: tuple[str, ...]
    wars: int


def inert(ensemble: Ensemble, target: Target, paths: tuple[str, ...]) -> Inert:
    """Find the numbers that change nothing in the course of a war up to the target's month.

    1. Move each number alone, to its 5 and 95 % points in turn, in a few wars; what changes any of them is not inert.
    2. Move all others at once, to values drawn anew, in many wars. Where a war changes, halve the set, in an order of
       its own, until the number is found at which it changes; that number is not inert.
    3. Repeat with those that are left until no war changes.

    Assumes that what changes no war in which the others are moved with it changes none at all; a number that acts in
    fewer than one war in some hundreds may be missed.
    """
    trial = _Trial(ensemble, target, paths)
    left = np.flatnonzero(~trial.alone())
    while len(left):
        acting = trial.together(left)
        if not len(acting):
            break
        left = np.setdiff1d(left, acting)
    return Inert(tuple(paths[n] for n in left), trial.wars)


class _Trial:
    """Wars of an ensemble, simulated again with some of their numbers moved."""

    def __init__(self, ensemble: Ensemble, target: Target, paths: tuple[str, ...]) -> None:
        self.ensemble, self.paths = ensemble, paths
        self.war: War = prepare(ensemble.scenario, ceil(round(target.month / ensemble.war.step, 9)))
        self.how = Conditions(ensemble.design.seed, links(()))
        self.rows = np.array([self.war.row[path] for path in paths])
        design = ensemble.design
        self.wars = min(TOGETHER, design.draws)
        runs = np.arange(self.wars) * (design.draws // self.wars)
        values = np.repeat(
            np.array([number.centre for number in self.war.numbers.values()])[:, None], self.wars, axis=1
        ).astype(np.float64)
        drawn = [self.war.row[path] for path in ensemble.input_names]
        values[drawn] = ensemble.inputs[:, runs // design.per_point]
        self.values = values
        self.draws = runs.astype(np.uint64)
        self.before = self._fight(values, self.draws)

    def alone(self) -> NDArray[np.bool_]:
        """Which numbers change a war when they are moved alone. Shapes: returns (K,)."""
        tries, many = min(TRIES, self.wars), len(self.paths)
        ends = np.array([self.war.numbers[path].quantile(np.array(TAILS)) for path in self.paths])
        changed = np.zeros(many, dtype=bool)
        for first in range(0, many, CHUNK // tries * WORKERS):
            part = np.arange(first, min(first + CHUNK // tries * WORKERS, many))
            number, place = np.repeat(part, tries), np.tile(np.arange(tries), len(part))
            values = self.values[:, place]
            values[self.rows[number], np.arange(len(number))] = ends[number, place % 2]
            differs = self._differs(values, place)
            changed[part] = differs.reshape(len(part), tries).any(axis=1)
        return changed

    def together(self, which: NDArray[np.intp]) -> NDArray[np.intp]:
        """The numbers found to change a war when all of some are moved at once. Shapes: which (n,)."""
        size, every = len(which), np.arange(self.wars)
        rank = np.argsort(np.argsort(self._uniform(size), axis=0), axis=0)  # place of each number in each war's order
        changed = np.flatnonzero(self._differs(self._moved(which, rank, np.full(self.wars, size), every), every))
        if not len(changed):
            return changed
        # In each changed war: moving the first `same` numbers of its order changes nothing, the first `differs` does.
        same, differs = np.zeros(len(changed), dtype=np.intp), np.full(len(changed), size)
        while (differs - same > 1).any():
            middle = np.where(differs - same > 1, (same + differs) // 2, differs)
            acts = self._differs(self._moved(which, rank[:, changed], middle, changed), changed)
            differs, same = np.where(acts, middle, differs), np.where(acts, same, middle)
        return np.unique(which[np.argmax(rank[:, changed] == differs - 1, axis=0)])

    def _moved(
        self, which: NDArray[np.intp], rank: NDArray[np.intp], count: NDArray[np.intp], place: NDArray[np.intp]
    ) -> Array:
        """Some wars with the first `count` of some numbers, each in its own order, taken from another war.

        Shapes: which (n,); rank (n, N); count, place (N,), `place` which wars; returns (rows, N).
        """
        values, rows = self.values[:, place], self.rows[which]
        other = (place + self.wars // 2 + len(which)) % self.wars
        values[rows] = np.where(rank < count, self.values[np.ix_(rows, other)], values[rows])
        return values

    def _uniform(self, size: int) -> Array:
        out: Array = np.empty((4, size * self.wars))
        keys = np.arange(size * self.wars, dtype=np.uint64)
        uniforms(self.ensemble.design.seed, keys, 0, SAMPLE, stable_id("sense/inert"), out)
        return out[0].reshape(size, self.wars)

    def _differs(self, values: Array, place: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Whether a war's course is another one. Shapes: values (rows, N), place (N,), of which war each is a copy."""
        after = self._fight(values, self.draws[place])
        return np.asarray((after != self.before[:, place]).any(axis=0))

    def _fight(self, values: Array, draws: NDArray[np.uint64]) -> Array:
        """What the courses of some wars leave behind. Shapes: returns (results, N); what does not exist is -1."""
        spans = [slice(first, min(first + CHUNK, len(draws))) for first in range(0, len(draws), CHUNK)]

        def fight(span: slice) -> Array:
            results = simulate(self.war, np.ascontiguousarray(values[:, span]), draws[span].copy(), self.how).results
            return np.nan_to_num(np.concatenate([np.atleast_2d(results[name]) for name in COURSE]), nan=-1.0)

        with ThreadPoolExecutor(WORKERS) as pool:
            return np.concatenate(list(pool.map(fight, spans)), axis=1)
