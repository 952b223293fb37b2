"""Backtests: baselines give the published figures, no war helps to forecast itself, and the future does not leak."""

from __future__ import annotations

import json
from dataclasses import replace
from math import erf

import numpy as np
import pytest
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.validation.backtest.baselines import BASELINES
from ripeness.validation.backtest.councils_eu import council_scores, read_councils
from ripeness.validation.backtest.duration import lengths
from ripeness.validation.backtest.exact import exact_ahead, exact_war
from ripeness.validation.backtest.folds import at_risk, forecast_forward, forecast_from_training, leave_one_out
from ripeness.validation.backtest.forward_in_time import ahead, trust
from ripeness.validation.backtest.held_out import held_out
from ripeness.validation.backtest.model_scores import paired_interval, scores
from ripeness.validation.backtest.pool import pool_weights
from ripeness.validation.backtest.power import smallest_difference
from ripeness.validation.backtest.slope import slope
from ripeness.validation.backtest.war_model import war_model
from ripeness.validation.calibrate.posterior import ParameterPosterior, load, save
from ripeness.validation.history.record import HORIZONS
from ripeness.validation.history.wars import read_record
from ripeness.validation.verbs.backtest import backtest, backtest_councils
from ripeness.validation.verbs.backtest_result import REFUTED_BY, write
from ripeness.world.fault import Fault

RUNS, POINTS = 6, 40
PUBLISHED = {
    ("era", 0): (0.568, 0.930),
    ("era", 1): (0.516, 0.862),
    ("era", 3): (0.537, 0.886),
    ("era", 6): (0.617, 1.011),
    ("era", 12): (0.506, 0.887),
    ("era+loss", 1): (0.534, 0.895),
    ("era+loss", 3): (0.530, 0.887),
    ("era+loss", 6): (0.516, 0.905),
    ("era+loss", 12): (0.371, 0.712),
}


def few(posterior: ParameterPosterior) -> ParameterPosterior:
    """A posterior of fewer points, for tests that need to be fast."""
    level = posterior.log_weight[:POINTS] - np.logaddexp.reduce(posterior.log_weight[:POINTS])
    return replace(posterior, scores=posterior.scores[:POINTS], log_weight=level, wars=posterior.wars[:POINTS])


def fitted_on(posterior: ParameterPosterior, wars) -> ParameterPosterior:
    """The same laws, as if they had been fitted on these wars."""
    numbers = tuple(war.number for war in wars)
    return replace(posterior, numbers=numbers, wars=np.resize(posterior.wars, (len(posterior.wars), len(numbers))))


@pytest.fixture(scope="module")
def posterior():
    return few(load())


def test_the_baselines_give_the_figures_published_with_the_record(record):
    wars = read_record(
        record / "interstate_wars.csv", record / "interstate_war_participants.csv", record / "mie_war_months.csv"
    ).wars
    for (model, month), (brier, log) in PUBLISHED.items():
        going = at_risk(wars, month)
        given = {name: leave_one_out(BASELINES[name], going, month) for name in ("era", "era+loss")}
        found = next(score for score in scores(given, going, month, 1) if score.model == model)
        assert (found.brier, found.log) == pytest.approx((brier, log), abs=0.0011), (model, month)


def test_the_log_normal_is_scored_as_its_formula_says(war_files, posterior):
    wars = read_record(*war_files).wars
    model = war_model(posterior, wars, runs=1)
    plain = lengths(model, wars, 1)[0]
    days = np.log([war.months * 30.4375 for war in wars])
    wanted = []
    for n, own in enumerate(days):
        others = np.delete(days, n)
        z = (own - others.mean()) / others.std()
        density = np.exp(-z * z / 2) / np.sqrt(2 * np.pi)
        wanted.append(others.std() * (z * erf(z / np.sqrt(2)) + 2 * density - 1 / np.sqrt(np.pi)))
    assert plain.crps == pytest.approx(np.mean(wanted), rel=0.01)


def test_changing_how_a_war_ended_changes_no_forecast_of_that_war(war_files, posterior):
    wars = read_record(*war_files).wars
    model = war_model(posterior, wars, runs=RUNS)
    other = {"A_win": "B_win", "B_win": "draw_other", "draw_other": "A_win"}
    changed = [replace(wars[0], outcome=other[wars[0].outcome], first=replace(wars[0].first, deaths=1.0)), *wars[1:]]
    for month in (0, 1):
        before, after = (held_out(model, some, month) for some in (wars, changed))
        if wars[0] not in before.wars:
            continue
        for name in before.forecasts:
            np.testing.assert_allclose(before.forecasts[name][0], after.forecasts[name][0], atol=1e-12)


