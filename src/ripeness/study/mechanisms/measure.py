"""Measure: what each lever does to length, outcomes and terms, on the same parameter samples and random draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import Inputs, Overrides, inputs_of
from ripeness.ensemble.past import Past
from ripeness.ensemble.run import Progress, run
from ripeness.ensemble.stated import Stated, as_stated
from ripeness.scenario.number_paths import replace_numbers
from ripeness.scenario.schema import Scenario
from ripeness.study.arms import even_chunk
from ripeness.study.mechanisms.lever import AS_STATED, Lever, LeverArm, NumberMove
from ripeness.study.mechanisms.samples import SampleSigns, sample_signs
from ripeness.study.weighted_statistics import MeanEstimate, Weights, estimate_mean, run_weights, weigh
from ripeness.war.prepare import War, prepare
from ripeness.world.outcome import ENDS

Array = NDArray[np.float64]
MIN_REPLICATIONS, MAX_REPLICATIONS = 8, 256  # runs of a parameter sample in each arm


def replications(draws: int) -> int:
    """How many of the runs share a parameter sample: as many as there are samples, so that both are told apart.

    >>> replications(16_384), replications(1_000), replications(20)
    (128, 32, 8)
    """
    return min(max(round(sqrt(draws)), MIN_REPLICATIONS), MAX_REPLICATIONS)


@dataclass(frozen=True, slots=True)
class LeverEffect:
    """What a lever did: mean differences after less before, with 90 % errors, and signs over parameter samples.

    `right` and `wrong`: shares of parameter samples that move the way the theory says, and the opposite way.
    `outcomes` by kind, without whose they are; `terms`: the first belligerent's share at the end. `idle`: not one run
    goes otherwise. Units: months; shares of runs; share of the stake.
    """

    months: MeanEstimate
    signs: SampleSigns
    right: float | None
    wrong: float | None
    outcomes: dict[str, MeanEstimate]
    terms: MeanEstimate
    idle: bool


@dataclass
class LeverRuns:
    """Where the arms of levers are simulated; the war as stated is simulated once for all of them.

    `expected` arms in all, for the progress; `weights` of the runs, shared by all arms.
    """

    scenario: Scenario
    design: Design
    overrides: Overrides = field(default_factory=dict)
    past: Past | None = None
    progress: Progress | None = None
    expected: int = 1
    weights: Weights = None
    done: int = 0
    _base: Ensemble | None = None
    _run_weights: Array | None = None

    def __post_init__(self) -> None:
        """Note from where stated terms move, and how numbers are drawn."""
        self.design = replace(self.design, chunk=even_chunk(self.design.draws))
        self._stated: Stated = as_stated(self.scenario, self.design, self.overrides, past=self.past)
        self._war: War = prepare(self.scenario, self.design.horizon)
        self._inputs: Inputs = inputs_of(
            self._war, self.design.seed, self.overrides, None if self.past is None else self.past.samples
        )

    def base(self) -> Ensemble:
        """The war as stated."""
        if self._base is None:
            self._base = self._simulate(AS_STATED)
        return self._base

    def run_weights(self) -> Array:
        """Weights of the runs in every arm, those of the war as stated. Shapes: returns (R,), mean 1."""
        if self._run_weights is None:
            self._run_weights = run_weights(self.design.draws, weigh(self.base(), self.weights))
        return self._run_weights

    def arm(self, arm: LeverArm) -> Ensemble:
        """The war with an arm's changes."""
        return self.base() if arm.is_as_stated else self._simulate(arm)

    def effect(self, lever: Lever) -> LeverEffect:
        """What a lever did."""
        effect = lever_effect(self.arm(lever.after), self.arm(lever.before), self.run_weights())
        if lever.expected is None:
            return effect
        right, wrong = effect.signs.along(lever.expected)
        return replace(effect, right=right, wrong=wrong)

    def _scenario(self, arm: LeverArm) -> Scenario:
        unstated = {move.path: move.value for move in arm.moves if move.path not in self._war.row}
        return replace_numbers(arm.scenario or self.scenario, unstated)

    def _overrides(self, arm: LeverArm, war: War) -> dict[str, Any]:
        """Numbers that evidence or the arm sets, those that the arm's war has."""
        overrides = {**self.overrides, **self._moved(arm.moves)}
        return {path: value for path, value in overrides.items() if path in war.row}

    def _simulate(self, arm: LeverArm) -> Ensemble:
        scenario = self._scenario(arm)
        ensemble = run(
            scenario,
            self.design,
            orders=arm.orders,
            cuts=arm.cuts,
            overrides=self._overrides(arm, prepare(scenario, self.design.horizon)),
            past=self.past,
            stated=None if arm.is_as_stated else self._stated,
            progress=self._report,
        )
        self.done += 1
        return ensemble

    def _moved(self, moves: Sequence[NumberMove]) -> dict[str, Array]:
        """The moved numbers at every parameter sample, those that the war states."""
        stated = [move for move in moves if move.path in self._war.row]
        if not stated:
            return {}
        points = np.arange(self.design.points, dtype=np.uint64)
        part = self._inputs.of([move.path for move in stated])
        drawn = part.at(points)[part.varied]
        return {
            move.path: move.applied(row, *_bounds(self._war, move.path))
            for move, row in zip(stated, drawn, strict=True)
        }

    def _report(self, runs_done: int, runs: int) -> None:
        if self.progress is not None:
            self.progress(self.done * runs + runs_done, max(self.expected, self.done + 1) * runs)


def lever_effect(after: Ensemble, before: Ensemble, weights: Array | None = None) -> LeverEffect:
    """Compare two arms run by run. Shapes: weights (R,)."""
    sample_of_run, weights = after.point, run_weights(after.design.draws, weights)

    def difference(values_after: NDArray[Any], values_before: NDArray[Any]) -> MeanEstimate:
        return estimate_mean(values_after.astype(np.float64) - values_before.astype(np.float64), sample_of_run, weights)

    return LeverEffect(
        difference(after.months, before.months),
        sample_signs(after.months, before.months, after.design.per_point, weights),
        None,
        None,
        {
            outcome: difference(np.isin(after.code, codes), np.isin(before.code, codes))
            for outcome, codes in _codes_by_outcome().items()
        },
        difference(after.results["share"], before.results["share"]),
        idle=np.array_equal(after.code, before.code)
        and np.array_equal(after.months, before.months)
        and np.array_equal(after.results["share"], before.results["share"]),
    )


def _codes_by_outcome() -> Mapping[str, list[int]]:
    codes: dict[str, list[int]] = {}
    for end in ENDS:
        codes.setdefault(end.outcome, []).append(end.code)
    return codes


def _bounds(war: War, path: str) -> tuple[float, float]:
    number = war.numbers[path]
    return number.low, number.high
