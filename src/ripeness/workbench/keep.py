"""Keep: a run on disk as one folder: what was read, what came out, and with what it was made."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.cells import to_csv
from ripeness.store.provenance import provenance
from ripeness.store.whole import Content, write_folder
from ripeness.study.chances import Chance

if TYPE_CHECKING:
    import xarray

SCENARIO = "scenario.yaml"


def keep(
    folder: Path,
    files: Mapping[str, str],
    answer: str,
    path: Sequence[Chance],
    data: Mapping[str, xarray.Dataset],
    about: Mapping[str, Any],
) -> Path:
    """Write a run to a new folder, whole or not at all: scenario, answer, chances by month, datasets, provenance.

    Raises: Fault where something is there already, or it cannot be written.
    """
    contents: dict[str, Content] = {
        **scenario_files(files),
        "answer.json": answer + "\n",
        "outcomes.csv": to_csv([asdict(one) for one in path]),
        **{f"{name}.nc": _netcdf(one) for name, one in data.items()},
        "provenance.json": json.dumps(provenance(about), indent=2, sort_keys=True) + "\n",
    }
    write_folder(folder, contents)
    return folder


def scenario_files(files: Mapping[str, str]) -> dict[str, str]:
    """The scenario as read. The file that was run is scenario.yaml; the files that it builds on keep their names.

    >>> scenario_files({"essay.yaml": "base: public.yaml", "public.yaml": "..."})
    {'scenario.yaml': 'base: public.yaml', 'public.yaml': '...'}
    """
    top, *bases = files
    own = SCENARIO if SCENARIO not in bases else top
    return {own: files[top]} | {name: files[name] for name in bases}


def _netcdf(data: xarray.Dataset) -> Callable[[Path], None]:
    """A function that writes a dataset, packed, to the path that it is given."""

    def write(path: Path) -> None:
        packed = {
            name: {"zlib": True, "complevel": 4} for name, array in data.data_vars.items() if array.dtype.kind in "fiu"
        }
        data.to_netcdf(path, engine="h5netcdf", encoding=packed)

    return write
