"""Runs that were kept can be listed, shown, compared, verified and run again."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.store.shelf.manifest import MANIFEST, manifest
from ripeness.workbench.show import show
from ripeness.world.fault import Fault


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture(scope="module")
def plain(shelf):
    return ripeness.run("japan-1945", draws=64, horizon=4).keep(shelf)


@pytest.fixture(scope="module")
def changed(shelf):
    asked = {"coding": "throne", "reading": "unitary", "changes": {"talks.mediation": "1 to 3"}}
    return ripeness.run("japan-1945", draws=64, horizon=4, **asked).keep(shelf)


def test_kept_runs_are_listed_with_their_answers(shelf, plain, changed):
    found = ripeness.list(shelf)
    assert {row.name for row in found.runs} == {plain.name, changed.name}
    assert all(row.sentence == show(row.name, shelf).plain()["answer"]["sentence"] != "" for row in found.runs)


def test_a_kept_run_shows_what_it_answered_without_being_run(shelf, plain):
    assert show(plain.name[:6], shelf).plain()["answer"]["case"] == "japan-1945"


def test_a_difference_names_the_number_that_was_changed(shelf, plain, changed):
    said = "\n".join(ripeness.diff(plain.name, changed.name, shelf).sentences())
    assert "talks.mediation" in said
    assert "coding: public became throne" in said
    assert "By month 4" in said
    assert "all deaths of both sides, thousand persons: " in said
    assert "share of japan where settled: " in said or "months to the end: " in said
    assert ripeness.diff(plain, plain).sentences() == ["The two runs do not differ: the same inputs, the same answers."]


def test_a_forecast_is_taken_from_a_kept_run_in_one_command(plain, shelf, tmp_path, monkeypatch):
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path))
    made = ["--month", "4", "--made", "1945-05-02", "--by"]
    asked = ["forecast", "add", "end-1945", "--opens", "1945-05-01", "--resolves", "1945-08-31", *made, "ana"]
    done = CliRunner().invoke(app, [*asked, "--from", str(plain)])
    assert done.exit_code == 0, done.output
    (tmp_path / "shelf").symlink_to(shelf)
    assert CliRunner().invoke(app, [*asked[:3], *made, "bo", "--from", plain.name[:6]]).exit_code == 0
    said = CliRunner().invoke(app, ["forecast", "list", "end-1945"]).stdout
    assert "ana" in said
    assert "bo" in said
    for nowhere in ("nosuchrun", "no/such.json"):
        with pytest.raises(Fault, match=r"is no kept run|there is no saved run"):
            CliRunner().invoke(app, [*asked, "--from", nowhere], catch_exceptions=False)


def test_a_kept_run_runs_again_to_the_same_bits(plain, changed):
    for folder in (plain, changed):
        found = ripeness.verify(folder)
        assert found.verdict == "same bits", found.sentence()


def test_a_tampered_run_is_named_and_not_run(tmp_path):
    folder = ripeness.run("japan-1945", draws=16, horizon=2).keep(tmp_path)
    (folder / "outcomes.csv").write_text("victory")
    found = ripeness.verify(folder)
    assert (found.verdict, found.damage) == ("damaged", ("outcomes.csv was changed",))
    with pytest.raises(Fault, match="outcomes.csv was changed"):
        show(folder)


def test_a_result_that_its_inputs_do_not_give_is_told_even_when_the_manifest_agrees(tmp_path):
    folder = ripeness.run("japan-1945", draws=16, horizon=2).keep(tmp_path / "a")
    other = ripeness.run("japan-1945", draws=16, horizon=2, seed=2).keep(tmp_path / "b")
    (folder / "results.nc").write_bytes((other / "results.nc").read_bytes())
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != MANIFEST}
    provenance = json.loads(files["provenance.json"]) | {"python": "3.0.0"}
    files["provenance.json"] = json.dumps(provenance).encode()
    for name, content in [*files.items(), (MANIFEST, manifest(files).encode())]:
        (folder / name).write_bytes(content)
    found = ripeness.verify(folder)
    assert found.verdict == "differs"
    assert "python 3.0.0 then" in found.sentence()


def test_the_command_line_keeps_lists_and_verifies(tmp_path):
    call = CliRunner().invoke
    done = call(app, ["run", "japan-1945", "--draws", "16", "--horizon", "2", "--shelf", str(tmp_path)])
    assert done.exit_code == 0
    (folder,) = tmp_path.iterdir()
    assert f"kept as {folder.name}" in done.stderr
    assert folder.name in call(app, ["list", "--shelf", str(tmp_path)]).stdout
    assert "How the war stands after" in call(app, ["show", folder.name, "--shelf", str(tmp_path)]).stdout
    assert "same bits" in call(app, ["verify", folder.name, "--shelf", str(tmp_path)]).stdout
    (folder / "log.txt").write_text("")
    damaged = call(app, ["verify", folder.name, "--shelf", str(tmp_path)])
    assert damaged.exit_code == 1
    assert "log.txt was changed" in damaged.stdout
    assert "damaged" in call(app, ["list", "--shelf", str(tmp_path)]).stdout


def test_a_capsule_is_verified_from_the_zip_alone_and_comes_back_under_the_same_name(plain, tmp_path):
    capsule = ripeness.pack(plain, tmp_path / "run.zip")
    assert ripeness.verify(capsule).verdict == "same bits"
    assert ripeness.unpack(capsule, tmp_path / "shelf").name == plain.name


def test_the_command_line_packs_and_unpacks_and_refuses_what_was_tampered_with(plain, tmp_path):
    call, capsule, shelf = CliRunner().invoke, tmp_path / "run.zip", tmp_path / "shelf"
    assert call(app, ["pack", str(plain), str(capsule)]).exit_code == 0
    assert call(app, ["unpack", str(capsule), "--shelf", str(shelf)]).stdout.strip() == str(shelf / plain.name)
    capsule.write_bytes(capsule.read_bytes()[:-100])
    with pytest.raises(Fault, match="no capsule"):
        ripeness.unpack(capsule, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_runs_that_know_different_things_of_one_war_differ_in_what_was_asked(tmp_path):
    few = {"draws": 32, "horizon": 2}
    older, newer = (
        ripeness.run("japan-1945", **few, **known).keep(tmp_path).name
        for known in ({"ignore_duration": True}, {"as_of": "1945-06-01", "ignore_record": True})
    )
    text = "\n".join(ripeness.diff(older, newer, tmp_path).sentences())
    assert "as_of: 1945-06-01, which the first run does not have" in text
    assert "ignore_duration: yes, which the second run does not have" in text
