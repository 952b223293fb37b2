"""Council tables: decisions on record, scores of the rules on them, and leader weights."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.scenario.council import CouncilDecision, CouncilMember
from ripeness.show.cell import TableCell, bold, decimal_cell, number_cell, row, styled
from ripeness.show.number_cells import interval_cell, range_cell, real
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.validation.councils.blind_scores import BlindScores
from ripeness.validation.councils.contender import LEADER
from ripeness.validation.councils.judged_ranges import Span
from ripeness.validation.councils.measure_leader_weights import LeaderWeights, RegimeWeights

HINDSIGHT = (
    "One coder who knew every decision coded the positions, from words said before it; 90 % intervals come "
    "from sampling whole bodies again and do not allow for that."
)
WEIGHT_ROWS = (
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
)
WITHOUT_FILES = ("typical", "body", "updated", "quota_updated")  # what further files move


def decisions(rows: Sequence[Sequence[str]]) -> Layout:
    """One line a decision."""
    table = text_table(
        ("decision", "about", "regime", "members", "decided", "leader"),
        [row(*cells[:3], number_cell(cells[3], int(cells[3])), *cells[4:]) for cells in rows],
        numeric=("members",),
    )
    return layout(table, styled(f"{len(rows)} decisions; `ripeness councils show ID` shows one."))


def council(decision: CouncilDecision) -> Layout:
    """One decision: the axis, the members from less to more war, the options, what came out, and the coder's doubts."""
    ends = (
        f"0 = {decision.ends[0]}; 1 = {decision.ends[1]}. Regime: {decision.regime}. "
        f"Status quo: {decision.status_quo:.2f}."
    )
    voting = (
        f"Voting: {decision.voting}. The leader, in the coder's reading: {decision.leader_fared.replace('_', ' ')}.\n"
        f"Doubtful: {decision.doubtful}\nLooked up: {decision.checked}"
    )
    sources = "; ".join(f"{source.title} ({source.grade})" for source in decision.sources)
    return layout(
        bold(f"{decision.body} ({decision.country}), {decision.day}: {decision.issue}"),
        styled(ends),
        _members(decision),
        _options(decision),
        styled(voting),
        styled(f"Sources: {sources}"),
    )


def _members(decision: CouncilDecision) -> Table:
    """Members from less to more war, with what they are."""
    rows = []
    for n in sorted(range(len(decision.members)), key=lambda n: decision.members[n].position):
        member = decision.members[n]
        low, high = member.position_range
        rows.append(
            row(
                decimal_cell(member.position),
                range_cell(f"{low:.2f}-{high:.2f}", low, high),
                decimal_cell(member.salience),
                decimal_cell(member.weight, "g"),
                _member_name(member, leads=n == decision.leader),
            )
        )
    headings = ("at", "90 %", "salience", "weight")
    return text_table((*headings, "member"), rows, numeric=headings)


def _member_name(member: CouncilMember, *, leads: bool) -> str:
    name = f"{member.office} ({member.holder})" if member.holder else member.office
    marks = [mark for mark, is_so in (("leads", leads), ("veto", member.veto), ("no vote", not member.vote)) if is_so]
    return ", ".join([name, member.basis, *marks])


def _options(decision: CouncilDecision) -> Table:
    rows = [
        row(decimal_cell(at), styled(name, (" <- decided" if n == decision.decided else "", "bold")))
        for n, (at, name) in enumerate(zip(decision.options, decision.option_names, strict=True))
    ]
    return text_table(("at", "option"), rows, numeric=("at",))


def score_tables(blind: BlindScores) -> Layout:
    """Every contender's scores and gains, its calibration for the best and the plainest, and where the result holds."""
    figures = ("log", "Brier", "error", "over leader", "over mean", "bad")
    rows = [
        row(
            f"{score.contender}{' *' if score.kind == 'baseline' else ''}",
            decimal_cell(score.log),
            decimal_cell(score.brier),
            decimal_cell(score.error),
            _ends_cell(score.against_leader),
            _ends_cell(score.against_mean),
            number_cell(str(len(score.badly_wrong)), len(score.badly_wrong)),
        )
        for score in blind.scores
    ]
    notes = (
        f"{blind.decisions} decisions of {blind.bodies} bodies; smaller scores are better, gains (log score) above 0, "
        "too; over leader, over mean: 90 % interval of the gain over 'leader decides' and the weighted mean; "
        "* plain baseline; "
        "bad: decisions given less than half of what 'all options alike' gives. Each body is scored with "
        "noise, leader weight and quota fitted on the others"
        + (f" and on {blind.fitted_on} shipped decisions." if blind.fitted_on else ".")
    )
    return layout(
        text_table(("contender", *figures), rows, numeric=figures, notes=(styled(notes),)),
        _wrong(blind),
        _calibration(blind),
        _strata(blind),
        bold(blind.sentence()),
        styled(HINDSIGHT),
    )


