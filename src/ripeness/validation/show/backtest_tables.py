"""Backtest tables: scores by month, the record compared with the model, ablation, lengths, exits, and what the figures
are held to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

from ripeness.ledger.scores.calibration import Bin
from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.show.cell import (
    Column,
    StyledText,
    TableCell,
    TableRow,
    decimal_cell,
    number_cell,
    numbers,
    row,
    styled,
    words,
)
from ripeness.show.number_cells import interval_cell, range_cell, real
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.validation.backtest.ablation import AblationScore
from ripeness.validation.backtest.blend_scores import BlendScore
from ripeness.validation.backtest.councils_eu import CouncilScore
from ripeness.validation.backtest.duration import LengthScore
from ripeness.validation.backtest.leaders import LeaderExitScore
from ripeness.validation.backtest.model_scores import ModelScore
from ripeness.validation.backtest.predictive import PredictiveCheck
from ripeness.validation.history.coding import FACTIONAL, UNITARY
from ripeness.world.wording import join_words

SMALLER = "Smaller scores are better; differences below 0 are better than the baseline; brackets hold 90 %."
ACTOR_MODEL = {
    FACTIONAL: "War model: factional polities, with the factions that the coding of past wars gives them.",
    UNITARY: "War model: each side as one person, since nobody coded these wars' factions; the ablation compares.",
}


def score_table(title: str, rows: Sequence[ModelScore]) -> Table:
    """One line a model and month; the baseline's own difference is left out."""
    lines = []
    previous = -1
    for score in rows:
        month = str(score.months_fought) if score.months_fought != previous else ""
        previous = score.months_fought
        figures = [
            decimal_cell(value, ".3f") if score.n else styled("") for value in (score.brier, score.log, score.ranked)
        ]
        gap: TableCell | str = "baseline"
        if score.model != score.baseline:
            gap = spread_cell(score.brier_minus_baseline, score.low, score.high)
        lines.append(row(month, score.model, _count(score.n), *figures, gap))
    return _table(title, ["months", "model", "wars", "Brier", "log", "ranked", "less baseline"], 2, lines)


def blend_score_table(title: str, rows: Sequence[BlendScore]) -> Table:
    """Brier scores of record, model and blend, one line a question and months fought."""
    lines = []
    previous = -1
    for score in rows:
        month = str(score.months_fought) if score.months_fought != previous else ""
        previous = score.months_fought
        lines.append(
            row(
                month,
                score.question,
                _count(score.n),
                *(decimal_cell(value, ".3f") for value in (score.record, score.model, score.blend)),
                spread_cell(score.less_record, score.record_low, score.record_high),
                spread_cell(score.less_better, score.low, score.high),
            )
        )
    headings = ["months", "question", "wars", "record", "model", "blend", "less record", "less better parent"]
    return _table(title, headings, 2, lines)


def check_table(rows: Sequence[PredictiveCheck]) -> Layout:
    """Features of the record compared with the range that the model gives them; misses are named."""
    lines = [
        row(
            check.feature,
            decimal_cell(check.record, ".3f"),
            interval_cell(
                f"{check.median:.3f} [{check.low:.3f}, {check.high:.3f}]", check.median, check.low, check.high
            ),
            "" if check.inside else "MISS",
        )
        for check in rows
    ]
    missed = [check.feature for check in rows if not check.inside]
    verdict = f"Outside the 90 % range: {'; '.join(missed)}." if missed else "All lie inside the 90 % range."
    headings: list[str | Column] = ["feature", "record", "model", words(align="right")]
    table = _table("The record beside records drawn from the fitted model", headings, 1, lines)
    return layout(table, styled(f"{len(rows)} features. {verdict}" if rows else ""))


def ablation_table(rows: Sequence[AblationScore]) -> Layout:
    """The same wars with each side as one person."""
    lines = [
        row(
            str(ablated.months_fought),
            _count(ablated.n),
            decimal_cell(ablated.factional, ".3f"),
            decimal_cell(ablated.unitary, ".3f"),
            spread_cell(ablated.difference, ablated.low, ablated.high),
        )
        for ablated in rows
    ]
    headings = ["months", "wars", "factional", "unitary", "difference"]
    table = _table("Ablation: Brier of factional less unitary polities", headings, 1, lines)
    return layout(
        table, styled(f"Above 0: the wars are forecast better with each side as one person. {_verdict(rows)}")
    )


def _verdict(rows: Sequence[AblationScore]) -> str:
    """At which months the interval lies on one side of nought."""
    worse = [str(scores.months_fought) for scores in rows if scores.low > 0]
    better = [str(scores.months_fought) for scores in rows if scores.high < 0]
    parts = [
        f"{actors} polities are better beyond chance after {join_words(months)} months"
        for actors, months in (("unitary", worse), ("factional", better))
        if months
    ]
    return f"{' and '.join(parts) or 'neither is better beyond chance at any month'}.".capitalize()


def length_table(rows: Sequence[LengthScore]) -> Table:
    """How long wars lasted."""
    lines = [
        row(
            score.model,
            _count(score.n),
            decimal_cell(score.crps, ".3f"),
            decimal_cell(score.median_error_days, ".0f"),
            "baseline"
            if score.model == "log-normal"
            else spread_cell(score.crps_minus_baseline, score.low, score.high),
        )
        for score in rows
    ]
    headings = ["model", "wars", "CRPS of log days", "median error, days", "CRPS less log-normal"]
    return _table("How long", headings, 1, lines)


