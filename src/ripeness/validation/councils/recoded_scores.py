"""Recoded scores: what a second coding does to the scores of the rules and to the leader weights, all else alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ripeness.scenario.council import CouncilDecision
from ripeness.validation.councils.agreement import CouncilPair
from ripeness.validation.councils.blind_scores import TESTED, BlindScores, score_blind
from ripeness.validation.councils.contender import LEADER
from ripeness.validation.councils.judged_ranges import Span
from ripeness.validation.councils.leader_weight import REGIMES
from ripeness.validation.councils.measure_choices import ChoiceCouncils
from ripeness.validation.councils.measure_leader_weights import measure_leader_weights
from ripeness.validation.councils.sitting import DRAWS
from ripeness.world.wording import join_words


@dataclass(frozen=True, slots=True)
class RecodedContender:
    """One contender's mean log score under either coding, and its verdict against "leader decides".

    A verdict is 1 where the 90 % interval of the gain over "leader decides" lies above 0, -1 below, else 0; `hangs_on`
    names the bodies without which the second coding's verdict would differ.
    """

    contender: str
    kind: str
    first: float
    second: float
    first_verdict: int
    second_verdict: int
    hangs_on: tuple[str, ...]

    @property
    def turned(self) -> bool:
        """Whether the verdict of a rule differs between the codings."""
        return self.kind in TESTED and self.first_verdict != self.second_verdict

    def recoded_verdict(self) -> str:
        """What the second coding says of a rule whose verdict turned."""
        verdict = {1: "beats it", 0: "does not beat it", -1: "is worse"}[self.second_verdict]
        bodies = f"not without {join_words(self.hangs_on, 'or')}" if self.hangs_on else "whichever body is left out"
        return f"{self.contender} ({verdict} by the second, {bodies})"


@dataclass(frozen=True, slots=True)
class RecodedSpan:
    """A number of one regime on the whole record (5 %, middle, 95 %), and with the second coding in place of the first.

    `recoded` counts the decisions of the regime that were coded twice, by the second coder's reading of it.
    """

    regime: str
    recoded: int
    first: Span
    second: Span


@dataclass(frozen=True, slots=True)
class RecodedScores:
    """Scores and leader weights under two codings.

    `record` scores the whole record, `alone` the decisions coded twice, fitted on `others`, too, which are coded once.
    `weights` are leader weights by regime; `shares` the chance that a choice follows the leader and not the pivot, of a
    body that is not on the record.
    """

    record: tuple[RecodedContender, ...]
    alone: tuple[RecodedContender, ...]
    weights: tuple[RecodedSpan, ...]
    shares: tuple[RecodedSpan, ...]
    recoded: int
    others: int

    def sentence(self) -> str:
        """Whether the conclusions hold."""
        return (
            f"On the whole record, {self.recoded} of {self.recoded + self.others} decisions recoded: "
            f"{_verdicts(self.record)} On the {self.recoded} alone: {_verdicts(self.alone)}"
            f" {_moved('The leader weight', self.weights)}"
            f" {_moved('The chance that a choice follows the leader', self.shares)}"
        )


def _verdicts(contenders: Sequence[RecodedContender]) -> str:
    turned = [row.recoded_verdict() for row in contenders if row.turned]
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


def _moved(name: str, spans: Sequence[RecodedSpan]) -> str:
    """How far a number by regime moves, and whether out of its interval."""
    row = max(spans, key=lambda span: abs(span.first[1] - span.second[1]))
    outside = [span.regime for span in spans if not span.first[0] <= span.second[1] <= span.first[2]]
    where = f"and leaves the interval in: {', '.join(outside)}" if outside else "inside every interval"
    return f"{name} moves most in {row.regime} regimes, from {row.first[1]:.2f} to {row.second[1]:.2f}, {where}."


def recoded_scores(
    pairs: Sequence[CouncilPair], others: Sequence[CouncilDecision] = (), *, draws: int = DRAWS, seed: int = 1
) -> RecodedScores:
    """Score every contender and weigh leaders under either coding; `others` stay as they are in both."""
    first, second = ([pair[coding] for pair in pairs] for coding in (0, 1))
    alone = [score_blind(councils, others, draws=draws, seed=seed) for councils in (first, second)]
    records = [sorted([*councils, *others], key=lambda council: council.id) for councils in (first, second)]
    record = [score_blind(councils, draws=draws, seed=seed) for councils in records]
    weights = [measure_leader_weights(councils, draws=draws, seed=seed).regimes for councils in records]
    fits = [ChoiceCouncils(councils, draws=draws, seed=seed).fit() for councils in records]
    counts = Counter(council.regime for council in second)
    return RecodedScores(
        recoded_contenders(record[0], record[1]),
        recoded_contenders(alone[0], alone[1]),
        tuple(
            RecodedSpan(before.name, counts[before.name], before.typical, after.typical)
            for before, after in zip(weights[0], weights[1], strict=True)
        ),
        tuple(
            RecodedSpan(regime, counts[regime], fits[0].row(regime).share, fits[1].row(regime).share)
            for regime in REGIMES
        ),
        len(pairs),
        len(others),
    )


def recoded_contenders(first: BlindScores, second: BlindScores) -> tuple[RecodedContender, ...]:
    """Every contender under two codings, the best first by the first's log score."""
    pairs = [(score, second.of(score.contender)) for score in first.scores]
    return tuple(
        RecodedContender(
            score.contender,
            score.kind,
            score.log,
            recoded.log,
            score.verdict,
            recoded.verdict,
            recoded.hangs_on,
        )
        for score, recoded in pairs
    )
