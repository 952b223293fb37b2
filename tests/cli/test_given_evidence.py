"""`--given evidence`, `--as-of` and `--observe` on every command that fights wars, and on a kept run made again."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from ripeness.main import app

CASE = "japan-1945"
SEEN = "japan effort 1945-05-20 0.9"
KNOWN = ("--given", "evidence", "--as-of", "1945-05-10", "--observe", SEEN)
FEW = ("--draws", "160", "--horizon", "3")
AIMED = ("--draws", "400", "--month", "3")
COMMANDS = {
    "run": FEW,
    "ripe": FEW,
    "options": (*FEW, "--for", "japan", "--only", "accept"),
    "whatif": (*FEW, "--set", "talks.mediation=2"),
    "flip": AIMED,
    "sense": AIMED,
    "discover": AIMED,
    "indicators": AIMED,
    "map": AIMED,
}


def invoke(*words):
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == 0, done.output
    return done


@pytest.mark.parametrize("verb", COMMANDS)
def test_a_command_says_on_what_evidence_its_answer_rests(verb):
    told = json.loads(invoke(verb, CASE, *COMMANDS[verb], *KNOWN, "--json").stdout)["given"]
    assert (told["as_of"], told["observe"]) == ("1945-05-10", [SEEN])
    assert told["items"] > told["items_after_start"] == 4  # three of the file, and what is supposed
    assert 0 < told["ancestors"] <= told["points"]


@pytest.mark.parametrize(
    "words",
    [
        ["ripe", *FEW],
        ["run", *FEW],
        ["sense", *FEW, "--month", "2", "--held", "0"],
        ["infer", "--polity", "japan", "--medians", "--knots", "1", "--no-knock-out"],
    ],
    ids=lambda words: words[0],
)
def test_a_date_of_knowledge_after_the_last_observation_is_not_said_to_be_known(words):
    verb, *rest = words
    evidence = [] if verb == "infer" else ["--given", "evidence"]
    done = invoke(verb, CASE, *rest, *evidence, "--as-of", "1945-09-08")
    text = " ".join(done.stdout.split())
    assert re.search(r"\d+ observations up to 19(44|45)-\d\d-\d\d, none later by 1945-09-08", text)
    assert "observations up to 1945-09" not in text


def test_a_report_is_conditioned_and_says_so():
    page = invoke("report", CASE, "--draws", "200", "--horizon", "3", *KNOWN, "--markdown").stdout
    assert "given 38 observations up to 1945-05-20, 1 of them supposed" in page
    assert f"--given evidence --as-of 1945-05-10 --observe '{SEEN}'" in page


def test_a_kept_run_remembers_what_was_supposed(tmp_path):
    shelf = ("--shelf", str(tmp_path))
    kept = invoke("run", CASE, *FEW, *KNOWN, "--keep", *shelf)
    assert "4 of them after the start" in kept.stderr
    assert "effective draws among 20 points" in kept.stderr
    again = invoke("verify", next(tmp_path.iterdir()).name, *shelf)
    assert "it gives the same bits" in again.stdout


@pytest.mark.parametrize("verb", ["run", "report", "ripe", "sense"])
def test_a_day_before_the_start_without_evidence_is_refused(verb):
    done = CliRunner().invoke(app, [verb, CASE, "--as-of", "1945-04-20"])
    assert done.exit_code != 0
    assert "1945-04-20 lies before the start of the scenario, 1945-05-01" in str(done.exception)


@pytest.mark.parametrize("verb", ["run", "ripe"])
def test_a_day_after_the_start_without_evidence_is_the_day_of_the_forecast(verb):
    told = json.loads(invoke(verb, CASE, *FEW, "--as-of", "1945-05-10", "--json").stdout)
    assert told["as_of"] == "1945-05-10"
    assert "given" not in told


def test_what_was_seen_up_to_the_day_of_the_forecast_counts_however_short_the_horizon_is():
    told = json.loads(invoke("run", CASE, *FEW, "--given", "evidence", "--as-of", "1945-09-08", "--json").stdout)
    assert told["given"]["newest"] == "1945-08-15"
    assert "observations beyond the horizon are left out" not in told["given"]["warnings"]


@pytest.mark.parametrize("day", ["1971-09-08", "9999-12-31"])
def test_a_day_to_which_the_war_cannot_last_blames_the_day(day):
    done = CliRunner().invoke(app, ["run", CASE, *FEW, "--given", "evidence", "--as-of", day])
    assert done.exit_code != 0
    assert str(done.exception).startswith("--as-of: ")


def test_numbers_that_would_have_ended_the_war_before_the_day_of_the_forecast_are_said():
    words = ("whatif", CASE, *FEW, "--as-of", "1945-12-01", "--set", "stake.held=0.02")
    done = invoke(*words)
    assert "of the simulations of 'changed' end before 1945-12-01" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("month,deaths:japan\n1931-03,5\n", "1 of 1 periods of {} are before the war began"),
        ("month,deaths:japan\n1947-03,5\n", "1 of 1 periods of {} were not over by 1945-05-01"),
    ],
)
def test_a_file_of_months_of_which_nothing_counts_is_refused_and_says_why(tmp_path, text, words):
    file = tmp_path / "months.csv"
    file.write_text(text)
    done = CliRunner().invoke(app, ["run", CASE, *FEW, "--months", str(file)])
    assert done.exit_code != 0
    assert words.format(file) in str(done.exception)


def test_a_file_of_months_that_tells_only_of_civilians_says_that_it_counts_for_nothing(tmp_path):
    file = tmp_path / "months.csv"
    file.write_text("month,civilians\n1945-03,5\n")
    told = json.loads(invoke("run", CASE, *FEW, "--months", str(file), "--json").stdout)
    assert any("says nothing that a simulated war can be held against" in text for text in told["given"]["warnings"])
