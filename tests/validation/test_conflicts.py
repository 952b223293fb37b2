"""The record of conflicts: read by line, hazards recovered, held out fairly."""

from __future__ import annotations

import csv
import json
import warnings
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.scenario.parameter_points import CIVIL_FILE, read_points, shipped_points
from ripeness.show.forecast_tables import tables_as_text
from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CELLS, TERMS
from ripeness.validation.conflicts.comparison import calibration_bins, clustered_mean, compare_forecasts
from ripeness.validation.conflicts.dyads import NEEDED, ConflictYear, Episode, read_dyads
from ripeness.validation.conflicts.exposure import exposure
from ripeness.validation.conflicts.fitting import exposure_table, fit_hazards
from ripeness.validation.conflicts.held_out import ConflictForecasts
from ripeness.validation.conflicts.landmarks import AHEAD, TABLE_MONTHS, landmarks, log_scores, table_forecasts
from ripeness.validation.conflicts.life_table import life_table
from ripeness.validation.conflicts.shipping import fit_record
from ripeness.validation.show.record_score_tables import comparison_sentence
from ripeness.validation.verbs.backtest_record import backtest_record
from ripeness.world.fault import Fault

ENDED = {"agreement": 1, "ceasefire": 2, "victory": 3, "low_activity": 5}


def dyad_rows(number, start, end, outcome, *, conflict=None, kind=3, intensity=2):
    """The rows of one episode, a calendar year each."""
    rows = []
    for year in range(start.year, end.year + 1):
        is_last = year == end.year
        rows.append(
            {
                "dyad_id": number,
                "dyadepisode": 1,
                "conflict_id": conflict or number,
                "year": year,
                "type_of_conflict": kind,
                "incompatibility": 1 + number % 2,
                "intensity_level": intensity,
                "start_date2": f"{start.month}/{start.day}/{start.year % 100:02d}",
                "dyadterm": float(is_last and outcome is not None),
                "outcome": outcome if is_last and outcome is not None else "",
                "ependdate": f"{end.month}/{end.day}/{end.year % 100:02d}" if is_last and outcome is not None else "",
                "side_a": f"Government of {number}",
                "side_b": f"Front {number}",
            }
        )
    return rows


def write_dyads(path, rows, columns=(*NEEDED, "side_a", "side_b")):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def synthetic(count, rate, seed=3):
    """Episodes whose ends have constant hazards, `rate` a month each, of two kinds."""
    generator = np.random.default_rng(seed)
    rows = []
    for number in range(1, count + 1):
        start = date(1950, 1, 1) + timedelta(days=int(generator.integers(0, 20_000)))
        months = generator.exponential(1 / (len(CAUSES) * rate))
        end = start + timedelta(days=int(months * 30.4375))
        outcome = ENDED[CAUSES[generator.integers(0, len(CAUSES))]]
        if end > date(2020, 12, 31):
            end, outcome = date(2020, 12, 31), None
        rows += dyad_rows(number, start, end, outcome, conflict=1 + number // 2, kind=3 + number % 2)
    return rows


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write_dyads(tmp_path_factory.mktemp("conflicts") / "dyads.csv", synthetic(90, 0.01))


def test_an_episode_is_read_from_its_rows(tmp_path):
    rows = dyad_rows(7, date(1948, 12, 31), date(1950, 3, 1), 1) + dyad_rows(
        8, date(1949, 5, 1), date(1951, 1, 1), None, conflict=7
    )
    first, second = read_dyads(write_dyads(tmp_path / "dyads.csv", rows))
    assert (first.first, first.last, first.end, first.days) == (date(1948, 12, 31), date(1950, 3, 1), "agreement", 426)
    assert (second.end, second.last) == ("", date(1951, 12, 31))
    assert [first.years[year].parties for year in (1948, 1949, 1950)] == [0, 1, 1]


def test_two_figures_of_a_year_belong_to_the_nearest_century(tmp_path):
    rows = dyad_rows(7, date(1999, 12, 31), date(2001, 2, 3), 4)
    (episode,) = read_dyads(write_dyads(tmp_path / "dyads.csv", rows))
    assert (episode.first.year, episode.last.year, episode.end) == (1999, 2001, "victory")


def test_a_party_that_ceases_to_exist_is_followed_to_that_day_alone(tmp_path):
    (episode,) = read_dyads(write_dyads(tmp_path / "d.csv", dyad_rows(7, date(1960, 1, 1), date(1961, 1, 1), 6)))
    assert (episode.end, episode.last) == ("", date(1961, 1, 1))


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("outcome", "9", "'9' is not a code"),
        ("type_of_conflict", "x", "type_of_conflict"),
        ("start_date2", "13/45/50", "is not a day"),
        ("start_date2", "", "is missing"),
        ("year", "", "a whole number is missing"),
        ("intensity_level", "", "is not a code"),
        ("year", "3000", "is not a whole number from 1,800 to 2,100"),
        ("dyadterm", "7", "'7' is not a code; codes are 0, 1"),
        ("start_date2", "2015-01-01", "begins on 2015-01-01, and its first row is of 1961"),
        ("start_date2", "1500-01-01", "begins on 1500-01-01, and its first row is of 1961"),
        ("ependdate", "6/1/99", "ends on 1999-06-01, and its last row is of 1961"),
        ("ependdate", "1930-06-01", "ends on 1930-06-01, and its last row is of 1961"),
    ],
)
def test_a_bad_cell_is_a_fault_at_its_line(tmp_path, column, value, words):
    rows = dyad_rows(7, date(1960, 1, 1), date(1960, 6, 1), 1) + dyad_rows(8, date(1961, 1, 1), date(1961, 6, 1), 1)
    rows[1][column] = value
    with pytest.raises(Fault, match=words) as fault:
        read_dyads(write_dyads(tmp_path / "dyads.csv", rows))
    assert str(fault.value).startswith(f"{tmp_path / 'dyads.csv'}:3")


