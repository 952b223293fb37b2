"""Calibration: likelihoods follow the runs, searches repeat and resume,
and what the record cannot know stays unknown.
"""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import numpy as np
import pytest
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.scenario.model_parameters import default_parameters, parameter_basis, parameter_names
from ripeness.scenario.parameter_points import shipped_points
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.store.atomic_write import make_folder
from ripeness.validation.calibrate import kept_rounds, measure
from ripeness.validation.calibrate.competing_risks import simulate_ends
from ripeness.validation.calibrate.emulator import fit_surface, sample
from ripeness.validation.calibrate.likelihood import end_month, log_likelihoods
from ripeness.validation.calibrate.pareto import pareto_k, truncate_weights
from ripeness.validation.calibrate.posterior import SHIPPED, UNITARY, contraction, load, posterior_of, save
from ripeness.validation.calibrate.prior import parameter_prior
from ripeness.validation.calibrate.rounds import Round
from ripeness.validation.calibrate.search import search
from ripeness.validation.calibrate.ship import (
    FRAILTY,
    HIDDEN,
    SHIPPED_LAWS,
    WITH_CEASEFIRES,
    points_to_ship,
    predictive_defaults,
)
from ripeness.validation.calibrate.simulated_wars import simulate_kind
from ripeness.validation.history.wars import read_record
from ripeness.validation.verbs.calibrate import calibrate
from ripeness.world.fault import Fault
from ripeness.world.outcome import FROZEN, SETTLEMENT

SMALL = {"points": 20, "rounds": 2, "runs_per_war": 1}
KIND = (True, "collective", "accountable")


@pytest.fixture(scope="module")
def fought():
    values = parameter_prior().values(parameter_prior().draw(1, 0, 6))
    return values, simulate_kind(KIND, values, 30, 1)


def test_runs_of_a_point_stand_beside_each_other_and_losses_grow(fought):
    _, runs = fought
    assert runs.code.shape == (6 * 30,)
    seen = runs.at[:, 0][:, runs.months > 12]
    assert (np.diff(seen, axis=0) >= 0).all()


def test_a_settlement_beyond_the_band_is_recorded_as_a_win_and_a_freeze_as_a_draw(fought):
    values, runs = fought
    found = measure.recorded_outcome(runs, values)
    band = np.repeat(values["band_after"], runs.per_point)
    settled = runs.code == SETTLEMENT
    assert (found[settled & (runs.share > 0.5 + band)] == measure.FIRST_WINS).all()
    assert (found[settled & (np.abs(runs.share - 0.5) < band)] == measure.DRAW).all()
    assert (found[runs.code == FROZEN] == measure.DRAW).all()


def test_chances_of_exits_lie_between_nought_and_one_and_grow_with_defeat(fought):
    values, runs = fought
    chance = measure.leader_exit_chance(runs, values)
    assert ((chance >= 0) & (chance <= 1)).all()
    lost, won = chance[0][runs.share < 0.2], chance[0][runs.share > 0.8]
    assert lost.mean() > won.mean()


def test_a_control_changes_no_run():
    values = parameter_prior().values(parameter_prior().draw(1, 0, 4))
    other = values | {name: values[name] * 1.5 for name in parameter_prior().controls}
    one, two = (simulate_kind(KIND, some, 20, 1) for some in (values, other))
    np.testing.assert_array_equal(one.code, two.code)
    np.testing.assert_array_equal(one.losses, two.losses)


MOMENTS = (0, 2, 5, 11, 23)


@pytest.fixture(scope="module")
def ends():
    """The same wars twice: let end by draws, and followed past every draw."""
    values = parameter_prior().values(np.zeros((1, len(parameter_prior().names))))
    return values, simulate_kind(KIND, values, 2000, 3), simulate_ends(KIND, values, 2000, 4, MOMENTS, 71)


def close(shares, mean, others=0.0):
    """Whether a mean of counts agrees with one of probabilities, to four standard errors."""
    error = np.sqrt(mean * (1 - mean) / len(shares) + others)
    return abs(shares.mean() - mean) < 4 * error


def test_runs_that_no_draw_ends_give_the_ends_that_draws_count(ends):
    values, counted, followed = ends
    outcome = measure.recorded_outcome(counted, values)
    ended = counted.code > 0
    for n, row in enumerate(followed.classes):
        assert close(ended & (outcome == n), row.mean(), row.var() / row.size)
    for n, row in enumerate(followed.channels):
        assert close(measure.channel(counted.code) == n, row.mean(), row.var() / row.size)
    for moment, month in enumerate(MOMENTS):
        by_run = followed.ways[moment].sum(axis=0)
        in_month = ended & (counted.months > month) & (counted.months <= month + 1)
        assert close(in_month, by_run.mean(), by_run.var() / by_run.size), month


