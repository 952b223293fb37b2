"""Cutting an answer to one screen."""

from __future__ import annotations

import pytest

from ripeness.show.brief import SCREEN, WIDTH, brief_layout, fit_rows, more_line, with_note, without_columns
from ripeness.show.cell import numbers, row
from ripeness.show.table import layout, numeric_table


def _table(rows, title="Shares"):
    return numeric_table(title, [numbers("share"), numbers("more")], [row(f"row {n}", "1", "2") for n in range(rows)])


@pytest.mark.parametrize("rows", [1, 10, 100])
def test_a_table_is_cut_to_what_a_screen_has_room_for(rows):
    brief = brief_layout("Yes. " * 30, _table(rows), "A last line.")
    lines = brief.to_text(WIDTH).splitlines()
    assert len(lines) <= SCREEN - 4
    assert lines[-1] == "A last line."
    shown = len(brief.tables()[0].rows)
    assert shown == rows or f"{rows - shown} more rows not shown." in lines


def test_a_table_that_fits_stays_as_it_is():
    table = _table(3)
    assert fit_rows(table, 20) is table


def test_columns_and_notes_are_replaced():
    table = with_note(without_columns(_table(1), ("more",)), "how to read it", "")
    assert [column.name for column in table.columns] == ["", "share"]
    assert [note.plain for note in table.notes] == ["how to read it"]
    assert [len(line.cells) for line in table.rows] == [2]


def test_the_rest_is_named_by_its_titles_and_counted():
    brief = layout(_table(1))
    full = layout(_table(1), *(_table(1, f"A table about a {n}th thing, in points") for n in range(9)))
    line = more_line(full, brief)
    assert line.startswith("More with --full: a table about a 0th thing; a table about a 1th thing")
    assert "in points" not in line
    assert line.endswith("more tables.")
    assert more_line(brief, brief) == ""