def _wrong(blind: BlindScores) -> Table:
    rows = [row(score.contender, ", ".join(score.badly_wrong)) for score in blind.scores if score.badly_wrong]
    return text_table(("contender", "gets badly wrong"), rows)


def _calibration(blind: BlindScores) -> Table:
    rows = []
    for name in dict.fromkeys([blind.scores[0].contender, LEADER, "weighted_mean"]):
        for n, part in enumerate(blind.calibration[name]):
            share = part.share
            text = f"{share.value:.2f} [{share.low:.2f}, {share.high:.2f}]"
            rows.append(
                row(
                    name if n == 0 else "",
                    range_cell(f"{part.low:.0%}-{part.high:.0%}", 100 * part.low, 100 * part.high, unit="%"),
                    decimal_cell(part.mean),
                    interval_cell(text, share.value, share.low, share.high),
                    number_cell(str(part.n), part.n),
                )
            )
    return text_table(("contender", "said", "mean", "came true", "n"), rows, numeric=("mean", "came true", "n"))


def _strata(blind: BlindScores) -> Table:
    rows = [
        row(stratum.name, stratum.contender, _gain_cell(stratum.gain), number_cell(str(stratum.gain.n), stratum.gain.n))
        for stratum in blind.strata
    ]
    return text_table(("part of the record", "contender", "over leader", "n"), rows, numeric=("over leader", "n"))


def _ends_cell(gain: ScoreInterval) -> TableCell:
    text = "" if isnan(gain.low) else f"{gain.low:+.2f} {gain.high:+.2f}"
    return range_cell(text, real(gain.low), real(gain.high))


def _gain_cell(gain: ScoreInterval) -> TableCell:
    text = f"{gain.value:+.2f}" + ("" if isnan(gain.low) else f" [{gain.low:+.2f}, {gain.high:+.2f}]")
    return interval_cell(text, gain.value, gain.low, gain.high)


def weights(record: LeaderWeights, without: LeaderWeights | None = None) -> Layout:
    """Leader weights by regime, before and after the record, and under each rule; `without` further files."""
    regimes = record.regimes
    names = [regime.name for regime in regimes]
    rows = [row("decisions, bodies", *map(_size_cell, regimes))]
    rows += [row(label, *(_span_cell(getattr(regime, part)) for regime in regimes)) for label, part in WEIGHT_ROWS]
    if without is not None:
        rows += [
            row(f"{label}, without files", *(_span_cell(getattr(regime, part)) for regime in without.regimes))
            for label, part in WEIGHT_ROWS
            if part in WITHOUT_FILES
        ]
    rows.append(row("variance left, regime", *(decimal_cell(regime.left) for regime in regimes)))
    rows.append(row("variance left, a body", *(decimal_cell(regime.body_left) for regime in regimes)))
    evidence = {rule.rule: f"{rule.rule} {rule.log_evidence:.1f}" for rule in record.rules}
    odds = (
        f"90 % intervals. Log evidence: {', '.join(evidence.values())}. "
        f"The judged ranges are {record.judged_odds:.2f} times as likely as the wide priors to give these "
        "decisions (1: the record does not tell them apart)."
    )
    return layout(
        text_table(("leader weight", *names), rows, numeric=names),
        _rules(record),
        styled(odds),
        bold(record.sentence()),
        styled(HINDSIGHT),
    )


def _size_cell(regime: RegimeWeights) -> TableCell:
    numbers = (("decisions", regime.decisions), ("bodies", regime.bodies))
    return TableCell(styled(f"{regime.decisions}, {regime.bodies}"), numbers)


def _rules(record: LeaderWeights) -> Table:
    rows = [
        row(rule.rule, rule.regime, *map(_short_cell, (rule.typical, rule.noise, rule.quota))) for rule in record.rules
    ]
    return text_table(("rule", "regime", "leader weight", "noise", "quota"), rows)


def _short_cell(span: Span) -> TableCell:
    low, median, high = span
    return number_cell(
        "" if isnan(low) else f"{median:.2f} {low:.2f}-{high:.2f}", real(median), low=real(low), high=real(high)
    )


def _span_cell(span: Span) -> TableCell:
    low, median, high = span
    return number_cell(f"{median:.2f} [{low:.2f}, {high:.2f}]", median, low=low, high=high)
