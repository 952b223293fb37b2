"""The forecast ledger for every face of the program: add, list, resolve, score, exchange, verify, migrate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from hashlib import sha256
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.ledger.day import as_day, as_moment, need_day, need_moment
from ripeness.store.ledger.entry import WHATEVER_STANDS, Entry, Forecast, Question, Record, Resolution
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.store.ledger.book import Head
    from ripeness.store.ledger.chain import Break
    from ripeness.store.ledger.docket import Docket
    from ripeness.store.ledger.form import Move
    from ripeness.store.ledger.from_run import RunAnswer
    from ripeness.study.score.sheet import Sheet

Ledger = str | Path | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A new question as a person types it; an empty part takes its default or is asked for."""

    text: str = ""
    criteria: str = ""
    opens: date | None = None
    closes: date | None = None
    resolves: date | None = None
    outcomes: Sequence[str] = ()
    ordered: bool = False
    topics: Sequence[str] = ()
    base_rate: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        """Read days that are given as text."""
        for name in ("opens", "closes", "resolves"):
            object.__setattr__(self, name, as_day(getattr(self, name), name))


@dataclass(frozen=True, slots=True)
class Given:
    """Probabilities as a person gives them: by hand, or from a saved run at a month."""

    probabilities: Mapping[str, float] | None = None
    run: Path | None = None
    month: float | None = None
    mapping: Mapping[str, Sequence[str]] | None = None
    rationale: str = ""
    made: datetime | None = None

    def __post_init__(self) -> None:
        """Read a path or a moment that is given as text."""
        object.__setattr__(self, "run", None if self.run is None else Path(self.run))
        object.__setattr__(self, "made", as_moment(self.made, "made"))


@dataclass(frozen=True, slots=True)
class Added:
    """What was written, where, and where the ledger ends now."""

    place: str
    entries: tuple[Entry, ...]
    question: Question
    forecast: Forecast | None
    head: Head


