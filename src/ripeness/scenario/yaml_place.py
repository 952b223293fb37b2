"""Read a YAML file safely and remember where everything stands, so that every fault can be pointed at."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.tokens import AliasToken, AnchorToken

from ripeness.world.fault import Fault, Place

Form = TypeVar("Form", bound=BaseModel)
MOST_BYTES = 5 * 2**20  # bytes; a scenario is some kilobytes, so a larger file is a mistake or an attack
MOST_LISTED = 20  # faults shown for one file; after that a reader repairs and runs again


def load(path: Path) -> CommentedMap:
    """Load one YAML mapping, with the line and column of every key and item kept.

    Raises: Fault where the file is missing, too large, not text, not YAML, holds a key twice, or uses aliases.
    """
    text = text_of(path)
    yaml = YAML(typ="rt", pure=True)
    try:
        refuse_aliases(yaml, text, path)
        loaded = yaml.load(text)
    except DuplicateKeyError as error:
        raise Fault("this key stands twice in the same place; keep one", mark_of(error, path)) from error
    except MarkedYAMLError as error:
        raise Fault(f"not valid YAML: {error.problem or error.context}", mark_of(error, path)) from error
    except (YAMLError, ValueError, RecursionError) as error:
        raise Fault(f"not valid YAML: {error}", Place(str(path))) from error
    if not isinstance(loaded, CommentedMap):
        raise Fault("expected keys and values at the top of the file", Place(str(path)))
    return loaded


def text_of(path: Path) -> str:
    """The file as text, if it is of a sensible size."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Fault(f"larger than {MOST_BYTES // 2**20} MB; nothing of that size is read", Place(str(path)))
        raw = path.read_bytes()
    except OSError as error:
        raise Fault(f"cannot be read: {error.strerror}", Place(str(path))) from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Fault("not a text file in UTF-8", Place(str(path))) from error
    if "\0" in text:
        raise Fault("not a text file: it holds zero bytes", Place(str(path)))
    return text


def refuse_aliases(yaml: YAML, text: str, path: Path) -> None:
    """Refuse anchors and aliases: a few lines of them can stand for gigabytes, and no file here needs one."""
    for token in yaml.scan(text):
        if isinstance(token, AliasToken | AnchorToken):
            where = Place(str(path), token.start_mark.line + 1, token.start_mark.column + 1)
            raise Fault("anchors and aliases (& and *) are not allowed; write the values out", where)


def mark_of(error: MarkedYAMLError, path: Path) -> Place:
    """Where a YAML error stands."""
    mark = error.problem_mark or error.context_mark
    return Place(str(path), mark.line + 1, mark.column + 1) if mark else Place(str(path))


def place_of(loaded: object, location: Sequence[int | str], path: Path) -> Place:
    """The line and column of a value named by keys and indices; of its parent where it is missing.

    >>> from ruamel.yaml import YAML
    >>> text = "actors:" + chr(10) + "  - name: court" + chr(10)
    >>> print(place_of(YAML().load(text), ("actors", 0, "name"), Path("war.yaml")))
    war.yaml:2:5
    """
    line, column = 0, 0
    for step in location:
        try:
            if isinstance(loaded, CommentedMap):
                line, column = loaded.lc.key(step)
            elif isinstance(loaded, CommentedSeq):
                line, column = loaded.lc.item(step)
            loaded = loaded[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            # A missing key, or a step that pydantic adds for a union: the last place found is the best one.
            continue
    return Place(str(path), line + 1, column + 1)


def faults_of(error: ValidationError, loaded: CommentedMap, path: Path, form: type[BaseModel]) -> Fault:
    """Turn what pydantic says of a file into Faults, each at its line and column.

    Assumes the error came from validating this mapping against this form.
    """
    found = [
        Fault(in_words(dict(one), form), place_of(loaded, one["loc"], path))
        for one in error.errors(include_url=False)[:MOST_LISTED]
    ]
    return Fault(found[0].message, found[0].place, tuple(found[1:]))


def in_words(error: dict[str, Any], form: type[BaseModel]) -> str:
    """One pydantic error in the words of the file, with the nearest right key where one was mistyped."""
    key = error["loc"][-1] if error["loc"] else "the file"
    if error["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(key), sorted(keys_of(form)), n=1)
        return f"'{key}' is not a key here" + (f"; did you mean '{near[0]}'?" if near else "")
    if error["type"] == "missing":
        return f"'{key}' is missing"
    message = str(error["msg"]).removeprefix("Value error, ")
    return f"'{key}': {message[:1].lower()}{message[1:]}"


def keys_of(form: type[BaseModel]) -> set[str]:
    """Every key that a form or the forms inside it know."""
    known: set[str] = set()
    waiting: list[object] = [form]
    seen: set[object] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, type) and issubclass(one, BaseModel):
            known |= {field.alias or name for name, field in one.model_fields.items()}
            waiting += [field.annotation for field in one.model_fields.values()]
        else:
            waiting += getattr(one, "__args__", ())
    return known


def read_form(path: Path, form: type[Form]) -> tuple[Form, CommentedMap]:
    """Read a file of a given form: the checked value, and the mapping that remembers where things stand.

    Raises: Fault with file, line and column where the file is not of the form.
    """
    loaded = load(path)
    try:
        return form.model_validate(loaded), loaded
    except ValidationError as error:
        raise faults_of(error, loaded, path, form) from error
