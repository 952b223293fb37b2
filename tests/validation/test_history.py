"""The record of past wars is read with every fault named, and becomes wars by the stated coding."""

from __future__ import annotations

import math

import pytest

from ripeness.validation.history.assemble import assemble
from ripeness.validation.history.coding import (
    coefficients,
    controls,
    count_kinds,
    fitted_laws,
    leadership_of,
    partners_of,
    scenario_of,
)
from ripeness.validation.history.producers import import_producer_file
from ripeness.validation.history.record import Camp, PastWar
from ripeness.validation.history.table import read_table
from ripeness.validation.history.wars import read_record
from ripeness.validation.verbs.history import as_csv, history, history_wars
from ripeness.world.fault import Fault


def test_a_clean_file_has_no_faults_and_every_war(war_files):
    record = read_record(*war_files)
    assert len(record.wars) == 24
    assert record.faults == ()


def test_a_missing_column_is_named_with_the_nearest(tmp_path, invented_rows, write_wars):
    rows, months = invented_rows(4)
    for row in rows:
        row["start_yaer"] = row.pop("start_year")
    paths = write_wars(tmp_path, rows, months, ["warnum", "warname", "start_yaer"])
    with pytest.raises(Fault, match=r"wars.csv.*'start_year' is missing; did you mean 'start_yaer'"):
        read_record(*paths)


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        (
            "outcome3",
            "A_wins",
            r"wars.csv:4:\d+: war 3 \(War 3\): outcome3: 'A_wins' is not a code; did you mean 'A_win'",
        ),
        ("A_batdeath", "", r"wars.csv:4:\d+: war 3 \(War 3\): A_batdeath: no losses are known"),
        ("B_cinc", "much", r"wars.csv:4:\d+: war 3 \(War 3\): B_cinc: 'much' is not a number"),
        ("duration_days", "0", r"wars.csv:4:\d+: war 3 \(War 3\): duration_days"),
        ("A_milper", "-3", r"wars.csv:4:\d+: war 3 \(War 3\): A_milper: -3 is below nought"),
        ("start_year", "", r"wars.csv:4:\d+: war 3 \(War 3\): start_year"),
        ("warnum", "2", r"wars.csv:4:\d+: war 2 stands on line 3 already"),
    ],
)
def test_what_is_wrong_is_named_by_file_line_and_war_and_the_rest_is_kept(
    tmp_path, invented_rows, write_wars, column, value, said
):
    rows, months = invented_rows(6)
    rows[2][column] = value
    record = read_record(*write_wars(tmp_path, rows, months))
    assert any(__import__("re").search(said, str(fault)) for fault in record.faults), [str(f) for f in record.faults]
    assert len(record.wars) >= 5


def test_a_war_without_months_is_named_and_counts_as_without_known_losses(tmp_path, invented_rows, write_wars):
    rows, months = invented_rows(4)
    record = read_record(*write_wars(tmp_path, rows, [month for month in months if month["warnum"] != 2]))
    assert any("war 2 (War 2): no months" in str(fault) for fault in record.faults)
    assert next(war for war in record.wars if war.number == 2).known == {}


def test_codes_for_unknown_are_no_numbers(tmp_path, invented_rows, write_wars):
    rows, months = invented_rows(4)
    rows[0]["A_batdeath"] = "-9"
    record = read_record(*write_wars(tmp_path, rows, months))
    assert math.isnan(record.wars[0].first.deaths)


@pytest.mark.parametrize(
    ("score", "regime"), [(-9, "autocracy"), (-8, "autocracy"), (-7, "autocracy"), (-66, "mixed"), (7, "democracy")]
)
def test_on_a_scale_of_regimes_minus_nine_is_a_score_and_not_a_gap(tmp_path, invented_rows, write_wars, score, regime):
    rows, months = invented_rows(4)
    rows[0] |= {"A_polity2": score, "A_v2x_polyarchy": ""}
    assert read_record(*write_wars(tmp_path, rows, months)).wars[0].first.regime == regime


