"""Inputs: everything that went into a run, by its path, as plain values that a later version can still compare."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import BaseModel

from ripeness.scenario.parameters_by_kind import parameters_of
from ripeness.scenario.schema import Scenario
from ripeness.world.quantity import Quantity


def inputs(scenario: Scenario) -> dict[str, dict[str, Any]]:
    """Every number and every word of a scenario by its path, the laws in effect included.

    A number has value, 90 % interval, unit, kind and sources; a word, date or switch stands under 'said'.

    >>> from ripeness.scenario.read import read_scenario
    >>> inputs(read_scenario("japan-1945"))["laws.patience"]["unit"]
    'share'
    """
    laws = {
        path: quantity
        for path, quantity in _walk(dict(parameters_of(scenario)), "laws")
        if path[5:] not in scenario.laws
    }
    return dict(sorted({**dict(_walk(scenario, "")), **laws}.items()))


def _walk(part: object, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(part, Quantity):
        low, value, high = part.interval()
        yield (
            path,
            {
                "value": value,
                "low": low,
                "high": high,
                "unit": part.unit,
                "kind": str(part.kind),
                "sources": list(part.sources),
            },
        )
    elif isinstance(part, BaseModel):
        for key in type(part).model_fields:
            yield from _walk(getattr(part, key), f"{path}.{key}" if path else key)
    elif isinstance(part, dict):
        for key, child in part.items():
            yield from _walk(child, f"{path}.{key}")
    elif isinstance(part, (tuple, list)):
        for index, child in enumerate(part):
            yield from _walk(child, f"{path}.{index}")
    elif part is not None and part != "":
        yield path, {"said": part.isoformat() if isinstance(part, date) else str(part)}
