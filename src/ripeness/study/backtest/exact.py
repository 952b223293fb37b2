"""Exact refits: the laws fitted anew without each fifth of the wars, or on the wars before it,
and that fifth forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np

from ripeness.study.backtest.held_out import HeldOut, held_out
from ripeness.study.backtest.sheet import Score, scores
from ripeness.study.backtest.war_model import war_model
from ripeness.study.calibrate.posterior import posterior_of
from ripeness.study.calibrate.search import POINTS, ROUNDS, search
from ripeness.study.history.record import HORIZONS, PastWar
from ripeness.study.progress import Progress, part_progress

FOLDS = 5


def exact_war(
    wars: Sequence[PastWar],
    seed: int,
    runs: int,
    keep: Path | None = None,
    progress: Progress | None = None,
    points: int = POINTS,
    rounds: int = ROUNDS,
) -> list[Score]:
    """Score every model with laws, baselines and pool all fitted on the other four fifths; wars are dealt out by date.

    `keep` is a folder for the rounds of each search, so that refits that were broken off go on.
    """
    known = _dated(wars)
    folds = [(known[n::FOLDS], [war for war in known if war not in known[n::FOLDS]]) for n in range(FOLDS)]
    return _scored(folds, seed, runs, None if keep is None else keep / "fold", progress, points, rounds)


def exact_ahead(
    wars: Sequence[PastWar],
    seed: int,
    runs: int,
    keep: Path | None = None,
    progress: Progress | None = None,
    points: int = POINTS,
    rounds: int = ROUNDS,
) -> list[Score]:
    """Score every fifth of the wars but the first, by date, with everything fitted on the wars before it."""
    known = _dated(wars)
    edges = [round(len(known) * n / FOLDS) for n in range(FOLDS + 1)]
    folds = [(known[low:high], known[:low]) for low, high in pairwise(edges[1:])]
    return _scored(folds, seed, runs, None if keep is None else keep / "ahead", progress, points, rounds)


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
) -> list[Score]:
    """Fit on the second part of each fold, forecast the first, and score all folds as one sheet."""
    found: list[list[HeldOut]] = []
    for n, (test, teachers) in enumerate(folds):
        if not test or not teachers:
            continue
        kept = None if keep is None else keep.with_name(f"{keep.name}-{n + 1}")
        fit = search(teachers, seed, points, rounds, keep=kept, progress=part_progress(progress, n, len(folds)))
        model = war_model(posterior_of(fit), [*test, *teachers], seed, runs)
        found.append([held_out(model, test, month, teachers) for month in HORIZONS])
    return [score for n, month in enumerate(HORIZONS) for score in _together([fold[n] for fold in found], month, seed)]


def _together(folds: Sequence[HeldOut], month: int, seed: int) -> list[Score]:
    """All folds as one sheet."""
    wars = [war for one in folds for war in one.wars]
    if not wars:
        return []
    rows = {name: np.concatenate([one.forecasts[name] for one in folds]) for name in folds[0].forecasts}
    return scores(rows, wars, month, seed)
