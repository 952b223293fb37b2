"""Cutting: how much each causal link carries, by fighting the same wars without it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.ensemble.run import Watch
from ripeness.scenario.schema import Scenario
from ripeness.study.indicators.watching import Notebook, observables
from ripeness.study.target import Target, shares
from ripeness.war.pathway import NAMES
from ripeness.war.prepare import War

Array = NDArray[np.float64]
LOOK = 12.0  # month at which front, effort and demands are compared, where the target lies no nearer
Z90 = 1.6448536269514722  # standard normal quantile at .95
SEEN = ("line", "offer", "effort", "losses", "media")  # what is compared besides the outcomes
Fight = Callable[[Sequence[str], Watch], Ensemble]


@dataclass(frozen=True, slots=True)
class Cut:
    """What happens to the same wars when a link carries nothing.

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
class Measured:
    """The wars as they are, and every cut. `names` says what the keys of the means stand for."""

    shares: dict[str, float]
    means: dict[str, float]
    names: dict[str, str]
    month: float
    cuts: tuple[Cut, ...]


def measure(
    war: War,
    scenario: Scenario,
    target: Target,
    fight: Fight,
    draws: int,
    *,
    links: Sequence[str] = NAMES,
    weights: Array | None = None,
) -> Measured:
    """Cut the links one at a time, on the same draws, so that differences are not luck.

    `fight` takes the links to cut and a watcher. Shapes: weights (R,).
    """
    month = min(LOOK, target.month)
    seen = tuple(one for one in observables(war, scenario) if one.key.split(".")[-1] in SEEN)
    base_book = Notebook(seen, (month,), war.step, draws)
    base = fight((), base_book.watch)
    cuts = []
    for link in links:
        book = Notebook(seen, (month,), war.step, draws)
        cuts.append(_cut(link, base, fight((link,), book.watch), base_book, book, target, weights))
    cuts.sort(key=lambda cut: (-cut.moved, cut.idle, cut.link))
    means = dict(zip((one.key for one in seen), _mean(base_book.seen[:, 0], weights), strict=True))
    names = {one.key: one.name for one in seen}
    return Measured(shares(base, target.month, weights), means, names, month, tuple(cuts))


def _cut(
    link: str,
    base: Ensemble,
    other: Ensemble,
    book: Notebook,
    cut_book: Notebook,
    target: Target,
    weights: Array | None,
) -> Cut:
    before, after = (shares(one, target.month, weights) for one in (base, other))
    difference = target.hits(other) - target.hits(base)
    weight = np.ones(len(difference)) if weights is None else weights
    total = np.bincount(base.point, weights=weight * difference)
    count = len(total)
    error = Z90 * float(total.std(ddof=1)) * np.sqrt(count) / float(weight.sum()) if count > 1 else 0.0
    both = np.isfinite(book.seen[:, 0]) & np.isfinite(cut_book.seen[:, 0])
    moved_means = _mean(np.where(both, cut_book.seen[:, 0] - book.seen[:, 0], np.nan), weights)
    same = (base.code, other.code), (base.months, other.months), (book.seen, cut_book.seen)
    idle = all(np.array_equal(here, there, equal_nan=True) for here, there in same)
    return Cut(
        link,
        sum(abs(after[name] - before[name]) for name in before) / 2,
        after[target.name] - before[target.name],
        float(error),
        after,
        dict(zip((one.key for one in book.observables), moved_means, strict=True)),
        idle,
    )


def _mean(seen: NDArray[np.floating], weights: Array | None) -> list[float]:
    """Mean over the runs in which something was seen. Shapes: seen (observables, R)."""
    weight = np.ones(seen.shape[1]) if weights is None else weights
    known = np.isfinite(seen)
    total = (known * weight).sum(axis=1)
    sums = (np.where(known, seen, 0.0) * weight).sum(axis=1)
    return [float(s / t) if t > 0 else 0.0 for s, t in zip(sums, total, strict=True)]
