"""A dataset written in pieces is the dataset; a disk that fills up on the way is an error and not a crash."""

from __future__ import annotations

import os
import subprocess
import sys

import numpy as np
import pytest
import xarray as xr

import ripeness
from ripeness.store.shelf import arrays
from ripeness.store.shelf.arrays import netcdf_bytes, read_dataset_file, write_dataset

SMALL = 10_000  # bytes of a piece here, so that a small run has many
LIMITED = """
import resource, signal, sys
from pathlib import Path
import numpy as np
import xarray as xr
from ripeness.store.shelf import arrays

arrays.PIECE = 10_000
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
values = np.random.default_rng(1).random((90, 500), dtype=np.float32)
try:
    arrays.write_dataset(xr.Dataset({"large": (("number", "point"), values)}), Path(sys.argv[1]))
except OSError as error:
    sys.exit(error.strerror)
"""


@pytest.fixture(scope="module")
def result():
    return ripeness.run("japan-1945", draws=160, horizon=2)


def test_pieces_hold_what_the_whole_holds(result, tmp_path, monkeypatch):
    write_dataset(result.dataset, tmp_path / "whole.nc")
    monkeypatch.setattr(arrays, "PIECE", SMALL)
    write_dataset(result.dataset, tmp_path / "pieces.nc")
    whole, pieces = read_dataset_file(tmp_path / "whole.nc"), read_dataset_file(tmp_path / "pieces.nc")
    xr.testing.assert_identical(whole, pieces)
    assert {name: array.dtype for name, array in whole.items()} == {name: array.dtype for name, array in pieces.items()}
    assert np.array_equal(pieces["input"], np.asarray(result.ensemble.inputs))


def test_gaps_and_whole_numbers_come_back_from_pieces(tmp_path, monkeypatch):
    values = np.arange(6000, dtype=np.float32).reshape(60, 100)
    values[3, 4] = np.nan
    about = {"units": "1"}
    data = xr.Dataset(
        {"real": (("row", "run"), values, about), "count": (("row", "run"), np.arange(6000).reshape(60, 100), about)},
        {"run": np.arange(100)},
    )
    monkeypatch.setattr(arrays, "PIECE", SMALL)
    write_dataset(data, tmp_path / "a.nc")
    xr.testing.assert_identical(read_dataset_file(tmp_path / "a.nc"), data)


def test_the_same_dataset_is_the_same_bytes_in_memory_and_in_a_file(result, tmp_path, monkeypatch):
    monkeypatch.setattr(arrays, "PIECE", SMALL)
    write_dataset(result.dataset, tmp_path / "a.nc")
    assert (tmp_path / "a.nc").read_bytes() == netcdf_bytes(result.dataset)


def test_a_run_kept_from_pieces_is_the_run_that_its_contents_in_memory_are(result, tmp_path):
    folder = result.save(tmp_path / "run")
    for name, content in result.contents().items():
        assert (folder / name).read_bytes() == content


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are of POSIX systems")
@pytest.mark.parametrize("limit", [0, 100, 5000, 40_000, 120_000])
def test_a_disk_that_fills_up_at_any_moment_is_an_error(tmp_path, limit):
    command = [sys.executable, "-c", LIMITED, str(tmp_path / "a.nc"), str(limit)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "File too large\n"
