"""Named: what a name stands for where both a case and a kept run will do."""

from __future__ import annotations

from pathlib import Path

from ripeness.scenario.case import find_scenario_file
from ripeness.store.shelf.shelf import find_run, shelf_at
from ripeness.world.fault import Fault


def run_folder(name: str | Path, shelf: str | Path | None) -> Path | None:
    """The folder of a kept run, where that is what the name means; a case or a scenario file comes first.

    Raises: Fault where it is neither.
    """
    try:
        find_scenario_file(name)
    except Fault as no_case:
        try:
            return find_run(name, shelf_at(shelf))
        except Fault:
            raise no_case from None
    return None
