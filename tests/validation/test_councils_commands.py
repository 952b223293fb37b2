"""The commands `ripeness councils ...` and `ripeness check` on a council's file, as a person meets them."""

from __future__ import annotations

import json
import re

import pytest
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.scenario.choice_record import FILE as RECORD_OF_CHOICES
from ripeness.scenario.council import shipped_council_files
from ripeness.world.fault import Fault

FILES = tuple(shipped_council_files())


def run(*words: str):
    found = CliRunner().invoke(app, [str(word) for word in words])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found


def test_the_list_holds_every_decision_and_fits_a_terminal():
    found = run("councils", "list")
    assert all(path.stem in found.stdout for path in FILES)
    assert max(len(line) for line in found.stdout.splitlines()) <= 100


def test_a_decision_is_shown_with_its_leader_its_doubts_and_its_sources():
    found = run("councils", "show", "uk-1940-05-28").stdout
    assert "leads" in found
    assert "<- decided" in found
    assert "Doubtful:" in found
    assert "CAB 65/13 (A1)" in found
    assert json.loads(run("councils", "show", "uk-1940-05-28", "--json").stdout)["id"] == "uk-1940-05-28"


def test_a_mistyped_decision_is_answered_with_the_nearest():
    with pytest.raises(Fault, match="did you mean 'uk-1940-05-28'"):
        run("councils", "show", "uk-1940-05-29")


@pytest.mark.parametrize("verb", ["score", "weight"])
def test_a_file_with_texts_to_be_filled_in_is_warned_of_where_it_is_scored_or_weighed(tmp_path, verb):
    path = tmp_path / f"again-{FILES[0].stem}.yaml"
    form = FILES[0].read_text(encoding="utf-8").replace(f"id: {FILES[0].stem}", f"id: {path.stem}")
    line = next(row for row in form.splitlines() if row.startswith("body:"))
    path.write_text(form.replace(line, "body: to be filled in"), encoding="utf-8")
    answer = run("councils", verb, path, "--draws", "20", "--json")
    (warning,) = [text for text in json.loads(answer.stdout)["warnings"] if "to be filled in" in text]
    assert warning.startswith(f"{path}:")
    assert f"look at {warning}" in answer.stderr


def test_scores_are_one_json_object_and_the_same_for_the_same_seed():
    first, again = (run("councils", "score", "--draws", "40", "--json").stdout for _ in range(2))
    assert first == again
    found = json.loads(first)
    assert found["decisions"] == len(FILES)
    named = {one["contender"] for one in found["scores"]}
    assert named >= {
        "leader decides",
        "mean",
        "median",
        "majority",
        "status quo",
    }
    assert "leader decides" in found["sentence"]


def test_the_scores_fit_a_terminal_and_name_the_one_who_coded():
    found = run("councils", "score", "--draws", "40").stdout
    assert max(len(line) for line in found.splitlines()) <= 100
    assert "One coder who knew every decision" in re.sub(r"\s+", " ", found)


def test_a_file_of_one_s_own_is_scored_beside_the_shipped_ones(tmp_path):
    own = tmp_path / "japan-1945-08-20.yaml"
    text = next(path for path in FILES if path.stem == "japan-1945-08-10").read_text(encoding="utf-8")
    text = text.replace("id: japan-1945-08-10", "id: japan-1945-08-20")
    own.write_text(text.replace("date: 1945-08-10", "date: 1945-08-20", 1), encoding="utf-8")
    found = json.loads(run("councils", "score", own, "--draws", "40", "--json").stdout)
    assert (found["decisions"], found["fitted_on"]) == (1, len(FILES))
    assert "too few" in found["sentence"]


def test_a_file_given_twice_is_refused():
    with pytest.raises(Fault, match="given twice"):
        run("councils", "score", FILES[0], FILES[0])


def test_out_writes_one_row_a_decision_and_contender(tmp_path):
    goal = tmp_path / "scores.csv"
    run("councils", "score", "--draws", "40", "--out", goal)
    rows = goal.read_text(encoding="utf-8").splitlines()
    assert rows[0].startswith("decision,body,contender,chance_of_what_was_decided,log,brier,error")
    assert len(rows) == 1 + len(FILES) * 23
    with pytest.raises(Fault, match=r"as .csv"):
        run("councils", "score", "--draws", "40", "--out", tmp_path / "scores.svg")


def test_weights_are_told_drawn_and_written(tmp_path):
    picture = tmp_path / "weights.json"
    found = json.loads(run("councils", "weight", "--draws", "40", "--json", "--out", picture).stdout)
    assert [one["name"] for one in found["regimes"]] == ["democracy", "mixed", "autocracy"]
    assert "How often a choice follows the leader" in picture.read_text(encoding="utf-8")
    shown = run("councils", "weight", "--draws", "40").stdout
    assert max(len(line) for line in shown.splitlines()) <= 100


