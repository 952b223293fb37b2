"""The book that a forecaster opens: add a line, read them all, and see whether anybody has touched them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, insert, select, update

from ripeness.ledger.book.address import Address, parse_address
from ripeness.ledger.book.admission import FieldFault, QuestionState, admit, check_record
from ripeness.ledger.book.audit import Audit, audit
from ripeness.ledger.book.chain import GENESIS, Break, link_entry, record_in
from ripeness.ledger.book.database import UnknownCommit, engine, read_transaction, write_transaction
from ripeness.ledger.book.entry import (
    WHATEVER_STANDS,
    Entry,
    ForecastQuestion,
    LedgerRecord,
    Resolution,
    question_name,
    stamp,
)
from ripeness.ledger.book.migrate import Migration, NoLedger, migrate_database
from ripeness.ledger.book.tables import EntryRow, HeadRow
from ripeness.world.fault import Fault, Place

MOST_FAULTS = 9  # lines that one message names
PlaceOf = Callable[[str], Place]  # where a field of a record stands in the file from which it comes


@dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger ends: the number of its last line, and that line's hash, which seals all before it."""

    seq: int
    hash: str


class Book:
    """A ledger, open. Use it in a `with` block; every call is one transaction of its own."""

    def __init__(self, database: Engine, place: Address, move: Migration) -> None:
        self._engine = database
        self.place = place
        self.move = move

    @classmethod
    def open(cls, where: str | Address | None = None, *, create: bool = True) -> Book:
        """Open a ledger; an old one is brought into the present form first, a missing file is made.

        Raises: NoLedger when there is none and none may be made; Fault when the place cannot be used.
        """
        place = where if isinstance(where, Address) else parse_address(where)
        if place.path is not None and not os.path.exists(place.path):  # noqa: PTH110  (Path.exists raises)
            if not create:
                raise NoLedger(place)
            try:
                place.path.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise Fault(f"cannot make the folder {place.path.parent}: {error.strerror}") from None
        database = engine(place)
        return cls(database, place, migrate_database(database, place, create=create))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._engine.dispose()

    def add(
        self, records: Sequence[LedgerRecord], recorded: datetime, places: Sequence[PlaceOf] = ()
    ) -> tuple[Entry, ...]:
        """Append records as one act: all of them stand afterwards, or none. Safe from several processes at once.

        `places` say where each field of each record stands, for faults.

        Raises: Fault for a record that may not enter, or where the database cannot be used; then nothing was written.
        UnknownCommit where the connection was lost and could not be made again: then all may stand or nothing.
        """
        if recorded.tzinfo is None:
            raise Fault(f"the moment of writing, {recorded}, has no time zone; say which, such as UTC")
        sound = [_checked(record, place) for record, place in zip_longest(records, places[: len(records)])]
        entries: list[Entry] = []
        try:
            with write_transaction(self._engine, self.place) as opened:
                head = _head(opened)
                for record, place in zip_longest(sound, places[: len(records)]):
                    standing = _standing(opened, question_name(record))
                    final_record = _settled(record, standing)
                    with _placed(place):
                        admit(final_record, standing, recorded)
                    entry = link_entry(final_record, stamp(recorded), head.seq + 1, head.hash)
                    head = _append(opened, entry)
                    entries.append(entry)
        except UnknownCommit as uncertain:
            self._look_up(entries, uncertain)
        return tuple(entries)

    def copy_in(self, entries: Sequence[Entry], place: Place | None = None) -> int:
        """Append lines of another copy of this very ledger as they are; returns how many were new.

        `place` is where they come from, for faults.

        Raises: Fault when the two are no copies of one ledger: then they share a beginning at most; or when a line
        holds what could not have entered. UnknownCommit as in `add`.
        """
        unfit = audit(entries, entries[-1].seq, entries[-1].hash).breaks if entries else ()
        if unfit:
            lines = tuple(Fault(str(line), place) for line in unfit[:MOST_FAULTS])
            raise Fault("the file holds what a ledger does not take", place, lines)
        fresh: Sequence[Entry] = ()
        try:
            with write_transaction(self._engine, self.place) as opened:
                own_hashes = [row.hash for row in opened.execute(select(EntryRow.hash).order_by(EntryRow.seq))]
                file_hashes = [entry.hash for entry in entries]
                shared = min(len(own_hashes), len(file_hashes))
                if own_hashes[:shared] != file_hashes[:shared]:
                    first = next(n for n in range(shared) if own_hashes[n] != file_hashes[n])
                    raise Fault(
                        f"the file and the ledger {self.place} part ways at entry {first + 1}; import into an empty "
                        "ledger (--ledger NEW.sqlite), or add the file's lines as new entries with --as-new"
                    )
                fresh = entries[len(own_hashes) :]
                for entry in fresh:
                    _append(opened, entry)
        except UnknownCommit as uncertain:
            self._look_up(fresh, uncertain)
        return len(fresh)

    def _look_up(self, entries: Sequence[Entry], uncertain: UnknownCommit) -> None:
        """Find out whether lines stand whose keeping was never confirmed; return when they do.

        The lock of a writer is taken for it: a server that is still busy with them is waited for.

        Raises: Fault when they do not stand; UnknownCommit when the ledger cannot be asked.
        """
        n = len(entries)
        if not n:
            return
        try:
            with write_transaction(self._engine, self.place) as opened:
                stands = opened.execute(select(EntryRow.seq).where(EntryRow.hash == entries[-1].hash)).first()
        except Fault as second_fault:
            raise UnknownCommit(
                f"{uncertain.message}. It is unknown whether {n} new {'entry was' if n == 1 else 'entries were'} "
                f"written, and it could not be looked up ({second_fault.message}). Before you add anything again, "
                "see `ripeness forecast list`"
            ) from None
        if stands is None:
            raise Fault(f"{uncertain.message}. Looked up: nothing was written; try again")

    def entries(self) -> tuple[Entry, ...]:
        """Read all lines in order."""
        with read_transaction(self._engine, self.place) as opened:
            return _lines(opened)

    def head(self) -> Head:
        """Read where the ledger ends; written down elsewhere, it shows a ledger that was rewritten as a whole."""
        with read_transaction(self._engine, self.place) as opened:
            return _head(opened)

    def audit(self) -> Audit:
        """Read all lines in order, and check each."""
        with read_transaction(self._engine, self.place) as opened:
            lines, head = _lines(opened), _head(opened)
        return audit(lines, head.seq, head.hash)

    def verify(self) -> tuple[Break, ...]:
        """Find every line that was changed, removed or moved since it was written, or that could not have entered."""
        return self.audit().breaks


