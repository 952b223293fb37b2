"""Backtest in a terminal: scores by month, the record compared with the model, ablation, lengths, exits,
and what the figures are held to.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isnan

from rich.console import Group, RenderableType
from rich.text import Text

from ripeness.ledger.scores.calibration import Bin
from ripeness.ledger.scores.interval import ScoreInterval
from ripeness.show.fitted import Fitted
from ripeness.show.lines import listing
from ripeness.validation.backtest.ablation import AblationScore
from ripeness.validation.backtest.councils_eu import CouncilScore
from ripeness.validation.backtest.duration import LengthScore
from ripeness.validation.backtest.leaders import LeaderExitScore
from ripeness.validation.backtest.model_scores import ModelScore
from ripeness.validation.backtest.predictive import PredictiveCheck

SMALLER = "Smaller scores are better; differences below 0 are better than the baseline; brackets hold 90 %."


def scores(title: str, rows: Sequence[ModelScore]) -> RenderableType:
    """One line a model and month; the baseline's own difference is left out."""
    table = _table(title, ["months", "model", "wars", "Brier", "log", "ranked", "less baseline"], 2)
    last_month = -1
    for score in rows:
        month = str(score.months_fought) if score.months_fought != last_month else ""
        last_month = score.months_fought
        gap = "baseline" if score.model == score.baseline else spread(score.brier_minus_baseline, score.low, score.high)
        figures = [f"{value:.3f}" if score.n else "" for value in (score.brier, score.log, score.ranked)]
        table.add_row(month, score.model, str(score.n), *figures, gap)
    return table


def checks(rows: Sequence[PredictiveCheck]) -> RenderableType:
    """Features of the record against the range that the model gives them; misses are named."""
    table = _table("The record beside records drawn from the fitted model", ["feature", "record", "model", ""], 1)
    for check in rows:
        range_ = f"{check.median:.3f} [{check.low:.3f}, {check.high:.3f}]"
        table.add_row(check.feature, f"{check.record:.3f}", range_, "" if check.inside else "MISS")
    misses = [check.feature for check in rows if not check.inside]
    summary = f"Outside the 90 % range: {'; '.join(misses)}." if misses else "All lie inside the 90 % range."
    return Group(table, Text(f"{len(rows)} features. {summary}" if rows else ""))


def ablation(rows: Sequence[AblationScore]) -> RenderableType:
    """The same wars with each side as one person."""
    table = _table(
        "Ablation: Brier of factional less unitary polities",
        ["months", "wars", "factional", "unitary", "difference"],
        1,
    )
    for row in rows:
        gap = spread(row.difference, row.low, row.high)
        table.add_row(str(row.months_fought), str(row.n), f"{row.factional:.3f}", f"{row.unitary:.3f}", gap)
    return Group(table, Text("Above 0: the wars are forecast better with each side as one person."))


def lengths(rows: Sequence[LengthScore]) -> RenderableType:
    """How long wars lasted."""
    table = _table("How long", ["model", "wars", "CRPS of log days", "median error, days", "CRPS less log-normal"], 1)
    for row in rows:
        gap = spread(row.crps_minus_baseline, row.low, row.high) if row.model != "log-normal" else "baseline"
        table.add_row(row.model, str(row.n), f"{row.crps:.3f}", f"{row.median_error_days:.0f}", gap)
    return table


def exits(rows: Sequence[LeaderExitScore]) -> RenderableType:
    """Leaders forced out by a year after the end."""
    table = _table("Leaders forced out by a year after the end", ["model", "sides", "Brier", "less base rate"], 1)
    for row in rows:
        gap = spread(row.brier_minus_baseline, row.low, row.high) if row.model != "base-rate" else "baseline"
        table.add_row(row.model, str(row.n), f"{row.brier:.3f}", gap)
    return table