def test_further_files_update_what_the_shipped_decisions_say(tmp_path):
    own = tmp_path / "uk-1940-05-29.yaml"
    text = next(path for path in FILES if path.stem == "uk-1940-05-28").read_text(encoding="utf-8")
    text = text.replace("id: uk-1940-05-28", "id: uk-1940-05-29").replace("date: 1940-05-28", "date: 1940-05-29", 1)
    own.write_text(text, encoding="utf-8")
    found = json.loads(run("councils", "weight", tmp_path, "--draws", "40", "--json").stdout)
    assert found["choices"]["fit"]["decisions"] == len(FILES) + 1
    assert found["choices"]["shipped"]["decisions"] == len(FILES)
    assert (found["decisions"], found["without_files"]["decisions"]) == (len(FILES) + 1, len(FILES))
    shown = run("councils", "weight", own, "--draws", "40").stdout
    assert shown.startswith("A choice follows the leader with a chance of")
    assert "1 further decision moves the middle by regime" in re.sub(r"\s+", " ", shown)
    assert "without files" in shown
    own.write_text(text.replace("regime:\n  type: democracy", "regime:\n  type: monarchy"), encoding="utf-8")
    with pytest.raises(Fault, match="'democracy', 'mixed' or 'autocracy'") as caught:
        run("councils", "weight", own)
    assert caught.value.place is not None
    with pytest.raises(Fault, match="given twice"):
        run("councils", "weight", FILES[0])


def test_what_is_shipped_is_written_by_the_command(tmp_path):
    shipped = tmp_path / "record.yaml"
    run("councils", "weight", "--ship", shipped)
    assert shipped.read_text(encoding="utf-8") == RECORD_OF_CHOICES.read_text(encoding="utf-8")


def test_check_passes_on_every_shipped_council():
    for path in FILES:
        assert run("check", path).exit_code == 0


def test_check_says_where_a_council_s_file_breaks_a_rule(tmp_path):
    own = tmp_path / FILES[0].name
    own.write_text(FILES[0].read_text(encoding="utf-8").replace("salience:", "salence:", 1), encoding="utf-8")
    with pytest.raises(Fault, match="did you mean 'salience'") as caught:
        run("check", own)
    assert caught.value.place is not None


def test_check_shows_what_may_be_a_slip_in_a_council_s_file(tmp_path):
    own = tmp_path / "uk-1940-05-28.yaml"
    text = next(path for path in FILES if path.stem == own.stem).read_text(encoding="utf-8")
    own.write_text(text.replace("weight: 1", "weight: 100", 1), encoding="utf-8")
    found = run("check", own).stdout
    assert "look at" in found
    assert "weighs as much as 100 members" in found
    assert "No position rests on words" not in found


@pytest.mark.parametrize("form", ["council/2", "", "'council/1 '"])
def test_a_council_s_file_with_another_form_is_not_taken_for_a_scenario(tmp_path, form):
    own = tmp_path / FILES[0].name
    own.write_text(FILES[0].read_text(encoding="utf-8").replace("form: council/1", f"form: {form}"), encoding="utf-8")
    with pytest.raises(Fault, match=r"form: .*council/1"):
        run("check", own)


def test_a_folder_and_a_glob_leave_out_the_list_of_candidates_and_say_so():
    folder = FILES[0].parent
    whole = run("councils", "score", folder, "--draws", "20", "--json")
    assert json.loads(whole.stdout)["decisions"] == len(FILES)
    assert "holds no decision" in whole.stderr
    assert "inclusion.yaml" in whole.stderr
    some = run("councils", "score", FILES[0], FILES[1], folder / "inclusion.yaml", "--draws", "20", "--json")
    assert json.loads(some.stdout)["decisions"] == 2


def test_what_holds_no_decision_is_refused_by_name(tmp_path):
    war = tmp_path / "war.yaml"
    run("new", war)
    with pytest.raises(Fault, match="no decision of a council; its file begins with 'form: council/1'"):
        run("councils", "score", war)
    with pytest.raises(Fault, match="there is no decision of a council here"):
        run("councils", "score", tmp_path)
    with pytest.raises(Fault, match="cannot be read"):
        run("councils", "score", tmp_path / "none.yaml")


def test_named_files_say_what_else_was_fitted_on():
    found = run("councils", "score", FILES[0], FILES[1], "--draws", "20").stdout
    told = re.sub(r"\s+", " ", found)
    assert f"are fitted on {len(FILES) - 2} shipped decisions, too" in told
    assert "Leaving out any single body" not in told
    assert "shipped decisions" not in re.sub(r"\s+", " ", run("councils", "score", "--draws", "20").stdout)
