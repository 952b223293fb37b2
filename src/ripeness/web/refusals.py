"""What is wrong, told to programs: one form, `{"faults": [...]}`, whatever the reason and whoever found it."""

from __future__ import annotations

import secrets
import sys
import traceback
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fastapi import HTTPException
from pydantic import BaseModel, Field

from ripeness.world.fault import Fault

MOST_FAULTS = 50  # told of one request; who mends these sees the rest
MOST_LETTERS = 2_000  # of one message
MOST_VALUE = 4_000  # letters of what a number is set to, written as in a scenario file
KINDS = {"int", "float", "constrained-str"}  # what the framework adds to a place where several kinds of value may stand
PREFIX = "/api/"
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "CONNECT"]


class FaultItem(BaseModel):
    """One thing that is wrong, and where."""

    message: str
    line: int | None = Field(default=None, description="in a text that was sent")
    column: int | None = None
    field: str | None = Field(default=None, description="the part of the request, such as body.draws")


class FaultForm(BaseModel):
    """What is wrong: at least one fault."""

    faults: list[FaultItem] = Field(min_length=1)


ANSWERS = {
    401: "The server asks for a token, and none or a wrong one was given",
    403: "A page from elsewhere asked for this",
    404: "There is no such thing",
    405: "This address is not asked in this way; the header Allow says how",
    409: "Well formed, but its values do not go together, or do not fit what the ledger holds",
    413: "The body is too large",
    421: "The server does not answer to this name",
    422: "The request is not as described here",
    429: "Too much is waiting already",
    500: "An error of the program itself; the number that is given stands in the server's log",
}
EVERYWHERE = (401, 403, 404, 405, 413, 421, 422, 500)


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The answers of a route where something is wrong, for its description;
    `more` are those that not all routes have.
    """
    return {status: {"model": FaultForm, "description": ANSWERS[status]} for status in sorted({*EVERYWHERE, *statuses})}


class Refusal(HTTPException):
    """A request that is answered with a status and its faults."""

    def __init__(self, status: int, fault: Fault, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(status, fault.message, dict(headers or {}))
        self.fault = fault


def plain_faults(fault: Fault) -> list[dict[str, Any]]:
    """A fault and those beside it, as values.

    >>> plain_faults(Fault("no such thing"))
    [{'message': 'no such thing', 'line': None, 'column': None, 'field': None}]
    """
    return [
        item(
            problem.message,
            problem.place.line if problem.place else None,
            problem.place.column if problem.place else None,
        )
        for problem in (fault, *fault.others)[:MOST_FAULTS]
    ]


def item(message: str, line: int | None = None, column: int | None = None, field: str | None = None) -> dict[str, Any]:
    """One fault as a value that can be sent, whatever stands in it."""
    return {"message": sendable(message[:MOST_LETTERS]), "line": line, "column": column, "field": field}


def sendable(text: str) -> str:
    """A text that can be sent: half of a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode("utf-8")


def request_faults(errors: Iterable[Mapping[str, Any]], content_type: str) -> list[dict[str, Any]]:
    """What the framework finds wrong with a request, in our form and without what was sent.

    >>> errors = [{"type": "missing", "loc": ("body", "case"), "msg": "Field required"}]
    >>> request_faults(errors, "application/json")[0]["field"]
    'body.case'
    """
    items = [_request_fault(error, content_type) for error in errors]
    return list({(fault["field"], fault["message"]): fault for fault in items}.values())[:MOST_FAULTS]


def _request_fault(error: Mapping[str, Any], content_type: str) -> dict[str, Any]:
    path: Sequence[Any] = [step for step in error["loc"] if step not in KINDS]
    field = sendable(".".join(str(step)[:80] for step in path[:6]))
    kind, last = error["type"], str(path[-1])[:80]
    if isinstance(path[-1], int) and len(path) > 1:  # one of several values, counted as people count
        last = f"{str(path[-2])[:80]}, value {path[-1] + 1}"
    if path == ["body"] and kind == "missing":
        return item("the body is empty; send a JSON object", field=field)
    if path == ["body"] and not _is_json(content_type):
        return item("the body is not said to be JSON; send the header Content-Type: application/json", field=field)
    if path == ["body"]:
        return item('the body is no JSON object; send one, as in {"case": "japan-1945"}', field=field)
    if len(path) < len(error["loc"]):
        return item(f"'{last}': a number or a text of at most {MOST_VALUE:,} letters is wanted here", field=field)
    if kind == "missing":
        return item(f"'{last}' is missing", field=field)
    if kind == "extra_forbidden":
        return item(f"'{last}' is no key of this request", field=field)
    return item(f"'{last}': {str(error['msg']).removeprefix('Value error, ')}", field=field)


def _is_json(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip().lower()
    return kind.startswith("application/") and (kind.endswith(("/json", "+json")))


def log_internal_error(error: BaseException, place: str) -> Fault:
    """Write an error of the program to standard error under a number; what whoever asked is told."""
    number = secrets.token_hex(4)
    trace = "".join(traceback.format_exception(error, chain=False))
    print(f"internal error {number} at {place[:200]!a}\n{trace}", file=sys.stderr, flush=True)  # noqa: T201
    return Fault(f"an error of the program itself, number {number}; the server's log tells more")
