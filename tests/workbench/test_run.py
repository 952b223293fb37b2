"""The Python face of a run: one line, tables, a dataset, a folder."""

from __future__ import annotations

import json
from importlib import import_module

import pytest

import ripeness
from ripeness.scenario.template import template
from ripeness.workbench.run import codings, run
from ripeness.world.fault import Fault


@pytest.fixture(scope="module")
def result():
    return ripeness.run("japan-1945", draws=160, horizon=8)


def test_a_result_says_in_one_line_what_it_is(result):
    assert repr(result).startswith("<Run of japan-1945, coding public, factional: 160 draws")
    assert "\n" not in repr(result)


def test_the_table_fits_its_width_and_holds_both_uncertainties_and_the_note(result):
    text = result.table()
    assert max(len(line) for line in text.splitlines()) <= 88
    for words in (
        "Monte Carlo error",
        "spread over uncertain inputs",
        "90 %",
        "cannot validate",
        "Ledger 1",
        "Ledger 2",
    ):
        assert words in " ".join(text.split())


def test_the_json_is_what_the_table_and_the_ledger_of_forecasts_need(result):
    plain = json.loads(result.to_json())
    for key in (
        "case",
        "coding",
        "reading",
        "draws",
        "seed",
        "horizon",
        "scenario_hash",
        "version",
        "outcomes",
        "months_to_end",
        "terms",
        "ledgers",
        "durability",
        "leaders",
    ):
        assert key in plain
    rows = [row for row in plain["outcomes"] if row["month"] == 8]
    assert set(rows[0]) == {"outcome", "polity", "words", "how", "month", "p", "p_low", "p_high", "mc_low", "mc_high"}
    assert {row["outcome"] for row in rows} == {"victory", "collapse", "settlement", "ceasefire", "frozen", "fighting"}
    assert {row["how"] for row in rows if row["outcome"] == "victory"} == {"front", "surrender"}
    assert abs(sum(row["p"] for row in rows) - 1) < 1e-9
    assert "polity" in plain["ledgers"]["human_cost"][0]


def test_the_same_run_twice_is_the_same_answer(result):
    assert ripeness.run("japan-1945", draws=160, horizon=8).to_json() == result.to_json()


def test_a_saved_run_is_whole_and_can_be_run_again(result, tmp_path):
    kept = result.save(tmp_path / "run")
    names = {path.name for path in kept.iterdir()}
    assert names == {
        "scenario.yaml",
        "inputs.json",
        "answer.json",
        "outcomes.csv",
        "results.nc",
        "histories.nc",
        "provenance.json",
        "log.txt",
        "manifest.json",
    }
    again = ripeness.run(kept / "scenario.yaml", draws=160, horizon=8)
    assert again.scenario_hash == result.scenario_hash
    assert again.plain()["outcomes"] == result.plain()["outcomes"]
    made = json.loads((kept / "provenance.json").read_text())
    assert made["scenario_hash"] == result.scenario_hash
    with pytest.raises(Fault, match="left as it is"):
        result.save(kept)


def test_a_coding_over_a_base_is_saved_with_its_base(tmp_path):
    other = next(name for name in codings("japan-1945") if name != "public")
    result = ripeness.run("japan-1945", coding=other, draws=16, horizon=2)
    kept = result.save(tmp_path / "run")
    again = ripeness.run(kept / "scenario.yaml", draws=16, horizon=2)
    assert again.scenario_hash == result.scenario_hash


def test_a_changed_number_changes_the_hash_and_is_told(result):
    other = ripeness.run("japan-1945", draws=16, horizon=2, changes={"talks.mediation": 5})
    assert other.scenario_hash != result.scenario_hash
    assert other.about()["set"] == {"talks.mediation": "5"}


def test_a_result_cites_its_sources_and_draws_its_chart(result):
    assert len(result.cite().bibliography) > 5
    assert result.plot().to_dict()["layer"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [({"reading": "unitry"}, "did you mean 'unitary'"), ({"draws": 0}, "draws is 0"), ({"months": [99]}, "month 99")],
)
def test_what_cannot_be_run_is_refused_in_words(wrong, said):
    with pytest.raises(Fault, match=said):
        ripeness.run("japan-1945", **{"draws": 8, "horizon": 2} | wrong)


def test_issues_without_a_role_are_reported_in_table_and_json(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(template("full"))
    told = run(path, draws=256, seed=3)
    (schools,) = told.plain()["decided"]
    assert (schools["polity"], schools["issue"]) == ("north", "schools")
    assert 0.3 < schools["start"]["low"] < schools["start"]["median"] < schools["start"]["high"] < 0.9
    assert "North, schools" in told.table()
    assert "100: put under the army" in told.table()
    path.write_text(template("minimal"))
    assert run(path, draws=16).forecast.decided == ()


def test_a_power_that_is_set_beside_others_that_stay_says_what_it_counts_as(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text(template("minimal"))
    odd = run(path, draws=16, horizon=2, changes={"polities.north.factions.army.power": 0.95})
    (note,) = odd.plain()["notes"]
    assert note == "the powers of north now sum to 1.59, so army counts as 0.60"
    assert run(path, draws=16, horizon=2, changes={"polities.north.factions.army.power": 0.35}).notes == ()


def test_a_movement_in_a_war_of_no_stated_kind_has_the_parameters_of_wars_between_states_and_a_note_says_so(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text("\n".join(line for line in template("civil").splitlines() if not line.startswith("conflict:")))
    unsaid = run(path, draws=16, horizon=2)
    (note,) = unsaid.plain()["notes"]
    assert "without 'conflict: {kind: intrastate}' it has the parameters of wars between states" in note
    path.write_text(template("civil"))
    civil = run(path, draws=16, horizon=2)
    assert civil.notes == ()
    assert civil.about()["parameter_points"] != unsaid.about()["parameter_points"]


def test_a_scenario_that_is_removed_while_its_wars_are_fought_is_kept_as_it_was_read(tmp_path, monkeypatch):
    place = tmp_path / "war.yaml"
    ripeness.new(place)
    text = place.read_text(encoding="utf-8")
    ensemble = import_module("ripeness.ensemble.run")
    fight = ensemble.run

    def fight_and_remove(*args, **kwargs):
        place.unlink()
        return fight(*args, **kwargs)

    monkeypatch.setattr(ensemble, "run", fight_and_remove)
    assert ripeness.run(place, draws=16, horizon=3).files == {"war.yaml": text}
