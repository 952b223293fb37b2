"""The page at the door of a workbench that others can reach: give the token, once a browser."""

from __future__ import annotations

import asyncio
from html import escape
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from ripeness.web.access import COOKIE, Access

PAUSE = 0.5  # seconds after a wrong token: guessing shall be slow
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>ripeness</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/static/workbench.css">
</head><body class="door"><main><h1>ripeness</h1><p>Give the token that the server printed when it started.</p>
<form method="post" action="/login"><label>Token <input name="token" type="password" autocomplete="off" autofocus
required></label><button type="submit">Open</button></form><p role="alert">{said}</p></main></body></html>"""


def login(door: Access) -> APIRouter:
    """The two routes of the door."""
    router = APIRouter(include_in_schema=False)

    @router.get("/login")
    def ask() -> HTMLResponse:
        return HTMLResponse(PAGE.format(said=""))

    @router.post("/login", response_model=None)
    async def enter(token: Annotated[str, Form(max_length=500)]) -> Response:
        if not door.admits_token(token):
            await asyncio.sleep(PAUSE)
            return HTMLResponse(PAGE.format(said=escape("This is not the token.")), status_code=401)
        response: Any = RedirectResponse("/", status_code=303)
        response.set_cookie(COOKIE, door.session, httponly=True, samesite="strict")
        return response

    return router
