"""Recoded scores: what a second coding does to the scores of the rules and to the leader weights, all else alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ripeness.scenario.council import CouncilDecision
from ripeness.validation.councils.agreement import CouncilPair
from ripeness.validation.councils.blind_scores import TESTED, BlindScores, score_blind
from ripeness.validation.councils.contender import LEADER
from ripeness.validation.councils.judged_ranges import Span
from ripeness.validation.councils.measure_leader_weights import LeaderWeights, measure_leader_weights
from ripeness.validation.councils.sitting import DRAWS
from ripeness.world.wording import join_words


@dataclass(frozen=True, slots=True)
class RecodedContender:
    """One contender's mean log score under either coding, and its verdict against "leader decides".

    A verdict is 1 where the 90 % interval of the gain over "leader decides" lies above 0, -1 below, else 0.
    """

    contender: str
    kind: str
    first: float
    second: float
    first_verdict: int
    second_verdict: int

    @property
    def turned(self) -> bool:
        """Whether the verdict of a rule differs between the codings."""
        return self.kind in TESTED and self.first_verdict != self.second_verdict


@dataclass(frozen=True, slots=True)
class RecodedWeight:
    """The leader weight of one regime on the whole record, and with the second coding in place of the first."""

    regime: str
    recoded: int
    first: Span
    second: Span


@dataclass(frozen=True, slots=True)
class RecodedScores:
    """Scores and leader weights under two codings.

    `record` scores the whole record, `alone` the decisions coded twice, fitted on `others`, too, which are coded once.
    """

    record: tuple[RecodedContender, ...]
    alone: tuple[RecodedContender, ...]
    weights: tuple[RecodedWeight, ...]
    recoded: int
    others: int

    def sentence(self) -> str:
        """Whether the conclusions hold."""
        return (
            f"On the whole record, {self.recoded} of {self.recoded + self.others} decisions recoded: "
            f"{_verdicts(self.record)} On the {self.recoded} alone: {_verdicts(self.alone)}{self._weights()}"
        )

    def _weights(self) -> str:
        moved = max(self.weights, key=lambda row: abs(row.first[1] - row.second[1]))
        outside = [row.regime for row in self.weights if not row.first[0] <= row.second[1] <= row.first[2]]
        where = f", and leaves the interval in: {', '.join(outside)}" if outside else ", inside every interval"
        return (
            f" The leader weight moves most in {moved.regime} regimes, from {moved.first[1]:.2f} to"
            f" {moved.second[1]:.2f}{where}."
        )


def _verdicts(contenders: Sequence[RecodedContender]) -> str:
    turned = [row.contender for row in contenders if row.turned]
    first, second = min(contenders, key=lambda row: row.first), min(contenders, key=lambda row: row.second)
    best = (
        f"best is {first.contender} either way"
        if first.contender == second.contender
        else f"best was {first.contender}, and is {second.contender}"
    )
    leader = next(row for row in contenders if row.contender == LEADER)
    verdicts = (
        f"the verdict against '{LEADER}' turns for {join_words(turned)}"
        if turned
        else f"no rule's verdict against '{LEADER}' turns"
    )
    return (
        f"{verdicts}; {best} ({first.first:.2f} and {second.second:.2f}; '{LEADER}' {leader.first:.2f} and"
        f" {leader.second:.2f})."
    )


def recoded_scores(
    pairs: Sequence[CouncilPair], others: Sequence[CouncilDecision] = (), *, draws: int = DRAWS, seed: int = 1
) -> RecodedScores:
    """Score every contender and weigh leaders under either coding; `others` stay as they are in both."""
    first, second = ([pair[coding] for pair in pairs] for coding in (0, 1))
    alone = [score_blind(councils, others, draws=draws, seed=seed) for councils in (first, second)]
    record = [score_blind([*councils, *others], draws=draws, seed=seed) for councils in (first, second)]
    weights = [measure_leader_weights([*councils, *others], draws=draws, seed=seed) for councils in (first, second)]
    return RecodedScores(
        recoded_contenders(record[0], record[1]),
        recoded_contenders(alone[0], alone[1]),
        recoded_weights(weights[0], weights[1], second),
        len(pairs),
        len(others),
    )


def recoded_contenders(first: BlindScores, second: BlindScores) -> tuple[RecodedContender, ...]:
    """Every contender under two codings, the best first by the first's log score."""
    pairs = [(score, second.of(score.contender)) for score in first.scores]
    return tuple(
        RecodedContender(score.contender, score.kind, score.log, recoded.log, score.verdict, recoded.verdict)
        for score, recoded in pairs
    )


def recoded_weights(
    first: LeaderWeights, second: LeaderWeights, recoded: Sequence[CouncilDecision]
) -> tuple[RecodedWeight, ...]:
    """The leader weight by regime under two codings, and how many decisions of the regime are recoded."""
    return tuple(
        RecodedWeight(
            regime.name,
            sum(council.regime == regime.name for council in recoded),
            regime.typical,
            recoded_regime.typical,
        )
        for regime, recoded_regime in zip(first.regimes, second.regimes, strict=True)
    )
