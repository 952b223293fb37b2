"""The forecast ledger for every face of the program: add, list, resolve, score, exchange, verify, migrate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.json_text import plain_value
from ripeness.store.ledger.day import need_day, need_moment
from ripeness.store.ledger.entry import WHATEVER_STANDS, Entry, Forecast, Question, Record, Resolution
from ripeness.workbench.forecast_records import (
    Asked,
    Given,
    check_unchanged,
    example,
    forecast_from,
    question_from,
    run_from,
)
from ripeness.world.fault import Fault, Place

if TYPE_CHECKING:
    from ripeness.store.ledger.address import Address
    from ripeness.store.ledger.audit import Audit
    from ripeness.store.ledger.book import Head
    from ripeness.store.ledger.chain import Break
    from ripeness.store.ledger.docket import Docket
    from ripeness.store.ledger.form import Move
    from ripeness.study.score.sheet import Sheet

__all__ = [
    "Added",
    "Asked",
    "Exchanged",
    "Given",
    "Ledger",
    "Listed",
    "Verified",
    "add",
    "author",
    "export",
    "import_file",
    "listing",
    "migrate",
    "plain",
    "resolve",
    "score",
    "verify",
]

Ledger = str | Path | None
SHORTEST_HEAD = 12  # hex digits of a noted head: fewer could fit another line by chance
_HEAD = re.compile(rf"[0-9a-f]{{{SHORTEST_HEAD},64}}")


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
    """The questions of a ledger with all that was forecast on them, and where each stands today.

    `breaks` is what is wrong with a ledger that is not what was written; then only what can still be read is listed.
    """

    place: str
    exists: bool
    today: date
    dockets: tuple[Docket, ...]
    breaks: tuple[Break, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return not self.breaks


@dataclass(frozen=True, slots=True)
class Exchanged:
    """How many lines were written to a file or read from one; `notes` say what had to be guessed to read it."""

    place: str
    file: str
    entries: int
    skipped: int = 0
    notes: tuple[str, ...] = ()


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


def author(by: str = "") -> str:
    """Who says so: the name that is given, else that of this user.

    Raises: Fault where this user has no name.
    """
    try:
        return by or getuser()
    except (KeyError, OSError, ImportError):  # no USER and no entry in the list of users, as in some containers
        raise Fault("cannot find out who you are; say who says so: --by NAME") from None


def add(question: str, asked: Asked, given: Given, *, by: str, now: datetime | str, ledger: Ledger = None) -> Added:
    """Add a question, a forecast on a question, or both as one act.

    Of a run, the day on which the question is settled decides the month.

    Raises: Fault for anything that may not enter; then nothing is written. UnknownCommit where the connection was lost.
    """
    from ripeness.store.ledger.admission import Standing, checked
    from ripeness.store.ledger.audit import Replay
    from ripeness.store.ledger.book import Book, Head
    from ripeness.store.ledger.from_run import month_for

    now = need_moment(now, "now")
    run, place = run_from(given), _place(ledger)
    found = _sound(_audit(place))
    standing = next((one.question for one in found if one.question.id == question), None)
    if standing is None and not (asked.text or run):
        _unknown(question, [one.question.id for one in found])
    if standing is not None and not (asked.text or given.probabilities or run):
        raise Fault(f"say how likely each outcome of {question!r} is: {example(standing)}")
    if standing is not None and not asked.text:
        check_unchanged(standing, asked)
    new = standing is None or bool(asked.text)
    resolves = asked.resolves if standing is None or new else standing.resolves
    month = month_for(run, resolves, given.month) if run else None
    answer = run.at(month) if run and month is not None else None
    if run and month is not None and resolves is None:
        resolves = run.on(month)
    fresh = (
        question_from(question, asked, resolves, answer, by, given.made or now) if standing is None or new else standing
    )
    records: list[Record] = [fresh] if new else []
    forecast = forecast_from(fresh, given, answer, by, now) if given.probabilities or answer else None
    if forecast is not None:
        records.append(forecast)
    rehearsal = Replay() if standing is None else Replay({question: Standing((standing,))})
    for record in records:  # what may not enter is refused before a ledger is begun for it
        rehearsal.enter(checked(record), 0, now)
    with Book.open(place) as book:
        entries = book.add(records, now)
    # Nothing is read after the write: what fails now would call a forecast lost that stands.
    head = Head(entries[-1].seq, entries[-1].hash)
    return Added(str(place), entries, fresh, forecast, head)


def listing(
    *, today: date | str, question: str = "", topic: str = "", status: str = "", ledger: Ledger = None
) -> Listed:
    """List the questions of a ledger; a ledger that is not there yet is an empty one.

    Raises: Fault for a question that the ledger does not hold.
    """
    from ripeness.store.ledger.admission import meant

    today, place = need_day(today, "today"), _place(ledger)
    audited = _audit(place)
    found = _dockets(audited)
    if question and question not in (known := [one.question.id for one in found]):
        raise Fault(f"there is no question {question!r} in {place}{meant(question, known)}")
    chosen = tuple(
        one
        for one in found
        if question in {"", one.question.id}
        and (not topic or topic in one.question.topics)
        and status in {"", one.status(today)}
    )
    return Listed(str(place), audited is not None, today, chosen, audited.breaks if audited else ())


def resolve(
    question: str,
    *,
    outcome: str = "",
    on: date | str,
    source: str,
    by: str,
    now: datetime | str,
    annul: bool = False,
    correct: bool = False,
    note: str = "",
    ledger: Ledger = None,
) -> Added:
    """Enter what came true, or annul a question; a correction stands beside what it corrects.

    Raises: Fault for an outcome that the question does not have, or one that is already resolved.
    """
    from ripeness.store.ledger.admission import meant
    from ripeness.store.ledger.book import Book, Head

    on, now = need_day(on, "on"), need_moment(now, "now")
    if annul == bool(outcome):
        raise Fault("say what came true with --outcome, or --annul a question that cannot be answered; one of the two")
    with Book.open(_place(ledger), create=False) as book:
        found = _sound(book.audit())
        asked = next((one.question for one in found if one.question.id == question), None)
        if asked is None:
            known = [one.question.id for one in found]
            raise Fault(f"there is no question {question!r} in {book.place}{meant(question, known)}")
        corrects = WHATEVER_STANDS if correct else None
        entries = book.add([Resolution(question, outcome, on, source, by, annul, corrects, note)], now)
        # Nothing is read after the write: what fails now would call a resolution lost that stands.
        return Added(str(book.place), entries, asked, None, Head(entries[-1].seq, entries[-1].hash))


def score(
    *,
    as_of: date | str,
    topic: str = "",
    by: str = "",
    late: bool = False,
    unverified: bool = False,
    ledger: Ledger = None,
) -> Sheet:
    """Score all forecasts on questions that are past their scheduled date and have an outcome.

    Raises: Fault for a topic or forecaster that the ledger does not know; and for a ledger that is not what was
    written, unless `unverified` asks to score what can still be read.
    """
    from ripeness.store.ledger.admission import meant
    from ripeness.study.score.sheet import sheet

    as_of = need_day(as_of, "as_of")
    listed = listing(today=as_of, ledger=ledger)
    if listed.breaks and not unverified:
        raise _changed(listed.place, listed.breaks, "To score what can still be read, say --unverified")
    found = listed.dockets
    topics = sorted({name for one in found for name in one.question.topics})
    people = sorted({dated.forecast.by for one in found for dated in one.forecasts})
    for wanted, known, what in ((topic, topics, "topic"), (by, people, "forecaster")):
        if wanted and wanted not in known:
            raise Fault(f"there is no {what} {wanted!r}{meant(wanted, known)}; known: {', '.join(known) or 'none'}")
    return replace(sheet(found, as_of, topic=topic, by=by, late=late), breaks=tuple(str(one) for one in listed.breaks))


def export(file: Path | None, *, form: str = "", ledger: Ledger = None) -> tuple[Exchanged, str]:
    """Write the whole ledger as JSON or CSV; without a file the text is only returned.

    Raises: Fault when the chain is broken: a file made from it could pass for sound.
    """
    from ripeness.store.atomic_write import write_file
    from ripeness.store.ledger.book import Book
    from ripeness.store.ledger.exchange import as_csv, as_json

    kind = form or (file.suffix.lstrip(".").lower() if file is not None else "json")
    if kind not in {"json", "csv"}:
        raise Fault(f"a ledger is written as json or csv, not as {kind!r}; name the file x.json or x.csv, or say --as")
    with Book.open(_place(ledger), create=False) as book:
        audited = book.audit()
    if audited.breaks:
        raise _changed(str(book.place), audited.breaks, "A file made from it could pass for sound")
    entries = audited.entries
    text = as_json(entries) if kind == "json" else as_csv(entries)
    if file is not None:
        write_file(file, text)
    return Exchanged(str(book.place), str(file or "-"), len(entries)), text


def import_file(file: Path, *, now: datetime | str, as_new: bool = False, ledger: Ledger = None) -> Exchanged:
    """Read an exported ledger: sealed lines are copied as they are, lines without hashes enter as new ones.

    Raises: Fault when the file is damaged, or is no copy of this ledger and `as_new` is not set.
    """
    from ripeness.store.ledger.book import Book, record_of
    from ripeness.store.ledger.exchange import from_file

    now, place = need_moment(now, "now"), _place(ledger)
    asked = {one.question.id: one.question.outcomes for one in _sound(_audit(place))}
    parcel = from_file(file, asked)
    with Book.open(place) as book:
        if parcel.entries and not as_new:
            new = book.copy_in(parcel.entries, Place(str(file)))
            return Exchanged(str(place), str(file), new, len(parcel.entries) - new, parcel.notes)
        known = {_bare(record_of(entry)) for entry in book.entries()}
        rows = [*zip(parcel.records, parcel.places, strict=True)]
        rows += [(record_of(entry), lambda _: Place(str(file))) for entry in parcel.entries]
        fresh = {bare: row for row in rows if (bare := _bare(row[0])) not in known}
        book.add([_uncorrected(record) for record, _ in fresh.values()], now, [place for _, place in fresh.values()])
        return Exchanged(str(place), str(file), len(fresh), len(rows) - len(fresh), parcel.notes)


def verify(*, head: str = "", ledger: Ledger = None) -> Verified:
    """Find every line that was changed, removed or moved; with a head noted earlier, also a ledger rewritten whole.

    Raises: Fault when there is no ledger.
    """
    from ripeness.store.ledger.book import Book
    from ripeness.store.ledger.chain import Break

    noted = head.strip().lower()
    if head and not _HEAD.fullmatch(noted):
        raise Fault(
            f"--head {head!r:.80}: a head is {SHORTEST_HEAD} to 64 hex digits, as `ripeness forecast add` prints them"
        )
    with Book.open(_place(ledger), create=False) as book:
        audited, stands = book.audit(), book.head()
    found = audited.breaks
    if noted and not any(str(entry.hash).startswith(noted) for entry in audited.entries):
        rewritten = f"no line has the noted hash {noted}: the ledger was rewritten since"
        found = (*found, Break(len(audited.entries), rewritten))
    if not audited.entries and not found:
        raise Fault(
            f"the ledger {book.place} holds no entry, so there is nothing to verify; if it held some, they are gone"
        )
    return Verified(str(book.place), len(audited.entries), stands, found)


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
    return plain_value(value)


def _place(ledger: Ledger) -> Address:
    from ripeness.store.ledger.address import address

    return address(ledger)


def _audit(place: Address) -> Audit | None:
    """Read and check a ledger; none where there is no ledger yet."""
    from ripeness.store.ledger.book import Book
    from ripeness.store.ledger.form import NoLedger

    try:
        with Book.open(place, create=False) as book:
            return book.audit()
    except NoLedger:
        return None


def _dockets(audited: Audit | None) -> tuple[Docket, ...]:
    """The questions of a ledger, from all that can be read of it."""
    from ripeness.store.ledger.docket import dockets

    return dockets(audited.usable) if audited else ()


def _sound(audited: Audit | None) -> tuple[Docket, ...]:
    """The questions of a ledger that is what was written.

    Raises: Fault where it is not.
    """
    if audited and audited.breaks:
        raise _changed("", audited.breaks, "Nothing is added to it; go on with a copy, or in a new ledger (--ledger)")
    return _dockets(audited)


def _changed(place: str, breaks: Sequence[Break], advice: str) -> Fault:
    """What to say of a ledger that is not what was written."""
    more = f" (and {len(breaks) - 1} more)" if len(breaks) > 1 else ""
    ledger = f"the ledger {place}" if place else "this ledger"
    return Fault(
        f"{ledger} is not what was written: {breaks[0]}{more}; `ripeness forecast verify` names every line. {advice}"
    )


def _unknown(question: str, known: Sequence[str]) -> None:
    from ripeness.store.ledger.admission import meant

    raise Fault(
        f"there is no question {question!r} yet{meant(question, known)}; to ask it, say what is asked, how one will "
        "know and when: --text '...' --criteria '...' --resolves 2027-03-15"
    )


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
