"""Versions side by side: each stands there with the very answer that it gives when it is run alone."""

from __future__ import annotations

from math import isnan

import pytest

import ripeness
from ripeness.show.forecast_tables import side_by_side
from ripeness.study.record.classes import CLASS_OF_OUTCOME
from ripeness.workbench.chance_by import outcome_chances

CASE = "japan-1945"


@pytest.fixture(scope="module")
def result():
    return ripeness.run(CASE, draws=2_000, horizon=24)


def test_outcomes_by_a_month_are_the_classes_of_the_blend_and_add_up(result):
    rows = outcome_chances(result.ensemble, result.weigh, 12)
    for of_class in (row for row in result.blend if row.month == 12):
        parts = [row.p for row in rows if CLASS_OF_OUTCOME[row.outcome] == of_class.outcome]
        assert sum(parts) == pytest.approx(of_class.p, abs=1e-12)
    assert sum(row.p for row in rows) == pytest.approx(1, abs=1e-9)
    assert all(row.mc_low <= row.p <= row.mc_high for row in rows)


def test_an_outcome_with_an_owner_is_the_chance_that_is_asked_for_alone(result):
    rows = {(row.outcome, row.polity): row.p for row in result.answered_outcomes}
    for outcome, polity in (("victory", "united-states"), ("collapse", "japan"), ("frozen", None)):
        name = f"{outcome}:{polity}" if polity else outcome
        assert rows[outcome, polity] == pytest.approx(result.p(name, month=result.brief_month), abs=1e-12)


def test_ends_of_a_class_that_no_run_holds_are_not_parted():
    few = ripeness.run("ukraine-2023-03", draws=64, horizon=6)
    rows = outcome_chances(few.ensemble, few.weigh, 3)
    assert not few.ensemble.code[few.ensemble.months <= 3].any()
    assert {row.outcome for row in rows if isnan(row.p)} == {"victory", "collapse", "settlement", "ceasefire"}
    for outcome in ("frozen", "fighting"):
        assert [row.p for row in rows if row.outcome == outcome] == [few.p(outcome, month=3)]


def test_without_a_record_the_outcomes_are_the_models():
    alone = ripeness.run(CASE, draws=400, horizon=12, ignore_record=True)
    rows = [row for row in alone.forecast.merged if row.month == 12]
    for name in ("p", "p_low", "p_high", "mc_low", "mc_high"):
        expected = [getattr(row, name) for row in rows]
        assert [getattr(row, name) for row in alone.answered_outcomes] == pytest.approx(expected, abs=1e-12)


def test_the_first_table_holds_the_answer_and_says_of_which_it_is(result):
    alone = ripeness.run(CASE, draws=400, horizon=24, ignore_record=True)
    both = side_by_side([result.sheet(), result.sheet()], full=False)
    (table,) = both.tables()
    assert table.title == "Side by side, by 1 May 1947, blend of model and past conflicts"
    fighting = next(row for row in table.rows if row.cells[0].text.plain == "still fighting")
    assert fighting.cells[1].numbers[0][1] == pytest.approx(100 * result.summary.shares.of("fighting"))
    titles = [side_by_side([one.sheet(), alone.sheet()]).tables()[0].title for one in (result, alone)]
    assert titles[0].endswith("blend of model and past conflicts where there is one")
    assert titles[1].endswith("the model alone")