def test_a_score_beyond_its_scale_is_named(tmp_path, invented_rows, write_wars):
    rows, months = invented_rows(4)
    rows[2]["B_polity2"] = 35
    record = read_record(*write_wars(tmp_path, rows, months))
    assert "war 3 (War 3): B_polity2: 35 does not lie from -10 to 10" in str(record.faults[0])


def test_an_ally_of_who_began_stands_on_his_side(tmp_path, invented_rows, write_wars):
    """The strongest participant of a side tells its regime where the war's row is silent."""
    rows, months = invented_rows(4)
    rows[0] |= {"A_polity2": "", "A_v2x_polyarchy": "", "B_polity2": "", "B_v2x_polyarchy": ""}
    wars, participants, known = write_wars(tmp_path, rows, months)
    heading = "warnum,side,initiator,cinc,polity2,v2x_polyarchy"
    sides = [
        "1,2,1,.01,2,",
        "1,2,0,.2,-9,",
        "1,1,0,.1,8,",
        *(f"{n},{side},{2 - side},.1,0," for n in (2, 3, 4) for side in (1, 2)),
    ]
    participants.write_text("\n".join([heading, *sides]), encoding="utf-8")
    war = read_record(wars, participants, known).wars[0]
    assert (war.first.regime, war.second.regime) == ("autocracy", "democracy")


def test_columns_that_are_not_there_are_named_with_what_follows(tmp_path, invented_rows, write_wars):
    rows, _ = invented_rows(6)
    for row in rows:
        row["outcom3"] = row["outcome3"]
    columns = [
        "warnum",
        "warname",
        "start_year",
        "outcom3",
        "duration_days",
        "A_polity2",
        "B_v2x_polyarchy",
        "A_cinc",
        "B_cinc",
    ]
    said = [str(fault) for fault in read_record(write_wars(tmp_path, rows, [], columns)[0]).faults]
    assert any(
        "wars.csv:1:1: no column 'outcome3' (did you mean 'outcom3'?): wars are forecast and not scored" in one
        for one in said
    )
    assert any("no column 'A_batdeath': losses are not compared" in one for one in said)
    assert any("no file of months is given" in one for one in said)
    assert not any("polity2" in one or "cinc" in one or "duration" in one for one in said)


def test_losses_known_by_a_month_are_those_of_the_last_month_on_file():
    war = PastWar(1, "", 1, 1900, "", Camp("a"), Camp("b"), known={1: (10.0, 5.0), 5: (90.0, 9.0)})
    assert [war.losses(month) for month in (0, 1, 3, 6)] == [(0.0, 0.0), (10.0, 5.0), (10.0, 5.0), (90.0, 9.0)]


def test_a_war_still_fought_after_a_month_is_told_by_its_length_or_by_its_months(tmp_path, invented_rows, write_wars):
    rows, months = invented_rows(12)
    paths = write_wars(tmp_path, rows, months)
    long = read_record(*paths).wars
    short = read_record(*write_wars(tmp_path, rows, months, ["warnum", "warname", "start_year"])).wars
    for with_length, without in zip(long, short, strict=True):
        for month in (0, 1, 3, 6, 12):
            assert with_length.ongoing_after(month) == without.ongoing_after(month)


def test_a_regime_comes_from_polity_then_from_polyarchy_then_is_mixed():
    assert Camp("x", polity=-7, polyarchy=0.9).regime == "autocracy"
    assert Camp("x", polyarchy=0.9).regime == "democracy"
    assert Camp("x").regime == "mixed"


def test_every_kind_of_war_becomes_a_scenario_with_sides_of_equal_means(war_files):
    for kind in count_kinds(read_record(*war_files).wars):
        first, second = scenario_of(kind).polities.values()
        assert tuple(leadership_of(side)["regime"] for side in kind[1:]) == (first.regime, second.regime)
        assert first.resources.forces.centre == second.resources.forces.centre
        for polity, side in ((first, kind[1]), (second, kind[2])):
            own = [faction for key, faction in polity.factions.items() if key not in partners_of(side)]
            assert sum(faction.power.centre for faction in own) == pytest.approx(1, abs=0.2)
            assert [key for key, faction in polity.factions.items() if faction.veto] == list(partners_of(side))


