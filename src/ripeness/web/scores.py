"""Scores: how good the forecasts of a ledger were, as tables of a page."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

from ripeness.show.cell import StyledText, TableCell, dim, number_cell, row, styled
from ripeness.show.number_cells import real
from ripeness.show.table import Table, layout, text_table

COLUMNS = ("questions", "forecasts", "Brier score", "log score", "ranked score", "gain over even odds")


def score_blocks(sheet: Any) -> tuple[str, ...]:
    """The score sheet of a ledger as tables: all forecasts, each forecaster, each topic, and what is left out."""
    rows = [sheet.overall, *sheet.forecasters, *sheet.topics]
    return tuple(layout(_table(rows), *_left_out(sheet.left_out)).html_blocks())


def _table(summaries: Sequence[Any]) -> Table:
    rows = []
    for summary in summaries:
        gain = summary.gains.get("uniform", {}).get("brier")
        counts = (number_cell(str(count), count) for count in (summary.questions, summary.forecasts))
        scores = (_score_cell(score) for score in (summary.brier, summary.log, summary.ranked, gain))
        rows.append(row(summary.name, *counts, *scores))
    title = "Scores: means over questions with 90 % intervals; smaller is better, a gain above 0 is good"
    return text_table(("", *COLUMNS), rows, numeric=COLUMNS, title=title)


def _score_cell(score: Any) -> TableCell:
    """A score with its interval below it; blank where there is none."""
    if score is None or isnan(score.value):
        return TableCell(StyledText())
    interval = "" if isnan(score.low) else f"\n{score.low:.3f} to {score.high:.3f}"
    text = styled(f"{score.value:.3f}", (interval, "dim"))
    return number_cell(text, score.value, low=real(score.low), high=real(score.high))


def _left_out(left_out: dict[str, tuple[str, ...]]) -> list[StyledText]:
    return [dim(f"Left out, {reason}: {', '.join(names)}") for reason, names in left_out.items()]