def test_an_episode_belongs_to_one_conflict(tmp_path):
    rows = dyad_rows(7, date(1960, 1, 1), date(1961, 6, 1), 1)
    rows[1]["conflict_id"] = 99
    with pytest.raises(Fault, match="stands under conflict 7 in line 2") as fault:
        read_dyads(write_dyads(tmp_path / "dyads.csv", rows))
    assert ":3:" in str(fault.value)


def test_a_missing_column_and_a_file_that_is_not_there_are_faults(tmp_path):
    columns = [name for name in NEEDED if name != "ependdate"]
    rows = dyad_rows(7, date(1960, 1, 1), date(1960, 6, 1), 1)
    with pytest.raises(Fault, match="'ependdate' is missing"):
        read_dyads(write_dyads(tmp_path / "dyads.csv", rows, columns))
    with pytest.raises(Fault):
        read_dyads(tmp_path / "none.csv")
    with pytest.raises(Fault, match="no row"):
        read_dyads(write_dyads(tmp_path / "empty.csv", []))


def test_spells_cover_each_episode_once_and_hold_its_end():
    years = {year: ConflictYear("intrastate", 1.0, year == 1961, 0) for year in (1960, 1961, 1962)}
    record = exposure([Episode("ucdp:1", "a", date(1960, 11, 1), date(1962, 2, 1), "victory", years)])
    spells = record.spells
    assert (spells["exit"] - spells["entry"]).sum() == pytest.approx(record.lengths()[0])
    assert spells["cause"].tolist() == [-1] * (len(spells) - 1) + [CAUSES.index("victory")]
    assert set(spells["war"][spells["year"] == 1960]) == {0.0}
    assert set(spells["war"][spells["year"] == 1962]) == {1.0}


def test_known_hazards_are_recovered(tmp_path):
    path = write_dyads(tmp_path / "dyads.csv", synthetic(1500, 0.01, seed=8))
    table = exposure_table(exposure(read_dyads(path)))
    mean = fit_hazards(table.rows, *table.totals(np.ones(len(table.months), dtype=bool)))
    months = np.bincount(table.place, table.months, len(table.rows))
    fitted = np.exp(table.rows @ mean.T)
    assert np.average(fitted, axis=0, weights=months) == pytest.approx(0.01, rel=0.1)
    middle = table.rows[:, 1 + 4] == 1  # from 6 to 12 months
    assert np.average(fitted[middle], axis=0, weights=months[middle]) == pytest.approx(0.01, rel=0.3)


