"""Question: what an answer is an answer to, as it was when it was asked; an answer carries it,
whatever a page's controls say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ripeness.world.calendar import date_after
from ripeness.world.version import __version__

READINGS = {"factional": "many factions", "unitary": "each side as one person"}
MOST_SAID = 3  # changed numbers that are named; of more only their count is told


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """What was asked, and of what.

    `more` are conditions of one verb alone, in words; `controls` are the values of a page that ask it again; `scenario`
    is a mark of the texts that were read. Units: month in months from the start.
    """

    case: str = ""
    coding: str = ""
    reading: str = ""
    draws: int | None = None
    seed: int | None = None
    start: str = ""
    month: float | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    controls: Mapping[str, Any] = field(default_factory=dict)
    scenario: str = ""
    version: str = __version__

    def words(self) -> list[str]:
        """The question in words, part by part; nothing where it was not kept.

        >>> QuestionRecord("japan-1945", "essay", "factional", 2000, 1, "1945-06-01", 24.0).words()[0]
        'japan-1945, coding essay'
        >>> QuestionRecord("japan-1945", "essay", "factional", 2000, 1, "1945-06-01", 24.0).words()[1:]
        ['many factions', '2,000 wars, seed 1', 'from 1945-06-01 to month 24 (1947-06-01)']
        """
        parts = [f"{self.case}, coding {self.coding}" if self.coding else self.case, *self.more]
        parts.append(READINGS.get(self.reading, self.reading))
        parts += [", ".join(self.sample()), self._time(), self._changes()]
        return [part for part in parts if part]

    def sample(self) -> list[str]:
        """How many wars, and with which seed, where either was asked."""
        sample = [f"{self.draws:,} wars" if self.draws else "", "" if self.seed is None else f"seed {self.seed}"]
        return [part for part in sample if part]

    def _time(self) -> str:
        if not self.start:
            return ""
        if self.month is None:
            return f"from {self.start}"
        return f"from {self.start} to month {self.month:g} ({date_after(date.fromisoformat(self.start), self.month)})"

    def _changes(self) -> str:
        if not self.changes:
            return ""
        if len(self.changes) > MOST_SAID:
            return f"{len(self.changes)} numbers changed"
        return "changed: " + ", ".join(f"{path} = {value}" for path, value in self.changes.items())
