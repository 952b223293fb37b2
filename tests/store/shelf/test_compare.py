"""A run made again has the same bits, numbers equal to 1e-6, or others; and which version differs is named."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr

from ripeness.store.shelf.compare import DATASETS, EQUAL, OTHER, SAME, compare_datasets

MADE = {"version": "1", "python": "3.11.0", "packages": {"numpy": "2.0.0"}, "processor": "x86_64"}


def dataset(by=0.0, gap=False, extra=False):
    values = np.array([1.0, 250.0, np.nan if gap else 3.0]) * (1 + by)
    data = {"deaths": ("run", values)} | ({"more": ("run", values)} if extra else {})
    return xr.Dataset(data, {"run": [0, 1, 2]})


def written(folder, data):
    folder.mkdir(exist_ok=True)
    data.to_netcdf(folder / "data.nc", engine="h5netcdf")
    return (folder / "data.nc").read_bytes()


@pytest.fixture
def kept(tmp_path):
    content = written(tmp_path / "a", dataset())
    for name in DATASETS:
        (tmp_path / name).write_bytes(content)
    return tmp_path


@pytest.mark.parametrize(
    ("change", "verdict"),
    [({}, SAME), ({"by": 1e-8}, EQUAL), ({"by": 1e-4}, OTHER), ({"gap": True}, OTHER), ({"extra": True}, OTHER)],
)
def test_the_verdict_follows_the_largest_distance_of_any_number(kept, change, verdict):
    content = written(kept / "b", dataset(**change))
    assert compare_datasets(kept, dict.fromkeys(DATASETS, content), MADE, MADE).verdict == verdict


def test_where_numbers_differ_and_which_version_differs_is_named(kept):
    content = written(kept / "b", dataset(by=0.01))
    now = MADE | {"packages": {"numpy": "2.1.0"}, "processor": "arm64"}
    found = compare_datasets(kept, dict.fromkeys(DATASETS, content), MADE, now)
    assert found.worst == pytest.approx(0.01, rel=0.02)
    assert found.where == ("results.deaths", "histories.deaths")
    assert found.versions == ("numpy 2.0.0 then, 2.1.0 now", "processor x86_64 then, arm64 now")
