"""Indices by SALib: Sobol' shares of variance on a design of their own, and PAWN distances."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from warnings import catch_warnings, simplefilter

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.design import Design
from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.inputs import Overrides
from ripeness.scenario.parameter_points import FITTED, ParameterPoints
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.target import Target
from ripeness.study.weighted_statistics import uniform_draws
from ripeness.world.quantity import Quantity

Array = NDArray[np.float64]
REST = "all other numbers together"
LEVEL = 0.9  # of the confidence intervals
RESAMPLES = 200
SLICES = 10  # conditioning intervals, as Pianosi and Wagener (2018) advise for some thousand points
DUMMY = "a number that does nothing"
EDGE = 1e-6  # the nearest that a uniform number comes to 0 and 1
SimulateDesign = Callable[[Design, Overrides], Ensemble]


@dataclass(frozen=True, slots=True)
class SobolIndex:
    """First-order and total share of a parameter (or of all others together), each with half of its 90 % interval."""

    path: str
    first: float
    first_error: float
    total: float
    total_error: float


def sobol_cost(groups: int, base: int, per_point: int) -> int:
    """How many runs Sobol' indices cost: base x (groups + 2) points.

    >>> sobol_cost(13, 256, 8)
    30720
    """
    return base * (groups + 2) * per_point


def sobol_indices(
    numbers: dict[str, Quantity],
    leading: Sequence[str],
    simulate: SimulateDesign,
    target: Target,
    base: int,
    design: Design,
    points: ParameterPoints | None = None,
) -> tuple[SobolIndex, ...]:
    """Sobol' indices of some leading numbers, and of all others as one group, so that every number is in it.

    Inputs of such a design are independent of each other. So numbers that are drawn jointly from `points` are one
    input, which takes a point; it stands among the leading where any of them does.

    1. SALib's design moves one group at a time between two samples of all numbers.
    2. Each point is simulated `per_point` times; the outcome is the share of runs that end so.
    3. Luck inflates the variance and the total effects by a known amount, which is taken off.

    Units: shares of the variance that the inputs decide.
    Source: Saltelli et al. 2010, Computer Physics Communications 181; SALib's `sobol`, without second order.
    """
    from SALib.sample import sobol as sample

    joint_paths = () if points is None else points.paths
    paths = [path for path in numbers if path not in joint_paths]
    named = set(leading)
    if points is not None and any(path in joint_paths for path in numbers):
        paths.append(FITTED)
        named |= {FITTED} if named & set(joint_paths) else set()
    groups = [path if path in named else REST for path in paths]
    problem = {"num_vars": len(paths), "names": paths, "bounds": [[0.0, 1.0]] * len(paths), "groups": groups}
    grid = sample.sample(problem, base, calc_second_order=False, seed=design.seed)
    overrides = {path: numbers[path].quantile(_inside(grid[:, n])) for n, path in enumerate(paths) if path != FITTED}
    if points is not None and FITTED in paths:
        overrides |= dict(zip(joint_paths, points.at(grid[:, paths.index(FITTED)]), strict=True))
    n_runs = len(grid) * design.per_point
    ensemble = simulate(Design(n_runs, design.seed, design.per_point, design.horizon, kept=0), overrides)
    means = sample_means(target.hits(ensemble), ensemble.point)
    return indices_without_noise(problem, means.mean, means.noise, design.seed)


def indices_without_noise(
    problem: dict[str, object], outcome: Array, noise: float, seed: int
) -> tuple[SobolIndex, ...]:
    """Return SALib's indices with the outcome's noise (its variance) removed.

    Not a number where the outcome is the same at all points from which an index is computed. Shapes: outcome (N,).
    """
    from SALib.analyze import sobol as analyze

    variance = float(outcome.var())
    decided = variance - noise
    names = list(dict.fromkeys(problem.get("groups") or problem["names"]))  # type: ignore[call-overload]
    if decided <= 0:
        return tuple(SobolIndex(name, 0.0, 0.0, 0.0, 0.0) for name in names)
    with catch_warnings():
        simplefilter("ignore", UserWarning)  # a design on which the outcome hardly happens: the index is not a number
        analysis = analyze.analyze(
            problem, outcome, calc_second_order=False, num_resamples=RESAMPLES, conf_level=LEVEL, seed=seed
        )
    up, off = variance / decided, noise / decided
    rows = zip(names, analysis["S1"], analysis["S1_conf"], analysis["ST"], analysis["ST_conf"], strict=True)
    return tuple(
        SobolIndex(n, float(f * up), float(fe * up), float(t * up - off), float(te * up)) for n, f, fe, t, te in rows
    )


def _inside(u: Array) -> Array:
    """Keep uniform numbers off 0 and 1, where a normal quantile has no end."""
    return np.clip(u, EDGE, 1 - EDGE)


def pawn_indices(inputs: NDArray[np.floating], outcome: NDArray[np.float64], names: Sequence[str]) -> dict[str, float]:
    """Return each parameter's PAWN index: median distance between the answer's distribution with it known and not.

    The distance is Kolmogorov and Smirnov's; a shuffled copy of the first number shows what chance alone reaches.

    Shapes: inputs (K, N), outcome (N,). Units: 0 (no shift) to 1.
    Source: Pianosi and Wagener 2018, Environmental Modelling & Software 108, 197-207.
    """
    from SALib.analyze import pawn as salib  # slow to import: only when asked for

    columns = np.column_stack([*inputs.astype(np.float64), uniform_draws(inputs.shape[1], 0, "sense/dummy")])
    labels = [*names, DUMMY]
    problem = {"num_vars": len(labels), "names": labels, "bounds": [[0.0, 1.0]] * len(labels)}
    with np.errstate(invalid="ignore", divide="ignore"):
        analysis = salib.analyze(problem, columns, outcome, S=SLICES)
    return dict(zip(labels, (float(x) for x in analysis["median"]), strict=True))