def test_a_run_that_is_followed_says_more_than_one_that_a_draw_ends(ends):
    _, _, followed = ends
    by_run = followed.ways[2].sum(axis=0)
    assert by_run.var() < 0.5 * by_run.mean() * (1 - by_run.mean())


def test_noise_of_a_likelihood_is_what_other_random_numbers_change(war_files):
    wars = [war for war in read_record(*war_files).wars if war.recent][:4]
    values = parameter_prior().values(np.zeros((24, len(parameter_prior().names))))
    kinds = {war.kind for war in wars}
    moments = sorted({end_month(war) for war in wars})
    told = log_likelihoods({kind: simulate_ends(kind, values, 60, 1, moments, 71) for kind in kinds}, values, wars)
    assert told.wars.sum(axis=1).std() == pytest.approx(np.median(told.noise), rel=0.6)


def test_a_war_without_an_outcome_says_nothing(war_files):
    wars = read_record(*war_files).wars
    blind = [replace(wars[0], outcome=""), *wars[1:3]]
    values = parameter_prior().values(np.zeros((3, len(parameter_prior().names))))
    moments = sorted({end_month(war) for war in blind})
    told = log_likelihoods(
        {war.kind: simulate_ends(war.kind, values, 30, 1, moments, 71) for war in blind}, values, blind
    )
    assert (told.wars[:, 0] == 0).all()
    assert (told.wars[:, 1:] != 0).all()


def test_a_surface_finds_a_hill_through_noise_and_samples_around_its_top():
    draw = np.random.Generator(np.random.Philox(key=1))
    scores = draw.standard_normal((500, 4))
    top = np.array([1.0, -1.0, 0.0, 0.0])
    hill = -4 * (scores[:, 0] - top[0]) ** 2 - 4 * (scores[:, 1] - top[1]) ** 2
    surface = fit_surface(scores, hill + draw.normal(0, 1, 500))
    found = sample(surface, 200, 1.0, 1, draw.standard_normal((200, 4)))
    wanted = top * 8 / 9  # the prior's pull of 1 against the hill's 8
    np.testing.assert_allclose(found.mean(axis=0), wanted, atol=0.2)
    assert found[:, 2].std() == pytest.approx(1, abs=0.25)
    assert found[:, 0].std() < 0.5


def test_heavy_tails_have_a_large_pareto_k_and_light_ones_a_small():
    draw = np.random.Generator(np.random.Philox(key=1))
    assert pareto_k(draw.normal(0, 0.3, 2000)) < 0.5
    assert pareto_k(draw.exponential(1.2, 2000)) > 0.7


def test_capped_weights_still_sum_to_one():
    plain = np.exp(np.array([0.0, 3.0, 0.0, 0.0]))
    found = np.exp(truncate_weights(np.log(plain)))
    assert found.sum() == pytest.approx(1)
    assert found.max() < plain.max() / plain.sum()


def test_the_same_seed_gives_the_same_fit_and_a_broken_search_goes_on(war_files, tmp_path):
    wars = read_record(*war_files).wars[:4]
    whole = search(wars, 1, **SMALL, keep=tmp_path / "a")
    search(wars, 1, points=20, rounds=1, runs_per_war=1, keep=tmp_path / "b")
    resumed = search(wars, 1, **SMALL, keep=tmp_path / "b")
    np.testing.assert_array_equal(whole.scores, resumed.scores)
    np.testing.assert_array_equal(whole.wars, resumed.wars)


@pytest.mark.slow
@pytest.mark.usefixtures("quiet_cluster")
@pytest.mark.filterwarnings("ignore")
def test_a_search_that_threads_began_goes_on_on_a_cluster_with_the_same_bits(war_files, tmp_path):
    distributed = pytest.importorskip("distributed")
    small = {"seed": 1, "points": 20, "runs_per_war": 1}
    on_threads = calibrate(*war_files, **small, rounds=2, keep=tmp_path / "a").fits[0]
    calibrate(*war_files, **small, rounds=1, keep=tmp_path / "b")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        on_cluster = calibrate(
            *war_files, **small, rounds=2, keep=tmp_path / "b", scheduler=cluster.scheduler_address
        ).fits[0]
    np.testing.assert_array_equal(on_threads.scores, on_cluster.scores)
    np.testing.assert_array_equal(on_threads.wars, on_cluster.wars)
    np.testing.assert_array_equal(on_threads.log_weight, on_cluster.log_weight)


