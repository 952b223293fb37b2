"""Council tables: decisions on record, scores of the rules on them, and leader weights, for a terminal of 80 to 100
columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.council import CouncilDecision
from ripeness.show.lines import listing
from ripeness.validation.councils.blind_scores import BlindScores
from ripeness.validation.councils.contender import LEADER
from ripeness.validation.councils.judged_ranges import Span
from ripeness.validation.councils.measure_leader_weights import LeaderWeights

HINDSIGHT = (
    "One coder who knew every decision coded the positions, from words said before it; 90 % intervals draw whole "
    "bodies again and do not allow for that."
)


def decisions(rows: Sequence[Sequence[str]]) -> RenderableType:
    """One line a decision."""
    table = listing("decision", "about", "regime", "members", "decided", "leader", right=("members",))
    for row in rows:
        table.add_row(*row)
    return Group(table, Text(f"{len(rows)} decisions; `ripeness councils show ID` shows one."))


def council(decision: CouncilDecision) -> RenderableType:
    """One decision: the axis, the members from less to more war, the options, what came out, and the coder's doubts."""
    head = Text(f"{decision.body} ({decision.country}), {decision.day}: {decision.issue}", style="bold")
    ends = Text(
        f"0 = {decision.ends[0]}; 1 = {decision.ends[1]}. "
        f"Regime: {decision.regime}. Status quo: {decision.status_quo:.2f}."
    )
    members = listing("at", "90 %", "salience", "weight", "member", right=("at", "90 %", "salience", "weight"))
    for n in sorted(range(len(decision.members)), key=lambda n: decision.members[n].position):
        member = decision.members[n]
        span = f"{member.position_range[0]:.2f}-{member.position_range[1]:.2f}"
        name = f"{member.office} ({member.holder})" if member.holder else member.office
        marks = [
            mark
            for mark, applies in (("leads", n == decision.leader), ("veto", member.veto), ("no vote", not member.vote))
            if applies
        ]
        remarks = ", ".join([name, member.basis, *marks])
        members.add_row(f"{member.position:.2f}", span, f"{member.salience:.2f}", f"{member.weight:g}", remarks)
    options = listing("at", "option", right=("at",))
    for n, (at, name) in enumerate(zip(decision.options, decision.option_names, strict=True)):
        options.add_row(f"{at:.2f}", Text(name).append(" <- decided" if n == decision.decided else "", style="bold"))
    fared = decision.leader_fared.replace("_", " ")
    closing = Text(
        f"Voting: {decision.voting}. The leader, in the coder's reading: {fared}.\nDoubtful: {decision.doubtful}\n"
        f"Looked up: {decision.checked}"
    )
    cited = Text("Sources: " + "; ".join(f"{source.title} ({source.grade})" for source in decision.sources))
    return Group(head, ends, members, options, closing, cited)


def scores(blind: BlindScores) -> RenderableType:
    """Every contender's scores and gains, its calibration for the best and the plainest, and where the result holds."""
    figures = ("log", "Brier", "error", "over leader", "over mean", "bad")
    table = listing("contender", *figures, right=figures)
    for score in blind.scores:
        name = f"{score.contender}{' *' if score.kind == 'baseline' else ''}"
        table.add_row(
            name,
            f"{score.log:.2f}",
            f"{score.brier:.2f}",
            f"{score.error:.2f}",
            _ends(score.against_leader),
            _ends(score.against_mean),
            str(len(score.badly_wrong)),
        )
    notes = Text(
        f"{blind.decisions} decisions of {blind.bodies} bodies; smaller scores are better, gains (log score) above 0, "
        "too; over leader, over mean: 90 % interval of the gain over 'leader decides' and the weighted mean; "
        "* plain baseline; "
        "bad: decisions given less than half of what 'all options alike' gives. Each body is scored with "
        "noise, leader weight and quota fitted on the others"
        + (f" and on {blind.fitted_on} shipped decisions." if blind.fitted_on else ".")
    )
    return Group(
        table,
        notes,
        _wrong(blind),
        _calibration(blind),
        _strata(blind),
        Text(blind.sentence(), style="bold"),
        Text(HINDSIGHT),
    )


