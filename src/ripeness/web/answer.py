"""Answer: what a verb said, ready to be shown again: a sentence, tables, pictures, and the lines that repeat it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from ripeness.store.atomic_write import write_folder
from ripeness.store.json_text import json_text, plain_value
from ripeness.web.question import QuestionRecord
from ripeness.world.fault import Fault
from ripeness.world.version import __version__

PAGE, PLAIN = "page.json", "answer.json"
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,120}\Z")


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart by its definitions, for light and for dark surroundings.

    `narrow` has the same for a phone, where a chart is drawn otherwise there and not only narrower.
    """

    light: Mapping[str, Any]
    dark: Mapping[str, Any]
    narrow: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a verb said about a subject, and to which question.

    `facts` are the few plain values that cards and comparisons need.
    """

    id: str
    verb: str
    case: str
    coding: str
    title: str
    sentence: str
    command: str
    python: str
    blocks: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    plain: Mapping[str, Any] = field(default_factory=dict)
    question: QuestionRecord = field(default_factory=QuestionRecord)


def name_of(verb: str, key: Mapping[str, Any]) -> str:
    """The id of an answer: the same question to the same program has the same one.

    >>> name_of("run", {"case": "japan-1945"}).startswith("run-japan-1945-")
    True
    """
    text = json_text(
        plain_value({**key, "verb": verb, "version": __version__}), indent=None, sort_keys=True, ascii_only=True
    )
    case = re.sub(r"[^a-z0-9]+", "-", str(key.get("case", "")).lower()).strip("-")
    return f"{verb}-{case[:60]}-{sha256(text.encode()).hexdigest()[:12]}"


def keep_answer(answer: KeptAnswer, folder: Path) -> KeptAnswer:
    """Write an answer to its own folder, whole or not at all; one that is there already stays."""
    place = folder / answer.id
    page = {key: value for key, value in asdict(answer).items() if key != "plain"}
    write_once(
        place,
        PAGE,
        lambda: write_folder(
            place,
            {
                PAGE: json_text(plain_value(page), indent=None),
                PLAIN: json_text(plain_value(answer.plain)) + "\n",
            },
        ),
    )
    return answer


def write_once(folder: Path, name: str, write: Callable[[], object]) -> None:
    """Write a folder that holds a file of that name, unless it stands there already or another process is quicker.

    Raises: Fault where it cannot be written.
    """
    if not (folder / name).is_file():
        try:
            write()
        except Fault:
            if not (folder / name).is_file():  # else another process has just written the same
                raise


def find_answer(folder: Path, name: str) -> KeptAnswer:
    """A kept answer by its id.

    Raises: Fault where there is none.
    """
    place = folder / name
    if not ID.match(name) or not (place / PAGE).is_file():
        raise Fault(f"there is no answer '{name[:80]}'; it may have been made by another version")
    return _read(place, (place / PAGE).stat().st_mtime_ns)


def plain_text(folder: Path, name: str) -> str:
    """The JSON of a kept answer, as the command line would print it."""
    find_answer(folder, name)
    return (folder / name / PLAIN).read_text(encoding="utf-8")


def kept_answers(folder: Path, verb: str = "", case: str = "", coding: str | None = None) -> list[KeptAnswer]:
    """Kept answers, the newest first."""
    places = sorted(folder.glob(f"{verb}*/{PAGE}"), key=lambda path: path.stat().st_mtime_ns, reverse=True)
    candidates = (
        _read(path.parent, path.stat().st_mtime_ns) for path in places if not path.parent.name.startswith(".")
    )
    return [
        answer
        for answer in candidates
        if verb in {"", answer.verb} and case in {"", answer.case} and (coding is None or answer.coding == coding)
    ]


@lru_cache(maxsize=256)
def _read(place: Path, modified_ns: int) -> KeptAnswer:  # noqa: ARG001  (a folder written anew is read anew)
    page = json.loads((place / PAGE).read_text(encoding="utf-8"))
    pictures = {
        name: Picture(looks["light"], looks["dark"], looks.get("narrow", {}))
        for name, looks in page.pop("pictures").items()
    }
    question_fields = page.pop("question", {})  # one that was kept before answers carried their question has none
    question = QuestionRecord(**{**question_fields, "more": tuple(question_fields.get("more", ()))})
    return KeptAnswer(**{**page, "blocks": tuple(page["blocks"])}, pictures=pictures, question=question)
