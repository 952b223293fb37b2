"""Compiled loops come back from the cache as they were kept, or are compiled anew; nothing in it can stop a run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numba
import pytest

from ripeness.world.loop_cache import INDEX, LOOP, LoopCache

pytestmark = pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")


def double(x):
    return 2 * x


def triple(x):
    return 3 * x


def compiled(loop, folder):
    made = numba.njit(loop)
    made._cache = LoopCache(loop, folder)
    return made


def hits(loop):
    return sum(loop.stats.cache_hits.values())


@pytest.fixture
def kept(tmp_path):
    assert compiled(double, tmp_path)(2) == 4
    return tmp_path


def only(folder, ending):
    (path,) = folder.glob(f"*{ending}")
    return path


def test_what_was_kept_is_not_compiled_again(kept):
    again = compiled(double, kept)
    assert (again(2), hits(again)) == (4, 1)
    assert not list(kept.glob("*.tmp"))


@pytest.mark.parametrize("ending", [INDEX, LOOP])
@pytest.mark.parametrize("damage", ["empty", "short", "flipped", "noise", "gone", "a folder", "a pipe"])
def test_a_damaged_file_is_compiled_anew_and_mended(kept, ending, damage):
    path = only(kept, ending)
    raw = path.read_bytes()
    path.unlink()
    middle = len(raw) // 2
    if damage == "a folder":
        path.mkdir()
    elif damage == "a pipe":
        getattr(os, "mkfifo", Path.touch)(path)  # without pipes an empty file
    elif damage != "gone":
        path.write_bytes(
            {
                "empty": b"",
                "short": raw[:middle],
                "noise": b"not a pickle",
                "flipped": raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :],
            }[damage]
        )
    again = compiled(double, kept)
    assert (again(2), hits(again)) == (4, 0)
    if damage != "a folder":
        third = compiled(double, kept)
        assert (third(2), hits(third)) == (4, 1)


def test_the_files_of_another_loop_are_not_taken_for_its_own(kept, tmp_path):
    other = tmp_path / "other"
    assert compiled(triple, other)(2) == 6
    for ending in (INDEX, LOOP):
        only(kept, ending).write_bytes(only(other, ending).read_bytes())
    again = compiled(double, kept)
    assert (again(2), hits(again)) == (4, 0)


@pytest.mark.parametrize("blocked", ["a file in its place", "/proc/nothing"])
def test_a_place_that_cannot_be_written_is_said_once_and_done_without(tmp_path, caplog, blocked):
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" if blocked.startswith("a file") else Path(blocked)
    for _ in range(2):
        assert compiled(double, folder)(2) == 4
    assert [record.getMessage().count("RIPENESS_CACHE") for record in caplog.records] == [1]


PROGRAM = """
import {limit}
from ripeness.world.arithmetic import exp
print(exp(0.0))
from ripeness.world.compiled import cache_folder
print(cache_folder("world"))
"""
FULL = "resource; resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"


def answer(limit="os", **environment):
    kept = {key: value for key, value in os.environ.items() if key not in {"HOME", "XDG_CACHE_HOME", "RIPENESS_CACHE"}}
    program = [sys.executable, "-c", PROGRAM.format(limit=limit)]
    done = subprocess.run(program, env=kept | environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == 0, done.stderr
    number, folder = done.stdout.splitlines()
    assert number == "1.0"
    return Path(folder), done.stderr


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are of POSIX systems")
def test_a_full_disk_stops_no_run(tmp_path):
    folder, said = answer(FULL, RIPENESS_CACHE=str(tmp_path))
    assert folder.is_relative_to(tmp_path)
    assert said.count("cannot be kept") == 1
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_without_a_place_of_its_own_the_cache_is_a_folder_that_nobody_else_can_write(tmp_path):
    (tmp_path / "file").write_text("")
    folder, said = answer(RIPENESS_CACHE=str(tmp_path / "file"), TMPDIR=str(tmp_path))
    assert folder.is_relative_to(tmp_path)
    assert not said
    assert (tmp_path / folder.relative_to(tmp_path).parts[0]).stat().st_mode & 0o077 == 0
    assert answer(RIPENESS_CACHE=str(tmp_path / "file"), TMPDIR=str(tmp_path))[0] == folder
