"""How a number is written in a scenario file, and how it becomes a Quantity.

Accepted forms: `0.3`; `0.2 to 0.4` (a 90 % interval); or a mapping with one of `value`, `uniform`, `triangular`,
`pert`, `normal`, `lognormal`, `beta`, beside `range`, `unit`, `kind`, `source`, `note`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ripeness.world.fault import Fault
from ripeness.world.quantity import Kind, Quantity, Scale
from ripeness.world.units import factor

FIGURE = r"[-+]?(?:\d[\d_ ]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
INTERVAL = re.compile(rf"^\s*({FIGURE})\s+to\s+({FIGURE})\s*$")
FAMILIES = {"uniform": 2, "triangular": 3, "pert": 3, "normal": 2, "lognormal": 2, "beta": 2}
KEYS = {"value", "range", "unit", "kind", "source", "note", *FAMILIES}
PERT_WEIGHT = 4.0  # weight of the mode in a PERT distribution (Malcolm et al. 1959)


@dataclass(frozen=True, slots=True)
class Admits:
    """What a field of the scenario admits: its unit, its bounds, and the scale on which intervals are read."""

    unit: str
    low: float
    high: float
    scale: Scale = Scale.PLAIN

    def __get_pydantic_core_schema__(self, _source: object, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read, serialization=core_schema.plain_serializer_function_ser_schema(written)
        )

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {
            "description": f"a number in '{self.unit}', from {self.low:g} to {self.high:g}",
            "anyOf": [{"type": "number"}, {"type": "string", "pattern": " to "}, {"$ref": "#/$defs/Number"}],
        }

    def read(self, raw: object) -> Quantity:
        """Turn what stands in the file into a Quantity.

        Raises: Fault when the form, the unit or a bound does not fit.

        >>> Admits("share", 0, 1).read("0.2 to 0.4").interval()
        (0.2, 0.3, 0.4)
        """
        if isinstance(raw, Quantity):
            return raw
        given = raw if isinstance(raw, dict) else {"value": raw}
        for key in given:
            if key not in KEYS:
                msg = f"'{key}' is not a key of a number; its keys are {', '.join(sorted(KEYS))}"
                raise Fault(msg)
        scaled = factor(str(given["unit"]), self.unit) if "unit" in given else 1.0
        family, parameters, scale = self._shape(given, scaled)
        sources = given.get("source", ())
        quantity = Quantity(
            family, parameters, self.low, self.high, self.unit, scale, _kind(given.get("kind", "assumed")),
            (sources,) if isinstance(sources, str) else tuple(sources), str(given.get("note", "")),
        )
        self._within(parameters, family)
        return quantity

    def _within(self, parameters: tuple[float, ...], family: str) -> None:
        shown = parameters[2:] if family == "beta" else parameters
        for number in shown:
            if not self.low <= number <= self.high:
                msg = f"{number:g} is outside what is possible here: {self.low:g} to {self.high:g} ({self.unit})"
                raise Fault(msg)

    def _shape(self, given: dict[str, Any], scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        forms = [key for key in ("value", *FAMILIES) if key in given]
        if not forms and "range" in given:
            forms, given = ["value"], {**given, "value": given["range"]}
        if len(forms) != 1:
            msg = "a number needs one of value, range, " + ", ".join(FAMILIES)
            raise Fault(msg)
        if forms[0] != "value":
            return self._family(forms[0], given[forms[0]], scaled)
        value = given["value"]
        spread = given.get("range")
        if isinstance(value, str) and INTERVAL.match(value):
            low, high = _pair(value, scaled)
            return ("interval", (self._middle(low, high), low, high), self.scale) if high > low else _point(low)
        centre = _figure(value) * scaled
        if spread is None:
            return _point(centre)
        low, high = _pair(spread, scaled)
        if not low <= centre <= high:
            msg = f"the value {centre:g} is outside its range {low:g} to {high:g}"
            raise Fault(msg)
        return ("interval", (centre, low, high), self.scale) if high > low else _point(centre)

    def _middle(self, low: float, high: float) -> float:
        if self.scale is Scale.LOG and low > 0:
            return float((low * high) ** 0.5)
        if self.scale is Scale.LOGIT and 0 < low and high < 1:
            odds = (low / (1 - low) * high / (1 - high)) ** 0.5
            return round(float(odds / (1 + odds)), 12)
        return (low + high) / 2

    def _family(self, name: str, raw: object, scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        if not isinstance(raw, list) or len(raw) != FAMILIES[name]:
            msg = f"'{name}' takes a list of {FAMILIES[name]} numbers"
            raise Fault(msg)
        given = tuple(_figure(x) for x in raw)
        if name == "beta":
            return "beta", (*given, self.low, self.high), Scale.PLAIN
        if name == "lognormal":
            median, spread = given[0] * scaled, given[1] ** 1.6448536269514722
            return "interval", (median, median / spread, median * spread), Scale.LOG
        if name == "normal":
            half = 1.6448536269514722 * given[1] * scaled
            return "interval", (given[0] * scaled, given[0] * scaled - half, given[0] * scaled + half), Scale.PLAIN
        low, *rest = (x * scaled for x in given)
        if sorted((low, *rest)) != [low, *rest]:
            msg = f"the numbers of '{name}' must not fall"
            raise Fault(msg)
        if name == "pert":
            mode, high = rest
            a = 1 + PERT_WEIGHT * (mode - low) / (high - low)
            return "beta", (a, 2 + PERT_WEIGHT - a, low, high), Scale.PLAIN
        return name, (low, *rest), Scale.PLAIN


def _point(value: float) -> tuple[str, tuple[float, ...], Scale]:
    return "point", (value,), Scale.PLAIN


def _kind(raw: object) -> Kind:
    if raw not in set(Kind):
        msg = f"'{raw}' is not a kind of number; kinds are {', '.join(Kind)}"
        raise Fault(msg)
    return Kind(str(raw))


def _figure(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        msg = f"a number is wanted here, not {raw!r}"
        raise Fault(msg)
    try:
        number = float(str(raw).replace("_", "").replace(" ", ""))
    except ValueError:
        msg = f"a number or an interval such as '0.2 to 0.4' is wanted here, not '{str(raw)[:40]}'"
        raise Fault(msg) from None
    if number != number or number in (float("inf"), float("-inf")):
        msg = f"a finite number is wanted here, not '{raw}'"
        raise Fault(msg)
    return number


def _pair(raw: object, scaled: float) -> tuple[float, float]:
    found = INTERVAL.match(raw) if isinstance(raw, str) else None
    ends = list(found.groups()) if found else raw
    if not isinstance(ends, list) or len(ends) != 2:
        msg = f"an interval such as '0.2 to 0.4' is wanted here, not {raw!r}"
        raise Fault(msg)
    low, high = (_figure(end) * scaled for end in ends)
    if low > high:
        msg = f"the interval runs backwards: {low:g} to {high:g}"
        raise Fault(msg)
    return low, high


def written(quantity: Quantity) -> dict[str, Any]:
    """Write a Quantity back in the form that a file accepts."""
    low, centre, high = quantity.interval()
    plain = {"value": centre} | ({"range": f"{low:g} to {high:g}"} if quantity.uncertain else {})
    return plain | {"unit": quantity.unit, "kind": str(quantity.kind), "source": list(quantity.sources)}
