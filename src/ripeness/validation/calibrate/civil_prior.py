"""Civil prior: what is uncertain of wars inside states before the record has spoken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from ripeness.scenario.model_parameters import default_parameters, parameter_field
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.yaml_tree import tree_of
from ripeness.validation.calibrate.prior import ParameterPrior
from ripeness.validation.history.coding import SCALES

FILE = "civil_prior.yaml"
READ = ("value", "range", "unit", "kind", "source")  # of an entry: the number itself


@cache
def civil_prior() -> ParameterPrior:
    """The prior of the fit to civil conflicts.

    >>> civil_prior().numbers["settle"].interval()
    (0.006, 0.05, 0.4)
    """
    text = (files("ripeness.validation.calibrate") / FILE).read_text(encoding="utf-8")
    entries: Mapping[str, Any] = tree_of(text, FILE).plain()
    spreads = {name: _field(entry, None).read(_number(entry)) for name, entry in entries["spreads"].items()}
    default = default_parameters()
    laws = {
        name: default[name] if entry is None else _field(entry, name).read(_number(entry))
        for name, entry in entries["laws"].items()
    }
    return ParameterPrior(spreads | laws, ())


def _field(entry: Mapping[str, Any], law: str | None) -> NumberField:
    scale = SCALES.get(entry.get("scale", ""))
    if law is None:
        return NumberField(entry["unit"], *SCALES[entry["scale"]])
    field = parameter_field(law)
    return field if scale is None else replace(field, scale=scale[2])


def _number(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in READ}
