"""Perceive: each month of fighting tells every faction something about who is stronger.

A faction holds a normal belief about the log strength ratio (own over rival). A month of fighting is a noisy signal of
the true ratio; its noise is the same luck that moved the front, its precision grows with intensity. A quiet front
teaches nothing. Source: Slantchev 2003; Smith and Stam 2004.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.war.law import FORGETTING, LEARNING
from ripeness.war.link import FIGHTING_BELIEF
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array


@compiled
def perceive(
    sign: float,
    ratio: Array,
    luck: Array,
    intensity: Array,
    laws: Array,
    links: Array,
    step: float,
    mean: Array,
    precision: Array,
) -> None:
    """Update belief and precision of every faction of one belligerent.

    Shapes: ratio, luck, intensity (R,), in the first belligerent's frame, sign 1 for it and -1 for its rival; laws (L,
    R); mean, precision (F, R), written.
    Units: ratio and mean are log strength ratios; luck is standard normal; step in months.
    """
    for f in range(mean.shape[0]):
        for r in range(ratio.shape[0]):
            told = laws[LEARNING, r] * intensity[r] * step * links[FIGHTING_BELIEF]
            known = precision[f, r]
            heard = sign * (told * ratio[r] + sqrt(told) * luck[r])
            mean[f, r] = (known * mean[f, r] + heard) / (known + told)
            precision[f, r] = known * (1.0 - laws[FORGETTING, r] * step) + told
