"""Folds: which wars teach and which are forecast, so that no war helps to forecast itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ripeness.validation.backtest.baselines import Baseline
from ripeness.validation.history.record import OUTCOMES, PastWar

Array = NDArray[np.float64]
FEWEST = 10  # earlier wars that a forecast forward in time needs


def at_risk(wars: Sequence[PastWar], months: int) -> list[PastWar]:
    """The wars that still went on after so many months."""
    return [war for war in wars if war.ongoing_after(months)]


def leave_one_out(baseline: Baseline, wars: Sequence[PastWar], months: int) -> Array:
    """Forecast each war by a baseline fitted on all others whose outcomes are known. Shapes: returns (N, K)."""
    return np.concatenate(
        [baseline([w for w in wars if w is not war and w.outcome], [war], months) for war in wars] or [_no_forecasts()]
    )


def forecast_from_training(baseline: Baseline, train: Sequence[PastWar], wars: Sequence[PastWar], months: int) -> Array:
    """Forecast wars by a baseline fitted on others that went on as long;
    one that stands in both is left out of its own fit.
    """
    numbers = {war.number for war in train}
    new_wars = [war for war in wars if war.number not in numbers]
    train_wars = [war for war in at_risk(train, months) if war.outcome]
    fresh = (
        dict(zip((war.number for war in new_wars), baseline(train_wars, new_wars, months), strict=True))
        if new_wars
        else {}
    )
    rows = [
        fresh[war.number]
        if war.number in fresh
        else baseline([w for w in train_wars if w.number != war.number], [war], months)[0]
        for war in wars
    ]
    return np.array(rows).reshape(len(wars), len(OUTCOMES))


def forecast_forward(
    baseline: Baseline, wars: Sequence[PastWar], months: int, train: Sequence[PastWar] = ()
) -> tuple[list[PastWar], Array]:
    """Forecast each war by a baseline fitted on those of both lists that began earlier,
    once there are enough of them.
    """
    rows, forecast_wars = [], []
    teachers = list({war.number: war for war in (*train, *wars)}.values())
    for war in sorted(wars, key=_dated):
        earlier = sorted((w for w in teachers if w.outcome and _dated(w) < _dated(war)), key=_dated)
        if len(earlier) >= FEWEST:
            rows.append(baseline(earlier, [war], months))
            forecast_wars.append(war)
    return forecast_wars, np.concatenate(rows or [_no_forecasts()])


def _dated(war: PastWar) -> tuple[str, int]:
    return war.began, war.number


def _no_forecasts() -> Array:
    return np.empty((0, len(OUTCOMES)))
