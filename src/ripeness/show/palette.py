"""Palette: the colours of every picture, told apart by readers of any colour vision, on white and on dark."""

from __future__ import annotations

from typing import Any

# Okabe and Ito 2008, "Color universal design"; the first belligerent's good ends are blue, the second's orange.
OUTCOMES = {
    ("victory", 0): "#0072B2",
    ("collapse", 1): "#56B4E9",
    ("settlement", None): "#009E73",
    ("ceasefire", None): "#F0E442",
    ("frozen", None): "#CC79A7",
    ("fighting", None): "#C9CDD2",
    ("collapse", 0): "#E69F00",
    ("victory", 1): "#D55E00",
}
FIGHTING_IN_THE_DARK = "#565C64"
WON_BY_EITHER = ("#7B5CB8", "#B49AE6")  # by day, in the dark; whose victory it is, the record does not say
STILL_FOUGHT = ("#6B7480", "#A5AEB8")  # as a line or a mark, which needs more contrast than an area
RISE, FALL = ("#0F7F86", "#5CC8CA"), ("#A23B52", "#EE8FA6")  # what makes an outcome likelier, and less likely
ANCHOR = ("#57606A", "#A0A8B1")  # what past wars say, beside a forecast
SIDES = ("#0072B2", "#D55E00")
SIDES_IN_THE_DARK = ("#56B4E9", "#E69F00")
SERIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C7A00", "#6A51A3")
SERIES_IN_THE_DARK = ("#56A9E0", "#F08040", "#2CC29A", "#E0A3C6", "#F0B73D", "#8FD0F5", "#C9B52E", "#A48BDB")
INK, PAPER, RULE = ("#1F2328", "#E6E8EB"), ("#FFFFFF", "#16191D"), ("#E3E6EA", "#33383F")
FONT = "Inter, Helvetica Neue, Helvetica, Arial, sans-serif"
WIDTH, HEIGHT = 640, 340
LEGEND_GAP = 24  # between columns: a reader's fonts may be wider than those by which a picture was laid out


def outcome_colour(outcome: str, side: int | None, *, dark: bool = False) -> str:
    """The colour of an outcome.

    >>> outcome_colour("settlement", None)
    '#009E73'
    """
    if outcome == "fighting" and dark:
        return FIGHTING_IN_THE_DARK
    return OUTCOMES[outcome, side]


def class_colour(name: str, *, dark: bool = False) -> str:
    """The colour of a class of ends as a line or a mark, whosever victory it is.

    >>> class_colour("settlement"), class_colour("victory")
    ('#009E73', '#7B5CB8')
    """
    if name == "victory":
        return WON_BY_EITHER[dark]
    return STILL_FOUGHT[dark] if name == "fighting" else outcome_colour(name, None, dark=dark)


def config(*, dark: bool = False) -> dict[str, Any]:
    """How every chart is dressed, as a Vega-Lite configuration."""
    ink, paper, rule = (pair[dark] for pair in (INK, PAPER, RULE))
    return {
        "background": paper,
        "font": FONT,
        "padding": 12,
        "view": {"stroke": None, "continuousWidth": WIDTH, "continuousHeight": HEIGHT},
        "title": {
            "anchor": "start",
            "color": ink,
            "fontSize": 15,
            "fontWeight": 600,
            "subtitleColor": ink,
            "subtitleFontSize": 12,
            "subtitlePadding": 6,
            "offset": 14,
        },
        "axis": {
            "labelColor": ink,
            "titleColor": ink,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": 400,
            "gridColor": rule,
            "domainColor": rule,
            "tickColor": rule,
            "titlePadding": 8,
            "titleAnchor": "middle",
            "labelFlush": False,
            "labelLimit": 300,
        },
        "header": {"labelColor": ink, "titleColor": ink, "labelFontSize": 13, "labelFontWeight": 600},
        "legend": {
            "labelColor": ink,
            "titleColor": ink,
            "labelFontSize": 12,
            "titleFontSize": 12,
            "labelLimit": 420,
            "columnPadding": LEGEND_GAP,
        },
        "text": {"color": ink, "font": FONT, "fontSize": 12},
    }