def leader_exit_table(rows: Sequence[LeaderExitScore]) -> Table:
    """Leaders forced out by a year after the end."""
    lines = [
        row(
            score.model,
            _count(score.n),
            decimal_cell(score.brier, ".3f"),
            "baseline"
            if score.model == "base-rate"
            else spread_cell(score.brier_minus_baseline, score.low, score.high),
        )
        for score in rows
    ]
    headings = ["model", "sides", "Brier", "less base rate"]
    return _table("Leaders forced out by a year after the end", headings, 1, lines)


def slopes(estimates: Mapping[int, ScoreInterval], detectable: Mapping[int, Mapping[str, float]]) -> Layout:
    """Calibration slope of the pool, and how large a difference would have to be to show."""
    lines = []
    for month, slope in estimates.items():
        smallest = [detectable.get(month, {}).get(model, float("nan")) for model in ("war", "pool")]
        lines.append(row(str(month), _count(slope.n), _slope_cell(slope), *map(_detectable_cell, smallest)))
    table = _table(
        "Calibration slope of the pool (1: it means what it says), and what so few wars could show",
        ["months", "wars", "slope", "shows, war", "shows, pool"],
        1,
        lines,
    )
    return layout(
        table, styled("Shows: the true difference in Brier that a 90 % interval would show four times in five.")
    )


def calibration_table(bins: Mapping[int, Sequence[Bin]]) -> Table:
    """What the pool said, and how often it came true."""
    lines = []
    for month, of_month in bins.items():
        for n, part in enumerate(of_month):
            share = part.share
            lines.append(
                row(
                    str(month) if n == 0 else "",
                    range_cell(f"{part.low:.0%} to {part.high:.0%}", 100 * part.low, 100 * part.high, unit="%"),
                    decimal_cell(part.mean),
                    interval_cell(
                        f"{share.value:.2f} [{share.low:.2f}, {share.high:.2f}]", share.value, share.low, share.high
                    ),
                    _count(part.n),
                )
            )
    headings = ["months", "said", "mean", "came true", "n"]
    return _table("What the pool said, and how often it came true", headings, 1, lines)


def bars(rows: Sequence[Mapping[str, object]]) -> StyledText:
    """Whether the pool keeps to what is asked of it."""
    lines = []
    for bar in rows:
        when = "At the start" if bar["months_fought"] == 0 else f"After {bar['months_fought']} months"
        gap = spread(float(str(bar["pool_minus_baseline"])), float(str(bar["low"])), float(str(bar["high"])))
        verdict = "kept" if bar["kept"] else "NOT KEPT"
        lines.append(f"{when} the pool less {bar['baseline']}: {gap}; at most +{bar['most']}: {verdict}.")
    return styled(("\n".join(lines), "bold"))


def councils(rows: Sequence[CouncilScore]) -> Layout:
    """Rules of decision on the European Union's record, the best first within each part of it."""
    lines = []
    previous = ""
    parts = list(dict.fromkeys(score.half for score in rows))
    for score in sorted(rows, key=lambda score: (parts.index(score.half), score.error)):
        error = f"{score.error:.2f} [{score.low:.2f}, {score.high:.2f}]"
        gap = f"{score.minus_baseline:+.2f} [{score.difference_low:+.2f}, {score.difference_high:+.2f}]"
        lines.append(
            row(
                score.half if score.half != previous else "",
                score.rule,
                score.power,
                _count(score.n),
                interval_cell(error, score.error, score.low, score.high),
                interval_cell(gap, score.minus_baseline, score.difference_low, score.difference_high),
            )
        )
        previous = score.half
    table = _table(
        "Mean absolute error in points of 100, and less that of the weighted mean with equal power",
        ["part", "rule", "power", "issues", "error", "difference"],
        3,
        lines,
    )
    return layout(
        table,
        styled("Brackets hold 90 %, proposals drawn anew. A rule is better where its whole bracket lies below 0."),
    )


def spread(value: float, low: float, high: float) -> str:
    """A difference with its interval, where there is one.

    >>> spread(.0123, -.1, .2), spread(.5, float("nan"), float("nan"))
    ('+0.012 [-0.100, +0.200]', '+0.500 (too few for an interval)')
    """
    if isnan(value):
        return ""
    return f"{value:+.3f} " + ("(too few for an interval)" if isnan(low) else f"[{low:+.3f}, {high:+.3f}]")


def spread_cell(value: float, low: float, high: float) -> TableCell:
    """The same with its numbers."""
    return interval_cell(spread(value, low, high), value, low, high)


def _table(title: str, headings: Sequence[str | Column], leading: int, rows: Sequence[TableRow]) -> Table:
    """A table without rules; so many columns at the left are words, which stand in each part of it, the others
    figures.
    """
    columns: list[Column] = []
    for n, heading in enumerate(headings):
        if isinstance(heading, Column):
            columns.append(heading)
        else:
            columns.append(words(heading, repeated=n > 0) if n < leading else numbers(heading))
    return text_table(columns, rows, title=title, spaced=True)


def _count(n: int) -> TableCell:
    return number_cell(str(n), n)


def _slope_cell(slope: ScoreInterval) -> TableCell:
    if isnan(slope.value):
        return number_cell("too few, or all alike", None)
    return interval_cell(f"{slope.value:.2f} [{slope.low:.2f}, {slope.high:.2f}]", slope.value, slope.low, slope.high)


def _detectable_cell(value: float) -> TableCell:
    return number_cell("" if isnan(value) else f"{value:.3f}", real(value))
