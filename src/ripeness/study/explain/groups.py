"""Groups: which of a scenario's statements belong together, and a war in which only some groups are as stated.

Whatever is in no group says which war it is, and is as stated in every arm: dates, names, who fights, factions by
archetype and who leads, issues and their ends.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ripeness.scenario.default_scenario import default_scenario
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Event, Scenario
from ripeness.world.identity_cache import IdentityCache

Path = tuple[str, ...]
MOST_DEFAULTS = 8  # scenarios whose wars of which nothing is known are kept
_DEFAULTS: IdentityCache[Scenario] = IdentityCache(MOST_DEFAULTS)

POWER, COSTS, TERMS, COMMITMENT = "power", "costs", "terms", "commitment"
PATRONS, DECIDERS, REST = "patrons", "deciders", "rest"


@dataclass(frozen=True, slots=True)
class StatementGroup:
    """Statements of a scenario that are put in together. `holds`: what they are, in words."""

    key: str
    name: str
    holds: str


GROUPS = (
    StatementGroup(POWER, "power and forces", "forces, reserves, arms, who began, and what each side believes of them"),
    StatementGroup(COSTS, "costs and pain", "deaths, economy, harm to civilians, and who bears or earns by them"),
    StatementGroup(TERMS, "terms and stakes", "what is held, wanted and said in public, what it is worth, mediation"),
    StatementGroup(COMMITMENT, "commitment and rearming", "guarantees, gain from rearming in a truce, claims, peace"),
    StatementGroup(PATRONS, "patrons and third parties", "who arms, sanctions or may join, and events that touch them"),
    StatementGroup(DECIDERS, "factions and who decides", "power, vetoes, rules, wishes, unity and fate of factions"),
    StatementGroup(REST, "the rest", "laws that the scenario sets itself, other events, stated objectives"),
)
"""The groups in the order in which they are put in."""

OF_CONDUCT = {
    "estimate_error": POWER,
    "reporting": COSTS,
    "public_terms": TERMS,
    "posture": TERMS,
    "aim": TERMS,
    "rearm": COMMITMENT,
    "claim": COMMITMENT,
    "guarantee": COMMITMENT,
    "leader_weight": DECIDERS,
    "leader_share": DECIDERS,
    "quota": DECIDERS,
    "noise": DECIDERS,
    "defection": DECIDERS,
    "repression": DECIDERS,
}
OF_RESOURCES = {
    "population": POWER,
    "forces": POWER,
    "pool": POWER,
    "call_up": POWER,
    "quality": POWER,
    "munitions": POWER,
    "production": POWER,
    "economy": COSTS,
    "output": COSTS,
    "deaths": COSTS,
    "wounded": COSTS,
    "deaths_so_far": COSTS,
    "displaced": COSTS,
    "civilian_harm": COSTS,
    "occupation_harm": COSTS,
}
OF_TRAITS = {
    "optimism": POWER,
    "stubbornness": POWER,
    "casualty_aversion": COSTS,
    "exposure": COSTS,
    "war_gain": COSTS,
    "trade_rent": COSTS,
    "informedness": COSTS,
    "stake_value": TERMS,
    "audience_cost": TERMS,
    "peace_cost": COMMITMENT,
    "office": DECIDERS,
    "punishment": DECIDERS,
    "organisation": DECIDERS,
    "distance": DECIDERS,
    "obstruction": DECIDERS,
    "exit_rate": DECIDERS,
    "loyalty": DECIDERS,
    "war_weight": DECIDERS,
    "credit": DECIDERS,
    "arms": DECIDERS,
    "fights_on": DECIDERS,
}
OF_FACTION = {
    "power": DECIDERS,
    "veto": DECIDERS,
    "culpable": DECIDERS,
    "rent_issue": COSTS,
    "salience": DECIDERS,
    "responds": DECIDERS,
}
OF_ISSUE = {"rule": DECIDERS, "reference": DECIDERS, "hits": DECIDERS}
OF_POLITY = {"regime": DECIDERS, "organisation": DECIDERS, "power": DECIDERS, "objectives": REST}
OF_TALKS = {
    "mediation": TERMS,
    "misperception": TERMS,
    "guarantee": COMMITMENT,
    "monitoring": COMMITMENT,
    "power_sharing": COMMITMENT,
    "disarmament": COMMITMENT,
}
OF_STAKE = {"held": TERMS, "allowed": TERMS}
OF_SCENARIO = {"initiator": POWER, "laws": REST}


def group_of(scenario: Scenario, path: Path) -> str | None:
    """The group that a statement belongs to; None where it says which war it is.

    >>> from ripeness.scenario.read import read_scenario
    >>> war = read_scenario("ukraine-2023-03")
    >>> group_of(war, ("polities", "russia", "resources", "forces")), group_of(war, ("start",))
    ('power', None)
    """
    head, *tail = path
    if head == "polities" and tail:
        return _of_polity(scenario.polities[tail[0]], tail[1:])
    if head == "events" and tail:
        return PATRONS if _touches_patron(scenario, scenario.events[tail[0]]) else REST
    if head == "talks" and tail:
        return OF_TALKS.get(tail[0], REST)
    if head == "stake" and tail:
        return OF_STAKE.get(tail[0])
    return OF_SCENARIO.get(head)


def _of_polity(polity: PolityForm, path: list[str]) -> str | None:
    """The group of what a polity states."""
    if polity.role == "patron":
        return PATRONS
    part, *tail = path or [""]
    if part == "conduct" and tail:
        return OF_CONDUCT.get(tail[0], REST)
    if part == "resources" and tail:
        return OF_RESOURCES.get(tail[0], REST)
    if part == "issues" and len(tail) > 1:
        return OF_ISSUE.get(tail[1])
    if part == "country" and tail:
        return _of_interests(polity, tail)
    if part == "factions" and len(tail) > 1:
        return _of_interests(polity, tail[1:])
    return OF_POLITY.get(part)


def _of_interests(polity: PolityForm, path: list[str]) -> str | None:
    """The group of what a faction, or a country as one decider, wants, bears and weighs."""
    part, *tail = path
    if part == "traits" and tail:
        return OF_TRAITS.get(tail[0], REST)
    if part == "positions" and tail:
        return TERMS if polity.issues[tail[0]].role == "terms" else DECIDERS
    return OF_FACTION.get(part)


def _touches_patron(scenario: Scenario, event: Event) -> bool:
    """Whether a patron enters by an event, or is changed by it."""
    patrons = {key for key, polity in scenario.polities.items() if polity.role == "patron"}
    changed = {change.path.split(".")[1] for change in event.changes if change.path.startswith("polities.")}
    return event.enters is not None or bool(patrons & changed)


def scenario_with_groups(scenario: Scenario, groups: Collection[str]) -> Scenario:
    """Return the war in which only some groups are as stated, and all else is at its default.

    >>> from ripeness.scenario.read import read_scenario
    >>> war = read_scenario("ukraine-2023-03")
    >>> scenario_with_groups(war, [group.key for group in GROUPS]) == war
    True
    >>> list(scenario_with_groups(war, [POWER]).polities)
    ['russia', 'ukraine']
    """

    def is_stated(path: Path) -> bool:
        group = group_of(scenario, path)
        return group is None or group in groups

    default = _DEFAULTS.get([scenario], (), lambda: default_scenario(scenario))
    mixed: Scenario = _mix(default, scenario, (), is_stated)
    return mixed


def _mix(default: Any, stated: Any, path: Path, is_stated: Callable[[Path], bool]) -> Any:
    """Each part from where it belongs: numbers and words one by one, tables key by key."""
    if isinstance(default, BaseModel) and isinstance(stated, BaseModel):
        parts = {
            key: _mix(getattr(default, key), getattr(stated, key), (*path, key), is_stated)
            for key in type(stated).model_fields
        }
        return stated.model_copy(update=parts)
    if isinstance(default, dict) and isinstance(stated, dict):
        keys = dict.fromkeys([*stated, *default])
        entries = {key: _entry(default, stated, (*path, key), is_stated) for key in keys}
        return {key: entry for key, entry in entries.items() if entry is not MISSING}
    return stated if is_stated(path) else default


def _entry(default: dict[str, Any], stated: dict[str, Any], path: Path, is_stated: Callable[[Path], bool]) -> Any:
    """One entry of a table that both have, or only one of them."""
    key = path[-1]
    if key in default and key in stated:
        return _mix(default[key], stated[key], path, is_stated)
    if key in stated:
        return stated[key] if is_stated(path) else MISSING
    return MISSING if is_stated(path) else default[key]


MISSING = object()
