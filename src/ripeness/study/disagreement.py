"""Disagreement: how far versions of one war differ in an answer, and which groups of numbers make them differ.

Versions are mixed group by group (see scenario/number_groups.py) and simulated under common random numbers. Between two
versions, the effect of a group is its Shapley value: what taking it from the second changes, averaged over the orders
in which groups are taken. Effects of all groups add up to the difference of the two answers, and so the products of
effect and difference, averaged over all pairs, add up to the variance between the versions.
Source: Shapley 1953; Owen 2014, SIAM/ASA Journal on Uncertainty Quantification 2, 245-251 (Shapley shares of variance);
Mitchell, Cooper, Frank and Holmes 2022, Journal of Machine Learning Research 23 (43) (an order and its reverse);
Quenouille 1956 and Efron 1982 (jackknife).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ripeness.ensemble.gather import Ensemble
from ripeness.scenario.number_groups import GROUPS, STRUCTURE, differing_groups
from ripeness.study.probabilities import merged_kinds
from ripeness.study.record.classes import CLASS_OF_OUTCOME, CLASSES
from ripeness.study.target import outcome_codes_at
from ripeness.world.quantity import Z90

Array = NDArray[np.float64]
ALL_ORDERS = 4  # groups up to which every order is taken: 16 mixtures of a pair of versions
BATCHES = 20  # parts of the parameter samples, each left out once
FEWEST_VERSIONS = 2
FEWEST_RUNS = 100  # of a class, below which its parts are not told apart: weights of few runs are noisy


@dataclass(frozen=True, slots=True)
class GroupPart:
    """What a group of numbers does to one outcome. `share` of the variance between versions, with its 90 % interval.

    Below zero where the group works against the difference. `clear`: the interval lies above zero.
    """

    group: str
    label: str
    share: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the group's share is above zero by more than chance."""
        return self.low > 0


@dataclass(frozen=True, slots=True)
class PairPart:
    """By how much a group makes the second version's probability differ from the first's, with its 90 % interval."""

    first: str
    second: str
    group: str
    label: str
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class VarianceSplit:
    """The variance of one outcome's probability between versions, split by group, the largest first.

    `deviation`: its square root, noise removed. `clear`: the variance is above zero by more than chance (90 %); if not,
    the shares say nothing. `pairs`: effects of each group between each two versions.
    """

    deviation: float
    clear: bool
    parts: tuple[GroupPart, ...]
    pairs: tuple[PairPart, ...]

    @property
    def leading(self) -> tuple[GroupPart, ...]:
        """The groups whose share is clear, the largest first; none where nothing can be told."""
        return tuple(part for part in self.parts if part.clear) if self.clear else ()


@dataclass(frozen=True)
class HybridDesign:
    """Which mixtures of versions are simulated. `contents`: what each says by group (see `version_content`).

    >>> design = HybridDesign({"a": {"power": 1, "laws": 1}, "b": {"power": 2, "laws": 3}})
    >>> design.groups, [dict(source) for source in design.sources][1]
    (('power', 'laws'), {'power': 'b', 'laws': 'a'})
    """

    contents: Mapping[str, Mapping[str, Any]]

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups in which versions differ, in their order."""
        return differing_groups(self.contents)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two versions."""
        return tuple(combinations(self.contents, 2))

    def pair_groups(self, pair: tuple[str, str]) -> tuple[str, ...]:
        """The groups in which two versions differ."""
        first, second = (self.contents[name] for name in pair)
        return tuple(group for group in self.groups if first[group] != second[group])

    def orders(self, pair: tuple[str, str]) -> tuple[tuple[str, ...], ...]:
        """The orders in which groups are taken: all of few; else one and its reverse.

        The mean of these two is the Shapley value where no more than two groups interact.
        """
        groups = self.pair_groups(pair)
        if len(groups) <= ALL_ORDERS:
            return tuple(permutations(groups))
        return groups, groups[::-1]

    def source(self, pair: tuple[str, str], taken: Sequence[str] = ()) -> tuple[tuple[str, str], ...]:
        """A mixture: the version of each group, the first that says the same; `taken` come from the pair's second."""
        names = {group: pair[1] if group in taken else pair[0] for group in self.groups}
        return tuple((group, self._alike(name, group)) for group, name in names.items())

    def _alike(self, name: str, group: str) -> str:
        content = self.contents[name][group]
        return next(other for other in self.contents if self.contents[other][group] == content)

    @cached_property
    def sources(self) -> tuple[tuple[tuple[str, str], ...], ...]:
        """The mixtures, each once: versions themselves, and what the orders pass through."""
        mixtures: dict[tuple[tuple[str, str], ...], None] = {}
        for pair in self.pairs:
            for order in self.orders(pair):
                mixtures |= dict.fromkeys(self.source(pair, order[:taken]) for taken in range(len(order) + 1))
        return tuple(mixtures)


