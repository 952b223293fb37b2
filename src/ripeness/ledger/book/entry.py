"""What stands in the ledger: questions, forecasts on them, and what came true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import UTC, date, datetime
from typing import Any

from ripeness.world.fault import Fault

Json = dict[str, Any]
WHATEVER_STANDS = 0  # a correction may leave to the ledger which entry it corrects


@dataclass(frozen=True, slots=True)
class ForecastQuestion:
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
class RecordedForecast:
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


LedgerRecord = ForecastQuestion | RecordedForecast | Resolution
KINDS: dict[str, type[ForecastQuestion | RecordedForecast | Resolution]] = {
    "question": ForecastQuestion,
    "forecast": RecordedForecast,
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


def kind_of(record: LedgerRecord) -> str:
    """Name the kind of a record.

    >>> kind_of(Resolution("q", "yes", date(2024, 1, 1), "a newspaper"))
    'resolution'
    """
    return next(kind for kind, record_type in KINDS.items() if isinstance(record, record_type))


def question_name(record: LedgerRecord) -> str:
    """Name the question that a record is about.

    >>> question_name(Resolution("q", "yes", date(2024, 1, 1), "a newspaper"))
    'q'
    """
    return record.id if isinstance(record, ForecastQuestion) else record.question


def record_values(record: LedgerRecord) -> Json:
    """Write a record as plain JSON values; dates as ISO text, times in UTC.

    >>> record_values(Resolution("q", "yes", date(2024, 1, 1), "a newspaper"))["on"]
    '2024-01-01'
    """
    return {name: _plain(getattr(record, name)) for name in record.__dataclass_fields__}


def record_from(kind: str, body: Mapping[str, Any]) -> LedgerRecord:
    """Read a record back from plain JSON values; each has to be of its type.

    Raises: Fault that names the field that is missing, unknown or of another type.

    >>> record_from("resolution", {"question": "q", "outcome": "yes", "on": "2024-01-01", "source": "s"}).on.year
    2024
    >>> record_from("resolution", {"question": "q", "outcome": "yes", "on": "2024-01-01", "source": "s", "annulled": 0})
    Traceback (most recent call last):
    ripeness.world.fault.Fault: annulled: 0 is not true or false
    """
    record_type = KINDS.get(kind)
    if record_type is None:
        raise Fault(f"{kind!r:.80} is no kind of entry; write question, forecast or resolution")
    fields_by_name = {field_of_record.name: field_of_record for field_of_record in fields(record_type)}
    unknown = [name for name in body if name not in fields_by_name]
    if unknown:
        raise Fault(f"a {kind} has no field {unknown[0]!r:.80}; it has {', '.join(fields_by_name)}")
    optional = {
        name
        for name, field_of_record in fields_by_name.items()
        if field_of_record.default is not MISSING or field_of_record.default_factory is not MISSING
    }
    absent = [name for name in fields_by_name if name not in body and name not in optional]
    if absent:
        raise Fault(f"a {kind} needs {', '.join(absent)}")
    return record_type(**{name: _typed(name, value) for name, value in body.items()})


def _typed(name: str, value: Any) -> Any:
    """The value of a field, of its type.

    Raises: Fault where it is of another.
    """
    type_name, read = _FORMS.get(name, ("a text", _text))
    try:
        return read(value)
    except (TypeError, ValueError, AttributeError, OverflowError):
        raise Fault(f"{name}: {value!r:.80} is not {type_name}") from None


def _text(value: Any) -> str:
    return _of(str, value)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_of(str, part) for part in _of(list, value))


def _shares(value: Any) -> dict[str, float]:
    return {_of(str, name): _of(float, share) for name, share in _of(dict, value).items()}


def _flag(value: Any) -> bool:
    return _of(bool, value)


def _number(value: Any) -> int | None:
    return value if value is None else _of(int, value)


def _date(value: Any) -> date:
    read = date.fromisoformat(_of(str, value))
    return read if read.isoformat() == value else _of(date, value)


def _moment(value: Any) -> datetime:
    read = datetime.fromisoformat(_of(str, value))
    return read.astimezone(UTC) if read.tzinfo else _of(datetime, value)


def _mapping(value: Any) -> dict[str, Any]:
    return _of(dict, value)


def _of(kind: type[Any], value: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):  # a bool would pass for a number
        raise TypeError
    return value


_DAY = ("a day such as 2026-03-15", _date)
_NAMES = ("a list of texts", _texts)
_SHARES = ("an object of probabilities", _shares)
_FLAG = ("true or false", _flag)
_FORMS: dict[str, tuple[str, Callable[[Any], Any]]] = {  # field -> what it holds; all others hold a text
    "opens": _DAY,
    "closes": _DAY,
    "resolves": _DAY,
    "on": _DAY,
    "made": ("a time with its zone, such as 2026-03-15T14:30:00+00:00", _moment),
    "outcomes": _NAMES,
    "topics": _NAMES,
    "base_rate": _SHARES,
    "probabilities": _SHARES,
    "provenance": ("an object", _mapping),
    "ordered": _FLAG,
    "annulled": _FLAG,
    "corrects": ("the number of an entry", _number),
}


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
