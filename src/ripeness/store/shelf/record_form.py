"""Form: what the JSON of a kept run must say for others to read it, so that a reader can trust every type.

A kept run may come from anybody: its manifest proves that it is as it was packed, not that it makes sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from ripeness.store.untrusted_json import decode_json_text, parse_json
from ripeness.world.fault import Fault, Place

MOST_DRAWS = 10**9
MOST_TEXT = 32 * 1024**2  # bytes of a file that is no array: a hundred times what the largest case has
LONGEST_CHANGE = 10_000  # letters of one changed number
DEEPEST = 40  # lists and objects within one another; what is written here has at most 6
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"
)  # what moves a terminal's cursor, and halves of letters

Finite = Annotated[float, Field(allow_inf_nan=False)]
Month = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Chance = Annotated[float, Field(ge=0, le=1)]


class RecordPart(BaseModel):
    """Keys that are not named here may be there and are not read."""

    model_config = ConfigDict(strict=True, extra="ignore")


class RunRecord(RecordPart):
    """What was asked, and with what it was made."""

    case: str
    coding: str
    reading: str
    version: str
    draws: Annotated[int, Field(ge=1, le=MOST_DRAWS)]
    seed: int
    per_point: Annotated[int, Field(ge=1, le=MOST_DRAWS)] | None = None
    horizon: Month | None = None
    set: dict[str, Annotated[str, Field(max_length=LONGEST_CHANGE)]] = {}
    given: dict[str, Any] | None = None
    packages: dict[str, str] = {}


class OutcomeRecord(RecordPart):
    """The probability of one way to end by a month."""

    outcome: str
    polity: str | None
    month: Month
    p: Chance
    mc_low: Chance
    mc_high: Chance


class SpanRecord(RecordPart):
    """A median with 90 % of the runs; what lies beyond the horizon is null."""

    low: Finite | None = None
    median: Finite | None = None
    high: Finite | None = None


class TermsRecord(RecordPart):
    """On what terms a war was settled."""

    polity: str | None = None
    share: SpanRecord | None = None


class DurabilityRecord(RecordPart):
    """How long a peace holds."""

    yearly_hazard: SpanRecord | None = None


class AimRecord(SpanRecord):
    """How far an aim is met."""

    polity: str


class CostRecord(SpanRecord):
    """What a war cost whom."""

    polity: str | None
    cost: str
    unit: str


class LedgersRecord(RecordPart):
    """Aims and costs."""

    political_aims: list[AimRecord] = []
    human_cost: list[CostRecord] = []


class AnswerRecord(RecordPart):
    """What a run answered, as far as others read it."""

    title: str = ""
    sentence: str = ""
    outcomes: list[OutcomeRecord] = []
    months_to_end: SpanRecord | None = None
    terms: TermsRecord | None = None
    ledgers: LedgersRecord | None = None
    durability: DurabilityRecord | None = None


class NumberRecord(RecordPart):
    """A number that went in."""

    value: float
    low: float
    high: float
    unit: str
    kind: str = ""
    sources: list[str] = []


class WordRecord(RecordPart):
    """A word, a date or a switch that went in."""

    said: str


ABOUT, ANSWER = TypeAdapter(RunRecord), TypeAdapter(AnswerRecord)
INPUTS = TypeAdapter(dict[str, WordRecord | NumberRecord])


def read_object(raw: bytes, form: TypeAdapter[Any], place: Place) -> dict[str, Any]:
    """Read a JSON object of a kept run whose types are as they must be.

    Raises: Fault for what is no JSON, is nested without end, holds a control character, or says something else.

    >>> read_object(b'{"said": 5}', TypeAdapter(WordRecord), Place("inputs.json"))
    Traceback (most recent call last):
    ripeness.world.fault.Fault: inputs.json:1:1: 'said': Input should be a valid string; this is no record of a run
    """
    if len(raw) > MOST_TEXT:
        raise Fault(f"{len(raw):,} bytes are more than the {MOST_TEXT:,} that this file may have", place)
    try:
        content = parse_json(decode_json_text(raw, place.file), place)
    except Fault:
        content = None
    if not isinstance(content, dict):
        raise Fault("this is not the JSON of a kept run", place)
    for text in _texts(content, place):
        if CONTROL.search(text):
            raise Fault(f"{text[:60]!r} holds a control character; this is no record of a run", place)
    try:
        form.validate_python(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise Fault(f"{where[:120]!r}: {first['msg']}; this is no record of a run", place) from None
    return content


def check_shown_text(raw: bytes, place: Place) -> None:
    """Say whether a file is a text that can be shown.

    Raises: Fault where it is not UTF-8, too large, or holds a control character.
    """
    if len(raw) > MOST_TEXT:
        raise Fault(f"{len(raw):,} bytes are more than the {MOST_TEXT:,} that this file may have", place)
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        raise Fault("this is not text in UTF-8", place) from None
    if CONTROL.search(text.replace("\r\n", "\n")):
        raise Fault("this text holds a control character", place)


def _texts(content: Any, place: Place) -> Iterator[str]:
    """Every key and every word, without recursion."""
    level = [content]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for part in level:
            if isinstance(part, str):
                yield part
            elif isinstance(part, dict):
                yield from part
                below.extend(part.values())
            elif isinstance(part, list):
                below.extend(part)
        if not below:
            return
        level = below
    raise Fault(f"this is nested more than {DEEPEST} deep; no record of a run is", place)
