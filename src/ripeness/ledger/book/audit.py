"""Whether a ledger is what was written: its chain holds, and every line could have entered when it says that it did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ripeness.ledger.book.admission import QuestionState, admit, check_contents
from ripeness.ledger.book.chain import Break, breaks, entry_fault, label_entry, record_in
from ripeness.ledger.book.entry import Entry, ForecastQuestion, LedgerRecord, Resolution, question_name
from ripeness.world.fault import Fault


@dataclass(frozen=True, slots=True)
class Audit:
    """The lines of a ledger, those of them that can be read and could have entered, and all that is not sound."""

    entries: tuple[Entry, ...]
    usable: tuple[Entry, ...]
    breaks: tuple[Break, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return not self.breaks


@dataclass(slots=True)
class Replay:
    """What stood on each question at every moment, as lines are let in one after the other."""

    standings: dict[str, QuestionState] = field(default_factory=dict)

    def enter(self, record: LedgerRecord, seq: int, recorded: datetime) -> None:
        """Let one more record in, whose fields are of their types.

        Raises: Fault where it could not enter.
        """
        check_contents(record)
        name = question_name(record)
        standing = self.standings.get(name, QuestionState())
        admit(record, standing, recorded)
        if isinstance(record, ForecastQuestion):
            self.standings[name] = QuestionState((record,))
        elif isinstance(record, Resolution):
            self.standings[name] = replace(standing, resolution=record, resolution_seq=seq)


def audit(entries: Sequence[Entry], head_seq: int, head_hash: str) -> Audit:
    """Check a whole ledger: the chain first, then, as if they were added anew, all lines that can be read.

    Somebody who seals every line anew can make a chain that holds; what no line may hold shows even so.

    >>> audit((), 0, "0" * 64).sound
    True
    """
    chain = breaks(entries, head_seq, head_hash)
    replay, usable = Replay(), []
    unfit: list[Break] = []
    for entry in entries:
        if chain and entry_fault(entry):
            continue
        try:
            replay.enter(record_in(entry), entry.seq, datetime.fromisoformat(entry.recorded))
            usable.append(entry)
        except Fault as fault:
            unfit.append(Break(entry.seq, f"{label_entry(entry)} could not have entered: {fault.message}"))
    # Where the chain is broken, that a question is gone explains why its forecasts no longer fit.
    return Audit(tuple(entries), tuple(usable), chain or tuple(unfit))
