"""Held-out forecasts: every war forecast by every model without its own outcome,
and the pool fitted on the others inside the fold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.backtest.baselines import BASELINES, outcomes_of
from ripeness.validation.backtest.folds import at_risk, forecast_from_training, leave_one_out
from ripeness.validation.backtest.pool import components, pool_forecasts, pool_weights
from ripeness.validation.backtest.war_model import WarModel
from ripeness.validation.history.record import OUTCOMES, PastWar

Array = NDArray[np.float64]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class HeldOutForecasts:
    """Forecasts after so many months. Shapes: by model (N, K); weights of the pool (N, M), by war left out."""

    months: int
    wars: tuple[PastWar, ...]
    forecasts: Mapping[str, Array]
    parts: tuple[str, ...]
    weights: Array


def held_out(model: WarModel, wars: Sequence[PastWar], months: int, train: Sequence[PastWar] = ()) -> HeldOutForecasts:
    """Forecast every war that went on so long.

    With `train`, baselines and the pool are fitted on those wars; without, on all other wars of the same file.
    A war that is in both is left out of its own forecast.
    """
    wars_at_risk = at_risk(wars, months)
    forecasts = {
        name: forecast_from_training(baseline, train, wars_at_risk, months)
        if train
        else leave_one_out(baseline, wars_at_risk, months)
        for name, baseline in BASELINES.items()
    }
    teachers = [war for war in at_risk(train or wars, months) if war.outcome]
    chances = {
        war.number: model.chances(war, months) for war in {w.number: w for w in (*teachers, *wars_at_risk)}.values()
    }
    forecasts["war"] = np.array([model.forecast(chances[war.number], [war.number]) for war in wars_at_risk]).reshape(
        -1, len(OUTCOMES)
    )
    parts = components(months)
    weights = np.array([_weights(model, chances, teachers, war, months, parts) for war in wars_at_risk]).reshape(
        -1, len(parts)
    )
    component_forecasts = [forecasts[part] for part in parts]
    forecasts["pool"] = np.array(
        [pool_forecasts([rows[n] for rows in component_forecasts], weights[n]) for n in range(len(wars_at_risk))]
    ).reshape(-1, len(OUTCOMES))
    return HeldOutForecasts(months, tuple(wars_at_risk), forecasts, parts, weights)


def _weights(
    model: WarModel,
    chances: Mapping[int, Array],
    teachers: Sequence[PastWar],
    excluded: PastWar,
    months: int,
    parts: tuple[str, ...],
) -> Array:
    """The pool's weights from all wars but one, each of them forecast without itself and without that one."""
    other_wars = [war for war in teachers if war.number != excluded.number]
    if not other_wars:
        return np.asarray(np.eye(len(parts))[0])
    truth = outcomes_of(other_wars)
    columns = []
    for part in parts:
        if part == "war":
            forecasts = np.array(
                [model.forecast(chances[war.number], [war.number, excluded.number]) for war in other_wars]
            )
        else:
            forecasts = leave_one_out(BASELINES[part], other_wars, months)
        columns.append(forecasts[np.arange(len(other_wars)), truth])
    return pool_weights(np.column_stack(columns))
