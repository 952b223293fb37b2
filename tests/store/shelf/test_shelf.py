"""Runs on a shelf are whole, are found by a few letters, and are named when they are damaged."""

from __future__ import annotations

import json

import pytest

from ripeness.store.shelf.difference import compare_runs
from ripeness.store.shelf.kept_run import open_kept
from ripeness.store.shelf.manifest import MANIFEST, damage
from ripeness.store.shelf.shelf import find_run, put_run, shelf_at, shelf_entries
from ripeness.world.fault import Fault

ABOUT = {"case": "north-south", "coding": "public", "reading": "factional", "draws": 8, "seed": 1, "version": "1"}


def contents(power=0.5, p=0.25, seed=1):
    error = {"mc_low": p - 0.01, "mc_high": p + 0.01}
    row = {"outcome": "frozen", "polity": None, "how": None, "month": 6.0, "p": p, **error}
    inputs = {"polities.north.power": {"value": power, "low": power, "high": power, "unit": "share"}}
    return {
        "scenario.yaml": b"title: a war\n",
        "inputs.json": json.dumps(inputs).encode(),
        "answer.json": json.dumps({"title": "A war", "outcomes": [row], "sentence": "It goes on."}).encode(),
        "provenance.json": json.dumps({**ABOUT, "seed": seed}).encode(),
    }


def test_the_same_run_has_one_name_and_one_folder(tmp_path):
    first, second = put_run(contents(), tmp_path), put_run(contents(), tmp_path)
    assert first == second
    assert [one.name for one in shelf_entries(tmp_path)] == [first.name]
    assert put_run(contents(seed=2), tmp_path) != first


def test_a_run_is_found_by_a_few_letters_and_by_its_folder(tmp_path):
    folder = put_run(contents(), tmp_path)
    assert find_run(folder.name[:5], tmp_path) == find_run(folder, tmp_path) == folder


def test_an_unknown_name_shows_the_way(tmp_path):
    with pytest.raises(Fault, match="is empty"):
        find_run("abc", tmp_path)
    folder = put_run(contents(), tmp_path)
    with pytest.raises(Fault, match="did you mean"):
        find_run(folder.name[:-1] + "x", tmp_path)


@pytest.mark.parametrize("file", sorted([*contents(), MANIFEST]))
def test_a_byte_changed_anywhere_is_found_and_named(tmp_path, file):
    folder = put_run(contents(), tmp_path)
    path = folder / file
    path.write_bytes(path.read_bytes().replace(b"a", b"b", 1))
    (standing,) = shelf_entries(tmp_path)
    assert standing.run is None
    assert standing.damage


def test_files_missing_and_added_are_named(tmp_path):
    folder = put_run(contents(), tmp_path)
    (folder / "inputs.json").unlink()
    (folder / "more.txt").write_text("")
    assert damage(folder) == ("inputs.json is missing", "more.txt was added")


def test_a_run_whose_files_and_manifest_were_both_rewritten_no_longer_fits_its_name(tmp_path):
    folder, other = put_run(contents(), tmp_path), put_run(contents(power=0.6), tmp_path / "elsewhere")
    for path in other.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    assert "it was changed" in next(one for one in shelf_entries(tmp_path) if one.name == folder.name).damage


def test_a_half_made_folder_is_no_run(tmp_path):
    (tmp_path / ".unfinished-x").mkdir()
    assert shelf_entries(tmp_path) == ()


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/b", ".hidden", "c:\\x", "line\nbreak"])
def test_a_manifest_that_leads_out_of_its_folder_is_refused(tmp_path, name):
    folder = put_run(contents(), tmp_path)
    (folder / MANIFEST).write_text(json.dumps({name: "0" * 64}))
    with pytest.raises(Fault, match="no file of a run"):
        open_kept(folder)


def test_the_difference_names_inputs_by_path_and_answers_by_month(tmp_path):
    old, new = (open_kept(put_run(one, tmp_path)) for one in (contents(), contents(power=0.75, p=0.5, seed=2)))
    found = compare_runs(old, new)
    assert [str(one) for one in found.asked] == ["seed: 1 became 2"]
    assert [str(one) for one in found.inputs] == ["polities.north.power: 0.5 share became 0.75 share"]
    (moved,) = found.answers
    assert (moved.month, moved.old, moved.new) == (6.0, 0.25, 0.5)
    assert compare_runs(old, old).same


def test_what_one_run_lacks_as_a_whole_is_told_in_one_line(tmp_path):
    more, old = contents(), open_kept(put_run(contents(), tmp_path))
    seen = {f"evidence.0.{key}": {"said": word} for key, word in (("date", "1990-01-01"), ("id", "canal"))}
    more["inputs.json"] = json.dumps(json.loads(more["inputs.json"]) | seen).encode()
    new = open_kept(put_run(more, tmp_path))
    assert [str(one) for one in compare_runs(old, new).inputs] == [
        "evidence.0: 1990-01-01, canal, which the first run does not have"
    ]


def test_what_was_measured_is_told_with_its_interval(tmp_path):
    files, old = contents(), open_kept(put_run(contents(), tmp_path))
    told = {
        "months_to_end": {"low": 1.0, "median": 2.5, "high": None},
        "ledgers": {
            "human_cost": [
                {"polity": None, "cost": "lives", "unit": "thousand persons", "low": 1, "median": 2, "high": 3}
            ]
        },
    }
    files["answer.json"] = json.dumps(json.loads(files["answer.json"]) | told).encode()
    found = compare_runs(old, open_kept(put_run(files, tmp_path)))
    assert not found.same
    assert [(one.what, one.new) for one in found.measures] == [
        ("months to the end", "2.5 (1 to beyond the horizon)"),
        ("all deaths of both sides, thousand persons", "2 (1 to 3)"),
    ]


def test_the_users_own_shelf_lies_in_the_home_of_the_program(monkeypatch, tmp_path):
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path))
    assert shelf_at() == tmp_path / "shelf"
