"""The verbs ripe, options and whatif, from Python and from the command line."""

from __future__ import annotations

import csv
import json
import re
from datetime import date

import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.cli import app as command
from ripeness.workbench.options import read_options
from ripeness.world.fault import Fault

CASE = "japan-1945"
FEW = ["--draws", "64", "--horizon", "4"]


@pytest.fixture(scope="module")
def ripe():
    return ripeness.ripe(CASE, draws=64, horizon=4)


@pytest.fixture(scope="module")
def choices():
    return ripeness.options(CASE, "japan", draws=64, horizon=4, own_options=["half: offer=.5"])


@pytest.fixture(scope="module")
def arms():
    return ripeness.whatif(CASE, {"talks.mediation": 2}, draws=64, horizon=4)


@pytest.mark.parametrize("name", ["ripe", "choices", "arms"])
def test_every_answer_has_a_line_a_table_json_and_a_picture(name, request, tmp_path):
    answer = request.getfixturevalue(name)
    assert "\n" not in repr(answer)
    assert all(len(line) <= 88 for line in answer.table().splitlines())
    assert json.loads(answer.to_json())["case"] == CASE
    assert answer.plot().to_dict()["description"]
    kept = answer.save(tmp_path / "kept")
    files = {"answer.json", "answer.csv", "answer.txt", "chart.vl.json", "provenance.json"}
    assert {path.name for path in kept.iterdir()} == files
    rows = list(csv.DictReader((kept / "answer.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == len(answer.rows()) > 0
    assert answer.cite().case == CASE
    assert answer.cite().bibliography
    with pytest.raises(Fault, match="already"):
        answer.save(tmp_path / "kept")


def test_whether_ripeness_was_necessary_or_sufficient_is_counted_in_the_runs():
    answer = ripeness.ripe("ukraine-2023-03", coding="ceasefire", draws=400, horizon=48)
    seen = answer.told.condition
    assert 0 < seen.ripe_of_settled.p < 1
    assert 0 < seen.settled_of_ripe.p < 1
    both = seen.ripe.p * seen.settled_of_ripe.p
    assert both == pytest.approx(seen.settled.p * seen.ripe_of_settled.p)
    assert both + (1 - seen.ripe.p) * seen.settled_of_unripe.p == pytest.approx(seen.settled.p)
    text = " ".join(answer.table().split())
    assert "of these changes is the small" in answer.sentence()
    assert re.search(r"could open it in \d+ % and \d+ %\)", answer.sentence())
    assert "necessary, not sufficient" not in text
    assert (
        f"{100 * seen.ripe_of_settled.p:.0f} % had been ripe for both sides in some month: ripeness was not necessary"
        in text
    )
    assert json.loads(answer.to_json())["note"].startswith("Of the wars that settled")


def test_where_no_run_settles_nothing_is_said_of_what_ripeness_leads_to(ripe):
    assert ripe.told.condition.settled.p == 0
    assert "cannot say whether ripeness leads to one" in " ".join(ripe.table().split())
    assert ripe.sentence().startswith("Ripe?")


def test_options_say_that_they_recommend_nothing(choices):
    assert "not recommendations" in choices.table()


@pytest.mark.parametrize("verb", ["ripe", "options", "whatif"])
def test_every_verb_can_be_asked_given_evidence(verb):
    more = {"ripe": [], "options": ["--for", "japan", "--only", "accept"], "whatif": ["--set", "talks.mediation=2"]}[
        verb
    ]
    words = [verb, CASE, *more, "--draws", "64", "--horizon", "2", "--json"]
    runner = CliRunner()
    with_it = json.loads(runner.invoke(command.app, [*words, "--given", "evidence"]).stdout)
    without = json.loads(runner.invoke(command.app, words).stdout)
    assert with_it["given"]["items"] > 0
    assert "given" not in without


def test_an_option_begins_within_the_forecast(choices):
    with pytest.raises(Fault, match="options can begin from"):
        ripeness.options(CASE, "japan", since=date(1990, 1, 1), draws=64)


def test_options_begin_where_the_evidence_ends():
    seen = {"draws": 64, "horizon": 6, "evidence": True, "as_of": date(1945, 7, 20), "only": ["accept"]}
    told = ripeness.options(CASE, "japan", **seen).told
    assert told.first == 3  # May, June and July are told of
    with pytest.raises(Fault, match="since the war is fought as it was until 1945-07-31"):
        ripeness.options(CASE, "japan", since=date(1945, 5, 1), **seen)


def test_options_are_read_from_a_file(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("options:\n  hold: effort=1\n  offer: {demand: 0.4, effort: 0.5}\n")
    assert read_options(path) == ("hold: effort=1", "offer: demand=0.4, effort=0.5")
    path.write_text("- a list\n")
    with pytest.raises(Fault, match="maps names"):
        read_options(path)


def test_an_outcome_that_never_happens_is_said_with_what_might_show_it():
    answer = ripeness.whatif(CASE, {"laws.freeze": 0}, draws=64, horizon=1)
    assert "In no simulation of any arm" in answer.table()
    assert "may show it" in answer.table()


def test_a_month_beyond_the_forecast_is_refused():
    with pytest.raises(Fault, match="runs to month 4"):
        ripeness.ripe(CASE, draws=64, horizon=4, months=[5])


def test_nothing_to_compare_is_refused():
    with pytest.raises(Fault, match="nothing is changed"):
        ripeness.whatif(CASE, draws=64)


@pytest.mark.parametrize(
    "words",
    [
        ["ripe", CASE, *FEW],
        ["options", CASE, "--for", "japan", "--only", "accept", *FEW],
        ["whatif", CASE, "--set", "talks.mediation=2", "--arm", "no rents: cut=rents->power", *FEW],
    ],
)
def test_every_command_prints_one_json_object(words):
    found = CliRunner().invoke(command.app, [*words, "--json"])
    assert found.exit_code == 0
    assert json.loads(found.stdout)["sentence"]


def test_an_offer_is_an_option_and_must_be_a_share():
    words = ["options", CASE, "--for", "japan", "--only", "accept", "--offer", ".3", *FEW, "--json"]
    told = json.loads(CliRunner().invoke(command.app, words).stdout)
    assert [one["name"] for one in told["options"]] == ["continue", "accept", "offer 0.3"]
    with pytest.raises(Fault, match="0 to 1"):
        CliRunner().invoke(
            command.app, ["options", CASE, "--for", "japan", "--offer", "30", *FEW], catch_exceptions=False
        )


def test_what_was_set_stands_above_the_answer():
    done = CliRunner().invoke(command.app, ["ripe", CASE, "--set", "talks.mediation=2", *FEW])
    assert "set talks.mediation = 2" in done.stdout


def test_links_and_numbers_can_be_listed():
    links = CliRunner().invoke(command.app, ["whatif", CASE, "--list", "links"])
    assert "aid->munitions" in links.stdout
    numbers = CliRunner().invoke(command.app, ["whatif", CASE, "--list", "numbers"])
    assert "talks.mediation = " in numbers.stdout


def test_a_wrong_arm_or_threshold_says_how_to_write_it():
    with pytest.raises(Fault, match="NAME: path=value"):
        CliRunner().invoke(command.app, ["whatif", CASE, "--arm", "nothing"], catch_exceptions=False)
    with pytest.raises(Fault, match="theta"):
        ripeness.ripe(CASE, draws=64, theta=2)
