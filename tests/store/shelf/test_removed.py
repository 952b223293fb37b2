"""Removed runs leave the shelf at once and whole, and every one of them can be put back."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from ripeness.store.shelf.removed import remove_run, removed_at, restore_run
from ripeness.store.shelf.shelf import find_run, put_run, shelf_entries
from ripeness.world.fault import Fault

contents = runpy.run_path(str(Path(__file__).parents[1] / "keeper.py"))["contents"]


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_removed_run_is_on_no_list_and_comes_back_as_it_was(tmp_path):
    folder = put_run(contents(1), tmp_path)
    before = files(folder)
    removed = remove_run(folder.name, tmp_path)
    assert shelf_entries(tmp_path) == ()
    with pytest.raises(Fault):
        find_run(folder.name, tmp_path)
    assert [run.name for run in shelf_entries(removed_at(tmp_path))] == [folder.name]
    assert files(restore_run(removed, tmp_path)) == before
    assert shelf_entries(removed_at(tmp_path)) == ()


def test_what_is_kept_and_removed_again_takes_no_removed_run_away(tmp_path):
    names = [remove_run(put_run(contents(1), tmp_path).name, tmp_path) for _ in range(3)]
    assert len({*names}) == len(shelf_entries(removed_at(tmp_path))) == 3
    folder = restore_run(names[2], tmp_path)
    assert folder.name == names[0]
    with pytest.raises(Fault, match="kept again"):
        restore_run(names[1], tmp_path)
    assert len(shelf_entries(removed_at(tmp_path))) == 2


def test_a_damaged_run_can_be_removed(tmp_path):
    folder = put_run(contents(1), tmp_path)
    next(folder.glob("*.yaml")).unlink()
    remove_run(folder.name, tmp_path)
    assert shelf_entries(tmp_path) == ()


@pytest.mark.parametrize("name", ["", ".", "..", ".removed", "../elsewhere", "nothing"])
def test_nothing_but_a_run_of_the_shelf_is_moved(tmp_path, name):
    shelf = tmp_path / "shelf"
    put_run(contents(1), shelf)
    (tmp_path / "elsewhere").mkdir()
    with pytest.raises(Fault, match="no longer here"):
        remove_run(name, shelf)
    assert (tmp_path / "elsewhere").is_dir()
    assert len(shelf_entries(shelf)) == 1
