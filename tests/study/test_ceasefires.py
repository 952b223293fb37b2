"""What a forecast says of ceasefires adds up, and is silent where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.show.ceasefire_tables import ceasefire_tables
from ripeness.show.charts.ceasefires import ceasefire_areas
from ripeness.show.table import layout
from ripeness.study.ceasefires import ceasefire_forecast
from ripeness.study.dataset import histories, results
from ripeness.world.ceasefire import KINDS, ceasefire_code

NONE_BEGINS = "laws: {truce_local: 0, truce_humanitarian: 0, truce_preliminary: 0, written: 0}\n"


def ensemble_of(addition=""):
    return run(read_text(template("minimal") + addition).scenario, Design(400, kept=400, horizon=24))


@pytest.fixture(scope="module")
def usual():
    return ensemble_of()


def test_every_month_is_fought_in_a_ceasefire_or_over(usual):
    for month in ceasefire_forecast(usual).by_month:
        assert month.fought + month.ceasefire + month.over == pytest.approx(1)
        assert min(month.fought, month.ceasefire, month.over) >= 0


def test_kinds_add_up_to_what_has_begun(usual):
    begun = ceasefire_forecast(usual).begun
    assert sum(begun.values()) == pytest.approx(usual.results["truces_begun"].mean(), rel=1e-5)


def test_first_ceasefires_become_more_with_time(usual):
    shares = [onset.share.p for onset in ceasefire_forecast(usual).onset]
    assert shares == sorted(shares)
    assert shares[0] > 0


def test_the_table_has_at_most_six_lines(usual):
    (table,) = ceasefire_tables(ceasefire_forecast(usual))
    assert len(table.rows) <= 6


def test_one_that_begins_beside_the_stated_one_is_not_called_the_first(usual):
    stated = ceasefire_forecast(ensemble_of("ceasefire: {kind: humanitarian, monitored: 0.2, since: 2024-12-01}\n"))
    table = layout(*ceasefire_tables(stated)).to_text(80)
    assert "another begins within 6 months" in table
    assert "A humanitarian one is in force at the start" in table
    assert "100 %" not in table
    assert "a first one begins within 6 months" in layout(*ceasefire_tables(ceasefire_forecast(usual))).to_text(80)


def test_nothing_is_said_where_no_run_sees_one():
    ceasefires = ceasefire_forecast(ensemble_of(NONE_BEGINS))
    assert not ceasefires.seen
    assert ceasefire_tables(ceasefires) == []


def test_results_and_histories_hold_ceasefires(usual):
    data = results(usual)
    assert np.array_equal(data["ceasefires_begun"], usual.results["truces_begun"])
    assert data["first_ceasefire"].isnull().any()
    assert set(np.unique(histories(usual)["truce"].fillna(0))) <= {0.0, 1.0, 2.0, 3.0, 4.0}


def test_codes_of_kinds_are_their_places():
    assert [ceasefire_code(kind) for kind in ("none", *KINDS)] == [0, 1, 2, 3, 4]


def test_the_picture_stacks_every_month_to_the_whole(usual):
    chart = ceasefire_areas(ceasefire_forecast(usual).by_month, "A war", usual.scenario.start).to_dict()
    (rows,) = (part for part in chart["datasets"].values() if "high" in part[0])
    tops = {row["when"]: row["high"] for row in rows if row["state"] == "fought"}
    assert set(tops.values()) == {1.0}
    assert any(row["high"] > row["low"] for row in rows if row["state"] == "in a ceasefire")
