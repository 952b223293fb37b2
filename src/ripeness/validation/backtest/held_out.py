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
    going = at_risk(wars, months)
    found = {
        name: forecast_from_training(baseline, train, going, months)
        if train
        else leave_one_out(baseline, going, months)
        for name, baseline in BASELINES.items()
    }
    teachers = [war for war in at_risk(train or wars, months) if war.outcome]
    chances = {war.number: model.chances(war, months) for war in {w.number: w for w in (*teachers, *going)}.values()}
    found["war"] = np.array([model.forecast(chances[war.number], [war.number]) for war in going]).reshape(
        -1, len(OUTCOMES)
    )
    parts = components(months)
    weights = np.array([_weights(model, chances, teachers, war, months, parts) for war in going]).reshape(
        -1, len(parts)
    )
    each = [found[part] for part in parts]
    found["pool"] = np.array([pool_forecasts([one[n] for one in each], weights[n]) for n in range(len(going))]).reshape(
        -1, len(OUTCOMES)
    )
    return HeldOutForecasts(months, tuple(going), found, parts, weights)


def _weights(
    model: WarModel,
    chances: Mapping[int, Array],
    teachers: Sequence[PastWar],
    left: PastWar,
    months: int,
    parts: tuple[str, ...],
) -> Array:
    """The pool's weights from all wars but one, each of them forecast without itself and without that one."""
    others = [war for war in teachers if war.number != left.number]
    if not others:
        return np.asarray(np.eye(len(parts))[0])
    truth = outcomes_of(others)
    columns = []
    for part in parts:
        if part == "war":
            given = np.array([model.forecast(chances[war.number], [war.number, left.number]) for war in others])
        else:
            given = leave_one_out(BASELINES[part], others, months)
        columns.append(given[np.arange(len(others)), truth])
    return pool_weights(np.column_stack(columns))
