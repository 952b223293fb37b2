"""Measured: the leader weight by regime under each rule, how much of it is the record,
and what scenarios take from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.council import CouncilDecision
from ripeness.validation.councils.judged_ranges import Span, default_ranges, judged_prior, judged_ranges
from ripeness.validation.councils.leader_weight import (
    LEAST_DEMAND,
    LOGITS,
    QUOTAS,
    REGIMES,
    RULES,
    CouncilRecord,
    LeaderWeightPosterior,
    body_priors,
    council_record,
    leader_weight_prior,
    update_leader_weight,
)
from ripeness.validation.councils.noise import NOISES
from ripeness.validation.councils.sitting import DRAWS, Sitting, sitting

Array = NDArray[np.float64]
WEIGHTS = 1 / (1 + np.exp(-LOGITS))
INFORMATIVE = 0.75  # the record says something of a body where less of its variance in log-odds is left (judged)
KNOWN = ("minuted", "reported")


@dataclass(frozen=True, slots=True)
class UnderRule:
    """What one rule makes of the record in one regime; `share` is the rule's share of the evidence."""

    rule: str
    regime: str
    log_evidence: float
    share: float
    typical: Span
    noise: Span
    quota: Span
    quota_left: float


@dataclass(frozen=True, slots=True)
class RegimeWeights:
    """The leader weight of one regime, rules weighed by their evidence.

    `typical` is the regime's own weight, `body` that of a body of the regime, `before` the same before the decisions;
    `left` and `body_left` say how much of the prior's variance (log-odds) is left. `judged` is what was believed of a
    body from other work, `updated` that belief after the record, `default` what scenarios fall back on: `updated` in
    hundredths. `narrow` and `wide` start from priors half and twice as wide; `plain` uses only decisions in which the
    leader's view is minuted or reported. The three of the quota say the same of a regime's quota, under the rule by
    which terms are settled (`least_demand`).
    """

    name: str
    decisions: int
    bodies: int
    before: Span
    typical: Span
    left: float
    body: Span
    body_left: float
    judged: Span
    updated: Span
    default: Span
    narrow: Span
    wide: Span
    plain: Span
    quota_judged: Span
    quota_updated: Span
    quota_default: Span

    @property
    def informative(self) -> bool:
        """Whether the record narrows by much what is known of a body."""
        return self.body_left < INFORMATIVE


@dataclass(frozen=True, slots=True)
class LeaderWeights:
    """The whole measurement. `judged_odds` is the evidence of the judged ranges over that of the wide priors."""

    decisions: int
    bodies: int
    regimes: tuple[RegimeWeights, ...]
    rules: tuple[UnderRule, ...]
    ordered: float
    judged_odds: float
    draws: int
    seed: int

    def __repr__(self) -> str:
        """One line."""
        return f"Measured({self.decisions} decisions of {self.bodies} bodies: {self.sentence()})"

    def sentence(self) -> str:
        """What the record says, and what follows for the defaults."""
        intervals = "; ".join(
            f"{regime.name} {regime.typical[1]:.2f} [{regime.typical[0]:.2f}, {regime.typical[2]:.2f}]"
            for regime in self.regimes
        )
        first = f"Leader weight by regime, 90 % intervals: {intervals}."
        order = f" That leaders weigh more in autocracies than in democracies has probability {self.ordered:.2f}."
        changed = [regime.name for regime in self.regimes if regime.informative]
        if changed:
            return first + order + f" The record narrows what is known of a body in: {', '.join(changed)}."
        return (
            first
            + order
            + " For a single body no regime's interval is narrower than before by a quarter of its variance: the record"
            " does not settle the leader weight, and the defaults are the judged ranges, which it hardly moves."
        )


