"""The whole answer of `ripeness infer`: what it holds, that it repeats, and what it is written out as."""

from __future__ import annotations

import json
import warnings

import numpy as np
import pytest
import xarray as xr

from ripeness.show.who_decides_tables import tables
from ripeness.workbench.infer import infer
from ripeness.world.fault import Fault

QUICK = {"polities": ["japan"], "particles": 100, "repeats": 3, "known": True}


@pytest.fixture(scope="module")
def found():
    return infer("japan-1945", **QUICK)


def test_shares_add_up_and_lie_inside_their_intervals(found):
    for date in {row.date for row in found.found.power}:
        rows = [row for row in found.found.power if row.date == date]
        assert sum(row.mean for row in rows) == pytest.approx(1, abs=1e-6)
        assert all(row.low <= row.mean <= row.high for row in rows)
    assert str(found.scenario.start) in {row.date for row in found.found.power}


def test_weights_of_readings_add_up_before_and_after(found):
    assert sum(row.weight for row in found.found.readings) == pytest.approx(1)
    assert sum(row.prior for row in found.found.readings) == pytest.approx(1)
    classes = {row.kind for row in found.found.readings}
    for kind in classes:
        assert sum(row.prior for row in found.found.readings if row.kind == kind) == pytest.approx(1 / len(classes))


def test_json_has_the_promised_keys_and_no_nan(found):
    plain = json.loads(json.dumps(found.plain(), allow_nan=False))
    assert {"polity", "faction", "date", "mean", "low", "high", "prior_mean"} <= plain["power"][0].keys()
    assert {"polity", "reading", "log_evidence", "log_evidence_sd", "weight"} <= plain["readings"][0].keys()
    assert {"matrix", "ranking", "identified", "warnings", "seed", "version", "scenario_hash"} <= plain.keys()
    assert len(plain["matrix"][0]["cells"]) == len(plain["readings"])


def test_the_matrix_is_sorted_by_what_tells_readings_apart(found):
    gaps = [row.diagnosticity for row in found.found.matrix]
    assert gaps == sorted(gaps, reverse=True)
    for row in found.found.matrix:
        assert sum(cell.log_ratio for cell in row.cells) == pytest.approx(0, abs=1e-9)


def test_the_same_seed_repeats_the_answer_and_another_does_not(found):
    again, other = infer("japan-1945", **QUICK), infer("japan-1945", seed=2, **QUICK)
    assert again.plain() == found.plain()
    assert other.found.power[0].mean != found.found.power[0].mean


def test_draws_are_written_as_netcdf_and_read_back(found, tmp_path):
    found.save(tmp_path / "draws.nc")
    with xr.open_dataset(tmp_path / "draws.nc", engine="h5netcdf") as data:
        assert data.power.sum("faction").values == pytest.approx(np.ones(data.power.shape[:2]), abs=1e-5)
        assert data.attrs["polity"] == "japan"


def test_arviz_takes_the_draws(found):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        data = found.arviz()
    assert {"posterior", "prior", "log_likelihood"} <= set(data.groups())


@pytest.mark.parametrize("what", ["power", "time", "readings", "matrix"])
def test_every_picture_is_drawn_with_words_for_those_who_cannot_see_it(found, what):
    import vl_convert

    definition = found.plot(what).to_dict()
    assert len(definition["description"]) > 20
    assert vl_convert.vegalite_to_svg(definition).startswith("<svg")


def test_an_unknown_picture_or_polity_is_refused(found):
    with pytest.raises(Fault, match="pictures are power, time, readings, matrix, positions of japan"):
        found.plot("pie")
    with pytest.raises(Fault, match="'japn' is not a polity"):
        infer("japan-1945", polities=["japn"])


def test_the_table_names_every_faction_and_says_what_intervals_hold(found):
    from ripeness.show.forecast_tables import tables_as_text

    text = tables_as_text(tables(found.found, found.names))
    assert all(key in text for key in found.scenario.polities["japan"].factions)
    assert "90 %" in text
    assert max(map(len, text.splitlines())) <= 100


def test_pairs_whose_wishes_crossed_stand_in_the_full_answer():
    options = {"particles": 100, "repeats": 3, "knock_out": False, "knots": 1}
    inferred = infer("ukraine-2023-03", polities=["russia"], **options)
    pair = inferred.plain()["crossings"][0]
    assert {pair["first"], pair["second"]} == {"military", "war-economy"}
    assert {"ru-shells-held", "ru-shells"} <= set(pair["decisions"])
    assert "Wishes that crossed" in inferred.table()
