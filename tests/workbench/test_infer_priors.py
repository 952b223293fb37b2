"""`infer` under the prior that is asked for, with the others beside it: in Python, in JSON, in words and pictures."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.scenario.read import read_scenario
from ripeness.show.forecast_tables import tables_as_text
from ripeness.world.fault import Fault

CASE, POLITY = "japan-1945", "japan"
QUICK = {"polities": [POLITY], "particles": 100, "repeats": 3, "known": True, "knots": 1, "knock_out": False}
ARMY = f"polities.{POLITY}.factions.army.power"
NUMBERS = "low", "best", "high"


@pytest.fixture(scope="module")
def answers():
    return {prior: ripeness.infer(CASE, prior=prior, **QUICK) for prior in ("stated", "flat")}


def test_each_prior_is_asked_for_and_shown_beside_the_other(answers):
    for prior, other in (("stated", "flat"), ("flat", "stated")):
        plain = json.loads(json.dumps(answers[prior].plain(), allow_nan=False))
        assert plain["prior"] == prior
        assert {row["prior"] for row in plain["power"]} == {prior}
        assert {row["prior"] for row in plain["beside"]} == {other}
        assert [row["prior"] for row in plain["strongest"]] == [prior, other]


def test_what_stands_beside_is_what_is_said_when_it_is_asked_for(answers):
    beside = {row.faction: row.mean for row in answers["stated"].found.beside}
    asked_for = {row.faction: row.mean for row in answers["flat"].found.power}
    assert beside == pytest.approx(asked_for, abs=0.08)
    before = {row.faction: row.prior_mean for row in answers["stated"].found.beside}
    assert before == pytest.approx(dict.fromkeys(before, 1 / len(before)), abs=0.01)


def test_tables_and_pictures_show_both_priors_and_what_was_learnt(answers):
    text = tables_as_text(answers["stated"].layout())
    assert "By the decisions alone" in text
    assert "power as the case states it" in text
    assert "learnt" in text
    definition = answers["stated"].plot("power").to_dict()
    assert "the decisions alone (flat prior)" in json.dumps(definition)
    assert "learnt" in definition["description"]


def test_the_first_page_begins_with_who_has_most_say(answers):
    first = answers["flat"].brief().lines()[0]
    assert first.startswith("By the decisions alone")
    assert len(answers["flat"].table().splitlines()) > 20


def sheet(path, judge, numbers):
    """A judge's sheet as `elicit` hands it out, filled in: the case's own intervals but for some."""
    text = ripeness.elicit(CASE, judges=[judge], polities=[POLITY], traits=0).sheet_texts()
    rows = list(csv.reader(next(iter(text.values())).splitlines()))
    heading = next(n for n, row in enumerate(rows) if set(NUMBERS) <= set(row))
    place = [rows[heading].index(name) for name in NUMBERS]
    scenario = read_scenario(CASE)
    for row in rows[heading + 1 :]:
        key = next((cell for cell in row if cell.startswith("polities.")), "")
        interval = numbers.get(key) or (interval_of(scenario, key) if key else None)
        for column, number in zip(place, interval or (), strict=False):
            row[column] = f"{number:.4f}"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(rows)


def interval_of(scenario, path):
    _, polity, _, faction, kind, *issue = path.split(".")
    number = getattr(scenario.polities[polity].factions[faction], kind)
    return (number[issue[0]] if issue else number).interval()


def test_experts_bring_the_powers_of_their_sheets(tmp_path):
    folder = tmp_path / "sheets"
    folder.mkdir()
    for judge in ("anna", "ben"):
        sheet(folder / f"judge-{judge}.csv", judge.title(), {ARMY: (0.6, 0.7, 0.8)})
    answer = ripeness.infer(CASE, prior="experts", sheets=[str(folder)], **QUICK)
    before = {row.faction: row.prior_mean for row in answer.found.power}
    stated = {row.faction: row.prior_mean for row in answer.found.beside if row.prior == "stated"}
    assert {row.prior for row in answer.found.beside} == {"stated", "flat"}
    assert before["army"] > stated["army"] + 0.1
    assert np.isclose(sum(before.values()), 1)
    assert answer.plain()["prior"] == "experts"


def test_what_looks_wrong_in_a_sheet_is_a_warning_of_the_answer(tmp_path):
    path = tmp_path / "judge-anna.csv"
    sheet(path, "Anna", {ARMY: (0.6, 0.7, 0.8)})
    path.write_text(path.read_text(encoding="utf-8").replace("0.7000", '"0,7"'), encoding="utf-8")
    quick = ("--particles", "100", "--repeats", "3", "--medians", "--knots", "1", "--no-knock-out", "--polity", POLITY)
    asked = ("infer", CASE, "--prior", "experts", "--sheets", str(path), *quick)
    shown, plain = CliRunner().invoke(app, asked), CliRunner().invoke(app, (*asked, "--json"))
    warnings = [text for text in json.loads(plain.stdout)["warnings"] if "'0,7' is read as 0.7" in text]
    assert warnings
    assert all(f"- {warning}" in shown.stderr for warning in warnings)


def test_what_is_supposed_after_the_date_of_knowledge_counts_and_the_answer_says_so():
    act = "japan arrested 1945-06-01 against:army"
    supposed = ripeness.infer(CASE, observe=[act], **QUICK).found
    assert supposed.observations == ripeness.infer(CASE, **QUICK).found.observations + 1
    assert any("1 supposed observation is later than the date of knowledge, 1945-05-01" in w for w in supposed.warnings)
    assert not any("decisions after the start are read with the positions" in w for w in supposed.warnings)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"prior": "experts"}, "reads judges' sheets"),
        ({"sheets": ["x"]}, "goes with prior 'experts'"),
        ({"prior": "uniform"}, "stated, flat"),
        ({"prior": "experts", "sheets": ["no-such-folder"]}, "no-such-folder"),
    ],
)
def test_a_prior_that_cannot_be_had_is_refused(arguments, words):
    with pytest.raises(Fault, match=words):
        ripeness.infer(CASE, **arguments, **QUICK)
