"""Measured: the leader weight by regime under each rule, how much of it is the record,
and what scenarios take from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.scenario.council import Council
from ripeness.validation.councils.judged import Span, default_ranges, judged_prior, judged_ranges
from ripeness.validation.councils.leader_weight import (
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
from ripeness.validation.councils.sitting import DRAWS, sitting

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
    leader's view is minuted or reported. The three of the quota say the same of a regime's quota.
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
        told = "; ".join(
            f"{one.name} {one.typical[1]:.2f} [{one.typical[0]:.2f}, {one.typical[2]:.2f}]" for one in self.regimes
        )
        first = f"Leader weight by regime, 90 % intervals: {told}."
        order = f" That leaders weigh more in autocracies than in democracies has probability {self.ordered:.2f}."
        changed = [one.name for one in self.regimes if one.informative]
        if changed:
            return first + order + f" The record narrows what is known of a body in: {', '.join(changed)}."
        return (
            first
            + order
            + " For a single body no regime's interval is narrower than before by a quarter of its variance: the record"
            " does not settle the leader weight, and the defaults are the judged ranges, which it hardly moves."
        )


def measure_leader_weights(councils: Sequence[Council], *, draws: int = DRAWS, seed: int = 1) -> LeaderWeights:
    """Weigh leaders on a record of councils."""
    sittings = [sitting(one, draws=draws, seed=seed) for one in councils]
    decided = [one.decided for one in councils]
    records = [council_record(rule, sittings) for rule in RULES]
    found = [update_leader_weight(one, decided) for one in records]
    share = _shares(found)
    given = [update_leader_weight(one, decided, judged_prior(one.chance[0].shape[0])) for one in records]
    updated, quota = _pooled(given), given[RULES.index("quota")].quota
    widths = {
        width: _pooled(
            [update_leader_weight(one, decided, leader_weight_prior(len(one.chance[0]), width)) for one in records]
        )
        for width in (0.5, 2)
    }
    known = [n for n, one in enumerate(councils) if one.members[one.leader].basis in KNOWN]
    plain = _pooled([update_leader_weight(_part(one, known), [decided[n] for n in known]) for one in records])
    typical = _mixed(found, share, "typical")
    bodies = _mixed(found, share, "body")
    regimes = tuple(
        RegimeWeights(
            name,
            sum(one.regime == name for one in councils),
            len({one.body_key for one in councils if one.regime == name}),
            before=span(body_priors(leader_weight_prior())[name], WEIGHTS),
            typical=span(typical[name], WEIGHTS),
            left=variance(typical[name]) / variance(leader_weight_prior().weight[name]),
            body=span(bodies[name], WEIGHTS),
            body_left=variance(bodies[name]) / variance(body_priors(leader_weight_prior())[name]),
            judged=judged_ranges("leader_weight")[name],
            updated=span(updated[name], WEIGHTS),
            default=default_ranges("leader_weight")[name],
            narrow=span(widths[0.5][name], WEIGHTS),
            wide=span(widths[2][name], WEIGHTS),
            plain=span(plain[name], WEIGHTS),
            quota_judged=judged_ranges("quota")[name],
            quota_updated=span(quota[name], QUOTAS),
            quota_default=default_ranges("quota")[name],
        )
        for name in REGIMES
    )
    return LeaderWeights(
        len(councils),
        len({one.body_key for one in councils}),
        regimes,
        _by_rule(found, share),
        _above(typical["autocracy"], typical["democracy"]),
        _odds(given, found),
        draws,
        seed,
    )


def span(share: Array, grid: Array) -> Span:
    """5 %, middle and 95 % of a share on a grid, read between its points.

    >>> span(np.full(101, 1 / 101), np.linspace(0, 1, 101))
    (0.05, 0.5, 0.95)
    """
    ladder = np.cumsum(share) - share / 2
    low, middle, high = (round(float(x), 3) for x in np.interp((0.05, 0.5, 0.95), ladder, grid))
    return low, middle, high


def variance(share: Array, grid: Array = LOGITS) -> float:
    """The variance of a share on a grid."""
    return float(share @ grid**2 - (share @ grid) ** 2)


def _shares(found: Sequence[LeaderWeightPosterior]) -> Array:
    """Each rule's share of the evidence, all equally likely before."""
    logs = np.array([one.log_evidence for one in found])
    odds = np.exp(logs - logs.max())
    return np.asarray(odds / odds.sum())


def _mixed(found: Sequence[LeaderWeightPosterior], share: Array, what: str) -> dict[str, Array]:
    return {
        name: np.asarray(sum(part * getattr(one, what)[name] for part, one in zip(share, found, strict=True)))
        for name in REGIMES
    }


def _pooled(found: Sequence[LeaderWeightPosterior]) -> dict[str, Array]:
    return _mixed(found, _shares(found), "body")


def _part(whole: CouncilRecord, kept: Sequence[int]) -> CouncilRecord:
    return CouncilRecord(whole.rule, tuple(whole.chance[n] for n in kept), tuple(whole.bodies[n] for n in kept))


def _by_rule(found: Sequence[LeaderWeightPosterior], share: Array) -> tuple[UnderRule, ...]:
    rows = []
    for part, one in zip(share, found, strict=True):
        for name in REGIMES:
            has_quota = len(one.quota[name]) > 1
            nothing = (np.nan, np.nan, np.nan)
            quota = span(one.quota[name], QUOTAS) if has_quota else nothing
            left = variance(one.quota[name], QUOTAS) / float(QUOTAS.var()) if has_quota else np.nan
            rows.append(
                UnderRule(
                    one.rule,
                    name,
                    one.log_evidence,
                    float(part),
                    span(one.typical[name], WEIGHTS),
                    span(one.noise[name], NOISES),
                    quota,
                    left,
                )
            )
    return tuple(rows)


def _above(one: Array, other: Array) -> float:
    """The chance that one value lies above another, half of what falls on the same point; taken as independent."""
    below = np.cumsum(other) - other / 2
    return float(one @ below)


def _odds(judged_ones: Sequence[LeaderWeightPosterior], wide_ones: Sequence[LeaderWeightPosterior]) -> float:
    """Evidence of the judged ranges over that of the wide priors, rules alike before."""
    narrow, wide = (np.array([one.log_evidence for one in those]) for those in (judged_ones, wide_ones))
    top = wide.max()
    return float(np.exp(narrow - top).sum() / np.exp(wide - top).sum())
