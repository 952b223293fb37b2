"""Effect of each causal pathway, from simulating the same wars with it disabled."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.run import Watch
from ripeness.scenario.schema import Scenario
from ripeness.study.indicators.observables import ObservationRecorder, observables
from ripeness.study.target import Target, outcome_shares
from ripeness.study.weighted_statistics import Weights, weigh
from ripeness.war.prepare import War
from ripeness.world.pathway_names import NAMES
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
COMPARISON_MONTH = 12.0  # month at which front, effort and demands are compared, where the target lies no nearer
COMPARED_OBSERVABLES = ("line", "offer", "effort", "losses", "media")  # what is compared besides the outcomes
SimulateWithout = Callable[[Sequence[str], Watch], Ensemble]


@dataclass(frozen=True, slots=True)
class LinkCut:
    """Change of outcomes and means when one pathway is disabled.

    `moved`: probability that goes from some outcomes to others. `change` of the target's probability with half of its
    90 % interval. `means`: change of the means at the month of looking, among wars that go on with and without.
    `idle`: not one run ends otherwise, or looks otherwise at that month.
    """

    link: str
    moved: float
    change: float
    error: float
    shares: dict[str, float]
    means: dict[str, float]
    idle: bool


@dataclass(frozen=True, slots=True)
class LinkEffects:
    """The wars as they are, and every cut. `names` says what the keys of the means stand for."""

    shares: dict[str, float]
    means: dict[str, float]
    names: dict[str, str]
    month: float
    cuts: tuple[LinkCut, ...]


def measure_links(
    war: War,
    scenario: Scenario,
    target: Target,
    simulate: SimulateWithout,
    n_runs: int,
    *,
    links: Sequence[str] = NAMES,
    weights: Weights = None,
) -> LinkEffects:
    """Disable the pathways one at a time, with common random numbers.

    `simulate` takes the links to cut and a watcher; all cuts share the weights. Shapes: weights (R,).
    """
    month = min(COMPARISON_MONTH, target.month)
    compared = tuple(
        observable for observable in observables(war, scenario) if observable.key.split(".")[-1] in COMPARED_OBSERVABLES
    )
    base_book = ObservationRecorder(compared, (month,), war.step, n_runs)
    base = simulate((), base_book)
    weight = weigh(base, weights)
    cuts = []
    for link in links:
        book = ObservationRecorder(compared, (month,), war.step, n_runs)
        cuts.append(_cut(link, base, simulate((link,), book), base_book, book, target, weight))
    cuts.sort(key=lambda cut: (-cut.moved, cut.idle, cut.link))
    means = dict(zip((observable.key for observable in compared), _mean(base_book.values[:, 0], weight), strict=True))
    names = {observable.key: observable.name for observable in compared}
    return LinkEffects(outcome_shares(base, target.month, weight), means, names, month, tuple(cuts))


def _cut(
    link: str,
    base: Ensemble,
    without: Ensemble,
    book: ObservationRecorder,
    cut_book: ObservationRecorder,
    target: Target,
    weights: Array | None,
) -> LinkCut:
    base_shares, cut_shares = (outcome_shares(ensemble, target.month, weights) for ensemble in (base, without))
    difference = target.hits(without) - target.hits(base)
    weight = np.ones(len(difference)) if weights is None else weights
    total = np.bincount(base.point, weights=weight * difference)
    count = len(total)
    error = Z90 * float(total.std(ddof=1)) * np.sqrt(count) / float(weight.sum()) if count > 1 else 0.0
    seen_in_both = np.isfinite(book.values[:, 0]) & np.isfinite(cut_book.values[:, 0])
    moved_means = _mean(np.where(seen_in_both, cut_book.values[:, 0] - book.values[:, 0], np.nan), weights)
    pairs = (base.code, without.code), (base.months, without.months), (book.values, cut_book.values)
    idle = all(np.array_equal(stated_values, cut_values, equal_nan=True) for stated_values, cut_values in pairs)
    return LinkCut(
        link,
        sum(abs(cut_shares[name] - base_shares[name]) for name in base_shares) / 2,
        cut_shares[target.name] - base_shares[target.name],
        float(error),
        cut_shares,
        dict(zip((observable.key for observable in book.observables), moved_means, strict=True)),
        idle,
    )


def _mean(values: NDArray[np.floating], weights: Array | None) -> list[float]:
    """Return weighted means over the runs with an observation. Shapes: values (observables, R)."""
    weight = np.ones(values.shape[1]) if weights is None else weights
    finite = np.isfinite(values)
    total = (finite * weight).sum(axis=1)
    sums = (np.where(finite, values, 0.0) * weight).sum(axis=1)
    return [float(s / t) if t > 0 else 0.0 for s, t in zip(sums, total, strict=True)]
