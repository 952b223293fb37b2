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
ACCOUNTABLE, COLLECTIVE, PERSONAL = "accountable", "collective", "personal"
# Where no list of regimes tells more.
BY_REGIME = {"democracy": ACCOUNTABLE, "mixed": COLLECTIVE, "autocracy": PERSONAL}
# What a regime of the list of Geddes, Wright and Frantz says on who decides, after Weeks 2014: parties, juntas and
# oligarchies hold their leader to account; one who rules by his own following, or by birth, is held by nobody.
BY_TYPE = {
    **dict.fromkeys(("parliamentary", "presidential"), ACCOUNTABLE),
    **dict.fromkeys(
        (
            "party-based",
            "party-military",
            "military",
            "indirect military",
            "oligarchy",
            "provisional",
            "provisional military",
            "civilian provisional",
        ),
        COLLECTIVE,
    ),
    **dict.fromkeys(
        ("personal", "military personal", "party-personal", "party-personal-military", "monarchy", "warlordism"),
        PERSONAL,
    ),
}
NO_TYPE = ("foreign-occupied",)  # types that do not tell who decides
PARTNERS = ("", "1 partner", "2 partners")  # as a kind says it; a third one changes little where all must agree


@dataclass(frozen=True, slots=True)
class Camp:
    """One side of a war. Not a number where the producers did not know.

    Units: forces and population in thousands, output in the producer's money, states in number; leader's forced exit
    0 or 1.
    """

    name: str
    capability: float = nan
    forces: float = nan
    population: float = nan
    output: float = nan
    output_per_head: float = nan
    polity: float = nan
    polyarchy: float = nan
    regime_type: str = ""  # by the list of Geddes, Wright and Frantz, when the war began
    states: float = nan  # of the first days
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

    @property
    def leadership(self) -> str:
        """Who holds the leader to account: voters and parliaments, a circle of peers, or nobody.

        By the type of regime where a list has it, else by the regime.

        >>> Camp("x", polity=-9, regime_type="party-based").leadership, Camp("x", polity=-9).leadership
        ('collective', 'personal')
        """
        return BY_TYPE.get(self.regime_type, BY_REGIME[self.regime])

    @property
    def partners(self) -> int:
        """States that fought on this side from the first days beside the strongest, up to two; none where nobody knows.

        >>> Camp("x", states=5).partners, Camp("x").partners
        (2, 0)
        """
        return 0 if isnan(self.states) else min(max(int(self.states), 1), len(PARTNERS)) - 1

    @property
    def kind(self) -> str:
        """What the coding tells apart of a side: its leadership and its partners.

        >>> Camp("x", polity=8, states=2).kind
        'accountable, 1 partner'
        """
        return f"{self.leadership}, {PARTNERS[self.partners]}".removesuffix(", ")


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
        """What the coding tells apart: the era, and the leadership and partners of both sides."""
        return self.recent, self.first.kind, self.second.kind

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