def test_every_coefficient_of_the_coding_has_a_range_and_controls_are_asked_too():
    assert all(number.uncertain for number in coefficients().values())
    assert set(controls()) <= set(fitted_laws())


PARTICIPANTS = (
    "WarNum,WarName,WarType,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,StartMonth2,"
    "StartDay2,StartYear2,EndMonth2,EndDay2,EndYear2,TransFrom,WhereFought,Initiator,Outcome,TransTo,BatDeath,Version\n"
    "900,Border,1,1,Northland,1,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,503,2,1,1,-8,400,4\n"
    "900,Border,1,2,Southland,2,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,503,2,2,2,-8,-9,4\n"
    "900,Border,1,3,Elsewhere,7,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,503,2,2,2,-8,10,4\n"
)


def test_the_producers_participants_are_read_by_their_own_columns_and_bad_codes_named(tmp_path):
    path = tmp_path / "Inter-StateWarData_v4.0.csv"
    path.write_text(PARTICIPANTS, encoding="utf-8")
    imported = history(path, tmp_path / "out.csv")
    assert imported.producer.key == "participants"
    assert [line["start"] for line in imported.lines] == ["1823-04-07", "1823-04-07"]
    assert math.isnan(imported.lines[1]["batdeath"])
    assert "war 900 (Border): Side: '7' is not a code" in str(imported.faults[0])
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == as_csv(imported)


@pytest.mark.parametrize(
    ("heading", "row", "key"),
    [
        ("ccode,year,milex,milper,irst,pec,tpop,upop,cinc", "2,1816,3823,17,80,254,8659,101,.04", "capabilities"),
        (
            "obsid,ccode,leader,startdate,enddate,entry,exit,exitcode",
            "X-1,2,Somebody,1869-03-04,1877-03-04,Regular,Regular,Regular",
            "leaders",
        ),
        ("dyad_id,dyadterm,outcome,type_of_conflict,year", "7,1,5,2,1990", "terminations"),
        ("ccode,year,polity2", "2,1816,6", "democracy"),
        ("cowcode,gwf_startdate,gwf_enddate,gwf_regimetype", "2,3/4/1789,12/31/2020,presidential", "regimes"),
        ("COWcode,year,v2x_polyarchy", "2,1816,.35", "democracy"),
        (
            "micnum,eventnum,ccode1,ccode2,stmon,stday,styear,endmon,endday,endyear,fatalmin1,fatalmax1,fatalmin2,fatalmax2",
            "2,1,2,200,5,-9,1902,5,-9,1902,0,0,1,3",
            "months",
        ),
    ],
)
def test_each_producers_file_is_told_by_its_columns(tmp_path, heading, row, key):
    path = tmp_path / "file.csv"
    path.write_text(f"{heading}\n{row}\n", encoding="utf-8")
    imported = import_producer_file(path)
    assert imported.producer.key == key
    assert (len(imported.lines), imported.faults) == (1, ())


