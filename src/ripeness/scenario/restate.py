"""Restate numbers as a user's own judgement: the range moves with the value, and the old source speaks for it no
longer.

A figure in place of an uncertain number moves its range along: by the same ratio where the number is read by ratios
(the logarithmic scale), else by the same distance; an end that would pass what is possible is cut there, and opens
again when the value moves away from that bound. An interval in place of a number is a new range. In both cases the
number is judged, without source and note, until its author names them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.scenario.model_parameters import parameter_field as law_admits
from ripeness.scenario.model_parameters import parameter_names
from ripeness.scenario.number_field import NumberField, interval_scale, number_as_mapping
from ripeness.scenario.number_paths import scenario_numbers
from ripeness.scenario.schema import Scenario
from ripeness.world.fault import Fault
from ripeness.world.quantity import Kind, Quantity, Scale

STATED_APART = ("unit", "kind")  # said apart
DIGITS = 6  # significant ones of an end that was reckoned


def restate_numbers(scenario: Scenario, changes: Mapping[str, object]) -> dict[str, object]:
    """Changes of a scenario's file with every number among them as it is to be written; all else as it is given.

    Raises: Fault where a number cannot be read, or is outside what is possible.

    >>> from ripeness.scenario.read import read_scenario
    >>> restate_numbers(read_scenario("japan-1945"), {"stake.held": 0.35, "horizon": 24})
    {'stake.held': {'value': 0.35, 'range': [0.25, 0.47], 'kind': 'judged'}, 'horizon': 24}
    """
    numbers = scenario_numbers(scenario)
    return {path: _restate_number(path, raw, numbers.get(path)) for path, raw in changes.items()}


def shift_number(number: Quantity, value: float, admits: NumberField) -> Quantity:
    """A number with another median, as uncertain as before, within what its place admits.

    A distribution keeps its form where it can move as a whole; otherwise its 90 % interval is kept.
    """
    low, centre, high = number.interval()
    by_ratio = interval_scale(admits.scale, low, high) is Scale.LOG and min(low, centre, value) > 0
    shift = value - centre
    if not by_ratio and (shape := _shift_distribution(number, shift, admits)) is not None:
        return shape
    if not number.uncertain:
        return replace(number, family="point", parameters=(value,), scale=Scale.PLAIN)
    below, above = _widths(number.interval(), admits)
    ends = (low * value / centre, high * value / centre) if by_ratio else (value - below, value + above)
    bottom, top = (min(max(_rounded(end), admits.low), admits.high) for end in ends)
    bottom, top = min(bottom, value), max(top, value)
    return replace(
        number, family="interval", parameters=(value, bottom, top), scale=interval_scale(admits.scale, bottom, top)
    )


def _restate_number(path: str, raw: object, number: Quantity | None) -> object:
    place = _field_at(path)
    if place is None or raw is None or isinstance(raw, Mapping):
        return raw
    # A place for any unit is read in that of the number that stands there.
    keeps_unit = number is not None and number.unit != place.unit
    admits = (
        NumberField(number.unit, place.low, place.high, number.scale) if number is not None and keeps_unit else place
    )
    try:
        judged_value = admits.read(raw)
    except Fault as fault:
        raise Fault(f"{path}: {fault.message}", fault.place) from None
    mapping: dict[str, object] = {"value": raw}
    if number is not None and number.uncertain and not _is_interval(raw):
        judged = replace(shift_number(number, judged_value.centre, admits), sources=(), note="")
        mapping = {
            key: value for key, value in number_as_mapping(judged, admits.scale).items() if key not in STATED_APART
        }
    unit = {"unit": admits.unit} if keeps_unit else {}
    return {**mapping, **unit, "kind": str(Kind.JUDGED)}


def _field_at(path: str) -> NumberField | None:
    steps = path_steps(path)
    if steps[0] == "laws":
        return law_admits(steps[1]) if len(steps) == 2 and steps[1] in parameter_names() else None
    return number_field_at(steps)


def _is_interval(raw: object) -> bool:
    return isinstance(raw, str) and " to " in raw


def _shift_distribution(number: Quantity, shift: float, admits: NumberField) -> Quantity | None:
    """A distribution that is known by its place, moved as a whole; None where it is another, or would pass a bound."""
    old_parameters = number.parameters
    if number.family in {"uniform", "triangular"}:
        parameters = ends = tuple(_rounded(end + shift) for end in old_parameters)
    elif number.family == "beta" and old_parameters[2:] != (number.low, number.high):
        ends = tuple(_rounded(end + shift) for end in old_parameters[2:])
        parameters = (*old_parameters[:2], *ends)
    else:
        return None
    return replace(number, parameters=parameters) if admits.low <= ends[0] and ends[-1] <= admits.high else None


def _widths(interval: tuple[float, float, float], admits: NumberField) -> tuple[float, float]:
    """How far a range reaches below and above its median; a side that a bound has cut counts as the other,
    if that is wider.
    """
    low, centre, high = interval
    below, above = centre - low, high - centre
    return (
        max(below, above) if low <= admits.low else below,
        max(below, above) if high >= admits.high else above,
    )


def _rounded(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")
