"""Competing risks: wars that no draw ends, so that each run gives the probability of every end in every month.

The hazards of a month are known before the draw that ends a war. A run that goes on past every draw therefore tells
the whole distribution of its ends: it is still fought after t months with probability S(t) = exp(-sum of hazards), and
ends in month t by way k with S(t) (1 - exp(-h)) h_k / h (Rao-Blackwellised: Casella and Robert 1996). A mean over runs
that differ in what no number of a war shows is the likelihood of a point, frailty included, with far less noise than
counts of runs that a draw has ended.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.recorder import RunRecorder
from ripeness.ensemble.run import run
from ripeness.validation.calibrate.simulated_wars import overrides
from ripeness.validation.history.coding import Kind, scenario_of
from ripeness.war.situation import Situation
from ripeness.world.outcome import (
    CEASEFIRE,
    COLLAPSE_FIRST,
    COLLAPSE_SECOND,
    FRONT_FIRST,
    FRONT_SECOND,
    FROZEN,
    SETTLEMENT,
    SURRENDER_TO_FIRST,
    SURRENDER_TO_SECOND,
    WAYS,
)

Array = NDArray[np.float64]
Floats = NDArray[np.float32]
NEGLIGIBLE = -log(0.01)  # summed hazard at which a run is let end: what it could still say weighs below 1 %
AROUND = 0.1  # months around one, as a share of it, over which probabilities are averaged: ends of long wars are few
HALF = 0.5  # of the last month that was fought, on average
FIRST_WINS_WAYS = [code - 1 for code in (FRONT_FIRST, SURRENDER_TO_FIRST, COLLAPSE_SECOND)]
SECOND_WINS_WAYS = [code - 1 for code in (FRONT_SECOND, SURRENDER_TO_SECOND, COLLAPSE_FIRST)]
SETTLED, FROZE, CEASED = SETTLEMENT - 1, FROZEN - 1, CEASEFIRE - 1


@dataclass(frozen=True, slots=True)
class EndDistribution:
    """What each run says of its ends, run r under the parameters of point r // per_point.

    Shapes: ways (M, 9, R), probability to end in each of the `moments` (months, counted from 0; of long wars a
    mean of some months) by each way; terms and share (M, R), what a settlement and what the front would give to the
    first side; deaths (M, 2, R), in thousands, with half of the month; fell (M, 2, R), whether a leader has fallen;
    classes (3, R) and channels (3, R), probability over all months of each recorded outcome and each channel.
    """

    kind: Kind
    per_point: int
    moments: tuple[int, ...]
    ways: Floats
    terms: Floats
    share: Floats
    deaths: Floats
    fell: Floats
    classes: Floats
    channels: Floats


class HazardRecorder(RunRecorder):
    """Lets no draw end a war and notes what each run would end by, month by month. Shapes: see EndDistribution.

    `bands` (R,) are the bands within which a settlement is recorded as a draw, of all runs of the ensemble.
    """

    arrays = ("ways", "terms", "share", "deaths", "fell", "classes", "channels")
    ways: Floats
    terms: Floats
    share: Floats
    deaths: Floats
    fell: Floats
    classes: Floats
    channels: Floats
    summed: Array

    def __init__(self, moments: Sequence[int], last: int, bands: Array) -> None:
        """Note at `moments`; let runs end after month `last`."""
        self.moments, self.last, self.bands = tuple(moments), last, bands

    def allocate(self, runs: int) -> None:
        """Nothing seen yet: an end that is out of sight has probability 0."""
        moments = len(self.moments)
        self.ways = np.zeros((moments, WAYS, runs), dtype=np.float32)
        self.terms, self.share = (np.full((moments, runs), 0.5, dtype=np.float32) for _ in range(2))
        self.deaths, self.fell = (np.zeros((moments, 2, runs), dtype=np.float32) for _ in range(2))
        self.classes, self.channels = (np.zeros((3, runs), dtype=np.float32) for _ in range(2))
        self.summed = np.zeros(runs)

    def __call__(self, step: int, situation: Situation, place: NDArray[np.intp]) -> None:
        """Take note of a month's hazards, and let its wars go on."""
        shared = situation.shared
        runs = self.columns(situation, place >= 0)
        hazard, terms = shared.hazard, shared.terms
        total = hazard.sum(axis=0)
        ends = np.exp(-self.summed[runs]) * -np.expm1(-total)
        ways = hazard * (ends / np.maximum(total, 1e-300))
        settled, band = ways[SETTLED], self.bands[runs + self.first_run]
        first, second = terms >= 0.5 + band, terms <= 0.5 - band
        self.classes[0, runs] += ways[FIRST_WINS_WAYS].sum(axis=0) + settled * first
        self.classes[1, runs] += ways[SECOND_WINS_WAYS].sum(axis=0) + settled * second
        self.classes[2, runs] += ways[FROZE] + ways[CEASED] + settled * ~(first | second)
        self.channels[0, runs] += ends - settled - ways[CEASED] - ways[FROZE]
        self.channels[1, runs] += settled + ways[CEASED]
        self.channels[2, runs] += ways[FROZE]
        for n, moment in enumerate(self.moments):
            around = round(AROUND * moment)
            if abs(step - moment) <= around:
                self.ways[n][:, runs] += (ways / (2 * around + 1)).astype(np.float32)
            if step == moment:
                self._note(n, runs, situation)
        self.summed[runs] += total
        shared.outcome = ((self.summed[runs] > NEGLIGIBLE) | (step >= self.last)).astype(np.float64)

    def _note(self, moment: int, runs: NDArray[np.intp], situation: Situation) -> None:
        self.terms[moment, runs] = situation.shared.terms
        self.share[moment, runs] = 1 / (1 + np.exp(-situation.shared.front))
        for side, polity in enumerate(situation.belligerents()):
            self.deaths[moment, side, runs] = polity.deaths - polity.deaths_start - HALF * polity.new_deaths
            self.fell[moment, side, runs] = polity.leader_fell


def simulate_ends(
    kind: Kind,
    values: Mapping[str, Array],
    per_point: int,
    seed: int,
    moments: Sequence[int],
    last: int,
    reading: str = "factional",
    progress: Callable[[int, int], None] | None = None,
) -> EndDistribution:
    """Simulate wars of one kind up to month `last`: at each point `per_point` runs that differ in what no number shows.

    Shapes: values by name (points,); moments, the months (from 0) in which wars of the record ended.
    """
    points = len(next(iter(values.values())))
    bands = np.repeat(values["band_after" if kind[0] else "band_before"], per_point)
    recorder = HazardRecorder(moments, last, bands)
    design = Design(points * per_point, seed, per_point=1, kept=0, horizon=last + 1)
    recorder.allocate(design.draws)
    inputs = overrides(kind, values, per_point, seed, reading)
    run(scenario_of(kind, reading), design, overrides=inputs, watch=recorder, progress=progress)
    return EndDistribution(kind, per_point, tuple(moments), **recorder.notes())
