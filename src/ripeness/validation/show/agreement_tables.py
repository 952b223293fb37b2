"""Agreement tables: how far two coders of councils agree, where they differ, and what it does to the scores."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.show.cell import TableCell, bold, decimal_cell, number_cell, row, styled
from ripeness.show.number_cells import interval_cell
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.validation.councils.agreement import FAR_APART, CodingAgreement
from ripeness.validation.councils.recoded_scores import RecodedContender, RecodedScores, RecodedSpan

VERDICTS = {1: "+", 0: "", -1: "-"}
HOW_TO_READ = (
    "alpha: Krippendorff's, 1 is agreement in everything and 0 what chance would give; 90 % intervals draw whole"
    " decisions again; blank where all codes are alike. apart: mean absolute difference, of the issue for places."
    " Coders who read the same works and apply the same rules can agree and both be wrong."
)


def agreement_tables(coding: CodingAgreement, scores: RecodedScores | None) -> Layout:
    """The answer first, then alphas, disagreements, and scores under either coding."""
    codes = layout(bold(coding.sentence()), _alphas(coding), _disagreements(coding))
    if scores is None:
        return codes
    return layout(
        codes,
        bold(scores.sentence()),
        _contenders(f"all {scores.recoded + scores.others} decisions", scores.record),
        _contenders(f"the {scores.recoded} coded twice", scores.alone),
        _spans("leader weight", scores.weights),
        _spans("follows the leader", scores.shares),
    )


def _alphas(coding: CodingAgreement) -> Table:
    rows = [
        row(
            variable.name,
            variable.metric,
            number_cell(str(variable.n), variable.n),
            _alpha_cell(variable.alpha),
            "" if isnan(variable.difference) else decimal_cell(variable.difference),
            decimal_cell(variable.equal),
        )
        for variable in coding.variables
    ]
    figures = ("n", "alpha", "apart", "equal")
    return text_table(("coded", "metric", *figures), rows, numeric=figures, notes=(styled(HOW_TO_READ),))


def _alpha_cell(alpha: ScoreInterval) -> TableCell | str:
    if isnan(alpha.value):
        return ""
    text = f"{alpha.value:.2f}" + ("" if isnan(alpha.low) else f" [{alpha.low:.2f}, {alpha.high:.2f}]")
    return interval_cell(text, alpha.value, alpha.low, alpha.high)


def _disagreements(coding: CodingAgreement) -> Table:
    rows = [
        row(
            " ".join(filter(None, (difference.decision, difference.member))),
            difference.variable,
            difference.first.replace("_", " "),
            difference.second.replace("_", " "),
            difference.reason,
        )
        for difference in coding.disagreements
    ]
    note = f"Places that lie {FAR_APART:g} of the issue or more apart, and all differences on how it was decided."
    return text_table(("where", "coded", "first", "second", "rests on"), rows, notes=(styled(note),))


def _contenders(which: str, contenders: Sequence[RecodedContender]) -> Table:
    rows = [
        row(
            contender.contender,
            decimal_cell(contender.first),
            decimal_cell(contender.second),
            VERDICTS[contender.first_verdict],
            VERDICTS[contender.second_verdict],
        )
        for contender in contenders
    ]
    note = "Log scores, smaller is better; +/-: its 90 % interval over bodies lies above or below 'leader decides'."
    figures = ("log, first", "log, second")
    return text_table((which, *figures, "first", "second"), rows, numeric=figures, notes=(styled(note),))


def _spans(quantity: str, spans: Sequence[RecodedSpan]) -> Table:
    rows = [
        row(
            span.regime,
            number_cell(str(span.recoded), span.recoded),
            *(
                interval_cell(f"{median:.2f} [{low:.2f}, {high:.2f}]", median, low, high)
                for low, median, high in (span.first, span.second)
            ),
        )
        for span in spans
    ]
    figures = ("recoded", f"{quantity}, first", "second")
    return text_table(("regime", *figures), rows, numeric=figures)
