"""What may enter the ledger: every check that a question, a forecast or a resolution has to pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import fsum, isfinite

from ripeness.ledger.book.entry import (
    ForecastQuestion,
    LedgerRecord,
    RecordedForecast,
    Resolution,
    kind_of,
    question_name,
    record_from,
    record_values,
)
from ripeness.store.json_text import json_text
from ripeness.store.untrusted_json import iterate_texts
from ripeness.world.fault import Fault
from ripeness.world.wording import nearest

SLACK = 1e-6  # how far probabilities may miss 1: rounding, not opinion
LONGEST_NAME, LONGEST_TEXT = 100, 20_000  # characters; a name has to fit a table, a text a page
MOST_NAMES = 200  # outcomes or topics of one question
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_BAD_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_FIELDS = {
    "the text of the question": "text",
    "the resolution criteria": "criteria",
    "the rationale": "rationale",
    "the hash of the provenance": "provenance_hash",
    "the provenance": "provenance",
    "the outcome": "outcome",
    "the source": "source",
    "the note": "note",
}
_BAD_NAME = re.compile(r"[\n\t=;,:|]")


class FieldFault(Fault):
    """What is wrong with one field of a record."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class QuestionState:
    """What the ledger already holds on one question when something new asks to enter."""

    questions: tuple[ForecastQuestion, ...] = ()
    resolution: Resolution | None = None
    resolution_seq: int = 0
    known_ids: tuple[str, ...] = ()


def check_record(record: LedgerRecord) -> LedgerRecord:
    """Check all that can be checked of a record by itself: the type of every field, names, texts, probabilities.

    Raises: Fault that names what would be right.

    >>> from datetime import date
    >>> check_record(Resolution("a truce", "yes", date(2024, 1, 1), "s"))
    Traceback (most recent call last):
    ripeness.ledger.book.admission.FieldFault: 'a truce' cannot be an id; use letters, digits, '.', '_' and '-', such
    as truce-2027
    """
    if isinstance(record, RecordedForecast) and isinstance(record.made, datetime) and record.made.tzinfo is None:
        raise FieldFault("made", f"made: {record.made} has no time zone; say which, such as UTC")
    try:
        record = record_from(kind_of(record), record_values(record))
    except OverflowError:
        raise FieldFault("made", "made: the time lies outside of the years 1 to 9999") from None
    check_contents(record)
    return record


def check_contents(record: LedgerRecord) -> None:
    """Check names, texts and probabilities of a record whose fields are of their types.

    Raises: FieldFault that names what would be right.
    """
    name = question_name(record)
    if len(name) > LONGEST_NAME or not _ID.fullmatch(name):
        field = "id" if isinstance(record, ForecastQuestion) else "question"
        raise FieldFault(
            field, f"{name!r:.140} cannot be an id; use letters, digits, '.', '_' and '-', such as truce-2027"
        )
    check_entry_text("by", record.by, required=isinstance(record, RecordedForecast))
    if isinstance(record, ForecastQuestion):
        _check_question(record)
    elif isinstance(record, RecordedForecast):
        _check_forecast(record)
    else:
        check_entry_text("the outcome", record.outcome)
        check_entry_text("the source", record.source, required=True)
        check_entry_text("the note", record.note)


def _check_question(question: ForecastQuestion) -> None:
    check_entry_text("the text of the question", question.text, required=True)
    check_entry_text("the resolution criteria", question.criteria, required=True)
    _names("outcome", question.outcomes)
    _names("topic", question.topics)
    if len(question.outcomes) < 2:
        raise FieldFault(
            "outcomes", "a question needs at least two outcomes, such as --outcomes settlement,frozen,fighting"
        )
    if not question.opens <= question.closes <= question.resolves:
        raise FieldFault(
            "opens",
            f"a question opens, then closes, then resolves; here it opens {question.opens}, "
            f"closes {question.closes} and resolves {question.resolves}",
        )
    if question.base_rate:
        check_probabilities(question.base_rate, question.outcomes, "base rates")


