"""Quantal noise: from where a rule would come out to the chance of each option on the table.

A council takes an option with a chance that falls by a factor e for each `noise` that it lies farther from the rule's
outcome (Luce 1959; McKelvey and Palfrey 1995). The chance depends on outcome and noise alone, so it is tabulated once
for
each council; averaging over draws is then a histogram times a table.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
NOISES = np.geomspace(0.03, 2.0, 22)  # share of the issue; above 2 every option is about as likely as another
PLACES = 101  # outcomes tabulated, a hundredth of the issue apart: the precision in which positions are coded


def option_table(options: Array, noises: Array = NOISES) -> Array:
    """The chance of each option by outcome and noise. Shapes: options (O,); returns (PLACES, K, O), summing to 1 over
    O.

    >>> float(option_table(np.array([0.0, 1.0]), np.array([0.5]))[50, 0, 0].round(6))
    0.5
    """
    gap = np.abs(options - np.linspace(0, 1, PLACES)[:, None])
    score = -(gap - gap.min(axis=1, keepdims=True))[:, None, :] / noises[:, None]
    odds = np.exp(score)
    return np.asarray(odds / odds.sum(axis=-1, keepdims=True))


def histogram(outcomes: Array) -> Array:
    """The share of draws at each tabulated outcome, split between neighbours. Shapes: (S, R) to (S, PLACES).

    >>> histogram(np.array([[0.005, 0.0]]))[0, :3]
    array([0.75, 0.25, 0.  ])
    """
    settings, draws = outcomes.shape
    place = outcomes * (PLACES - 1)
    lower = np.minimum(place.astype(np.intp), PLACES - 2)
    part = place - lower
    at = lower + PLACES * np.arange(settings)[:, None]
    size = settings * PLACES
    counts = np.bincount(at.ravel(), (1 - part).ravel(), size) + np.bincount(at.ravel() + 1, part.ravel(), size)
    return np.asarray(counts.reshape(settings, PLACES) / draws)


def chances(outcomes: Array, options: Array, noises: Array = NOISES) -> Array:
    """The chance of each option, averaged over draws. Shapes: outcomes (S, R); returns (S, K, O)."""
    table = option_table(options, noises)
    flat = histogram(outcomes) @ table.reshape(PLACES, -1)
    return np.asarray(flat.reshape(len(outcomes), len(noises), len(options)))