def outcome_replicates(
    ensemble: Ensemble,
    month: float,
    weights: Array | None = None,
    record: tuple[Array, float] | None = None,
    batches: int = BATCHES,
) -> Array:
    """Probability of every outcome by a month, from all runs and with each part of the samples left out.

    `record`: the record's probabilities by class and its strength, where the blend answers; `weights` part a class
    among its outcomes, as in the blend. Not a number where too few runs end in a class of several outcomes to part it.
    Shapes: weights (R,); record (4,); returns (batches + 1, outcomes), outcomes as in `merged_kinds`.
    """
    kinds, n_samples = merged_kinds(), int(ensemble.point[-1]) + 1
    batch = ensemble.point * batches // n_samples
    codes = outcome_codes_at(ensemble, month)
    hits = np.array([np.isin(codes, kind.codes) for kind in kinds], dtype=np.float64)
    counts, weighted = (
        np.array([np.bincount(batch, weights=row, minlength=batches) for row in rows])
        for rows in (hits, hits if weights is None else hits * weights)
    )
    counts, weighted = (
        np.column_stack([part.sum(axis=1), part.sum(axis=1)[:, None] - part]) for part in (counts, weighted)
    )
    of_model = counts / counts.sum(axis=0)
    if record is None:
        return of_model.T
    past, strength = record
    p = np.empty_like(of_model)
    class_of_kind = np.array([CLASSES.index(CLASS_OF_OUTCOME[kind.outcome]) for kind in kinds])
    for c in range(len(CLASSES)):
        members = class_of_kind == c
        of_class = (1 - strength) * of_model[members].sum(axis=0) + strength * past[c]
        total = weighted[members].sum(axis=0)
        if members.sum() == 1:
            p[members] = of_class
        elif counts[members, 0].sum() < FEWEST_RUNS:
            p[members] = np.nan
        else:
            p[members] = of_class * weighted[members] / total
    return p.T


def split_variance(
    design: HybridDesign, values: Mapping[tuple[tuple[str, str], ...], Array], labels: Mapping[str, str] = GROUPS
) -> tuple[VarianceSplit, ...]:
    """Split the variance between versions by group, an outcome each, from the values of all mixtures.

    Shapes: values (batches + 1, outcomes) as of `outcome_replicates`.
    """
    effects = {pair: _shapley_values(design, pair, values) for pair in design.pairs}
    n_versions = len(design.contents)
    parts = sum(
        (effect * effect.sum(axis=0) for effect in effects.values()),
        start=np.zeros_like(next(iter(effects.values()))),
    )
    parts = parts / n_versions**2
    n_outcomes = parts.shape[2]
    return tuple(
        _split(design, parts[:, :, k], {p: e[:, :, k] for p, e in effects.items()}, labels) for k in range(n_outcomes)
    )


def _shapley_values(
    design: HybridDesign, pair: tuple[str, str], values: Mapping[tuple[tuple[str, str], ...], Array]
) -> Array:
    """Mean effect of taking each group from the second version. Shapes: returns (groups, batches + 1, outcomes)."""
    orders = design.orders(pair)
    effects = np.zeros((len(design.groups), *next(iter(values.values())).shape))
    for order in orders:
        steps = [values[design.source(pair, order[:taken])] for taken in range(len(order) + 1)]
        for group, before, after in zip(order, steps, steps[1:], strict=False):
            effects[design.groups.index(group)] += (after - before) / len(orders)
    return effects


def _split(
    design: HybridDesign, parts: Array, effects: Mapping[tuple[str, str], Array], labels: Mapping[str, str]
) -> VarianceSplit:
    """One outcome. Shapes: parts and effects (groups, batches + 1)."""
    variance, error = _jackknife(parts.sum(axis=0))
    corrected = [_jackknife(part)[0] for part in parts]
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = parts / parts.sum(axis=0)
    rows = []
    for group, part, share in zip(design.groups, corrected, shares, strict=True):
        centre = part / variance if variance > 0 else float("nan")
        half = Z90 * _jackknife(share)[1]
        rows.append(GroupPart(group, labels.get(group, group), centre, centre - half, centre + half))
    pairs = []
    for pair, effect in effects.items():
        for group, row in zip(design.groups, effect, strict=True):
            if group in design.pair_groups(pair):
                half = Z90 * _jackknife(row)[1]
                difference = float(row[0])
                pairs.append(
                    PairPart(*pair, group, labels.get(group, group), difference, difference - half, difference + half)
                )
    order = sorted(rows, key=lambda part: -np.nan_to_num(part.share, nan=-np.inf))
    return VarianceSplit(
        variance**0.5 if variance > 0 else 0.0, bool(variance > Z90 * error), tuple(order), tuple(pairs)
    )


def _jackknife(replicates: Array) -> tuple[float, float]:
    """Bias-corrected value and standard error from a value and those with each part left out. Shapes: (batches + 1,).

    >>> value, error = _jackknife(np.array([4.0, 4.5, 3.5]))
    >>> value, round(error, 3)
    (4.0, 0.5)
    """
    value, left_out = float(replicates[0]), replicates[1:]
    n = len(left_out)
    mean = float(left_out.mean())
    return n * value - (n - 1) * mean, float(((n - 1) / n * ((left_out - mean) ** 2).sum()) ** 0.5)


def split_between_versions(
    contents: Mapping[str, Mapping[str, Any]],
    evaluate: Callable[[Mapping[str, str]], Array],
    labels: Mapping[str, str] = GROUPS,
) -> tuple[tuple[VarianceSplit, ...], int]:
    """Simulate the mixtures of some versions and split the variance between them; also says how many mixtures.

    `evaluate` takes the version of each group and returns what `outcome_replicates` does. Groups in which all say the
    same come from the version that the mixture takes its actors from, else from the first.
    Shapes: evaluate returns (batches + 1, outcomes).
    """
    design = HybridDesign(contents)
    if len(contents) < FEWEST_VERSIONS or not design.groups:
        return (), 0
    values = {source: evaluate(dict(source)) for source in design.sources}
    return split_variance(design, values, labels), len(values)


def whole_source(source: Mapping[str, str], first: str) -> dict[str, str]:
    """The version of every group: `source` names those that differ, the others are alike in all.

    >>> whole_source({"power": "b"}, "a")["structure"]
    'a'
    """
    return dict.fromkeys(GROUPS, source.get(STRUCTURE, first)) | dict(source)
