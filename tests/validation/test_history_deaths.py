"""Producers' files of deaths, by their own column names, as a file of months: the rule, and what is left out."""

from __future__ import annotations

import json
from datetime import date

import pytest
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.study.path_file import path_of, read_path
from ripeness.validation.verbs.history import history
from ripeness.world.fault import Fault

GED = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,dyad_dset_id,"
    "dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,date_prec,date_start,"
    "date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low"
)
NORTH, FREE = "Government of Northland", "Free Front"
SIDES = (f"north={NORTH}", "rebels=Free Front")


def ged_row(
    number,
    start,
    end,
    deaths,
    *,
    kind=1,
    sides=(NORTH, FREE),
    conflict="Northland: Government",
    best=None,
    high=None,
    low=None,
):
    """A row of UCDP GED. `deaths`: of side a, of side b, civilians, unknown."""
    best = sum(deaths) if best is None else best
    high, low = best if high is None else high, best if low is None else low
    cells = [
        number,
        f"N-{number}",
        start[:4],
        1,
        "Clear",
        kind,
        1,
        77,
        f'"{conflict}"',
        1,
        88,
        f'"{" - ".join(sides)}"',
    ]
    cells += [1, 1, f'"{sides[0]}"', 2, 2, f'"{sides[1]}"', 1, f"{start} 00:00:00.000", f"{end} 00:00:00.000", *deaths]
    return ",".join(map(str, [*cells, best, high, low]))


def written(tmp_path, *lines, name="producer.csv"):
    file = tmp_path / name
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def best(imported, polity):
    """Deaths of a polity by month, in persons."""
    return [round(1000 * period.deaths[polity].best, 6) for period in imported.path.periods]


def test_an_event_of_two_months_is_spread_by_its_days(tmp_path):
    file = written(tmp_path, GED, ged_row(1, "2021-01-31", "2021-02-03", (40, 8, 0, 0)))
    imported = history(file, sides=SIDES)
    assert best(imported, "north") == [10, 30]
    assert best(imported, "rebels") == [2, 6]


def test_deaths_of_an_unknown_side_follow_the_known_ones_of_the_month_then_of_the_war(tmp_path):
    rows = (
        ged_row(1, "2021-01-05", "2021-01-05", (30, 10, 0, 40)),
        ged_row(2, "2021-02-05", "2021-02-05", (10, 30, 0, 0)),
        ged_row(3, "2021-03-05", "2021-03-05", (0, 0, 0, 8)),
    )
    imported = history(written(tmp_path, GED, *rows), sides=SIDES)
    assert best(imported, "north") == [60, 10, 4]
    assert best(imported, "rebels") == [20, 30, 4]


def test_without_any_known_side_the_dead_are_of_all_belligerents(tmp_path):
    imported = history(written(tmp_path, GED, ged_row(1, "2021-01-05", "2021-01-05", (0, 0, 0, 8))), sides=SIDES)
    assert best(imported, "") == [8]


def test_months_without_an_event_between_the_first_and_the_last_are_known_to_be_none(tmp_path):
    rows = [ged_row(n, f"2021-0{month}-05", f"2021-0{month}-05", (5, 5, 0, 0)) for n, month in enumerate((1, 4))]
    assert best(history(written(tmp_path, GED, *rows), sides=SIDES), "north") == [5, 0, 0, 5]