def test_without_the_columns_of_the_future_the_forecasts_are_the_same(tmp_path, invented_rows, write_wars, posterior):
    rows, months = invented_rows(16)
    teachers = read_record(*write_wars(tmp_path, *invented_rows(20, 9))).wars
    teachers = [replace(war, number=war.number + 500) for war in teachers]
    told = read_record(*write_wars(tmp_path, rows, months)).wars
    hidden = [
        name
        for name in rows[0]
        if name not in {"outcome3", "duration_days"} and not name.endswith(("_batdeath", "_12m"))
    ]
    untold = read_record(*write_wars(tmp_path, rows, months, hidden)).wars
    model = war_model(posterior, [*told, *teachers], runs=RUNS)
    for month in HORIZONS:
        one, two = (held_out(model, some, month, teachers) for some in (told, untold))
        for name in one.forecasts:
            np.testing.assert_array_equal(one.forecasts[name], two.forecasts[name])


def test_shuffled_futures_give_no_skill(invented_rows, tmp_path, write_wars, posterior):
    wars = read_record(*write_wars(tmp_path, *invented_rows(40))).wars
    model = war_model(posterior, wars, runs=RUNS)
    order = np.random.Generator(np.random.Philox(key=5)).permutation(len(wars))
    shuffled = [replace(war, outcome=wars[n].outcome) for war, n in zip(wars, order, strict=True)]
    for month in (0, 1, 3):
        found = held_out(model, shuffled, month)
        rows = {score.model: score for score in scores(found.forecasts, found.wars, month, 1)}
        for name in ("era", "era+loss", "war", "pool"):
            assert rows[name].brier > rows["base-rate"].brier - 0.05, (name, month)


def test_losses_that_tell_the_outcome_make_the_later_forecasts_better(war_files):
    wars = read_record(*war_files).wars
    going = at_risk(wars, 3)
    rows = {
        s.model: s
        for s in scores({name: leave_one_out(BASELINES[name], going, 3) for name in ("era", "era+loss")}, going, 3, 1)
    }
    assert rows["era+loss"].brier < rows["era"].brier


def test_a_war_in_both_files_is_left_out_of_its_own_forecast(war_files):
    wars = read_record(*war_files).wars
    np.testing.assert_allclose(
        forecast_from_training(BASELINES["era"], wars, wars, 0), leave_one_out(BASELINES["era"], wars, 0)
    )


def test_forward_in_time_no_later_war_teaches(war_files):
    wars = read_record(*war_files).wars
    going, given = forecast_forward(BASELINES["base-rate"], wars, 0)
    cut = [war for war in wars if war.began <= going[0].began]
    again, first = forecast_forward(BASELINES["base-rate"], cut, 0)
    assert again[0] is going[0]
    np.testing.assert_array_equal(first[0], given[0])


def test_probabilities_sum_to_one_and_call_nothing_impossible(war_files, posterior):
    wars = read_record(*war_files).wars
    model = war_model(posterior, wars, runs=RUNS)
    for month in HORIZONS:
        for rows in held_out(model, wars, month).forecasts.values():
            np.testing.assert_allclose(rows.sum(axis=1), 1)
            assert (rows > 0).all()


def test_a_pool_leans_on_its_parent_until_another_has_shown_more():
    assert pool_weights(np.array([[0.4, 0.45]] * 3))[0] > 0.7
    assert pool_weights(np.array([[0.1, 0.9]] * 400))[1] > 0.9


def test_the_slope_is_one_for_honest_forecasts_and_below_one_for_bold_ones():
    draw = np.random.Generator(np.random.Philox(key=2))
    honest = draw.dirichlet([2, 2, 2], 3000)
    happened = np.array([draw.choice(3, p=row) for row in honest])
    found = slope(honest, happened, 1)
    assert found.low < 1 < found.high
    bold = honest**3 / (honest**3).sum(axis=1, keepdims=True)
    assert slope(bold, happened, 1).high < 0.6


def test_a_difference_that_would_show_shrinks_with_the_root_of_the_wars():
    gaps = np.tile([-0.2, 0.3], 50)
    assert smallest_difference(np.tile(gaps, 4)) == pytest.approx(smallest_difference(gaps) / 2, rel=0.02)


