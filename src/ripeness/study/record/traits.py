"""Traits of a conflict by which the record tells how it may end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import did_you_mean, join_words

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario

KINDS = ("interstate", "intrastate", "internationalised")
COLONIAL = "extrasystemic"  # a state against a movement in its colony: in the record, and no longer met
ISSUES = ("territory", "government")
INTENSITIES = ("war", "minor")
MOST_PARTIES = 100


@dataclass(frozen=True, slots=True)
class ConflictTraits:
    """What is known of a conflict on the day from which is forecast, in the terms of the Uppsala programme.

    `over` None: not known. `intensity`: war where a year of the conflict has had 1,000 deaths in battle. `year` is the
    calendar year of the forecast, which tells the era. Units: other_parties in armed parties to the same conflict.

    Raises: ArgumentFault for a trait that the record does not know.

    >>> ConflictTraits("interstate", "territory", "war", 0, 2023).kind
    'interstate'
    """

    kind: str
    over: str | None
    intensity: str
    other_parties: int
    year: int

    def __post_init__(self) -> None:
        """Refuse what the record does not know."""
        for name, value, choices in (
            ("kind", self.kind, (*KINDS, COLONIAL)),
            ("over", self.over, (*ISSUES, None)),
            ("intensity", self.intensity, INTENSITIES),
        ):
            if value not in choices:
                known_values = [choice for choice in choices if choice is not None]
                otherwise = f"it can be {join_words(known_values, 'or')}"
                raise ArgumentFault(name, f" is {value!r:.40}; {did_you_mean(str(value), known_values, otherwise)}")
        if not 0 <= self.other_parties <= MOST_PARTIES:
            raise ArgumentFault("other_parties", f" is {self.other_parties}; it can be 0 to {MOST_PARTIES}")


def traits_of(scenario: Scenario, as_of: date | None = None) -> ConflictTraits | None:
    """The traits that a scenario states, on its start or a later day; None where it states none.

    >>> from ripeness.scenario.read import read_scenario
    >>> traits_of(read_scenario("ukraine-2023-03")).kind
    'interstate'
    """
    conflict = scenario.conflict
    if conflict is None:
        return None
    year = (as_of or scenario.start).year
    return ConflictTraits(conflict.kind, conflict.over, conflict.intensity, conflict.other_parties, year)
