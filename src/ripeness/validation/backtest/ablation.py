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
from ripeness.validation.backtest.sheet import paired_interval
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
    """Fight the same wars with unitary polities, under laws that were fitted anew to such polities.

    Both sides of the comparison leave each war out of its own forecast. Wars whose outcome is unknown are left out.
    """
    known = [war for war in wars if war.outcome]
    if not known:
        return []
    alone = war_model(laws, known, seed, runs, "unitary", progress)
    found = []
    for moment in months:
        going = at_risk(known, moment)
        if not going:
            continue
        truth = outcomes_of(going)
        scored = [
            brier(np.array([each.forecast(each.chances(w, moment), [w.number]) for w in going]), truth)
            for each in (model, alone)
        ]
        low, high = paired_interval(scored[0] - scored[1], seed)
        gap = float((scored[0] - scored[1]).mean())
        found.append(
            AblationScore(moment, len(going), float(scored[0].mean()), float(scored[1].mean()), gap, low, high)
        )
    return found
