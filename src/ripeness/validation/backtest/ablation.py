"""Ablation: the same wars with each side as one person. If that forecasts as well,
the record has not shown that factions matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.ledger.scores.brier import brier
from ripeness.validation.backtest.baselines import outcomes_of
from ripeness.validation.backtest.folds import at_risk
from ripeness.validation.backtest.model_scores import paired_interval
from ripeness.validation.backtest.war_model import WarModel, war_model
from ripeness.validation.calibrate.posterior import ParameterPosterior
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
    model: WarModel,
    laws: ParameterPosterior,
    wars: Sequence[PastWar],
    months: Sequence[int],
    seed: int,
    runs: int,
    progress: Callable[[int, int], None] | None = None,
) -> list[AblationScore]:
    """Simulate the same wars with unitary polities, under parameters that were refitted to such polities.

    Both sides of the comparison leave each war out of its own forecast. Wars whose outcome is unknown are left out.
    """
    with_outcome = [war for war in wars if war.outcome]
    if not with_outcome:
        return []
    unitary_model = war_model(laws, with_outcome, seed, runs, "unitary", progress)
    rows = []
    for moment in months:
        wars_at_risk = at_risk(with_outcome, moment)
        if not wars_at_risk:
            continue
        truth = outcomes_of(wars_at_risk)
        scored = [
            brier(
                np.array([forecaster.forecast(forecaster.chances(w, moment), [w.number]) for w in wars_at_risk]), truth
            )
            for forecaster in (model, unitary_model)
        ]
        low, high = paired_interval(scored[0] - scored[1], seed)
        gap = float((scored[0] - scored[1]).mean())
        rows.append(
            AblationScore(moment, len(wars_at_risk), float(scored[0].mean()), float(scored[1].mean()), gap, low, high)
        )
    return rows
