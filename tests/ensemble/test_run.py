"""An ensemble is the same bits however it is fought, and its parts are its own."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.ensemble.single import single
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.world.fault import Fault
from ripeness.world.outcome import WAYS

DRAWS, HORIZON = 600, 12


@pytest.fixture(scope="module")
def valley():
    return read_text(template("minimal")).scenario


@pytest.fixture(scope="module")
def whole(valley):
    return run(valley, Design(draws=DRAWS, horizon=HORIZON, kept=100, workers=1))


def same(one, other, runs=DRAWS, kept=100):
    for mine, theirs, many in ((one.results, other.results, runs), (one.album, other.album, kept)):
        assert list(mine) == list(theirs)
        for name in mine:
            assert np.array_equal(mine[name][..., :many], theirs[name][..., :many], equal_nan=True), name


@pytest.mark.parametrize(("chunk", "workers"), [(64, 1), (500, 2), (37, 2), (2048, 2)])
def test_any_chunk_size_and_any_number_of_workers_give_the_same_bits(valley, whole, chunk, workers):
    other = run(valley, Design(draws=DRAWS, horizon=HORIZON, kept=100, chunk=chunk, workers=workers))
    same(whole, other)
    assert np.array_equal(whole.inputs, other.inputs)


def test_more_draws_leave_the_first_ones_as_they_were(valley, whole):
    same(run(valley, Design(draws=203, horizon=HORIZON, kept=100)), whole, runs=203)


def test_another_seed_is_another_ensemble(valley, whole):
    other = run(valley, Design(draws=DRAWS, seed=2, horizon=HORIZON))
    assert not np.array_equal(other.months, whole.months)


def test_one_draw_fought_alone_is_the_draw_of_the_ensemble(valley, whole):
    for draw in (0, 7, 99):
        course = single(valley, draw, whole.design)
        assert float(course.results["code"]) == whole.code[draw]
        for name, pages in whole.album.items():
            assert np.array_equal(course.album[name].astype(np.float32), pages[..., draw], equal_nan=True), name


def test_runs_of_a_point_share_their_inputs_and_differ_in_luck(whole):
    inside = whole.album["front"][0][:8]
    assert len(set(inside.tolist())) == 1
    assert len(set(whole.album["front"][1][:8].tolist())) > 1
    assert whole.inputs.shape == (len(whole.input_names), 75)


def test_every_run_has_a_result(whole):
    for name, values in whole.results.items():
        if name not in {"renewed_month", "truce_first"}:
            assert not np.isnan(values).any(), name
    assert set(np.unique(whole.code)) <= set(range(WAYS + 1))
    assert ((whole.months > 0) & (whole.months <= HORIZON)).all()


def test_an_override_by_point_reaches_the_runs_of_that_point(valley):
    held = np.linspace(0.2, 0.8, 4)
    ensemble = run(valley, Design(draws=32, horizon=1), overrides={"stake.held": held})
    at_start = 1 / (1 + np.exp(-ensemble.album["front"][0]))
    assert np.allclose(at_start, np.repeat(held, 8), atol=1e-6)
    assert np.allclose(ensemble.inputs[ensemble.input_names.index("stake.held")], held, atol=1e-6)


def test_with_chance_off_runs_of_a_point_are_one_war(valley):
    ensemble = run(valley, Design(draws=16, horizon=HORIZON), quiet=True)
    assert len(set(ensemble.results["deaths"][0][:8].tolist())) == 1


def test_a_cut_link_changes_the_war_and_an_unknown_one_is_refused_with_the_nearest(valley, whole):
    cut = run(valley, Design(draws=DRAWS, horizon=HORIZON, kept=100), cuts=["effort->strength"])
    assert not np.array_equal(cut.results["deaths"], whole.results["deaths"])
    with pytest.raises(Fault, match="did you mean 'effort->strength'"):
        run(valley, cuts=["efort->strength"])


def test_an_unknown_path_is_refused_with_the_nearest(valley):
    with pytest.raises(Fault, match=r"stake\.held"):
        run(valley, overrides={"stake.hold": 0.5})


def test_progress_ends_with_all_runs_done(valley):
    told = []
    run(valley, Design(draws=100, horizon=1, chunk=10), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (100, 100)


def test_powers_of_a_stated_concentration_sum_to_one_and_keep_their_means(valley):
    text = template("minimal").replace("    regime: autocracy", "    power: 40\n    regime: autocracy")
    ensemble = run(read_text(text).scenario, Design(draws=4000, per_point=1, horizon=1, kept=4000))
    power = ensemble.album["north.power"][0]
    assert np.allclose(power.sum(axis=0), 1, atol=1e-5)
    assert abs(power[0].mean() - 0.45) < 0.02
    assert abs(power[0].var() - 0.45 * 0.55 / 41) < 0.003


def test_stopping_in_the_middle_starts_no_further_chunk(valley):
    begun = []

    def watch(number, situation, place):
        begun.append(situation.shared.run_ids[0])
        if len(set(begun)) > 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(valley, Design(draws=10_000, horizon=3, chunk=20, kept=0, workers=2), watch=watch)
    assert len(set(begun)) < 40
