"""Where a disk is full, or a file may not grow, every form of output is a Fault and leaves what was there."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

import ripeness

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of a process are of POSIX systems")
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (200, 200))
from ripeness.main import main
main()
"""


def limited(*words):
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1"}
    command = [sys.executable, "-c", LIMITED, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    return ripeness.run("japan-1945", draws=16, horizon=2).keep(tmp_path_factory.mktemp("shelf"))


@pytest.mark.parametrize("name", ["a.nc", "a.csv", "a.xlsx", "a.parquet", "a.svg", "a.png", "a.json", "a.zip"])
def test_no_form_of_output_ends_in_a_crash_where_a_file_may_not_grow(tmp_path, kept, name):
    (tmp_path / name).write_text("what was there")
    verb = ("pack", kept, tmp_path / name) if name.endswith(".zip") else ("export", kept, tmp_path / name)
    done = limited(*verb)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith(f"{tmp_path / name}:1:1: cannot be written: ")
    assert done.stderr.endswith("File too large\n")
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "what was there"


def test_a_capsule_that_does_not_fit_is_not_half_unpacked(tmp_path, kept):
    capsule = ripeness.pack(kept, tmp_path / "a.zip")
    done = limited("unpack", capsule, "--shelf", tmp_path / "shelf")
    assert done.returncode == 2, done.stderr
    assert "cannot be written: File too large" in done.stderr
    assert not list((tmp_path / "shelf").iterdir())