def test_intervals_of_the_coefficients_cover_a_term_without_effect(tmp_path):
    fitted = fit_record(read_dyads(write_dyads(tmp_path / "dyads.csv", synthetic(700, 0.01, seed=4))))
    place = TERMS.index("internationalised")
    errors = np.sqrt(fitted.covariance[:, place, place])
    assert (np.abs(fitted.mean[:, place]) < 3 * errors).all()


def test_the_life_table_is_that_of_kaplan_and_meier():
    state = {1960: ConflictYear("interstate", 0.0, True, 0)}
    first = date(1960, 1, 1)
    ends = ((30, "victory"), (60, "agreement"), (60, ""), (150, "victory"))
    record = exposure(
        [Episode(f"ucdp:{n}", "", first, first + timedelta(days=d), e, state) for n, (d, e) in enumerate(ends)]
    )
    table = life_table(record.spells, np.array([0.0, 1.5, 3.0, 6.0]))
    survival = 1 - table.incidence["interstate"].sum(axis=0)
    assert survival == pytest.approx([1, 3 / 4, 1 / 2, 0])


def test_what_happened_is_scored_by_its_interval_and_end():
    state = {1960: ConflictYear("interstate", 0.0, True, 0)}
    record = exposure([Episode("ucdp:1", "", date(1960, 1, 1), date(1960, 3, 15), "victory", state)])
    chosen = landmarks(record)
    forecasts = np.zeros((1, 5, len(AHEAD)))
    forecasts[0, CAUSES.index("victory")] = [0.1, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5]
    forecasts[0, 4] = 1 - forecasts[0, 2]
    assert log_scores(forecasts, chosen) == pytest.approx([-np.log(0.3)])


def test_forecasts_of_the_life_table_add_up(file):
    record = exposure(read_dyads(file))
    forecasts = table_forecasts(life_table(record.spells, TABLE_MONTHS), landmarks(record))
    assert forecasts.sum(axis=1) == pytest.approx(1.0)


def test_values_of_one_conflict_count_as_one_where_they_are_the_same():
    alone = clustered_mean(np.array([1.0, 2.0, 3.0, 5.0]), np.array(["a", "b", "c", "d"]))
    doubled = clustered_mean(np.repeat([1.0, 2.0, 3.0, 5.0], 2), np.repeat(["a", "b", "c", "d"], 2))
    assert (doubled.low, doubled.high) == pytest.approx((alone.low, alone.high))


def test_the_backtest_scores_conflicts_that_it_has_not_seen(file, tmp_path):
    result = backtest_record(file, ship=tmp_path / "out")
    plain = result.plain()
    assert [comparison["held_out"].split()[0] for comparison in plain["comparisons"]] == ["each", "forward", "by"]
    first = plain["comparisons"][0]
    assert first["conflicts"] == result.conflicts == 46
    assert first["log"]["difference"]["low"] < first["log"]["difference"]["high"]
    assert first["log"]["hazards"] < first["log"]["table"]  # constant hazards: a smooth model beats steps
    assert {row["month"] for row in first["calibration"]} == {12.0, 24.0, 60.0}
    assert json.loads((tmp_path / "out/coefficients.json").read_text())["terms"] == list(TERMS)
    assert len(CELLS) == len(json.loads((tmp_path / "out/coefficients.json").read_text())["cells"])