def _check_forecast(forecast: RecordedForecast) -> None:
    check_entry_text("the rationale", forecast.rationale)
    check_entry_text("the hash of the provenance", forecast.provenance_hash)
    try:
        length = len(json_text(forecast.provenance, indent=None, ascii_only=True))
    except (TypeError, ValueError, RecursionError):
        raise FieldFault(
            "provenance", "the provenance holds what JSON does not know, such as an infinite number"
        ) from None
    if length > LONGEST_TEXT:
        raise FieldFault("provenance", f"the provenance has {length} characters; at most {LONGEST_TEXT} are kept")
    for text in iterate_texts(forecast.provenance):
        check_entry_text("the provenance", text)


def admit(record: LedgerRecord, standing: QuestionState, recorded: datetime) -> None:
    """Let a record that is right by itself pass to the others of its question, or say what is wrong with it.

    Raises: Fault that names what would be right.

    >>> from datetime import date
    >>> admit(Resolution("q", "yes", date(2024, 1, 1), "s"), QuestionState(), datetime(2024, 1, 2, tzinfo=UTC))
    Traceback (most recent call last):
    ripeness.ledger.book.admission.FieldFault: there is no question 'q' in this ledger; `ripeness forecast list` shows
    all
    """
    if isinstance(record, ForecastQuestion):
        _admit_question(record, standing)
        return
    if not standing.questions:
        raise FieldFault(
            "question",
            f"there is no question {record.question!r} in this ledger"
            f"{suggest_name(record.question, standing.known_ids)}; `ripeness forecast list` shows all",
        )
    question = standing.questions[0]
    if isinstance(record, RecordedForecast):
        _admit_forecast(record, question, standing, recorded)
    else:
        _admit_resolution(record, question, standing, recorded)


def _admit_question(question: ForecastQuestion, standing: QuestionState) -> None:
    if standing.questions:
        raise FieldFault(
            "id",
            f"there is already a question {question.id!r}: {standing.questions[0].text!r}; "
            "choose another id, or leave --text away to add a forecast to it",
        )


def _admit_forecast(
    forecast: RecordedForecast, question: ForecastQuestion, standing: QuestionState, recorded: datetime
) -> None:
    check_probabilities(forecast.probabilities, question.outcomes, "probabilities")
    if forecast.made > recorded:
        raise FieldFault("made", f"a forecast cannot be made in the future ({forecast.made:%Y-%m-%d %H:%M} UTC)")
    day_made = forecast.made.astimezone(UTC).date()
    if day_made > question.closes:
        raise FieldFault(
            "made",
            f"question {question.id!r} closed on {question.closes}; a forecast made on {day_made} comes too late. "
            "One that was made in time and is only written down now takes --made DATE",
        )
    if day_made < question.opens:
        raise FieldFault(
            "made", f"question {question.id!r} opens only on {question.opens}; this forecast is of {day_made}"
        )
    resolution = standing.resolution
    if resolution is not None and day_made >= resolution.on:
        state = "annulled" if resolution.annulled else f"resolved as {resolution.outcome!r}"
        raise FieldFault(
            "made",
            f"question {question.id!r} is {state}, known since {resolution.on}; forecasts have to be made before",
        )


