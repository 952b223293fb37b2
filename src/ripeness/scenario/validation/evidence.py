"""Observations: each is of a decision, of an act on a faction's standing, or of what the war showed, and of one."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from ripeness.scenario.schema import Observation, Scenario
from ripeness.scenario.validation.events import range_faults
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import join_words, unknown_name

WITH_AMOUNT = ("losses", "line", "offer_made", "offer_refused", "media_line", "not_done")
SHARES = tuple(name for name in WITH_AMOUNT if name != "losses")
NOT_DONE = "'shows: not_done', the deed that was not done"
OF_A_DECISION = ("position", "choice", "alternatives", "wanted")


def evidence_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Observations of a decision on an issue, or of a thing that the war showed; ids that stand once."""
    ids: set[str] = set()
    for index, observation in enumerate(scenario.evidence):
        node = tree.at(["evidence", index])
        if observation.id and observation.id in ids:
            yield Fault(f"the id '{observation.id}' stands a second time among the evidence", node.at(["id"]).place)
        ids.add(observation.id)
        yield from observation_faults(scenario, observation, node)


def observation_faults(scenario: Scenario, observation: Observation, node: Node) -> Iterator[Fault]:
    """What is wrong with one observation: names that do not exist, parts that miss or do not go together."""
    if observation.polity not in scenario.polities:
        yield Fault(unknown_name("a polity", observation.polity, scenario.polities), node.at(["polity"]).place)
    elif observation.issue is not None and observation.issue not in scenario.polities[observation.polity].issues:
        issues = scenario.polities[observation.polity].issues
        yield Fault(
            unknown_name(f"an issue of '{observation.polity}'", observation.issue, issues), node.at(["issue"]).place
        )
    n_subjects = (observation.issue is not None) + (observation.shows is not None)
    if observation.act is None and observation.shows != "not_done" and n_subjects != 1:
        yield Fault(
            "an observation is of a decision ('issue'), of what the war showed ('shows') or of an 'act' on a "
            "faction's standing, one of them",
            node.place,
        )
    if observation.act is not None:
        yield from _act_faults(observation, node)
    elif observation.shows is None:
        yield from _observed_decision_faults(observation, node)
    else:
        yield from _observed_event_faults(observation, node)
    yield from _party_faults(scenario, observation, node)


def _observed_decision_faults(observation: Observation, node: Node) -> Iterator[Fault]:
    for key, goes_with in (("amount", "what the war 'shows'; a decision has a 'position'"), ("toward", NOT_DONE)):
        if getattr(observation, key) is not None:
            yield Fault(f"'{key}' goes with {goes_with}", node.at([key]).key)
    if (observation.position is None) == (observation.choice is None):
        yield Fault("an observed decision has a 'position', or a 'choice' among 'alternatives'", node.place)
    if observation.choice is None:
        for key in ("alternatives", "wanted"):
            if getattr(observation, key):
                yield Fault(f"'{key}' goes with a 'choice'", node.at([key]).key)
        return
    if observation.choice not in observation.alternatives:
        yield Fault(
            unknown_name("among the alternatives", observation.choice, observation.alternatives),
            node.at(["choice"]).place,
        )
    if len(observation.alternatives) == 1:
        yield Fault("a choice is among two alternatives or more", node.at(["alternatives"]).place)
    n_placed = sum(place is not None for place in observation.alternatives.values())
    if 0 < n_placed < len(observation.alternatives):
        name = next(name for name, place in observation.alternatives.items() if place is None)
        yield Fault(
            f"the alternative '{name}' has no place on the issue, others have; give places to all or to none",
            node.at(["alternatives", name]).key,
        )
    if not n_placed and observation.alternatives and not observation.wanted:
        yield Fault(
            "alternatives without places tell nothing unless 'wanted' says which faction stood behind which",
            node.at(["alternatives"]).place,
        )


def _act_faults(observation: Observation, node: Node) -> Iterator[Fault]:
    """An act names whom it favours or is against, two factions, and nothing of a decision."""
    for key in ("shows", "position", "choice", "amount", "toward", "alternatives", "wanted"):
        if getattr(observation, key):
            yield Fault(f"'{key}' does not go with an 'act'; write two observations", node.at([key]).key)
    if observation.favours is None and observation.against is None:
        yield Fault("an act names the faction that it 'favours', or that it is 'against'", node.at(["act"]).place)
    elif observation.favours == observation.against:
        yield Fault("an act cannot favour the faction that it is against", node.at(["against"]).place)
    elif observation.act == "vetoed" and observation.favours is None:
        yield Fault("a veto names who used it: 'favours: FACTION'", node.at(["act"]).place)


def _party_faults(scenario: Scenario, observation: Observation, node: Node) -> Iterator[Fault]:
    """Factions that an observation names are of its polity; what they wanted was on the table."""
    polity = scenario.polities.get(observation.polity)
    factions = polity.factions if polity is not None else {}
    for key in ("favours", "against"):
        faction = getattr(observation, key)
        if faction is None:
            continue
        if observation.act is None:
            yield Fault(f"'{key}' goes with an 'act'", node.at([key]).key)
        elif polity is not None and faction not in factions:
            yield Fault(unknown_name(f"a faction of '{observation.polity}'", faction, factions), node.at([key]).place)
    for faction, wish in observation.wanted.items():
        place = node.at(["wanted", faction])
        if polity is not None and faction not in factions:
            yield Fault(unknown_name(f"a faction of '{observation.polity}'", faction, factions), place.key)
        if observation.choice is not None and wish not in observation.alternatives:
            yield Fault(unknown_name("among the alternatives", wish, observation.alternatives), place.place)


def _observed_event_faults(observation: Observation, node: Node) -> Iterator[Fault]:
    for key in OF_A_DECISION:
        if getattr(observation, key):
            yield Fault(f"'{key}' is of a decision, not of what 'shows'; write two observations", node.at([key]).key)
    if observation.shows != "not_done" and observation.toward is not None:
        yield Fault(f"'toward' goes with {NOT_DONE}", node.at(["toward"]).key)
    if observation.shows not in WITH_AMOUNT and observation.amount is not None:
        message = f"an observation of '{observation.shows}' has no 'amount': leave it out; it goes with"
        yield Fault(f"{message} {join_words(WITH_AMOUNT, 'or')}", node.at(["amount"]).key)
        return
    if observation.shows == "not_done" and observation.issue is None:
        yield Fault("a deed that was not done needs the 'issue' on which it would have stood", node.at(["shows"]).place)
    if observation.shows in WITH_AMOUNT and observation.amount is None:
        yield Fault(f"an observation of '{observation.shows}' needs an 'amount'", node.at(["shows"]).place)
    if observation.amount is not None:
        lowest, highest = (0.0, 1.0 if observation.shows in SHARES else inf)
        yield from range_faults(
            observation.amount.interval(), lowest, highest, observation.amount.unit, node.at(["amount"])
        )
    if (
        observation.shows == "not_done"
        and observation.toward is None
        and observation.amount is not None
        and observation.amount.centre == 1 / 2
    ):
        yield Fault(
            "this deed would have stood in the middle of the issue; say whether it lies 'toward: low' or 'toward:"
            " high'",
            node.at(["amount"]).place,
        )
