"""Judge variance: what judges' numbers do to an outcome's probability, between the judges and within their ranges."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ripeness.ensemble.gather import Ensemble
from ripeness.study.disagreement import VarianceSplit
from ripeness.study.sensitivity.sample_means import sample_means
from ripeness.study.sensitivity.variance_shares import variance_shares
from ripeness.study.target import Target


@dataclass(frozen=True, slots=True)
class JudgeVariance:
    """What one number, or a group of numbers, does to the variance of an outcome's probability.

    `between`: the part of the variance between judges that it makes (`share` of all of it, with its 90 % interval);
    `within`: the variance that judges' own ranges of it make, averaged over the judges. Units: squared probability.
    """

    key: str
    label: str
    between: float
    share: float
    low: float
    high: float
    within: float


@dataclass(frozen=True, slots=True)
class JudgeDisagreement:
    """How judges' numbers make an outcome's probability differ between them, and how uncertain each leaves it.

    `chances`: the probability with each judge's numbers. `clear`: the judges differ by more than chance (90 %).
    `within`: mean variance over all that is uncertain in each judge's version. `numbers` is empty, and `note` says so,
    where there are too many to tell apart. Units: variances in squared probability; month from the day of the forecast.
    """

    outcome: str
    month: float
    chances: Mapping[str, float]
    between: float
    clear: bool
    within: float
    groups: tuple[JudgeVariance, ...]
    numbers: tuple[JudgeVariance, ...]
    mixtures: int
    draws: int
    note: str = ""

    @property
    def leading(self) -> tuple[JudgeVariance, ...]:
        """The single numbers whose part is above zero by more than chance, the largest first."""
        return tuple(number for number in self.numbers if number.low > 0) if self.clear else ()


@dataclass(frozen=True, slots=True)
class WithinVariance:
    """Variance of an outcome's probability over the parameters: of all of them, and of some by path."""

    total: float
    of_numbers: Mapping[str, float]


def within_variance(
    ensembles: Sequence[Ensemble], targets: Sequence[Target], paths: Collection[str], scale: float = 1.0
) -> WithinVariance:
    """Mean over ensembles of what the parameters decide, and of what each of some does alone; noise removed.

    `scale`: what a change of the model's probability makes of the answer, below 1 where it is blended with the record.
    Units: squared probability.
    """
    totals, of_numbers = [], dict.fromkeys(paths, 0.0)
    for ensemble, target in zip(ensembles, targets, strict=True):
        means = sample_means(target.hits(ensemble), ensemble.point)
        totals.append(scale**2 * means.decided)
        rows = [n for n, path in enumerate(ensemble.input_names) if path in of_numbers]
        if not rows or means.decided <= 0:
            continue
        shares = variance_shares(np.asarray(ensemble.inputs[rows]), means, ensemble.design.seed).bounded_share
        for n, share in zip(rows, shares, strict=True):
            of_numbers[ensemble.input_names[n]] += float(share) * totals[-1] / len(ensembles)
    return WithinVariance(sum(totals) / len(totals), of_numbers)


def judge_variances(split: VarianceSplit, within: Mapping[str, float]) -> tuple[JudgeVariance, ...]:
    """The parts of a split beside the variance within judges, the largest between them first."""
    return tuple(
        JudgeVariance(
            part.group,
            part.label,
            part.share * split.deviation**2 if split.deviation else 0.0,
            part.share,
            part.low,
            part.high,
            within.get(part.group, 0.0),
        )
        for part in split.parts
    )
