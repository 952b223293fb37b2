"""Whether leaders are forced out in a war or within a year of its end: the war model beside the base rate of others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np

from ripeness.ledger.scores.brier import brier
from ripeness.validation.backtest.sheet import paired_interval
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
    own = {war.number: model.ousted(war) for war, _, _ in cases}
    plain, chance, truth = [], [], []
    for war, side, happened in cases:
        others = [
            c.ousted
            for w in (train or wars)
            if w.number != war.number
            for c in (w.first, w.second)
            if isfinite(c.ousted)
        ]
        plain.append((sum(others) + 1) / (len(others) + 2))
        chance.append(float(own[war.number][side]))
        truth.append(int(happened > 0))
    scored = {
        name: brier(np.column_stack([1 - np.array(p), p]), truth) for name, p in (("base-rate", plain), ("war", chance))
    }
    found = []
    for name, score in scored.items():
        gap = score - scored["base-rate"]
        low, high = paired_interval(gap, seed)
        found.append(LeaderExitScore(name, len(cases), float(score.mean()), float(gap.mean()), low, high))
    return found
