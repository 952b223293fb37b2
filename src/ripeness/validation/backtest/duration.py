"""How long wars last: the war model's lengths compared with a log-normal without covariates,
each war left out of its own forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log, pi, sqrt

import numpy as np

from ripeness.ledger.scores.crps import crps_sample
from ripeness.validation.backtest.model_scores import paired_interval
from ripeness.validation.backtest.war_model import WarModel
from ripeness.validation.history.record import PastWar
from ripeness.validation.history.wars import DAYS_PER_MONTH

SAMPLE = 400  # points of a forecast's distribution
MEDIAN = 0.5
FEWEST_TAUGHT = 2  # wars that a log-normal needs
LEAST_SPREAD = 0.01  # of log days: wars of one length to the day still have a density


@dataclass(frozen=True, slots=True)
class LengthScore:
    """Mean scores of lengths: CRPS of log days, median absolute error in days,
    and for the log-normal minus log density.
    """

    model: str
    n: int
    crps: float
    median_error_days: float
    log_density: float | None
    crps_minus_baseline: float
    low: float
    high: float


def lengths(model: WarModel, wars: Sequence[PastWar], seed: int, train: Sequence[PastWar] = ()) -> list[LengthScore]:
    """Score both on the wars whose length is known; nothing where fewer than two others teach the log-normal."""
    from scipy.special import ndtri

    test_wars = [war for war in wars if isfinite(war.months)]
    train_wars = [war for war in (train or wars) if isfinite(war.months)]
    if not test_wars or len({war.number for war in train_wars} - {war.number for war in test_wars[:1]}) < FEWEST_TAUGHT:
        return []
    marks = (np.arange(SAMPLE) + MEDIAN) / SAMPLE
    log_normal, simulated, density, truth = [], [], [], []
    for war in test_wars:
        log_lengths = np.log(
            [train_war.months * DAYS_PER_MONTH for train_war in train_wars if train_war.number != war.number]
        )
        mean, spread = float(log_lengths.mean()), max(float(log_lengths.std()), LEAST_SPREAD)
        days = log(war.months * DAYS_PER_MONTH)
        log_normal.append(mean + spread * ndtri(marks))
        simulated.append(np.log(np.maximum(model.lengths(war, SAMPLE) * DAYS_PER_MONTH, 1.0)))
        density.append(days + log(spread * sqrt(2 * pi)) + 0.5 * ((days - mean) / spread) ** 2)
        truth.append(days)
    observed = np.array(truth)
    samples = {"log-normal": np.array(log_normal), "war": np.array(simulated)}
    reference = crps_sample(samples["log-normal"], observed)
    rows = []
    for name, sample in samples.items():
        score = crps_sample(sample, observed)
        middle = np.exp(np.median(sample, axis=1))
        low, high = paired_interval(score - reference, seed)
        rows.append(
            LengthScore(
                name,
                len(test_wars),
                float(score.mean()),
                float(np.median(np.abs(middle - np.exp(observed)))),
                float(np.mean(density)) if name == "log-normal" else None,
                float((score - reference).mean()),
                low,
                high,
            )
        )
    return rows
