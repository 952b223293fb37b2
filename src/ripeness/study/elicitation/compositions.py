"""Compositions: powers of a polity share 1, and still do once judges are pooled.

Judges need not add up: their powers are closed first, each moved by the same factor, and so are the powers that are
pooled number by number. An interval moves with its median on the scale on which it is symmetric, so that it stays as
wide in log-odds as it was (Aitchison 1986, "The statistical analysis of compositional data": shares are compared by
ratios).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from ripeness.scenario.judge_questions import powers_by_polity
from ripeness.world.quantity import Quantity, Scale, from_scale, on_scale

DIGITS = 6  # significant ones of a power that was moved


def close_powers(numbers: Mapping[str, Quantity]) -> dict[str, Quantity]:
    """The same numbers with the powers of each polity moved so that their medians sum to 1.

    All powers of a polity are expected to be there, or none.

    >>> path = "polities.a.factions.{}.power".format
    >>> half = Quantity("interval", (0.5, 0.4, 0.6), 0.0, 1.0, "share", Scale.LOGIT)
    >>> thirds = close_powers({path(name): half for name in "xyz"})
    >>> round(thirds[path("x")].centre, 6), round(thirds[path("x")].interval()[0], 6)
    (0.333333, 0.25)
    """
    closed = dict(numbers)
    for paths in powers_by_polity(list(numbers)).values():
        total = sum(numbers[path].centre for path in paths)
        if total > 0:
            closed |= {path: _move(numbers[path], numbers[path].centre / total) for path in paths}
    return closed


def _move(power: Quantity, centre: float) -> Quantity:
    """A power with another median, as wide as before on its scale."""
    low, middle, high = power.interval()
    if not power.uncertain:
        return replace(power, family="point", parameters=(_rounded(centre),))
    if power.scale is Scale.LOGIT and 0 < centre < 1 and 0 < middle < 1:
        shift = on_scale(centre, Scale.LOGIT) - on_scale(middle, Scale.LOGIT)
        ends = from_scale(np.array([on_scale(x, Scale.LOGIT) + shift for x in (low, high)]), Scale.LOGIT)
    else:
        factor = centre / middle if middle > 0 else 1.0
        ends = np.minimum(np.array([low, high]) * factor, power.high)
    bottom, top = float(min(ends[0], centre)), float(max(ends[1], centre))
    return replace(power, family="interval", parameters=tuple(map(_rounded, (centre, bottom, top))))


def _rounded(share: float) -> float:
    return float(f"{share:.{DIGITS}g}")
