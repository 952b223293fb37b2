"""Forward in time: every war forecast from those that began before it, the pool among the forecasts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ripeness.study.backtest.baselines import BASELINES, outcomes_of
from ripeness.study.backtest.folds import at_risk, forward
from ripeness.study.backtest.pool import components, pooled, stack
from ripeness.study.backtest.sheet import Score, scores
from ripeness.study.backtest.war_model import WarModel
from ripeness.study.history.record import PastWar

Array = NDArray[np.float64]


def ahead(model: WarModel, wars: Sequence[PastWar], month: int, seed: int) -> list[Score]:
    """Score baselines taught by earlier wars, the war model with every later war taken out of its laws, and their pool.

    The pool's weights are fitted on what these forecasts gave to the earlier wars; its first wars have the parent alone.
    Taking many wars out of the laws by weights leaves few points: see `trust`.
    """
    known = [war for war in at_risk(wars, month) if war.outcome]
    found: dict[str, Array] = {}
    going: list[PastWar] = []
    for name, baseline in BASELINES.items():
        going, found[name] = forward(baseline, known, month)
    if not going:
        return []
    found["war"] = np.array([model.forecast(model.chances(war, month), later(wars, war)) for war in going])
    found["pool"] = _pool(found, going, month)
    return scores(found, going, month, seed)


def later(wars: Sequence[PastWar], war: PastWar) -> list[int]:
    """The numbers of a war and of all that began with it or after it."""
    return [other.number for other in wars if other.began >= war.began]


def trust(model: WarModel, wars: Sequence[PastWar]) -> float:
    """The median Pareto k of taking a war and all later ones out of the laws, over the later half of the wars.

    Source: Bürkner, Gabry and Vehtari 2020, on leaving the future out by importance weights.
    """
    order = sorted(wars, key=lambda war: war.began)
    half = order[len(order) // 2 :]
    return float(np.median([model.posterior.trust(later(wars, war)) for war in half])) if half else 0.0


def _pool(found: dict[str, Array], going: Sequence[PastWar], month: int) -> Array:
    """Each war's pool, its weights from the wars before it in the list. Shapes: returns (N, K)."""
    each = [found[part] for part in components(month)]
    truth = outcomes_of(going)
    hits = np.column_stack([given[np.arange(len(going)), truth] for given in each])
    return np.array([pooled([given[n] for given in each], stack(hits[:n])) for n in range(len(going))])
