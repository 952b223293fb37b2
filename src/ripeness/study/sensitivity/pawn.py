"""PAWN: how much the whole distribution of the answer shifts when one number is known, by SALib."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SLICES = 10  # conditioning intervals, as Pianosi and Wagener (2018) advise for some thousand points
DUMMY = "a number that does nothing"


def pawn_indices(inputs: NDArray[np.floating], outcome: NDArray[np.float64], names: Sequence[str]) -> dict[str, float]:
    """PAWN index of each number: median distance between the answer's distribution with and without knowing it.

    The distance is Kolmogorov and Smirnov's; a shuffled copy of the first number shows what chance alone reaches.

    Shapes: inputs (K, N), outcome (N,). Units: 0 (no shift) to 1.
    Source: Pianosi and Wagener 2018, Environmental Modelling & Software 108, 197-207.
    """
    from SALib.analyze import pawn as salib  # slow to import: only when asked for

    from ripeness.world.chance import SAMPLE, stable_id, uniforms

    random_draws = np.empty((4, inputs.shape[1]))
    uniforms(0, np.arange(inputs.shape[1], dtype=np.uint64), 0, SAMPLE, stable_id("sense/dummy"), random_draws)
    columns = np.column_stack([*inputs.astype(np.float64), random_draws[0]])
    labels = [*names, DUMMY]
    problem = {"num_vars": len(labels), "names": labels, "bounds": [[0.0, 1.0]] * len(labels)}
    with np.errstate(invalid="ignore", divide="ignore"):
        analysis = salib.analyze(problem, columns, outcome, S=SLICES)
    return dict(zip(labels, (float(x) for x in analysis["median"]), strict=True))
