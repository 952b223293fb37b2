"""How a number is written in a scenario file, and how it becomes a Quantity.

Accepted forms: `0.3`; `0.2 to 0.4` (a 90 % interval); or a mapping with one of `value`, `uniform`, `triangular`,
`pert`, `normal`, `lognormal`, `beta`, beside `range`, `unit`, `kind`, `source`, `note`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ripeness.scenario.number_parts import (
    INTERVAL,
    MOST_LETTERS,
    InvalidNumber,
    read_figure,
    read_kind,
    read_pair,
    read_source_ids,
)
from ripeness.world.fault import Fault
from ripeness.world.quantity import Z90, Quantity, Scale
from ripeness.world.units import conversion_factor, model_unit
from ripeness.world.wording import did_you_mean, join_words

FAMILIES = {"uniform": 2, "triangular": 3, "pert": 3, "normal": 2, "lognormal": 2, "beta": 2}
ORDER = {
    "uniform": "low, high",
    "triangular": "low, mode, high",
    "pert": "low, mode, high",
    "normal": "mean, sd",
    "lognormal": "median, geometric sd",
    "beta": "a, b",
}
MOST_SPREAD = 1e6  # a geometric or plain standard deviation beyond this is a slip
KEYS = {"value", "range", "unit", "kind", "source", "note", *FAMILIES}
UNSTATED = "index"  # the unit of a number that states none, where any may stand
ROUNDING = 1e-9  # two sums closer than this are the same
PERT_WEIGHT = 4.0  # weight of the mode in a PERT distribution (Malcolm et al. 1959)


class UnknownKey(Fault):
    """A key that names nothing; the fault stands at the key itself."""


@dataclass(frozen=True, slots=True)
class NumberField:
    """What a field of the scenario admits: its unit, its bounds, and the scale on which intervals are read."""

    unit: str
    low: float
    high: float
    scale: Scale = Scale.PLAIN

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(self.write)
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"description": f"in '{self.unit}', from {self.low:g} to {self.high:g}", "format": "ripeness number"}

    def read(self, raw: object) -> Quantity:
        """Turn what stands in the file into a Quantity.

        Raises: Fault when the form, the unit or a bound does not fit.

        >>> NumberField("index", 0, 9).read("2 to 4").interval()
        (2.0, 3.0, 4.0)
        """
        if isinstance(raw, Quantity):
            return self._fitting(raw)
        entries = raw if isinstance(raw, dict) else {"value": raw}
        for key in entries:
            if key not in KEYS:
                raise InvalidNumber(unknown_number_key(str(key)), str(key))
        family, parameters, scale = self._shape(entries, self._scaled(entries))
        bell = family != "point" and bool(entries.keys() & {"normal", "lognormal"})
        self._within(parameters, "bell" if bell else family)
        return Quantity(
            family,
            parameters,
            self.low,
            self.high,
            self.unit,
            scale,
            read_kind(entries.get("kind", "assumed")),
            read_source_ids(entries.get("source", ())),
            str(entries.get("note", "")),
        )

    def write(self, quantity: Quantity) -> dict[str, Any]:
        """Write a Quantity back in the form that this field reads."""
        return number_as_mapping(quantity, self.scale)

    def _fitting(self, quantity: Quantity) -> Quantity:
        if quantity.unit != self.unit:
            raise InvalidNumber(f"a number in '{self.unit}' is wanted here, not in '{quantity.unit}'", "unit")
        return quantity

    def _scaled(self, entries: dict[str, Any]) -> float:
        if "unit" not in entries:
            return 1.0
        try:
            return conversion_factor(str(entries["unit"]), self.unit)
        except Fault as fault:
            raise InvalidNumber(fault.message, "unit") from None

    def _within(self, parameters: tuple[float, ...], family: str) -> None:
        figures = parameters[2:] if family == "beta" else parameters
        for number in figures:
            if not self.low <= number <= self.high:
                subject = (
                    f"{number:g}"
                    if family != "bell"
                    else f"its 90 % interval, {parameters[1]:.4g} to {parameters[2]:.4g},"
                )
                raise InvalidNumber(
                    f"{subject} is outside what is possible here: {self.low:g} to {self.high:g} ({self.unit})", "value"
                )

    def _shape(self, entries: dict[str, Any], scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        forms = [key for key in ("value", *FAMILIES) if key in entries]
        if not forms and "range" in entries:
            return self._spread(entries["range"], scaled, "range")
        if len(forms) != 1:
            conflict = f", and only one of them; here stand {join_words(forms)}" if forms else ""
            raise InvalidNumber(
                "a number needs one of value, range, " + ", ".join(FAMILIES) + conflict, "".join(forms[1:2])
            )
        if forms[0] != "value" and "range" in entries:
            raise InvalidNumber(f"'{forms[0]}' says all of it; remove 'range'", "range")
        if forms[0] != "value":
            return self._family(forms[0], entries[forms[0]], scaled)
        value = entries["value"]
        if isinstance(value, str) and len(value) <= MOST_LETTERS and INTERVAL.match(value):
            if "range" in entries:
                raise InvalidNumber(
                    "'value' is an interval already; remove 'range', or make 'value' one number", "range"
                )
            return self._spread(value, scaled, "value")
        centre = read_figure(value, "value") * scaled
        return self._around(centre, entries["range"], scaled) if "range" in entries else _point(centre)

    def _spread(self, raw: object, scaled: float, key: str) -> tuple[str, tuple[float, ...], Scale]:
        low, high = read_pair(raw, scaled, key)
        shape = "interval", (self._middle(low, high), low, high), interval_scale(self.scale, low, high)
        return shape if high > low else _point(low)

    def _around(self, centre: float, raw: object, scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        low, high = read_pair(raw, scaled, "range")
        if not low <= centre <= high:
            raise InvalidNumber(f"the value {centre:g} is outside its range {low:g} to {high:g}", "range")
        shape = "interval", (centre, low, high), interval_scale(self.scale, low, high)
        return shape if high > low else _point(centre)

    def _middle(self, low: float, high: float) -> float:
        scale = interval_scale(self.scale, low, high)
        if scale is Scale.LOG:
            return float(low**0.5 * high**0.5)
        if scale is Scale.LOGIT:
            odds = (low / (1 - low) * high / (1 - high)) ** 0.5
            return round(float(odds / (1 + odds)), 12)
        return (low + high) / 2

    def _family(self, name: str, raw: object, scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        if not isinstance(raw, list) or len(raw) != FAMILIES[name]:
            raise InvalidNumber(f"'{name}' takes a list of {FAMILIES[name]} numbers: [{ORDER[name]}]", name)
        figures = tuple(read_figure(x, name) for x in raw)
        if name == "beta":
            if min(figures) <= 0:
                raise InvalidNumber("both numbers of 'beta' are above 0", name)
            return "beta", (*figures, self.low, self.high), Scale.PLAIN
        if name in ("lognormal", "normal"):
            return self._bell(name, figures, scaled)
        low, *higher = (x * scaled for x in figures)
        if sorted((low, *higher)) != [low, *higher]:
            raise InvalidNumber(f"the numbers of '{name}' must not fall: [{ORDER[name]}]", name)
        if low == higher[-1]:
            return _point(low)
        if name == "pert":
            mode, high = higher
            a = 1 + PERT_WEIGHT * (mode - low) / (high - low)
            return "beta", (a, 2 + PERT_WEIGHT - a, low, high), Scale.PLAIN
        return name, (low, *higher), Scale.PLAIN

    def _bell(self, name: str, figures: tuple[float, ...], scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        centre, spread = figures[0] * scaled, figures[1]
        lowest_spread = 1 if name == "lognormal" else 0
        if spread < lowest_spread or spread > MOST_SPREAD or (name == "lognormal" and centre <= 0):
            raise InvalidNumber(
                f"'{name}' is [{ORDER[name]}], the second from {lowest_spread} to {MOST_SPREAD:g}", name
            )
        if name == "lognormal":
            reach = spread**Z90
            return ("interval", (centre, centre / reach, centre * reach), Scale.LOG) if reach > 1 else _point(centre)
        half = Z90 * spread * scaled
        return ("interval", (centre, centre - half, centre + half), Scale.PLAIN) if half > 0 else _point(centre)


def unknown_number_key(key: str) -> str:
    """The words for a key that a number does not have, with the nearest that it has."""
    hint = did_you_mean(key, KEYS, f"its keys are {', '.join(sorted(KEYS))}")
    return f"'{key[:60]}' is not a key of a number; {hint}"


def interval_scale(field_scale: Scale, low: float, high: float) -> Scale:
    """The scale on which an interval is read: its field's, but for one that touches an end where that has no figure.

    >>> [interval_scale(*at).value for at in ((Scale.LOGIT, 0.1, 0.3), (Scale.LOGIT, 0.0, 0.3), (Scale.LOG, 0.0, 5.0))]
    ['logit', 'plain', 'plain']
    """
    open_below = low > 0 or field_scale is Scale.PLAIN
    open_above = high < 1 or field_scale is not Scale.LOGIT
    return field_scale if open_below and open_above else Scale.PLAIN


class AnyUnitField(NumberField):
    """A number whose unit hangs on what it is about: what an event sets, what an observation amounts to.

    A stated unit is kept, in the size that the model counts in: 30 percent is a share of .3.
    """

    def __init__(self) -> None:
        super().__init__(UNSTATED, -1e9, 1e9)

    def read(self, raw: object) -> Quantity:
        """Turn what stands in the file into a Quantity in the unit that it states, or in none ('index')."""
        if isinstance(raw, Quantity):
            return raw
        unit = raw.get("unit") if isinstance(raw, dict) else None
        if unit is None:
            return _as_share(super().read(raw))
        try:
            model_size = model_unit(str(unit))
        except Fault as fault:
            raise InvalidNumber(fault.message, "unit") from None
        return _as_share(NumberField(model_size, self.low, self.high).read(raw))


def _as_share(quantity: Quantity) -> Quantity:
    """A beta for any place lies between 0 and 1, since no other bounds are known."""
    stretched = quantity.family == "beta" and quantity.parameters[2:] == (quantity.low, quantity.high)
    return replace(quantity, parameters=(*quantity.parameters[:2], 0.0, 1.0)) if stretched else quantity


def _point(value: float) -> tuple[str, tuple[float, ...], Scale]:
    return "point", (value,), Scale.PLAIN


def number_as_mapping(quantity: Quantity, scale: Scale | None = None) -> dict[str, Any]:
    """Write a Quantity back in a form that reads as the same Quantity (to the last digit or the one before it).

    `scale` is that of the field that will read it; without it, that of the quantity.

    >>> number_as_mapping(NumberField("share", 0, 1).read({"value": 0.3, "range": "0.2 to 0.4"}))["range"]
    [0.2, 0.4]
    """
    plain: dict[str, Any] = _distribution_as_mapping(quantity, scale or quantity.scale)
    plain |= {"unit": quantity.unit, "kind": str(quantity.kind)}
    if quantity.sources:
        plain["source"] = list(quantity.sources)
    return plain | ({"note": quantity.note} if quantity.note else {})


def _distribution_as_mapping(quantity: Quantity, scale: Scale) -> dict[str, Any]:
    parameters = quantity.parameters
    if quantity.family == "point":
        return {"value": parameters[0]}
    if quantity.family == "interval":
        centre, low, high = parameters
        read_on = interval_scale(scale, low, high)
        if quantity.scale is not read_on and quantity.scale is Scale.PLAIN:
            return {"normal": [centre, (high - low) / 2 / Z90]}
        if quantity.scale is not read_on and quantity.scale is Scale.LOG:
            return {"lognormal": [centre, (high / low) ** (1 / 2 / Z90)]}
        return {"value": centre, "range": [low, high]}
    if quantity.family == "beta":
        a, b, low, high = parameters
        if (low, high) == (quantity.low, quantity.high) or abs(a + b - 2 - PERT_WEIGHT) > ROUNDING:
            return {"beta": [a, b]}
        return {"pert": [low, low + (a - 1) / PERT_WEIGHT * (high - low), high]}
    return {quantity.family: list(parameters)}
