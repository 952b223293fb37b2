"""Exact refits: the parameters refitted without each fifth of the wars, or on the wars before it,
and that fifth forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from ripeness.study.progress import Progress, part_progress
from ripeness.validation.backtest.held_out import HeldOutForecasts, held_out
from ripeness.validation.backtest.model_scores import ModelScore, scores
from ripeness.validation.backtest.war_model import war_model
from ripeness.validation.calibrate.posterior import posterior_of
from ripeness.validation.calibrate.search import POINTS, ROUNDS, search
from ripeness.validation.history.coding import FACTIONAL
from ripeness.validation.history.record import HORIZONS, PastWar

FOLDS = 5


def exact_war(
    wars: Sequence[PastWar],
    seed: int,
    runs: int,
    keep: Path | None = None,
    progress: Progress | None = None,
    points: int = POINTS,
    rounds: int = ROUNDS,
    reading: str = FACTIONAL,
) -> list[ModelScore]:
    """Score every model, each part of it fitted on the other four fifths; wars are dealt out by date.

    `keep` is a folder for the rounds of each search, so that refits that were broken off go on.
    """
    dated = _dated(wars)
    folds = [(dated[n::FOLDS], [war for war in dated if war not in dated[n::FOLDS]]) for n in range(FOLDS)]
    return _scored(folds, seed, runs, None if keep is None else keep / "fold", progress, points, rounds, reading)


def exact_ahead(
    wars: Sequence[PastWar],
    seed: int,
    runs: int,
    keep: Path | None = None,
    progress: Progress | None = None,
    points: int = POINTS,
    rounds: int = ROUNDS,
    reading: str = FACTIONAL,
) -> list[ModelScore]:
    """Score every fifth of the wars but the first, by date, with everything fitted on the wars before it."""
    dated = _dated(wars)
    edges = [round(len(dated) * n / FOLDS) for n in range(FOLDS + 1)]
    folds = [(dated[low:high], dated[:low]) for low, high in pairwise(edges[1:])]
    return _scored(folds, seed, runs, None if keep is None else keep / "ahead", progress, points, rounds, reading)


def _dated(wars: Sequence[PastWar]) -> list[PastWar]:
    return sorted((war for war in wars if war.outcome), key=lambda war: (war.began, war.number))


def _scored(
    folds: Sequence[tuple[list[PastWar], list[PastWar]]],
    seed: int,
    runs: int,
    keep: Path | None,
    progress: Progress | None,
    points: int,
    rounds: int,
    reading: str,
) -> list[ModelScore]:
    """Fit on the second part of each fold, forecast the first, and score all folds as one sheet."""
    forecasts: list[list[HeldOutForecasts]] = []
    for n, (test, teachers) in enumerate(folds):
        if not test or not teachers:
            continue
        folder = None if keep is None else keep.with_name(f"{keep.name}-{n + 1}")
        part = part_progress(progress, n, len(folds))
        fit = search(teachers, seed, points, rounds, keep=folder, progress=part, reading=reading)
        model = war_model(posterior_of(fit), [*test, *teachers], seed, runs, reading)
        forecasts.append([held_out(model, test, month, teachers) for month in HORIZONS])
    return [
        score
        for n, month in enumerate(HORIZONS)
        for score in _score_folds([fold[n] for fold in forecasts], month, seed)
    ]


def _score_folds(folds: Sequence[HeldOutForecasts], month: int, seed: int) -> list[ModelScore]:
    """All folds as one sheet."""
    wars = [war for held_out_fold in folds for war in held_out_fold.wars]
    if not wars:
        return []
    rows = {
        name: np.concatenate([held_out_fold.forecasts[name] for held_out_fold in folds]) for name in folds[0].forecasts
    }
    return scores(rows, wars, month, seed)
