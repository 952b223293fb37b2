"""Backtest in a terminal: scores by month, the record beside the model, ablation, lengths, exits,
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
from ripeness.validation.backtest.predictive import PredictiveCheck
from ripeness.validation.backtest.sheet import ModelScore

SMALLER = "Smaller scores are better; differences below 0 are better than the baseline; brackets hold 90 %."


def scores(title: str, rows: Sequence[ModelScore]) -> RenderableType:
    """One line a model and month; the baseline's own difference is left out."""
    table = _table(title, ["months", "model", "wars", "Brier", "log", "ranked", "less baseline"], 2)
    before = -1
    for one in rows:
        month = str(one.months_fought) if one.months_fought != before else ""
        before = one.months_fought
        gap = "baseline" if one.model == one.baseline else spread(one.brier_minus_baseline, one.low, one.high)
        figures = [f"{value:.3f}" if one.n else "" for value in (one.brier, one.log, one.ranked)]
        table.add_row(month, one.model, str(one.n), *figures, gap)
    return table


def checks(rows: Sequence[PredictiveCheck]) -> RenderableType:
    """Features of the record beside the range that the model gives them; misses are named."""
    table = _table("The record beside records drawn from the fitted model", ["feature", "record", "model", ""], 1)
    for one in rows:
        range_ = f"{one.median:.3f} [{one.low:.3f}, {one.high:.3f}]"
        table.add_row(one.feature, f"{one.record:.3f}", range_, "" if one.inside else "MISS")
    missed = [one.feature for one in rows if not one.inside]
    said = f"Outside the 90 % range: {'; '.join(missed)}." if missed else "All lie inside the 90 % range."
    return Group(table, Text(f"{len(rows)} features. {said}" if rows else ""))


def ablation(rows: Sequence[AblationScore]) -> RenderableType:
    """The same wars with each side as one person."""
    table = _table(
        "Ablation: Brier of factional less unitary polities",
        ["months", "wars", "factional", "unitary", "difference"],
        1,
    )
    for one in rows:
        gap = spread(one.difference, one.low, one.high)
        table.add_row(str(one.months_fought), str(one.n), f"{one.factional:.3f}", f"{one.unitary:.3f}", gap)
    return Group(table, Text("Above 0: the wars are forecast better with each side as one person."))


def lengths(rows: Sequence[LengthScore]) -> RenderableType:
    """How long wars lasted."""
    table = _table("How long", ["model", "wars", "CRPS of log days", "median error, days", "CRPS less log-normal"], 1)
    for one in rows:
        gap = spread(one.crps_minus_baseline, one.low, one.high) if one.model != "log-normal" else "baseline"
        table.add_row(one.model, str(one.n), f"{one.crps:.3f}", f"{one.median_error_days:.0f}", gap)
    return table


def exits(rows: Sequence[LeaderExitScore]) -> RenderableType:
    """Leaders forced out by a year after the end."""
    table = _table("Leaders forced out by a year after the end", ["model", "sides", "Brier", "less base rate"], 1)
    for one in rows:
        gap = spread(one.brier_minus_baseline, one.low, one.high) if one.model != "base-rate" else "baseline"
        table.add_row(one.model, str(one.n), f"{one.brier:.3f}", gap)
    return table


def slopes(found: Mapping[int, ScoreInterval], detectable: Mapping[int, Mapping[str, float]]) -> RenderableType:
    """Calibration slope of the pool, and how large a difference would have to be to show."""
    table = _table(
        "Calibration slope of the pool (1: it means what it says), and what so few wars could show",
        ["months", "wars", "slope", "shows, war", "shows, pool"],
        1,
    )
    for month, one in found.items():
        shows = [_number(detectable.get(month, {}).get(model, float("nan"))) for model in ("war", "pool")]
        table.add_row(str(month), str(one.n), _slope(one), *shows)
    return Group(table, Text("Shows: the true difference in Brier that a 90 % interval would show four times in five."))


def calibration(bins: Mapping[int, Sequence[Bin]]) -> RenderableType:
    """What the pool said, and how often it came true."""
    table = _table("What the pool said, and how often it came true", ["months", "said", "mean", "came true", "n"], 1)
    for month, held in bins.items():
        for n, one in enumerate(held):
            share = f"{one.share.value:.2f} [{one.share.low:.2f}, {one.share.high:.2f}]"
            table.add_row(
                str(month) if n == 0 else "", f"{one.low:.0%} to {one.high:.0%}", f"{one.mean:.2f}", share, str(one.n)
            )
    return table


def bars(rows: Sequence[Mapping[str, object]]) -> RenderableType:
    """Whether the pool keeps to what is asked of it."""
    said = []
    for one in rows:
        when = "At the start" if one["months_fought"] == 0 else f"After {one['months_fought']} months"
        gap = spread(float(str(one["pool_minus_baseline"])), float(str(one["low"])), float(str(one["high"])))
        held = "kept" if one["kept"] else "NOT KEPT"
        said.append(f"{when} the pool less {one['baseline']}: {gap}; at most +{one['most']}: {held}.")
    return Text("\n".join(said), style="bold")


def councils(rows: Sequence[CouncilScore]) -> RenderableType:
    """Rules of decision on the European Union's record, the best first within each part of it."""
    table = _table(
        "Mean absolute error in points of 100, and less that of the weighted mean with equal power",
        ["part", "rule", "power", "issues", "error", "difference"],
        3,
    )
    before = ""
    parts = list(dict.fromkeys(one.half for one in rows))
    for one in sorted(rows, key=lambda one: (parts.index(one.half), one.error)):
        error = f"{one.error:.2f} [{one.low:.2f}, {one.high:.2f}]"
        gap = f"{one.minus_baseline:+.2f} [{one.difference_low:+.2f}, {one.difference_high:+.2f}]"
        table.add_row(one.half if one.half != before else "", one.rule, one.power, str(one.n), error, gap)
        before = one.half
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


def _slope(one: ScoreInterval) -> str:
    return "too few, or all alike" if isnan(one.value) else f"{one.value:.2f} [{one.low:.2f}, {one.high:.2f}]"


def _number(value: float) -> str:
    return "" if isnan(value) else f"{value:.3f}"
