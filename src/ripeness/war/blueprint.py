"""Blueprint: how much place a war's polities, factions, issues and events take in its blocks, and the facts in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.choose import CODES, OTHER
from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.block import FLOW, RULE, PolitySlices, address, finish, lay_out
from ripeness.war.events import WAYS
from ripeness.war.happening import power_changes
from ripeness.war.patronage import ROLES

if TYPE_CHECKING:
    from ripeness.war.block import Block, BlockLayout, Records
    from ripeness.war.happening import Changed, Happening
    from ripeness.war.side import Side

NO_POWER = -1


def layout_of(sides: tuple[Side, ...], happenings: tuple[Happening, ...], changes: tuple[Changed, ...]) -> BlockLayout:
    """Lay out the blocks of a war, and write down what is the same in all of them."""
    counts = {
        "polities": len(sides),
        "factions": sum(side.factions for side in sides),
        "issues": sum(len(side.issue_keys) for side in sides),
        "stances": sum(len(side.issue_keys) * side.factions for side in sides),
        "responses": sum(len(side.responds) for side in sides),
        "events": len(happenings),
        "effects": len(changes),
    }
    layout = lay_out(counts, max(side.factions for side in sides), _rules(sides), _flows(sides))
    template = layout.block(0)
    places = [_place(sides, n) for n in range(len(sides))]
    for n, (side, place) in enumerate(zip(sides, places, strict=True)):
        _describe(template, side, n, place, not side.fights and power_changes(happenings, n))
    for event, happening in zip(template.state.events, happenings, strict=True):
        event.random_key, event.due, event.by_chance = happening.random_key, happening.due, happening.hazard >= 0
        event.first, event.end = happening.first, happening.last
    for effect, change in zip(template.state.effects, changes, strict=True):
        effect.event, effect.way = change.event, WAYS.index(change.effect.how)
        effect.target = address(layout, change.part, change.number, change.name, change.row)
        effect.low, effect.high = change.effect.low, change.effect.high
        power = change.effect.what == "power"
        effect.polity = change.effect.side if power else NO_POWER
        effect.faction = change.effect.faction if power else NO_POWER
    template.shared.anyone_splinters = any(side.can_splinter for side in sides)
    template.state.camps.is_movement = [side.is_movement for side in sides[:PRINCIPALS]]
    template.shared.belligerents = sum(side.fights for side in sides)
    return finish(layout, template, tuple(places), int(template.shared.belligerents))


def _rules(sides: tuple[Side, ...]) -> Records:
    rows = [(n, CODES.get(name, OTHER), *numbers) for n, side in enumerate(sides) for name, *numbers in side.rules]
    return np.array(rows, RULE).view(np.recarray)


def _flows(sides: tuple[Side, ...]) -> Records:
    rows = [
        (n, flow.issue, ROLES.index(flow.role), flow.toward)
        for n, side in enumerate(sides)
        if not side.fights
        for flow in side.flows
    ]
    return np.array(rows, FLOW).view(np.recarray)


def _place(sides: tuple[Side, ...], n: int) -> PolitySlices:
    """Say where the factions, issues, stances and responses of a polity stand."""

    def sizes(side: Side) -> tuple[int, int, int, int]:
        issues = len(side.issue_keys)
        return side.factions, issues, issues * side.factions, len(side.responds)

    first = np.sum([(0, 0, 0, 0), *map(sizes, sides[:n])], axis=0)
    end = first + sizes(sides[n])
    return PolitySlices(*(slice(int(start), int(stop)) for start, stop in zip(first, end, strict=True)))


def _describe(template: Block, side: Side, n: int, place: PolitySlices, changed: bool) -> None:
    """Write down the facts of a polity, its factions, its issues and how they respond."""
    state, polity = template.state, template.state.polities[n]
    polity.first_faction, polity.end_faction = place.factions.start, place.factions.stop
    polity.first_issue, polity.end_issue = place.issues.start, place.issues.stop
    polity.first_stance, polity.end_stance = place.stances.start, place.stances.stop
    polity.first_response, polity.end_response = place.responses.start, place.responses.stop
    polity.random_key, polity.leader, polity.power_changes = side.random_key, side.leader, changed
    polity.terms_issue, polity.effort_issue = side.terms, side.effort
    polity.restraint_issue, polity.reform_issue = side.restraint, side.reform
    polity.can_splinter, polity.is_movement = side.can_splinter, side.is_movement
    polity.beside, polity.alignment_issue, polity.may_change = side.beside, side.alignment, side.may_change
    polity.mediation_issue = side.mediation
    polity.observes = side.flows[0].toward if side.flows and not side.fights else -1
    for f, faction in enumerate(state.factions[place.factions]):
        faction.random_key, faction.rent_issue = side.faction_random_keys[f], side.rent_issue[f]
        faction.veto, faction.hit_by_reform = side.veto[f], side.hit[f]
        faction.protests, faction.states_terms = f in side.streets, side.terms_stated[f] >= 0
    state.issues[place.issues].has_role = side.has_role
    for response, numbers in zip(state.responses[place.responses], side.responds, strict=True):
        response.issue, response.faction, response.driver = numbers
