"""Ablation: the same wars with each side as one person. If that forecasts as well,
the record has not shown that factions matter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.brier import brier
from ripeness.validation.backtest.baselines import outcomes_of
from ripeness.validation.backtest.folds import at_risk
from ripeness.validation.backtest.model_scores import paired_interval
from ripeness.validation.backtest.war_model import WarModel
from ripeness.validation.history.record import PastWar


@dataclass(frozen=True, slots=True)
class AblationScore:
    """Brier of factional less unitary polities after so many months (below 0: factions help),
    with a 90 % paired interval.
    """

    months_fought: int
    n: int
    factional: float
    unitary: float
    difference: float
    low: float
    high: float


def ablation(
    factional: WarModel, unitary: WarModel, wars: Sequence[PastWar], months: Sequence[int], seed: int
) -> list[AblationScore]:
    """Score both actor models on the same wars, each under parameters that were fitted to it.

    Both sides of the comparison leave each war out of its own forecast. Wars whose outcome is unknown are left out.
    """
    with_outcome = [war for war in wars if war.outcome]
    rows = []
    for moment in months:
        wars_at_risk = at_risk(with_outcome, moment)
        if not wars_at_risk:
            continue
        truth = outcomes_of(wars_at_risk)
        scored = [brier(_forecasts(model, wars_at_risk, moment), truth) for model in (factional, unitary)]
        low, high = paired_interval(scored[0] - scored[1], seed)
        gap = float((scored[0] - scored[1]).mean())
        rows.append(
            AblationScore(moment, len(wars_at_risk), float(scored[0].mean()), float(scored[1].mean()), gap, low, high)
        )
    return rows


def _forecasts(model: WarModel, wars: Sequence[PastWar], months: int) -> NDArray[np.float64]:
    """Each war forecast without itself. Shapes: returns (N, K)."""
    return np.array([model.forecast(model.chances(war, months), [war.number]) for war in wars])
