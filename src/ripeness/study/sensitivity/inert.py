"""Inert parameters: those without any effect in this war, which no ranking may name.

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
from ripeness.scenario.number_paths import enters_the_war
from ripeness.study.target import Target
from ripeness.study.weighted_statistics import uniform_draws
from ripeness.war.conditions import Conditions
from ripeness.war.prepare import War, prepare
from ripeness.war.simulate import simulate

Array = NDArray[np.float64]
COURSE = ("code", "months", "share", "zone", "deaths", "fell", "gone")  # results that tell of a war's course
TRIES = 4  # wars in which each number is moved alone, to its ends in turn
JOINT_WARS = 1024  # wars in which all that moved nothing alone are then moved at once
CHUNK = 1024  # wars simulated at once
WORKERS = 2
TAILS = (0.05, 0.95)


@dataclass(frozen=True, slots=True)
class InertParameters:
    """Paths of the parameters without effect, and in how many wars they were changed all at once."""

    paths: tuple[str, ...]
    wars: int


def war_inputs(ensemble: Ensemble) -> tuple[str, ...]:
    """Paths of the uncertain parameters that enter the war itself."""
    return tuple(path for path in ensemble.input_names if enters_the_war(path))


def find_inert(ensemble: Ensemble, target: Target, paths: tuple[str, ...]) -> InertParameters:
    """Find the parameters without any effect on the course of a war up to the target's month.

    1. Move each number alone, to its 5 and 95 % points in turn, in a few wars; what changes any of them is not inert.
    2. Move all others at once, to other drawn values, in many wars. Where a war changes, halve the set, in an order of
       its own, until the number is found at which it changes; that number is not inert.
    3. Repeat with those that are left until no war changes.

    Fitted parameters are moved one by one, too, and so off the points of their joint posterior: what has no effect has
    none in any combination, a likely one or not.

    Assumes that what changes no war in which the others are moved with it changes none at all; a number that acts in
    fewer than one war in some hundreds may be missed.
    """
    trial = _PerturbedWars(ensemble, target, paths)
    idle = np.flatnonzero(~trial.acting_alone())
    while len(idle):
        acting = trial.acting_among(idle)
        if not len(acting):
            break
        idle = np.setdiff1d(idle, acting)
    return InertParameters(tuple(paths[n] for n in idle), trial.wars)


class _PerturbedWars:
    """Wars of an ensemble, simulated again with some parameters changed."""

    def __init__(self, ensemble: Ensemble, target: Target, paths: tuple[str, ...]) -> None:
        self.ensemble, self.paths = ensemble, paths
        self.war: War = prepare(
            ensemble.scenario, ceil(round((ensemble.elapsed + target.month) / ensemble.war.step, 9))
        )
        self.conditions = Conditions(ensemble.design.seed, links(()))
        self.rows = np.array([self.war.row[path] for path in paths])
        design = ensemble.design
        self.wars = min(JOINT_WARS, design.draws)
        runs = np.arange(self.wars) * (design.draws // self.wars)
        values = np.repeat(
            np.array([number.centre for number in self.war.numbers.values()])[:, None], self.wars, axis=1
        ).astype(np.float64)
        input_rows = [self.war.row[path] for path in ensemble.input_names]
        values[input_rows] = ensemble.inputs[:, runs // design.per_point]
        self.values = values
        self.run_ids = runs.astype(np.uint64)
        self.base_results = self._simulate(values, self.run_ids)

    def acting_alone(self) -> NDArray[np.bool_]:
        """Return which parameters change a war when they are changed alone. Shapes: returns (K,)."""
        tries, n_paths = min(TRIES, self.wars), len(self.paths)
        ends = np.array([self.war.numbers[path].quantile(np.array(TAILS)) for path in self.paths])
        changed = np.zeros(n_paths, dtype=bool)
        for first in range(0, n_paths, CHUNK // tries * WORKERS):
            part = np.arange(first, min(first + CHUNK // tries * WORKERS, n_paths))
            number, place = np.repeat(part, tries), np.tile(np.arange(tries), len(part))
            values = self.values[:, place]
            values[self.rows[number], np.arange(len(number))] = ends[number, place % 2]
            differs = self._differs(values, place)
            changed[part] = differs.reshape(len(part), tries).any(axis=1)
        return changed

    def acting_among(self, subset: NDArray[np.intp]) -> NDArray[np.intp]:
        """Return parameters found to change a war when a subset is changed at once. Shapes: subset (n,)."""
        size, every = len(subset), np.arange(self.wars)
        rank = np.argsort(np.argsort(self._uniform(size), axis=0), axis=0)  # place of each number in each war's order
        changed = np.flatnonzero(self._differs(self._moved(subset, rank, np.full(self.wars, size), every), every))
        if not len(changed):
            return changed
        # In each changed war: moving the first `same` numbers of its order changes nothing, the first `differs` does.
        harmless, differs = np.zeros(len(changed), dtype=np.intp), np.full(len(changed), size)
        while (differs - harmless > 1).any():
            middle = np.where(differs - harmless > 1, (harmless + differs) // 2, differs)
            acts = self._differs(self._moved(subset, rank[:, changed], middle, changed), changed)
            differs, harmless = np.where(acts, middle, differs), np.where(acts, harmless, middle)
        return np.unique(subset[np.argmax(rank[:, changed] == differs - 1, axis=0)])

    def _moved(
        self, subset: NDArray[np.intp], rank: NDArray[np.intp], count: NDArray[np.intp], place: NDArray[np.intp]
    ) -> Array:
        """Some wars with the first `count` of some numbers, each in its own order, taken from another war.

        Shapes: subset (n,); rank (n, N); count, place (N,), `place` which wars; returns (rows, N).
        """
        values, rows = self.values[:, place], self.rows[subset]
        donor = (place + self.wars // 2 + len(subset)) % self.wars
        values[rows] = np.where(rank < count, self.values[np.ix_(rows, donor)], values[rows])
        return values

    def _uniform(self, size: int) -> Array:
        draws = uniform_draws(size * self.wars, self.ensemble.design.seed, "sense/inert")
        return draws.reshape(size, self.wars)

    def _differs(self, values: Array, place: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return whether a war's course differs. Shapes: values (rows, N), place (N,), of which war each is a copy."""
        results = self._simulate(values, self.run_ids[place])
        return np.asarray((results != self.base_results[:, place]).any(axis=0))

    def _simulate(self, values: Array, run_ids: NDArray[np.uint64]) -> Array:
        """Simulate wars and return their results. Shapes: returns (results, N); what does not exist is -1."""
        spans = [slice(first, min(first + CHUNK, len(run_ids))) for first in range(0, len(run_ids), CHUNK)]

        def simulate_span(span: slice) -> Array:
            results = simulate(
                self.war, np.ascontiguousarray(values[:, span]), run_ids[span].copy(), self.conditions
            ).results
            return np.nan_to_num(np.concatenate([np.atleast_2d(results[name]) for name in COURSE]), nan=-1.0)

        with ThreadPoolExecutor(WORKERS) as pool:
            return np.concatenate(list(pool.map(simulate_span, spans)), axis=1)
