"""Killed at any moment, whoever keeps, packs, unpacks or runs leaves whole things and nothing else that can be seen.

With the adds and migrations of tests/store/ledger these are 50 random moments of `kill -9`.
"""

from __future__ import annotations

import os
import random
import runpy
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ripeness.store.shelf.capsule import read_capsule, write_capsule
from ripeness.store.shelf.removed import removed_at
from ripeness.store.shelf.shelf import put_run, shelf_entries

KEEPER = Path(__file__).with_name("keeper.py")
contents = runpy.run_path(str(KEEPER))["contents"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="kill -9 is a signal of POSIX systems"),
]


def killed(seed, longest, *words, ready=True):
    """Start the keeper, kill it at a random moment (after it is ready, or any), and give what it said was done."""
    luck = random.Random(seed)
    keeper = subprocess.Popen([sys.executable, str(KEEPER), *map(str, words)], stdout=subprocess.PIPE, text=True)
    if ready:
        assert keeper.stdout.readline() == "ready\n"
    time.sleep(luck.uniform(0, longest))
    keeper.kill()
    return [line.split() for line in keeper.communicate(timeout=60)[0].split("\n")[:-1] if line not in {"", "ready"}]


def seen(folder):
    return sorted(one.name for one in folder.iterdir() if not one.name.startswith(".unfinished-"))


@pytest.mark.parametrize("seed", range(9))
def test_a_shelf_holds_whole_runs_when_keeping_is_killed(tmp_path, seed):
    said = {name for (name,) in killed(seed, 0.12, "put", tmp_path)}
    standing = shelf_entries(tmp_path)
    assert not [one for one in standing if one.damage]
    assert said <= {one.name for one in standing} == set(seen(tmp_path))
    assert len(standing) <= len(said) + 1  # one may stand and not yet be told
    again = put_run(contents(10**6), tmp_path)
    assert again.name in {one.name for one in shelf_entries(tmp_path)}


@pytest.mark.parametrize("seed", range(4))
def test_a_run_stands_whole_on_the_shelf_or_among_the_removed_when_removing_is_killed(tmp_path, seed):
    killed(seed, 0.05, "remove", tmp_path)
    standing = [*shelf_entries(tmp_path), *shelf_entries(removed_at(tmp_path))]
    assert [entry.damage for entry in standing] == [""] or not standing  # it was killed before it kept the run


@pytest.mark.parametrize("seed", range(9))
def test_every_capsule_is_whole_when_packing_is_killed(tmp_path, seed):
    folder, goal = put_run(contents(1), tmp_path / "shelf"), tmp_path / "zips"
    goal.mkdir()
    said = {name for (name,) in killed(seed, 0.12, "pack", folder, goal)}
    assert said <= set(seen(goal))
    for name in seen(goal):
        assert read_capsule(goal / name) == contents(1)


@pytest.mark.parametrize("seed", range(4))
def test_every_run_is_whole_when_unpacking_is_killed(tmp_path, seed):
    capsule = write_capsule(put_run(contents(1), tmp_path / "shelf"), tmp_path / "run.zip")
    goal = tmp_path / "goal"
    goal.mkdir()
    said = killed(seed, 0.12, "unpack", capsule, goal)
    found = [one for shelf in sorted(goal.iterdir()) for one in shelf_entries(shelf)]
    assert not [one for one in found if one.damage]
    assert len(said) <= len(found) <= len(said) + 1


@pytest.mark.parametrize("seed", range(4))
def test_every_run_that_is_kept_is_whole_when_a_run_is_killed(tmp_path, seed):
    said = killed(seed, (4.0, 0.6)[seed % 2], "run", tmp_path, ready=bool(seed % 2))
    found = {shelf.name: shelf_entries(shelf) for shelf in tmp_path.iterdir()}
    assert not [one for standing in found.values() for one in standing if one.damage]
    for n, name in said:
        assert [one.name for one in found[n]] == [name]
