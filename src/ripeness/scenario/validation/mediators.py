"""Mediators and terms besides the stake: whom they concern takes part, and can do what is said of it."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import unknown_name

BY_PRINCIPAL = ("payments", "threats", "penalties")  # of a mediator: what it holds out to each side of the war

ACCORD = ("talks.power_sharing.", "talks.disarmament")  # numbers that say nothing of a peace between states


def mediator_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Mediators decide how hard they work, pay, threaten and press the two principals, and hold back aid they send."""
    sides = [key for key, polity in scenario.polities.items() if polity.role == "belligerent" and not polity.beside]
    for key, polity in scenario.polities.items():
        if polity.mediator is None:
            continue
        node = tree.at(["polities", key, "mediator"])
        if polity.role == "patron" and not any(issue.role == "mediation" for issue in polity.issues.values()):
            message = f"'{key}' decides on no mediation: give it an issue with role mediation, or take 'mediator' off"
            yield Fault(message, node.key)
        for part in BY_PRINCIPAL:
            for side in getattr(polity.mediator, part):
                if side not in sides:
                    yield Fault(
                        unknown_name("a belligerent that fights beside nobody", side, sides), node.at([part, side]).key
                    )
        for side in polity.mediator.threats:
            if side in sides and not _arms(polity, side):
                message = f"'{key}' sends no aid to '{side}' that it could hold back; aid is an issue with role aid"
                yield Fault(message, node.at(["threats", side]).key)
    if not any(scenario.polities[side].kind == "movement" for side in sides):
        yield from _accord_faults(scenario, tree)


def _arms(polity: PolityForm, side: str) -> bool:
    return any(issue.role == "aid" and issue.toward == side for issue in polity.issues.values())


def _accord_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Power is shared with a movement, and a movement disarms; between states such terms would change nothing."""
    node = tree.at(["talks"])
    stated = [name for name in type(scenario.talks.power_sharing).model_fields if _stated(scenario, name)]
    hint = "no belligerent that fights beside nobody is one: write 'kind: movement' at it"
    if stated:
        yield Fault(f"power is shared with a movement, and {hint}", node.at(["power_sharing"]).key)
    if scenario.talks.disarmament is not None and scenario.talks.disarmament.interval()[2] > 0:
        yield Fault(f"a movement disarms, and {hint}", node.at(["disarmament"]).key)
    for name, event in scenario.events.items():
        for index, change in enumerate(event.changes):
            if change.path.startswith(ACCORD):
                place = tree.at(["events", name, "changes", index, "path"]).place
                yield Fault(f"these terms are those of a peace with a movement, and {hint}", place)


def _stated(scenario: Scenario, name: str) -> bool:
    number = getattr(scenario.talks.power_sharing, name)
    return number is not None and number.interval()[2] > 0
