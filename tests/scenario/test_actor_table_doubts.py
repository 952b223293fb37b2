"""Actor tables that look right and are not: each is refused, or warned of, or read as it was meant."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ripeness.scenario.actor_table import ActorTable, read_actor_table
from ripeness.world.fault import Fault

HEAD = "actor,influence,position,salience\n"
ROWS = "Army,2,30,90\nSenate,1,20,50\n"
KTAB = "Name,{},2,1{}\nActor,Description,Power,Tax Pos,Tax Sal\nA,first,40,30,50\nB,second,60,{},50\n"
EXCHANGE = "#A;a1;Army\n#A;a2;Senate\n#P;p1;tax\n#M;p1;0;low\n#M;p1;100;high\n#D;a1;p1;30;.9;1\n#D;a2;p1;20;.5;.5\n"


def table(folder: Path, text: str) -> ActorTable:
    path = folder / "actors.csv"
    path.write_text(text, encoding="utf-8")
    return read_actor_table(path)


@pytest.mark.parametrize(
    "text",
    [
        "actor,influence_0_100,position_0_100,salience_pct\n" + ROWS,
        "actor,influence..0.100.,position..0.100.,salience..Percent.\n" + ROWS,
        "issue,actor,influence,position,salience\nx,Army,2,30,90\nx,Senate,1,20,50\ny,Army,2.0,30,90\ny,Senate,1,20,50\n",
        "Name,2024,2,1\nActor,Description,Power,Tax Pos,Tax Sal\nArmy,x,2,30,90\nSenate,y,1,20,50\n",
        EXCHANGE.replace(";", "|"),
        EXCHANGE.replace("#D", " #d"),
    ],
)
def test_what_is_unusual_and_clear_is_read(tmp_path: Path, text: str):
    found = table(tmp_path, text)
    assert found.actors == ("Army", "Senate")
    assert found.position[0, :, 0].tolist() == [30, 20]
    assert found.salience[0, :, 0].tolist() == [0.9, 0.5]


def test_a_letter_names_an_issue_and_is_no_article(tmp_path: Path):
    heading = "actor,influence,A position,A salience,issue B position,issue B salience\n"
    assert table(tmp_path, heading + "x,1,2,90,3,80\ny,1,4,90,5,80\n").issues == ("A", "issue B")


def test_counts_of_a_ktab_file_fix_the_ends_whatever_its_description(tmp_path: Path):
    for text in (KTAB.format("2024", "", 20), KTAB.format("Desc", ".0", 20)):
        assert table(tmp_path, text).ends.tolist() == [[0, 100]]


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        (HEAD + "A,2,30,90\nB,1,20,50\nSubtotal west,3,25,70\nC,4,9,9\n", "looks like a row of sums", 4),
        (HEAD + ROWS + "army,2,30,90\n", "already stands in line 2 as 'Army'", 4),
        (HEAD + "The Army,2,30,90\nThe\u00a0Army,1,20,50\n", "already stands in line 2", 3),
        (HEAD.replace("\n", ",notes\n") + "A,0,5,30,90\nB,1,20,50,\n", "with decimal commas", 2),
        (HEAD.replace("\n", ",\n") + "A,0,5,30,90\nB,1,20,50,\n", "with decimal commas", 2),
        (
            "actor,influence,position min,position max,salience min,salience max\nA,2,1,2,3,4\nB,1,2,3,4,5\n",
            "ends of one number",
            1,
        ),
        (
            "issue,actor,influence,position,salience\ntax,A,2,30,90\nTax,B,1,20,50\n",
            "'Tax' here and 'tax' in line 2",
            3,
        ),
        (
            KTAB.format("Desc", "", 20).replace("Tax Pos,Tax Sal", "Tax Sal,Tax Pos"),
            "where the position of an issue is wanted",
            2,
        ),
        (EXCHANGE + "#D;a3;p1;10;.8;.5\n", "'a3' is named by no row #A", 8),
        (EXCHANGE + "#A;a1;Court\n", "already stands for 'Army'", 8),
        (EXCHANGE.replace("#D;a1;p1;30;.9;1", "#D;a1;p1;30;0;9;1"), "here are 6 cells", 6),
        ("#A;a1;Army\n", "comments alone", 1),
    ],
)
def test_what_would_be_misread_is_refused(tmp_path: Path, text: str, words: str, line: int):
    with pytest.raises(Fault, match=words) as caught:
        table(tmp_path, text)
    assert caught.value.place is not None
    assert caught.value.place.line == line


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD + "A,2,30,9\nB,1,20,5\n", "'\\(0-10\\)' behind the heading"),
        (HEAD + "A,2,-99,90\nB,1,20,50\n", "'-99' in line 2 is read as a position"),
        (HEAD + "A,999,3,90\nB,1,20,50\n", "'999' in line 2 is read as influence"),
        (HEAD.replace("position", "position (0-100)") + "A,9,-3,90\nB,1,20,50\n", "beyond the scale"),
        (HEAD + ROWS + "Max,4,30,90\n", "'Max' in line 4 is read as an actor"),
        (HEAD + ROWS + "Court,3,9,50\nWhole assembly,6,20,70\n", "influence of all others together"),
        (KTAB.format("Desc", "", 130), "beyond 0 to 100"),
        (EXCHANGE.replace("p1;30", "p1;130"), "beyond 0 to 100"),
    ],
)
def test_what_looks_wrong_and_can_be_read_has_a_warning(tmp_path: Path, text: str, words: str):
    found = table(tmp_path, text)
    assert [warning for warning in found.warnings if re.search(words, warning)]
