"""Leaders forced out in a war or within a year of its end: the war model against the base rate of other wars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from ripeness.ledger.scores.brier import brier
from ripeness.validation.backtest.model_scores import paired_interval
from ripeness.validation.backtest.war_model import WarModel
from ripeness.validation.history.record import PastWar


@dataclass(frozen=True, slots=True)
class LeaderExitScore:
    """Mean Brier score (0 to 2) over sides of wars whose leader's exit is known."""

    model: str
    n: int
    brier: float
    brier_minus_baseline: float
    low: float
    high: float


def exits(model: WarModel, wars: Sequence[PastWar], seed: int, train: Sequence[PastWar] = ()) -> list[LeaderExitScore]:
    """Score both at the start of the war."""
    cases = [
        (war, side, camp.ousted)
        for war in wars
        for side, camp in enumerate((war.first, war.second))
        if isfinite(camp.ousted)
    ]
    if not cases:
        return []
    model_chances = {war.number: model.ousted(war) for war, _, _ in cases}
    base_rates, chance, truth = [], [], []
    for war, side, forced_out in cases:
        other_exits = [
            c.ousted
            for w in (train or wars)
            if w.number != war.number
            for c in (w.first, w.second)
            if isfinite(c.ousted)
        ]
        base_rates.append((sum(other_exits) + 1) / (len(other_exits) + 2))
        chance.append(float(model_chances[war.number][side]))
        truth.append(int(forced_out > 0))
    scored = {
        name: brier(np.column_stack([1 - np.array(p), p]), truth)
        for name, p in (("base-rate", base_rates), ("war", chance))
    }
    rows = []
    for name, score in scored.items():
        gap = score - scored["base-rate"]
        low, high = paired_interval(gap, seed)
        rows.append(LeaderExitScore(name, len(cases), float(score.mean()), float(gap.mean()), low, high))
    return rows
