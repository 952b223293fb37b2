"""The editable table of actors: cells in, text out, faults at their cells, and nothing but a table from a browser."""

from __future__ import annotations

import pytest

from ripeness.web.actor_sheet import _is_table, cell_faults, read_sheet, rows_of_text, sheet_html, text_of_rows
from ripeness.world.fault import Fault

TEXT = 'actor,influence,position,salience\n"King, the",2,10,50\nTowns,1,abc,40\n'


def test_cells_come_back_as_they_were():
    assert rows_of_text(text_of_rows(rows_of_text(TEXT))) == rows_of_text(TEXT)


def test_a_fault_stands_at_the_cell_whose_number_is_wrong():
    with pytest.raises(Fault) as caught:
        read_sheet(TEXT)
    (fault,) = cell_faults(caught.value, TEXT)
    assert (fault.row, fault.column) == (2, 2)
    assert "'abc' is not a number" in fault.message


def test_a_comma_within_quotes_parts_no_cells():
    text = TEXT.replace("10", "x").replace("abc", "3")
    with pytest.raises(Fault) as caught:
        read_sheet(text)
    assert [(fault.row, fault.column) for fault in cell_faults(caught.value, text)] == [(1, 2)]


def test_a_page_gets_what_its_picture_needs():
    sheet = read_sheet(TEXT.replace("abc", "30"))
    assert (sheet["actors"], sheet["ends"]) == (["King, the", "Towns"], [[10.0, 30.0]])


def test_what_is_typed_is_no_markup():
    assert "<b>" not in sheet_html([["actor"], ["<b>"]], "t")


@pytest.mark.parametrize("sent", [None, "x", [1], [["a", 1]], [["a"] * 61], [["a"]] * 401])
def test_a_browser_can_send_nothing_but_rows_of_texts(sent):
    assert not _is_table(sent)
    assert _is_table([["a", "b"]])