def test_a_kept_round_of_another_search_is_refused(war_files, tmp_path):
    wars = read_record(*war_files).wars[:3]
    search(wars, 1, points=20, rounds=1, runs_per_war=1, keep=tmp_path)
    with pytest.raises(Fault, match="belongs to another search"):
        search(wars, 2, points=20, rounds=1, runs_per_war=1, keep=tmp_path)


def test_nothing_to_calibrate_on_is_a_fault(war_files):
    wars = [replace(war, outcome="") for war in read_record(*war_files).wars]
    with pytest.raises(Fault, match="nothing to calibrate on"):
        search(wars, 1, **SMALL)


def test_what_the_points_are_worth_is_told_by_simulated_likelihood(war_files, tmp_path):
    """A surface through few noisy likelihoods is not the likelihood: its points are worth what their ancestors are."""
    wars = read_record(*war_files).wars[:6]
    fit = search(wars, 1, **SMALL)
    assert 1 <= fit.ancestors <= SMALL["points"]
    assert 1 <= fit.effective <= fit.ancestors + 1e-9
    assert f"worth {fit.effective:.0f}, of {fit.ancestors} ancestors" in repr(fit)
    kept = posterior_of(fit)
    save(kept, tmp_path / "fit.npz")
    assert load(tmp_path / "fit.npz").effective == pytest.approx(kept.effective, rel=1e-3)


def test_a_posterior_is_kept_and_read_again(tmp_path):
    shipped = load()
    save(shipped, tmp_path / "fit.npz")
    again = load(tmp_path / "fit.npz")
    np.testing.assert_allclose(again.weight, shipped.weight, rtol=1e-5)
    assert again.numbers == shipped.numbers


def test_a_file_that_is_no_fit_is_a_fault(tmp_path):
    (tmp_path / "fit.npz").write_text("no", encoding="utf-8")
    with pytest.raises(Fault, match="not a file of fitted laws"):
        load(tmp_path / "fit.npz")


def test_every_law_of_the_shipped_fit_is_wider_than_a_point():
    for one in contraction(load()):
        assert one.after[0] < one.after[1] < one.after[2], one


@pytest.mark.parametrize("name", [SHIPPED, UNITARY])
def test_controls_shrink_by_what_the_page_calls_nothing_and_hazards_by_more(name, root):
    fit = contraction(load(shipped=name))
    page = (root / "docs" / "textbook" / "calibration.md").read_text(encoding="utf-8")
    nothing = float(re.search(r"a contraction below about (\.\d+) means nothing", page)[1])
    for one in fit:
        if one.control:
            assert abs(one.contraction) < nothing, one
            assert abs(one.shift) < 0.5, one
        if one.name in ("settle", "freeze", "lethality", "removal"):
            assert one.contraction > nothing, one


def test_the_shipped_laws_that_say_they_are_fitted_carry_the_shipped_fit():
    fitted = {name for name in parameter_names() if "fitted on 57 wars" in parameter_basis(name)}
    assert fitted == set(SHIPPED_LAWS)
    fit = {one.name: one for one in contraction(load())}
    for name in fitted - {HIDDEN, FRAILTY}:
        factor = WITH_CEASEFIRES.get(name, 1.0)
        shown = default_parameters()[name].interval()  # of the points as the typical war weighs them
        low, middle, high = (value / factor for value in shown)
        assert fit[name].after[0] < middle < fit[name].after[2], name
        assert low < fit[name].after[1] < high, name
        said = float(re.search(r"contraction (-?\d*\.\d+)", parameter_basis(name))[1])
        assert said == pytest.approx(fit[name].contraction, abs=0.006), name


def test_the_ranges_of_fitted_laws_are_the_marginals_of_the_shipped_points():
    points = shipped_points()
    for name, row in zip(points.names, points.values, strict=True):
        order = np.argsort(row)
        mass = (np.cumsum(points.weight[order]) - points.weight[order] / 2) / points.weight.sum()
        marginal = np.interp((0.05, 0.5, 0.95), mass, row[order])
        assert default_parameters()[name].interval() == pytest.approx(marginal, rel=0.04, abs=0.005), name


def test_the_shipped_points_are_those_of_the_shipped_fit():
    again = points_to_ship(load(), "again", int(shipped_points().provenance["seed"]))
    np.testing.assert_allclose(again.values, shipped_points().values, rtol=1e-4)


def test_defaults_for_what_no_number_of_a_war_shows_are_what_the_fit_predicts():
    conduct = read_text(template("minimal")).scenario.polities["north"].conduct
    for name, (low, middle, high) in predictive_defaults(load()).items():
        number = getattr(conduct, name)
        assert number.interval() == pytest.approx((low, middle, high), rel=0.06, abs=0.01), name


