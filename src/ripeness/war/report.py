"""Report: what a belligerent admits of its losses, and what leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.law import LEAK
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array

MOST = 20.0  # true over reported losses beyond which a leak grows no likelier


@compiled
def report(
    fresh: Array, deaths: Array, rate: Array, luck: Array, laws: Array, step: float, reported: Array, leaked: Array
) -> None:
    """Report a share of the month's losses; a leak closes half the gap between what is true and what was said.

    Shapes: all (R,); reported and leaked (0 or 1) are written.
    """
    for r in range(fresh.shape[0]):
        said = reported[r] + rate[r] * fresh[r]
        gap = min(deaths[r] / max(said, deaths[r] / MOST + 1.0 / MOST), MOST)
        leaked[r] = 1.0 if luck[r] < 1.0 - exp(-laws[LEAK, r] * gap * step) else 0.0
        reported[r] = said + leaked[r] * 0.5 * max(deaths[r] - said, 0.0)
