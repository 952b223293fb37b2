"""Scores: how good the forecasts of a ledger were, as tables of a page and a picture of their reliability."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from html import escape
from math import isnan
from typing import Any

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
    laid = (_table(rows), *_left_out(sheet.left_out))
    return keep_answer(
        KeptAnswer(name, "score", "ledger", "", "Scores", "", *lines, laid, pictures), services.workspace.answers()
    )


def _table(rows: Sequence[Any]) -> str:
    heads = "".join(f'<th scope="col" class="right">{name}</th>' for name in COLUMNS)
    body = "".join(
        f'<tr><th scope="row">{escape(one.name)}</th>'
        + "".join(f'<td class="right">{cell}</td>' for cell in _cells(one))
        + "</tr>"
        for one in rows
    )
    caption = "Scores: means over questions with 90 % intervals; smaller is better, a gain above 0 is good"
    return (
        f'<div class="sheet" tabindex="0"><table><caption>{caption}</caption><thead><tr><th></th>{heads}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _cells(one: Any) -> list[str]:
    gain = one.gains.get("uniform", {}).get("brier")
    return [
        str(one.questions),
        str(one.forecasts),
        *(_span(score) for score in (one.brier, one.log, one.ranked)),
        _span(gain),
    ]


def _span(one: Any) -> str:
    if one is None or isnan(one.value):
        return ""
    span = "" if isnan(one.low) else f'<br><span class="quiet">{one.low:.3f} to {one.high:.3f}</span>'
    return f"{one.value:.3f}{span}"


def _left_out(left: dict[str, tuple[str, ...]]) -> list[str]:
    return [f'<p class="quiet">Left out, {escape(why)}: {escape(", ".join(names))}</p>' for why, names in left.items()]
