"""Tables in narrow terminals: nothing is cut off, whatever does not fit goes to a table below."""

from __future__ import annotations

import pytest
from rich.console import Group
from rich.table import Table
from rich.text import Text

import ripeness
from ripeness.show.lines import bare
from ripeness.show.tables import as_text

CASE, FEW = "japan-1945", {"draws": 160, "horizon": 4}
ASKED = {
    "ripe": lambda: ripeness.ripe(CASE, **FEW),
    "options": lambda: ripeness.options(CASE, "japan", own_options=["all means: restraint=0"], **FEW),
    "whatif": lambda: ripeness.whatif(CASE, {"talks.mediation": 2}, cuts=["aid->munitions"], **FEW),
    "flip": lambda: ripeness.flip(CASE, outcome="victory:united-states", **FEW),
    "sense": lambda: ripeness.sense(CASE, outcome="victory:united-states", held=1, sobol_base=16, **FEW),
    "discover": lambda: ripeness.discover(CASE, outcome="victory:united-states", **FEW),
    "indicators": lambda: ripeness.indicators(CASE, outcome="victory:united-states", **FEW),
    "map": lambda: ripeness.map(CASE, links=["losses->cost", "fate->terms"], **FEW),
}


def tables(what):
    if isinstance(what, Group):
        return [one for part in what.renderables for one in tables(part)]
    return [what] if isinstance(what, Table) else []


def words(cell):
    text = cell if isinstance(cell, Text) else Text.from_markup(str(cell))
    return text.plain.split()


@pytest.mark.parametrize("verb", ASKED)
def test_at_80_columns_every_heading_and_every_number_can_be_read(verb):
    layout = ASKED[verb]().layout()
    assert tables(layout)
    assert all(len(line) <= 80 for line in as_text(layout, 80).splitlines())
    for table in tables(layout):
        shown = as_text(table, 80).split()
        for column in table.columns:
            for cell in (column.header, *column.cells):
                assert all(word in shown for word in words(cell)), (verb, words(cell))


def test_a_table_that_fits_is_one_table_and_one_that_does_not_repeats_what_is_read_beside():
    table = bare("Worth", ["first", *(f"option {n}" for n in range(8))], repeated=1)
    table.add_row("somebody with a rather long name", *("1.00" for _ in range(9)))
    assert as_text(table, 130).count("Worth") == 1
    narrow = as_text(table, 60)
    assert narrow.count("first") == narrow.count("Worth") == 3
    assert narrow.count("(continued)") == 2
    assert all(f"option {n}" in narrow for n in range(8))


def test_words_that_are_set_in_stay_so_in_their_further_lines():
    table = bare("Who", ["a number"])
    table.add_row(Text("  a faction with a name that takes more than one line"), "1")
    lines = as_text(table, 40).splitlines()[3:]
    assert all(line.startswith("  ") for line in lines)
