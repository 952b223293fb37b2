"""The parameters of the model: each a quantity with a range and a basis, unless a scenario overrides it."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ripeness.scenario.number_field import NumberField
from ripeness.scenario.yaml_tree import tree_of
from ripeness.world.quantity import Quantity, Scale
from ripeness.world.source import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

NOT_THE_NUMBER = ("basis", "least", "most", "only")  # what laws.yaml says of a parameter beside its number
# Bounds by unit: what a coefficient of this unit can be at all.
BOUNDS = {
    "share": (0.0, 1.0, Scale.LOGIT),
    "per month": (0.0, 10.0, Scale.LOG),
    "per year": (0.0, 10.0, Scale.LOG),
    "months": (1.0, 240.0, Scale.LOG),
    "years": (0.1, 100.0, Scale.LOG),
    "stakes per month": (0.0, 10.0, Scale.LOG),
    "index": (0.0, 100.0, Scale.PLAIN),
    "ratio": (0.0, 100.0, Scale.LOG),
    "precision": (0.0, 100.0, Scale.LOG),
    "log ratio": (-10.0, 10.0, Scale.PLAIN),
}


@cache
def _file() -> dict[str, Any]:
    text = (files("ripeness.scenario") / "laws.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = tree_of(text, "laws.yaml").plain()
    return loaded


@cache
def parameter_names() -> tuple[str, ...]:
    """The names of the parameters in their fixed order."""
    return tuple(_file()["laws"])


def parameter_field(name: str) -> NumberField:
    """What a parameter admits: its unit, and the bounds of that unit or its own narrower ones (least, most)."""
    entry = _file()["laws"][name]
    low, high, scale = BOUNDS[entry["unit"]]
    return NumberField(entry["unit"], entry.get("least", low), entry.get("most", high), scale)


def parameter_basis(name: str) -> str:
    """Why a parameter has its value, in a line."""
    return str(_file()["laws"][name]["basis"])


def parameter_condition(name: str) -> str | None:
    """What a war must have for the parameter to work at all; none where it always does.

    >>> parameter_condition("separate_peace"), parameter_condition("settle")
    ('armed allies', None)
    """
    condition = _file()["laws"][name].get("only")
    return None if condition is None else str(condition)


@cache
def default_parameters() -> Mapping[str, Quantity]:
    """Every parameter as shipped.

    >>> default_parameters()["patience"].interval()
    (0.4, 0.7, 0.9)
    """
    return {
        name: parameter_field(name).read({key: value for key, value in raw.items() if key not in NOT_THE_NUMBER})
        for name, raw in _file()["laws"].items()
    }


@cache
def parameter_sources() -> Mapping[str, Source]:
    """The sources that the parameters rest on."""
    return {
        key: Source(key, raw["title"], raw["author"], _day(raw), raw["grade"], raw.get("publisher", ""))
        for key, raw in _file()["sources"].items()
    }


def _day(source: Mapping[str, Any]) -> date | None:
    return date.fromisoformat(source["published"]) if "published" in source else None
