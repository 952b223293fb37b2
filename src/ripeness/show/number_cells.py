"""Number cells: probabilities, differences and intervals as they are written, with the numbers they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, isnan, log10

from ripeness.show.cell import TableCell, number_cell, styled
from ripeness.show.words import bare_percent, number, percent, percent_range, rough
from ripeness.study.weighted_statistics import MeanEstimate, ShareEstimate

FINEST = 0.1  # percentage points below which an error is only said to be below it
LOPSIDED = 0.01  # by which half of an interval may reach below 0 or above 1 before its two ends are written instead
ENDS_NOTE = "ends of the interval in brackets where it is lopsided"

LEAST_ROUGH = 0.001  # in the unit of its row, below which a number is next to nothing


def share_text(share: ShareEstimate) -> str:
    """Percent with half of the 90 % interval; a dash where there is no run.

    >>> share_text(ShareEstimate(.5, .48, .52, 100)), share_text(ShareEstimate(float("nan"), 0, 0, 0))
    ('50 ±2.0', '-')
    """
    return "-" if isnan(share.p) else with_error(share.p, share.low, share.high)


def with_error(p: float, low: float, high: float) -> str:
    """A probability in percent with half of its interval, or with both ends where half of it would reach beyond 0 or 1.

    >>> with_error(.5, .48, .52), with_error(.012, 0, .288), with_error(.99, .8, 1)
    ('50 ±2.0', '1 (0-29)', '99 (80-100)')
    """
    half = (high - low) / 2
    if half - min(p, 1 - p) > LOPSIDED:
        return f"{bare_percent(p)} ({percent_range(low, high)})"
    return f"{bare_percent(p)} ±{error_text(low, high)}"


def error_text(low: float | None, high: float | None) -> str:
    """Half of an interval of probabilities, in percentage points.

    >>> error_text(.48, .52), error_text(.5, .5001)
    ('2.0', '<0.1')
    """
    half = 50 * ((high or 0.0) - (low or 0.0))
    return f"{half:.1f}" if half >= FINEST else f"<{FINEST}"


def share_cell(share: ShareEstimate) -> TableCell:
    """A share of runs in percent with half of its 90 % interval.

    >>> share_cell(ShareEstimate(.5, .48, .52, 100)).numbers
    (('', 50.0), ('low', 48.0), ('high', 52.0))
    """
    return number_cell(share_text(share), real(100 * share.p), low=100 * share.low, high=100 * share.high)


def share_alone(share: ShareEstimate) -> str:
    """Percent alone; a dash where there is no run."""
    return "-" if isnan(share.p) else bare_percent(share.p)


def share_alone_cell(share: ShareEstimate) -> TableCell:
    """A share of runs in percent alone, its 90 % interval in numbers only."""
    return number_cell(share_alone(share), real(100 * share.p), low=100 * share.low, high=100 * share.high)


def percent_cell(p: float, *, emphasis: str = "") -> TableCell:
    """A probability with its sign.

    >>> percent_cell(.163).plain, percent_cell(.163).unit
    ('16 %', '%')
    """
    return number_cell(styled((percent(p), emphasis)), 100 * p, "%")


def points_cell(difference: MeanEstimate) -> TableCell:
    """A difference of shares in percentage points, with half of its 90 % interval; zero is said as zero.

    >>> points_cell(MeanEstimate(.031, .021, .041)).plain, points_cell(MeanEstimate(0., 0., 0.)).plain
    ('+3.1 ±1.0', '0')
    """
    text = points_text(difference)
    return number_cell(text, 100 * difference.mean, low=100 * difference.low, high=100 * difference.high)


def points_text(difference: MeanEstimate) -> str:
    """The same as text."""
    if difference.mean == difference.low == difference.high == 0:
        return "0"
    return f"{100 * difference.mean:+.1f} ±{50 * (difference.high - difference.low):.1f}"


def difference_cell(difference: MeanEstimate) -> TableCell:
    """A difference in its own unit, with half of its 90 % interval.

    >>> difference_cell(MeanEstimate(-12.0, -14.0, -10.0)).plain
    '-12.0 ±2.0'
    """
    return number_cell(difference_text(difference), difference.mean, low=difference.low, high=difference.high)


def difference_text(difference: MeanEstimate) -> str:
    """A difference with half of its 90 % interval; no finer than two digits of that.

    >>> difference_text(MeanEstimate(-12.0, -14.0, -10.0)), difference_text(MeanEstimate(-552.0, -663.0, -441.0))
    ('-12.0 ±2.0', '-550 ±110')
    """
    half = (difference.high - difference.low) / 2
    if difference.mean == half == 0:
        return "0"
    if half <= 0:
        return f"{'-' if difference.mean < 0 else '+'}{number(abs(difference.mean))}"
    digits = 1 - floor(log10(half))
    mean, error = round(difference.mean, digits), round(half, digits)
    return f"{mean:+,.{max(digits, 0)}f} ±{error:,.{max(digits, 0)}f}"


def range_cell(text: str, low: float | None, high: float | None, *, unit: str = "") -> TableCell:
    """The two ends of an interval in a column of its own."""
    return TableCell(styled(text), (("low", low), ("high", high)), unit)


def rough_cell(low: float, median: float, high: float) -> TableCell:
    r"""A median that nobody knows well, and below it the ends of its interval; next to nothing is said to be that.

    >>> rough_cell(0.00002, 0.0008, 0.046).text.plain
    '<0.001\n<0.001 to 0.046'
    """
    low_text, median_text, high_text = (
        f"<{LEAST_ROUGH:g}" if 0 < x < LEAST_ROUGH else rough(x) for x in (low, median, high)
    )
    text = styled(median_text, (f"\n{low_text} to {high_text}", "dim"))
    return number_cell(text, median, low=low, high=high)


def interval_cell(text: str, value: float, low: float, high: float) -> TableCell:
    """A number with its interval, as written; what is not a number is left out of the numbers."""
    return number_cell(text, real(value), low=real(low), high=real(high))


def real(value: float | None) -> float | None:
    """A number, or None where it is not one.

    >>> real(2.0), real(float("nan"))
    (2.0, None)
    """
    return None if value is None or isnan(value) else value


def faction_name(polity: str, faction: str, names: Mapping[str, str]) -> str:
    """A faction with its polity: 'Presidency, Ruritania'."""
    return f"{names.get(f'{polity}/{faction}', faction)}, {names.get(polity, polity)}"
