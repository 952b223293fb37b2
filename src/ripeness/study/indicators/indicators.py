"""Indicators: observables ranked by their expected information on the outcome, and what each value means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.study.indicators.information import Information, information, observation_bands
from ripeness.study.indicators.observables import ObservationRecorder
from ripeness.study.target import Target, outcome_codes_at, outcomes_by_name
from ripeness.world.outcome import ENDS

Array = NDArray[np.float64]
EARLY_SHARE = 1 / 2  # share of its greatest information at which an indicator is said to show
MIN_RUNS_GOING = 100  # runs still going, below which nothing is said about a month


@dataclass(frozen=True, slots=True)
class BandMeaning:
    """What one band of an observation means: between low and high (none: open), how often it is seen, and then what."""

    low: float | None
    high: float | None
    seen: float
    chances: dict[str, float]


@dataclass(frozen=True, slots=True)
class MonthlyInformation:
    """An indicator at one month, among the wars that still go on then."""

    month: float
    bits: float
    chance: float
    entropy: float
    going: int
    readings: tuple[BandMeaning, ...]

    @property
    def tells(self) -> bool:
        """Whether its information exceeds that of every shuffle."""
        return self.bits > self.chance and self.bits > 0


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator to watch. `shows`: the first month with half of its greatest information; `kind`: see Observable."""

    key: str
    name: str
    unit: str
    best: MonthlyInformation
    shows: float
    looks: tuple[MonthlyInformation, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class RankedIndicators:
    """All indicators, the most telling first; `silent` tell nothing beyond chance or look alike in all runs."""

    target: Target
    draws: int
    p: float
    shares: dict[str, float]
    months: tuple[float, ...]
    indicators: tuple[Indicator, ...]
    silent: tuple[str, ...]


def indicators(
    ensemble: Ensemble, recorder: ObservationRecorder, target: Target, weights: Array | None = None
) -> RankedIndicators:
    """Rank observables by expected information on the state of the war at the target's month.

    For each month only wars that still go on count: "if the war goes on in month 6 and the media line is low,
    then ...".
    Information is on which of all outcomes it will be; the readings give every outcome's probability.

    Shapes: weights (R,).
    """
    names = outcomes_by_name([side.key for side in ensemble.war.sides[:2]])
    code = np.zeros(len(ENDS), dtype=np.int64)
    for n, kind in enumerate(names.values()):
        code[list(kind.codes)] = n
    outcome = code[outcome_codes_at(ensemble, target.month)]
    weight = np.ones(len(outcome)) if weights is None else weights
    shape = _whole_points(ensemble)
    ranked, silent = [], []
    for row, observable in enumerate(recorder.observables):
        looks = []
        for page, month in enumerate(recorder.months):
            values = np.where(ensemble.months > month, recorder.values[row, page], np.nan)
            look = _look(values, outcome, weight, month, list(names), shape, ensemble.design.seed, observable.key)
            looks += [] if look is None else [look]
        telling = [look for look in looks if look.tells]
        if not telling:
            silent.append(observable.name)
            continue
        best = max(telling, key=lambda look: look.bits)
        shows = next(look.month for look in telling if look.bits >= EARLY_SHARE * best.bits)
        ranked.append(
            Indicator(observable.key, observable.name, observable.unit, best, shows, tuple(looks), observable.kind)
        )
    ranked.sort(key=lambda indicator: -indicator.best.bits)
    p = {name: float((weight * (outcome == n)).sum() / weight.sum()) for n, name in enumerate(names)}
    return RankedIndicators(
        target, ensemble.design.draws, p[target.name], p, recorder.months, tuple(ranked), tuple(silent)
    )


def _whole_points(ensemble: Ensemble) -> tuple[int, int]:
    """Return how many parameter samples have all their runs, and how many runs each has."""
    runs_per_sample = min(ensemble.design.per_point, ensemble.design.draws)
    return ensemble.design.draws // runs_per_sample, runs_per_sample


def _look(
    values: Array,
    outcome: NDArray[np.int64],
    weight: Array,
    month: float,
    names: list[str],
    shape: tuple[int, int],
    seed: int,
    key: str,
) -> MonthlyInformation | None:
    band, cuts = observation_bands(values)
    going = band >= 0
    if not cuts or going.sum() < MIN_RUNS_GOING:
        return None
    size = shape[0] * shape[1]
    info: Information = information(
        band[:size].reshape(shape), outcome[:size].reshape(shape), weight[:size].reshape(shape), seed, key
    )
    total = float(weight[going].sum())
    ends = (None, *cuts, None)
    readings = tuple(
        BandMeaning(
            ends[n],
            ends[n + 1],
            float(weight[band == n].sum()) / total,
            _outcome_shares(band == n, outcome, weight, names),
        )
        for n in range(len(cuts) + 1)
    )
    overall = np.array(list(_outcome_shares(going, outcome, weight, names).values()))
    positive = overall[overall > 0]
    return MonthlyInformation(
        month, info.bits, info.chance, float(-(positive * np.log2(positive)).sum()), int(going.sum()), readings
    )


def _outcome_shares(
    mask: NDArray[np.bool_], outcome: NDArray[np.int64], weight: Array, names: list[str]
) -> dict[str, float]:
    total = float(weight[mask].sum())
    counts = np.bincount(outcome[mask], weights=weight[mask], minlength=len(names))
    return {name: float(count / total) if total > 0 else 0.0 for name, count in zip(names, counts, strict=True)}
