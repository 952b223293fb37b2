"""Positions of factions on issues: as stated, or computed from their traits as the war does at its start."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.world.quantity import Quantity

KEPT = 64  # scenarios whose openings are remembered while a study goes on


CENTRE = Quantity("point", (0.5,), 0.0, 1.0, "share")


def stated_position(scenario: Scenario, polity: str, faction: str, issue: str) -> Quantity:
    """A faction's position on an issue: as stated, or its opening terms, or the middle of the issue."""
    form = scenario.polities[polity]
    position = form.factions[faction].positions.get(issue)
    if position is not None:
        return position
    if form.issues[issue].role == "terms" and form.role == "belligerent":
        return opening_terms(scenario, polity, faction)
    return CENTRE


def stated_salience(form: PolityForm, faction: str, issue: str) -> float:
    """The median weight that a faction gives to an issue; none where it states nothing."""
    salience = form.factions[faction].salience.get(issue)
    return 0.0 if salience is None else salience.centre


def opening_terms(scenario: Scenario, polity: str, faction: str) -> Quantity:
    """The least share that a faction would accept at the start, every number at its centre (`War.central`)."""
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
    situation = open_war(war, war.central()[:, None], np.zeros(1, dtype=np.uint64), links(()))
    terms_by_faction = {}
    for side, polity in zip(war.sides[:2], situation.belligerents(), strict=True):
        for f, key in enumerate(side.faction_keys):
            share = float(np.clip(polity.position[side.terms, f, 0], 0.0, 1.0))
            terms_by_faction[side.key, key] = Quantity("point", (share,), 0.0, 1.0, "share")
    return terms_by_faction
