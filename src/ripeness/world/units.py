"""Units of the numbers in a scenario: what each may be called, and how one turns into another."""

from __future__ import annotations

from ripeness.world.fault import Fault
from ripeness.world.wording import did_you_mean

# name -> (dimension, factor to the dimension's own unit)
UNITS: dict[str, tuple[str, float]] = {
    "share": ("share", 1.0),
    "percent": ("share", 0.01),
    "%": ("share", 0.01),
    "thousand persons": ("persons", 1.0),
    "persons": ("persons", 1e-3),
    "million persons": ("persons", 1e3),
    "thousand persons per month": ("persons per month", 1.0),
    "persons per month": ("persons per month", 1e-3),
    "per month": ("rate", 1.0),
    "per year": ("rate", 1 / 12),
    "months": ("time", 1.0),
    "years": ("time", 12.0),
    "index": ("index", 1.0),
    "ratio": ("index", 1.0),
    "log ratio": ("log ratio", 1.0),
    "stakes": ("stakes", 1.0),
    "stakes per month": ("stakes per month", 1.0),
    "stakes per death per million": ("stakes per death per million", 1.0),
    "months of fighting": ("munitions", 1.0),
    "months of fighting per month": ("munitions per month", 1.0),
    "billion dollars": ("money", 1.0),
    "trillion dollars": ("money", 1e3),
    "million dollars": ("money", 1e-3),
    "precision": ("precision", 1.0),
    "per share": ("per share", 1.0),
    "count": ("count", 1.0),
}


def model_unit(unit: str) -> str:
    """Say in which unit the model counts what the unit given measures.

    Raises: Fault when the unit is unknown.

    >>> model_unit("percent"), model_unit("million persons")
    ('share', 'thousand persons')
    """
    dimension, _ = _unit(unit)
    return next(name for name, (kind, size) in UNITS.items() if kind == dimension and size == 1)


def _unit(name: str) -> tuple[str, float]:
    if name not in UNITS:
        hint = did_you_mean(name, UNITS, f"known units: {', '.join(UNITS)}")
        raise Fault(f"'{name[:40]}' is not a unit; {hint}")
    return UNITS[name]


def conversion_factor(unit: str, target: str) -> float:
    """Say by how much a number in the unit given is multiplied to stand in the unit wanted.

    Raises: Fault when the unit is unknown or measures something else.

    >>> conversion_factor("percent", "share"), conversion_factor("million persons", "thousand persons")
    (0.01, 1000.0)
    """
    dimension, scale = _unit(unit)
    wanted_dimension, wanted_scale = UNITS[target]
    if dimension != wanted_dimension:
        fitting = ", ".join(f"'{name}'" for name, (kind, _) in UNITS.items() if kind == wanted_dimension)
        raise Fault(f"the unit '{unit}' does not fit here; the number is in {fitting}")
    return scale / wanted_scale
