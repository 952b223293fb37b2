"""Standing orders: a question kept by name, forecast anew with one command; every answer is appended with its date."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.scenario.case import find_scenario_file
from ripeness.store import standing as files
from ripeness.world.fault import Fault

CASE, CHEAP = "japan-1945", {"draws": 64, "horizon": 6}
standing, forecast = ripeness.standing, ripeness.forecast


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("RIPENESS_LEDGER", raising=False)
    return tmp_path / "home"


def call(*words):
    return CliRunner().invoke(app, list(words))


def test_a_question_kept_is_the_question_that_was_asked():
    kept = standing.keep_order("east", "run", CASE, by="1945-09-01", changes={"talks.mediation": 2}, **CHEAP)
    answer = standing.ask("east")
    again = ripeness.run(CASE, by="1945-09-01", changes={"talks.mediation": 2}, **CHEAP)
    assert kept.verb == "run"
    assert answer.plain["outcomes"] == json.loads(again.to_json())["outcomes"]
    assert [part.moment for part in standing.series("east").answers] == [answer.moment]


def test_answers_are_appended_in_order_each_with_its_day_and_nothing_is_changed(home):
    standing.keep_order("east", "run", CASE, **CHEAP)
    first = standing.ask("east")
    before = {path: path.read_bytes() for path in first.folder.iterdir()}
    standing.ask("east", as_of="1945-06-15")
    series = standing.series("east")
    assert [row["day"] for row in series.rows()] == ["1945-05-01", "1945-06-15"]
    assert {path: path.read_bytes() for path in first.folder.iterdir()} == before
    assert [part.order.name for part in standing.orders()] == ["east"]
    shares = {row["asked"]: 0.0 for row in series.chances() if row["view"] == "model"}
    for row in series.chances():
        if row["view"] == "model":
            shares[row["asked"]] += row["p"]
    assert len(shares) == 2
    assert all(total == pytest.approx(1) for total in shares.values())


def test_the_newest_answer_comes_first_and_every_view_adds_up_in_the_same_columns():
    standing.keep_order("east", "run", CASE, **CHEAP)
    answer = standing.ask("east")
    sentence, table = standing.series("east").layout().blocks[1:]
    assert sentence.plain == answer.plain["sentence"]
    assert [column.heading for column in table.columns[3:]] == [
        "agreement,\nceasefire",
        "frozen",
        "won",
        "still fought",
    ]
    shares = [[cell.numbers[0][1] for cell in line.cells[3:]] for line in table.rows]
    assert len(shares) == 3
    assert all(sum(view) == pytest.approx(100) for view in shares)


def test_it_is_asked_with_the_scenario_as_it_is_then(tmp_path):
    war = tmp_path / "war.yaml"
    shutil.copy(find_scenario_file(CASE).path, war)
    standing.keep_order("own", "run", war, ignore_duration=True, **CHEAP)
    first = standing.ask("own").plain
    war.write_text(war.read_text().replace("start: 1945-05-01", "start: 1945-05-02"))
    second = standing.ask("own").plain
    assert first["scenario_hash"] != second["scenario_hash"]
    assert second["day"] == "1945-05-02"


def test_what_cannot_be_kept_or_asked_is_a_fault_and_leaves_nothing(home):
    for arguments, words in (
        (("east", "report", CASE), "no question that can be kept"),
        (("east", "rnu", CASE), "did you mean 'run'"),
        (("../east", "run", CASE), "is no name"),
        (("east", "run", CASE), "already"),
    ):
        if words == "already":
            standing.keep_order("east", "run", CASE, **CHEAP)
        with pytest.raises(Fault, match=words):
            standing.keep_order(*arguments)
    with pytest.raises(Fault, match="did you mean 'east'"):
        standing.ask("esat")
    standing.keep_order("late", "run", CASE, by="1999-01-01", **CHEAP)
    with pytest.raises(Fault, match="outside the forecast"):
        standing.ask("late")
    assert standing.series("late").answers == ()


def test_an_answer_is_written_whole_or_not_at_all(home, monkeypatch):
    standing.keep_order("east", "run", CASE, **CHEAP)
    real = files.json_text

    def fails_on_the_answer(values):
        if "outcomes" in values:
            raise OSError(28, "no space")
        return real(values)

    monkeypatch.setattr(files, "json_text", fails_on_the_answer)
    with pytest.raises(OSError, match="no space"):
        standing.ask("east")
    monkeypatch.undo()
    monkeypatch.setenv("RIPENESS_HOME", str(home))
    assert standing.series("east").answers == ()
    assert [path.name for path in (home / "standing" / "east").iterdir()] == [files.ORDER]


def test_a_damaged_answer_is_named(home):
    standing.keep_order("east", "run", CASE, **CHEAP)
    answer = standing.ask("east")
    (answer.folder / files.ANSWER).write_text("{")
    with pytest.raises(Fault, match=r"answer\.json"):
        standing.series("east")


def test_one_command_asks_anew_and_shows_how_the_answer_moved():
    kept = call("standing", "keep", "east", "run", CASE, "--draws", "64", "--horizon", "6", "--by", "1945-09-01")
    assert kept.exit_code == 0, kept.output
    asked = call("standing", "ask", "east", "--json")
    assert asked.exit_code == 0, asked.output
    answer = json.loads(asked.stdout)["orders"][0]
    assert len(answer["answers"]) == 1
    assert answer["order"]["arguments"] == {"case_or_path": CASE, "draws": 64, "horizon": 6, "by": "1945-09-01"}
    assert call("standing", "ask", "--as-of", "1945-06-01").exit_code == 0
    shown = call("standing", "show", "east").output
    assert "1945-05-01" in shown
    assert "1945-06-01" in shown
    assert "run japan-1945" in call("standing", "list").output


def test_one_command_enters_the_answer_in_the_ledger_under_the_day_that_it_is_for(tmp_path):
    war = tmp_path / "war.yaml"
    ripeness.new(war)
    text = re.sub(r"^began: .*$", "began: 2098-01-01", war.read_text(), flags=re.MULTILINE)
    war.write_text(re.sub(r"^start: .*$", "start: 2098-05-01", text, flags=re.MULTILINE))
    call("standing", "keep", "own", "run", str(war), "--draws", "64", "--horizon", "12", "--by", "2098-09-01")
    entered = call("standing", "ask", "own", "--ledger-question", "peace", "--of", "model")
    assert entered.exit_code == 0, entered.exception
    listed = forecast.listing(today="2090-01-01", question="peace").dockets[0]
    assert str(listed.question.resolves) == "2098-09-01"
    chances = {row["outcome"]: row["p"] for row in standing.series("own").chances() if row["view"] == "model"}
    filed = listed.forecasts[0].forecast.probabilities
    assert filed["settlement"] == pytest.approx(chances["settlement"], abs=0.02)
