"""Actor tables as people keep them: headings of the field, long form, sums, marks, and scales that do not agree."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from ripeness.scenario.actor_table import ActorTable, read_actor_table
from ripeness.world.fault import Fault

HEAD = "actor,influence,position,salience\n"
ROWS = "Army,2,30,90\nSenate,1,20,50\n"
PLAIN = ([[2, 2], [1, 1]], [[30, 30], [20, 20]], [[0.9, 0.9], [0.5, 0.5]])


@pytest.fixture
def table(tmp_path: Path):
    def written(text: str) -> ActorTable:
        path = tmp_path / "actors.csv"
        path.write_bytes(text.encode())
        return read_actor_table(path)

    return written


def numbers(found: ActorTable, issue: int = 0):
    return found.influence.tolist(), found.position[issue].tolist(), found.salience[issue].tolist()


@pytest.mark.parametrize(
    "head",
    [
        "Stakeholder,Clout,Position,Salience",
        "player,capability,position,importance",
        "Actors,Resources,Stance,Priority",
        "Name,Power,Position,Salience",
        "Country,Votes,Preferred position,Salience score",
        "actor,voting power,position,sal",
        "actor,influence,position (0-100),salience (%)",
        "actor,influence [share],position in years,salience in %",
        "Actor,Influence (0\u2013100),Position 0-100,Salience 0 to 100",
        "actor,relative influence,position (years),salience [per cent]",
        '"actor\nname",influence,"position\n(0-100)",salience',
        "actor,influence,position on tax,salience",
        "Actor,% influence,Pos.,Sal.",
        "actor,influence,position (1990-2000),salience (0%-100%)",
        "#actor,influence,position,salience",
    ],
)
def test_headings_in_the_words_of_the_field_and_with_units_are_understood(table, head: str):
    assert numbers(table(head + "\n" + ROWS)) == PLAIN


@pytest.mark.parametrize(
    "before",
    [
        "Actor map of the strait crisis,,,\n",
        "Map; of\tthe strait\n",
        "Map\n\nby hand, 2020\n",
        "Actor positions,Salience of the crisis,,\n",
        "# Map\n",
        "x,y,\u00b2,\u00b3\n",
    ],
)
def test_titles_before_the_heading_are_left_out_and_said_and_comments_are_not(table, before: str):
    found = table(before + HEAD + ROWS)
    assert numbers(found) == PLAIN
    assert any("before the heading" in note for note in found.notes) == (not before.startswith("#"))


def test_brackets_name_the_issue_where_position_and_salience_share_them(table):
    found = table(
        "actor,influence,position (tax),salience (tax),position (war),salience (war)\nA,2,30,90,1,2\nB,1,20,50,3,40\n"
    )
    assert found.issues == ("tax", "war")


def test_long_form_is_read_by_its_column_issue_and_said(table):
    rows = (
        "issue,actor,influence,position,salience\ntax,Army,2,30,90\n"
        "tax,Senate,1,20,50\nwar,Army,2,70,40\nwar,Senate,1,10,80\nwar,Court,1,5,6\n"
    )
    found = table(rows)
    assert (found.issues, found.actors) == (("tax", "war"), ("Army", "Senate", "Court"))
    assert found.position[1, :, 0].tolist() == [70, 10, 5]
    assert found.salience[0, 2].tolist() == [0, 0]
    assert any("long form" in note for note in found.notes)


def test_a_table_of_a_position_exchange_tool_is_read(table):
    rows = "'#A'\t'US'\t'United States'\n'#A'\t'EU'\t'Union'\n'#P'\t'v'\t'Volume'\n'#M'\t'v'\t0\n'#M'\t'v'\t200\n"
    found = table(rows + "'#D'\t'US'\t'v'\t10.0\t0.9\t0.26\t\n'#D'\t'EU'\t'v'\t50.0\t0.4\t0.156\t\n")
    assert (found.actors, found.issues) == (("United States", "Union"), ("Volume",))
    assert found.ends.tolist() == [[0, 200]]
    assert found.influence[:, 0].tolist() == [0.26, 0.156]


@pytest.mark.parametrize("more", ["", "extra,", "1,2,3,", " more words, and more"])
def test_the_first_line_of_a_ktab_file_counts_in_its_third_and_fourth_cells(table, more: str):
    rows = (
        "Actor,Description,Power,Pstn1,Sal1,Pstn2,Sal2,\nA,d, 102.543, 75.79, 49.53, 6.37, 50,\nB,d,  53.393, 82.72,"
        " 30.33, 73.5, 21,\n"
    )
    found = table(f'X,"a scenario, dated",2,2,{more}\n' + rows)
    assert found.issues == ("issue 1", "issue 2")
    assert found.influence[:, 0].tolist() == [102.543, 53.393]
    assert found.ends.tolist() == [[0, 100], [0, 100]]
    assert not any("left out" in note for note in found.notes)


def test_the_counts_of_a_ktab_file_may_stand_behind_an_unquoted_comma(table):
    rows = "Actor,Description,Influence,Tax Position,Tax Salience,\nA,d,1,20,30,\nB,d,2,40,50,\n"
    assert table("X, a scenario, dated,2,1,\n" + rows).ends.tolist() == [[0, 100]]


def test_a_title_with_numbers_makes_no_ktab_file_of_a_plain_table(table):
    assert numbers(table("Map,of the strait,2020,11\n" + HEAD + ROWS)) == PLAIN


FAULTS = {
    "a row of sums": (HEAD + ROWS + "Total,3,,\n", "looks like a row of sums", 4, 1),
    "sums in another language": (HEAD + ROWS + "Summe:,3,25,70\n", "looks like a row of sums", 4, 1),
    "a row of means": (HEAD + ROWS + "Average,1.5,25,70\n", "looks like a row of sums", 4, 1),
    "a named sum": (HEAD + ROWS + "Sum of all weights,3,25,70\n", "looks like a row of sums", 4, 1),
    "a row of sums with dashes": (HEAD + ROWS + "Total,3,-,NA\n", "looks like a row of sums", 4, 1),
    "a footnote": (HEAD + ROWS + "Source: own coding,,,\n", "looks like a footnote", 4, 1),
    "a late comment": (HEAD + "Army,2,30,90\n# by hand\nSenate,1,20,50\n", "'#' opens a comment only before", 3, 1),
    "points between thousands": (
        "actor;influence;position;salience\nA;1.250;30;90\nB;900;20;50\n",
        "1250 or 1.25",
        2,
        3,
    ),
    "commas between thousands": (HEAD + 'A,"1,250",30,90\nB,900,20,50\n', "1250 or 1.25", 2, 3),
    "per cent and numbers": (HEAD + "A,40%,30,90\nB,60,20,50\n", "mixes per cent and plain numbers", 2, 3),
    "per cent positions": (HEAD + "A,2,40%,90\nB,1,60,50\n", "mixes per cent and plain numbers", 2, 5),
    "beyond a named scale": ("actor,influence,position,salience (0-1)\nA,1,2,9\nB,1,3,.5\n", "lies from 0 to 1", 2, 7),
    "superscripts": (HEAD + "A,2\u00b2,30,90\nB,1,20,50\n", "is not a number", 2, 3),
    "only separators": (",,,\n;;;\n", "is empty", 1, 1),
    "an actor twice": (HEAD + "A,1,2,3\nA,1,4,5\n", "needs a column 'issue'", 3, 1),
    "a pair twice": ("issue,actor,influence,position,salience\nt,A,1,2,3\nt,A,1,2,3\nt,B,1,2,3\n", "in line 2", 3, 3),
    "two influences": (
        "issue,actor,influence,position,salience\nt,A,1,2,3\nw,A,2,2,3\nt,B,1,2,3\n",
        "influence 2 here and 1",
        3,
        5,
    ),
    "no heading": (ROWS, "a heading is missing above it", 1, 1),
    "no heading, two issues": ("A,2,30,90,1,2\nB,1,20,50,3,4\n", "a heading is missing above it", 1, 1),
    "other separator": ("actor|influence|position|salience\nA|1|2|3\n", "no comma, semicolon or tab", 1, 1),
    "semicolons": ("who;influence;position;salience\nA;1;2;3\n", "cells are separated by semicolon", 1, 1),
    "git lfs": ("version https://git-lfs.github.com/spec/v1\noid sha256:1\n", "Git LFS pointer", 1, 1),
    "an end that is no number": (
        "#A;US\n#P;v;V\n#M;v;nan\n#D;US;v;10;1;1\n#D;EU;v;1;1;1\n",
        "'nan' is not a number",
        3,
        6,
    ),
    "short row of exchange": ("#A;US\n#D;US;v;10\n", "a row #D holds", 2, 1),
}


@pytest.mark.parametrize("name", FAULTS)
def test_what_cannot_be_read_right_is_refused_where_it_stands(table, name: str):
    text, message, line, column = FAULTS[name]
    with pytest.raises(Fault) as caught:
        table(text)
    assert message in caught.value.message
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (line, column)


def test_a_number_sign_in_a_name_is_part_of_it(table):
    assert table(HEAD + "#MeToo network,3,80,90\n" + ROWS).actors == ("#MeToo network", "Army", "Senate")


def test_per_cent_beside_shares_are_shares_and_said(table):
    found = table(HEAD + "Army,40%,30,90%\nSenate,0.6,20,0.5\n")
    assert found.influence[:, 0].tolist() == [0.4, 0.6]
    assert found.salience[0, :, 0].tolist() == [0.9, 0.5]
    assert any("'40%' as 0.4" in note for note in found.notes)


def test_saliences_all_in_per_cent_are_per_cent_however_small(table):
    assert table(HEAD + "A,2,30,0.9%\nB,1,20,0.5%\n").salience[0, :, 0] == pytest.approx([0.009, 0.005])


def test_a_scale_in_the_heading_decides_how_salience_is_read(table):
    found = table("actor,influence,position,salience (0-10)\nA,2,30,9\nB,1,20,5\n")
    assert found.salience[0, :, 0].tolist() == [0.9, 0.5]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            HEAD + "A,2,30,0.9\nB,1,20,50\n",
            ("column 'salience'", "0 to 1 ('0.9' in line 2)", "0 to 100 ('50' in line 3)"),
        ),
        (HEAD + "A,2,30,1\nB,1,20,50\n", ("column 'salience'", "'1' in line 2", "'50'")),
        ("actor,influence,t pos,t sal,w pos,w sal\nA,2,3,.9,1,20\nB,1,2,.5,3,40\n", ("columns 't sal' and 'w sal'",)),
        ("issue,actor,influence,position,salience\nt,A,1,2,.3\nt,B,1,2,30\n", ("column 'salience'", "'.3' in line 2")),
        ("actor,influence,position,salience (%)\nA,2,30,0.9\nB,1,20,0.5\n", ("are these shares",)),
        (HEAD + "A,2,999,90\nB,1,20,50\n", ("'999' in line 2",)),
        ("actor,influence,position (0-100),salience\nA,2,130,90\nB,1,20,50\n", ("'130' in line 2 lies beyond",)),
        (HEAD + ROWS + "Total,9,50,40\n", ("'Total' in line 4 is read as an actor",)),
    ],
)
def test_what_looks_wrong_and_can_be_read_is_a_warning(table, text: str, words: tuple[str, ...]):
    warnings = " ".join(table(text).warnings)
    assert all(word in warnings for word in words), warnings


@pytest.mark.parametrize("text", [HEAD + ROWS, HEAD + "A,2,30,1\nB,1,20,.5\n", HEAD + "A,2,30,0\nB,1,20,50\n"])
def test_a_table_on_one_scale_has_no_warning(table, text: str):
    assert table(text).warnings == ()


def test_a_typesetter_s_minus_is_a_minus_and_a_line_break_in_a_name_a_blank(table):
    found = table('actor,influence,position,salience\n"Army,\nnorth",2,\u221230,90\nSenate,1,20,50\n')
    assert found.position[0, :, 0].tolist() == [-30, 20]
    assert found.actors[0] == "Army, north"


def test_standard_input_is_read_as_a_file(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((HEAD + ROWS).encode("utf-16"))))
    assert numbers(read_actor_table(Path("-"))) == PLAIN


LONG = {
    "many columns": "actor,influence" + "".join(f",p{n} position,p{n} salience" for n in range(10_000)) + "\n",
    "many nameless columns": "actor,influence,position,salience" + ",a" * 200_000 + "\n",
    "blank lines": "\n" * 300_000 + HEAD,
    "joined": "- " * 60_000 + ",influence,position,salience\n",
    "joined behind": "actor,influence,position" + " -" * 60_000 + ",salience\n",
    "joined before": "actor,influence," + "a-" * 60_000 + "position,salience\n",
    "repeated": "actor,influence," + "position " * 20_000 + ",salience\n",
    "brackets": "actor,influence," + "(" * 60_000 + ",salience\n",
    "blank": f"{HEAD}A,1{' ' * 60_000}x,2,3\n",
    "dots": f"{HEAD}A,{'1.' * 60_000},2,3\n",
    "numbers": f"{HEAD}A,{'1 000' * 60_000},2,3\n",
}


@pytest.mark.parametrize("name", LONG)
def test_a_long_heading_or_cell_takes_linear_time(table, name: str):
    start = time.perf_counter()
    outcome = ""
    try:
        table(LONG[name] + ROWS)
    except Fault as fault:
        outcome = fault.message
    assert len(outcome) < 500
    assert time.perf_counter() - start < 5
