"""What the ledger says today: each question with its forecasts and the resolution that stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from ripeness.ledger.book.book import record_of
from ripeness.ledger.book.entry import Entry, ForecastQuestion, RecordedForecast, Resolution


@dataclass(frozen=True, slots=True)
class EnteredForecast:
    """A forecast with the moment at which it was written into the ledger, which is not always when it was made."""

    seq: int
    recorded: datetime
    forecast: RecordedForecast


@dataclass(frozen=True, slots=True)
class Docket:
    """One question, all forecasts on it in the order of their making, and all its resolutions, the last standing."""

    question: ForecastQuestion
    seq: int
    forecasts: tuple[EnteredForecast, ...]
    resolutions: tuple[tuple[int, Resolution], ...]

    @property
    def resolution(self) -> Resolution | None:
        """The resolution that stands, if any."""
        return self.resolutions[-1][1] if self.resolutions else None

    @property
    def resolution_seq(self) -> int:
        """The entry number of the resolution that stands, or 0."""
        return self.resolutions[-1][0] if self.resolutions else 0

    def status(self, today: date) -> str:
        """Where the question stands on a day: open, closed, due, resolved or annulled.

        `closed` takes no more forecasts and is not yet due; `due` is past its date and has no resolution.
        """
        resolution = self.resolution
        if resolution is not None:
            return "annulled" if resolution.annulled else "resolved"
        if today > self.question.resolves:
            return "due"
        return "open" if today <= self.question.closes else "closed"

    def late(self, dated: EnteredForecast) -> bool:
        """Whether a forecast was written down only when the question had closed or its outcome was known."""
        day_written = dated.recorded.astimezone(UTC).date()
        resolution = self.resolution
        return day_written > self.question.closes or (resolution is not None and day_written >= resolution.on)


def dockets(entries: Sequence[Entry]) -> tuple[Docket, ...]:
    """Gather the lines of a ledger by question, in the order in which the questions were asked.

    Raises: Fault for a line that cannot be read.

    >>> dockets(())
    ()
    """
    questions: dict[str, tuple[ForecastQuestion, int]] = {}
    forecasts: dict[str, list[EnteredForecast]] = {}
    resolutions: dict[str, list[tuple[int, Resolution]]] = {}
    for entry in entries:
        record = record_of(entry)
        if isinstance(record, ForecastQuestion):
            questions[record.id] = (record, entry.seq)
        elif isinstance(record, RecordedForecast):
            dated = EnteredForecast(entry.seq, datetime.fromisoformat(entry.recorded), record)
            forecasts.setdefault(record.question, []).append(dated)
        else:
            resolutions.setdefault(record.question, []).append((entry.seq, record))
    return tuple(
        Docket(question, seq, _in_time(forecasts.get(name, [])), tuple(resolutions.get(name, [])))
        for name, (question, seq) in questions.items()
    )


def _in_time(entered: list[EnteredForecast]) -> tuple[EnteredForecast, ...]:
    return tuple(sorted(entered, key=lambda forecast: (forecast.forecast.made, forecast.seq)))