def test_a_paired_interval_holds_the_mean():
    gaps = np.random.Generator(np.random.Philox(key=4)).normal(0.1, 1, 200)
    low, high = paired_interval(gaps, 1)
    assert low < gaps.mean() < high
    assert high - low == pytest.approx(2 * 1.645 / np.sqrt(200), rel=0.15)


def test_the_command_prints_one_object_with_every_model_at_every_horizon(war_files):
    wars, participants, months = map(str, war_files)
    run = CliRunner().invoke(
        app,
        [
            "backtest",
            "--wars",
            wars,
            "--participants",
            participants,
            "--months",
            months,
            "--runs",
            "1",
            "--no-ablation",
            "--json",
        ],
    )
    assert run.exit_code == 0, run.output
    rows = json.loads(run.stdout)["scores"]
    assert {row["model"] for row in rows} >= {"base-rate", "era", "era+loss", "war", "pool"}
    assert {row["months_fought"] for row in rows} == set(HORIZONS)
    assert set(rows[0]) >= {"model", "months_fought", "n", "brier", "log", "brier_minus_baseline", "low", "high"}
    later = next(row for row in rows if (row["model"], row["months_fought"]) == ("pool", 1))
    assert later["log_low"] <= later["log_minus_baseline"] <= later["log_high"]
    outcomes = {row["warnum"]: row["outcome"] for row in json.loads(run.stdout)["forecasts"]}
    assert outcomes == {war.number: war.outcome for war in read_record(*war_files).wars}


def test_a_file_with_a_bad_row_is_scored_all_the_same(tmp_path, invented_rows, write_wars):
    rows, months = invented_rows(14)
    rows[4]["outcome3"] = "lost"
    found = backtest(*write_wars(tmp_path, rows, months), runs=1, with_ablation=False)
    assert next(score for score in found.scores if score.months_fought == 0).n == 13
    assert any("war 5" in str(fault) for fault in found.record.faults)


@pytest.mark.parametrize("wars", [1, 2, 3])
def test_few_wars_are_forecast_and_have_no_intervals(tmp_path, invented_rows, write_wars, wars):
    found = backtest(*write_wars(tmp_path, *invented_rows(wars)), runs=1)
    told = json.dumps(found.plain(), allow_nan=False)  # nothing in it that JSON cannot say
    start = [row for row in json.loads(told)["scores"] if row["months_fought"] == 0]
    assert all(row["n"] == wars and row["brier"] is not None and row["low"] is None for row in start)
    assert found.slopes[0].low != found.slopes[0].low  # not a number


def test_wars_without_any_losses_are_scored_all_the_same(tmp_path, invented_rows, write_wars):
    rows, _ = invented_rows(12)
    for row in rows:
        row["A_batdeath"] = row["B_batdeath"] = ""
    wars, participants, _ = write_wars(tmp_path, rows, [])
    found = backtest(wars, participants, runs=1, with_ablation=False)
    assert next(score for score in found.scores if score.months_fought == 0).n == 12
    assert sum("no losses are known" in str(fault) for fault in found.record.faults) == 24
    assert not any("loss ratio" in check.feature for check in found.checks)


def test_where_no_outcome_is_known_it_is_said_that_nothing_teaches(tmp_path, invented_rows, write_wars):
    paths = write_wars(tmp_path, *invented_rows(8), ["warnum", "warname", "start_year", "duration_days"])
    found = backtest(*paths, runs=1, with_ablation=False)
    assert any("baselines know nothing" in str(fault) for fault in found.record.faults)
    assert all(score.n == 0 for score in found.scores)
    with pytest.raises(Fault, match="no calibration to draw"):
        write(found, tmp_path / "calibration.svg")


def test_laws_and_teachers_of_one_set_score_another(tmp_path, invented_rows, write_wars, posterior):
    """Other numbers, another size, laws from a file: as for wars that were kept aside."""
    teach, score = tmp_path / "teach", tmp_path / "score"
    for folder in (teach, score):
        folder.mkdir()
    save(posterior, tmp_path / "fit.npz")
    rows, months = invented_rows(9, seed=8)
    for line in (*rows, *months):
        line["warnum"] = int(line["warnum"]) + 800
    found = backtest(
        *write_wars(score, rows, months),
        laws=tmp_path / "fit.npz",
        actor_model="factional",
        train=write_wars(teach, *invented_rows(20)),
        runs=1,
        with_ablation=False,
    )
    assert next(one for one in found.scores if one.months_fought == 0).n == 9
    assert found.trust == {}
    assert found.held[0].weights.shape == (9, 2)


