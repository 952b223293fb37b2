"""Number groups: what a number of a scenario is about, by its path, and hybrids that take groups from several versions.

A hybrid has the actors of one version, its powers from another, its positions from a third: what an analyst would code
who agreed with one colleague on this and with another on that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from ripeness.scenario.faction_form import FactionForm
from ripeness.scenario.fingerprint import WORDS
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.polity_form import Country, IssueForm, PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.world.quantity import Quantity

STRUCTURE = "structure"
GROUPS: Mapping[str, str] = {
    "power": "the powers of factions",
    "positions": "positions on the issues",
    "salience": "the weight of issues",
    "beliefs": "beliefs about the war",
    "traits": "gains and losses of factions",
    "conduct": "the conduct of states",
    "resources": "forces and losses",
    "events": "possible events",
    "talks": "the stake, the talks and the ceasefire",
    "laws": "parameters of the model",
    STRUCTURE: "who the actors are",
}
BELIEFS = frozenset({"optimism", "stubbornness", "informedness", "estimate_error"})
POSITIONS = frozenset({"positions", "responds", "issues"})
MEANS = ("aid_capacity", "sanctions_weight", "trade_weight", "reliability", "mediator")
NOT_OF_THE_WAR = frozenset({"evidence", "readings", "window", "indicators", "presets"})
STATEMENTS = "statements"  # of a faction: what they tell of its start has become its position when a scenario is read
BY_ISSUE = ("positions", "salience", "responds")


def number_group(path: str) -> str:
    """The group of a number; empty for those that move no war: evidence, statements, actor models.

    >>> number_group("polities.north.factions.army.power"), number_group("polities.north.conduct.quota")
    ('power', 'conduct')
    >>> number_group("polities.north.factions.army.traits.optimism"), number_group("stake.held")
    ('beliefs', 'talks')
    """
    steps = path.split(".")
    if steps[0] in NOT_OF_THE_WAR:
        return ""
    if steps[0] in {"events", "laws"}:
        return steps[0]
    if steps[0] != "polities":
        return "talks"
    within = steps[4:] if steps[2] == "factions" else steps[2:]
    if within[0] == STATEMENTS:
        return ""
    if steps[-1] in BELIEFS:
        return "beliefs"
    if within[0] in {"power", "salience", "traits", "conduct"}:
        return within[0]
    if within[0] == "country":
        return "traits" if within[1] == "traits" else "positions"
    return "positions" if within[0] in POSITIONS else "resources"


def version_content(scenario: Scenario) -> dict[str, Any]:
    """What a version says by group, as values that can be compared: sources, notes and names do not count."""
    content: dict[str, Any] = {group: {} for group in GROUPS}
    for path, number in scenario_numbers(scenario).items():
        if group := number_group(path):
            content[group][path] = (number.family, number.parameters, number.low, number.high, number.unit)
    events = {key: _frame(event, _ALL_FIELDS) for key, event in scenario.events.items()}
    content["events"] = {"numbers": content["events"], "frame": events}
    content[STRUCTURE] = _frame(scenario, NOT_OF_THE_WAR | {"events", "laws"})
    return content


_ALL_FIELDS: frozenset[str] = frozenset()


def _frame(part: Any, left_out: frozenset[str]) -> Any:
    """A part of a scenario without its numbers and words."""
    if isinstance(part, Quantity):
        return None
    if isinstance(part, BaseModel):
        names = [name for name in type(part).model_fields if name not in WORDS | left_out]
        frame = {name: _frame(getattr(part, name), left_out) for name in names if name not in (*BY_ISSUE, STATEMENTS)}
        return {name: child for name, child in frame.items() if child is not None}
    if isinstance(part, Mapping):
        return {key: _frame(child, left_out) for key, child in part.items()}
    if isinstance(part, (tuple, list)):
        return [_frame(child, left_out) for child in part]
    return part


def differing_groups(contents: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """The groups in which not all versions say the same, by what `version_content` gives of each."""
    first, *others = contents.values()
    return tuple(group for group in first if any(first[group] != other[group] for other in others))


def hybrid(versions: Mapping[str, Scenario], source: Mapping[str, str]) -> Scenario:
    """A scenario that takes each group from the version that `source` names for it.

    The actors (polities, factions, issues, rules, who leads and who has a veto) come from the version of `structure`.
    A number of a faction or an issue that its version does not have stays as the version of the structure has it; so do
    the powers of a polity whose factions differ, and the events where any actor does.

    >>> from ripeness.scenario.read import read_scenario
    >>> public, essay = (read_scenario("ukraine-2023-03", coding) for coding in ("public", "essay"))
    >>> mixed = hybrid({"p": public, "e": essay}, dict.fromkeys(GROUPS, "p") | {"power": "e"})
    >>> mixed.polities["russia"].factions["military"].power.centre, mixed.talks == public.talks
    (0.1, True)
    """
    of_group = {group: versions[source[group]] for group in GROUPS}
    frame = of_group[STRUCTURE]
    polities = {key: _polity(key, polity, of_group) for key, polity in frame.polities.items()}
    same_actors = _actors(of_group["events"]) == _actors(frame)
    return frame.model_copy(
        update={
            "polities": polities,
            "stake": frame.stake.model_copy(update={"held": of_group["talks"].stake.held}),
            "talks": of_group["talks"].talks,
            "ceasefire": of_group["talks"].ceasefire,
            "laws": of_group["laws"].laws,
            "events": of_group["events"].events if same_actors else frame.events,
        }
    )


def _actors(scenario: Scenario) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    return {key: (frozenset(polity.factions), frozenset(polity.issues)) for key, polity in scenario.polities.items()}


def _polity(key: str, frame: PolityForm, of_group: Mapping[str, Scenario]) -> PolityForm:
    donors = {group: scenario.polities.get(key, frame) for group, scenario in of_group.items()}
    beliefs = {"estimate_error": donors["beliefs"].conduct.estimate_error}
    means = donors["resources"]
    update: dict[str, Any] = {
        "conduct": donors["conduct"].conduct.model_copy(update=beliefs),
        "issues": {name: _issue(issue, donors["positions"].issues.get(name)) for name, issue in frame.issues.items()},
        "factions": {name: _faction(name, faction, frame, donors) for name, faction in frame.factions.items()},
        "country": _country(frame, donors),
    }
    if (means.resources is None) == (frame.resources is None):
        update["resources"] = means.resources
    update |= {name: getattr(means, name) for name in MEANS if getattr(means, name) is not None}
    if donors["power"].factions.keys() == frame.factions.keys():
        update["power"] = donors["power"].power
    return frame.model_copy(update=update)


def _issue(frame: IssueForm, donor: IssueForm | None) -> IssueForm:
    return frame if donor is None else frame.model_copy(update={"reference": donor.reference})


def _faction(name: str, frame: FactionForm, polity: PolityForm, donors: Mapping[str, PolityForm]) -> FactionForm:
    of_group = {group: donor.factions.get(name, frame) for group, donor in donors.items()}
    update: dict[str, Any] = {
        "traits": _traits(of_group["traits"].traits, of_group["beliefs"].traits),
        "salience": _by_issue(frame.salience, of_group["salience"].salience, polity, donors["salience"]),
        "positions": _by_issue(frame.positions, of_group["positions"].positions, polity, donors["positions"]),
        "responds": _by_issue(frame.responds, of_group["positions"].responds, polity, donors["positions"]),
    }
    if donors["power"].factions.keys() == polity.factions.keys():
        update["power"] = of_group["power"].power
    return frame.model_copy(update=update)


def _country(polity: PolityForm, donors: Mapping[str, PolityForm]) -> Country:
    frame, stated = polity.country, donors["positions"].country
    return frame.model_copy(
        update={
            "traits": _traits(donors["traits"].country.traits, donors["beliefs"].country.traits),
            "positions": _by_issue(frame.positions, stated.positions, polity, donors["positions"]),
            "responds": _by_issue(frame.responds, stated.responds, polity, donors["positions"]),
        }
    )


def _traits(traits: Any, beliefs: Any) -> Any:
    return traits.model_copy(update={name: getattr(beliefs, name) for name in BELIEFS if hasattr(beliefs, name)})


def _by_issue(
    frame: Mapping[str, Any], donated: Mapping[str, Any], polity: PolityForm, donor: PolityForm
) -> dict[str, Any]:
    """What a version says on issues that the polity has, and what the polity says on those that the version lacks."""
    kept = {issue: number for issue, number in frame.items() if issue not in donor.issues}
    return kept | {issue: number for issue, number in donated.items() if issue in polity.issues}
