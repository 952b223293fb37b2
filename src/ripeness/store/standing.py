"""Standing orders on disk: a folder for each, with the question and one folder for each time that it was asked.

Nothing is ever changed: an answer is a further folder, named by the moment at which it was asked, and written whole or
not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ripeness.store.atomic_write import make_folder, write_folder
from ripeness.store.home import home
from ripeness.store.json_text import json_text
from ripeness.store.untrusted_json import decode_json_text, parse_json, read_bytes
from ripeness.world.fault import Fault, Place
from ripeness.world.wording import did_you_mean

FOLDER, ORDER, ANSWER, ASKED = "standing", "order.json", "answer.json", "asked.json"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")
MOMENT = "%Y%m%dT%H%M%S.%fZ"
LARGEST = 32 * 1024**2  # bytes of one answer
FORM = 1  # of the files; a program that does not know a form says so


@dataclass(frozen=True, slots=True)
class StandingOrder:
    """A question kept by name: its verb and the arguments that differ from their defaults, as JSON knows them."""

    name: str
    verb: str
    arguments: Mapping[str, Any]
    kept: datetime


@dataclass(frozen=True, slots=True)
class StandingAnswer:
    """What a standing order was answered at a moment; `plain` is the answer as plain values, `folder` holds it."""

    order: str
    moment: datetime
    plain: Mapping[str, Any]
    folder: Path


def standing_folder(folder: str | Path | None = None) -> Path:
    """Where standing orders lie: the folder that is named, or the user's own.

    >>> standing_folder("here").name
    'here'
    """
    return Path(folder).expanduser() if folder else home() / FOLDER


def write_order(order: StandingOrder, place: Path) -> Path:
    """Keep a standing order.

    Raises: Fault for a name that cannot be, one that is taken, or a place that cannot be written to.
    """
    if not NAME.fullmatch(order.name):
        raise Fault(f"{order.name!r:.90} is no name; write letters, digits, points, lines and underlines, at most 80")
    folder = place / order.name
    if folder.exists():
        raise Fault(f"there is a standing order {order.name!r} already; take another name")
    make_folder(place)
    values = {"form": FORM, "verb": order.verb, "arguments": dict(order.arguments), "kept": order.kept.isoformat()}
    write_folder(folder, {ORDER: json_text(values) + "\n"})
    return folder


def read_order(name: str, place: Path) -> StandingOrder:
    """Read a standing order.

    Raises: Fault where there is none of that name, or its file is damaged.
    """
    names = order_names(place)
    if name not in names:
        otherwise = "`ripeness standing list` says which there are" if names else "`ripeness standing keep` keeps one"
        raise Fault(f"there is no standing order {name!r:.90}; {did_you_mean(name, names, otherwise)}")
    path = place / name / ORDER
    values = _read(path)
    arguments, verb = values.get("arguments"), values.get("verb")
    if not isinstance(arguments, dict) or not isinstance(verb, str):
        raise Fault("this is no standing order: it has no verb or no arguments", Place(str(path)))
    return StandingOrder(name, verb, arguments, _moment(values.get("kept"), path))


def order_names(place: Path) -> tuple[str, ...]:
    """The names of all standing orders.

    Raises: Fault where the folder cannot be read.

    >>> order_names(Path("nowhere-at-all"))
    ()
    """
    try:
        return tuple(sorted(entry.name for entry in os.scandir(place) if (Path(entry) / ORDER).is_file()))
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise Fault(f"standing orders cannot be read: {error.strerror or error}", Place(str(place))) from None


def write_answer(order: str, moment: datetime, plain: Mapping[str, Any], place: Path) -> StandingAnswer:
    """Append an answer to a standing order, whole or not at all.

    Raises: Fault where it cannot be written, or one of the same moment stands there.
    """
    folder = place / order / moment.astimezone(UTC).strftime(MOMENT)
    contents = {
        ASKED: json_text({"form": FORM, "asked": moment.astimezone(UTC).isoformat()}) + "\n",
        ANSWER: json_text(dict(plain)) + "\n",
    }
    write_folder(folder, contents)
    return StandingAnswer(order, moment, plain, folder)


def read_answers(order: str, place: Path) -> tuple[StandingAnswer, ...]:
    """All answers of a standing order in the order in which it was asked; what is half written is none.

    Raises: Fault for a damaged file, with its place.
    """
    folders = [entry for entry in (place / order).iterdir() if (entry / ANSWER).is_file() and (entry / ASKED).is_file()]
    answers = [
        StandingAnswer(
            order, _moment(_read(folder / ASKED).get("asked"), folder / ASKED), _read(folder / ANSWER), folder
        )
        for folder in folders
    ]
    return tuple(sorted(answers, key=lambda answer: answer.moment))


def _read(path: Path) -> dict[str, Any]:
    place = Place(str(path))
    values = parse_json(decode_json_text(read_bytes(path, largest=LARGEST), path), place)
    if not isinstance(values, dict) or values.get("form", FORM) != FORM:
        raise Fault("this is no file of a standing order that this version knows", place)
    return values


def _moment(text: Any, path: Path) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise Fault(f"{text!r:.60} is no moment", Place(str(path))) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