def _admit_resolution(
    resolution: Resolution, question: ForecastQuestion, standing: QuestionState, recorded: datetime
) -> None:
    if not resolution.annulled and resolution.outcome not in question.outcomes:
        raise FieldFault(
            "outcome",
            f"{resolution.outcome!r} is not an outcome of {question.id!r}"
            f"{suggest_name(resolution.outcome, question.outcomes)}; its outcomes are {', '.join(question.outcomes)}",
        )
    if resolution.on > recorded.astimezone(UTC).date():
        raise FieldFault("on", f"what came true cannot be known in the future ({resolution.on})")
    if resolution.on < question.opens:
        raise FieldFault(
            "on", f"known on {resolution.on} is before the question opened, {question.opens}; annul it instead"
        )
    standing_resolution = standing.resolution
    if standing_resolution is not None and resolution.corrects is None:
        state = "annulled" if standing_resolution.annulled else f"resolved as {standing_resolution.outcome!r}"
        raise Fault(
            f"question {question.id!r} is already {state} (entry {standing.resolution_seq}); nothing is overwritten: "
            "to enter a correction that stands beside it, say --correct"
        )
    if resolution.corrects is not None and resolution.corrects != standing.resolution_seq:
        raise FieldFault(
            "corrects", f"a correction names the resolution that stands, entry {standing.resolution_seq or 'none yet'}"
        )


def check_probabilities(probabilities: Mapping[str, float], outcomes: Sequence[str], label: str) -> None:
    """Refuse probabilities that leave an outcome out, name another one, or do not sum to 1.

    >>> check_probabilities({"yes": 0.3, "no": 0.7}, ("yes", "no"), "probabilities")
    """
    field = "base_rate" if label == "base rates" else "probabilities"
    for name, value in probabilities.items():
        if name not in outcomes:
            raise FieldFault(
                field,
                f"{name!r:.140} is not an outcome{suggest_name(name, outcomes)}; "
                f"the outcomes are {', '.join(outcomes)}",
            )
        if not isinstance(value, float) or not isfinite(value) or not 0 <= value <= 1:
            raise FieldFault(field, f"{name}={value} is not a probability; write a number from 0 to 1")
    missing_outcomes = [name for name in outcomes if name not in probabilities]
    total = fsum(probabilities.values())
    if missing_outcomes:
        raise FieldFault(
            field, f"{label} are missing for {', '.join(missing_outcomes)}; those given sum to {total:.4g}"
        )
    if abs(total - 1) > SLACK:
        raise FieldFault(
            field, f"{label} sum to {total:.6g}, not to 1; {'take' if total > 1 else 'add'} {abs(total - 1):.6g}"
        )


def check_entry_text(label: str, text: str, *, required: bool = False) -> None:
    """Refuse an empty text where one is needed, one that is too long, and signs that hide what is written.

    >>> check_entry_text("the source", "a newspaper", required=True)
    """
    field = _FIELDS.get(label, label)
    if required and not text.strip():
        raise FieldFault(field, f"{label} is missing")
    if len(text) > LONGEST_TEXT:
        raise FieldFault(field, f"{label} has {len(text)} characters; at most {LONGEST_TEXT} are kept")
    control_character = _BAD_TEXT.search(text)
    if control_character:
        raise FieldFault(field, f"{label} holds the control character {control_character.group()!a}; remove it")


def suggest_name(word: str, words: Iterable[str]) -> str:
    """Suggest the nearest known word, or nothing.

    >>> suggest_name("settlment", ["settlement", "frozen"])
    " (did you mean 'settlement'?)"
    """
    near = nearest(word, words) if len(word) <= LONGEST_NAME else None
    return f" (did you mean {near!r}?)" if near else ""


def _names(kind: str, names: Sequence[str]) -> None:
    if len(names) > MOST_NAMES:
        raise FieldFault(f"{kind}s", f"{len(names)} {kind}s are too many; a question has at most {MOST_NAMES}")
    for name in names:
        # Colons separate an outcome from its polity, as in victory:A; only the first part and the second are names.
        parts = name.split(":") if kind == "outcome" else [name]
        for part in parts:
            if not part.strip() or part != part.strip() or len(part) > LONGEST_NAME or _BAD_NAME.search(part):
                raise FieldFault(
                    f"{kind}s",
                    f"{name!r} cannot be an {kind}; use words without = ; , | and no blanks at the ends"[:300],
                )
            check_entry_text(kind, part)
        if names.count(name) > 1:
            raise FieldFault(f"{kind}s", f"the {kind} {name!r} stands twice")