def slopes(intervals: Mapping[int, ScoreInterval], detectable: Mapping[int, Mapping[str, float]]) -> RenderableType:
    """Calibration slope of the pool, and how large a difference would have to be to show."""
    table = _table(
        "Calibration slope of the pool (1: it means what it says), and what so few wars could show",
        ["months", "wars", "slope", "shows, war", "shows, pool"],
        1,
    )
    for month, interval in intervals.items():
        differences = [_number(detectable.get(month, {}).get(model, float("nan"))) for model in ("war", "pool")]
        table.add_row(str(month), str(interval.n), _slope(interval), *differences)
    return Group(table, Text("Shows: the true difference in Brier that a 90 % interval would show four times in five."))


def calibration(bins: Mapping[int, Sequence[Bin]]) -> RenderableType:
    """What the pool said, and how often it came true."""
    table = _table("What the pool said, and how often it came true", ["months", "said", "mean", "came true", "n"], 1)
    for month, bins_of_month in bins.items():
        for n, part in enumerate(bins_of_month):
            share = f"{part.share.value:.2f} [{part.share.low:.2f}, {part.share.high:.2f}]"
            table.add_row(
                str(month) if n == 0 else "",
                f"{part.low:.0%} to {part.high:.0%}",
                f"{part.mean:.2f}",
                share,
                str(part.n),
            )
    return table


def bars(rows: Sequence[Mapping[str, object]]) -> RenderableType:
    """Whether the pool keeps to what is asked of it."""
    sentences = []
    for bar in rows:
        when = "At the start" if bar["months_fought"] == 0 else f"After {bar['months_fought']} months"
        gap = spread(float(str(bar["pool_minus_baseline"])), float(str(bar["low"])), float(str(bar["high"])))
        verdict = "kept" if bar["kept"] else "NOT KEPT"
        sentences.append(f"{when} the pool less {bar['baseline']}: {gap}; at most +{bar['most']}: {verdict}.")
    return Text("\n".join(sentences), style="bold")


def councils(rows: Sequence[CouncilScore]) -> RenderableType:
    """Rules of decision on the European Union's record, the best first within each part of it."""
    table = _table(
        "Mean absolute error in points of 100, and less that of the weighted mean with equal power",
        ["part", "rule", "power", "issues", "error", "difference"],
        3,
    )
    last_part = ""
    parts = list(dict.fromkeys(row.half for row in rows))
    for row in sorted(rows, key=lambda row: (parts.index(row.half), row.error)):
        error = f"{row.error:.2f} [{row.low:.2f}, {row.high:.2f}]"
        gap = f"{row.minus_baseline:+.2f} [{row.difference_low:+.2f}, {row.difference_high:+.2f}]"
        table.add_row(row.half if row.half != last_part else "", row.rule, row.power, str(row.n), error, gap)
        last_part = row.half
    return Group(
        table, Text("Brackets hold 90 %, proposals drawn anew. A rule is better where its whole bracket lies below 0.")
    )


def spread(value: float, low: float, high: float) -> str:
    """A difference with its interval, where there is one.

    >>> spread(.0123, -.1, .2), spread(.5, float("nan"), float("nan"))
    ('+0.012 [-0.100, +0.200]', '+0.500 (too few for an interval)')
    """
    if isnan(value):
        return ""
    return f"{value:+.3f} " + ("(too few for an interval)" if isnan(low) else f"[{low:+.3f}, {high:+.3f}]")


def _table(title: str, columns: Sequence[str], words: int) -> Fitted:
    """A table without rules; so many columns at the left are words, which stand in each part of it,
    the others figures.
    """
    table = listing(*columns, right=columns[words:], title=f"\n{title}")
    table.repeated = words - 1
    return table


def _slope(interval: ScoreInterval) -> str:
    return (
        "too few, or all alike"
        if isnan(interval.value)
        else f"{interval.value:.2f} [{interval.low:.2f}, {interval.high:.2f}]"
    )


def _number(value: float) -> str:
    return "" if isnan(value) else f"{value:.3f}"
