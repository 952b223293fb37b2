"""Agreement: how far two codings of the same decisions agree, number by number, and where they differ most.

Intervals draw whole decisions again, since the members of one decision are coded together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.council import CouncilDecision, CouncilMember
from ripeness.validation.councils.compare import FEWEST_BODIES, bootstrap_bodies
from ripeness.world.krippendorff_alpha import (
    Metric,
    alpha_of_coincidences,
    krippendorff_alpha,
    unit_coincidences,
)

Array = NDArray[np.float64]
BASES = ("minuted", "reported", "inferred", "divided")  # from the narrowest range to the widest
VOTING_RULES = ("majority", "unanimity", "consensus", "leader", "advisory")
FATES = ("had_his_way", "outvoted", "mediated", "divided")
ROUNDING = 0.0051  # places are written with two digits
FAR_APART = 0.15  # of the issue: disagreements on a place from which on they are listed

CouncilPair = tuple[CouncilDecision, CouncilDecision]


@dataclass(frozen=True, slots=True)
class CodedVariable:
    """A number of the form that both coders gave; `codes` reads one coding's codes of a decision, one a unit."""

    name: str
    unit: str
    metric: Metric
    codes: Callable[[CouncilDecision], Sequence[float]]


@dataclass(frozen=True, slots=True)
class VariableAgreement:
    """How far two coders agree on one number. `alpha` holds its 90 % interval over decisions; nan where all are alike.

    `difference` is the mean absolute difference (nan for nominal codes), `equal` the share of codes that are equal.
    """

    name: str
    unit: str
    metric: Metric
    n: int
    alpha: ScoreInterval
    difference: float
    equal: float


@dataclass(frozen=True, slots=True)
class CodingDifference:
    """Two codes of one thing that differ; `member` is empty where it is the decision's."""

    decision: str
    member: str
    variable: str
    first: str
    second: str
    gap: float
    reason: str


@dataclass(frozen=True, slots=True)
class CodingAgreement:
    """Two codings of the same decisions held against each other.

    `held` is the share of the second coder's positions inside the first's 90 % ranges, `held_back` the reverse.
    """

    decisions: tuple[str, ...]
    members: int
    variables: tuple[VariableAgreement, ...]
    disagreements: tuple[CodingDifference, ...]
    held: float
    held_back: float

    def of(self, variable: str) -> VariableAgreement:
        """One number's agreement."""
        return next(row for row in self.variables if row.name == variable)

    def __repr__(self) -> str:
        """One line."""
        return f"CodingAgreement({self.sentence()})"

    def sentence(self) -> str:
        """What the two codings say of each other."""
        position = self.of("position")
        alpha, places = position.alpha, f"{self.members} members of {len(self.decisions)} decisions"
        interval = f" [{alpha.low:.2f}, {alpha.high:.2f}]" if np.isfinite(alpha.low) else ""
        return (
            f"Two coders placed {places} {position.difference:.2f} of the issue apart on average (alpha"
            f" {alpha.value:.2f}{interval}); {100 * self.held:.0f} % of the second coder's positions lie in the"
            " first's 90 % ranges."
        )


def coded_variables() -> tuple[CodedVariable, ...]:
    """Every number that a coder sets: those of members, then those of decisions."""
    return (
        _member_variable("position", "interval", lambda member: member.position),
        _member_variable("basis, by kind", "nominal", lambda member: BASES.index(member.basis)),
        _member_variable("basis, by width", "ordinal", lambda member: BASES.index(member.basis)),
        _member_variable("salience", "interval", lambda member: member.salience),
        _member_variable("weight", "interval", lambda member: member.weight),
        _member_variable("vote", "nominal", lambda member: float(member.vote)),
        _member_variable("veto", "nominal", lambda member: float(member.veto)),
        CodedVariable("side taken", "member", "nominal", _sides),
        CodedVariable(
            "place of an option", "option", "interval", lambda council: [float(at) for at in council.options]
        ),
        _decision_variable("status quo", "interval", lambda council: council.status_quo),
        _decision_variable("voting rule", "nominal", lambda council: VOTING_RULES.index(council.voting)),
        _decision_variable("quota", "interval", lambda council: council.quota),
        _decision_variable("leader", "nominal", lambda council: council.leader),
        _decision_variable("leader divided", "nominal", lambda council: float(council.leader_divided)),
        _decision_variable("leader's fate", "nominal", lambda council: FATES.index(council.leader_fared)),
        _decision_variable("option taken", "nominal", lambda council: council.decided),
        _decision_variable("place of the decision", "interval", lambda council: council.decided_position),
    )


def _member_variable(name: str, metric: Metric, code: Callable[[CouncilMember], float]) -> CodedVariable:
    return CodedVariable(name, "member", metric, lambda council: [code(member) for member in council.members])


def _decision_variable(name: str, metric: Metric, code: Callable[[CouncilDecision], float]) -> CodedVariable:
    return CodedVariable(name, "decision", metric, lambda council: [code(council)])


def _sides(council: CouncilDecision) -> list[float]:
    """1 for a member who was for the decision, -1 for one against, 0 for neither."""
    return [
        float((member.key in council.voted_for) - (member.key in council.voted_against)) for member in council.members
    ]


