"""Scores: how good the forecasts of a ledger were, as tables of a page and a picture of their reliability."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import isnan
from typing import Any

from ripeness.show.cell import StyledText, TableCell, dim, number_cell, row, styled
from ripeness.show.number_cells import real
from ripeness.show.table import Table, layout, text_table
from ripeness.web.answer import KeptAnswer, Picture, keep_answer, name_of
from ripeness.web.answer_parts import light_and_dark
from ripeness.web.services import Services

COLUMNS = ("questions", "forecasts", "Brier score", "log score", "ranked score", "gain over even odds")


def score_answer(services: Services, sheet: Any) -> KeptAnswer:
    """The score sheet as an answer, so that its picture can be drawn like any other."""
    bins = [(one.low, one.n, one.mean, one.share.value) for one in sheet.calibration]
    name = name_of("score", {"case": "ledger", "bins": bins, "as_of": sheet.as_of, "n": sheet.overall.forecasts})
    pictures: dict[str, Picture] = {}
    if sheet.calibration:
        from ripeness.ledger.show.reliability_chart import reliability

        pictures["reliability"] = light_and_dark(partial(reliability, sheet.calibration))
    rows = [sheet.overall, *sheet.forecasters, *sheet.topics]
    lines = ("ripeness forecast score", "ripeness.forecast.score(as_of=date.today())")
    laid = tuple(layout(_table(rows), *_left_out(sheet.left_out)).html_blocks())
    return keep_answer(
        KeptAnswer(name, "score", "ledger", "", "Scores", "", *lines, laid, pictures), services.workspace.answers()
    )


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
