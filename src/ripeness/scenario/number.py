"""How a number is written in a scenario file, and how it becomes a Quantity.

Accepted forms: `0.3`; `0.2 to 0.4` (a 90 % interval); or a mapping with one of `value`, `uniform`, `triangular`,
`pert`, `normal`, `lognormal`, `beta`, beside `range`, `unit`, `kind`, `source`, `note`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import isfinite
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, core_schema

from ripeness.scenario.decimal_comma import comma_hint
from ripeness.world.fault import Fault
from ripeness.world.quantity import Z90, Kind, Quantity, Scale
from ripeness.world.units import counted_in, factor

FIGURE = r"[-+]?(?:\d[\d_ ]*\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
INTERVAL = re.compile(rf"^\s*({FIGURE})\s+to\s+({FIGURE})\s*$")
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
MOST_LETTERS = 80  # a figure or an interval is shorter; longer text is no number
ROUNDING = 1e-9  # two sums closer than this are the same
PERT_WEIGHT = 4.0  # weight of the mode in a PERT distribution (Malcolm et al. 1959)


class Misstated(Fault):
    """A number that cannot be read; `key` names the part of it that is wrong."""

    def __init__(self, message: str, key: str = "") -> None:
        super().__init__(message)
        self.key = key


class UnknownKey(Fault):
    """A key that names nothing; the fault stands at the key itself."""


@dataclass(frozen=True, slots=True)
class Admits:
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

        >>> Admits("index", 0, 9).read("2 to 4").interval()
        (2.0, 3.0, 4.0)
        """
        if isinstance(raw, Quantity):
            return self._fitting(raw)
        given = raw if isinstance(raw, dict) else {"value": raw}
        for key in given:
            if key not in KEYS:
                raise Misstated(unknown_part(str(key)), str(key))
        family, parameters, scale = self._shape(given, self._scaled(given))
        bell = family != "point" and bool(given.keys() & {"normal", "lognormal"})
        self._within(parameters, "bell" if bell else family)
        return Quantity(
            family,
            parameters,
            self.low,
            self.high,
            self.unit,
            scale,
            _kind(given.get("kind", "assumed")),
            _names(given.get("source", ())),
            str(given.get("note", "")),
        )

    def write(self, quantity: Quantity) -> dict[str, Any]:
        """Write a Quantity back in the form that this field reads."""
        return written(quantity, self.scale)

    def _fitting(self, quantity: Quantity) -> Quantity:
        if quantity.unit != self.unit:
            raise Misstated(f"a number in '{self.unit}' is wanted here, not in '{quantity.unit}'", "unit")
        return quantity

    def _scaled(self, given: dict[str, Any]) -> float:
        if "unit" not in given:
            return 1.0
        try:
            return factor(str(given["unit"]), self.unit)
        except Fault as fault:
            raise Misstated(fault.message, "unit") from None

    def _within(self, parameters: tuple[float, ...], family: str) -> None:
        shown = parameters[2:] if family == "beta" else parameters
        for number in shown:
            if not self.low <= number <= self.high:
                told = (
                    f"{number:g}"
                    if family != "bell"
                    else f"its 90 % interval, {parameters[1]:.4g} to {parameters[2]:.4g},"
                )
                raise Misstated(
                    f"{told} is outside what is possible here: {self.low:g} to {self.high:g} ({self.unit})", "value"
                )

    def _shape(self, given: dict[str, Any], scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        forms = [key for key in ("value", *FAMILIES) if key in given]
        if not forms and "range" in given:
            return self._spread(given["range"], scaled, "range")
        if len(forms) != 1:
            stated = f", and only one of them; here stand {' and '.join(forms)}" if forms else ""
            raise Misstated("a number needs one of value, range, " + ", ".join(FAMILIES) + stated, "".join(forms[1:2]))
        if forms[0] != "value" and "range" in given:
            raise Misstated(f"'{forms[0]}' says all of it; remove 'range'", "range")
        if forms[0] != "value":
            return self._family(forms[0], given[forms[0]], scaled)
        value = given["value"]
        if isinstance(value, str) and len(value) <= MOST_LETTERS and INTERVAL.match(value):
            if "range" in given:
                raise Misstated("'value' is an interval already; remove 'range', or make 'value' one number", "range")
            return self._spread(value, scaled, "value")
        centre = _figure(value, "value") * scaled
        return self._around(centre, given["range"], scaled) if "range" in given else _point(centre)

    def _spread(self, raw: object, scaled: float, key: str) -> tuple[str, tuple[float, ...], Scale]:
        low, high = _pair(raw, scaled, key)
        shape = "interval", (self._middle(low, high), low, high), scale_of(self.scale, low, high)
        return shape if high > low else _point(low)

    def _around(self, centre: float, raw: object, scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        low, high = _pair(raw, scaled, "range")
        if not low <= centre <= high:
            raise Misstated(f"the value {centre:g} is outside its range {low:g} to {high:g}", "range")
        shape = "interval", (centre, low, high), scale_of(self.scale, low, high)
        return shape if high > low else _point(centre)

    def _middle(self, low: float, high: float) -> float:
        scale = scale_of(self.scale, low, high)
        if scale is Scale.LOG:
            return float(low**0.5 * high**0.5)
        if scale is Scale.LOGIT:
            odds = (low / (1 - low) * high / (1 - high)) ** 0.5
            return round(float(odds / (1 + odds)), 12)
        return (low + high) / 2

    def _family(self, name: str, raw: object, scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        if not isinstance(raw, list) or len(raw) != FAMILIES[name]:
            raise Misstated(f"'{name}' takes a list of {FAMILIES[name]} numbers: [{ORDER[name]}]", name)
        given = tuple(_figure(x, name) for x in raw)
        if name == "beta":
            if min(given) <= 0:
                raise Misstated("both numbers of 'beta' are above 0", name)
            return "beta", (*given, self.low, self.high), Scale.PLAIN
        if name in ("lognormal", "normal"):
            return self._bell(name, given, scaled)
        low, *rest = (x * scaled for x in given)
        if sorted((low, *rest)) != [low, *rest]:
            raise Misstated(f"the numbers of '{name}' must not fall: [{ORDER[name]}]", name)
        if low == rest[-1]:
            return _point(low)
        if name == "pert":
            mode, high = rest
            a = 1 + PERT_WEIGHT * (mode - low) / (high - low)
            return "beta", (a, 2 + PERT_WEIGHT - a, low, high), Scale.PLAIN
        return name, (low, *rest), Scale.PLAIN

    def _bell(self, name: str, given: tuple[float, ...], scaled: float) -> tuple[str, tuple[float, ...], Scale]:
        centre, spread = given[0] * scaled, given[1]
        least = 1 if name == "lognormal" else 0
        if spread < least or spread > MOST_SPREAD or (name == "lognormal" and centre <= 0):
            raise Misstated(f"'{name}' is [{ORDER[name]}], the second from {least} to {MOST_SPREAD:g}", name)
        if name == "lognormal":
            reach = spread**Z90
            return ("interval", (centre, centre / reach, centre * reach), Scale.LOG) if reach > 1 else _point(centre)
        half = Z90 * spread * scaled
        return ("interval", (centre, centre - half, centre + half), Scale.PLAIN) if half > 0 else _point(centre)


def unknown_part(key: str) -> str:
    """The words for a key that a number does not have, with the nearest that it has."""
    near = get_close_matches(key, KEYS, n=1)
    hint = f"did you mean '{near[0]}'?" if near else f"its keys are {', '.join(sorted(KEYS))}"
    return f"'{key[:60]}' is not a key of a number; {hint}"


def scale_of(wanted: Scale, low: float, high: float) -> Scale:
    """The scale on which an interval is read: its field's, but for one that touches an end where that has no figure.

    >>> [scale_of(Scale.LOGIT, 0.1, 0.3).value, scale_of(Scale.LOGIT, 0.0, 0.3).value]
    ['logit', 'plain']
    >>> scale_of(Scale.LOG, 0.0, 5.0).value
    'plain'
    """
    open_below = low > 0 or wanted is Scale.PLAIN
    open_above = high < 1 or wanted is not Scale.LOGIT
    return wanted if open_below and open_above else Scale.PLAIN


class AnyUnit(Admits):
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
            counted = counted_in(str(unit))
        except Fault as fault:
            raise Misstated(fault.message, "unit") from None
        return _as_share(Admits(counted, self.low, self.high).read(raw))


def _as_share(quantity: Quantity) -> Quantity:
    """A beta for any place lies between 0 and 1, since no other bounds are known."""
    stretched = quantity.family == "beta" and quantity.parameters[2:] == (quantity.low, quantity.high)
    return replace(quantity, parameters=(*quantity.parameters[:2], 0.0, 1.0)) if stretched else quantity


def _point(value: float) -> tuple[str, tuple[float, ...], Scale]:
    return "point", (value,), Scale.PLAIN


def _kind(raw: object) -> Kind:
    if not isinstance(raw, str) or raw not in set(Kind):
        near = get_close_matches(str(raw), list(Kind), n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"kinds are {', '.join(Kind)}"
        raise Misstated(f"'{str(raw)[:40]}' is not a kind of number; {hint}", "kind")
    return Kind(raw)


def _names(raw: object) -> tuple[str, ...]:
    listed = [raw] if isinstance(raw, str) else raw
    if not isinstance(listed, (list, tuple)) or not all(isinstance(one, str) for one in listed):
        raise Misstated("'source' is the id of a source, or a list of ids", "source")
    return tuple(listed)


def _figure(raw: object, key: str) -> float:
    wanted = "a number or an interval such as '0.2 to 0.4' is wanted here"
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise Misstated(f"{wanted}, not {_shown(raw)}", key)
    try:
        text = raw.replace("_", "").replace(" ", "") if isinstance(raw, str) and len(raw) <= MOST_LETTERS else raw
        number = float(text)
    except (ValueError, OverflowError):
        hint = comma_hint(raw) if isinstance(raw, str) else ""
        if isinstance(raw, str) and "%" in raw and not hint:
            hint = "; write the unit beside it as 'unit: percent'"
        raise Misstated(f"{wanted}, not {_shown(raw)}{hint}", key) from None
    if not isfinite(number):
        raise Misstated(f"a finite number is wanted here, not {_shown(raw)}", key)
    return number


def _shown(raw: object) -> str:
    if isinstance(raw, dict):
        return "a mapping"
    if isinstance(raw, list):
        return "a list"
    return "nothing" if raw is None else f"'{str(raw)[:40]}'"


def _pair(raw: object, scaled: float, key: str) -> tuple[float, float]:
    found = INTERVAL.match(raw) if isinstance(raw, str) and len(raw) <= MOST_LETTERS else None
    ends = list(found.groups()) if found else raw
    if not isinstance(ends, list) or len(ends) != 2:
        hint = comma_hint(raw) if isinstance(raw, str) else ""
        raise Misstated(f"an interval such as '0.2 to 0.4' is wanted here, not {_shown(raw)}{hint}", key)
    low, high = (_figure(end, key) * scaled for end in ends)
    if low > high:
        raise Misstated(f"the interval runs backwards: {low:g} to {high:g}", key)
    return low, high


def written(quantity: Quantity, scale: Scale | None = None) -> dict[str, Any]:
    """Write a Quantity back in a form that reads as the same Quantity (to the last digit or the one before it).

    `scale` is that of the field that will read it; without it, that of the quantity.

    >>> written(Admits("share", 0, 1).read({"value": 0.3, "range": "0.2 to 0.4"}))["range"]
    [0.2, 0.4]
    """
    plain: dict[str, Any] = _stated(quantity, scale or quantity.scale)
    plain |= {"unit": quantity.unit, "kind": str(quantity.kind)}
    if quantity.sources:
        plain["source"] = list(quantity.sources)
    return plain | ({"note": quantity.note} if quantity.note else {})


def _stated(quantity: Quantity, scale: Scale) -> dict[str, Any]:
    given = quantity.parameters
    if quantity.family == "point":
        return {"value": given[0]}
    if quantity.family == "interval":
        centre, low, high = given
        read_on = scale_of(scale, low, high)
        if quantity.scale is not read_on and quantity.scale is Scale.PLAIN:
            return {"normal": [centre, (high - low) / 2 / Z90]}
        if quantity.scale is not read_on and quantity.scale is Scale.LOG:
            return {"lognormal": [centre, (high / low) ** (1 / 2 / Z90)]}
        return {"value": centre, "range": [low, high]}
    if quantity.family == "beta":
        a, b, low, high = given
        if (low, high) == (quantity.low, quantity.high) or abs(a + b - 2 - PERT_WEIGHT) > ROUNDING:
            return {"beta": [a, b]}
        return {"pert": [low, low + (a - 1) / PERT_WEIGHT * (high - low), high]}
    return {quantity.family: list(given)}
