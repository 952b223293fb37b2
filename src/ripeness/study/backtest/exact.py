"""Exact refits: the laws fitted anew without each fifth of the wars, which are then forecast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from ripeness.study.backtest.baselines import BASELINES
from ripeness.study.backtest.folds import at_risk
from ripeness.study.backtest.sheet import Score, scores
from ripeness.study.backtest.war_model import war_model
from ripeness.study.calibrate.posterior import posterior_of
from ripeness.study.calibrate.search import search
from ripeness.study.history.record import HORIZONS, PastWar

FOLDS = 5
Progress = Callable[[int, int], None]


def exact_war(
    wars: Sequence[PastWar], seed: int, runs: int, keep: Path | None, progress: Progress | None
) -> list[Score]:
    """Score the war model and the baselines, all fitted on the other four fifths; wars are dealt out by date."""
    known = sorted((war for war in wars if war.outcome), key=lambda war: (war.began, war.number))
    rows: dict[int, dict[str, list[np.ndarray]]] = {month: {} for month in HORIZONS}
    order: dict[int, list[PastWar]] = {month: [] for month in HORIZONS}
    for fold in range(FOLDS):
        test = known[fold::FOLDS]
        teachers = [war for war in known if war not in test]
        if not test or not teachers:
            continue
        kept = None if keep is None else keep / f"fold-{fold + 1}"
        model = war_model(posterior_of(search(teachers, seed, keep=kept, progress=progress)), test, seed, runs)
        for month in HORIZONS:
            going = at_risk(test, month)
            order[month].extend(going)
            for name, baseline in BASELINES.items():
                rows[month].setdefault(name, []).append(baseline(at_risk(teachers, month), going, month))
            given = [model.forecast(model.chances(war, month), [war.number]) for war in going]
            rows[month].setdefault("war", []).append(np.array(given).reshape(len(going), -1))
    found: list[Score] = []
    for month in HORIZONS:
        if order[month]:
            together = {
                name: np.concatenate([part for part in parts if len(part)]) for name, parts in rows[month].items()
            }
            found.extend(scores(together, order[month], month, seed))
    return found
