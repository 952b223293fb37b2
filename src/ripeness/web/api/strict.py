"""Bodies read strictly: what a request carries can be sent back as JSON, or it is refused before anything sees it."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from math import isfinite
from typing import Any, NoReturn

from anyio.to_thread import run_sync
from fastapi import Request, Response
from fastapi.routing import APIRoute

from ripeness.store.untrusted_json import holds_lone_surrogate
from ripeness.web.refusals import Refusal
from ripeness.world.fault import Fault, Place

WHOLE = 2**53  # below it a number with a point can be a whole one
BODY = "body"  # the file that a place in a request's body is in


def read_json(raw: bytes) -> Any:
    """The value of a JSON text as RFC 8259 has it: UTF-8, finite numbers, no key twice, no half of a surrogate pair.

    Raises: Fault that names the place, where there is one.

    >>> read_json(b'{"draws": 64}')
    {'draws': 64}
    """
    try:
        text = raw.decode("utf-8-sig")
        value = json.loads(text, parse_constant=_constant, parse_float=_finite, object_pairs_hook=_unique)
    except UnicodeDecodeError as error:
        raise Fault(f"the body is not UTF-8: byte {error.start + 1} begins no character") from None
    except RecursionError:
        raise Fault("the body is nested too deeply; a request holds values, lists and one object in another") from None
    except json.JSONDecodeError as error:
        raise Fault(f"the body is not JSON: {error.msg}", Place(BODY, error.lineno, error.colno)) from None
    except Fault:
        raise
    except ValueError:  # the interpreter's own bound on the digits of a whole number
        raise Fault("the body holds a whole number of more than 4,300 digits") from None
    if "\\u" in text and holds_lone_surrogate(value):  # only an escape can write half of a pair
        raise Fault("the body holds half of a surrogate pair, as in \\ud800; write the character itself")
    return value


def _constant(name: str) -> NoReturn:
    raise Fault(f"{name} is no number in JSON; leave the key out where a value is not known")


def _finite(digits: str) -> float:
    number = float(digits)
    if not isfinite(number):
        raise Fault(f"{digits[:40]} is too large for a number")
    return int(number) if number.is_integer() and abs(number) < WHOLE else number  # JSON knows one kind of number


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in value if keys.count(key) > 1)
        raise Fault(f"the key '{twice[:80]}' stands twice in one object")
    return value


class StrictRequest(Request):
    """A request whose JSON is read strictly, beside the loop that serves everybody."""

    async def json(self) -> Any:
        """The body as a value.

        Raises: Refusal where it is no JSON that could be sent back.
        """
        try:
            return await run_sync(read_json, await self.body())
        except Fault as fault:
            raise Refusal(422, fault) from None


class StrictRoute(APIRoute):
    """A route whose body is read strictly."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The framework's handler, given a strict request."""
        handler = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handler(StrictRequest(request.scope, request.receive))

        return strict
