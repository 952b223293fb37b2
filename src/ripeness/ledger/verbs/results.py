"""What the verbs of the ledger return: what was added, listed, exchanged or checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ripeness.ledger.book.entry import Entry, ForecastQuestion, RecordedForecast

if TYPE_CHECKING:
    from ripeness.ledger.book.book import Head
    from ripeness.ledger.book.chain import Break
    from ripeness.ledger.book.docket import Docket


@dataclass(frozen=True, slots=True)
class AddedRecords:
    """What was written, where, and where the ledger ends now."""

    place: str
    entries: tuple[Entry, ...]
    question: ForecastQuestion
    forecast: RecordedForecast | None
    head: Head


@dataclass(frozen=True, slots=True)
class LedgerListing:
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
class ExchangeSummary:
    """How many lines were written to a file or read from one; `notes` say what had to be guessed to read it."""

    place: str
    file: str
    entries: int
    skipped: int = 0
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """Whether the ledger is what was written, and if not, what is wrong where."""

    place: str
    entries: int
    head: Head
    breaks: tuple[Break, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing was changed."""
        return not self.breaks
