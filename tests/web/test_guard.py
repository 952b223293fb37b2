"""The guard at the door lets in who should come in, and nobody else."""

from __future__ import annotations

import hmac
import re
from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import pytest

from ripeness.web import access as doors
from ripeness.web.access import COOKIE, Access, access
from ripeness.web.guard import DIRECTIVES, MOST_BYTES, Guard
from ripeness.world.fault import Fault


def apart(*work):
    """Run a coroutine in a thread of its own: a browser of other tests may keep a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, *work).result()


TOKEN = "a-token-of-twenty-letters"
OPEN, CLOSED = Access(), Access("0.0.0.0", 8321, TOKEN)
PAGE = b'<html><script>1</script><script src="/elsewhere"></script></html>'


async def page(scope, receive, send):
    """A bare application: it reads the whole body, then shows a page."""
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": PAGE})


def ask(door, method="GET", path="/", host="127.0.0.1:8321", **headers):
    async def send():
        transport = httpx.ASGITransport(app=Guard(page, door))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as client:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return await client.request(method, path, headers={"host": host, **named})

    return apart(send)


def connect(door, **headers):
    """Open a live connection and say what came of it."""
    sent = []
    named = {"host": "127.0.0.1:8321", **headers}

    async def accepting(scope, receive, send):
        await send({"type": "websocket.accept"})

    async def receive():
        return {"type": "websocket.connect"}

    async def send(message):
        sent.append(message["type"])

    scope = {"type": "websocket", "path": "/", "headers": [(k.encode(), v.encode()) for k, v in named.items()]}
    apart(Guard(accepting, door), scope, receive, send)
    return sent


@pytest.mark.parametrize("host", ["127.0.0.1:8321", "localhost:8321", "[::1]:8321", "LOCALHOST:8321"])
def test_loopback_names_are_answered_without_a_token(host):
    assert ask(OPEN, host=host).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example:8321", "127.0.0.1:80", "127.0.0.1.evil.example:8321", "", "a b", "10.0.0.7:8321"]
)
def test_a_name_that_is_not_ours_is_refused_because_it_may_be_rebound(host):
    assert ask(OPEN, host=host).status_code == 421


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8321"])
def test_a_page_from_elsewhere_can_change_nothing(origin):
    assert ask(OPEN, "POST", origin=origin).status_code == 403
    assert connect(OPEN, origin=origin) == ["websocket.close"]


def test_our_own_page_can_post_and_connect():
    assert ask(OPEN, "POST", origin="http://127.0.0.1:8321").status_code == 200
    assert connect(OPEN, origin="http://127.0.0.1:8321") == ["websocket.accept"]


def test_another_site_can_link_to_us_but_not_embed_us():
    assert ask(OPEN, sec_fetch_site="cross-site", sec_fetch_mode="no-cors").status_code == 403
    assert ask(OPEN, sec_fetch_site="cross-site", sec_fetch_mode="navigate").status_code == 200


def test_without_the_token_a_page_leads_to_the_door_and_everything_else_is_refused():
    assert ask(CLOSED).headers["location"] == "/login"
    assert ask(CLOSED, path="/api/v1/cases").status_code == 401
    assert ask(CLOSED, "POST").status_code == 401
    assert ask(CLOSED, path="/login").status_code == 200
    assert connect(CLOSED) == ["websocket.close"]


def test_the_token_or_the_session_opens():
    assert ask(CLOSED, authorization=f"Bearer {TOKEN}").status_code == 200
    assert ask(CLOSED, cookie=f"{COOKIE}={CLOSED.session}").status_code == 200
    assert connect(CLOSED, cookie=f"{COOKIE}={CLOSED.session}") == ["websocket.accept"]


@pytest.mark.parametrize(
    "given", [{"authorization": "Bearer wrong"}, {"cookie": f"{COOKIE}="}, {"cookie": f"{COOKIE}={TOKEN}"}]
)
def test_a_wrong_token_or_session_does_not_open(given):
    assert ask(CLOSED, path="/api/v1/cases", **given).status_code == 401


def test_an_empty_token_never_opens():
    assert not OPEN.admits_token("")


def test_tokens_are_compared_in_constant_time(monkeypatch):
    seen = []
    monkeypatch.setattr(doors.hmac, "compare_digest", lambda a, b: bool(seen.append((a, b))) or hmac_equal(a, b))
    assert CLOSED.admits_token(TOKEN)
    assert CLOSED.admits_session(CLOSED.session)
    assert len(seen) == 2


hmac_equal = hmac.compare_digest


def test_away_from_loopback_a_token_is_made_and_a_short_one_refused():
    assert len(access("0.0.0.0", 8321).token) >= 32
    with pytest.raises(Fault, match="at least 16"):
        access("0.0.0.0", 8321, "short")


def test_what_is_too_large_is_refused_whether_it_says_so_or_not():
    assert ask(OPEN, "POST", content_length=str(MOST_BYTES + 1)).status_code == 413

    async def send():
        async def parts():
            for _ in range(MOST_BYTES // 2**20 + 2):
                yield b"x" * 2**20

        found = []
        for app in (page, breaking):
            transport = httpx.ASGITransport(app=Guard(app, OPEN))
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as client:
                found.append((await client.post("/", content=parts())).status_code)
        return found

    assert apart(send) == [413, 413]


async def breaking(scope, receive, send):
    """An application that breaks when it is cut off."""
    while (message := await receive())["type"] == "http.request" and message.get("more_body"):
        pass
    raise ConnectionError(message["type"])


def test_an_application_that_breaks_by_itself_is_not_covered_up():
    async def send():
        transport = httpx.ASGITransport(app=Guard(breaking, OPEN))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as client:
            return await client.post("/", content=b"little")

    with pytest.raises(ConnectionError):
        apart(send)


def test_scripts_of_the_template_carry_the_nonce_and_no_other_does():
    found = ask(OPEN)
    nonce = re.search(r"'nonce-([^']+)'", found.headers["content-security-policy"])[1]
    assert f'<script nonce="{nonce}">1'.encode() in found.content
    assert b'<script src="/elsewhere">' in found.content
    assert ask(OPEN).headers["content-security-policy"] != found.headers["content-security-policy"]


def test_refusals_carry_the_same_headers_as_pages():
    assert "content-security-policy" in ask(OPEN, host="evil.example").headers
    assert ask(OPEN).headers["x-content-type-options"] == "nosniff"


def test_every_directive_is_justified_in_the_docs(root):
    told = (root / "docs/how-to/workbench.md").read_text(encoding="utf-8")
    assert not [name for name in DIRECTIVES if f"`{name}`" not in told]
    for exception in ("'unsafe-eval'", "'unsafe-inline'", "data:"):
        assert exception in told