def _wrong(blind: BlindScores) -> RenderableType:
    table = listing("contender", "gets badly wrong")
    for score in blind.scores:
        if score.badly_wrong:
            table.add_row(score.contender, ", ".join(score.badly_wrong))
    return table


def _calibration(blind: BlindScores) -> RenderableType:
    table = listing("contender", "said", "mean", "came true", "n", right=("mean", "came true", "n"))
    for name in dict.fromkeys([blind.scores[0].contender, LEADER, "weighted_mean"]):
        for n, part in enumerate(blind.calibration[name]):
            share = f"{part.share.value:.2f} [{part.share.low:.2f}, {part.share.high:.2f}]"
            table.add_row(
                name if n == 0 else "", f"{part.low:.0%}-{part.high:.0%}", f"{part.mean:.2f}", share, str(part.n)
            )
    return table


def _strata(blind: BlindScores) -> RenderableType:
    table = listing("part of the record", "contender", "over leader", "n", right=("over leader", "n"))
    for stratum in blind.strata:
        table.add_row(stratum.name, stratum.contender, _gain(stratum.gain), str(stratum.gain.n))
    return table


def _ends(interval: ScoreInterval) -> str:
    return "" if isnan(interval.low) else f"{interval.low:+.2f} {interval.high:+.2f}"


def _gain(interval: ScoreInterval) -> str:
    if isnan(interval.low):
        return f"{interval.value:+.2f}"
    return f"{interval.value:+.2f} [{interval.low:+.2f}, {interval.high:+.2f}]"


def weights(leader_weights: LeaderWeights) -> RenderableType:
    """Leader weights by regime, before and after the record, and under each rule."""
    table = listing(
        "leader weight",
        *(regime.name for regime in leader_weights.regimes),
        right=[regime.name for regime in leader_weights.regimes],
    )
    table.add_row("decisions, bodies", *(f"{regime.decisions}, {regime.bodies}" for regime in leader_weights.regimes))
    for label, part in (
        ("before, a body", "before"),
        ("after, the regime", "typical"),
        ("after, a body of it", "body"),
        ("prior half as wide", "narrow"),
        ("prior twice as wide", "wide"),
        ("leader's words known", "plain"),
        ("judged, a body", "judged"),
        ("... after the record", "updated"),
        ("default of scenarios", "default"),
        ("quota, judged", "quota_judged"),
        ("... after the record", "quota_updated"),
        ("default of scenarios", "quota_default"),
    ):
        table.add_row(label, *(_span(getattr(regime, part)) for regime in leader_weights.regimes))
    table.add_row("variance left, regime", *(f"{regime.left:.2f}" for regime in leader_weights.regimes))
    table.add_row("variance left, a body", *(f"{regime.body_left:.2f}" for regime in leader_weights.regimes))
    rules = listing("rule", "regime", "leader weight", "noise", "quota")
    for under_rule in leader_weights.rules:
        quota = "" if isnan(under_rule.quota[0]) else _short(under_rule.quota)
        rules.add_row(under_rule.rule, under_rule.regime, _short(under_rule.typical), _short(under_rule.noise), quota)
    evidence = {row.rule: f"{row.rule} {row.log_evidence:.1f}" for row in leader_weights.rules}
    odds = Text(
        f"90 % intervals. Log evidence: {', '.join(evidence.values())}. "
        f"The judged ranges are {leader_weights.judged_odds:.2f} times as likely as the wide priors to give these "
        "decisions (1: the record does not tell them apart)."
    )
    return Group(table, rules, odds, Text(leader_weights.sentence(), style="bold"), Text(HINDSIGHT))


def _short(span: Span) -> str:
    return f"{span[1]:.2f} {span[0]:.2f}-{span[2]:.2f}"


def _span(span: Span) -> str:
    return f"{span[1]:.2f} [{span[0]:.2f}, {span[2]:.2f}]"
