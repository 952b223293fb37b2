"""Tables in narrow terminals: nothing is cut off, whatever does not fit goes to a table below."""

from __future__ import annotations

from collections import Counter
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import ripeness
from ripeness.show.cell import numbers, row, styled
from ripeness.show.forecast_tables import tables_as_text
from ripeness.show.table import numeric_table, text_table
from ripeness.show.terminal import Terminal

CASE, FEW = "japan-1945", {"draws": 160, "horizon": 4}
ASKED = {
    "ripe": lambda: ripeness.ripe(CASE, **FEW),
    "options": lambda: ripeness.options(CASE, "japan", own_options=["all means: restraint=0"], **FEW),
    "whatif": lambda: ripeness.whatif(CASE, {"talks.mediation": 2}, cuts=["aid->munitions"], **FEW),
    "flip": lambda: ripeness.flip(CASE, outcome="victory:united-states", **FEW),
    "sense": lambda: ripeness.sense(CASE, outcome="fighting", held=1, sobol_base=16, **FEW),
    "discover": lambda: ripeness.discover(CASE, outcome="fighting", draws=2000, horizon=24),
    "indicators": lambda: ripeness.indicators(CASE, outcome="victory:united-states", draws=800, horizon=12),
    "map": lambda: ripeness.map(CASE, links=["losses->cost", "fate->terms"], **FEW),
}


def texts(table):
    """Every heading and every cell as it is written."""
    return [column.heading for column in table.columns] + [cell.plain for line in table.rows for cell in line.cells]


@pytest.mark.parametrize("verb", ASKED)
def test_at_80_columns_every_heading_and_every_number_can_be_read(verb):
    answer = ASKED[verb]()
    assert answer.tables()
    assert all(len(line) <= 80 for line in tables_as_text(answer.layout(), 80).splitlines())
    for table in answer.tables():
        shown = tables_as_text(table, 80).split()
        for text in texts(table):
            assert all(word in shown for word in text.split()), (verb, text)


def test_a_table_that_fits_is_one_table_and_one_that_does_not_repeats_what_is_read_beside():
    options = [f"option {n}" for n in range(8)]
    line = row("somebody with a rather long name", *("1.00" for _ in range(9)))
    table = numeric_table("Worth", [numbers("first", repeated=True), *options], [line])
    assert tables_as_text(table, 130).count("Worth") == 1
    narrow = tables_as_text(table, 60)
    assert narrow.count("first") == narrow.count("Worth") == 3
    assert narrow.count("(continued)") == 2
    assert all(f"option {n}" in narrow for n in range(8))


def test_words_that_are_set_in_stay_so_in_their_further_lines():
    table = numeric_table(
        "Who", ["a number"], [row("a faction with a name that takes more than one line", "1", level=1)]
    )
    lines = tables_as_text(table, 40).splitlines()[3:]
    assert all(line.startswith("  ") for line in lines)


LETTERS = st.text("abcdefghij Ελλάδα战争é:[]/-", min_size=1, max_size=60)
NUMBERS = st.sampled_from(["32", "126", "1,250", "76 ±5.0", "458 to 2,810", "+0.012 [-0.100, +0.200]", "", "<1 ±0.5"])


@st.composite
def drawn_tables(draw):
    """Tables of words and numbers, with up to thirteen columns of numbers under names of any length."""
    columns = draw(st.integers(0, 13))
    rows = draw(st.integers(1, 3))
    repeated = draw(st.integers(0, 1))
    headings = [numbers(draw(LETTERS), repeated=n < repeated) for n in range(columns)]
    lines = [row(draw(LETTERS), *[draw(NUMBERS) for _ in range(columns)]) for _ in range(rows)]
    return numeric_table(draw(LETTERS), headings, lines, draw(LETTERS))


def letters(text):
    return Counter("".join(str(text).split()))


@given(drawn_tables(), st.integers(40, 200))
def test_at_any_width_every_letter_survives_and_no_number_is_broken(table, width):
    text = tables_as_text(table, width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    wanted = letters(table.title)
    for written in texts(table):
        wanted += letters(written)
    assert not wanted - letters(text)
    shown = text.split()
    for line in table.rows:
        for cell in line.cells[1:]:
            assert all(word in shown for word in cell.plain.split())


@pytest.mark.parametrize("width", [40, 60, 80])
def test_thirteen_columns_with_long_names_lose_nothing(width):
    names = [f"The analyst of the {n}th institute for peace" for n in range(13)]
    lines = [
        row(
            f"outcome number {number} of a land with a rather long name",
            *[f"{number}{n},{number}0{n} ±1{n}.0" for n in range(13)],
        )
        for number in range(4)
    ]
    table = numeric_table("Side by side", names, lines)
    shown = tables_as_text(table, width)
    for number in range(4):
        for n in range(13):
            assert f"{number}{n},{number}0{n} ±1{n}.0" in shown
    for n in range(13):
        assert f"{n}th" in shown.split()


def test_a_terminal_shows_a_control_character_as_a_sign_and_reads_no_markup():
    out = Terminal(file=StringIO(), width=80)
    rows = []
    for text in ("\x1b[31mred", "\x9b2J", "a\u202eb", "[red]x[/red] [/] :japan:"):
        rows += [row(text), row(styled((text, "bold")))]
        out.print(text)
    out.print(text_table(["[bold]who[/bold]"], rows))
    said = out.file.getvalue()
    assert not {"\x1b", "\x9b", "\u202e"} & set(said)
    assert said.count("[red]x[/red] [/] :japan:") == 3
    assert "[bold]who[/bold]" in said
