"""A matrix marked by hand, as a spreadsheet saves it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.study.who_decides.marked_matrix import read_marked_matrix
from ripeness.world.fault import Fault

HEAD = "item,planned,accident\n"
ROWS = "troops,CC,I\nleave,C,N\n"
PLAIN = [("troops", ["CC", "I"]), ("leave", ["C", "N"])]


@pytest.fixture
def matrix(tmp_path: Path):
    def written(text: str | bytes):
        path = tmp_path / "marks.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_marked_matrix(path)

    return written


def marks(found):
    return [(row.item, [cell.mark for cell in row.cells]) for row in found.rows]


@pytest.mark.parametrize(
    "text",
    [
        HEAD + ROWS,
        (HEAD + ROWS).replace(",", ";"),
        (HEAD + ROWS).replace(",", "\t"),
        (HEAD + ROWS).encode("utf-16"),
        b"\xef\xbb\xbf" + (HEAD + ROWS).encode(),
        (HEAD + ROWS).lower(),
        "# by hand\n" + HEAD + ROWS,
        "Evidence,planned,accident\n" + ROWS,
        HEAD + "troops,CC,I\nleave,C,NA\n",
        HEAD + '"troops",CC,I\nleave,C,\n',
    ],
)
def test_a_matrix_reads_alike_however_it_was_saved(matrix, text):
    found = matrix(text)
    assert marks(found) == PLAIN
    assert found.notes == ()


@pytest.mark.parametrize(
    ("head", "rows", "note"),
    [
        (HEAD.replace("\n", ",notes\n"), "troops,CC,I,\nleave,C,N,\n", "column 'notes' holds no mark and is left out"),
        (HEAD.replace("\n", ",notes\n"), "troops,CC,I,seen twice\nleave,C,N,\n", "column 'notes' holds no mark"),
        (
            HEAD.replace("\n", ",who said so\n"),
            "troops,CC,I,a neighbour\nleave,C,N,\n",
            "column 'who said so' holds no mark",
        ),
        (HEAD.replace("\n", ",,\n"), "troops,CC,I,,\nleave,C,N,,\n", "columns 4, 5 hold no mark and are left out"),
        ("," + HEAD, "1,troops,CC,I\n2,leave,C,N\n", "column 1 holds no mark"),
        (HEAD, "Military,,\n" + ROWS, "line 2 ('Military') has no mark and is left out"),
        ("Matrix, 2027\n" + HEAD, ROWS, "line 1 before the heading is left out"),
    ],
)
def test_columns_and_rows_without_any_mark_are_left_out_and_said(matrix, head: str, rows: str, note: str):
    found = matrix(head + rows)
    assert marks(found) == PLAIN
    assert found.hypotheses == ("planned", "accident")
    assert any(note in text for text in found.notes), found.notes


def test_a_line_break_in_an_item_is_a_blank(matrix):
    assert matrix(HEAD + '"troops moved,\nby night",CC,I\n#leave,C,N\n').rows[0].item == "troops moved, by night"


@pytest.mark.parametrize(
    ("text", "message", "line", "column"),
    [
        (HEAD + "t,CC,CI\n", "'CI' is no mark", 2, 6),
        (HEAD + ROWS + "Total,3,1\n", "'3' is no mark", 4, 7),
        (HEAD + "t,CC,I,C\n", "the row has 4 cells", 2, 8),
        (HEAD + ",CC,I\n", "names no item", 2, 1),
        (HEAD.replace("\n", ",\n") + "t,CC,I,C\n", "a column of marks has no name", 1, 23),
        ("item;a;a\nt;CC;I\n", "'a' stands twice", 1, 8),
        ("item|a|b\nt|CC|I\n", "no comma, semicolon or tab", 1, 1),
        ("item,planned,notes\nt,CC,\n", "here is one (column 'notes' holds no mark", 1, 1),
        ("item,grade,a,b\nt,G1,CC,I\n", "no Admiralty grade", 2, 3),
        (",,,\n", "is empty", 1, 1),
        ("version https://git-lfs.github.com/spec/v1\n", "Git LFS pointer", 1, 1),
    ],
)
def test_what_is_wrong_is_said_where_it_stands(matrix, text: str, message: str, line: int, column: int):
    with pytest.raises(Fault) as caught:
        matrix(text)
    assert message in caught.value.message
    assert caught.value.place is not None
    assert (caught.value.place.line, caught.value.place.column) == (line, column)


def test_the_command_says_what_was_left_out_and_reads_standard_input():
    text = HEAD.replace("\n", ",notes\n") + "troops,CC,I,\nleave,C,N,\n"
    run = CliRunner().invoke(app, ["infer", "--matrix", "-"], input=text)
    assert run.exit_code == 0
    assert "Note: column 'notes' holds no mark and is left out." in run.stdout
