"""A war with three armed polities, one of which may make a separate peace, from the file to every answer."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

import pytest

import ripeness
from ripeness.ensemble.design import Design
from ripeness.ensemble.single import single
from ripeness.main import main
from ripeness.scenario.read import read_scenario
from ripeness.show.words import percent
from ripeness.study.armed_allies import WAYS
from ripeness.study.story import Fact, story
from ripeness.workbench.run import run
from ripeness.world.fault import Fault
from ripeness.world.way_out import CHANGED_CAMP, FIGHTS_ON, IN_CAMP, WAYS_OUT

NAMES = ("crown", "league", "march")
FEW = ("--draws", "64", "--horizon", "24")
SEPARATE = "makes a separate peace with league"


@pytest.fixture
def command(monkeypatch, capsys):
    """Run a command line that must succeed, and return what it printed in one line."""

    def answer(*words):
        monkeypatch.setattr(sys, "argv", ["ripeness", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        assert not left.value.code, shown.err
        return shown.out

    return answer


@pytest.fixture(scope="module")
def file(tmp_path_factory, root_text):
    """The scenario with traits of past conflicts, so that there is a record of them."""
    path = tmp_path_factory.mktemp("three") / "delta.yaml"
    path.write_text(root_text.replace("stake:", "conflict: {kind: interstate, other_parties: 1}\nstake:"))
    return path


@pytest.fixture(scope="module")
def root_text():
    return (Path(__file__).parents[1] / "laws" / "three_sided.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def result(file):
    return run(file, draws=512, horizon=36)


def test_the_file_is_checked(command, file):
    assert "holds together" in " ".join(command("check", file).split())


def test_a_run_tells_of_the_ally_and_of_three_costs(command, file):
    text = " ".join(command("run", file, *FEW, "--full").split())
    assert "beside crown" in text
    assert re.search(r"Ledger 2.* march .*all", text)


def test_ways_out_of_the_ally_are_shares_of_the_runs_and_some_are_a_separate_peace(result):
    (ally,) = result.plain()["allies"]
    assert (ally["polity"], ally["beside"]) == ("march", "crown")
    assert ally["ways"].keys() == WAYS.keys()
    assert 0 < ally["ways"]["separate peace"]["p"] < 1
    assert sum(share["p"] for share in ally["ways"].values()) <= 1
    way_out = result.ensemble.results["way_out"][2]
    assert ally["ways"]["separate peace"]["p"] == pytest.approx((way_out == 1).mean())
    assert 0 <= ally["terms_apart"]["mean"] <= 1


def test_the_two_ledgers_have_all_armed_polities_and_totals(result):
    ledgers = result.plain()["ledgers"]
    assert {row["polity"] for row in ledgers["political_aims"]} == set(NAMES)
    lives = {row["polity"]: row for row in ledgers["human_cost"] if row["cost"] == "lives"}
    assert set(lives) == {*NAMES, None}
    assert lives[None]["median"] >= max(lives[name]["median"] for name in NAMES)
    assert list(result.dataset.belligerent.values) == list(NAMES)


def test_a_run_in_which_the_ally_makes_peace_is_told_as_one(command, file):
    draws = [draw for draw in range(40) if "separate peace" in " ".join(departures_in(file, draw))]
    assert draws
    text = " ".join(command("story", file, "--draw", draws[0], "--horizon", "36", "--full").split())
    assert "march fights beside crown." in text
    assert SEPARATE in text


def departures_in(file, draw):
    """How the ally leaves its camp in one run."""
    facts = story(single(read_scenario(file), draw, Design(draws=1, horizon=36))).parts
    return [WAYS_OUT[int(part.after)] for part in facts if isinstance(part, Fact) and part.what == "ally"]


@pytest.mark.parametrize("draw", range(24))
def test_stories_tell_every_way_out_and_no_other(file, draw):
    course = single(read_scenario(file), draw, Design(draws=1, horizon=36))
    course_story = story(course)
    last = int(course.results["way_out"][2])
    departures = [
        WAYS_OUT[int(part.after)] for part in course_story.parts if isinstance(part, Fact) and part.what == "ally"
    ]
    assert course_story.closing.fighting_on == (("march",) if last == FIGHTS_ON else ())
    if last not in {IN_CAMP, FIGHTS_ON, CHANGED_CAMP}:
        assert departures[-1] == WAYS_OUT[last]
    if last == IN_CAMP:
        assert not departures


@pytest.mark.parametrize(
    "words",
    [
        ("ripe", *FEW, "--full"),
        ("options", "--for", "march", *FEW),
        ("options", "--for", "crown", *FEW),
        ("record",),
        ("mechanisms", *FEW),
        ("map", *FEW),
    ],
    ids=lambda words: words[0],
)
def test_every_question_is_answered(command, file, words):
    text = command(words[0], file, *words[1:])
    assert "nan" not in text
    assert len(text.splitlines()) > 4


def test_ripeness_is_of_the_principals_and_lists_the_ally(command, file):
    plain = json.loads(command("ripe", file, *FEW, "--json"))
    assert [row["polity"] for row in plain["allies"]] == ["march"]
    assert set(plain["sides"]) == {"crown", "league"}


@pytest.mark.parametrize("full", [(), ("--full",)], ids=["brief", "full"])
def test_ripeness_says_in_words_whether_the_ally_would_accept(command, file, full):
    (ally,) = json.loads(command("ripe", file, *FEW, "--json"))["allies"]
    assert 0 < ally["accepts"]["p"] < 1
    text = " ".join(command("ripe", file, *FEW, *full).split())
    assert "Would march accept an end that crown and league agree on?" in text
    assert f"it accepts in {percent(ally['accepts']['p'])} of the simulations that end so" in text
    assert "in the others it fights on" in text


def test_a_report_names_all_three(file):
    page = ripeness.report(file, draws=64, horizon=12).markdown()
    assert all(name in page for name in NAMES)
    assert "Armed allies" in page


def test_a_run_is_saved_and_opened_with_all_three(command, file, tmp_path):
    command("run", file, *FEW, "--out", tmp_path / "kept")
    shown = json.loads(command("show", tmp_path / "kept", "--json"))
    assert {row["polity"] for row in shown["answer"]["ledgers"]["political_aims"]} == set(NAMES)


def test_a_third_principal_without_a_camp_is_a_fault_that_says_what_would_be_right(file, root_text, tmp_path):
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(root_text.replace("    beside: crown\n", ""))
    with pytest.raises(Fault, match="beside"):
        read_scenario(wrong)
