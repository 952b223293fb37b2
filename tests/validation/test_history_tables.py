"""Producers' files as they come: saved anew by a spreadsheet, with rows twice, numbers without end, columns missing."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from ripeness.validation.history.producers import import_producer_file
from ripeness.validation.history.table import table_of
from ripeness.validation.history.wars import read_record
from ripeness.validation.verbs.history import history_wars
from ripeness.world.fault import Fault

NMC = "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n"
FIRST, SECOND = "2,1816,3823,17,80,254,8659,101,.04\n", "200,1816,900,255,80,254,9000,101,.3\n"
PARTICIPANTS = (
    "WarNum,WarName,ccode,StateName,Side,StartMonth1,StartDay1,StartYear1,EndMonth1,EndDay1,EndYear1,StartMonth2,StartDay2,"
    "StartYear2,EndMonth2,EndDay2,EndYear2,Initiator,Outcome,BatDeath\n"
)
NORTH = "900,Border,1,Northland,1,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,1,1,400\n"
SOUTH = "900,Border,2,Southland,2,4,7,1823,11,13,1823,-8,-8,-8,-8,-8,-8,2,2,600\n"
LEADERS = (
    "obsid,ccode,leader,startdate,enddate,entry,exit,exitcode\nN-1,1,First,1820-01-01,1824-05-01,Regular,Irregular,x\n"
)
EVENTS = (
    "micnum,eventnum,ccode1,ccode2,stmon,stday,styear,endmon,endday,endyear,fatalmin1,fatalmax1,fatalmin2,fatalmax2\n"
    "2,1,2,200,5,-9,1902,5,-9,1902,0,0,1,3\n"
)


@pytest.fixture
def imported(tmp_path: Path):
    def written(text: str | bytes):
        path = tmp_path / "file.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return import_producer_file(path)

    return written


EUROPEAN = (NMC + FIRST + SECOND).replace(",", ";").replace(".04", "0,04").replace(".3", "0,3")


@pytest.mark.parametrize(
    "text",
    [
        NMC + FIRST + SECOND,
        (NMC + FIRST + SECOND).replace(",", "\t"),
        EUROPEAN,
        (NMC + FIRST + SECOND).encode("utf-16"),
        EUROPEAN.replace("3823", "3.823").replace("8659", "8.659"),
        (NMC + FIRST + SECOND).replace("3823", '"3,823"'),
        "National Material Capabilities,,\n" + NMC + FIRST + SECOND,
        "# v6\n" + NMC + FIRST + SECOND,
        NMC + FIRST.strip() + ",,\n" + SECOND,
    ],
)
def test_a_producer_s_file_reads_alike_however_it_was_saved(imported, text):
    found = imported(text)
    assert [(line["ccode"], line["milex"], line["cinc"]) for line in found.lines] == [(2, 3823, 0.04), (200, 900, 0.3)]


def test_a_thousand_is_never_read_as_its_thousandth_without_a_word(imported):
    found = imported(
        (NMC + FIRST + SECOND).replace(",", ";").replace("3823", "3.823").replace(".04", "0").replace(".3", "1")
    )
    assert "'3.823' may be 3823 or 3.823" in str(found.faults[0])
    found = imported((NMC + FIRST).replace(",", ";").replace("3823", "3.823"))
    assert "the point in '3.823' is read as the decimal mark, as '.04' shows" in str(found.faults[0])


TWICE = {
    "capabilities": (
        NMC + FIRST + SECOND + FIRST.replace(".04", ".05"),
        "file.csv:4:1: state 2 in 1816 already stands in line 2",
    ),
    "democracy": (
        "ccode,year,polity2\n2,1816,-9\n2,1816,-9\n",
        "file.csv:3:1: state 2 in 1816 already stands in line 2",
    ),
    "polyarchy": (
        "COWcode,year,v2x_polyarchy\n2,1816,.3\n2,1816,.4\n",
        ":3:1: state 2 in 1816 already stands in line 2",
    ),
    "participants": (
        PARTICIPANTS + NORTH + SOUTH + NORTH,
        ":4:1: state 1 on side 1 of war 900 already stands in line 2",
    ),
    "leaders": (LEADERS + LEADERS.split("\n")[1], ":3:1: leader N-1 already stands in line 2"),
    "events": (EVENTS + EVENTS.split("\n")[1], ":3:1: event 1 of dispute 2 already stands in line 2"),
}


@pytest.mark.parametrize("name", TWICE)
def test_what_stands_twice_is_named_with_both_lines_and_the_first_is_kept(imported, name: str):
    text, message = TWICE[name]
    found = imported(text)
    assert message in str(found.faults[0])
    assert len(found.lines) == text.strip().count("\n") - 1


def test_rows_of_states_that_nobody_numbered_are_not_taken_for_one_another(imported):
    found = imported("COWcode,year,v2x_polyarchy\n,1816,.3\n,1816,.4\n")
    assert (len(found.lines), found.faults) == (2, ())


def test_two_files_that_contradict_each_other_are_named_with_both_lines_and_the_first_counts(tmp_path):
    texts = {
        "p.csv": PARTICIPANTS + NORTH + SOUTH,
        "a.csv": NMC + FIRST.replace("2,1816", "1,1822"),
        "b.csv": NMC + FIRST.replace("2,1816", "1,1822").replace(".04", ".05"),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    found = history_wars([tmp_path / name for name in texts], tmp_path / "record")
    said = [str(fault) for fault in found.faults]
    assert any(
        "b.csv:2:1: state 1 in 1822: cinc is 0.05 here and 0.04 at " in text and "a.csv:2:1" in text for text in said
    ), said
    assert read_record(*found.files[:2]).wars[0].first.capability == 0.04


def test_the_same_file_named_twice_doubles_nothing(tmp_path):
    (tmp_path / "p.csv").write_text(PARTICIPANTS + NORTH + SOUTH, encoding="utf-8")
    found = history_wars([tmp_path / "p.csv", tmp_path / "p.csv"], tmp_path / "record")
    war = read_record(*found.files[:2]).wars[0]
    assert (war.first.deaths, war.second.deaths) == (400, 600)
    assert "p.csv:2:1: state 1 on side 1 of war 900 already stands at" in str(found.faults[0])


WRONG = {
    "a code without end": NMC + FIRST.replace("2,1816", "9" * 30 + ",1816"),
    "a year without end": NMC + FIRST.replace("1816", "1e300"),
    "an endless number": NMC + FIRST.replace("3823", "1e999"),
    "superscripts": NMC + FIRST.replace("3823", "\u00b2"),
    "half a state": NMC + FIRST.replace("2,1816", "2.5,1816"),
    "no state": NMC + FIRST.replace("2,1816", ",1816"),
    "a day without end": PARTICIPANTS + NORTH.replace("4,7,1823", "4," + "9" * 25 + ",1823"),
    "a date without end": PARTICIPANTS + NORTH.replace("4,7,1823", "4,7," + "9" * 25),
    "no such day": PARTICIPANTS + NORTH.replace("4,7,1823", "2,31,1823"),
    "half a war": PARTICIPANTS + NORTH.replace("900,", "900.5,"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_row_with_a_wrong_number_is_named_by_its_place_and_left_out(imported, name: str):
    found = imported(WRONG[name])
    assert found.lines == ()
    assert len(found.faults) == 1
    assert found.faults[0].place.line == 2


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LEADERS.replace("ccode,", "code,"), "the column 'gwcode' is missing"),
        ("year,polity2\n1816,3\n", "the column 'ccode' is missing"),
        ("year,v2x_polyarchy\n1816,.3\n", "the column 'ccode' is missing"),
        (PARTICIPANTS.replace("StartYear1", "Began") + NORTH, "the column 'StartYear1' is missing"),
        (EVENTS.replace("endyear", "end"), "the column 'endyear' is missing"),
        ("dyad_id,dyadterm,outcome,type_of_conflict\n7,1,5,2\n", "the column 'year' is missing"),
        (NMC.replace("ccode", "ccod") + FIRST, "lacks 'ccode' (did you mean it by 'ccod'?)"),
        (NMC.strip() + ",year\n" + FIRST.strip() + ",1817\n", "the column 'year' stands twice"),
        (NMC.replace(",", ";").replace("cinc", "cinq"), "cells are separated by semicolon"),
        (NMC + FIRST.strip() + ",9\n", "the row has 10 cells"),
        ("version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer"),
        (";;;\n,,\n", "is empty"),
    ],
)
def test_a_file_that_lacks_what_its_rows_are_known_by_is_refused(imported, text: str, message: str):
    with pytest.raises(Fault) as caught:
        imported(text)
    assert message in str(caught.value)


@pytest.mark.parametrize("heading", ["x" * 200_000, '"' + "x" * 200_000 + '"'])
def test_a_heading_may_be_longer_than_any_library_thinks(imported, heading: str):
    assert len(imported(NMC.strip() + f",{heading}\n" + FIRST).lines) == 1


def test_a_month_of_a_war_that_stands_twice_is_named(tmp_path):
    (tmp_path / "w.csv").write_text("warnum,warname,start_year\n1,A,1900\n", encoding="utf-8")
    (tmp_path / "m.csv").write_text("warnum,month,A_known,B_known\n1,1,10,20\n1,1,30,40\n", encoding="utf-8")
    record = read_record(tmp_path / "w.csv", None, tmp_path / "m.csv")
    assert record.wars[0].known == {1: (10, 20)}
    assert any("m.csv:3:3: war 1: month: month 1 already stands in line 2" in str(fault) for fault in record.faults)


def test_a_participant_that_stands_twice_is_named(tmp_path):
    (tmp_path / "w.csv").write_text("warnum,warname,start_year\n1,A,1900\n", encoding="utf-8")
    (tmp_path / "p.csv").write_text("warnum,ccode,side,initiator\n1,2,1,1\n1,200,2,0\n1,2,1,1\n", encoding="utf-8")
    record = read_record(tmp_path / "w.csv", tmp_path / "p.csv")
    assert any(
        "p.csv:4:3: war 1: ccode: state 2 already stands on this side in line 2" in str(fault)
        for fault in record.faults
    )


def test_every_way_of_writing_that_nobody_knows_is_no_number():
    table = table_of("a\n-9\n\u22129\n-9.00\n-8\nNA\n.\n", "x.csv")
    assert all(math.isnan(row.number("a")) for row in table)
