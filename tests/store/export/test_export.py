"""A run leaves for other programs whole: the same numbers in every form,
and nothing that a spreadsheet would compute.
"""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from openpyxl import load_workbook
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.store.export.files import write_csv_table, write_excel
from ripeness.store.export.frames import experiments_frame, outcomes_frame
from ripeness.world.fault import Fault


@pytest.fixture(scope="module")
def result():
    return ripeness.run("japan-1945", draws=64, horizon=4)


@pytest.fixture(scope="module")
def kept(result, tmp_path_factory):
    return result.keep(tmp_path_factory.mktemp("shelf"))


@pytest.fixture(scope="module")
def files(kept, tmp_path_factory):
    place = tmp_path_factory.mktemp("out")
    names = ("c.csv", "c.parquet", "c.xlsx", "c.nc", "c.svg", "c.png", "c.json")
    return {path.suffix: path for path in ripeness.export(kept, *(place / name for name in names))}


def test_csv_excel_and_parquet_hold_the_same_chances_as_the_answer(result, files):
    tables = [pd.read_csv(files[".csv"]), pd.read_parquet(files[".parquet"]), pd.read_excel(files[".xlsx"], "chances")]
    for table in tables:
        np.testing.assert_allclose(table["p"], tables[0]["p"], rtol=1e-12)
    last = tables[0][tables[0]["month"] == 4].groupby("outcome")["p"].sum()
    assert last.sum() == pytest.approx(1)
    still = next(one.p for one in result.forecast.outcomes if one.outcome == "fighting" and one.month == 4)
    assert last["fighting"] == pytest.approx(still)


def test_a_workbook_tells_what_was_run_and_a_parquet_file_does_too(files):
    about = pd.read_excel(files[".xlsx"], "about", index_col="what")["value"]
    assert about["case"] == "japan-1945"
    assert load_workbook(files[".xlsx"]).sheetnames == ["about", "chances", "blend", "numbers", "outcomes"]
    from pyarrow import parquet

    assert parquet.read_schema(files[".parquet"]).metadata[b"ripeness.case"] == b"japan-1945"


def test_netcdf_and_pictures_open(files):
    with xr.open_dataset(files[".nc"], engine="h5netcdf") as data:
        assert data.sizes["run"] == 64
    assert files[".svg"].read_text().startswith("<svg")
    assert files[".png"].read_bytes().startswith(b"\x89PNG")
    assert "vega-lite" in json.loads(files[".json"].read_text())["$schema"]


def test_the_picture_of_a_kept_run_is_that_of_the_run(result, files):
    assert json.loads(files[".json"].read_text()) == json.loads(json.dumps(result.plot().to_dict()))


def test_experiments_and_outcomes_have_a_row_a_run_and_the_numbers_that_were_drawn(result):
    drawn, ended = experiments_frame(result.dataset, {}), outcomes_frame(result.dataset, {})
    assert len(drawn) == len(ended) == 64
    assert list(drawn.columns[-3:]) == ["scenario", "policy", "model"]
    assert len(drawn[list(result.ensemble.input_names)].drop_duplicates()) == result.ensemble.design.points
    assert set(ended["ending"]) <= {"fighting", "settlement", "frozen"} | {
        one for one in ended["ending"] if one.startswith(("victory", "collapse"))
    }
    assert ended["deaths:japan"].gt(0).all()


def test_the_tables_are_those_that_exploratory_modelling_reads(result):
    from ema_workbench.analysis import feature_scoring

    drawn, ended = experiments_frame(result.dataset, {}), outcomes_frame(result.dataset, {})
    spread = [name for name in result.ensemble.input_names if np.ptp(drawn[name]) > 0][:5]
    scores = feature_scoring.get_ex_feature_scores(
        drawn[spread],
        ended["deaths:japan"].to_numpy(),
        nr_trees=60,
        max_features=1.0,
        mode=feature_scoring.RuleInductionType.REGRESSION,
        random_state=1,
    )[0]
    assert len(scores) == len(spread)


def test_a_formula_in_a_cell_stays_a_word(tmp_path):
    evil = pd.DataFrame({"=name": ["=1+1", "@SUM(A1)", "fine"], "p": [-0.5, 0.25, float("nan")]})
    write_csv_table(tmp_path / "a.csv", evil)
    assert (tmp_path / "a.csv").read_text().splitlines() == ["'=name,p", "'=1+1,-0.5", "'@SUM(A1),0.25", "fine,"]
    write_excel(tmp_path / "a.xlsx", {"sheet": evil})
    cells = list(load_workbook(tmp_path / "a.xlsx")["sheet"].iter_rows())
    assert [row[0].data_type for row in cells] == ["s"] * 4
    assert [row[0].value for row in cells] == ["=name", "=1+1", "@SUM(A1)", "fine"]
    assert cells[3][1].value is None


def test_a_table_too_large_for_a_spreadsheet_is_refused_with_another_way(tmp_path):
    with pytest.raises(Fault, match="parquet"):
        write_excel(tmp_path / "a.xlsx", {"experiments": pd.DataFrame(np.zeros((1, 20_000)))})
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("file", "table", "said"),
    [
        ("a.docx", None, r"\.csv, \.parquet"),
        ("a.csv", "outcome", "did you mean 'outcomes'"),
        ("a.nc", "chances", "everything"),
    ],
)
def test_a_form_or_a_table_that_there_is_not_is_refused_before_anything_is_run(tmp_path, file, table, said):
    with pytest.raises(Fault, match=said):
        ripeness.export("japan-1945", tmp_path / file, table=table)


def test_the_command_line_exports_a_case_and_names_the_files(tmp_path):
    asked = [
        "export",
        "japan-1945",
        str(tmp_path / "e.parquet"),
        "--table",
        "experiments",
        "--draws",
        "16",
        "--horizon",
        "2",
    ]
    done = CliRunner().invoke(app, asked)
    assert done.exit_code == 0, done.output
    assert done.stdout.strip() == str(tmp_path / "e.parquet")
    assert len(pd.read_parquet(tmp_path / "e.parquet")) == 16
