"""A YAML file read safely: plain values, and for each the file, line and column where it stands.

The syntax is read by libyaml, event by event; what a plain scalar means follows the core schema of YAML 1.2, so that
`on` and `no` are words. Anchors, aliases and tags are refused: a few lines of them can stand for gigabytes, and no
scenario needs one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeGuard

import yaml

from ripeness.scenario.decimal_comma import comma_hint, is_split
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault, Place

MOST_BYTES = 5 * 2**20  # a scenario has some hundred kilobytes; a larger file is a mistake or an attack
MOST_VALUES = 80_000  # 3,000 lines that each hold an observation in full are about 75,000
MOST_DEPTH = 30  # a scenario nests about ten deep
MOST_DIGITS = 18  # longer whole numbers are read as floating point
WHOLE = re.compile(r"[-+]?[0-9]+\Z")
DECIMAL = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
SPECIAL = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
# What a terminal or a page would obey rather than show: control characters, and marks that turn the way of reading
# round.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
WORDS: dict[str, bool | None] = (
    {"": None, "~": None, "null": None, "Null": None, "NULL": None}
    | dict.fromkeys(("true", "True", "TRUE"), True)
    | dict.fromkeys(("false", "False", "FALSE"), False)
)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml where it is built in; the same events without it


def read_tree(path: Path | str) -> Node:
    """Read one YAML file whose top is a mapping.

    Raises: Fault where the file is missing, too large, empty, not text, not YAML, or not a mapping.
    """
    return tree_of(text_of(Path(path)), str(path))


def text_of(path: Path) -> str:
    """The file as text, if it is text of a sensible size.

    Raises: Fault with the place of the first byte that is not text.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Fault(f"the file cannot be read: {error.strerror or error}", Place(str(path))) from None
    except ValueError as error:  # a zero byte inside the name
        raise Fault(f"the file cannot be read: {error}", Place("?")) from None
    if len(raw) > MOST_BYTES:
        message = f"the file is larger than {MOST_BYTES // 2**20} MB; a scenario has some hundred kilobytes"
        raise Fault(message, Place(str(path)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        text_before = raw[: error.start].decode("utf-8", "replace")
        raise Fault("this is not text in UTF-8; save the file as UTF-8", _end_of(text_before, str(path))) from None
    if "\0" in text:
        message = "a zero byte: this is a binary file, or text that was saved as UTF-16; save it as UTF-8"
        raise Fault(message, _end_of(text[: text.index("\0")], str(path)))
    return text


def tree_of(text: str, file: str) -> Node:
    """Read YAML text whose top is a mapping; `file` is the name shown in faults.

    >>> tree = tree_of("stake:" + chr(10) + "  held: 0.2", "war.yaml")
    >>> tree.plain(), str(tree.at(["stake", "held"]).place)
    ({'stake': {'held': 0.2}}, 'war.yaml:2:9')
    """
    top = node_of(text, file)
    if top is None or top.content is None:
        raise Fault("the file is empty; `ripeness new FILE` writes one to start from", Place(file))
    if not isinstance(top.content, dict):
        raise Fault("the top of the file must be keys and values, such as 'title: ...'", top.place)
    return top


def value_of(text: str, file: str) -> Any:
    """A YAML value of any kind, within the same bounds as a file: what stands behind a flag, or in a record.

    Raises: Fault for what is not YAML, for anchors, aliases and tags, and for more than a scenario can hold.

    >>> value_of("{value: 2, range: 1 to 3}", "--set"), value_of(".4 to .6", "--set")
    ({'value': 2, 'range': '1 to 3'}, '.4 to .6')
    """
    top = node_of(text, file)
    return None if top is None else top.plain()


def node_of(text: str, file: str) -> Node | None:
    """YAML text whose top may be of any kind; None where it holds nothing.

    Raises: Fault as `tree_of` does.
    """
    return _document(_events(text, file), file)


def _document(events: Iterator[yaml.Event], file: str) -> Node | None:
    top = None
    for event in events:
        if isinstance(event, yaml.DocumentStartEvent) and top is not None:
            raise Fault("a second document starts here; a file holds one", _spot(event, file))
        if isinstance(event, yaml.NodeEvent):
            top = _node(event, events, file)
    return top


def _events(text: str, file: str) -> Iterator[yaml.Event]:
    """The parser's events, with what must not be refused at its place, and the size kept in bounds."""
    depth = values = 0
    try:
        for event in yaml.parse(text, Loader=LOADER):
            if isinstance(event, yaml.NodeEvent):
                values += 1
                if event.anchor is not None:
                    raise Fault("anchors and aliases (& and *) are not read; write the values out", _spot(event, file))
                if getattr(event, "tag", None) is not None:
                    raise Fault(
                        f"tags such as '{event.tag[:40]}' are not read; write a plain value", _spot(event, file)
                    )
                if isinstance(event, yaml.ScalarEvent) and UNSEEN.search(event.value):
                    raise Fault("a control character inside a text; remove it", _spot(event, file))
                if values > MOST_VALUES:
                    raise Fault(f"more than {MOST_VALUES} values; a scenario has some thousand", _spot(event, file))
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MOST_DEPTH:
                raise Fault(f"nested more than {MOST_DEPTH} deep; no scenario is", _spot(event, file))
            yield event
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        raise Fault(f"this is not YAML: {_why(error)}", place) from None
    except yaml.YAMLError as error:
        at = getattr(error, "position", 0)
        place = _end_of(text[:at] if isinstance(at, int) else "", file)
        raise Fault("a character that cannot stand in YAML; remove it", place) from None


def _why(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or error.context or "it cannot be read"
    hints = {
        "mapping values are not allowed": "; a text that holds ': ' needs quotes",
        "cannot start any token": "; indent with spaces, and quote texts that begin with a sign",
        "did not find expected key": "; look at the indentation here and at quotes left open above",
        "did not find expected ',' or": "; a bracket or brace above is left open",
        "could not find expected ':'": "; a key is followed by a colon and a space",
    }
    return problem + next((hint for part, hint in hints.items() if part in problem), "")


def _node(event: yaml.Event, events: Iterator[yaml.Event], file: str) -> Node:
    place = _spot(event, file)
    if isinstance(event, yaml.ScalarEvent):
        return Node(_scalar(event), place, place, event.value)
    if isinstance(event, yaml.SequenceStartEvent):
        items = []
        for inner in events:
            if isinstance(inner, yaml.SequenceEndEvent):
                break
            items.append(_node(inner, events, file))
        return Node(items, place, place)
    return Node(_entries(events, file, in_braces=bool(event.flow_style)), place, place)


def _entries(events: Iterator[yaml.Event], file: str, *, in_braces: bool) -> dict[str, Node]:
    entries: dict[str, Node] = {}
    previous = ""  # the value of the entry before, where it is a scalar
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            break
        where = _spot(event, file)
        if not isinstance(event, yaml.ScalarEvent):
            raise Fault("a key must be a word, not a list or a mapping", where)
        child = _node(next(events), events, file)
        if in_braces and child.content is None and not child.text and is_split(previous, event.value):
            raise _cut_in_two(previous, event, events, where)
        if event.value in entries:
            first = entries[event.value].key
            raise Fault(
                f"the key '{event.value[:60]}' stands here a second time; the first is in line {first.line}", where
            )
        entries[event.value] = replace(child, key=where)
        previous = child.text
    return entries


def _cut_in_two(previous: str, event: yaml.ScalarEvent, events: Iterator[yaml.Event], where: Place) -> Fault:
    """A number with a decimal comma inside braces, of which the comma made a key without a value."""
    text = f"{previous},{event.value}"
    key, value = next(events), next(events, None)
    while _is_text(key) and _is_text(value) and not value.value and is_split(text.rpartition(",")[2], key.value):
        text = f"{text},{key.value}"
        key, value = next(events), next(events, None)
    hint = comma_hint(text) or f"; write {text.replace(',', '.')} with a decimal point"
    return Fault(f"'{event.value}' is not a key: inside braces a comma ends the number before it{hint}", where)


def _is_text(event: yaml.Event | None) -> TypeGuard[yaml.ScalarEvent]:
    return isinstance(event, yaml.ScalarEvent)


def _scalar(event: yaml.ScalarEvent) -> str | float | bool | None:
    """What a scalar means: quoted ones are text, plain ones follow the core schema of YAML 1.2."""
    text: str = event.value
    if event.style is not None and event.style != "":
        return text
    if text in WORDS:
        return WORDS[text]
    if WHOLE.match(text):
        return int(text) if len(text) <= MOST_DIGITS else float(text)
    if DECIMAL.match(text):
        return float(text)
    return float(text.replace(".", "", 1)) if SPECIAL.match(text) else text


def _spot(event: yaml.Event, file: str) -> Place:
    return Place(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _end_of(text: str, file: str) -> Place:
    return Place(file, text.count("\n") + 1, len(text) - (text.rfind("\n") + 1) + 1)
