"""Question: what an answer is an answer to, as it was when it was asked; an answer carries it,
whatever a page's controls say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.show.words import day
from ripeness.world.calendar import date_after
from ripeness.world.version import __version__

READINGS = {"factional": "rival factions", "unitary": "one leader"}
USUAL_SEED = 1
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

        >>> QuestionRecord("japan-1945", "orthodox", "factional", 2000, 1, "1945-05-01", 24.0).words()
        ['the new weapon weighs most', 'rival factions', '2,000 simulations', 'as of 1 May 1945, until 1 May 1947']
        """
        about = "" if self.case.startswith("own/") or self.case in shipped_case_names() else self.case
        parts = [
            version_title(self.case, self.coding) if self.coding else about,
            READINGS.get(self.reading, self.reading),
        ]
        parts += [", ".join(self.sample()), self._time(), *self.more, self._changes()]
        return [part for part in parts if part]

    def sample(self) -> list[str]:
        """How many simulations, and with which seed where it is not the usual one."""
        sample = [
            f"{self.draws:,} simulations" if self.draws else "",
            "" if self.seed in (None, USUAL_SEED) else f"seed {self.seed}",
        ]
        return [part for part in sample if part]

    def _time(self) -> str:
        if not self.start:
            return ""
        start = date.fromisoformat(self.start)
        if self.month is None:
            return f"as of {day(start)}"
        return f"as of {day(start)}, until {day(date_after(start, self.month))}"

    def _changes(self) -> str:
        if not self.changes:
            return ""
        if len(self.changes) > MOST_SAID:
            return f"{len(self.changes)} numbers changed"
        return "changed: " + ", ".join(f"{path} = {value}" for path, value in self.changes.items())


@lru_cache(maxsize=256)
def version_title(case: str, coding: str) -> str:
    """Whose view a version of a case states, in words; its name where it has no title.

    >>> version_title("ukraine-2023-03", "public"), version_title("own/my-war", "mine")
    ('published figures', 'mine')
    """
    if case not in shipped_case_names():
        return coding
    return read_case(cases_folder() / case).titles.get(coding, coding)
