"""How a forecast moved from day to day, in a sentence and tables."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.brief import brief_layout
from ripeness.show.cell import TableCell, number_cell, row
from ripeness.show.end_words import class_outcome
from ripeness.show.number_cells import interval_cell
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.show.target_words import fine_percent
from ripeness.show.words import at, day, percent
from ripeness.study.forecast_series import ForecastSeries, SeriesPoint

NOTE = "Each row knows only what was known on its day: that the war went on, and what was observed up to it."


def sentence(series: ForecastSeries, names: Mapping[str, str]) -> str:
    """From where to where the probability of the outcome went, and when it moved most."""
    answer = series.of(series.target.name, series.views[0])
    first, last = answer[0], answer[-1]
    target_words = f"{class_outcome(series.target.name, names)} {_by_when(series)}"
    if len(answer) == 1:
        return f"On {day(first.as_of)}: {target_words}, {fine_percent(first.p)}."
    opening = f"{target_words[:1].upper()}{target_words[1:]}: {fine_percent(first.p)} on {day(first.as_of)}"
    start_words = f"{opening}, {fine_percent(last.p)} on"
    moved = series.largest_move()
    if moved is None or len(answer) == 2:
        return f"{start_words} {day(last.as_of)}."
    return (
        f"{start_words} {day(last.as_of)}; it moved most from {day(moved[0].as_of)} ({fine_percent(moved[0].p)}) to "
        f"{day(moved[1].as_of)} ({fine_percent(moved[1].p)})."
    )


def brief(series: ForecastSeries, names: Mapping[str, str]) -> Layout:
    """The sentence and the table of the outcome."""
    return brief_layout(sentence(series, names), _outcome(series, names))


def tables(series: ForecastSeries, names: Mapping[str, str]) -> Layout:
    """The outcome in every view, then all outcomes, then what each day knew."""
    return layout(sentence(series, names), _outcome(series, names), _all(series, names), _days(series))


def _by_when(series: ForecastSeries) -> str:
    if series.by is not None:
        return f"by {day(series.by)}"
    return f"within {at(series.target.month)} months"


def _outcome(series: ForecastSeries, names: Mapping[str, str]) -> Table:
    """One row a day, a column a view, with 90 % intervals."""
    rows = []
    columns = {view: {point.as_of: point for point in series.of(series.target.name, view)} for view in series.views}
    for basis in series.days:
        of_day = [points.get(basis.as_of) for points in columns.values()]
        month = next(point.month for point in of_day if point is not None)
        rows.append(row(str(basis.as_of), number_cell(at(month), month), *map(_interval, of_day)))
    title = f"{class_outcome(series.target.name, names)} {_by_when(series)}, as said on each day"
    headings = ("as of", "months ahead", *series.views)
    return text_table(headings, rows, numeric=headings[1:], title=title[:1].upper() + title[1:], spaced=True)


def _all(series: ForecastSeries, names: Mapping[str, str]) -> Table:
    """One row a day, a column an outcome, in the view that is the answer."""
    view = series.views[0]
    points = {(point.as_of, point.outcome): point for point in series.points if point.view == view}
    outcomes = series.outcomes
    rows = [
        row(str(basis.as_of), *(_percent(points.get((basis.as_of, outcome))) for outcome in outcomes))
        for basis in series.days
    ]
    headings = [class_outcome(name, names) for name in outcomes]
    return text_table(("as of", *headings), rows, numeric=headings, title=f"All outcomes {_by_when(series)}: {view}")


def _days(series: ForecastSeries) -> Table:
    """What each day knew, and how many parameter samples carry its forecast."""
    rows = [
        row(
            str(basis.as_of),
            number_cell(at(basis.fought), basis.fought),
            number_cell(fine_percent(basis.lasting), 100 * basis.lasting, "%"),
            number_cell(str(basis.observations), basis.observations),
            number_cell(f"{basis.effective:.0f} of {basis.points}", basis.effective),
        )
        for basis in series.days
    ]
    headings = ("as of", "months fought", "wars that last", "observations", "samples")
    return text_table(headings, rows, numeric=headings[1:], title=f"What was known. {NOTE}")


def _interval(point: SeriesPoint | None) -> TableCell:
    if point is None:
        return number_cell("", None)
    text = f"{percent(point.p)} ({100 * point.low:.0f}-{100 * point.high:.0f})"
    return interval_cell(text, 100 * point.p, 100 * point.low, 100 * point.high)


def _percent(point: SeriesPoint | None) -> TableCell:
    return number_cell("", None) if point is None else number_cell(percent(point.p), 100 * point.p, "%")
