"""The forecast ledger for every face of the program: add, list, resolve, score, exchange, verify, migrate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from getpass import getuser
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.ledger.book.entry import WHATEVER_STANDS, LedgerRecord, Resolution
from ripeness.ledger.verbs.forecast_records import (
    ForecastDraft,
    QuestionDraft,
    answers_from,
    bare_record,
    check_unchanged,
    example,
    forecast_from,
    question_from,
    run_from,
    uncorrected,
)
from ripeness.ledger.verbs.open_ledger import (
    Ledger,
    changed_fault,
    dockets_of,
    ledger_address,
    read_audit,
    sound_dockets,
)
from ripeness.ledger.verbs.pool import pool
from ripeness.ledger.verbs.results import AddedRecords, ExchangeSummary, LedgerCheck, LedgerListing
from ripeness.world.dates import need_day, need_moment
from ripeness.world.fault import Fault, Place

if TYPE_CHECKING:
    from ripeness.ledger.book.migrate import Migration
    from ripeness.ledger.scores.sheet import ScoreSheet

__all__ = [
    "AddedRecords",
    "Asked",
    "ExchangeSummary",
    "ForecastDraft",
    "Given",
    "Ledger",
    "LedgerCheck",
    "LedgerListing",
    "QuestionDraft",
    "add",
    "author",
    "export",
    "import_file",
    "listing",
    "migrate",
    "pool",
    "resolve",
    "score",
    "verify",
]

Asked, Given = QuestionDraft, ForecastDraft  # as version 0.1 called them
SHORTEST_HEAD = 12  # hex digits of a noted head: fewer could fit another line by chance
_HEAD = re.compile(rf"[0-9a-f]{{{SHORTEST_HEAD},64}}")


def author(by: str = "") -> str:
    """Who says so: the name that is given, else that of this user.

    Raises: Fault where this user has no name.
    """
    try:
        return by or getuser()
    except (KeyError, OSError, ImportError):  # no USER and no entry in the list of users, as in some containers
        raise Fault("cannot find out who you are; say who says so: --by NAME") from None


def add(
    question: str, asked: QuestionDraft, given: ForecastDraft, *, by: str, now: datetime | str, ledger: Ledger = None
) -> AddedRecords:
    """Add a question, a forecast on a question, or both as one act.

    Of a run, the day on which the question is settled decides the month.

    Raises: Fault for anything that may not enter; then nothing is written. UnknownCommit where the connection was lost.
    """
    from ripeness.ledger.book.admission import QuestionState, check_record
    from ripeness.ledger.book.audit import Replay
    from ripeness.ledger.book.book import Book, Head
    from ripeness.ledger.exchange.from_run import month_for

    now = need_moment(now, "now")
    run, place = run_from(given), ledger_address(ledger)
    dockets = sound_dockets(read_audit(place))
    standing = next((docket.question for docket in dockets if docket.question.id == question), None)
    if standing is None and not (asked.text or run):
        _unknown(question, [docket.question.id for docket in dockets])
    if standing is not None and not (asked.text or given.probabilities or run):
        raise Fault(f"say how likely each outcome of {question!r} is: {example(standing)}")
    if standing is not None and not asked.text:
        check_unchanged(standing, asked)
    new = standing is None or bool(asked.text)
    resolves = asked.resolves if standing is None or new else standing.resolves
    month = month_for(run, resolves, given.month) if run else None
    answers = answers_from(run, month, given.view) if run and month is not None else {}
    answer = next(iter(answers.values()), None)
    if run and month is not None and resolves is None:
        resolves = run.on(month)
    fresh = (
        question_from(question, asked, resolves, answer, by, given.made or now) if standing is None or new else standing
    )
    forecasts = [forecast_from(fresh, given, view, name or by, now) for name, view in answers.items()]
    if given.probabilities:
        forecasts = [forecast_from(fresh, given, None, by, now)]
    on_record = [part for part in forecasts if part.by == "record"]
    if new and on_record and not fresh.base_rate:  # one view, which need not stand there under two names
        fresh = replace(fresh, base_rate=on_record[0].probabilities)
        forecasts = [part for part in forecasts if part not in on_record]
    records: list[LedgerRecord] = [*([fresh] if new else []), *forecasts]
    rehearsal = Replay() if standing is None else Replay({question: QuestionState((standing,))})
    for record in records:  # what may not enter is refused before a ledger is begun for it
        rehearsal.enter(check_record(record), 0, now)
    with Book.open(place) as book:
        entries = book.add(records, now)
    # Nothing is read after the write: what fails now would call a forecast lost that stands.
    head = Head(entries[-1].seq, entries[-1].hash)
    return AddedRecords(str(place), entries, fresh, forecasts[-1] if forecasts else None, head)


def listing(
    *, today: date | str, question: str = "", topic: str = "", status: str = "", ledger: Ledger = None
) -> LedgerListing:
    """List the questions of a ledger; a ledger that is not there yet is an empty one.

    Raises: Fault for a question that the ledger does not hold.
    """
    from ripeness.ledger.book.admission import suggest_name

    today, place = need_day(today, "today"), ledger_address(ledger)
    audited = read_audit(place)
    dockets = dockets_of(audited)
    if question and question not in (ids := [docket.question.id for docket in dockets]):
        raise Fault(f"there is no question {question!r} in {place}{suggest_name(question, ids)}")
    selected = tuple(
        docket
        for docket in dockets
        if question in {"", docket.question.id}
        and (not topic or topic in docket.question.topics)
        and status in {"", docket.status(today)}
    )
    return LedgerListing(str(place), audited is not None, today, selected, audited.breaks if audited else ())


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
) -> AddedRecords:
    """Enter what came true, or annul a question; a correction stands beside what it corrects.

    Raises: Fault for an outcome that the question does not have, or one that is already resolved.
    """
    from ripeness.ledger.book.admission import suggest_name
    from ripeness.ledger.book.book import Book, Head

    on, now = need_day(on, "on"), need_moment(now, "now")
    if annul == bool(outcome):
        raise Fault("say what came true with --outcome, or --annul a question that cannot be answered; one of the two")
    with Book.open(ledger_address(ledger), create=False) as book:
        dockets = sound_dockets(book.audit())
        standing = next((docket.question for docket in dockets if docket.question.id == question), None)
        if standing is None:
            ids = [docket.question.id for docket in dockets]
            raise Fault(f"there is no question {question!r} in {book.place}{suggest_name(question, ids)}")
        corrects = WHATEVER_STANDS if correct else None
        entries = book.add([Resolution(question, outcome, on, source, by, annul, corrects, note)], now)
        # Nothing is read after the write: what fails now would call a resolution lost that stands.
        return AddedRecords(str(book.place), entries, standing, None, Head(entries[-1].seq, entries[-1].hash))


def score(
    *,
    as_of: date | str,
    topic: str = "",
    by: str = "",
    late: bool = False,
    unverified: bool = False,
    ledger: Ledger = None,
) -> ScoreSheet:
    """Score all forecasts on questions that are past their scheduled date and have an outcome.

    Raises: Fault for a topic or forecaster that the ledger does not know; and for a ledger that is not what was
    written, unless `unverified` asks to score what can still be read.
    """
    from ripeness.ledger.book.admission import suggest_name
    from ripeness.ledger.scores.sheet import sheet

    as_of = need_day(as_of, "as_of")
    listed = listing(today=as_of, ledger=ledger)
    if listed.breaks and not unverified:
        raise changed_fault(listed.place, listed.breaks, "To score what can still be read, say --unverified")
    dockets = listed.dockets
    topics = sorted({name for docket in dockets for name in docket.question.topics})
    people = sorted({dated.forecast.by for docket in dockets for dated in docket.forecasts})
    for wanted, names, label in ((topic, topics, "topic"), (by, people, "forecaster")):
        if wanted and wanted not in names:
            raise Fault(
                f"there is no {label} {wanted!r}{suggest_name(wanted, names)}; known: {', '.join(names) or 'none'}"
            )
    return replace(
        sheet(dockets, as_of, topic=topic, by=by, late=late), breaks=tuple(str(docket) for docket in listed.breaks)
    )


def export(file: Path | None, *, form: str = "", ledger: Ledger = None) -> tuple[ExchangeSummary, str]:
    """Write the whole ledger as JSON or CSV; without a file the text is only returned.

    Raises: Fault when the chain is broken: a file made from it could pass for sound.
    """
    from ripeness.ledger.book.book import Book
    from ripeness.ledger.exchange.files import as_csv, as_json
    from ripeness.store.atomic_write import write_file

    kind = form or (file.suffix.lstrip(".").lower() if file is not None else "json")
    if kind not in {"json", "csv"}:
        raise Fault(f"a ledger is written as json or csv, not as {kind!r}; name the file x.json or x.csv, or say --as")
    with Book.open(ledger_address(ledger), create=False) as book:
        audited = book.audit()
    if audited.breaks:
        raise changed_fault(str(book.place), audited.breaks, "A file made from it could pass for sound")
    entries = audited.entries
    text = as_json(entries) if kind == "json" else as_csv(entries)
    if file is not None:
        write_file(file, text)
    return ExchangeSummary(str(book.place), str(file or "-"), len(entries)), text


def import_file(file: Path, *, now: datetime | str, as_new: bool = False, ledger: Ledger = None) -> ExchangeSummary:
    """Read an exported ledger: sealed lines are copied as they are, lines without hashes enter as new ones.

    Raises: Fault when the file is damaged, or is no copy of this ledger and `as_new` is not set.
    """
    from ripeness.ledger.book.book import Book, record_of
    from ripeness.ledger.exchange.files import from_file

    now, place = need_moment(now, "now"), ledger_address(ledger)
    outcomes = {docket.question.id: docket.question.outcomes for docket in sound_dockets(read_audit(place))}
    parcel = from_file(file, outcomes)
    with Book.open(place) as book:
        if parcel.entries and not as_new:
            new = book.copy_in(parcel.entries, Place(str(file)))
            return ExchangeSummary(str(place), str(file), new, len(parcel.entries) - new, parcel.notes)
        records = {bare_record(record_of(entry)) for entry in book.entries()}
        rows = [*zip(parcel.records, parcel.places, strict=True)]
        rows += [(record_of(entry), lambda _: Place(str(file))) for entry in parcel.entries]
        fresh = {bare: row for row in rows if (bare := bare_record(row[0])) not in records}
        book.add([uncorrected(record) for record, _ in fresh.values()], now, [place for _, place in fresh.values()])
        return ExchangeSummary(str(place), str(file), len(fresh), len(rows) - len(fresh), parcel.notes)


def verify(*, head: str = "", ledger: Ledger = None) -> LedgerCheck:
    """Find every line that was changed, removed or moved; with a head noted earlier, also a ledger rewritten whole.

    Raises: Fault when there is no ledger.
    """
    from ripeness.ledger.book.book import Book
    from ripeness.ledger.book.chain import Break

    noted = head.strip().lower()
    if head and not _HEAD.fullmatch(noted):
        raise Fault(
            f"--head {head!r:.80}: a head is {SHORTEST_HEAD} to 64 hex digits, as `ripeness forecast add` prints them"
        )
    with Book.open(ledger_address(ledger), create=False) as book:
        audited, stands = book.audit(), book.head()
    faults = audited.breaks
    if noted and not any(str(entry.hash).startswith(noted) for entry in audited.entries):
        rewritten = f"no line has the noted hash {noted}: the ledger was rewritten since"
        faults = (*faults, Break(len(audited.entries), rewritten))
    if not audited.entries and not faults:
        raise Fault(
            f"the ledger {book.place} holds no entry, so there is nothing to verify; if it held some, they are gone"
        )
    return LedgerCheck(str(book.place), len(audited.entries), stands, faults)


def migrate(*, ledger: Ledger = None) -> tuple[str, Migration]:
    """Bring an old ledger into the present form (every other verb does so, too) and say what was done.

    Raises: Fault when there is no ledger, or a newer program wrote it.
    """
    from ripeness.ledger.book.book import Book

    with Book.open(ledger_address(ledger), create=False) as book:
        return str(book.place), book.move


def _unknown(question: str, names: Sequence[str]) -> None:
    from ripeness.ledger.book.admission import suggest_name

    raise Fault(
        f"there is no question {question!r} yet{suggest_name(question, names)}; to ask it, say what is asked, how one "
        "will know and when: --text '...' --criteria '...' --resolves 2027-03-15"
    )