def measure_leader_weights(councils: Sequence[CouncilDecision], *, draws: int = DRAWS, seed: int = 1) -> LeaderWeights:
    """Weigh leaders on a record of councils."""
    sittings = [sitting(council, draws=draws, seed=seed) for council in councils]
    decided = [council.decided for council in councils]
    records = [council_record(rule, sittings) for rule in RULES]
    wide_posteriors = [update_leader_weight(record, decided) for record in records]
    share = _shares(wide_posteriors)
    judged_posteriors = [
        update_leader_weight(record, decided, judged_prior(record.chance[0].shape[0])) for record in records
    ]
    updated, quota = _pooled(judged_posteriors), _quota_of_terms(sittings, decided).quota
    widths = {
        width: _pooled(
            [
                update_leader_weight(record, decided, leader_weight_prior(len(record.chance[0]), width))
                for record in records
            ]
        )
        for width in (0.5, 2)
    }
    stated = [n for n, council in enumerate(councils) if council.members[council.leader].basis in KNOWN]
    plain = _pooled([update_leader_weight(_part(record, stated), [decided[n] for n in stated]) for record in records])
    typical = _mixed(wide_posteriors, share, "typical")
    bodies = _mixed(wide_posteriors, share, "body")
    regimes = tuple(
        RegimeWeights(
            name,
            sum(council.regime == name for council in councils),
            len({council.body_key for council in councils if council.regime == name}),
            before=leader_share_interval(body_priors(leader_weight_prior())[name], WEIGHTS),
            typical=leader_share_interval(typical[name], WEIGHTS),
            left=variance(typical[name]) / variance(leader_weight_prior().weight[name]),
            body=leader_share_interval(bodies[name], WEIGHTS),
            body_left=variance(bodies[name]) / variance(body_priors(leader_weight_prior())[name]),
            judged=judged_ranges("leader_weight")[name],
            updated=leader_share_interval(updated[name], WEIGHTS),
            default=default_ranges("leader_weight")[name],
            narrow=leader_share_interval(widths[0.5][name], WEIGHTS),
            wide=leader_share_interval(widths[2][name], WEIGHTS),
            plain=leader_share_interval(plain[name], WEIGHTS),
            quota_judged=judged_ranges("quota")[name],
            quota_updated=leader_share_interval(quota[name], QUOTAS),
            quota_default=default_ranges("quota")[name],
        )
        for name in REGIMES
    )
    return LeaderWeights(
        len(councils),
        len({council.body_key for council in councils}),
        regimes,
        _by_rule(wide_posteriors, share),
        _above(typical["autocracy"], typical["democracy"]),
        _odds(judged_posteriors, wide_posteriors),
        draws,
        seed,
    )


def leader_share_interval(share: Array, grid: Array) -> Span:
    """5 %, middle and 95 % of a share on a grid, read between its points.

    >>> leader_share_interval(np.full(101, 1 / 101), np.linspace(0, 1, 101))
    (0.05, 0.5, 0.95)
    """
    ladder = np.cumsum(share) - share / 2
    low, middle, high = (round(float(x), 3) for x in np.interp((0.05, 0.5, 0.95), ladder, grid))
    return low, middle, high


def variance(share: Array, grid: Array = LOGITS) -> float:
    """The variance of a share on a grid."""
    return float(share @ grid**2 - (share @ grid) ** 2)


def _shares(posteriors: Sequence[LeaderWeightPosterior]) -> Array:
    """Each rule's share of the evidence, all equally likely before."""
    logs = np.array([posterior.log_evidence for posterior in posteriors])
    odds = np.exp(logs - logs.max())
    return np.asarray(odds / odds.sum())


def _mixed(posteriors: Sequence[LeaderWeightPosterior], share: Array, field: str) -> dict[str, Array]:
    return {
        name: np.asarray(
            sum(part * getattr(posterior, field)[name] for part, posterior in zip(share, posteriors, strict=True))
        )
        for name in REGIMES
    }


def _pooled(posteriors: Sequence[LeaderWeightPosterior]) -> dict[str, Array]:
    return _mixed(posteriors, _shares(posteriors), "body")


def _part(record: CouncilRecord, places: Sequence[int]) -> CouncilRecord:
    return CouncilRecord(record.rule, tuple(record.chance[n] for n in places), tuple(record.bodies[n] for n in places))


def _quota_of_terms(sittings: Sequence[Sitting], decided: Sequence[int]) -> LeaderWeightPosterior:
    """The judged quotas after the record, under the rule by which terms are settled.

    Decisions on making war and on ending it count alike: councils get onto the record by deciding something, which
    makes the quota look small where a war was ended and large where one was begun.
    """
    return update_leader_weight(council_record(LEAST_DEMAND, sittings), decided, judged_prior(len(QUOTAS)))


def _by_rule(posteriors: Sequence[LeaderWeightPosterior], share: Array) -> tuple[UnderRule, ...]:
    rows = []
    for part, posterior in zip(share, posteriors, strict=True):
        for name in REGIMES:
            has_quota = len(posterior.quota[name]) > 1
            no_span = (np.nan, np.nan, np.nan)
            quota = leader_share_interval(posterior.quota[name], QUOTAS) if has_quota else no_span
            variance_left = variance(posterior.quota[name], QUOTAS) / float(QUOTAS.var()) if has_quota else np.nan
            rows.append(
                UnderRule(
                    posterior.rule,
                    name,
                    posterior.log_evidence,
                    float(part),
                    leader_share_interval(posterior.typical[name], WEIGHTS),
                    leader_share_interval(posterior.noise[name], NOISES),
                    quota,
                    variance_left,
                )
            )
    return tuple(rows)


def _above(first: Array, second: Array) -> float:
    """The chance that one value lies above another, half of what falls on the same point; taken as independent."""
    below = np.cumsum(second) - second / 2
    return float(first @ below)


def _odds(judged_ones: Sequence[LeaderWeightPosterior], wide_ones: Sequence[LeaderWeightPosterior]) -> float:
    """Evidence of the judged ranges over that of the wide priors, rules alike before."""
    narrow, wide = (
        np.array([posterior.log_evidence for posterior in posteriors]) for posteriors in (judged_ones, wide_ones)
    )
    top = wide.max()
    return float(np.exp(narrow - top).sum() / np.exp(wide - top).sum())
