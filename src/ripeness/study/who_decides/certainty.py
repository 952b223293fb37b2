"""Certainty: how sure an estimated probability is, given that it comes from a few independent runs of a sampler.

Sure is only what no seed would change: a probability must exceed its threshold by several standard errors.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.posterior import CouncilPosterior

Array = NDArray[np.float64]
SURE, LIKELY = 0.95, 0.5  # probability from which an answer is sure, and from which likely
ERRORS = 3.0  # standard errors by which a probability must exceed a threshold


def certainty(p: float, error: float) -> str:
    """Say how sure a probability makes us, so that another seed would say no other faction.

    >>> certainty(0.99, 0.01), certainty(0.91, 0.01), certainty(0.52, 0.01)
    ('sure', 'likely', 'open')
    """
    least = p - ERRORS * error
    return "sure" if least >= SURE else "likely" if least >= LIKELY else "open"


def probability_error(happens: Array, posterior: CouncilPosterior) -> float:
    """Standard error of a probability: from its spread over the independent runs, and no less than the effective number
    of first particles allows.

    Shapes: happens (N,), 1 where a particle has it.
    """
    p = float(happens.mean())
    floor = np.sqrt(max(p * (1 - p), 0.0) / max(posterior.ancestors, 1.0))
    return float(max(spread_over_runs(by_run(happens, posterior).mean(axis=1)), floor))


def spread_over_runs(values: Array) -> float:
    """Standard error of the mean of independent runs; none where there is one run. Shapes: values (R,).

    >>> float(round(spread_over_runs(np.array([0.4, 0.5, 0.6, 0.5])), 3))
    0.041
    """
    return float(values.std(ddof=1) / np.sqrt(len(values))) if len(values) > 1 else 0.0


def by_run(values: Array, posterior: CouncilPosterior) -> Array:
    """Particles by the run that they come from. Shapes: (N,); returns (R, N / R)."""
    return values.reshape(posterior.runs, -1)
