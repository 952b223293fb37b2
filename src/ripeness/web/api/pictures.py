"""The pictures of kept answers: as definitions that a page draws, as files to take away, and as tables."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ripeness.web.answer import Picture, find_answer
from ripeness.web.chart_figure import titles
from ripeness.web.chart_table import ChartTable, chart_table
from ripeness.web.pictures import definition, png_of, svg_of
from ripeness.web.refusals import Refusal
from ripeness.world.fault import Fault

SVG, PNG, JSON = "image/svg+xml", "image/png", "application/json"
KEPT = {"cache-control": "private, max-age=3600"}  # what an answer shows stays as it is
PLACE = "/answers/{name}/{picture}"
Look = Annotated[str, Query(max_length=20)]


def picture_routes(folder: Path) -> APIRouter:
    """The routes of the pictures of answers in a folder."""
    router = APIRouter(include_in_schema=False)

    def drawn(name: str, picture: str, look: str) -> str:
        return definition(_picture(folder, name, picture), dark="dark" in look, narrow="narrow" in look)

    @router.get(PLACE + ".svg")
    def svg(name: str, picture: str, look: Look = "light") -> Response:
        return Response(svg_of(drawn(name, picture, look)), media_type=SVG, headers=KEPT)

    @router.get(PLACE + ".png")
    def png(name: str, picture: str, look: Look = "light") -> Response:
        return Response(png_of(drawn(name, picture, look)), media_type=PNG, headers=KEPT)

    @router.get(PLACE + ".json")
    def chart(request: Request, name: str, picture: str, look: Look = "light") -> Response:
        return _compressed(request, drawn(name, picture, look))

    @router.get(PLACE + ".table")
    def table(name: str, picture: str) -> Response:
        shown = _picture(folder, name, picture)
        return Response(_table(shown, picture).html(titles(shown.light)[1]), media_type="text/plain", headers=KEPT)

    @router.get(PLACE + ".csv")
    def csv(name: str, picture: str) -> Response:
        return Response(_table(_picture(folder, name, picture), picture).csv(), media_type="text/csv", headers=KEPT)

    return router


def _picture(folder: Path, name: str, picture: str) -> Picture:
    """A picture of a kept answer.

    Raises: Refusal where there is none.
    """
    try:
        answer = find_answer(folder, name)
    except Fault as fault:
        raise Refusal(404, fault) from None
    if picture not in answer.pictures:
        raise Refusal(404, Fault(f"this answer has no picture '{picture[:80]}'"))
    return answer.pictures[picture]


def _table(picture: Picture, name: str) -> ChartTable:
    """The data of a picture.

    Raises: Refusal where it has none that is told.
    """
    table = chart_table(picture.light)
    if table is None:
        raise Refusal(404, Fault(f"the picture '{name[:80]}' has no table"))
    return table


def _compressed(request: Request, text: str) -> Response:
    """A definition, small on its way: its rows repeat the same words."""
    headers = {**KEPT, "vary": "accept-encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        small = gzip.compress(text.encode(), 5, mtime=0)
        return Response(small, media_type=JSON, headers={**headers, "content-encoding": "gzip"})
    return Response(text, media_type=JSON, headers=headers)
