"""Strength of the record in the blend: its posterior from what record and model gave to what came true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.strength import LEARNT, RecordStrength
from ripeness.validation.backtest.pool import OTHERS, PARENT

Array = NDArray[np.float64]
GRID = (np.arange(1000) + 0.5) / 1000
HEADING = """\
# Strength of the record in the blend, by kind of conflict: the share that the record of past conflicts has, the model
# the rest. `strength` is the mean, `range` its 5 and 95 % points; `basis` is learnt (in a backtest of the model on past
# wars of this kind) or prior (nothing scored: the prior of docs/textbook/blend.md).
"""
SOURCE = (
    "leave-one-out log score on {wars} interstate wars of the Correlates of War (Sarkees and Wayman 2010), drawn to "
    "10 wars for the record and 2 for the model: docs/textbook/blend.md"
)


@dataclass(frozen=True, slots=True)
class StrengthPosterior:
    """Mean, 5 and 95 % points of the record's strength, learnt from `wars` wars."""

    mean: float
    low: float
    high: float
    wars: float


def learn_strength(hits: Array, weight: Array, record: float = PARENT, model: float = OTHERS) -> StrengthPosterior:
    """Learn the strength by the log score of the blend, from a beta prior worth some wars for each parent.

    Shapes: hits (N, 2), the probability that record and model gave to what came true; weight (N,), of each forecast.
    Source: Yao, Vehtari, Simpson and Gelman 2018 (stacking); the prior as in the pool.

    >>> posterior = learn_strength(np.array([[.9, .1]] * 200), np.ones(200))
    >>> posterior.mean > 0.95
    True
    """
    log_density = (record - 1) * np.log(GRID) + (model - 1) * np.log1p(-GRID)
    log_density += np.log(np.outer(hits[:, 0], GRID) + np.outer(hits[:, 1], 1 - GRID)).T @ weight
    density = np.exp(log_density - log_density.max())
    density /= density.sum()
    low, high = np.interp((0.05, 0.95), np.cumsum(density), GRID)
    return StrengthPosterior(float(density @ GRID), float(low), float(high), float(weight.sum()))


def with_learnt(strengths: Mapping[str, RecordStrength], kind: str, learnt: StrengthPosterior) -> str:
    """The text of strength.yaml, one kind learnt anew and the others as they stand."""
    source = SOURCE.format(wars=round(learnt.wars))
    entry = RecordStrength(kind, learnt.mean, learnt.low, learnt.high, LEARNT, source)
    return HEADING + "".join(
        f"{name}:\n"
        f"  strength: {row.strength:.3f}\n"
        f"  range: [{row.low:.3f}, {row.high:.3f}]\n"
        f"  basis: {row.basis}\n"
        f'  source: "{row.source}"\n'
        for name, row in {**strengths, kind: entry}.items()
    )
