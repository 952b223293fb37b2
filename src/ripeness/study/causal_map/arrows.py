"""Arrows: causes and effects inside each belligerent, as the scenario and the stages of the month imply.

An arrow that belongs to one of the model's links can be cut; the others are how things add up (losses lower the number
of men) and carry always. A sign says in which direction the effect moves when the cause rises.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario

ISSUES = ("terms", "effort", "restraint", "reform")
HIT, LIVING, FIGHTING_MEN, STREET = (
    "power of those whom reform hits",
    "power of those who live on trade rents",
    "power of those whom war strengthens",
    "power of the public",
)


@dataclass(frozen=True, slots=True)
class Arrow:
    """One cause, one effect, inside a polity. Sign 1 or -1; `link` is empty where it cannot be cut."""

    polity: str
    cause: str
    effect: str
    sign: int
    link: str = ""


# Always there, in each belligerent's own frame: a higher front is a better one for it.
ALWAYS = (
    ("front", "belief in own strength", 1, "fighting->belief"),
    ("belief in own strength", "terms", 1, ""),
    ("losses", "cost of war", 1, "losses->cost"),
    ("economy", "cost of war", -1, "economy->cost"),
    ("cost of war", "terms", -1, ""),
    ("what the rival gains by a truce", "terms", 1, "rearmament->terms"),
    ("the leader's fate", "terms", 1, "fate->terms"),
    ("publicly stated terms", "terms", 1, "audience->terms"),
    ("front", "pressure", -1, ""),
    ("economy", "pressure", -1, ""),
    ("weariness", "pressure", 1, ""),
    ("effort", "munitions", 1, ""),
    ("effort", "men", 1, ""),
    ("effort", "economy", -1, ""),
    ("effort", "losses", 1, ""),
    ("munitions", "strength", 1, "munitions->strength"),
    ("men", "strength", 1, "men->strength"),
    ("effort", "strength", 1, "effort->strength"),
    ("restraint", "strength", -1, "restraint->strength"),
    ("rearming in ceasefires", "strength", 1, "rearmament->strength"),
    ("ceasefire", "losses", -1, "ceasefire->intensity"),
    ("strength", "front", 1, ""),
    ("strength", "losses", -1, ""),
    ("losses", "men", -1, ""),
    ("losses", "weariness", 1, ""),
    ("front", "fall of the leader", -1, "front->removal"),
    ("fall of the leader", "terms", -1, ""),
    ("terms", "settlement", -1, ""),
)
STREETS = (
    ("weariness", "protest", 1, "grievance->protest"),
    ("economy", "protest", -1, "grievance->protest"),
    ("protest", STREET, 1, "protest->power"),
    (STREET, "terms", -1, ""),
    ("protest", "fall of the leader", 1, "protest->removal"),
    ("protest", "collapse", 1, "protest->collapse"),
)
REFORM = ((HIT, "effort", -1, "obstruction->effort"), ("reform", HIT, -1, "reform->power"), (HIT, "reform", -1, ""))
RENTS = (
    ("rents from trade", LIVING, 1, "rents->power"),
    (LIVING, "restraint", 1, ""),
    ("restraint", "rents from trade", 1, ""),
)
MILITARY = (("effort", FIGHTING_MEN, 1, "war->power"), (FIGHTING_MEN, "effort", 1, ""), (FIGHTING_MEN, "terms", 1, ""))
CREDIT = (("front", FIGHTING_MEN, 1, "front->power"),)
FLOWS = {
    "aid": (("aid from patrons", "munitions", 1, "aid->munitions"),),
    "sanctions": (
        ("sanctions", "economy", -1, "sanctions->economy"),
        ("sanctions", "pressure", 1, "sanctions->economy"),
    ),
    "trade": (("trade with patrons", "economy", 1, "trade->economy"),),
}
DRIVERS = {
    "pressure": "pressure",
    "weariness": "weariness",
    "front": "front",
    "rents": "rents from trade",
    "discontent": "protest",
}
# Links with several arrows, or whose arrow alone does not say enough: their cause and effect in words.
WIDER_LINKS = {
    "obstruction->effort": ("obstruction", "war effort"),
    "reform->power": ("reform", "power of those whom it hits"),
    "rents->power": ("rents from trade", "power of those who live on them"),
    "war->power": ("the war", "power of those whom it strengthens"),
    "grievance->protest": ("weariness and the economy", "protest"),
}


def link_ends() -> dict[str, tuple[str, str]]:
    """Cause and effect of every link that can be cut, by its first arrow; the responses of positions lead to all."""
    arrows = chain(ALWAYS, STREETS, REFORM, RENTS, MILITARY, CREDIT, *FLOWS.values())
    ends = {_response_link(driver): (node, "positions") for driver, node in DRIVERS.items()}
    for cause, effect, _, link in arrows:
        if link:
            ends.setdefault(link, (cause, effect))
    return ends


def causal_arrows(scenario: Scenario) -> tuple[Arrow, ...]:
    """All arrows of both belligerents; where two ways lead from one cause to one effect, the first stands for both."""
    keys = [key for key, polity in scenario.polities.items() if polity.role == "belligerent"]
    arrows_by_ends: dict[tuple[str, str, str], Arrow] = {}
    for key in keys:
        flows = {
            str(issue.role)
            for polity in scenario.polities.values()
            for issue in polity.issues.values()
            if issue.role in FLOWS and issue.toward == key
        }
        for cause, effect, sign, link in _of(scenario.polities[key], sorted(flows)):
            arrows_by_ends.setdefault((key, cause, effect), Arrow(key, cause, effect, sign, link))
    return tuple(arrows_by_ends.values())


def _of(polity: PolityForm, flows: Iterable[str]) -> Iterator[tuple[str, str, int, str]]:
    factions = polity.factions.values()
    yield from _responses(polity)
    yield from ALWAYS
    if any(faction.public for faction in factions):
        yield from STREETS
    if any(issue.role == "reform" and issue.hits for issue in polity.issues.values()):
        yield from REFORM
    elif _has_trait(polity, "obstruction"):
        yield ("reluctance of some", "effort", -1, "obstruction->effort")
    if any(faction.rent_issue for faction in factions) and _has_trait(polity, "trade_rent"):
        yield from RENTS
    if _has_trait(polity, "war_weight"):
        yield from MILITARY
    if _has_trait(polity, "credit"):
        yield from CREDIT
    for flow in flows:
        yield from FLOWS[flow]


def _has_trait(polity: PolityForm, trait: str) -> bool:
    """Whether any faction has some of a trait."""
    quantities = (getattr(faction.traits, trait) for faction in polity.factions.values())
    return any(max(abs(x) for x in number.interval()) > 0 for number in quantities if number is not None)


def _responses(polity: PolityForm) -> Iterator[tuple[str, str, int, str]]:
    """Return how positions respond to the situation: the sign of the responses, weighted by power."""
    total: dict[tuple[str, str], float] = {}
    for faction in polity.factions.values():
        power = faction.power.centre if faction.power is not None else 1.0
        for key, drivers in faction.responds.items():
            role = str(polity.issues[key].role) if key in polity.issues else ""
            if role in ISSUES:
                for driver, strength in drivers.items():
                    total[driver, role] = total.get((driver, role), 0.0) + power * strength.centre
    for (driver, role), slope in sorted(total.items()):
        if slope != 0:
            yield (DRIVERS[driver], role, 1 if slope > 0 else -1, _response_link(driver))


def _response_link(driver: str) -> str:
    """The link by which a driver moves positions."""
    return f"{driver}->positions"
