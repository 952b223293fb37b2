"""What of a saved run can be tracked: its outcomes, their chances by a day, and the question written out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import fsum
from pathlib import Path
from typing import Any

from ripeness.ledger.exchange.from_run import MEANING, MEANING_OF_CLASS
from ripeness.ledger.exchange.saved_run import BLEND, MODEL, SavedRun, saved_run
from ripeness.store.untrusted_json import decode_json_text, parse_json

SOON = timedelta(days=60)  # a question that is settled sooner says little; the end of the next year is offered then
WHEN = re.compile(r",\s+(?:\w+\s+)?\d{4}\Z")  # what a title says of its month
CLASSES = {  # ends of one class, in which past conflicts and simulations can be blended: what is asked, and in short
    "settlement": ("have ended in a settlement or a lasting ceasefire", "settlement or lasting ceasefire"),
    "frozen": ("have stopped along the line held, with nothing agreed", "fighting stops, nothing agreed"),
    "victory": ("have ended in the defeat or the collapse of either side", "defeat or collapse of either side"),
    "fighting": ("still be fought", "still fighting"),
}
ENDS = {  # outcomes of simulations alone, with the belligerent's name
    "victory": ("have ended in a victory of {}", "victory of {}"),
    "collapse": ("have ended in the collapse of the regime of {}", "collapse in {}"),
    "settlement": ("have ended in a settlement", "settlement"),
    "ceasefire": ("have ended in a lasting ceasefire", "lasting ceasefire"),
    "frozen": ("have stopped along the line held, with nothing agreed", "fighting stops, nothing agreed"),
    "fighting": ("still be fought", "still fighting"),
}


@dataclass(frozen=True, slots=True)
class TrackableOutcome:
    """One outcome of a run about which a question of yes or no can be asked.

    `clause` completes "Will the war ...?"; `view` is what of the run is filed: all views in classes, or the model's.
    """

    key: str
    words: str
    clause: str
    meaning: str
    view: str


@dataclass(frozen=True, slots=True)
class StatedChance:
    """A chance with its 90 % interval, where the run states one."""

    p: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class TrackableRun:
    """A saved run, and what can be asked of it."""

    run: SavedRun
    title: str
    names: Mapping[str, str]
    intervals: Mapping[tuple[str, float], tuple[float, float]] = field(default_factory=dict)

    @property
    def war(self) -> str:
        """The war by its title, without the month from which it is looked at."""
        return WHEN.sub("", self.title)

    @property
    def blended(self) -> bool:
        """Whether the run has a blend with past conflicts."""
        return BLEND in self.run.views

    def last_day(self) -> date:
        """The last day that the run looks ahead to."""
        return self.run.on(self.run.horizon)

    def usual_day(self, today: date) -> date | None:
        """The day that is offered: the end of this year, of the next one where that is near, within the run's horizon.

        None where the run looks ahead to no day that is still to come.
        """
        if self.last_day() <= today:
            return None
        year_end = date(today.year, 12, 31)
        if year_end - today < SOON:
            year_end = date(today.year + 1, 12, 31)
        return min(year_end, self.last_day())

    def outcomes(self) -> dict[str, TrackableOutcome]:
        """What one can ask about, by key: classes of ends where there is a blend, and each outcome of the model."""
        outcomes = {}
        if self.blended:
            for kind, (clause, words) in CLASSES.items():
                outcomes[kind] = TrackableOutcome(kind, words, clause, MEANING_OF_CLASS[kind], "all")
        for name in next(iter(self.run.months.values())):
            kind, _, polity = name.partition(":")
            if kind in ENDS and name not in outcomes and not (self.blended and kind == "ceasefire"):
                clause, words = (text.format(self.names.get(polity, polity)) for text in ENDS[kind])
                outcomes[name] = TrackableOutcome(name, words, clause, MEANING[kind], MODEL)
        return outcomes

    def month_on(self, day: date) -> float | None:
        """The month of the run that ends on a day; None where it says nothing about that day."""
        return next((month for month in self.run.months if self.run.on(month) == day), None)

    def chance(self, outcome: TrackableOutcome, month: float) -> StatedChance:
        """The chance of an outcome by a month, of the blend where there is one."""
        if outcome.view == MODEL:
            return StatedChance(self.run.months[month].get(outcome.key, 0.0))
        chances = self.run.at(month, BLEND).probabilities
        low, high = self.intervals.get((outcome.key, month), (None, None))
        return StatedChance(fsum(p for name, p in chances.items() if name == outcome.key), low, high)

    def text(self, outcome: TrackableOutcome, day: date) -> str:
        """The question written out."""
        when = f"on {_day(day)}" if outcome.key == "fighting" else f"by {_day(day)}"
        return f"{self.war}: will the war {outcome.clause} {when}?"

    def criteria(self, outcome: TrackableOutcome, day: date) -> str:
        """The rule by which one will know, in the words of the glossary."""
        if outcome.key == "fighting":
            return (
                f"Yes if at the end of {_day(day)} (UTC) the war still goes on: no side defeated, no settlement or "
                "lasting ceasefire signed, and fighting not ended along the line held. A war that ended before counts "
                "as ended, also where its peace breaks later."
            )
        return (
            f"Yes if by the end of {_day(day)} (UTC) this has come: {outcome.meaning}. What ends the war first "
            "counts, also where that peace breaks later."
        )


def trackable_run(path: Path) -> TrackableRun:
    """Read a saved run.

    Raises: Fault where the file is none.
    """
    run = saved_run(path)
    document: dict[str, Any] = parse_json(decode_json_text(path.read_bytes(), path), run.place)
    names = {
        row["polity"]: str(row.get("words", "")).removeprefix("victory of ").strip() or row["polity"]
        for row in document["outcomes"]
        if row["polity"] and row["outcome"] == "victory"
    }
    intervals = {
        (row["outcome"], float(row["month"])): (float(row["low"]), float(row["high"]))
        for row in document.get("blend") or ()
        if "low" in row and "high" in row
    }
    return TrackableRun(run, str(document.get("title", "")), names, intervals)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
