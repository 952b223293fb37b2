"""A war as the record has it: what was known when it began, what was known later, and how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isnan, nan

OUTCOMES = ("A_win", "B_win", "draw_other")  # A began the war
HORIZONS = (0, 1, 3, 6, 12)  # months already fought when a forecast is made
DEMOCRACY, AUTOCRACY = 6.0, -6.0  # the usual cuts of polity2
POLYARCHY = (0.5, 0.25)  # cuts of V-Dem's index, where polity2 is silent
ERA = 1945  # cut made after the fact; see docs/textbook/backtest.md


@dataclass(frozen=True, slots=True)
class Camp:
    """One side of a war. Not a number where the producers did not know.

    Units: forces and population in thousands, output in the producer's money; leader's forced exit 0 or 1.
    """

    name: str
    capability: float = nan
    forces: float = nan
    population: float = nan
    output: float = nan
    output_per_head: float = nan
    polity: float = nan
    polyarchy: float = nan
    deaths: float = nan  # the future: for scoring alone
    ousted: float = nan  # the future: for scoring alone

    @property
    def regime(self) -> str:
        """Democracy, mixed or autocracy: by polity2, by V-Dem where that is silent, mixed where both are.

        >>> Camp("x", polity=8).regime, Camp("x", polyarchy=.1).regime, Camp("x").regime
        ('democracy', 'autocracy', 'mixed')
        """
        if not isnan(self.polity):
            return "democracy" if self.polity >= DEMOCRACY else "autocracy" if self.polity <= AUTOCRACY else "mixed"
        if not isnan(self.polyarchy):
            high, low = POLYARCHY
            return "democracy" if self.polyarchy >= high else "autocracy" if self.polyarchy < low else "mixed"
        return "mixed"


@dataclass(frozen=True, slots=True)
class PastWar:
    """One war of the record; `known` holds both sides' deaths known after so many months of fighting.

    `outcome` is empty and `months` is not a number where a file does not say how and when the war ended.
    """

    number: int
    name: str
    line: int
    year: int
    began: str
    first: Camp
    second: Camp
    outcome: str = ""
    months: float = nan
    known: Mapping[int, tuple[float, float]] = field(default_factory=dict)
    reached: int = 0  # last month that the file of months has for it

    @property
    def recent(self) -> bool:
        """Whether it began in 1945 or later."""
        return self.year >= ERA

    @property
    def kind(self) -> tuple[bool, str, str]:
        """What the coding tells apart: the era and both regimes."""
        return self.recent, self.first.regime, self.second.regime

    def losses(self, months: int) -> tuple[float, float]:
        """Both sides' deaths known after so many months: those of the last month up to then that a file has.

        >>> PastWar(1, "", 1, 1900, "", Camp("a"), Camp("b"), known={2: (40., 9.)}).losses(3)
        (40.0, 9.0)
        """
        last = max((month for month in self.known if month <= months), default=0)
        return self.known.get(last, (0.0, 0.0))

    def ongoing_after(self, months: int) -> bool:
        """Whether the war still went on after so many months, by its length or, where that is unknown,
        by its months.
        """
        if months == 0:
            return True
        return self.months > months if not isnan(self.months) else self.reached > months
