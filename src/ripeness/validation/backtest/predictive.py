"""Records drawn from the fitted model compared with the record itself: where the one lies outside the other's 90 %,
the model misses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, nan

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.backtest.war_model import WarModel
from ripeness.validation.calibrate import measure
from ripeness.validation.history.coding import channels
from ripeness.validation.history.record import OUTCOMES, PastWar

Array = NDArray[np.float64]
REPEATS = 400  # records drawn: the 5 and 95 % points rest on 20 of them each
LOW, HIGH = 5.0, 95.0
RESULT = ("losing", "a draw", "winning")


@dataclass(frozen=True, slots=True)
class PredictiveCheck:
    """One feature of the record, and the 90 % range of it over records drawn from the fitted model."""

    feature: str
    record: float
    low: float
    median: float
    high: float

    @property
    def inside(self) -> bool:
        """Whether the record lies in the range."""
        return bool(self.low <= self.record <= self.high)


@dataclass(frozen=True, slots=True)
class _RecordArrays:
    """A record as arrays. Shapes: outcome, months, recent, ratio (N,); ousted (2, N), not a number where unknown;
    channel (N,).
    """

    outcome: NDArray[np.int64]
    months: Array
    recent: NDArray[np.bool_]
    ratio: Array
    ousted: Array


def checks(model: WarModel, wars: Sequence[PastWar], seed: int) -> list[PredictiveCheck]:
    """Compare hazards of ending, outcome mix by era, losses,
    leaders' exits and channels with records drawn from the model.
    """
    with_length = [war for war in wars if war.outcome and isfinite(war.months)]
    if not with_length:
        return []
    observed = _record(with_length)
    simulated, ends = _simulate_records(model, with_length, observed, seed)
    features = _features(observed)
    simulated_features = [_features(sample) for sample in simulated]
    rows = [_check(name, value, [sample[name] for sample in simulated_features]) for name, value in features.items()]
    counts, _ = channels()
    total = sum(counts)
    for n, name in enumerate(("victory", "agreement or ceasefire", "low activity")):
        values = [sample[n] for sample in ends]
        if values:
            rows.append(_check(f"ends since 1945 by {name} (UCDP)", counts[n] / total, values))
    return [check for check in rows if check.record == check.record]


def _check(feature: str, record: float, values: Sequence[float]) -> PredictiveCheck:
    low, middle, high = np.nanpercentile(values, [LOW, 50, HIGH]) if np.isfinite(values).any() else (nan, nan, nan)
    return PredictiveCheck(feature, float(record), float(low), float(middle), float(high))


def _record(wars: Sequence[PastWar]) -> _RecordArrays:
    deaths = [(war.first.deaths, war.second.deaths) for war in wars]
    ratio = [np.log(a / b) if a > 0 and b > 0 else nan for a, b in deaths]
    return _RecordArrays(
        np.array([OUTCOMES.index(war.outcome) for war in wars]),
        np.array([war.months for war in wars]),
        np.array([war.recent for war in wars]),
        np.array(ratio, dtype=np.float64),
        np.array([[war.first.ousted for war in wars], [war.second.ousted for war in wars]]),
    )


def _simulate_records(
    model: WarModel, wars: Sequence[PastWar], observed: _RecordArrays, seed: int
) -> tuple[list[_RecordArrays], list[tuple[float, ...]]]:
    """Records of as many wars of the same kinds, each under the parameters of one point;
    what the record does not know is left out.
    """
    generator = np.random.Generator(np.random.Philox(key=seed))
    points = generator.choice(len(model.posterior.scores), REPEATS, p=model.posterior.weight)
    values = model.posterior.values()
    exit_chance = {kind: measure.leader_exit_chance(runs, values) for kind, runs in model.simulated.items()}
    records, ends = [], []
    for point in points:
        rows = []
        for war in wars:
            runs = model.simulated[war.kind]
            at = int(point) * runs.per_point + int(generator.integers(runs.per_point))
            rows.append((war.kind, at))
        noise = generator.normal(0, 0.5, len(wars))  # what the record may err by: see likelihood.MEASURED
        uniform = generator.random((2, len(wars)))
        ousted = np.array(
            [[uniform[s, n] < exit_chance[kind][s, at] for n, (kind, at) in enumerate(rows)] for s in (0, 1)],
            dtype=np.float64,
        )
        records.append(
            _RecordArrays(
                np.array([model.outcome[kind][at] for kind, at in rows]),
                np.array([model.simulated[kind].months[at] for kind, at in rows]),
                observed.recent,
                np.array([measure.loss_ratio(model.simulated[kind].losses[:, at : at + 1])[0] for kind, at in rows])
                + noise,
                np.where(np.isfinite(observed.ousted), ousted, nan),
            )
        )
        recent = [measure.channel(model.simulated[kind].code[at : at + 1])[0] for kind, at in rows if kind[0]]
        ended = [place for place in recent if place >= 0]
        if ended:
            ends.append(tuple(float(np.mean(np.array(ended) == n)) for n in range(3)))
    return records, ends


def _features(record: _RecordArrays) -> dict[str, float]:
    features: dict[str, float] = {}
    edges = (0.0, *measure.EDGES)
    for low, high in pairwise(edges):
        exposure = np.clip(record.months, low, high) - low
        endings = ((record.months > low) & (record.months <= high)).sum()
        features[f"hazard of ending a month, months {low:g} to {high:g}"] = (
            endings / exposure.sum() if exposure.sum() > 0 else nan
        )
    for recent, era in ((False, "before 1945"), (True, "since 1945")):
        selected = record.outcome[record.recent == recent]
        for n, name in enumerate(("initiator wins", "target wins", "draw or other")):
            features[f"{name}, {era}"] = float((selected == n).mean()) if len(selected) else nan
    ratios = record.ratio[np.isfinite(record.ratio)]
    winners_ratios = record.ratio[(record.outcome == 0) & np.isfinite(record.ratio)]
    features["log loss ratio, mean"] = float(ratios.mean()) if len(ratios) else nan
    features["log loss ratio, spread"] = float(ratios.std()) if len(ratios) else nan
    features["log loss ratio where the initiator wins"] = float(winners_ratios.mean()) if len(winners_ratios) else nan
    result = np.stack([np.array([2, 0, 1])[record.outcome], np.array([0, 2, 1])[record.outcome]])
    for n, name in enumerate(RESULT):
        selected = record.ousted[(result == n) & np.isfinite(record.ousted)]
        features[f"leaders forced out by a year after {name}"] = float(selected.mean()) if len(selected) else nan
    return features
