"""Bargaining ranges: what each side asks at least, and whether a zone of agreement lies between, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.recorder import RipenessRecorder
from ripeness.study.weighted_statistics import RunQuantiles, weighted_quantiles

Array = NDArray[np.float64]
EVERY, SHORT = 3.0, 24.0  # months between two ranges; each month of a war that is looked at for no longer than SHORT


@dataclass(frozen=True, slots=True)
class TermsStrip:
    """One faction's (with none named, a polity's) least terms on one axis: the first belligerent's share."""

    month: float
    polity: str
    faction: str | None
    share: RunQuantiles


@dataclass(frozen=True, slots=True)
class BargainingRange:
    """Everybody's least terms at one month, among the runs still fighting, on the first belligerent's axis.

    `demands`: the least that both sides ask for, added up, as a share of the stake; above 1 a part is claimed twice.
    """

    month: float
    demands: RunQuantiles
    strips: tuple[TermsStrip, ...]


def range_steps(horizon: int, step: float, shown: Sequence[int]) -> tuple[int, ...]:
    """Steps at which ranges are read off: those shown, and others at even distances. Units: step in months.

    >>> range_steps(30, 1.0, [0, 6, 30])
    (0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30)
    """
    every = max(1, round((EVERY if horizon * step > SHORT else 1.0) / step))
    return tuple(sorted({*shown, *range(0, horizon + 1, every)}))


def bargaining_ranges(
    recorder: RipenessRecorder, steps: Sequence[int], step: float, weights: Array
) -> tuple[BargainingRange, ...]:
    """The ranges at some steps of the recorded ones. Shapes: weights (R,)."""
    return tuple(
        BargainingRange(
            at * step,
            weighted_quantiles(recorder.demand[at].sum(axis=0), weights),
            terms_strips(recorder, at, at * step, weights),
        )
        for at in steps
    )


def terms_strips(recorder: RipenessRecorder, step: int, month: float, weights: Array) -> tuple[TermsStrip, ...]:
    """Demands and least terms at a recorded step: what the second asks, it leaves one minus. Shapes: weights (R,)."""
    strips = []
    place, row = list(recorder.shown_steps).index(step), 0
    for s, side in enumerate(recorder.war.sides[:2]):
        demand = recorder.demand[step, s]
        quantiles = weighted_quantiles(demand if s == 0 else 1 - demand, weights)
        strips.append(TermsStrip(month, side.key, None, quantiles))
        for key in side.faction_keys:
            lowest_terms = recorder.lowest_terms[place, row]
            quantiles = weighted_quantiles(lowest_terms if s == 0 else 1 - lowest_terms, weights)
            strips.append(TermsStrip(month, side.key, key, quantiles))
            row += 1
    return tuple(strips)
