"""Opening terms: what a faction that states no terms would ask at the start, reckoned from its traits as the war
does.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ripeness.scenario.schema import Scenario
from ripeness.world.quantity import Quantity

KEPT = 64  # scenarios whose openings are remembered while a study goes on


def opening_terms(scenario: Scenario, polity: str, faction: str) -> Quantity:
    """The least share that a faction would accept at the start, every number at its median."""
    return _openings(_Same(scenario))[polity, faction]


class _Same:
    """A scenario that is remembered by identity: two readings are two scenarios."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario

    def __hash__(self) -> int:
        return id(self.scenario)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.scenario is self.scenario


@lru_cache(maxsize=KEPT)
def _openings(identity: _Same) -> dict[tuple[str, str], Quantity]:
    from ripeness.ensemble.run import links
    from ripeness.war.opening import open_war
    from ripeness.war.prepare import prepare

    war = prepare(identity.scenario)
    medians = np.array([[number.centre] for number in war.numbers.values()])
    situation = open_war(war, medians, np.zeros(1, dtype=np.uint64), links(()))
    terms_by_faction = {}
    for side, polity in zip(war.sides[:2], situation.belligerents(), strict=True):
        for f, key in enumerate(side.faction_keys):
            share = float(np.clip(polity.position[side.terms, f, 0], 0.0, 1.0))
            terms_by_faction[side.key, key] = Quantity("point", (share,), 0.0, 1.0, "share")
    return terms_by_faction
