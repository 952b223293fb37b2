"""Keep: a run on disk as one folder: what was read, what came out, and with what it was made."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.cells import to_csv
from ripeness.store.provenance import provenance
from ripeness.store.whole import Content, write_folder

if TYPE_CHECKING:
    import xarray

    from ripeness.workbench.result import Result

SCENARIO = "scenario.yaml"


def keep(result: Result, folder: Path) -> Path:
    """Write a run to a new folder, whole or not at all.

    Raises: Fault where something is there already, or it cannot be written.
    """
    contents: dict[str, Content] = {
        **scenario_files(result),
        "answer.json": result.to_json() + "\n",
        "outcomes.csv": to_csv(_rows(result)),
        "results.nc": _netcdf(result.dataset),
        "histories.nc": _netcdf(result.histories),
        "provenance.json": json.dumps(provenance(result.about()), indent=2, sort_keys=True) + "\n",
    }
    write_folder(folder, contents)
    return folder


def scenario_files(result: Result) -> dict[str, Content]:
    """The scenario as read. The file that was run is scenario.yaml; the files that it builds on keep their names."""
    top, *bases = result.files
    own = SCENARIO if SCENARIO not in bases else top
    return {own: result.files[top]} | {name: result.files[name] for name in bases}


def _rows(result: Result) -> list[dict[str, Any]]:
    return [asdict(one) for one in result.path]


def _netcdf(data: xarray.Dataset) -> Callable[[Path], None]:
    """A function that writes a dataset, packed, to the path that it is given."""

    def write(path: Path) -> None:
        packed = {
            name: {"zlib": True, "complevel": 4} for name, array in data.data_vars.items() if array.dtype.kind in "fiu"
        }
        data.to_netcdf(path, engine="h5netcdf", encoding=packed)

    return write
