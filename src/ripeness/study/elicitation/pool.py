"""Pool the sheets of several judges into one number each, with the judges' weights and how far they agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.scenario.judge_seeds import SeedTruth
from ripeness.scenario.judge_sheet import JudgeSheet
from ripeness.scenario.number_field import interval_scale
from ripeness.study.elicitation.agreement import KindAgreement, NumberAgreement, kind_agreement, number_agreement
from ripeness.study.elicitation.compositions import close_powers
from ripeness.study.elicitation.cooke import CUTOFF, JudgeScore, judge_scores
from ripeness.study.elicitation.opinion_pools import POOLS
from ripeness.study.elicitation.opinions import in_unit, opinions_of
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.quantity import Kind, Quantity, Scale
from ripeness.world.wording import did_you_mean

METHODS = tuple(POOLS)
DIGITS = 6  # significant ones of a number that was pooled


@dataclass(frozen=True, slots=True)
class PooledJudgement:
    """What several judges say together.

    `numbers` and `weights` are those of the pool; `judged` holds each judge's own numbers, powers closed; `opinions`
    how many judges with weight stand behind each number; `unjudged` the paths on which none of them has an opinion.
    """

    method: str
    numbers: Mapping[str, Quantity]
    weights: Mapping[str, float]
    agreement: tuple[NumberAgreement, ...]
    kinds: tuple[KindAgreement, ...]
    judged: Mapping[str, Mapping[str, Quantity]]
    opinions: Mapping[str, int]
    unjudged: tuple[str, ...] = ()
    scores: tuple[JudgeScore, ...] = field(default=())

    def of_judge(self, judge: str) -> dict[str, Quantity]:
        """All numbers of a judge; where he or she has no opinion, the pool of the others."""
        return {**self.numbers, **self.judged[judge]}


def pool_sheets(
    sheets: Sequence[JudgeSheet],
    method: str = "linear",
    truths: Mapping[str, SeedTruth] | None = None,
    cutoff: float = CUTOFF,
) -> PooledJudgement:
    """Pool judges: linear, logarithmic, or performance (linear, with weights from seed questions after Cooke).

    `truths` holds the true values of the seed questions: for `performance` they are needed, for the others they only
    score. Who has no opinion on a number has no part in its pool; the others' weights are scaled up.

    Raises: Fault for an unknown method, fewer than two judges, performance without true values, or two judges who are
    certain of different figures in a logarithmic pool.
    """
    if method not in POOLS:
        hint = did_you_mean(method, METHODS, f"pools are {', '.join(METHODS)}")
        raise ArgumentFault("pool", f": '{method[:40]}' is not a pool; {hint}")
    if len(sheets) < 2:
        raise Fault("a pool takes the sheets of two judges or more; here is one")
    judged = {sheet.judge: close_powers(sheet.numbers) for sheet in sheets}
    weights, scores = _weights(sheets, method, truths or {}, cutoff)
    paths = list(dict.fromkeys(path for sheet in sheets for path in (*sheet.numbers, *sheet.abstained)))
    numbers: dict[str, Quantity] = {}
    opinions: dict[str, int] = {}
    for path in paths:
        holders = [judge for judge in judged if path in judged[judge] and weights[judge] > 0]
        if holders:
            share = np.array([weights[judge] for judge in holders])
            numbers[path] = _pool_number(path, [judged[judge][path] for judge in holders], share / share.sum(), method)
            opinions[path] = len(holders)
    rows = []
    for path in paths:
        holders = [judge for judge in judged if path in judged[judge]]
        if len(holders) > 1:
            rows.append(number_agreement(path, holders, [judged[judge][path] for judge in holders]))
    return PooledJudgement(
        method,
        close_powers(numbers),
        weights,
        tuple(rows),
        tuple(kind_agreement(judged, rows)),
        judged,
        opinions,
        tuple(path for path in paths if path not in numbers),
        scores,
    )


def _weights(
    sheets: Sequence[JudgeSheet], method: str, truths: Mapping[str, SeedTruth], cutoff: float
) -> tuple[dict[str, float], tuple[JudgeScore, ...]]:
    """Each judge's weight, and the scores where there are true values to score by."""
    alike = {sheet.judge: 1 / len(sheets) for sheet in sheets}
    if not truths:
        if method == "performance":
            raise ArgumentFault(
                "pool", " performance weighs judges by seed questions; name their true values with {key}"
            )
        return alike, ()
    answers = {sheet.judge: sheet.seeds for sheet in sheets}
    scores = judge_scores(answers, truths, cutoff if method == "performance" else 0.0)
    if method == "performance":
        return {score.judge: score.weight for score in scores}, scores
    return alike, tuple(replace(score, weight=alike[score.judge]) for score in scores)


def _pool_number(path: str, numbers: Sequence[Quantity], weights: NDArray[np.float64], method: str) -> Quantity:
    """One number from those of several judges. Shapes: weights (J,), which sum to 1."""
    sample = numbers[0]
    if all(number.interval() == sample.interval() for number in numbers):
        return replace(sample, kind=Kind.JUDGED, sources=(), note="")
    opinions = opinions_of(numbers)
    certain = {number.centre for number, sure in zip(numbers, opinions.certain, strict=True) if sure}
    if method == "logarithmic" and len(certain) > 1:
        message = (
            f"{path}: judges are certain of {min(certain):g} and of {max(certain):g}; no logarithmic pool has both"
        )
        raise Fault(f"{message}: pool linear, or ask them for ranges")
    low, centre, high = (float(f"{x:.{DIGITS}g}") for x in in_unit(POOLS[method](opinions, weights), opinions, sample))
    if low == high:
        return replace(sample, family="point", parameters=(centre,), scale=Scale.PLAIN, sources=(), note="")
    field = number_field_at(path_steps(path))
    scale = interval_scale(opinions.scale if field is None else field.scale, low, high)
    return replace(
        sample, family="interval", parameters=(centre, low, high), scale=scale, kind=Kind.JUDGED, sources=(), note=""
    )
