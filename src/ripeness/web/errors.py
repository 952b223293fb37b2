"""What the server answers where something is wrong: programs get faults, people a page that says where to go."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from ripeness.web.refusals import METHODS, PREFIX, Refusal, item, log_internal_error, plain_faults, request_faults
from ripeness.world.fault import Fault
from ripeness.world.wording import join_words

MARK = "ripeness.error"  # on a request whose internal error is logged and answered
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} · ripeness</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/static/workbench.css">
<link rel="stylesheet" href="/static/ledger.css"></head><body class="door"><main><p class="door-brand"><b>ripeness</b>
<span>when wars can end</span></p><h1>{title}</h1><p>{why}</p><nav aria-label="Pages"><a href="/">Cases</a>
<a href="/ledger">Ledger</a><a href="/decide">Decide</a></nav></main></body></html>"""
TITLES = {
    404: "There is no such page",
    405: "This page is not asked in this way",
    422: "This address cannot be read",
    500: "Something went wrong here",
}
WHYS = {404: "The link may be old or mistyped. From the cases every page can be reached."}


def answer_errors(app: FastAPI) -> None:
    """Let an application answer every error in our forms."""
    app.add_exception_handler(Fault, _fault)
    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(RequestValidationError, _not_as_described)
    app.add_middleware(InternalErrors)


def answer_the_rest(app: FastAPI) -> None:
    """Answer what no route so far does below `/api/`: another method of an address, or an address that is none."""
    routes = list(app.routes)

    @app.api_route(PREFIX + "{rest:path}", methods=METHODS, include_in_schema=False)
    def refuse(request: Request) -> Response:
        allowed = _allowed(routes, request)
        if allowed:
            why = f"{request.method} is not asked of this address; ask {join_words(allowed, 'or')}"
            raise Refusal(405, Fault(why), {"allow": ", ".join(allowed)})
        raise Refusal(404, Fault("there is no such address; /api/v1/openapi.json lists all"))


def _allowed(routes: Sequence[BaseRoute], request: Request) -> list[str]:
    """The methods in which an address is asked."""
    return [
        method
        for method in METHODS
        if any(route.matches({**request.scope, "method": method})[0] is Match.FULL for route in routes)
    ]


def _fault(request: Request, fault: Exception) -> Response:
    """What an analyst did wrong, with its place: 422 like any other input that cannot be used."""
    assert isinstance(fault, Fault)  # noqa: S101  (the framework sends nothing else here)
    return _answer(request, 422, plain_faults(fault))


def refused(request: Request, error: Exception) -> Response:
    """What a route or the framework refuses, with its own status."""
    assert isinstance(error, HTTPException)  # noqa: S101
    faults = plain_faults(error.fault) if isinstance(error, Refusal) else [item(str(error.detail))]
    return _answer(request, error.status_code, faults, dict(error.headers or {}))


def _not_as_described(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    return _answer(request, 422, request_faults(error.errors(), request.headers.get("content-type", "")))


def internal(request: Request, error: Exception) -> Response:
    """An error of the program itself: told by number, and logged in full under that number."""
    request.scope[MARK] = True
    return _answer(request, 500, plain_faults(log_internal_error(error, f"{request.method} {request.url.path}")))


def _answer(
    request: Request, status: int, faults: list[dict[str, Any]], headers: dict[str, str] | None = None
) -> Response:
    if request.url.path.startswith(PREFIX):
        return JSONResponse({"faults": faults}, status_code=status, headers=headers)
    why = WHYS.get(status) or ". ".join(str(fault["message"]) for fault in faults)
    page = PAGE.format(title=TITLES.get(status, "This did not work"), why=escape(why))
    return HTMLResponse(page, status_code=status, headers=headers)


class InternalErrors:
    """An ASGI application around another one: what breaks inside is answered, and said once in the log."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Pass a message on, and answer for what breaks."""
        started = False

        async def forward(message: dict[str, Any]) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, forward)
        except Exception as error:
            if scope["type"] != "http":
                raise
            if MARK in scope:
                return
            answer = internal(Request(scope), error)
            if started:
                raise
            await answer(scope, receive, send)
