"""Answers are kept once, whoever else keeps the same at the same time."""

from __future__ import annotations

import pytest

from ripeness.show.brief import brief_layout
from ripeness.show.cell import row, styled
from ripeness.show.table import layout, numeric_table
from ripeness.store.atomic_write import write_folder
from ripeness.web import answer
from ripeness.web.answer import KeptAnswer, find_answer, keep_answer, write_once
from ripeness.web.answer_blocks import MOST_ROWS, answer_and_more
from ripeness.world.fault import Fault

ONE = KeptAnswer("run-x-1", "run", "x", "", "", "Said.", "", "")


def test_an_answer_that_another_process_keeps_meanwhile_is_kept(tmp_path, monkeypatch):
    def beaten(place, contents):
        write_folder(place, contents)
        write_folder(place, contents)

    monkeypatch.setattr(answer, "write_folder", beaten)
    assert keep_answer(ONE, tmp_path) is ONE
    assert find_answer(tmp_path, ONE.id).sentence == "Said."


def test_an_empty_folder_in_the_place_of_an_answer_takes_nothing_from_it(tmp_path):
    (tmp_path / ONE.id).mkdir()
    keep_answer(ONE, tmp_path)
    assert find_answer(tmp_path, ONE.id).sentence == "Said."


def test_what_cannot_be_written_is_said(tmp_path):
    def refuse():
        raise Fault("no room")

    with pytest.raises(Fault, match="no room"):
        write_once(tmp_path / "one", "page.json", refuse)


def test_a_page_says_the_answer_once_and_shows_rows_that_a_terminal_has_no_room_for():
    table = numeric_table("Rows", ["n"], [row(f"row {n}", str(n)) for n in range(MOST_ROWS)])
    above = styled("Analysts differ.")
    brief = brief_layout("Yes. " * 150, table, "A line.", above=[above])
    assert brief.tables()[0].left_out
    shown = "".join(answer_and_more(brief, layout("A line.", table)))
    assert "Analysts differ." in shown
    assert "Yes." not in shown
    assert shown.count("A line.") == 1
    before, _, more = shown.partition("<details")
    assert f"row {MOST_ROWS - 1}" in before
    assert f"row {MOST_ROWS - 1}" in more
    assert "not shown" not in shown
