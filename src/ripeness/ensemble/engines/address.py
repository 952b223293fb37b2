"""Address: whether a Dask scheduler answers at an address, asked before a client waits for it."""

from __future__ import annotations

import socket
from struct import unpack
from urllib.parse import urlsplit

from ripeness.world.fault import Fault

ANSWER_TIME = 10.0  # seconds in which a scheduler must answer
PLAIN, ENCRYPTED = "tcp", "tls"
GREETING = 8  # bytes with which a Dask server says how many parts its greeting has, or how long it is
LONGEST_GREETING = 1 << 20
EXAMPLE = "an address looks like tcp://10.0.0.1:8786"


def require_scheduler(address: str) -> None:
    """See that something at an address speaks as Dask does: a client would wait long, or take a web page for numbers.

    Raises: Fault for what is no address, or where nothing or something else answers.
    """
    scheme, host, port = _parts(address)
    try:
        with socket.create_connection((host, port), timeout=ANSWER_TIME) as connection:
            greeting = _greeting(connection) if scheme == PLAIN else b""
    except (OSError, UnicodeError) as error:
        reason = "it does not answer" if isinstance(error, TimeoutError) else getattr(error, "strerror", None) or error
        raise Fault(
            f"no Dask scheduler can be reached at {_shown(address)} within {ANSWER_TIME:g} s: {reason}"
        ) from None
    if scheme == PLAIN and (len(greeting) < GREETING or unpack("<Q", greeting)[0] > LONGEST_GREETING):
        raise Fault(f"what answers at {_shown(address)} is no Dask scheduler")


def _parts(address: str) -> tuple[str, str, int]:
    """Scheme, host and port.

    Raises: Fault for what is no address.

    >>> _parts("10.0.0.1:8786")
    ('tcp', '10.0.0.1', 8786)
    """
    fault = Fault(f"{_shown(address)} is no address of a Dask scheduler; {EXAMPLE}")
    try:
        parts = urlsplit(address if "://" in address else f"{PLAIN}://{address}")
        host, port = parts.hostname, parts.port
    except ValueError:
        raise fault from None
    if parts.scheme not in (PLAIN, ENCRYPTED) or not host or not port:
        raise fault
    return parts.scheme, host, port


def _greeting(connection: socket.socket) -> bytes:
    """The first bytes that a server sends of itself."""
    greeting = b""
    while len(greeting) < GREETING and (part := connection.recv(GREETING - len(greeting))):
        greeting += part
    return greeting


def _shown(address: str) -> str:
    return f"'{address[:120]}'"
