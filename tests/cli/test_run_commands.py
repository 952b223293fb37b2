"""`ripeness run` and `ripeness story` from the command line."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys

import pytest

from ripeness.main import main

PROGRAM = "from ripeness.main import main; main()"
FEW = ("--draws", "64", "--horizon", "4")
CODINGS = ("public", "orthodox", "revisionist", "throne")
ONE_LINE = ("look at ", "Own numbers without a range")  # a doubt and the paths that it names are not broken


@pytest.fixture
def command(monkeypatch, capsys):
    """Run a command line: exit code, standard output, standard error."""

    def run(*words):
        monkeypatch.setattr(sys, "argv", ["ripeness", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        return left.value.code or 0, shown.out, shown.err

    return run


def test_a_run_prints_all_tables_and_its_sentence_on_demand(command):
    code, out, _ = command("run", "japan-1945", *FEW, "--full")
    assert code == 0
    assert "How the war stands after" in out
    assert re.search(r"\b(On|By) \d+ \w+ 1945 .*\(blend of the model and the record", " ".join(out.split()))


def test_json_is_one_object_on_standard_output(command):
    code, out, _ = command("run", "japan-1945", *FEW, "--at", "2,4", "--json", "--reading", "unitary")
    plain = json.loads(out)
    assert (code, plain["reading"], plain["horizon"]) == (0, "unitary", 4)
    assert {row["month"] for row in plain["outcomes"]} == {2, 4}


def test_all_codings_stand_side_by_side(command):
    code, out, _ = command("run", "japan-1945", *FEW, "--coding", "all")
    assert code == 0
    assert "Side by side, by 31 August 1945, blend of model and past conflicts" in out
    _, plain, _ = command("run", "japan-1945", *FEW, "--coding", "all", "--json")
    assert [row["coding"] for row in json.loads(plain)["codings"]] == list(CODINGS)


def test_a_changed_number_reaches_the_run(command):
    _, out, _ = command("run", "japan-1945", *FEW, "--set", "stake.held=0.9", "--json")
    assert json.loads(out)["set"] == {"stake.held": "0.9"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("japan-1954",), "did you mean 'japan-1945'"),
        (("japan-1945", "--set", "stake.hold=.5"), "stake.held"),
        (("japan-1945", "--set", "stake.held"), "PATH=VALUE"),
        (("japan-1945", "--set", "stake.held=7"), "stake.held"),
        (("japan-1945", "--coding", "publick"), "did you mean 'public'"),
        (("japan-1945", "--reading", "unity"), "unitary"),
        (("japan-1945", "--draws", "0"), "draws"),
        (("japan-1945", "--horizon", "0"), "horizon"),
        (("japan-1945", "--at", "soon"), "months"),
    ],
)
def test_what_cannot_be_run_leaves_with_code_2_and_shows_the_way(command, words, said):
    code, out, err = command("run", *words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_picture_and_a_folder_are_written_where_asked(command, tmp_path):
    code, _, _ = command("run", "japan-1945", *FEW, "--plot", tmp_path / "o.svg", "--out", tmp_path / "run")
    assert code == 0
    assert (tmp_path / "o.svg").read_text().startswith("<svg")
    assert (tmp_path / "run" / "answer.json").exists()
    code, _, err = command("run", "japan-1945", *FEW, "--out", tmp_path / "run")
    assert code == 2
    assert "left as it is" in err


def test_stopped_in_the_middle_it_leaves_nothing_behind(tmp_path):
    words = ("run", "japan-1945", "--draws", "2000000", "--out", str(tmp_path / "run"))
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stderr.readline()  # how far it is: the runs have begun
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert out == b""
    assert b"Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_a_story_is_told_and_given_as_json(command):
    code, out, _ = command("story", "japan-1945", "--draw", 3, "--horizon", 6)
    assert code == 0
    assert "Simulation 3." in out
    _, plain, _ = command("story", "japan-1945", "--draw", 3, "--horizon", 6, "--json")
    assert json.loads(plain)["draw"] == 3
    code, _, err = command("story", "japan-1945", "--draw", -1)
    assert code == 2
    assert "--draw is -1; it can be 0 to" in err


def test_a_place_where_nothing_can_be_written_is_refused_before_any_war_is_fought(command, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "work.txt").write_text("mine")
    for flag, place, said in (
        ("--out", tmp_path / "there", "something is there already"),
        ("--out", tmp_path / "no" / "folder", "does not exist"),
        ("--plot", tmp_path / "war.gif", "saved as .svg, .png, .json, not as '.gif'"),
        ("--plot", tmp_path / "no" / "war.svg", "does not exist"),
    ):
        code, out, err = command("run", "japan-1945", "--draws", 4_000_000_000, flag, place)
        assert (code, out) == (2, "")
        assert said in err


def test_all_codings_are_kept_in_one_folder_all_or_none(command, tmp_path):
    assert command("run", "japan-1945", "--coding", "all", *FEW, "--out", tmp_path / "kept")[0] == 0
    found = {path.name: {one.name for one in path.iterdir()} for path in (tmp_path / "kept").iterdir()}
    assert found.keys() == set(CODINGS)
    for names in found.values():
        assert names >= {
            "results.nc",
            "histories.nc",
            "outcomes.csv",
            "scenario.yaml",
            "provenance.json",
            "manifest.json",
        }
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_outcomes_in_json_have_the_promised_keys_and_sum_to_one_each_month(command):
    _, out, _ = command("run", "ukraine-2023-03", "--draws", 200, "--json")
    plain = json.loads(out)
    assert plain.keys() >= {
        "case",
        "coding",
        "reading",
        "draws",
        "seed",
        "horizon",
        "scenario_hash",
        "version",
        "outcomes",
    }
    rows = plain["outcomes"]
    for row in rows:
        assert row.keys() == {"outcome", "polity", "how", "words", "month", "p", "p_low", "p_high", "mc_low", "mc_high"}
        assert row["outcome"] in {"victory", "collapse", "settlement", "ceasefire", "frozen", "fighting"}
        assert (row["how"] in {"front", "surrender"}) if row["outcome"] == "victory" else row["how"] is None
        assert (row["polity"] in {"russia", "ukraine"}) == (row["outcome"] in {"victory", "collapse"})
        assert 0 <= row["p_low"] <= row["p"] <= row["p_high"] <= 1
        assert 0 <= row["mc_low"] <= row["p"] <= row["mc_high"] <= 1
    for month in (6, 12, 24, 60):
        assert sum(row["p"] for row in rows if row["month"] == month) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize(
    "words",
    [
        ("run", "ukraine-2023-03", "--draws", 64),
        ("run", "japan-1945", "--coding", "all", *FEW),
        ("story", "ukraine-2023-03", "--draw", 4),
        ("check", "ukraine-2023-03"),
    ],
)
def test_what_is_printed_fits_eighty_columns_and_no_number_is_cut(command, words):
    _, out, _ = command(*words)
    for line in out.splitlines():
        assert len(line.rstrip()) <= 80 or line.startswith(ONE_LINE)
        head, cut, _ = line.partition("…")
        assert not cut or len(head) > 60  # a long title may lose its end
