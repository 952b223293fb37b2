"""Events and actor models: what each is about exists, and each says one thing."""

from __future__ import annotations

from collections.abc import Iterator

from ripeness.scenario.number_paths import find_number_field
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import ActorModel, Event, EventChange, Scenario
from ripeness.scenario.validation.mediators import BY_PRINCIPAL
from ripeness.scenario.yaml_node import Node
from ripeness.world.fault import Fault
from ripeness.world.units import model_unit
from ripeness.world.wording import unknown_name

ANY_CONDUCT = ("leader_weight", "quota")  # of a patron, too
CONDUCT = (*ANY_CONDUCT, "repression", "reporting", "rearm", "guarantee", "claim")
RESOURCES = ("call_up", "production", "quality")
# Of a faction of a belligerent; what a war's end is worth is reckoned with the others as they were at the start.
TRAITS = (
    "casualty_aversion",
    "exposure",
    "war_gain",
    "trade_rent",
    "informedness",
    "audience_cost",
    "organisation",
    "distance",
    "obstruction",
    "exit_rate",
    "loyalty",
    "war_weight",
    "credit",
)
FACTORS = ("index", "share")
# What a shock hits: its unit, and the most that it can be in that unit.
SHOCKS = {
    "front": ("log ratio", 10.0),
    "weariness": ("index", 10.0),
    "economy": ("share", 1.0),
    "munitions": ("months of fighting", 1e3),
    "forces": ("thousand persons", 1e7),
    "participation": ("share", 1.0),
    "optimism": ("log ratio", 10.0),
}
MEDIATOR_NUMBERS = ("information", "guarantee", "monitoring", "cost")
PATRON_NUMBERS = ("aid_capacity", "sanctions_weight", "trade_weight", "reliability")


