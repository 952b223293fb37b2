"""Why nobody can quietly change a forecast: each line is sealed with the line before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from ripeness.ledger.book.entry import (
    KINDS,
    Entry,
    LedgerRecord,
    kind_of,
    question_name,
    record_from,
    record_values,
    stamp,
)
from ripeness.store.json_text import canonical_json
from ripeness.store.untrusted_json import parse_json
from ripeness.world.fault import Fault, Place

GENESIS = "0" * 64  # what stands before the first line


@dataclass(frozen=True, slots=True)
class Break:
    """One place where the ledger is not what was written: which line, and what is wrong with it."""

    seq: int
    what: str

    def __str__(self) -> str:
        return f"entry {self.seq}: {self.what}"


def seal(entry: Entry) -> str:
    """Hash a line together with the seal of the line before it.

    >>> len(seal(Entry(1, "question", "q", "2024-01-01T00:00:00.000000+00:00", "{}", GENESIS, "")))
    64
    """
    sealed = {
        "seq": entry.seq,
        "kind": entry.kind,
        "question": entry.question,
        "recorded": entry.recorded,
        "body": entry.body,
        "previous": entry.previous,
    }
    return sha256(canonical_json(sealed).encode("ascii")).hexdigest()


def link_entry(record: LedgerRecord, recorded: str, seq: int, previous: str) -> Entry:
    """Make the line that follows the one whose seal is given.

    >>> from datetime import date
    >>> from ripeness.ledger.book.entry import Resolution
    >>> link_entry(Resolution("q", "yes", date(2024, 1, 1), "s"), "2024-01-01T00:00:00.000000+00:00", 1, GENESIS).kind
    'resolution'
    """
    body = canonical_json(record_values(record))
    bare = Entry(seq, kind_of(record), question_name(record), recorded, body, previous, "")
    return replace(bare, hash=seal(bare))


def breaks(entries: Sequence[Entry], head_seq: int, head_hash: str) -> tuple[Break, ...]:
    """Find every line that was changed, removed or moved since it was written.

    The head is kept apart from the lines, so that lines cut off the end show, too. Somebody who rewrites all lines
    *and* the head leaves a sound chain: only a head written down elsewhere shows that.

    >>> breaks((), 0, GENESIS)
    ()
    """
    faults: list[Break] = []
    seq, previous, trusted = 0, GENESIS, True
    for entry in entries:
        faults += _gap(seq, entry)
        wrong = _fault(entry, previous if trusted and entry.seq == seq + 1 else None)
        faults += wrong
        # Behind a line that is named already, the next is not blamed for no longer following it.
        seq, previous, trusted = entry.seq, entry.hash, not wrong
    if not isinstance(head_seq, int) or not isinstance(head_hash, str):
        faults.append(Break(seq, "the head of the ledger cannot be read: it is no number with a hash"))
    elif head_seq > seq:
        faults.append(Break(head_seq, f"{_span(seq + 1, head_seq)} missing at the end"))
    elif head_seq < seq:
        faults.append(Break(seq, f"stands behind the head of the ledger, which says that it ends with {head_seq}"))
    elif head_hash != previous:
        faults.append(Break(seq, "is not the line that the head of the ledger names: one of the two was changed"))
    return tuple(faults)


def _gap(seq: int, entry: Entry) -> list[Break]:
    if entry.seq > seq + 1:
        return [Break(entry.seq, f"follows entry {seq}: {_span(seq + 1, entry.seq - 1)} removed")]
    if entry.seq <= seq:
        return [Break(entry.seq, f"stands after entry {seq}: the order was changed")]
    return []


def label_entry(entry: Entry) -> str:
    r"""Name a line whose content nobody has checked yet; what would steer a terminal is spelled out.

    >>> label_entry(Entry(1, "forecast", "truce\n", "", "", "", ""))
    "(forecast on 'truce\\n')"
    """
    kind = entry.kind if entry.kind in KINDS else f"{entry.kind!r:.40}"
    return f"({kind} on {entry.question!r:.120})"


def entry_fault(entry: Entry) -> str:
    """What is wrong with a line by itself: it does not fit its hash, or holds no record; empty when nothing is."""
    texts = (entry.kind, entry.question, entry.recorded, entry.body, entry.previous, entry.hash)
    if not all(isinstance(text, str) for text in texts):
        return "cannot be read: it holds what is no text"
    if seal(entry) != entry.hash:
        return "was changed after it was written: its content does not fit its hash"
    try:
        record = record_in(entry)
        # A record is written back as it was read, and stands under its own kind and question.
        sound = canonical_json(record_values(record)) == entry.body and question_name(record) == entry.question
        sound = sound and stamp(datetime.fromisoformat(entry.recorded)) == entry.recorded
    except (ValueError, OverflowError):  # a Fault of the record, or a time that does not exist
        sound = False
    return "" if sound else "cannot be read: its content is not such a record"


def record_in(entry: Entry) -> LedgerRecord:
    """Read the record that a line holds.

    Raises: Fault where the line holds none.
    """
    body = parse_json(entry.body, Place(f"entry {entry.seq}"))
    if not isinstance(body, dict):
        raise Fault(f"entry {entry.seq} holds no record")
    return record_from(entry.kind, body)


def _fault(entry: Entry, previous: str | None) -> list[Break]:
    """Check one line by itself and against the line before; `previous` is None behind a gap or a bad line."""
    wrong = entry_fault(entry)
    if wrong:
        return [Break(entry.seq, f"{label_entry(entry)} {wrong}")]
    if previous is not None and entry.previous != previous:
        message = f"does not follow entry {entry.seq - 1}: one of the two was changed or moved"
        return [Break(entry.seq, f"{label_entry(entry)} {message}")]
    return []


def _span(first: int, last: int) -> str:
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"
