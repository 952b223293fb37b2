"""Update: the forecast as it would have been said on several days, each with only what was known by then."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.world.fault import Fault

CASE, SMALL = "ukraine-2023-03", {"draws": 320, "seed": 3}
DAYS = ["2023-06-15", "2024-03-15"]


def call(*words):
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def updated():
    return ripeness.update(CASE, DAYS, by="2025-06-15", **SMALL)


def test_each_day_says_what_a_run_of_that_day_says(updated):
    for day in DAYS:
        run = ripeness.run(CASE, as_of=day, by="2025-06-15", **SMALL)
        for view in ("blend", "model", "record"):
            point = next(part for part in updated.value.of("settlement", view) if str(part.as_of) == day)
            assert point.p == pytest.approx(run.p("settlement", by="2025-06-15", of=view), abs=1e-9)


def test_ceasefires_alone_are_told_by_the_model():
    moved = ripeness.update(CASE, DAYS[:1], month=12, outcome="ceasefire", **SMALL)
    assert moved.value.views == ("model",)
    assert moved.sentence().lower().count("lasting ceasefire") == 1
    (point,) = moved.value.of("ceasefire", "model")
    (settled,) = moved.value.of("settlement", "model")
    assert 0 <= point.p <= settled.p


def test_every_view_of_every_day_sums_to_one_and_the_blend_lies_between_its_parents(updated):
    for day in updated.value.days:
        shares = {
            view: {
                part.outcome: part.p for part in updated.value.points if (part.as_of, part.view) == (day.as_of, view)
            }
            for view in updated.value.views
        }
        assert list(shares) == ["blend", "model", "record"]
        for chances in shares.values():
            assert sum(chances.values()) == pytest.approx(1)
        for name, p in shares["blend"].items():
            parents = sorted((shares["model"][name], shares["record"][name]))
            assert parents[0] - 1e-12 <= p <= parents[1] + 1e-12


def test_a_later_day_rests_on_more_months_fought_and_its_own_months_ahead(updated):
    first, second = updated.value.days
    assert second.fought - first.fought == pytest.approx(9, abs=0.05)
    months = [part.month for part in updated.value.of("settlement", "model")]
    assert months == pytest.approx([24, 15], abs=0.1)


def test_what_was_observed_later_does_not_change_what_was_said_before():
    text = "ukraine talks 2023-12-01 0.9"
    issue = next(iter(ripeness.run(CASE, draws=8, horizon=1).scenario.polities["ukraine"].issues))
    seen = [text.replace("talks", issue)]
    bare = ripeness.update(CASE, DAYS, month=12, evidence=True, ignore_record=True, **SMALL)
    known = ripeness.update(CASE, DAYS, month=12, evidence=True, ignore_record=True, observe=seen, **SMALL)
    assert known.value.points[:4] == bare.value.points[:4]
    assert known.value.days[1].observations == bare.value.days[1].observations + 1


def test_an_outcome_of_one_side_is_in_the_model_and_the_blend():
    series = ripeness.update(CASE, DAYS[:1], outcome="victory:russia", month=24, **SMALL).value
    assert {part.view for part in series.points if part.outcome == "victory:russia"} == {"blend", "model"}
    victory = {part.view: part.p for part in series.points if part.outcome == "victory"}
    own = {part.view: part.p for part in series.points if part.outcome == "victory:russia"}
    assert all(own[view] <= victory[view] for view in own)


def test_days_between_the_start_and_the_last_are_made_by_a_number_of_months():
    series = ripeness.update(CASE, ["2023-06-01"], every=1, month=6, ignore_record=True, draws=64).value
    assert [str(day.as_of) for day in series.days] == ["2023-03-15", "2023-04-15", "2023-05-15", "2023-06-01"]
    assert series.views == ("model",)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"dates": ["2023-01-01"]}, "before the start of the scenario, 2023-03-15"),
        ({"dates": []}, "must name the days"),
        ({"dates": ["2023-06-15"], "by": "2023-06-01"}, "outside the forecast, which runs from 2023-06-16"),
        ({"dates": ["2023-06-15"], "by": "2024-06-01", "month": 3}, "give one of them"),
        ({"dates": ["soon"]}, "not a date"),
        ({"dates": ["2024-06-15"], "every": 0.05}, "at most 120"),
    ],
)
def test_days_that_cannot_be_forecast_are_a_fault(arguments, words):
    with pytest.raises(Fault, match=words):
        ripeness.update(CASE, **arguments, **SMALL)


def test_one_command_prints_the_series_and_draws_it(tmp_path, updated):
    flags = ["--by", "2025-06-15", "--draws", "320", "--seed", "3"]
    days = [word for day in DAYS for word in ("--as-of", day)]
    told = call("update", CASE, *days, *flags, "--json", "--plot", str(tmp_path / "moved.json"))
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    assert answer["by"] == "2025-06-15"
    assert [point["p"] for point in answer["points"]] == [point.p for point in updated.value.points]
    assert "as it would have been said on each day" in (tmp_path / "moved.json").read_text()
    text = " ".join(updated.table().split())
    assert "Settlement or lasting ceasefire by 15 June 2025" in text
    assert max(len(line) for line in updated.table().splitlines()) <= 88
    assert date(2023, 6, 15) == updated.value.days[0].as_of
