"""Delimited text: what every command reads alike."""

from __future__ import annotations

import io
import sys
import time
from pathlib import Path

import pytest

from ripeness.world.delimited import parse_delimited, read_delimited
from ripeness.world.fault import Fault
from ripeness.world.text_file import decode

FAMILIAR = frozenset({"actor", "influence", "position", "salience"}).__contains__
PLAIN = "actor,influence,position\nKing,3,4\nÉtat,2,10\n"
CELLS = [("King", "3", "4"), ("État", "2", "10")]


def texts(table):
    return [row.texts for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_table_reads_alike_however_it_was_saved(tmp_path: Path, encoding: str, separator: str, end: str):
    path = tmp_path / "table.csv"
    path.write_bytes(PLAIN.replace(",", separator).replace("\n", end).encode(encoding))
    table = read_delimited(path)
    assert (table.columns, texts(table), table.separator) == (("actor", "influence", "position"), CELLS, separator)
    assert [row.line for row in table.rows] == [2, 3]


def test_a_guessed_encoding_is_said():
    assert decode("État".encode("cp1252"), "x").notes == ("read as Windows-1252, not as UTF-8",)
    assert decode("État".encode(), "x").notes == ()


FOREIGN = {
    "zip": (b"PK\x03\x04...", "spreadsheet (xlsx"),
    "xls": (b"\xd0\xcf\x11\xe0...", "old spreadsheet"),
    "pdf": (b"%PDF-1.7", "a PDF"),
    "gzip": (b"\x1f\x8b\x08", "compressed"),
    "sqlite": (b"SQLite format 3\0", "SQLite"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 3\n", "Git LFS pointer"),
    "xml": (b'<?xml version="1.0"?>\n<table/>', "is XML"),
    "xml with a mark": ('<?xml version="1.0" encoding="UTF-16"?>\n<table/>'.encode("utf-16"), "is XML"),
    "ktab": (b'<?xml version="1.0"?>\n<KTAB><scenario name="x"/></KTAB>', "an XML file of KTAB"),
    "html": (b"<!DOCTYPE html><html></html>", "a web page"),
    "json": (b'{"actors": []}', "is JSON"),
    "rows of json": (b'[\n {"a": 1}]', "is JSON"),
    "bytes": (b"a,b\n\x00\x01", "is not text"),
    "half a utf-16": ("a,b\n".encode("utf-16")[:-1], "does not go on so"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_what_is_no_delimited_text_is_named(name: str):
    raw, message = FOREIGN[name]
    with pytest.raises(Fault) as caught:
        decode(raw, "x.csv")
    assert message in caught.value.message
    assert caught.value.place is not None


def test_a_missing_file_a_folder_and_an_impossible_path_are_faults(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none.csv", "a\0b"):
        with pytest.raises(Fault, match="cannot be read"):
            read_delimited(path)


def test_a_minus_sign_as_path_is_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode("utf-16"))))
    table = read_delimited("-")
    assert texts(table) == CELLS
    assert str(table.rows[1].place(2)) == "<stdin>:3:8"


@pytest.mark.parametrize("text", ["", "\n\n", " , ,\n,,\n", ";;;\n;;;\n", "\ufeff", "\t\t\n", "sep=;\n"])
def test_a_file_that_holds_nothing_is_a_fault(text: str):
    with pytest.raises(Fault, match="is empty"):
        parse_delimited(text, "x.csv")


@pytest.mark.parametrize(
    ("before", "note"),
    [
        ("Actor map, of the strait; a crisis\n", "line 1 before the heading is left out"),
        ("Actor map,,,\n", "line 1 before the heading is left out ('Actor map')"),
        ("Map\nby hand\n\n2020,,\n", "3 lines from 1 to 4 before the heading are left out ('Map; by hand; 2020')"),
        ("# Map\n", ""),
        ("sep=,\n", ""),
        ("\n\n", ""),
        ('"# a, b"\n', ""),
    ],
)
def test_what_stands_before_the_heading_is_left_out_and_said(before: str, note: str):
    table = parse_delimited(before + PLAIN, "x.csv", FAMILIAR)
    assert texts(table) == CELLS
    assert note in "".join(table.notes)
    assert bool(note) == bool(table.notes)


def test_a_number_sign_opens_a_comment_only_before_the_heading():
    table = parse_delimited("# by hand\n" + PLAIN + "#MeToo,1,2\n", "x.csv", FAMILIAR)
    assert texts(table) == [*CELLS, ("#MeToo", "1", "2")]
    assert parse_delimited("#" + PLAIN, "x.csv", FAMILIAR).columns == ("actor", "influence", "position")


def test_a_quoted_cell_holds_separators_doubled_quotes_and_line_breaks_as_blanks():
    table = parse_delimited('actor,influence\n"a ""b"",\r\n c",1\r\n"d\n\ne",2\n', "x.csv")
    assert texts(table) == [('a "b", c', "1"), ("d e", "2")]
    assert [str(row.place(1)) for row in table.rows] == ["x.csv:3:5", "x.csv:6:4"]
    assert table.rows[0].exact() == ('a "b",\r\n c', "1")


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ('a,b\n"c,d\n', "never closed", "x:2:1"),
        ('a,b\n1, "c" d\n', "'d' follows a closing quote", "x:2:7"),
        ('a,b\n"x\ny",2\n1,"c\n', "never closed", "x:4:3"),
    ],
)
def test_a_stray_quote_is_a_fault_where_it_stands(text: str, message: str, place: str):
    with pytest.raises(Fault, match=message) as caught:
        parse_delimited(text, "x")
    assert str(caught.value.place) == place


def test_a_row_that_is_too_long_is_told_with_the_separator():
    semicolons = parse_delimited("a;b\n1;2;3\n", "x")
    assert str(semicolons.beyond(semicolons.rows[0])[0]).endswith("cells are separated by semicolon")
    commas = parse_delimited("a,b\n1,2,3\n1,2,,\n", "x")
    assert "put ';' between the cells" in commas.beyond(commas.rows[0])[0].message
    assert commas.beyond(commas.rows[1]) == []


@pytest.mark.parametrize("text", ["- " * 200_000, '"' + "a" * 400_000 + '",b\n1,2', ",x" * 100_000, '"x",' * 100_000])
def test_a_long_heading_takes_linear_time(text: str):
    start = time.perf_counter()
    table = parse_delimited(text, "x")
    assert "".join(table.columns)
    assert time.perf_counter() - start < 5
