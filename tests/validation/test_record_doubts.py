"""Records, councils and matrices that look right and are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from ripeness.study.who_decides.marked_matrix import read_marked_matrix
from ripeness.validation.backtest.councils_eu import read_councils
from ripeness.validation.history.producers import import_producer_file
from ripeness.validation.history.wars import read_record
from ripeness.world.fault import Fault

WARS = (
    "warnum,warname,start_year,start,A_cinc,B_cinc,A_leader_start_forced_12m,outcome3,duration_days\n"
    "1,One,1900,1900-02-01,.1,.05,0,A_win,300\n2,Two,1950,1950-02-01,.2,.3,1,B_win,30\n"
)
DEU = "prname;pcom;pep;scom;sep;rp;out\nalpha;0;100;50;50;;40\nbeta;10;90;40;60;0;50\n"
NMC = "ccode,year,milex,milper,irst,pec,tpop,upop,cinc\n2,1900,100,200,1,2,3,4,.1\n"
LEADER = (
    "obsid,ccode,leader,startdate,enddate,entry,exit,exitcode\n"
    "USA-1,2,Smith,1900-01-01,1901-01-01,Regular,Regular,Regular\n"
)


def written(folder: Path, text: str, name: str = "x.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("A_win", "a_win", "did you mean 'A_win'"),
        (".05,0", ".05,2", "neither 0 nor 1"),
        (".1,", "10,", "no share of the world's capabilities"),
        ("1900-02-01", "1950-02-01", "does not lie in the year 1900"),
    ],
)
def test_a_cell_of_a_war_that_cannot_be_so_is_named(tmp_path: Path, old: str, new: str, words: str):
    assert words not in " ".join(map(str, read_record(written(tmp_path, WARS)).faults))
    record = read_record(written(tmp_path, WARS.replace(old, new, 1)))
    assert any(words in str(fault) and ":2:" in str(fault) for fault in record.faults)


def test_known_deaths_that_fall_are_named(tmp_path: Path):
    months = "warnum,month,A_known,B_known\n1,1,10,20\n1,2,5,30\n2,1,5,5\n"
    record = read_record(written(tmp_path, WARS), None, written(tmp_path, months, "m.csv"))
    assert any("war 1: fewer deaths are known by month 2" in str(fault) for fault in record.faults)
    assert not any("war 2: fewer" in str(fault) for fault in record.faults)


def test_who_began_a_war_is_read_in_words_and_else_named(tmp_path: Path):
    people = (
        "warnum,side,ccode,initiator,cinc,polity2\n1,1,2,{},.1,8\n1,2,3,FALSE,.05,-8\n2,1,4,1,.2,8\n2,2,5,0,.3,-8\n"
    )
    record = read_record(written(tmp_path, WARS), written(tmp_path, people.format("TRUE"), "p.csv"))
    assert record.wars[0].first.regime == "democracy"
    record = read_record(written(tmp_path, WARS), written(tmp_path, people.format("perhaps"), "p.csv"))
    assert any("'perhaps' is not a code" in str(fault) for fault in record.faults)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (NMC.replace(",100,", ",-5,"), "milex: -5"),
        (NMC.replace(",.1\n", ",2.5\n"), "cinc: 2.5"),
        (LEADER.replace("1900-01-01", "01/02/1900"), "is not a day"),
        (LEADER.replace("1900-01-01", "1902-01-01"), "before he comes in"),
        (LEADER.replace("Regular,Regular\n", "irregular,Regular\n"), "not a way of leaving office"),
        ("ccode,year,polity2\n2.5,1900,3\n", "not a whole number"),
    ],
)
def test_a_producers_row_that_cannot_be_so_is_named_and_left_out(tmp_path: Path, text: str, words: str):
    found = import_producer_file(written(tmp_path, text))
    assert found.lines == ()
    assert words in str(found.faults[0])


def test_a_producers_heading_in_other_letters_is_told_so(tmp_path: Path):
    with pytest.raises(Fault, match=r"write 'year' \(here 'YEAR'\)"):
        import_producer_file(written(tmp_path, "CCODE,YEAR,POLITY2\n2,1900,3\n"))


def test_an_issue_of_the_union_counts_once_and_means_not_at_all(tmp_path: Path):
    read = read_councils(written(tmp_path, DEU + "beta;10;90;40;60;0;50\nMean;5;95;45;55;0;45\n"))
    assert [issue.proposal for issue in read.issues] == ["alpha", "beta"]
    assert ["line 3 already" in str(read.faults[0]), "row of sums or means" in str(read.faults[1])] == [True, True]


def test_shares_are_no_points_of_a_hundred(tmp_path: Path):
    with pytest.raises(Fault, match="from 0 to 1"):
        read_councils(written(tmp_path, "prname;pcom;pep;scom;sep;rp;out\nalpha;0;1;.5;.5;;.4\n"))
    read = read_councils(written(tmp_path, "prname;pcom;pep;scom;sep;rp;out\nalpha;0;100;.5;.5;;40\n"))
    assert "are these shares" in str(read.faults[0])


def test_remarks_are_no_hypothesis_and_what_counts_twice_is_said(tmp_path: Path):
    found = read_marked_matrix(written(tmp_path, "item,planned,accident,notes\nx,CC,I,C\nx,C,I,\n"))
    assert found.hypotheses == ("planned", "accident")
    assert found.notes == (
        "column 'notes' is read as remarks and left out",
        "'x' in line 3 stands in line 2 already and counts twice",
    )
    with pytest.raises(Fault, match="stands twice"):
        read_marked_matrix(written(tmp_path, "item,planned,Planned\nx,CC,I\n"))