def test_taking_out_a_war_that_never_was_in_changes_nothing():
    shipped = load()
    np.testing.assert_allclose(shipped.without([-1]), shipped.weight, rtol=1e-9)
    assert not np.allclose(shipped.without(shipped.numbers[:1]), shipped.weight, rtol=1e-3)


def test_laws_for_sides_of_one_person_are_fitted_and_shown_too(war_files):
    found = calibrate(*war_files, points=20, rounds=1, runs_per_war=1, unitary=True)
    apart = calibrate(*war_files, points=20, rounds=1, runs_per_war=1)
    assert not np.array_equal(found.fits[0].wars, apart.fits[0].wars)
    assert calibrate(unitary=True).posterior.numbers == calibrate().posterior.numbers
    assert not np.array_equal(calibrate(unitary=True).posterior.scores, calibrate().posterior.scores)


def test_replicates_are_searches_with_seeds_of_their_own(war_files):
    found = calibrate(*war_files, points=20, rounds=1, runs_per_war=1, replicates=2)
    assert found.seeds == (1, 2)
    assert not np.array_equal(found.fits[0].scores, found.fits[1].scores)
    assert len(posterior_of(found.fits[0]).scores) == len(found.fits[0].scores)


def test_the_command_shows_before_after_and_contraction():
    run = CliRunner().invoke(app, ["calibrate"], env={"COLUMNS": "100"})
    assert run.exit_code == 0, run.output
    assert "contraction" in run.stdout
    assert "(control)" in run.stdout


@pytest.mark.parametrize(("flag", "value"), [("--points", "3"), ("--rounds", "0"), ("--replicates", "99")])
def test_numbers_that_make_no_sense_are_faults(war_files, flag, value):
    with pytest.raises(Fault, match="it can be"):
        CliRunner().invoke(app, ["calibrate", "--wars", str(war_files[0]), flag, value], catch_exceptions=False)


def test_the_page_gives_the_worth_of_the_shipped_points(root):
    worth = {name: f"{load(shipped=name).effective:.0f}" for name in (SHIPPED, UNITARY)}
    page = (root / "docs" / "textbook" / "calibration.md").read_text(encoding="utf-8")
    assert f"**{worth[SHIPPED]}** ({worth[UNITARY]} for unitary polities)" in page


def damaged(raw):
    """Every way in which a file of arrays was seen to be wrong."""
    middle = len(raw) // 2
    yield from (b"", b"not arrays", raw[:middle], raw[:-30], raw[:middle] + b"\xff" * 40 + raw[middle + 40 :])
    with np.load(BytesIO(raw)) as file:
        arrays = dict(file)
    for name, array in arrays.items():
        others = {key: value for key, value in arrays.items() if key != name}
        changes = [np.zeros((3, 3, 3)), np.array([{}], dtype=object)]
        changes += [np.full_like(array, np.nan)] if array.dtype.kind == "f" else []
        for change in [None, *changes]:
            held = BytesIO()
            np.savez(held, **(others if change is None else {**others, name: change}))
            yield held.getvalue()
    yield claiming_more_than_it_has()


def claiming_more_than_it_has():
    held, header = BytesIO(), BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f8", "fortran_order": False, "shape": (10**13,)})
    with zipfile.ZipFile(held, "w") as file:
        for name in ("names", "numbers", "scores", "log_weight", "wars", "mark", "channels"):
            file.writestr(f"{name}.npy", header.getvalue())
    return held.getvalue()


def test_a_damaged_file_of_laws_is_a_fault(tmp_path):
    save(load(), tmp_path / "laws.npz")
    for raw in damaged((tmp_path / "laws.npz").read_bytes()):
        (tmp_path / "bad.npz").write_bytes(raw)
        with pytest.raises(Fault, match="bad.npz"):
            load(tmp_path / "bad.npz")


def test_a_damaged_round_of_a_search_is_a_fault(tmp_path):
    kept = Round(np.zeros((4, 2)), np.zeros((4, 3)), np.zeros(4), np.zeros(4))
    kept_rounds.write_round(tmp_path, "round-1", "mark", kept)
    again = kept_rounds.read_round(tmp_path, "round-1", "mark")
    for name in ("scores", "wars", "channels", "noise"):
        np.testing.assert_array_equal(getattr(again, name), getattr(kept, name))
    path = tmp_path / "round-1.npz"
    for raw in damaged(path.read_bytes()):
        path.write_bytes(raw)
        with pytest.raises(Fault, match="round-1.npz"):
            kept_rounds.read_round(tmp_path, "round-1", "mark")


def test_a_folder_of_rounds_that_cannot_be_made_is_a_fault_before_the_search(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(Fault, match="cannot be made"):
        make_folder(tmp_path / "file" / "rounds")
