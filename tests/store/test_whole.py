"""Files and folders are there whole or not at all."""

from __future__ import annotations

import os
import time

import pytest

from ripeness.store.cells import to_csv
from ripeness.store.provenance import provenance
from ripeness.store.whole import write_file, write_folder
from ripeness.world.fault import Fault


def broken(path):
    path.write_text("half")
    raise RuntimeError


def test_a_writer_that_breaks_off_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "run.json"
    write_file(path, "old")
    with pytest.raises(RuntimeError):
        write_file(path, broken)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["run.json"]


def test_a_folder_appears_only_when_all_its_files_are_written(tmp_path):
    with pytest.raises(RuntimeError):
        write_folder(tmp_path / "run", {"a.txt": "whole", "b.txt": broken})
    assert not list(tmp_path.iterdir())
    write_folder(tmp_path / "run", {"a.txt": "whole", "deep/b.bin": b"\x00"})
    assert (tmp_path / "run" / "a.txt").read_text() == "whole"
    assert (tmp_path / "run" / "deep" / "b.bin").read_bytes() == b"\x00"


def test_what_is_there_is_never_overwritten_by_a_folder(tmp_path):
    write_folder(tmp_path / "run", {"a.txt": "first"})
    with pytest.raises(Fault, match="left as it is"):
        write_folder(tmp_path / "run", {"a.txt": "second"})
    assert (tmp_path / "run" / "a.txt").read_text() == "first"


def test_a_missing_parent_is_named(tmp_path):
    with pytest.raises(Fault, match="nowhere"):
        write_file(tmp_path / "nowhere" / "a.txt", "")
    with pytest.raises(Fault, match="nowhere"):
        write_folder(tmp_path / "nowhere" / "run", {})


def test_files_may_be_read_by_whom_the_user_lets_read(tmp_path):
    write_file(tmp_path / "a.txt", "")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-x", "@sum", "\t="])
def test_no_cell_is_a_formula(cell):
    assert f"'{cell}" in to_csv([{"name": cell, "p": 0.5}])


def test_provenance_is_the_same_twice_and_names_versions():
    assert provenance({"seed": 1}) == provenance({"seed": 1})
    assert set(provenance({})["packages"]) >= {"numpy", "numba"}


def test_what_a_killed_writer_left_long_ago_is_taken_away_and_what_is_fresh_is_not(tmp_path):
    for name, age in ((".unfinished-old", 2 * 86400), (".unfinished-new", 60)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_text("half")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    write_file(tmp_path / "a.txt", "whole")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".unfinished-new", "a.txt"]