def test_a_record_that_is_not_the_fitted_one_is_told_as_an_unfair_comparison(war_files, tmp_path, posterior):
    apart = backtest(*war_files, runs=1, with_ablation=False)
    assert "were fitted on 57 wars" in apart.notes[0]
    assert "flatters it" in apart.notes[0]
    assert "--train" in apart.notes[0]
    save(fitted_on(posterior, read_record(*war_files).wars), tmp_path / "own.npz")
    own = backtest(*war_files, laws=tmp_path / "own.npz", actor_model="factional", runs=1, with_ablation=False)
    assert own.notes == ()
    assert {score.model for score in own.ahead} >= {"war", "pool"}
    assert np.isfinite(own.ahead_trust)


def test_forward_in_time_the_war_model_is_scored_only_where_all_wars_of_the_fit_have_dates(
    tmp_path, invented_rows, write_wars, posterior
):
    teach = read_record(*write_wars(tmp_path, *invented_rows(20))).wars
    wars = [replace(war, number=war.number + 800) for war in teach]
    model = war_model(fitted_on(posterior, teach), wars, runs=1)
    assert {one.model for one in ahead(model, wars, 0, 1)}.isdisjoint({"war", "pool"})
    assert np.isnan(trust(model, wars))
    told = ahead(model, wars, 0, 1, teach)
    assert {one.model for one in told} >= {"war", "pool"}
    assert np.isfinite(trust(model, wars, teach))


def test_faults_in_the_wars_that_teach_are_told(tmp_path, invented_rows, write_wars, war_files):
    rows, months = invented_rows(14)
    rows[4]["outcome3"] = "lost"
    folder = tmp_path / "teach"
    folder.mkdir()
    teach = write_wars(folder, rows, months)
    found = backtest(*war_files, train=teach[:1], runs=1, with_ablation=False)
    faults = [str(fault) for fault in found.record.faults if "in --train" in str(fault)]
    assert any("teach/wars.csv:6" in fault and "lost" in fault for fault in faults)
    assert any("no file of months" in fault for fault in faults)


@pytest.mark.parametrize(
    ("flags", "message"),
    [
        (["--train-months", "M"], "without --train"),
        (["--train-participants", "P"], "without --train"),
        (["--exact", "--train", "W"], "no part in it"),
        (["--keep", "rounds"], "without --exact"),
        (["--unitary-laws", "laws.npz", "--no-ablation", "--actor-model", "factional"], "--no-ablation leaves out"),
        (["--laws", "laws.npz", "--no-ablation", "--actor-model", "unitary"], "ask for --actor-model factional, or"),
        (["--actor-model", "captured"], "the actor model is 'captured'; it can be factional or unitary"),
    ],
)
def test_what_would_be_ignored_is_refused(war_files, flags, message):
    files = dict(zip("WPM", map(str, war_files), strict=True))
    with pytest.raises(Fault, match=message):
        CliRunner().invoke(
            app, ["backtest", "--wars", files["W"], *(files.get(flag, flag) for flag in flags)], catch_exceptions=False
        )


def test_flags_of_past_wars_are_refused_beside_councils_alone(tmp_path):
    with pytest.raises(Fault, match=r"--train, --out belong to past wars"):
        CliRunner().invoke(
            app,
            ["backtest", "--councils-eu", "eu.tsv", "--train", "wars.csv", "--out", "x.csv"],
            catch_exceptions=False,
        )


def test_the_title_says_what_taught(tmp_path, war_files):
    wars, _, months = map(str, war_files)
    shown = {
        name: CliRunner()
        .invoke(app, ["backtest", "--wars", wars, "--months", months, "--runs", "1", "--no-ablation", *flags])
        .stdout
        for name, flags in {"alone": [], "train": ["--train", wars, "--train-months", months]}.items()
    }
    assert "forecast without itself" in " ".join(shown["alone"].split())
    assert "forecast without itself" not in " ".join(shown["train"].split())
    assert "none is taken out" not in shown["alone"]  # some invented numbers are those of fitted wars


def test_the_bars_are_those_of_the_scores(war_files):
    found = backtest(*war_files, runs=1, with_ablation=False)
    for bar in found.bars():
        score = next(one for one in found.scores if (one.model, one.months_fought) == ("pool", bar["months_fought"]))
        assert bar["kept"] == (score.brier_minus_baseline <= 0.02)
    tight = replace(found, scores=tuple(replace(one, brier_minus_baseline=0.03) for one in found.scores))
    assert not any(bar["kept"] for bar in tight.bars())