def test_imported_conflicts_are_named_by_the_record(file, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("RIPENESS_HOME", str(tmp_path))
    app(["history", "import", str(file), "--out", str(tmp_path / "tidy.csv")], standalone_mode=False)
    assert "90 past conflicts" in capsys.readouterr().err
    nearest = ripeness.record(kind="intrastate", months_fought=5).value.nearest
    assert len(nearest) == 5
    assert all(conflict.months >= 5 and conflict.end for conflict in nearest)
    assert "Government of" in ripeness.record(kind="intrastate", months_fought=5).table()


def test_a_file_of_few_conflicts_is_scored_as_far_as_it_goes(tmp_path):
    path = write_dyads(tmp_path / "few.csv", synthetic(6, 0.02))
    result = backtest_record(path)
    assert any("Nothing to score forward" in note for note in result.notes)


def episode(number, first, days, end):
    state = {first.year: ConflictYear("intrastate", 0.0, True, 0)}
    return Episode(f"ucdp:{number}", "", first, first + timedelta(days=days), end, state)


def test_nothing_is_told_of_months_beyond_the_close_of_the_record():
    late = date(2019, 1, 1)
    goes_on, ended = episode(1, late, 300, ""), episode(2, late, 100, "victory")
    early = episode(3, date(2000, 1, 1), 100, "victory")
    victory = CAUSES.index("victory")
    assert landmarks(exposure([goes_on, ended, early])).status(12.0).tolist() == [-1, -1, -1, victory]
    assert landmarks(exposure([ended, early])).status(12.0).tolist() == [victory, victory]  # nothing goes on


def test_a_band_is_no_narrower_than_chance_makes_it():
    chosen = landmarks(exposure([episode(n, date(2000, 1, 1), 100, "victory") for n in range(6)]))
    forecasts = np.zeros((6, 5, len(AHEAD)))
    forecasts[:, CAUSES.index("victory")], forecasts[:, -1] = 0.8, 0.2
    together = calibration_bins(forecasts, chosen, 12.0)[0]
    assert (together.mean, together.share) == pytest.approx((0.8, 1.0))
    assert together.inside  # six of six: by chance in 26 of 100
    assert together.low == pytest.approx(0.8 - 1.645 * (0.16 / 6) ** 0.5, abs=1e-3)


def test_an_end_that_was_never_seen_counts_as_half_of_one(file):
    table = exposure_table(exposure(read_dyads(file)))
    months, ended = table.totals(np.ones(len(table.months), dtype=bool))
    ended[:, 1] = 0
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        never = fit_hazards(table.rows, months, ended)[1]
    assert np.exp(table.rows @ never) == pytest.approx(0.5 / months.sum())


def test_conflicts_that_taught_are_not_scored_and_this_is_said(file, tmp_path):
    some = write_dyads(tmp_path / "some.csv", [row for row in synthetic(90, 0.01) if row["conflict_id"] <= 10])
    result = backtest_record(some, train=file)
    assert "10 of 10 conflicts stand in the file of --train, too, and are not scored." in result.notes
    taught = backtest_record(file, train=some)
    assert "10 of 46 conflicts stand in the file of --train, too, and are not scored." in taught.notes
    assert taught.comparisons[-1].conflicts == 36


def test_the_civil_template_is_scored_beside_the_record_in_one_table(file, monkeypatch):
    points = shipped_points(CIVIL_FILE)
    few = replace(points, values=points.values[:, ::40], weight=points.weight[::40])
    monkeypatch.setattr("ripeness.validation.verbs.backtest_record.shipped_points", lambda _: few)
    monkeypatch.setattr("ripeness.validation.verbs.backtest_record.TEMPLATE_RUNS", 1)
    result = backtest_record(file, template=True)
    (score, _) = result.civil
    assert score.n <= result.comparisons[0].n
    assert score.less_hazards.value == pytest.approx(score.model - score.hazards)
    assert 0 < score.strength.low < score.strength.mean < score.strength.high < 1
    text = tables_as_text(result.layout(), 80)
    assert "continued" not in text
    assert f"{score.n:,} forecasts of {score.conflicts:,} civil conflicts" in " ".join(text.split())


def test_a_score_of_one_conflict_has_no_interval_and_words_fit():
    state = {1960: ConflictYear("interstate", 0.0, True, 0)}
    chosen = landmarks(exposure([Episode("ucdp:1", "", date(1960, 1, 1), date(1960, 3, 15), "victory", state)]))
    forecasts = np.full((1, 5, len(AHEAD)), 0.2)
    comparison = compare_forecasts("so", ConflictForecasts(chosen, forecasts, None, forecasts))
    text = comparison_sentence(comparison)
    assert "not told apart from the life table" in " ".join(text.split())
    assert "+0.000 [-] nats" in text


def test_calibrate_of_civil_wars_ships_points_from_a_producers_file(file, tmp_path):
    out = tmp_path / "points.csv"
    command = ["calibrate", "--kind", "civil", "--wars", str(file), "--points", "24", "--rounds", "2", "--runs", "2"]
    run = CliRunner().invoke(app, [*command, "--ship", str(out), "--as-version", "trial", "--json"])
    assert run.exit_code == 0, run.output
    answer = json.loads(run.stdout)
    assert (answer["kind"], answer["dyads"]) == ("civil", 90)
    shipped = read_points(out.read_text(encoding="utf-8"), "points.csv")
    assert shipped.provenance["version"] == "trial"
    assert set(shipped.names) == set(shipped_points(CIVIL_FILE).names)
