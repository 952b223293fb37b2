"""Council tables: decisions on record, scores of the rules on them, and leader weights, for a terminal of 80 to 100
columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.council import Council
from ripeness.show.lines import listing
from ripeness.validation.councils.blind import BlindScores
from ripeness.validation.councils.contender import LEADER
from ripeness.validation.councils.judged import Span
from ripeness.validation.councils.measured import LeaderWeights

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


def council(one: Council) -> RenderableType:
    """One decision: the axis, the members from less to more war, the options, what came out, and the coder's doubts."""
    head = Text(f"{one.body} ({one.country}), {one.day}: {one.issue}", style="bold")
    ends = Text(f"0 = {one.ends[0]}; 1 = {one.ends[1]}. Regime: {one.regime}. Status quo: {one.status_quo:.2f}.")
    members = listing("at", "90 %", "salience", "weight", "member", right=("at", "90 %", "salience", "weight"))
    for n in sorted(range(len(one.members)), key=lambda n: one.members[n].position):
        who = one.members[n]
        span = f"{who.position_range[0]:.2f}-{who.position_range[1]:.2f}"
        name = f"{who.office} ({who.holder})" if who.holder else who.office
        marks = [
            mark for mark, held in (("leads", n == one.leader), ("veto", who.veto), ("no vote", not who.vote)) if held
        ]
        told = ", ".join([name, who.basis, *marks])
        members.add_row(f"{who.position:.2f}", span, f"{who.salience:.2f}", f"{who.weight:g}", told)
    options = listing("at", "option", right=("at",))
    for n, (at, name) in enumerate(zip(one.options, one.option_names, strict=True)):
        options.add_row(f"{at:.2f}", Text(name).append(" <- decided" if n == one.decided else "", style="bold"))
    fared = one.leader_fared.replace("_", " ")
    after = Text(
        f"Voting: {one.voting}. The leader, in the coder's reading: {fared}.\nDoubtful: {one.doubtful}\n"
        f"Looked up: {one.checked}"
    )
    cited = Text("Sources: " + "; ".join(f"{source.title} ({source.grade})" for source in one.sources))
    return Group(head, ends, members, options, after, cited)


def scores(blind: BlindScores) -> RenderableType:
    """Every contender's scores and gains, its calibration for the best and the plainest, and where the result holds."""
    figures = ("log", "Brier", "error", "over leader", "over mean", "bad")
    table = listing("contender", *figures, right=figures)
    for one in blind.scores:
        name = f"{one.contender}{' *' if one.kind == 'baseline' else ''}"
        table.add_row(
            name,
            f"{one.log:.2f}",
            f"{one.brier:.2f}",
            f"{one.error:.2f}",
            _ends(one.against_leader),
            _ends(one.against_mean),
            str(len(one.badly_wrong)),
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
    for one in blind.scores:
        if one.badly_wrong:
            table.add_row(one.contender, ", ".join(one.badly_wrong))
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
    for one in blind.strata:
        table.add_row(one.name, one.contender, _gain(one.gain), str(one.gain.n))
    return table


def _ends(one: ScoreInterval) -> str:
    return "" if isnan(one.low) else f"{one.low:+.2f} {one.high:+.2f}"


def _gain(one: ScoreInterval) -> str:
    if isnan(one.low):
        return f"{one.value:+.2f}"
    return f"{one.value:+.2f} [{one.low:+.2f}, {one.high:+.2f}]"


def weights(measured: LeaderWeights) -> RenderableType:
    """Leader weights by regime, before and after the record, and under each rule."""
    table = listing(
        "leader weight", *(one.name for one in measured.regimes), right=[one.name for one in measured.regimes]
    )
    table.add_row("decisions, bodies", *(f"{one.decisions}, {one.bodies}" for one in measured.regimes))
    for said, part in (
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
        table.add_row(said, *(_span(getattr(one, part)) for one in measured.regimes))
    table.add_row("variance left, regime", *(f"{one.left:.2f}" for one in measured.regimes))
    table.add_row("variance left, a body", *(f"{one.body_left:.2f}" for one in measured.regimes))
    rules = listing("rule", "regime", "leader weight", "noise", "quota")
    for one in measured.rules:
        quota = "" if isnan(one.quota[0]) else _short(one.quota)
        rules.add_row(one.rule, one.regime, _short(one.typical), _short(one.noise), quota)
    evidence = {one.rule: f"{one.rule} {one.log_evidence:.1f}" for one in measured.rules}
    odds = Text(
        f"90 % intervals. Log evidence: {', '.join(evidence.values())}. "
        f"The judged ranges are {measured.judged_odds:.2f} times as likely as the wide priors to give these "
        "decisions (1: the record does not tell them apart)."
    )
    return Group(table, rules, odds, Text(measured.sentence(), style="bold"), Text(HINDSIGHT))


def _short(one: Span) -> str:
    return f"{one[1]:.2f} {one[0]:.2f}-{one[2]:.2f}"


def _span(one: Span) -> str:
    return f"{one[1]:.2f} [{one[0]:.2f}, {one[2]:.2f}]"