def test_forward_in_time_the_pool_learns_from_earlier_wars_alone(war_files, posterior):
    wars = sorted(read_record(*war_files).wars, key=lambda war: war.began)
    model = war_model(fitted_on(posterior, wars), wars, runs=1)
    turned = [*wars[:-1], replace(wars[-1], outcome="draw_other" if wars[-1].outcome != "draw_other" else "A_win")]
    rows = [
        next(one for one in ahead(model, some[:-1], 0, 1, some[-1:]) if one.model == "pool") for some in (wars, turned)
    ]
    assert repr(rows[0]) == repr(rows[1])
    assert next(one for one in ahead(model, wars, 0, 1) if one.model == "pool").n == rows[0].n + 1


def test_exact_refits_score_every_war_once_and_go_on_after_a_break(war_files, tmp_path):
    wars = read_record(*war_files).wars[:6]
    small = {"points": 20, "rounds": 1}
    found = exact_war(wars, 1, 1, tmp_path, **small)
    assert {one.model for one in found} == {"base-rate", "era", "capability", "era+loss", "war", "pool"}
    assert {one.n for one in found if one.months_fought == 0} == {6}
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")}
    assert {path.parent.name for path in kept} == {f"fold-{n}" for n in range(1, 6)}
    assert repr(exact_war(wars, 1, 1, tmp_path, **small)) == repr(
        found
    )  # not by ==: what is not a number equals nothing
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.npz")} == kept
    assert {one.n for one in exact_ahead(wars, 1, 1, **small) if one.months_fought == 0} == {5}


def test_the_pool_s_calibration_is_written_as_a_picture_and_the_scores_as_a_table(war_files, tmp_path):
    wars, participants, months = map(str, war_files)
    for name in ("scores.csv", "calibration.svg"):
        run = CliRunner().invoke(
            app,
            [
                "backtest",
                "--wars",
                wars,
                "--participants",
                participants,
                "--months",
                months,
                "--runs",
                "1",
                "--out",
                str(tmp_path / name),
            ],
            env={"COLUMNS": "100"},
        )
        assert run.exit_code == 0, run.output
    assert "At the start the pool less era:" in run.stdout
    assert "Forward in time" in run.stdout
    assert (tmp_path / "scores.csv").read_text(encoding="utf-8").startswith("model,months_fought,n,brier")
    assert "slope" in (tmp_path / "calibration.svg").read_text(encoding="utf-8")


def test_what_would_refute_the_model_is_told_alike_by_command_and_page(root):
    page = " ".join((root / "docs" / "textbook" / "backtest.md").read_text(encoding="utf-8").split())
    assert all(one in page for one in REFUTED_BY)


def test_no_file_at_all_is_a_fault():
    with pytest.raises(Fault, match="--wars"):
        CliRunner().invoke(app, ["backtest"], catch_exceptions=False)


EU = "prnrnmc\tisnrnmc\tprname\tissues\tpcom\tpxx\tpyy\tscom\tsxx\tsyy\trp\tout\n\t\t\t\t4\t2\t1\t\t\t\t\t\n" + "".join(
    f"{n}\t1\tp{n // 2}\t1\t{(37 * n) % 101}\t{(53 * n) % 101}\t100\t50\t100\t20\t0\t{(53 * n) % 101}\n"
    for n in range(12)
)


def test_every_rule_is_scored_on_councils_with_an_interval_and_two_halves(tmp_path):
    path = tmp_path / "eu.tsv"
    path.write_text(EU, encoding="utf-8")
    _, rows = backtest_councils(path)
    assert {row.half for row in rows} == {"all", "first half", "second half"}
    assert all(row.low <= row.error <= row.high for row in rows)
    assert all(row.minus_baseline == 0 for row in rows if (row.rule, row.power) == ("weighted_mean", "equal"))


def test_the_rules_give_the_errors_published_with_the_eu_record(record):
    rows = {
        (row.rule, row.power): row for row in council_scores(read_councils(record / "deu3.tsv"), 1) if row.half == "all"
    }
    assert rows["weighted_mean", "equal"].n == 353
    assert rows["weighted_mean", "equal"].error == pytest.approx(23.68, abs=0.006)
    assert rows["weighted_mean", "weights"].error == pytest.approx(23.22, abs=0.006)
    assert rows["plain mean", "equal"].error == pytest.approx(23.71, abs=0.006)
    assert rows["constant 50", "equal"].error == pytest.approx(28.02, abs=0.006)
    assert 27.4 < rows["weighted_median", "weights"].error < rows["weighted_median", "equal"].error < 28.5
