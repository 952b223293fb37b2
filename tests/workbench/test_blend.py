"""One anchored forecast: runs, what-ifs and other questions follow the blend of model and record."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.scenario.read import open_scenario
from ripeness.study.record.classes import CLASS_OF_OUTCOME
from ripeness.workbench.run import codings
from ripeness.workbench.shipped_cases import cases_folder, shipped_case_names
from ripeness.workbench.verify import verify
from ripeness.world.fault import Fault
from ripeness.world.outcome import SETTLEMENT

VERSIONS = [(case, version) for case in shipped_case_names() for version in codings(cases_folder() / case)]
SMALL = {"draws": 200}


@pytest.fixture(scope="module", params=VERSIONS, ids="-".join)
def result(request):
    case, version = request.param
    return ripeness.run(case, coding=version, **SMALL)


def class_of(row):
    return CLASS_OF_OUTCOME[row["outcome"]]


def test_the_blend_lies_between_its_parents_for_every_outcome_and_month(result):
    months = {row.month for row in result.path}
    assert {row.month for row in result.blend_path} == months
    for row in result.blend_path:
        assert min(row.model, row.record) <= row.p <= max(row.model, row.record)


def test_outcomes_stay_those_of_the_model_and_record_and_blend_stand_beside_them(result):
    plain = json.loads(result.to_json())
    names = {"agreement": "settlement", "ceasefire": "settlement", "low_activity": "frozen"}
    for row in plain["blend"]:
        at = [other for other in plain["outcomes"] if other["month"] == row["month"]]
        model = sum(other["p"] for other in at if class_of(other) == row["outcome"])
        ends = [end for end in plain["record"] if end["month"] == row["month"]]
        record = sum(end["p"] for end in ends if names.get(end["end"], end["end"]) == row["outcome"])
        assert (row["model"], row["record"]) == pytest.approx((model, record))
        assert min(model, record) - 1e-9 <= row["p"] <= max(model, record) + 1e-9
    assert plain["effective_draws"] == pytest.approx(result.weights.sum() ** 2 / (result.weights**2).sum())
    kind = result.scenario.conflict.kind
    assert plain["anchor"]["basis"] == ("learnt" if kind == "interstate" else "prior")


def test_a_what_if_that_changes_nothing_is_exactly_zero_under_the_weights(result):
    stated = open_scenario(cases_folder() / result.case, result.coding).scenario.talks.mediation
    low, middle, high = stated.interval()
    same = {"value": middle, "range": f"{low} to {high}", "unit": stated.unit}
    answer = ripeness.whatif(result.case, {"talks.mediation": same}, coding=result.coding, **SMALL)
    assert answer.setup.weigh.anchored is not None
    for row in (*answer.value.arms[1].outcomes, *answer.value.arms[1].measures):
        assert (row.more.mean, row.more.low, row.more.high) == (0.0, 0.0, 0.0)


def test_a_later_day_of_forecast_is_blended_with_the_record_of_wars_that_have_lasted_so_long():
    now, later = (ripeness.run("ukraine-2023-03", as_of=day, **SMALL) for day in (None, "2024-03-15"))
    for row in later.blend_path:
        assert min(row.model, row.record) <= row.p <= max(row.model, row.record)
    assert later.weigh.curve(later.ensemble, [6]).months_fought == pytest.approx(
        now.weigh.curve(now.ensemble, [6]).months_fought + later.ensemble.elapsed
    )


def test_without_the_record_every_run_counts_alike():
    alone = ripeness.run("japan-1945", ignore_record=True, **SMALL)
    assert alone.weights is None
    assert (alone.blend, alone.record) == ((), ())
    assert "left out" in alone.plain()["no_blend"]
    assert "anchor" not in alone.about()


def test_an_unknown_kind_of_conflict_is_asked_for(tmp_path):
    text = (cases_folder() / "japan-1945" / "public.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("conflict:")]
    file = tmp_path / "war.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")
    done = CliRunner().invoke(app, ["run", str(file), "--draws", "64", "--horizon", "4"])
    assert done.exit_code == 0, done.output
    assert "conflict: {kind: interstate}" in " ".join((done.stderr + done.output).split())
    assert ripeness.run(file, draws=64, horizon=4).weights is None


def test_weights_of_the_users_own_take_the_place_of_the_blend():
    own = np.ones(200)
    answer = ripeness.whatif("japan-1945", cuts=["aid->munitions"], weights=own, **SMALL)
    assert answer.setup.weigh.anchored is None
    with pytest.raises(Fault, match="weights must be 200 numbers"):
        ripeness.whatif("japan-1945", cuts=["aid->munitions"], weights=np.ones(3), **SMALL)


@pytest.mark.parametrize("verb", ["ripe", "options", "sense", "discover", "indicators", "map", "flip"])
def test_every_question_follows_the_blend_and_has_finite_probabilities(verb):
    extra = {
        "options": {"polity": "japan", "only": ["continue"]},
        "map": {"links": ["aid->munitions"]},
        "sense": {"held": 0},
    }
    asked = {**SMALL, **extra.get(verb, {})}
    if verb not in {"ripe", "options"}:
        asked |= {"outcome": "frozen", "month": 12}
    answer = getattr(ripeness, verb)("japan-1945", **asked)
    anchored = answer.setup.weigh.anchored
    assert anchored.effective > 1
    assert answer.setup.about()["anchor"]["effective_draws"] == pytest.approx(anchored.effective, abs=0.1)
    assert "anchored to past conflicts" in answer.setup.heading()
    assert "NaN" not in answer.to_json()
    shown = {
        "ripe": lambda: answer.value.condition.settled.p,
        "options": lambda: _frozen(answer.value.options[0].outcomes),
        "sense": lambda: answer.value.p,
        "discover": lambda: answer.value.p,
        "indicators": lambda: answer.value.p,
        "map": lambda: answer.value.measured.shares["frozen"],
        "flip": lambda: answer.value.shares["frozen"],
    }
    last = max(row.month for row in anchored.rows)
    assert last == (36 if verb in {"ripe", "options"} else 12)
    result = ripeness.run("japan-1945", **SMALL)
    if verb == "ripe":  # it asks for settlements, which are one of two ends of their class
        settled = result.ensemble.code == SETTLEMENT
        assert shown[verb]() == pytest.approx(np.average(settled, weights=result.weights))
        assert shown[verb]() != pytest.approx(settled.mean())
        return
    (blend,) = [row.p for row in anchored.rows if (row.outcome, row.month) == ("frozen", last)]
    assert shown[verb]() == pytest.approx(blend / (1 - sum(anchored.uncarried.values())))
    assert shown[verb]() != pytest.approx(result.p("frozen", month=last, of="model"))


def _frozen(outcomes):
    return next(row.share.p for row in outcomes if row.outcome == "frozen")


def test_a_kept_run_holds_weights_and_blend_and_gives_the_same_again(tmp_path):
    result = ripeness.run("japan-1945", draws=64, horizon=6)
    folder = result.keep(tmp_path)
    assert verify(folder.name, tmp_path).good
    assert result.dataset["weight"].values == pytest.approx(result.weights)
    assert result.dataset["blend"].sum("class").values == pytest.approx(1)
    (file,) = ripeness.export(folder.name, tmp_path / "blend.csv", table="blend", shelf=tmp_path)
    assert file.read_text(encoding="utf-8").splitlines()[0] == "month,outcome,p,low,high,model,record"
    alone = ripeness.run("japan-1945", draws=64, horizon=6, ignore_record=True)
    assert verify(alone.keep(tmp_path).name, tmp_path).good
    with pytest.raises(Fault, match="this run has no blend"):
        ripeness.export(alone.keep(tmp_path).name, tmp_path / "none.csv", table="blend", shelf=tmp_path)
