"""What stands in the ledger: questions, forecasts on them, and what came true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

Json = dict[str, Any]
WHATEVER_STANDS = 0  # a correction may leave to the ledger which entry it corrects


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the world that a date will settle: what is asked, and how one will know.

    Dates are days in UTC; forecasts count to the end of the day `closes`. `base_rate` is empty when none is given.
    """

    id: str
    text: str
    criteria: str
    opens: date
    closes: date
    resolves: date
    outcomes: tuple[str, ...] = ("yes", "no")
    ordered: bool = False
    topics: tuple[str, ...] = ()
    base_rate: Mapping[str, float] = field(default_factory=dict)
    by: str = ""

    @property
    def kind(self) -> str:
        """The kind of outcomes: binary, categorical or ordered."""
        if len(self.outcomes) == 2:
            return "binary"
        return "ordered" if self.ordered else "categorical"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Somebody's probabilities on a question at a moment, why, and from what they were made."""

    question: str
    by: str
    made: datetime
    probabilities: Mapping[str, float]
    rationale: str = ""
    provenance: Mapping[str, Any] = field(default_factory=dict)
    provenance_hash: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What came true, by which source and known since which day; or that the question is annulled.

    A correction is a new resolution that names the entry it `corrects`; the last one stands.
    """

    question: str
    outcome: str
    on: date
    source: str
    by: str = ""
    annulled: bool = False
    corrects: int | None = None
    note: str = ""


Record = Question | Forecast | Resolution
KINDS: dict[str, type[Question | Forecast | Resolution]] = {
    "question": Question,
    "forecast": Forecast,
    "resolution": Resolution,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: a record as canonical JSON, chained to the line before it."""

    seq: int
    kind: str
    question: str
    recorded: str
    body: str
    previous: str
    hash: str


def kind_of(record: Record) -> str:
    """Name the kind of a record.

    >>> kind_of(Resolution("q", "yes", date(2024, 1, 1), "a newspaper"))
    'resolution'
    """
    return next(kind for kind, made in KINDS.items() if isinstance(record, made))


def question_of(record: Record) -> str:
    """Name the question that a record is about.

    >>> question_of(Resolution("q", "yes", date(2024, 1, 1), "a newspaper"))
    'q'
    """
    return record.id if isinstance(record, Question) else record.question


def plain(record: Record) -> Json:
    """Write a record as plain JSON values; dates as ISO text, times in UTC.

    >>> plain(Resolution("q", "yes", date(2024, 1, 1), "a newspaper"))["on"]
    '2024-01-01'
    """
    return {name: _plain(getattr(record, name)) for name in record.__dataclass_fields__}


def record_from(kind: str, body: Mapping[str, Any]) -> Record:
    """Read a record back from plain JSON values.

    Raises: KeyError, TypeError or ValueError when the values do not make such a record.

    >>> record_from("resolution", {"question": "q", "outcome": "yes", "on": "2024-01-01", "source": "s"}).on.year
    2024
    """
    values = dict(body)
    for name in {"opens", "closes", "resolves", "on"} & values.keys():
        values[name] = date.fromisoformat(values[name])
    for name in {"outcomes", "topics"} & values.keys():
        values[name] = tuple(values[name])
    if "made" in values:
        values["made"] = datetime.fromisoformat(values["made"])
    return KINDS[kind](**values)


def stamp(moment: datetime) -> str:
    """Write a moment as UTC to the microsecond, always in the same form.

    >>> stamp(datetime(2024, 1, 1, 12, tzinfo=UTC))
    '2024-01-01T12:00:00.000000+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value
