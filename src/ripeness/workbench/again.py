"""Again: run a kept run once more, from nothing but what lies in its folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

from ripeness.ensemble.design import KEPT, Design
from ripeness.scenario.case import find_scenario_file
from ripeness.scenario.read import open_scenario
from ripeness.scenario.yaml_tree import value_of
from ripeness.store.shelf.kept_run import KeptRun
from ripeness.store.shelf.manifest import SCENARIO
from ripeness.store.shelf.shelf import find_run, shelf_at
from ripeness.study.path_file import path_of
from ripeness.workbench.result import Result
from ripeness.workbench.run import run
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault, Place


def kept_changes(kept_run: KeptRun) -> dict[str, Any]:
    """The numbers that a kept run set, by path, each as it is written in a scenario file."""
    return {str(key): _value(str(value)) for key, value in kept_run.about.get("set", {}).items()}


def again(kept_run: KeptRun, *, progress: Callable[[int, int], None] | None = None, histories: int = KEPT) -> Result:
    """Fight the war of a kept run again: same scenario, reading, changes, draws, seed and horizon.

    Raises: Fault where this version cannot read the scenario, or the record of the run does not say enough.
    """
    description, place = kept_run.about, Place(str(kept_run.folder))
    path = kept_run.folder / SCENARIO
    step = STEPS[open_scenario(path).scenario.step]
    try:
        months = float(description["horizon"])
        design = Design(
            int(description["draws"]),
            int(description["seed"]),
            per_point=int(description["per_point"]),
            horizon=round(months / step),
            kept=histories,
        )
        changes = kept_changes(kept_run)
        reading, evidence = str(description["reading"]), description.get("given") or {}
        day = evidence.get("as_of") or description.get("as_of")
        as_of = date.fromisoformat(str(day)[:10]) if day else None
        observe = tuple(str(item) for item in evidence.get("observe", ()))
        known_path = path_of(str(evidence["months"])) if "months" in evidence else None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise Fault(f"the record of this run does not say how to repeat it: {error}", place) from None
    if not isclose(months / step, design.horizon or 0, abs_tol=1e-6):
        raise Fault(f"a horizon of {months:g} months is no whole number of steps of this scenario", place)
    result = run(
        path,
        reading=reading,
        changes=changes,
        design=design,
        progress=progress,
        evidence=bool(evidence) and bool(evidence.get("stated", True)),
        as_of=as_of,
        observe=observe,
        known_path=known_path,
        ignore_duration=bool(description.get("ignore_duration")),
        ignore_record="anchor" not in description,  # nor where the kind of conflict was unknown: then there is none
    )
    if evidence and result.about()["given"]["items"] != evidence.get("items"):
        raise Fault("this run was given observations by hand, which it does not name; it cannot be repeated", place)
    return result


def run_folder(case_or_run: str | Path, shelf: str | Path | None) -> Path | None:
    """The folder of a kept run, where that is what the name means; a case or a scenario file comes first.

    Raises: Fault where it is neither.
    """
    try:
        find_scenario_file(case_or_run)
    except Fault as no_case:
        try:
            return find_run(case_or_run, shelf_at(shelf))
        except Fault:
            raise no_case from None
    return None


def _value(text: str) -> Any:
    """A change as it was written down: a number, a range in words, or a mapping; a word that is no YAML is itself.

    >>> _value("{'range': [1, 2]}"), _value("1 to 3"), _value("*a")
    ({'range': [1, 2]}, '1 to 3', '*a')
    """
    try:
        return value_of(text, "set")
    except Fault:
        return text
