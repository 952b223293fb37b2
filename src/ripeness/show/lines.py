"""Lines: what tables of ripeness, options and what-ifs share: a bare table, a share with its error, a difference."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from math import floor, isnan, log10

from rich.text import Text

from ripeness.show.fitted import Fitted
from ripeness.show.words import bare_percent, number
from ripeness.study.weighted_statistics import MeanEstimate, ShareEstimate

FINE = 0.1  # percentage points below which an error is only said to be below it


def bare(title: str, columns: Iterable[str], first: str = "", *, repeated: int = 0) -> Fitted:
    """A table without rules, its first column words and the others numbers; split where a terminal is too narrow.

    `repeated`: how many columns after the first stand in each part of a split table.
    """
    table = Fitted(f"\n{title}", repeated=repeated)
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def listing(*columns: str, right: Collection[str] = (), title: str = "") -> Fitted:
    """A table without rules whose columns are words, but for those named as numbers."""
    table = Fitted(title)
    for name in columns:
        table.add_column(name, justify="right" if name in right else "left")
    return table


def quiet(text: str) -> Text:
    """A line below a table."""
    return Text(text, style="dim")


def share_cell(one: ShareEstimate) -> str:
    """Percent with half of the 90 % interval; a dash where there is no run.

    >>> share_cell(ShareEstimate(.5, .48, .52, 100)), share_cell(ShareEstimate(float("nan"), 0, 0, 0))
    ('50 ±2.0', '-')
    """
    if isnan(one.p):
        return "-"
    half = 50 * (one.high - one.low)
    return f"{bare_percent(one.p)} ±{half:.1f}" if half >= FINE else f"{bare_percent(one.p)} ±<{FINE}"


def plain_share(one: ShareEstimate) -> str:
    """Percent alone; a dash where there is no run."""
    return "-" if isnan(one.p) else bare_percent(one.p)


def points_cell(one: MeanEstimate) -> str:
    """A difference of shares in percentage points, with half of its 90 % interval; zero is said as zero.

    >>> points_cell(MeanEstimate(.031, .021, .041)), points_cell(MeanEstimate(0., 0., 0.))
    ('+3.1 ±1.0', '0')
    """
    if one.mean == one.low == one.high == 0:
        return "0"
    return f"{100 * one.mean:+.1f} ±{50 * (one.high - one.low):.1f}"


def difference_cell(one: MeanEstimate) -> str:
    """A difference in its own unit, with half of its 90 % interval; no finer than two digits of that.

    >>> difference_cell(MeanEstimate(-12.0, -14.0, -10.0)), difference_cell(MeanEstimate(-552.0, -663.0, -441.0))
    ('-12.0 ±2.0', '-550 ±110')
    """
    half = (one.high - one.low) / 2
    if one.mean == half == 0:
        return "0"
    if half <= 0:
        return f"{'-' if one.mean < 0 else '+'}{number(abs(one.mean))}"
    digits = 1 - floor(log10(half))
    return f"{round(one.mean, digits):+,.{max(digits, 0)}f} ±{round(half, digits):,.{max(digits, 0)}f}"


def name_of(polity: str, faction: str, names: Mapping[str, str]) -> str:
    """A faction with its polity: 'Presidency, Ruritania'."""
    return f"{names.get(f'{polity}/{faction}', faction)}, {names.get(polity, polity)}"
