"""The page at the door of a workbench that others can reach: give the token, once a browser."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ripeness.web.access import COOKIE, Access

PAUSE = 0.5  # seconds after a wrong token: guessing shall be slow
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Open the workbench · ripeness</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/static/workbench.css">
<link rel="stylesheet" href="/static/ledger.css"></head><body class="door"><main><p class="door-brand"><b>ripeness</b>
<span>when wars can end</span></p><h1>Open this workbench</h1>
<p>It is open to those who have its access token. Whoever started it was shown one and can give it to you; your
browser keeps it until it is closed.</p>
<form method="post" action="/login"><label for="token">Access token</label>
<input id="token" name="token" type="password" autocomplete="off" autofocus required{invalid}>
{said}<button type="submit">Open</button></form></main></body></html>"""
INVALID = ' aria-invalid="true" aria-describedby="wrong"'
WRONG = (
    '<p id="wrong" class="door-wrong" role="alert">This is not the token. Copy it whole, without blanks, and try again.'
    "</p>"
)


def login(door: Access) -> APIRouter:
    """The two routes of the door."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def ask() -> HTMLResponse:
        return HTMLResponse(PAGE.format(said="", invalid=""))

    @router.post("/login", response_model=None)
    async def enter(token: Annotated[str, Form(max_length=500)]) -> Response:
        if not door.admits_token(token):
            await asyncio.sleep(PAUSE)
            return HTMLResponse(PAGE.format(said=WRONG, invalid=INVALID), status_code=401)
        response: Any = RedirectResponse("/", status_code=303)
        response.set_cookie(COOKIE, door.session, httponly=True, samesite="strict")
        return response

    return router