def test_a_file_of_nobody_is_refused_with_what_would_be_known(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(Fault, match="no file that is known: participants by WarNum"):
        import_producer_file(path)


def test_the_record_is_read_without_a_fault(record):
    found = read_record(
        *(record / name for name in ("interstate_wars.csv", "interstate_war_participants.csv", "mie_war_months.csv"))
    )
    assert (len(found.wars), found.faults) == (57, ())
    assert [sum(war.ongoing_after(month) for war in found.wars) for month in (0, 1, 3, 6, 12)] == [57, 48, 39, 26, 14]
    partners = [camp.partners for war in found.wars for camp in (war.first, war.second)]
    assert [partners.count(count) for count in (0, 1, 2)] == [95, 8, 11]


NMC = (
    "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n1,1822,5,40,0,0,900,50,.02\n2,1822,5,30,0,0,800,40,.01\n"
    "4,1822,5,90,0,0,950,40,.05\n"
)
POLITY = "ccode,year,polity2\n1,1822,-9\n2,1820,7\n"
REGIMES = (
    "cowcode,gwf_startdate,gwf_enddate,gwf_regimetype\n4,1/1/1815,4/6/1823,monarchy\n4,4/7/1823,1/1/1840,military\n"
    "2,1/1/1800,1/1/1900,parliamentary\n"
)
LEADERS = (
    "obsid,ccode,leader,startdate,enddate,entry,exit,exitcode\nN-1,1,First,1820-01-01,1824-05-01,Regular,Irregular,x\n"
    "S-1,2,Second,1820-01-01,1830-05-01,Regular,Irregular,x\n"
)
EVENTS = (
    "micnum,eventnum,ccode1,ccode2,stmon,stday,styear,endmon,endday,endyear,fatalmin1,fatalmax1,fatalmin2,fatalmax2\n"
    "2,1,1,2,4,10,1823,4,20,1823,10,20,1,3\n2,2,2,1,4,25,1823,8,1,1823,100,100,40,60\n2,3,1,9,5,1,1823,5,2,1823,7,7,7,7\n"
)


@pytest.fixture
def producers(tmp_path):
    """A war of two states, with an ally who came in on the first day, in the producers' own form."""
    ally = "900,Border,1,4,Allyland,1,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,503,2,2,1,-8,50,4\n"
    texts = (PARTICIPANTS.replace("2,2,2,-8,-9,4", "2,2,2,-8,600,4") + ally, NMC, POLITY, LEADERS, EVENTS, REGIMES)
    paths = [tmp_path / f"{n}.csv" for n in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_producers_files_become_wars_that_can_be_scored(producers, tmp_path):
    found = history_wars(list(reversed(producers)), tmp_path / "record")
    assert [path.name for path in found.files] == ["wars.csv", "participants.csv", "months.csv"]
    war = read_record(*found.files).wars[0]
    assert (war.number, war.outcome, war.began, war.recent) == (900, "A_win", "1823-04-07", False)
    assert war.months == pytest.approx(221 / 30.4375)
    assert (war.first.capability, war.first.deaths, war.first.forces) == (pytest.approx(0.07), 450, 130)
    assert (war.second.regime, war.second.ousted, war.second.deaths) == ("democracy", 0.0, 600)
    assert math.isnan(war.first.polity)  # the strongest of that side is the ally, of whom no score is on file
    assert any("Side: '7' is not a code" in str(fault) for fault in found.faults)
    assert not any("no file of" in str(fault) for fault in found.faults)


def test_leadership_and_partners_come_from_lists_of_regimes_and_of_participants(producers, tmp_path):
    war = read_record(*history_wars(producers, tmp_path / "record").files).wars[0]
    assert war.first.regime_type == "military"  # of the strongest, on the first day: the ally
    assert war.kind == (False, "collective, 1 partner", "accountable")


def test_files_that_are_lacking_are_named_with_what_follows_and_the_wars_are_coded_all_the_same(producers, tmp_path):
    found = history_wars(producers[:1], tmp_path / "record")
    said = [str(fault) for fault in found.faults]
    for form in ("capabilities", "democracy", "regimes", "leaders", "months"):
        assert any(f"no file of {form} is among those named: " in text for text in said), form
    assert read_record(*found.files).wars[0].kind == (False, "collective, 1 partner", "collective")


def test_states_of_a_side_are_those_of_its_first_days(tmp_path, invented_rows, write_wars):
    """Who comes in later is the future; where the wars' own file is silent, participants are counted."""
    rows, months = invented_rows(4)
    for row in rows:
        row["A_n_orig"] = row["B_n_orig"] = ""
    wars, participants, known = write_wars(tmp_path, rows, months)
    sides = [
        "1,2,1,1,1900-01-01",
        "1,3,1,0,1900-01-31",
        "1,4,1,0,1900-02-01",
        "1,5,2,0,1900-01-01",
        *(f"{n},{side},{side},{2 - side}," for n in (2, 3, 4) for side in (1, 2)),
    ]
    participants.write_text("\n".join(["warnum,ccode,side,initiator,start", *sides]), encoding="utf-8")
    first, second, *_ = read_record(wars, participants, known).wars
    assert (first.first.states, first.second.states, first.first.partners) == (2, 1, 1)
    assert (math.isnan(second.first.states), second.first.partners) == (True, 0)


def test_a_type_of_regime_that_is_none_is_named_and_counts_as_unknown(tmp_path, invented_rows, write_wars):
    rows, months = invented_rows(4)
    rows[2] |= {"A_regime_type": "party based", "A_polity2": -8}
    columns = [*rows[2], "A_regime_type"]
    record = read_record(*write_wars(tmp_path, rows, months, list(dict.fromkeys(columns))))
    assert "A_regime_type: 'party based' is not a type of regime; did you mean 'party-based'?" in str(record.faults[0])
    assert record.wars[2].first.leadership == "personal"


def test_an_event_is_known_once_it_is_over_and_stands_on_the_right_side(producers, tmp_path):
    war = read_record(*history_wars(producers, tmp_path / "record").files).wars[0]
    assert war.losses(1) == (15.0, 2.0)
    assert war.losses(3) == (15.0, 2.0)
    assert war.losses(4) == (65.0, 102.0)


def test_without_participants_there_are_no_wars(producers, tmp_path):
    with pytest.raises(Fault, match="no file of participants"):
        history_wars(producers[1:], tmp_path)


def test_a_file_that_says_nothing_on_single_wars_is_refused(producers, tmp_path):
    (tmp_path / "u.csv").write_text("dyad_id,dyadterm,outcome,type_of_conflict,year\n7,1,5,2,1990\n", encoding="utf-8")
    with pytest.raises(Fault, match="a file of terminations says nothing on single wars"):
        history_wars([*producers, tmp_path / "u.csv"], tmp_path / "record")


def test_wars_made_of_the_producers_files_are_those_of_the_tidy_record(record, tmp_path):
    """The record's own lines, in the producers' form, give its wars again: amounts, regimes, outcomes, exits."""
    forms = {
        form: list(import_producer_file(record / name).lines)
        for form, name in (
            ("capabilities", "cow_nmc_state_years.csv"),
            ("democracy", "democracy_state_years.csv"),
            ("leaders", "archigos_leaders.csv"),
        )
    }
    lines = []
    for row in read_table(record / "interstate_war_participants.csv"):
        again = row.text("start_spell2")
        lines.append(
            {
                "warnum": int(row.number("warnum")),
                "warname": row.text("warname"),
                "ccode": int(row.number("ccode")),
                "state": row.text("state"),
                "side": int(row.number("side")),
                "initiator": int(row.number("initiator") == 1),
                "start": row.text("start"),
                "end": row.text("end_spell1") or row.text("end"),
                "start_again": again,
                "end_again": row.text("end") if again else "",
                "outcome_code": int(row.number("outcome_code")),
                "batdeath": row.number("batdeath"),
            }
        )
    wars, faults = assemble(forms | {"participants": lines})
    assert (len(wars), faults) == (57, [])
    told = {int(row.number("warnum")): row for row in read_table(record / "interstate_wars.csv")}
    for war in wars:
        row = told[war["warnum"]]
        assert (war["start"], war["outcome3"]) == (row.text("start"), row.text("outcome3"))
        assert war["duration_days"] == row.number("duration_days")
        for name in ("A_cinc", "B_cinc", "A_batdeath", "B_batdeath", "A_tpop", "B_polity2"):
            wanted = row.within(name, -1e9, 1e9)
            assert war[name] == pytest.approx(wanted, rel=1e-4, nan_ok=True), (war["warname"], name)
