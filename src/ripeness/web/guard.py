"""The guard at the door: every request and every live connection passes here before anything else sees it."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import Any

from ripeness.store.json_text import json_text
from ripeness.web.access import COOKIE, Access
from ripeness.web.refusals import PREFIX, item

MOST_BYTES = 6 * 2**20  # a scenario is read up to 5 MB; the rest is the envelope of the upload
LARGE = f"more than {MOST_BYTES // 2**20} MB; a scenario has some hundred kilobytes"
SAFE = {"GET", "HEAD", "OPTIONS"}
OPEN = {"/login", "/static/workbench.css"}
TEXT, JSON = "text/plain; charset=utf-8", "application/json"

# Each directive is justified in docs/how-to/workbench.md, and a test holds the two together.
DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self' 'nonce-{nonce}' 'unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}
OTHERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# The exact ways in which the page template opens a script. What a person wrote never stands in a page unescaped.
OPENINGS = (b"<script>", b'<script type="module">', b'<script type="importmap">', b"<script defer src=")

Scope = dict[str, Any]


class Guard:
    """An ASGI application around another one. Refuses foreign hosts and origins, strangers, and what is too large."""

    def __init__(self, app: Any, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Let a message through, or answer it."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        headers = {key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]}
        # A proxy's word on where we stand is not asked for: nothing but the socket and the Host header counts.
        scope["headers"] = [pair for pair in scope["headers"] if not pair[0].startswith(b"x-forwarded-")]
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await _refuse(scope, receive, send, *refusal)
        elif scope["type"] == "websocket":
            await self.app(scope, receive, send)
        else:
            await self._pass(scope, receive, send)

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> tuple[int, str] | None:
        host, origin = headers.get("host", ""), headers.get("origin")
        if not self.access.answers_to(host):
            return 421, f"this workbench does not answer to the name '{host[:80]}'; open the address that it printed"
        changing = scope["type"] == "websocket" or scope["method"] not in SAFE
        if changing and origin is not None and not self.access.knows_origin(origin, host):
            return 403, "a page from elsewhere asked for this; open the workbench itself"
        site = headers.get("sec-fetch-site", "none")
        if site == "cross-site" and (changing or headers.get("sec-fetch-mode") != "navigate"):
            return 403, "another site asked for this; open the workbench itself"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BYTES:
            return 413, LARGE
        if self.access.token and scope["path"] not in OPEN and not self._has_access(headers):
            return 401, "give the token that the server printed: open /login, or send Authorization: Bearer TOKEN"
        return None

    def _has_access(self, headers: dict[str, str]) -> bool:
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if bearer and self.access.admits_token(bearer):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and self.access.admits_session(cookie.value)

    async def _pass(self, scope: Scope, receive: Any, send: Any) -> None:
        nonce = secrets.token_urlsafe(16)
        limit = _BodyLimit(receive)
        writer = _ResponseWriter(send, policy(nonce), nonce, limit)
        try:
            await self.app(scope, limit.receive, writer.send)
        except Exception:
            if not limit.over:
                raise
        if limit.over and not writer.start:
            await _refuse(scope, receive, send, 413, LARGE)


class _ResponseWriter:
    """An answer on its way out: headers are added, and our own scripts in a page get the page's nonce."""

    def __init__(self, send: Any, headers: dict[str, str], nonce: str, limit: _BodyLimit) -> None:
        self.forward, self.headers, self.nonce, self.limit = send, headers, nonce, limit
        self.start: Scope = {}
        self.parts: list[bytes] = []
        self.page = False

    async def send(self, message: Scope) -> None:
        if self.limit.over and not self.start:  # what an application makes of a body that was cut off
            return
        if message["type"] == "http.response.start":
            headers = {key.decode("latin-1").lower(): value for key, value in message["headers"]}
            added = [(key.encode(), value.encode()) for key, value in self.headers.items() if key not in headers]
            self.start = {**message, "headers": [*message["headers"], *added]}
            self.page = b"text/html" in headers.get("content-type", b"") and "content-encoding" not in headers
            if not self.page:
                await self.forward(self.start)
        elif not self.page or message["type"] != "http.response.body":
            await self.forward(message)
        else:
            self.parts.append(message.get("body", b""))
            if not message.get("more_body"):
                await self._page()

    async def _page(self) -> None:
        body = stamped(b"".join(self.parts), self.nonce)
        headers = [pair for pair in self.start["headers"] if pair[0].lower() != b"content-length"]
        await self.forward({**self.start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self.forward({"type": "http.response.body", "body": body})


class _BodyLimit:
    """Cuts off a body that grows beyond the bound without having said so."""

    def __init__(self, receive: Any) -> None:
        self.read_message, self.received, self.over = receive, 0, False

    async def receive(self) -> Any:
        message = await self.read_message()
        self.received += len(message.get("body", b""))
        self.over = self.received > MOST_BYTES
        return {"type": "http.disconnect"} if self.over else message


async def _refuse(scope: Scope, receive: Any, send: Any, status: int, why: str) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008, "reason": ""})
        return
    api = scope["path"].startswith(PREFIX)
    page = status == 401 and scope["method"] == "GET" and not api
    headers = [*((key.encode(), value.encode()) for key, value in policy("").items() if key != "content-type")]
    headers += [(b"location", b"/login")] if page else []
    headers += [(b"content-type", (JSON if api else TEXT).encode()), (b"connection", b"close")]
    body = json_text({"faults": [item(why)]}, indent=None) if api else f"{why}\n"
    await send({"type": "http.response.start", "status": 303 if page else status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})


def policy(nonce: str) -> dict[str, str]:
    """The headers of every answer; scripts that stand in a page must carry the nonce.

    >>> policy("abc")["content-security-policy"].split("; ")[1]
    "script-src 'self' 'nonce-abc' 'unsafe-eval'"
    """
    directives = "; ".join(f"{name} {sources.format(nonce=nonce)}" for name, sources in DIRECTIVES.items())
    return {"content-security-policy": directives, **OTHERS}


def stamped(page: bytes, nonce: str) -> bytes:
    """The page with the nonce on every script that its template opens.

    >>> stamped(b"<script>1</script>", "abc")
    b'<script nonce="abc">1</script>'
    """
    mark = b'<script nonce="' + nonce.encode() + b'"'
    for opening in OPENINGS:
        page = page.replace(opening, opening.replace(b"<script", mark))
    return page
