"""Compare: whether a run made again has the same bits, numbers equal to 1e-6, or others; and which version differs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from ripeness.store.shelf.arrays import DATASETS, read_dataset, read_dataset_file
from ripeness.world.fault import Place

NEAR = 1e-6  # relative; what another processor may do to a number
SAME, EQUAL, OTHER = "same bits", "equal to 1e-6", "differs"
VERSIONS = ("version", "python", "packages", "platform", "processor")


@dataclass(frozen=True, slots=True)
class RunComparison:
    """How near a run made again comes to the kept one. `worst` is the largest relative distance of any number."""

    verdict: str
    worst: float
    where: tuple[str, ...]
    versions: tuple[str, ...]


def compare_datasets(
    folder: Path, remade: Mapping[str, bytes], kept_versions: Mapping[str, Any], current_versions: Mapping[str, Any]
) -> RunComparison:
    """Compare the datasets of a kept run with those of the same run made again.

    `made` and `now` say with what each was made.

    Raises: Fault where a kept dataset cannot be read.
    """
    worst, where = 0.0, []
    for name in DATASETS:
        place = Place(str(folder / name))
        old = read_dataset_file(folder / name)
        new = read_dataset(remade[name], place)
        for variable, distance in _distances(old, new).items():
            worst = max(worst, distance)
            if distance > 0:
                where.append(f"{name.partition('.')[0]}.{variable}")
    verdict = SAME if worst == 0 else EQUAL if worst <= NEAR else OTHER
    return RunComparison(verdict, worst, tuple(where), tuple(_versions(kept_versions, current_versions)))


def _distances(old: xr.Dataset, new: xr.Dataset) -> dict[str, float]:
    distances = dict.fromkeys(map(str, set(old.variables) ^ set(new.variables)), np.inf)
    for name in set(old.variables) & set(new.variables):
        distances[str(name)] = _distance(old[name].values, new[name].values)
    return dict(sorted(distances.items()))


def _distance(old: Any, new: Any) -> float:
    """The largest relative distance of two arrays; infinite where they have not the same form, words or gaps."""
    if old.shape != new.shape or old.dtype.kind != new.dtype.kind:
        return float(np.inf)
    if old.dtype.kind != "f":
        return 0.0 if np.array_equal(old, new) else float(np.inf)
    if not np.array_equal(np.isfinite(old), np.isfinite(new)):
        return float(np.inf)
    fine = np.isfinite(old)
    first, second = old[fine], new[fine]
    scale = np.maximum(np.maximum(np.abs(first), np.abs(second)), 1.0)
    return float(np.max(np.abs(first - second) / scale, initial=0.0))


def _versions(kept_versions: Mapping[str, Any], current_versions: Mapping[str, Any]) -> list[str]:
    """What the two were made with, where it differs, in words."""
    differences = []
    for key in VERSIONS:
        old, new = kept_versions.get(key), current_versions.get(key)
        if isinstance(old, Mapping) and isinstance(new, Mapping):
            names = [name for name in sorted(set(old) | set(new)) if old.get(name) != new.get(name)]
            differences += [f"{name} {old.get(name)} then, {new.get(name)} now" for name in names]
        elif old != new:
            differences.append(f"{'ripeness' if key == 'version' else key} {old} then, {new} now")
    return differences