def test_what_is_left_out_is_counted_by_reason_and_adds_up(tmp_path):
    other = "Other Front"
    rows = (
        ged_row(1, "2021-01-05", "2021-01-05", (30, 10, 3, 0)),
        ged_row(1, "2021-01-05", "2021-01-05", (30, 10, 3, 0)),
        ged_row(2, "2021-01-06", "2021-01-06", (0, 0, 12, 0), kind=3, sides=(NORTH, "Civilians")),
        ged_row(3, "2021-01-06", "2021-01-06", (4, 4, 0, 0), kind=2, sides=(FREE, other)),
        ged_row(4, "2021-01-07", "2021-01-07", (2, 3, 0, 0), sides=(NORTH, other)),
        ged_row(5, "2021-01-07", "2021-01-07", (9, 9, 0, 0), conflict="Elsewhere: Valley"),
        ged_row(6, "2021-01-09", "2021-01-08", (1, 1, 0, 0)),
    )
    imported = history(written(tmp_path, GED, *rows), sides=SIDES, conflict="northland: gov")
    assert {row.reason.split(" (")[0]: (row.rows, row.deaths) for row in imported.left_out} == {
        "an event that stands twice": (1, 43),
        "non-state or one-sided violence of others": (1, 8),
        "between other parties": (1, 5),
        "of other conflicts": (1, 18),
        "a cell cannot be read, as the faults say": (1, 0),
    }
    assert imported.rows + sum(row.rows for row in imported.left_out) == len(rows)
    assert round(1000 * imported.path.periods[0].civilians) == 15
    (fault,) = imported.faults
    assert (fault.place.line, "ends on 2021-01-08" in fault.message) == (8, True)


def test_a_file_on_one_pair_needs_no_sides_and_one_on_several_lists_them(tmp_path):
    one = ged_row(1, "2021-01-05", "2021-01-05", (30, 10, 0, 0))
    assert history(written(tmp_path, GED, one)).path.polities == (NORTH, FREE)
    other = ged_row(2, "2021-01-05", "2021-01-05", (2, 3, 0, 0), sides=(NORTH, "Other Front"))
    with pytest.raises(Fault, match=r"2 pairs of sides: .*Free Front \(40 deaths\)"):
        history(written(tmp_path, GED, one, other))


def test_the_interval_of_the_producers_goes_into_the_file(tmp_path):
    row = ged_row(1, "2021-01-05", "2021-01-05", (30, 10, 0, 0), low=20, high=80)
    count = history(written(tmp_path, GED, row), sides=SIDES).path.periods[0].deaths["north"]
    assert (count.low, count.best, count.high) == pytest.approx((0.015, 0.03, 0.06))


def test_the_file_that_is_written_reads_as_the_same_path(tmp_path):
    rows = [ged_row(n, f"2021-0{n}-05", f"2021-0{n}-25", (n, 7 * n, n, 2), low=n, high=30 * n) for n in (1, 2, 3)]
    out = tmp_path / "months.csv"
    imported = history(written(tmp_path, GED, *rows), out, sides=SIDES)
    again = read_path(out)
    for first, second in zip(imported.path.periods, again.periods, strict=True):
        assert (first.first, first.last) == (second.first, second.last)
        for polity, count in first.deaths.items():
            assert second.deaths[polity].best == pytest.approx(count.best, abs=1e-6)
            assert second.deaths[polity].high == pytest.approx(count.high, abs=1e-6)


ACLED = (
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
    "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,fatalities,timestamp"
)


def acled_row(number, day, kind, first, second, deaths):
    return (
        f"NOR{number},{day},2021,1,Political violence,{kind},Armed clash,{first},,State Forces,{second},,Rebel Group,"
        f"12,,1,North,Northland,{deaths},1"
    )


def test_acled_fighting_counts_for_all_belligerents_and_civilians_apart(tmp_path):
    army = "Military Forces of Northland (2019-)"
    file = written(
        tmp_path,
        ACLED,
        acled_row(1, "15 January 2021", "Battles", army, "FPR: Free Front", 11),
        acled_row(2, "2021-01-20", "Explosions/Remote violence", "FPR: Free Front", army, 4),
        acled_row(3, "20 January 2021", "Violence against civilians", army, "Civilians (Northland)", 6),
        acled_row(4, "21 January 2021", "Protests", "Protesters (Northland)", "", 1),
        acled_row(5, "21 January 2021", "Battles", army, "Bandits", 3),
    )
    imported = history(file, sides=("north=Military Forces of Northland", "rebels=FPR"))
    assert best(imported, "") == [15]
    assert round(1000 * imported.path.periods[0].civilians) == 6
    assert {row.reason: row.deaths for row in imported.left_out} == {
        "no fighting (protests)": 1,
        "between other parties": 3,
    }


