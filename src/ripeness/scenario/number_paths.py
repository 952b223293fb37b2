"""Every number of a scenario by its address, such as `polities.north.factions.army.power`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.scenario.model_parameters import parameter_field as law_admits
from ripeness.scenario.model_parameters import parameter_names
from ripeness.scenario.number_field import UNSTATED, NumberField, number_as_mapping
from ripeness.scenario.schema import Scenario
from ripeness.world.fault import Fault
from ripeness.world.identity_cache import IdentityCache
from ripeness.world.quantity import Quantity
from ripeness.world.wording import did_you_mean

NOT_OF_A_SIDE = (
    "evidence",
    "readings",
    "events",
)  # numbers that tell of the war or of what may happen, not of its sides
BY_ISSUE = ("positions", "salience")  # a faction may be given a number on any issue of its polity

MOST_PARTS = 256  # of scenarios, whose numbers are kept
_NUMBERS: IdentityCache[Mapping[str, Quantity]] = IdentityCache(MOST_PARTS)


def scenario_numbers(scenario: Scenario) -> dict[str, Quantity]:
    """Every stated number of a scenario, by path and in the order of the paths, whatever the order of the file."""
    return dict(sorted(number for part in numbered_parts(scenario) for number in part.items()))


def numbered_parts(scenario: Scenario) -> Iterator[Mapping[str, Quantity]]:
    """The numbers of each part of a scenario by path, of every polity apart.

    Variants of a scenario share most of their parts: the numbers of a part are looked for once.
    """
    for key in type(scenario).model_fields:
        part = getattr(scenario, key)
        if key == "polities":
            for polity, form in part.items():
                yield numbers_of_part(form, f"{key}.{polity}")
        elif isinstance(part, (BaseModel, dict, tuple)):
            yield numbers_of_part(part, key)
        else:
            yield dict(_walk(part, key))


def numbers_of_part(part: Any, path: str) -> Mapping[str, Quantity]:
    """The numbers of a part of a scenario, by path; the part is at `path`."""
    return _NUMBERS.get([part], (path,), lambda: dict(_walk(part, path)))


def uncertain_numbers(scenario: Scenario) -> dict[str, Quantity]:
    """The numbers in which two draws of the ensemble can differ: all that are no record and no actor model's."""
    return {
        path: number for path, number in scenario_numbers(scenario).items() if number.uncertain and enters_the_war(path)
    }


def enters_the_war(path: str) -> bool:
    """Whether the number at a path is one that a month of the war can read, not a record of what was seen or said.

    >>> enters_the_war("polities.north.factions.army.power"), enters_the_war("evidence.0.position")
    (True, False)
    """
    steps = path.split(".")
    return steps[0] not in NOT_OF_A_SIDE[:2] and not (steps[0] == "polities" and "statements" in steps[4:5])


def _walk(part: object, path: str) -> Iterator[tuple[str, Quantity]]:
    if isinstance(part, Quantity):
        yield path, part
    elif isinstance(part, BaseModel):
        for key in type(part).model_fields:
            yield from _walk(getattr(part, key), f"{path}.{key}" if path else key)
    elif isinstance(part, dict):
        for key, child in part.items():
            yield from _walk(child, f"{path}.{key}")
    elif isinstance(part, tuple):
        for index, child in enumerate(part):
            yield from _walk(child, f"{path}.{index}")


def find_number_field(scenario: Scenario, path: str) -> NumberField:
    """What the number at a path admits, whether it is stated yet or not.

    Raises: Fault where no number can stand at the path, with the nearest that can.
    """
    steps = path_steps(path)
    if steps[0] == "laws":
        if len(steps) == 2 and steps[1] in parameter_names():
            return law_admits(steps[1])
        raise Fault(_unknown_path_message(path, [f"laws.{name}" for name in parameter_names()]))
    field = number_field_at(steps)
    if field is None or not _can_stand(scenario, steps):
        raise Fault(_unknown_path_message(path, scenario_numbers(scenario)))
    return field


def _can_stand(scenario: Scenario, steps: list[str]) -> bool:
    """Whether the part that would hold the number exists, and whether it has room for it."""
    part: Any = scenario
    for step in steps[:-1]:
        part = _child(part, step)
        if part is None:
            return False
    if isinstance(part, BaseModel):
        return True
    if isinstance(part, dict) and steps[-1] not in part:
        return steps[-2] in BY_ISSUE and _is_issue(scenario, steps)
    return _child(part, steps[-1]) is not None


def _is_issue(scenario: Scenario, steps: list[str]) -> bool:
    polity = scenario.polities.get(steps[1])
    return steps[0] == "polities" and polity is not None and steps[-1] in polity.issues


def _child(part: Any, step: str) -> Any:
    if isinstance(part, BaseModel):
        return getattr(part, step) if step in type(part).model_fields else None
    if isinstance(part, dict):
        return part.get(step)
    if isinstance(part, tuple) and step.isdecimal() and int(step) < len(part):
        return part[int(step)]
    return None


def _unknown_path_message(path: str, paths: Mapping[str, Any] | list[str]) -> str:
    hint = did_you_mean(path, paths, "`ripeness cite` lists the numbers", cutoff=0.5, at_most=3)
    return f"no number stands at '{path[:120]}'; {hint}"


def replace_numbers(scenario: Scenario, changes: Mapping[str, object]) -> Scenario:
    """The same scenario with some numbers changed, for a what-if. Each is written as in a file, or is a Quantity.

    Raises: Fault where a path leads to no number, or a number does not fit there.
    """
    for path, raw in changes.items():
        field = find_number_field(scenario, path)
        try:
            restated = _in_unit_of(raw, field) if isinstance(raw, Quantity) else raw
            scenario = _set(scenario, path_steps(path), field.read(restated))
        except Fault as fault:
            raise Fault(f"{path}: {fault.message}", fault.place) from None
    return scenario


def _in_unit_of(quantity: Quantity, field: NumberField) -> object:
    """A number that was read for any place is read again by the place that it goes to, in that place's unit."""
    if (quantity.unit, quantity.low, quantity.high) == (field.unit, field.low, field.high):
        return quantity
    mapping = number_as_mapping(quantity)
    if quantity.unit == UNSTATED:
        del mapping["unit"]
    return mapping


def _set(part: Any, steps: list[str], number: Quantity) -> Any:
    if not steps:
        return number
    step, below = steps[0], steps[1:]
    if isinstance(part, BaseModel):
        return part.model_copy(update={step: _set(getattr(part, step), below, number)})
    if isinstance(part, tuple):
        at = int(step)
        return (*part[:at], _set(part[at], below, number), *part[at + 1 :])
    entries: dict[str, Any] = part if isinstance(part, dict) else {}
    return {**entries, step: _set(entries.get(step), below, number)}