def record_of(entry: Entry) -> LedgerRecord:
    """Read the record that a line holds.

    Raises: Fault when the line was tampered with so that it holds none.
    """
    try:
        return record_in(entry)
    except Fault:
        raise Fault(f"entry {entry.seq} cannot be read; `ripeness forecast verify` says what was changed") from None


def _checked(record: LedgerRecord, place: PlaceOf | None) -> LedgerRecord:
    with _placed(place):
        return check_record(record)


@contextmanager
def _placed(place: PlaceOf | None) -> Iterator[None]:
    """Let a Fault say from where its record came."""
    try:
        yield
    except Fault as fault:
        field = fault.field if isinstance(fault, FieldFault) else ""
        raise Fault(fault.message, place(field) if place else fault.place, fault.others) from None


def _settled(record: LedgerRecord, standing: QuestionState) -> LedgerRecord:
    """Let a correction of "whatever stands" name the entry that does stand, now that nobody else can write."""
    if isinstance(record, Resolution) and record.corrects == WHATEVER_STANDS:
        return replace(record, corrects=standing.resolution_seq or None)
    return record


def _lines(opened: Connection) -> tuple[Entry, ...]:
    rows = opened.execute(select(EntryRow.__table__).order_by(EntryRow.seq))
    return tuple(Entry(*row) for row in rows)


def _head(opened: Connection) -> Head:
    row = opened.execute(select(HeadRow.seq, HeadRow.hash)).first()
    return Head(row.seq, row.hash) if row else Head(0, GENESIS)


def _append(opened: Connection, entry: Entry) -> Head:
    """Write one line and move the head; refuse to build on a ledger whose end was tampered with."""
    last = opened.execute(select(EntryRow.seq, EntryRow.hash).order_by(EntryRow.seq.desc()).limit(1)).first()
    stands = (last.seq, last.hash) if last else (0, GENESIS)
    if stands != (entry.seq - 1, entry.previous):
        raise Fault("the end of this ledger was changed from outside; `ripeness forecast verify` says where")
    opened.execute(insert(EntryRow).values({name: getattr(entry, name) for name in Entry.__dataclass_fields__}))
    opened.execute(update(HeadRow).values(seq=entry.seq, hash=entry.hash))
    return Head(entry.seq, entry.hash)


def _standing(opened: Connection, question: str) -> QuestionState:
    """Look up what the ledger already holds on one question."""
    query = select(EntryRow.__table__).where(
        EntryRow.question == question, EntryRow.kind.in_(["question", "resolution"])
    )
    lines = [Entry(*row) for row in opened.execute(query.order_by(EntryRow.seq))]
    questions = tuple(record for line in lines if isinstance(record := record_of(line), ForecastQuestion))
    resolutions = [(line.seq, record) for line in lines if isinstance(record := record_of(line), Resolution)]
    if not questions:
        question_names = opened.execute(select(EntryRow.question).where(EntryRow.kind == "question"))
        return QuestionState(known_ids=tuple(row.question for row in question_names))
    return QuestionState(
        questions, resolutions[-1][1] if resolutions else None, resolutions[-1][0] if resolutions else 0
    )