@pytest.mark.parametrize(
    "columns", ["bd_best,bd_low,bd_high,side_a,side_b,year", "bdBest,bdLow,bdHigh,SideA,SideB,Year"]
)
def test_battle_related_deaths_stay_totals_of_years(tmp_path, columns):
    names = columns.replace("bdBest", "BdBest").replace("bdLow", "BdLow").replace("bdHigh", "BdHigh")
    rows = (f"120,100,200,{NORTH},{FREE},2020", f"30,30,30,{NORTH},{FREE} (B),2020", f"7,7,7,{NORTH},Elsewhere,2020")
    imported = history(written(tmp_path, names, *rows), sides=SIDES)
    (period,) = imported.path.periods
    assert (period.first, period.last) == (date(2020, 1, 1), date(2020, 12, 31))
    assert (period.deaths[""].low, period.deaths[""].best, period.deaths[""].high) == (0.13, 0.15, 0.23)


def test_monthly_totals_of_ones_own_are_in_persons(tmp_path):
    imported = history(written(tmp_path, "month,north,rebels,civilians", "2021-01,1200,300,50", "2021-02,,80,"))
    assert imported.path.periods[0].deaths["north"].best == 1.2
    assert "north" not in imported.path.periods[1].deaths
    assert imported.path.periods[1].civilians is None


def test_a_month_that_is_none_is_refused_at_its_place(tmp_path):
    file = written(tmp_path, "month,north", "2021-01,5", "2021-13,5")
    with pytest.raises(Fault, match="'2021-13' is not a month") as refused:
        history(file)
    assert str(refused.value.place).endswith("producer.csv:3:1")


def test_the_command_says_what_it_left_out(tmp_path):
    rows = (
        ged_row(1, "2021-01-05", "2021-01-05", (30, 10, 0, 0)),
        ged_row(2, "2021-01-06", "2021-01-06", (4, 4, 0, 0), kind=2, sides=("A", "B")),
    )
    file = written(tmp_path, GED, *rows)
    flags = [flag for side in SIDES for flag in ("--side", side)]
    answer = CliRunner().invoke(app, ["history", "import", str(file), *flags, "--json"])
    assert answer.exit_code == 0
    summary = json.loads(answer.stdout)
    assert summary["thousand_deaths"] == {"north": 0.03, "rebels": 0.01}
    assert [(row["rows"], row["deaths"]) for row in summary["left_out"]] == [(1, 8)]
    printed = CliRunner().invoke(app, ["history", "import", str(file), *flags])
    assert path_of(printed.stdout).periods[0].deaths["north"].best == 0.03


@pytest.mark.parametrize("fifth", [True, False])
def test_intra_state_wars_of_both_versions(tmp_path, fifth):
    columns = (
        "WarNum,WarName,V5RegionNum,WarType,CcodeA,SideA,SideB,Intnl,StartMo1,StartDy1,StartYr1,EndMo1,EndDy1,EndYr1,"
        "StartYr2,Outcome,DeathsSideA,DeathsSideB"
        if fifth
        else "WarNum,WarName,Region,WarType,CcodeA,SideA,SideB,Intnl,StartMonth1,StartDay1,StartYear1,EndMonth1,"
        "EndDay1,EndYear1,StartYear2,Outcome,SideADeaths,SideBDeaths"
    )
    row = "500,First Valley War,3,5,365,Northland,Valley Rebels,0,6,10,1818,11,-9,1822,-8,1,5000,-9"
    imported = history(written(tmp_path, columns, row))
    (line,) = imported.lines
    assert (line["start"], line["end"], line["outcome"]) == ("1818-06-10", "1822-11-01", "side A wins")
    assert (line["type"], line["deaths_a"], line["spells"]) == ("local issues", 5000, 1)
    assert line["deaths_b"] != line["deaths_b"]  # not known
