"""Armed movements: what they and the states that fight them leave to defaults that do not fit what they state."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.archetypes import GOVERNMENT, MOVEMENT, default_rows, is_default
from ripeness.scenario.armed_polities import armed
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.wording import join_words

FAR = 4.0  # times more, or less, men than the defaults are made for
BESIDE_FORCES = {MOVEMENT: ("population", "pool", "call_up", "quality"), GOVERNMENT: ("pool", "call_up")}
HINT = "; the quality by default is that of a movement that hides, one that holds a front has about its rival's"


def movement_warnings(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Movements and kinds of war that do not fit, and forces far from those that the other defaults go with."""
    fighting = {key: scenario.polities[key] for key in armed(scenario)}
    movements = _movements(scenario)
    if not movements:
        if scenario.conflict is not None and scenario.conflict.kind != "interstate":
            message = (
                "a war within a state, and nobody who fights in it is a movement; write 'kind: movement' at who is"
            )
            yield Fault(message, tree.at(["conflict", "kind"]).place)
        return
    if unsaid := unsaid_kind(scenario):
        yield Fault(unsaid, tree.at(["polities", movements[0], "kind"]).place)
    elif scenario.conflict is not None and scenario.conflict.kind == "interstate":
        advice = "'intrastate', or 'internationalised' where troops of another state fight on a side"
        message = f"'{movements[0]}' is a movement, so its war is not one between states; write {advice}"
        yield Fault(message, tree.at(["conflict", "kind"]).place)
    for key, polity in fighting.items():
        kind = MOVEMENT if polity.kind == MOVEMENT else GOVERNMENT
        resources = tree.at(["polities", key, "resources"])
        left = [name for name in BESIDE_FORCES[kind] if is_default(resources.at([name]))]
        usual = float(default_rows((f"{kind}_resources", "forces"))[0]["value"])
        ratio = polity.resources.forces.centre / usual if polity.resources is not None else 1.0
        if left and not is_default(resources.at(["forces"])) and not 1 / FAR <= ratio <= FAR:
            message = (
                f"the forces of '{key}' are {_size(ratio)} those for which the defaults of {join_words(left)} are made"
            )
            hint = HINT if "quality" in left and ratio > 1 else ""
            yield Fault(f"{message}; state them, too{hint}", resources.at(["forces"]).place)


def unsaid_kind(scenario: Scenario) -> str:
    """Which parameters a war of a movement has whose kind no 'conflict' says; empty where it is said."""
    movements = _movements(scenario)
    if not movements or scenario.conflict is not None:
        return ""
    return (
        f"'{movements[0]}' is a movement, and no 'conflict' says that its war is within a state; without "
        "'conflict: {kind: intrastate}' it has the parameters of wars between states"
    )


def _movements(scenario: Scenario) -> list[str]:
    return [key for key in armed(scenario) if scenario.polities[key].kind == MOVEMENT]


def _size(ratio: float) -> str:
    if ratio >= 1:
        return f"{ratio:.2g} times"
    return f"a {1 / ratio:.2g}th of" if ratio > 0 else "none, not"