def event_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Events that name a date or a hazard, and touch what events may touch."""
    for name, event in scenario.events.items():
        node = tree.at(["events", name])
        if (event.on is None) == (event.hazard is None):
            yield Fault(f"the event '{name}' needs either a date ('on') or a monthly 'hazard', not both", node.key)
        for index, change in enumerate(event.changes):
            yield from _change_faults(scenario, change, node.at(["changes", index]))
        for target, amounts in event.shock.items():
            fighting = [key for key, polity in scenario.polities.items() if polity.role == "belligerent"]
            for key, amount in amounts.items():
                place = node.at(["shock", target, key])
                if key not in fighting:
                    yield Fault(unknown_name("a belligerent", key, fighting), place.key)
                unit, highest = SHOCKS[target]
                yield from _unit_faults(amount.unit, unit, place)
                yield from range_faults(amount.interval(), -highest, highest, unit, place)
        yield from _entry_faults(scenario, event, node)
        if event.monitored is not None and event.ceasefire in {None, "none"}:
            yield Fault("'monitored' is of a ceasefire; name its kind as 'ceasefire'", node.at(["monitored"]).place)


def _change_faults(scenario: Scenario, change: EventChange, node: Node) -> Iterator[Fault]:
    operations = [key for key in ("set", "add", "scale") if getattr(change, key) is not None]
    if len(operations) != 1:
        yield Fault("a change says one of set, add or scale", node.place)
    try:
        field = find_number_field(scenario, change.path)
    except Fault as fault:
        yield Fault(fault.message, node.at(["path"]).place)
        return
    if not can_events_change(scenario, change.path):
        yield Fault(
            f"no event can change '{change.path}'; events change the conduct ({', '.join(CONDUCT)}; of a patron "
            f"{', '.join(ANY_CONDUCT)}) and resources ({', '.join(RESOURCES)}) of a belligerent, what a patron sends "
            f"({', '.join(PATRON_NUMBERS)}) or brings as a mediator, "
            f"power, positions (on terms, where the faction states one) and, of a "
            f"belligerent's factions, most traits ({', '.join(TRAITS)}), and talks",
            node.at(["path"]).place,
        )
        return
    for operation in ("set", "add"):
        moved = getattr(change, operation)
        if moved is not None:
            yield from _unit_faults(moved.unit, field.unit, node.at([operation]))
    if change.scale is not None and change.scale.unit not in FACTORS:
        yield Fault("a factor has no unit; write it bare, or as a ratio", node.at(["scale"]).place)
    if change.set is not None:
        yield from range_faults(change.set.interval(), field.low, field.high, field.unit, node.at(["set"]))


def _unit_faults(unit: str, field_unit: str, node: Node) -> Iterator[Fault]:
    if unit not in ("index", model_unit(field_unit)):
        yield Fault(f"a number in '{field_unit}' is wanted here, not in '{unit}'", (node.child("unit") or node).place)


def range_faults(
    interval: tuple[float, float, float], low: float, high: float, unit: str, node: Node
) -> Iterator[Fault]:
    """Numbers of an interval that are outside of what is possible."""
    for number in sorted(set(interval)):
        if not low <= number <= high:
            yield Fault(f"{number:g} is outside what is possible here: {low:g} to {high:g} ({unit})", node.place)
            return


def can_events_change(scenario: Scenario, path: str) -> bool:
    """Whether an event may change the number at a path where one can stand."""
    match path.split("."):
        case ["talks", *_]:
            return True
        case ["polities", key, *rest]:
            return _changeable_in_polity(scenario.polities[key], rest)
    return False


def _changeable_in_polity(polity: PolityForm, steps: list[str]) -> bool:
    fights = polity.role == "belligerent"
    match steps:
        case ["conduct", key]:
            return key in (CONDUCT if fights else ANY_CONDUCT)
        case ["resources", key]:
            return fights and key in RESOURCES
        case [key]:
            return not fights and key in PATRON_NUMBERS
        case ["mediator", key, *_]:
            return key in (*MEDIATOR_NUMBERS, *BY_PRINCIPAL)
        case ["factions", _, "power"]:
            return True
        case ["factions", _, "traits", key]:
            return fights and key in TRAITS
        case ["factions", faction, "positions", issue]:
            # A faction that states no terms wants what its reservation says: there is no position to move.
            return polity.issues[issue].role != "terms" or issue in polity.factions[faction].positions
    return False


def _entry_faults(scenario: Scenario, event: Event, node: Node) -> Iterator[Fault]:
    roles = {key: polity.role for key, polity in scenario.polities.items()}
    for key, name, role in (("enters", event.enters, "patron"), ("beside", event.beside, "belligerent")):
        if name is not None and roles.get(name) != role:
            fitting = [polity_id for polity_id, polity_role in roles.items() if polity_role == role]
            yield Fault(unknown_name(f"a {role}", name, fitting), node.at([key]).place)
    if len({event.enters is None, event.beside is None, event.strength is None}) > 1:
        yield Fault("an entry says who 'enters', 'beside' whom, and with what 'strength' (log ratio)", node.key)


def actor_model_faults(scenario: Scenario, tree: Node) -> Iterator[Fault]:
    """Readings of a polity that exists, by a captor that exists, over numbers that exist."""
    for name, reading in scenario.readings.items():
        node = tree.at(["readings", name])
        if reading.polity not in scenario.polities:
            yield Fault(unknown_name("a polity", reading.polity, scenario.polities), node.at(["polity"]).place)
            continue
        yield from _captor_faults(scenario, reading, node)
        for path, number in reading.overrides.items():
            place = node.at(["overrides", path])
            try:
                field = find_number_field(scenario, path)
            except Fault as fault:
                yield Fault(fault.message, place.key)
                continue
            yield from _unit_faults(number.unit, field.unit, place)
            yield from range_faults(number.interval(), field.low, field.high, field.unit, place)


def _captor_faults(scenario: Scenario, reading: ActorModel, node: Node) -> Iterator[Fault]:
    factions = scenario.polities[reading.polity].factions
    if reading.kind == "captured" and reading.captor is None:
        yield Fault("a captured reading names its 'captor', a faction", node.key)
    if reading.captor is not None and reading.captor not in factions:
        yield Fault(
            unknown_name(f"a faction of '{reading.polity}'", reading.captor, factions), node.at(["captor"]).place
        )
