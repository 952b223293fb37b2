"""Who may speak with the workbench: which names it answers to, from which pages, with which token."""

from __future__ import annotations

import hmac
import re
import secrets
import socket
from dataclasses import dataclass, field
from ipaddress import ip_address

from ripeness.world.fault import Fault

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LEAST_TOKEN = 16  # characters: a shorter one can be guessed over a network
SESSION_BYTES = 32
COOKIE = "ripeness_session"
HOST = re.compile(r"(?P<name>\[[0-9a-fA-F:.%]+\]|[^:\[\]]+)(?::(?P<port>\d{1,5}))?\Z")


@dataclass(frozen=True, slots=True)
class Access:
    """What is asked of a caller: on loopback nothing but the right names, elsewhere a token, too."""

    host: str = "127.0.0.1"
    port: int = 8321
    token: str = ""
    session: str = field(default_factory=lambda: secrets.token_urlsafe(SESSION_BYTES), repr=False)

    def answers_to(self, host: str) -> bool:
        """Whether a Host header is one of ours. A foreign name that resolves to us is a page that rebound its own.

        >>> Access().answers_to("127.0.0.1:8321"), Access().answers_to("evil.example:8321")
        (True, False)
        """
        match = HOST.match(host.strip().lower())
        if match is None or int(match["port"] or 80) != self.port:
            return False
        name = match["name"].strip("[]")
        return name in LOOPBACK or (bool(self.token) and (name in self._names() or _is_address(name)))

    def knows_origin(self, origin: str, host: str) -> bool:
        """Whether a page of ours sent the request: its origin is the very host that was asked.

        >>> Access().knows_origin("http://127.0.0.1:8321", "127.0.0.1:8321")
        True
        """
        return origin.lower() in {f"http://{host.lower()}", f"https://{host.lower()}"}

    def admits_token(self, token: str) -> bool:
        """Whether the token is right, compared in constant time."""
        return bool(self.token) and hmac.compare_digest(token.encode(), self.token.encode())

    def admits_session(self, cookie: str) -> bool:
        """Whether a cookie is that of a caller who gave the token, compared in constant time."""
        return hmac.compare_digest(cookie.encode(), self.session.encode())

    def _names(self) -> set[str]:
        return {self.host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}


def access(host: str, port: int, token: str = "") -> Access:
    """Decide what is asked of callers; away from loopback a token is needed, and made where none is given.

    Raises: Fault for a port that cannot be, or a token that could be guessed.

    >>> access("127.0.0.1", 8321).token
    ''
    """
    if not 1 <= port <= 65_535:
        raise Fault(f"--port is {port}; a port is 1 to 65535")
    if token and len(token) < LEAST_TOKEN:
        raise Fault(
            f"--token has {len(token)} characters; give at least {LEAST_TOKEN}, or leave it out to have one made"
        )
    if host in LOOPBACK:
        return Access(host, port, token)
    return Access(host, port, token or secrets.token_urlsafe(SESSION_BYTES))


def _is_address(name: str) -> bool:
    """A number instead of a name: nobody can rebind it."""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
