"""The blend of model and record, and the weights under which runs follow it."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario
from ripeness.study.blend import CLASS_OF_CODE, anchor, blend_probabilities, cell_edges
from ripeness.study.record.classes import CLASSES
from ripeness.study.record.strength import record_strength, record_strengths
from ripeness.world.fault import Fault

ENDS = ("agreement", "ceasefire", "victory", "low_activity", "fighting")


def curve_of(months, pace=0.02, shares=(0.3, 0.2, 0.4, 0.1)):
    """A record whose conflicts end at an even pace, in fixed shares of ends."""
    at = np.asarray(months, dtype=float)
    fighting = np.exp(-pace * at)
    p = np.vstack([np.outer(shares, 1 - fighting), fighting])
    return SimpleNamespace(
        ends=ENDS,
        months=at,
        p=p,
        low=np.maximum(p - 0.04, 0),
        high=np.minimum(p + 0.05, 1),
        n=np.full(p.shape, 90),
    )


@pytest.fixture(scope="module")
def ensemble():
    return run(read_scenario("japan-1945"), Design(draws=4000, kept=0))


def class_shares(ensemble, month, weights):
    code = np.where(ensemble.months <= month, ensemble.code, 0).astype(int)
    return np.bincount(CLASS_OF_CODE[code], weights=weights, minlength=len(CLASSES)) / weights.sum()


@pytest.mark.parametrize("strength", [0.0, 0.3, 0.8, 1.0])
def test_the_blend_lies_between_its_parents_and_sums_to_one_in_every_month(ensemble, strength):
    rows = blend_probabilities(ensemble, curve_of(np.arange(1.0, 37.0)), strength)
    for row in rows:
        assert min(row.model, row.record) <= row.p <= max(row.model, row.record)
        assert 0 <= row.low <= row.p <= row.high <= 1
    for month in range(1, 37):
        assert sum(row.p for row in rows if row.month == month) == pytest.approx(1)


def test_weighted_runs_have_the_probabilities_of_the_blend_where_each_cell_has_runs(ensemble):
    edges = cell_edges(ensemble.horizon, [9.0])
    anchored = anchor(ensemble, curve_of(edges, pace=0.2), 0.5)
    assert not any(anchored.uncarried.values())
    wanted = {(row.outcome, row.month): row.p for row in anchored.rows}
    for month in (9.0, 36.0):
        shares = class_shares(ensemble, month, anchored.weights)
        assert shares == pytest.approx([wanted[name, month] for name in CLASSES], abs=0.01)


def test_no_strength_leaves_all_runs_alike(ensemble):
    anchored = anchor(ensemble, curve_of(cell_edges(ensemble.horizon)), 0.0)
    assert anchored.weights == pytest.approx(np.ones(4000))
    assert anchored.effective == pytest.approx(4000)


def test_within_a_cell_all_runs_count_alike_so_that_nothing_else_of_them_moves(ensemble):
    edges = np.asarray(cell_edges(ensemble.horizon))
    weights = anchor(ensemble, curve_of(edges), 0.7).weights
    cells = CLASS_OF_CODE[ensemble.code.astype(int)] * 100 + np.searchsorted(edges, ensemble.months)
    for cell in np.unique(cells):
        assert np.ptp(weights[cells == cell]) == pytest.approx(0)


def test_what_no_run_can_carry_is_stated(ensemble):
    lacking = SimpleNamespace(
        code=np.full(1000, 5.0), months=np.full(1000, 3.0), point=np.arange(1000), horizon=36.0, elapsed=0.0
    )
    anchored = anchor(lacking, curve_of(cell_edges(36.0)), 0.5)
    record = curve_of([36.0]).p[:, 0]
    assert anchored.uncarried["victory"] == pytest.approx(0.5 * record[2])
    assert anchored.uncarried["fighting"] == pytest.approx(0.5 * record[4])
    assert "'victory', as which no run ends" in " ".join(anchored.warnings)
    assert anchored.weights == pytest.approx(np.ones(1000))


def test_few_effective_runs_are_said(ensemble):
    code, months = np.full(1000, 5.0), np.full(1000, 3.0)
    code[:20] = 0
    months[:20] = 36
    rare = SimpleNamespace(code=code, months=months, point=np.arange(1000), horizon=36.0, elapsed=0.0)
    anchored = anchor(rare, curve_of(cell_edges(36.0), pace=0.001), 1.0)
    assert anchored.effective < 100
    assert f"{anchored.effective:.0f} effective of 1,000" in anchored.warnings[0]


def test_weighted_runs_that_stay_far_from_the_blend_in_some_month_are_said():
    late = SimpleNamespace(
        code=np.array([5.0, 0.0] * 500),
        months=np.array([30.0, 36.0] * 500),
        point=np.arange(1000),
        horizon=36.0,
        elapsed=0,
    )
    anchored = anchor(late, curve_of(cell_edges(36.0), pace=0.1), 0.8)
    assert anchored.gap.outcome == "fighting"
    assert anchored.gap.runs > anchored.gap.blend + 0.3
    wanted = {(row.outcome, row.month): row.p for row in anchored.rows}
    assert wanted["fighting", anchored.gap.month] == pytest.approx(anchored.gap.blend)
    assert f"by month {anchored.gap.month:g} the weighted runs have 100 % 'fighting'" in anchored.warnings[-1]


def test_few_draws_are_said_without_blaming_the_weights(ensemble):
    even = SimpleNamespace(
        code=np.array([0.0, 5.0] * 32), months=np.full(64, 3.0), point=np.arange(64), horizon=36.0, elapsed=0.0
    )
    (said, *_) = anchor(even, curve_of(cell_edges(36.0)), 0.0).warnings
    assert "64 effective of 64; more draws are needed" in said


def test_cells_are_cut_at_the_months_of_a_question():
    assert cell_edges(60, [18, 60, 0]) == (1, 3, 6, 12, 18, 24, 48, 60)


def test_every_kind_of_conflict_has_a_strength_and_says_what_it_rests_on():
    for kind in ("interstate", "intrastate", "internationalised"):
        strength = record_strength(kind)
        assert strength.low <= strength.strength <= strength.high
        assert strength.basis in {"learnt", "prior"}
        assert strength.source
    assert set(record_strengths()) == {"interstate", "intrastate", "internationalised"}
    with pytest.raises(Fault, match="kinds are"):
        record_strength("colonial")
