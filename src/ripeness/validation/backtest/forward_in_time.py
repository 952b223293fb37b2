"""Forward in time: every war forecast from those that began before it, the pool among the forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.backtest.baselines import BASELINES, outcomes_of
from ripeness.validation.backtest.folds import at_risk, forecast_forward
from ripeness.validation.backtest.model_scores import ModelScore, scores
from ripeness.validation.backtest.pool import components, pool_forecasts, pool_weights
from ripeness.validation.backtest.war_model import WarModel
from ripeness.validation.history.record import PastWar

Array = NDArray[np.float64]


def ahead(
    model: WarModel, wars: Sequence[PastWar], month: int, seed: int, train: Sequence[PastWar] = ()
) -> list[ModelScore]:
    """Score baselines fitted on earlier wars, the war model without every later war, and their pool.

    Earlier wars are those of both lists. The pool's weights are fitted on what these forecasts gave to the earlier
    wars; its first wars have the parent alone. Taking many wars out of the fit by weights leaves few points: see
    `trust`. Where a war of the fit has no date here (`undated`), later ones cannot be taken out: baselines alone are
    scored.
    """
    test_wars = [war for war in at_risk(wars, month) if war.outcome]
    train_wars = [war for war in at_risk(train, month) if war.outcome]
    forecasts: dict[str, Array] = {}
    forecast_wars: list[PastWar] = []
    for name, baseline in BASELINES.items():
        forecast_wars, forecasts[name] = forecast_forward(baseline, test_wars, month, train_wars)
    if not forecast_wars:
        return []
    if not undated(model, wars, train):
        dated = (*wars, *train)
        forecasts["war"] = np.array(
            [model.forecast(model.chances(war, month), later(dated, war)) for war in forecast_wars]
        )
        forecasts["pool"] = _pool(forecasts, forecast_wars, month)
    return scores(forecasts, forecast_wars, month, seed)


def later(wars: Sequence[PastWar], war: PastWar) -> list[int]:
    """The numbers of a war and of all that began with it or after it."""
    return [candidate.number for candidate in wars if candidate.began >= war.began]


def undated(model: WarModel, wars: Sequence[PastWar], train: Sequence[PastWar] = ()) -> tuple[int, ...]:
    """Numbers of fitted wars that neither list holds: whether they came later is not known."""
    dated = {war.number for war in (*wars, *train)}
    return tuple(number for number in model.posterior.numbers if number not in dated)


def trust(model: WarModel, wars: Sequence[PastWar], train: Sequence[PastWar] = ()) -> float:
    """The median Pareto k of taking a war and all later ones out of the parameters, over the later half of the wars.

    Not a number where a war behind the parameters has no date here, or no war is given.

    Source: Bürkner, Gabry and Vehtari 2020, on leaving the future out by importance weights.
    """
    order = sorted(wars, key=lambda war: war.began)
    half = order[len(order) // 2 :]
    if not half or undated(model, wars, train):
        return nan
    return float(np.median([model.posterior.trust(later((*wars, *train), war)) for war in half]))


def _pool(forecasts: dict[str, Array], forecast_wars: Sequence[PastWar], month: int) -> Array:
    """Each war's pool, its weights from the wars before it in the list. Shapes: returns (N, K)."""
    components_given = [forecasts[part] for part in components(month)]
    truth = outcomes_of(forecast_wars)
    hits = np.column_stack([forecast[np.arange(len(forecast_wars)), truth] for forecast in components_given])
    return np.array(
        [
            pool_forecasts([forecast[n] for forecast in components_given], pool_weights(hits[:n]))
            for n in range(len(forecast_wars))
        ]
    )