@dataclass(frozen=True, slots=True)
class Listed:
    """The questions of a ledger with all that was forecast on them, and where each stands today."""

    place: str
    exists: bool
    today: date
    dockets: tuple[Docket, ...]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How many lines were written to a file or read from one."""

    place: str
    file: str
    entries: int
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether the ledger is what was written, and if not, what is wrong where."""

    place: str
    entries: int
    head: Head
    breaks: tuple[Break, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return not self.breaks


def add(question: str, asked: Asked, given: Given, *, by: str, now: datetime | str, ledger: Ledger = None) -> Added:
    """Add a question, a forecast on a question, or both as one act.

    Raises: Fault for anything that may not enter; then nothing is written.
    """
    from ripeness.store.ledger.book import Book
    from ripeness.store.ledger.from_run import run_answer

    now = need_moment(now, "now")
    answer = run_answer(_saved(given.run), given.month) if given.run is not None else None
    if answer is not None and given.probabilities:
        raise Fault("give the probabilities by hand (--p) or from a run (--from), not both")
    with Book.open(_place(ledger)) as book:
        standing = next((one.question for one in _dockets(book) if one.question.id == question), None)
        new = standing is None and (bool(asked.text) or answer is not None)
        if standing is None and not new:
            _unknown(question, [one.question.id for one in _dockets(book)])
        if standing is not None and not (asked.text or given.probabilities or answer):
            raise Fault(f"say how likely each outcome of {question!r} is: {_example(standing)}")
        fresh = (
            _question(question, asked, answer, by, given.made or now) if standing is None or asked.text else standing
        )
        records: list[Record] = [fresh] if new or asked.text else []
        forecast = _forecast(fresh, given, answer, by, now) if given.probabilities or answer else None
        if forecast is not None:
            records.append(forecast)
        entries = book.add(records, now)
        return Added(str(book.place), entries, fresh, forecast, book.head())


def _saved(run: Path) -> Path:
    """The answer of a run as JSON: a saved file, or that of a run kept on the shelf, by folder or name.

    Raises: Fault where it is neither, or the kept run is damaged.
    """
    from ripeness.store.shelf.kept import ANSWER, open_kept
    from ripeness.store.shelf.shelf import find_run, shelf_at

    if run.is_file():
        return run
    if len(run.parts) > 1 and not run.is_dir():
        raise Fault(f"--from: there is no saved run '{run}'")
    return open_kept(find_run(run, shelf_at())).folder / ANSWER


def listing(*, today: date | str, question: str = "", topic: str = "", status: str = "", ledger: Ledger = None) -> Listed:
    """List the questions of a ledger; a ledger that is not there yet is an empty one.

    Raises: Fault for a question that the ledger does not hold.
    """
    from ripeness.store.ledger.admission import meant
    from ripeness.store.ledger.book import Book

    today, place = need_day(today, "today"), _place(ledger)
    if place.path is not None and not place.path.exists():
        found: tuple[Docket, ...] = ()
        exists = False
    else:
        with Book.open(place, create=False) as book:
            found, exists = _dockets(book), True
    if question and question not in (known := [one.question.id for one in found]):
        raise Fault(f"there is no question {question!r} in {place}{meant(question, known)}")
    chosen = tuple(
        one for one in found
        if question in {"", one.question.id} and (not topic or topic in one.question.topics)
        and status in {"", one.status(today)}
    )  # fmt: skip
    return Listed(str(place), exists, today, chosen)


def resolve(
    question: str, *, outcome: str = "", on: date | str, source: str, by: str, now: datetime | str, annul: bool = False,
    correct: bool = False, note: str = "", ledger: Ledger = None,
) -> Added:  # fmt: skip
    """Enter what came true, or annul a question; a correction stands beside what it corrects.

    Raises: Fault for an outcome that the question does not have, or one that is already resolved.
    """
    from ripeness.store.ledger.book import Book

    on, now = need_day(on, "on"), need_moment(now, "now")
    if annul == bool(outcome):
        raise Fault("say what came true with --outcome, or --annul a question that cannot be answered; one of the two")
    with Book.open(_place(ledger), create=False) as book:
        corrects = WHATEVER_STANDS if correct else None
        entries = book.add([Resolution(question, outcome, on, source, by, annul, corrects, note)], now)
        asked = next(one.question for one in _dockets(book) if one.question.id == question)
        return Added(str(book.place), entries, asked, None, book.head())


def score(*, as_of: date | str, topic: str = "", by: str = "", late: bool = False, ledger: Ledger = None) -> Sheet:
    """Score all forecasts on questions that are past their scheduled date and have an outcome.

    Raises: Fault for a topic or forecaster that the ledger does not know.
    """
    from ripeness.store.ledger.admission import meant
    from ripeness.study.score.sheet import sheet

    as_of = need_day(as_of, "as_of")
    found = listing(today=as_of, ledger=ledger).dockets
    topics = sorted({name for one in found for name in one.question.topics})
    people = sorted({dated.forecast.by for one in found for dated in one.forecasts})
    for wanted, known, what in ((topic, topics, "topic"), (by, people, "forecaster")):
        if wanted and wanted not in known:
            raise Fault(f"there is no {what} {wanted!r}{meant(wanted, known)}; known: {', '.join(known) or 'none'}")
    return sheet(found, as_of, topic=topic, by=by, late=late)


def export(file: Path | None, *, form: str = "", ledger: Ledger = None) -> tuple[Exchanged, str]:
    """Write the whole ledger as JSON or CSV; without a file the text is only returned.

    Raises: Fault when the chain is broken: a file made from it could pass for sound.
    """
    from ripeness.store.ledger.book import Book
    from ripeness.store.ledger.exchange import as_csv, as_json, write_whole

    kind = form or (file.suffix.lstrip(".").lower() if file is not None else "json")
    if kind not in {"json", "csv"}:
        raise Fault(f"a ledger is written as json or csv, not as {kind!r}; name the file x.json or x.csv, or say --as")
    with Book.open(_place(ledger), create=False) as book:
        found = book.verify()
        if found:
            raise Fault(f"the ledger {book.place} was changed from outside; `ripeness forecast verify` says where")
        entries = book.entries()
    text = as_json(entries) if kind == "json" else as_csv(entries)
    if file is not None:
        write_whole(file, text)
    return Exchanged(str(book.place), str(file or "-"), len(entries)), text


def import_file(file: Path, *, now: datetime | str, as_new: bool = False, ledger: Ledger = None) -> Exchanged:
    """Read an exported ledger: sealed lines are copied as they are, lines without hashes enter as new ones.

    Raises: Fault when the file is damaged, or is no copy of this ledger and `as_new` is not set.
    """
    from ripeness.store.ledger.book import Book, record_of
    from ripeness.store.ledger.exchange import from_file

    now, parcel = need_moment(now, "now"), from_file(Path(file))
    with Book.open(_place(ledger)) as book:
        if parcel.entries and not as_new:
            new = book.copy_in(parcel.entries)
            return Exchanged(str(book.place), str(file), new, len(parcel.entries) - new)
        known = {_bare(record_of(entry)) for entry in book.entries()}
        records = [*parcel.records, *(record_of(entry) for entry in parcel.entries)]
        fresh = [_uncorrected(record) for record in records if _bare(record) not in known]
        book.add(fresh, now)
        return Exchanged(str(book.place), str(file), len(fresh), len(records) - len(fresh))


def verify(*, head: str = "", ledger: Ledger = None) -> Verified:
    """Find every line that was changed, removed or moved; with a head noted earlier, also a ledger rewritten whole.

    Raises: Fault when there is no ledger.
    """
    from ripeness.store.ledger.book import Book
    from ripeness.store.ledger.chain import Break

    with Book.open(_place(ledger), create=False) as book:
        found = book.verify()
        entries = book.entries()
        if head and not any(entry.hash.startswith(head.lower()) for entry in entries):
            found = (*found, Break(len(entries), f"no line has the noted hash {head}: the ledger was rewritten since"))
        return Verified(str(book.place), len(entries), book.head(), found)


def migrate(*, ledger: Ledger = None) -> tuple[str, Move]:
    """Bring an old ledger into the present form (every other verb does so, too) and say what was done.

    Raises: Fault when there is no ledger, or a newer program wrote it.
    """
    from ripeness.store.ledger.book import Book

    with Book.open(_place(ledger), create=False) as book:
        return str(book.place), book.move


def plain(value: Any) -> Any:
    """Turn a result into JSON values: dates as text, what is not a finite number as null.

    >>> plain({"when": date(2024, 1, 1), "score": float("inf")})
    {'when': '2024-01-01', 'score': None}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(one) for name, one in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    return value if isinstance(value, (str, int)) or value is None else _text(value)


def _text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _place(ledger: Ledger) -> Any:
    from ripeness.store.ledger.address import address

    return address(ledger)


def _dockets(book: Any) -> tuple[Docket, ...]:
    from ripeness.store.ledger.docket import dockets

    return dockets(book.entries())


def _unknown(question: str, known: Sequence[str]) -> None:
    from ripeness.store.ledger.admission import meant

    raise Fault(
        f"there is no question {question!r} yet{meant(question, known)}; to ask it, say what is asked, how one will "
        "know and when: --text '...' --criteria '...' --resolves 2027-03-15"
    )


def _question(name: str, asked: Asked, answer: RunAnswer | None, by: str, made: datetime) -> Question:
    """Make the question; from a run, its outcomes, its text and its criteria have defaults."""
    from ripeness.store.ledger.from_run import criteria

    if asked.resolves is None:
        raise Fault("say on which day the question will be settled: --resolves 2027-03-15")
    outcomes = tuple(asked.outcomes) or (tuple(answer.probabilities) if answer else ("yes", "no"))
    text = asked.text or (f"How will the war {answer.case} stand on {asked.resolves}?" if answer else "")
    rules = asked.criteria or (criteria(outcomes) if answer and not asked.outcomes else "")
    if not rules:
        raise Fault("say how one will know the answer: --criteria 'yes if both governments sign a ceasefire by ...'")
    return Question(
        name,
        text,
        rules,
        asked.opens or made.astimezone(UTC).date(),
        asked.closes or asked.resolves,
        asked.resolves,
        outcomes,
        asked.ordered,
        tuple(asked.topics),
        _filled(asked.base_rate or {}, outcomes),
        by,
    )


def _forecast(question: Question, given: Given, answer: RunAnswer | None, by: str, now: datetime) -> Forecast:
    from ripeness.store.ledger.chain import canonical
    from ripeness.store.ledger.from_run import fitted

    made = given.made or now
    if answer is not None:
        shares = fitted(answer, question.outcomes, given.mapping or {})
        return Forecast(question.id, by, made, shares, given.rationale, answer.provenance, answer.hash)
    shares = _filled(given.probabilities or {}, question.outcomes)
    provenance = {"made": "by hand"}
    sealed = sha256(canonical(provenance).encode("ascii")).hexdigest()
    return Forecast(question.id, by, made, shares, given.rationale, provenance, sealed)


def _filled(shares: Mapping[str, float], outcomes: Sequence[str]) -> dict[str, float]:
    """Of two outcomes, one says the other.

    >>> _filled({"yes": 0.25}, ("yes", "no"))
    {'yes': 0.25, 'no': 0.75}
    """
    left = [name for name in outcomes if name not in shares]
    if len(outcomes) == 2 and len(left) == 1 and len(shares) == 1 and 0 <= sum(shares.values()) <= 1:
        return {**shares, left[0]: 1 - sum(shares.values())}
    return dict(shares)


def _example(question: Question) -> str:
    share = 1 / len(question.outcomes)
    return " ".join(f"--p {name}={share:.2g}" for name in question.outcomes)


def _bare(record: Record) -> str:
    from ripeness.store.ledger.chain import canonical
    from ripeness.store.ledger.entry import kind_of
    from ripeness.store.ledger.entry import plain as values

    body = values(replace(record, corrects=None) if isinstance(record, Resolution) else record)
    return canonical([kind_of(record), body])


def _uncorrected(record: Record) -> Record:
    if isinstance(record, Resolution) and record.corrects is not None:
        return replace(record, corrects=WHATEVER_STANDS)
    return record