def coding_agreement(pairs: Sequence[CouncilPair], *, seed: int = 1) -> CodingAgreement:
    """Hold two codings of the same decisions against each other; both list members and options in the same order."""
    members = [
        (first_member, second_member)
        for first, second in pairs
        for first_member, second_member in zip(first.members, second.members, strict=True)
    ]
    return CodingAgreement(
        tuple(first.id for first, _ in pairs),
        len(members),
        tuple(variable_agreement(variable, pairs, seed=seed) for variable in coded_variables()),
        disagreements(pairs),
        _share_held(members),
        _share_held([(second, first) for first, second in members]),
    )


def _share_held(members: Sequence[tuple[CouncilMember, CouncilMember]]) -> float:
    """The share of the latter positions that lie in the ranges of the former."""
    return float(np.mean([a.position_range[0] <= b.position <= a.position_range[1] for a, b in members]))


def variable_agreement(variable: CodedVariable, pairs: Sequence[CouncilPair], *, seed: int = 1) -> VariableAgreement:
    """Alpha of one number with a 90 % interval from drawing decisions again, and how far apart its codes lie."""
    codes = [np.array([variable.codes(first), variable.codes(second)], dtype=float) for first, second in pairs]
    table = np.concatenate(codes, axis=1)
    gap = np.abs(table[0] - table[1])
    return VariableAgreement(
        variable.name,
        variable.unit,
        variable.metric,
        table.shape[1],
        alpha_interval(codes, variable.metric, seed=seed),
        nan if variable.metric == "nominal" else float(gap.mean()),
        float((gap < ROUNDING).mean()),
    )


def alpha_interval(codes: Sequence[Array], metric: Metric, *, seed: int = 1) -> ScoreInterval:
    """Alpha over all decisions; samples of decisions in which all codes are alike are left out of the interval.

    Shapes: codes (coders, units) for each decision.
    Source: Efron and Tibshirani 1993, ch. 8 (resampling whole groups).
    """
    table = np.concatenate(codes, axis=1)
    alpha = krippendorff_alpha(table, metric)
    if len(codes) < FEWEST_BODIES or not np.isfinite(alpha):
        return ScoreInterval(alpha, nan, nan, table.shape[1])
    values = np.unique(table)
    by_decision = np.array([unit_coincidences(part, values).sum(axis=0).ravel() for part in codes])
    sampled = bootstrap_bodies(len(codes), seed) @ by_decision
    alphas = alpha_of_coincidences(sampled.reshape(-1, len(values), len(values)), values, metric)
    low, high = np.nanquantile(alphas, [0.05, 0.95])
    return ScoreInterval(alpha, float(low), float(high), table.shape[1])


def disagreements(pairs: Sequence[CouncilPair]) -> tuple[CodingDifference, ...]:
    """Places that lie far apart, the farthest first, and then every difference on how a decision was taken."""
    rows = [row for first, second in pairs for row in (*_place_gaps(first, second), *_category_gaps(first, second))]
    return tuple(sorted(rows, key=lambda row: -np.nan_to_num(row.gap)))


def _place_gaps(first: CouncilDecision, second: CouncilDecision) -> list[CodingDifference]:
    """Positions, status quo and outcome that lie far apart."""
    rows = [
        _gap(first.id, member.key, "position", member.position, other.position, _position_reason(member, other))
        for member, other in zip(first.members, second.members, strict=True)
    ]
    rows.append(_gap(first.id, "", "status quo", first.status_quo, second.status_quo, "where policy would have stayed"))
    rows.append(
        _gap(
            first.id,
            "",
            "place of the decision",
            first.decided_position,
            second.decided_position,
            "how far the outcome went",
        )
    )
    return [row for row in rows if row.gap > FAR_APART - ROUNDING]


def _gap(decision: str, member: str, variable: str, first: float, second: float, reason: str) -> CodingDifference:
    return CodingDifference(decision, member, variable, f"{first:.2f}", f"{second:.2f}", abs(first - second), reason)


def _position_reason(first: CouncilMember, second: CouncilMember) -> str:
    """What each coder rests a position on."""
    latest = [max(member.said, key=lambda statement: statement.day) for member in (first, second)]
    return "; ".join(
        f"{coder}: {member.basis}, {statement.source} ({statement.text})"
        for coder, member, statement in zip(("first", "second"), (first, second), latest, strict=True)
    )


def _category_gaps(first: CouncilDecision, second: CouncilDecision) -> list[CodingDifference]:
    """How a decision was taken, where the coders say different things."""
    codes = {
        "voting rule": (first.voting, second.voting),
        "leader": (first.members[first.leader].key, second.members[second.leader].key),
        "leader divided": ("yes" if first.leader_divided else "no", "yes" if second.leader_divided else "no"),
        "leader's fate": (first.leader_fared, second.leader_fared),
        "option taken": (first.option_keys[first.decided], second.option_keys[second.decided]),
    }
    return [
        CodingDifference(first.id, "", name, first_code, second_code, nan, "")
        for name, (first_code, second_code) in codes.items()
        if first_code != second_code
    ]
