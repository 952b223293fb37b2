"""A table is one value: terminal, HTML, Markdown and CSV say the same, cell by cell."""

from __future__ import annotations

import csv
import re
from html import unescape
from html.parser import HTMLParser
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ripeness
from ripeness.show.cell import number_cell, numbers, row, styled, words
from ripeness.show.table import Table, layout, numeric_table, text_table
from ripeness.show.table_text import records

CASE, FEW = "japan-1945", {"draws": 160, "horizon": 4}
ASKED = {
    "run": lambda: ripeness.run(CASE, **FEW),
    "ripe": lambda: ripeness.ripe(CASE, draws=160, horizon=18),
    "options": lambda: ripeness.options(CASE, "japan", own_options=["all means: restraint=0"], **FEW),
    "whatif": lambda: ripeness.whatif(CASE, {"talks.mediation": 2}, cuts=["aid->munitions"], **FEW),
    "flip": lambda: ripeness.flip(CASE, outcome="victory:united-states", **FEW),
    "sense": lambda: ripeness.sense(CASE, outcome="victory:united-states", held=1, sobol_base=16, **FEW),
    "discover": lambda: ripeness.discover(CASE, outcome="victory:united-states", draws=2000, horizon=12),
    "indicators": lambda: ripeness.indicators(CASE, outcome="victory:united-states", **FEW),
    "map": lambda: ripeness.map(CASE, links=["losses->cost", "fate->terms"], **FEW),
    "infer": lambda: ripeness.infer(CASE, particles=100, repeats=3),
    "check": lambda: ripeness.check(CASE),
    "cite": lambda: ripeness.cite(CASE),
    "cases": ripeness.shipped_cases,
    "councils": ripeness.councils.score,
    "leaders": ripeness.councils.weight,
}
NUMBER = re.compile(r"[-+]?(?:\d[\d,]*\.?\d*|\.\d+)(?:e[-+]\d+)?")


@pytest.fixture(scope="module", params=ASKED)
def answer(request):
    return ASKED[request.param]()


class Cells(HTMLParser):
    """The texts of the cells of an HTML table, row by row."""

    def __init__(self):
        super().__init__()
        self.rows, self.text, self.scopes = [], None, []

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        elif tag in {"th", "td"}:
            self.text = ""
            self.scopes.append((tag, dict(attributes).get("scope")))
        elif tag == "br" and self.text is not None:
            self.text += "\n"

    def handle_data(self, data):
        if self.text is not None:
            self.text += data

    def handle_endtag(self, tag):
        if tag in {"th", "td"}:
            self.rows[-1].append(self.text)
            self.text = None


def flat(text):
    return " ".join(text.replace("\u00a0", " ").replace("\u2003", " ").split())


def written(table):
    return [[flat(cell.plain) for cell in line.cells] for line in table.rows]


def html_cells(table):
    parser = Cells()
    parser.feed(table.to_html())
    assert all(scope in {"row", "col"} for tag, scope in parser.scopes if tag == "th")
    has_headings = any(column.heading for column in table.columns)
    return [[flat(cell) for cell in line] for line in parser.rows[has_headings:]]


def markdown_cells(table):
    lines = [line for line in table.to_markdown().splitlines() if line.startswith("| ")][2:]
    rows = [re.split(r"(?<!\\) \| ", f"{line[1:-1]} ") for line in lines]
    return [
        [
            flat(re.sub(r"\\(.)", r"\1", unescape(cell)).replace(" \u00b7 ", " ").removeprefix(" \u2013"))
            for cell in line
        ]
        for line in rows
    ]


def agrees(text, value):
    """Whether a number is the one that is written, but for rounding."""
    numbers_written = [number.replace(",", "") for number in NUMBER.findall(text)]
    for number in numbers_written:
        mantissa, _, power = number.partition("e")
        digits = len(mantissa.partition(".")[2]) - int(power or 0)
        # half a unit of the last digit; of a whole number with zeros at its end, of the last other digit
        zeros = 0 if digits or power else len(number.lstrip("+-")) - len(number.lstrip("+-").rstrip("0"))
        if abs(float(number) - value) <= 0.5001 * 10.0 ** (zeros - digits):
            return True
    return bool(re.search(r"[<>]", text)) or (not numbers_written and not text.strip(" -"))


def test_html_and_markdown_have_the_cells_of_the_value(answer):
    for table in answer.tables():
        assert html_cells(table) == written(table)
        if len(table.columns) > 1:
            assert markdown_cells(table) == [[" ".join(cell.split()) for cell in line] for line in written(table)]
        assert not table.title or "<caption>" in table.to_html()


def test_a_wide_terminal_shows_every_cell_in_the_order_of_the_value(answer):
    for table in answer.tables():
        shown = table.to_text(400).split("\n")
        place = 0
        for line in table.rows:
            for text in (part for cell in line.cells for part in cell.plain.split("\n")[:1] if part.strip()):
                while text.strip() not in shown[place]:
                    place += 1
        for line in table.rows:
            for cell in line.cells:
                assert all(any(part.strip() in row for row in shown) for part in cell.plain.split("\n"))


def test_every_number_in_the_csv_is_the_one_that_is_written_and_is_not_rounded(answer):
    for table in answer.tables():
        for line in table.rows:
            for cell in line.cells:
                own = dict(cell.numbers).get("")
                assert own is None or agrees(cell.plain, own), (table.title, cell)
        for column in (n for n, column in enumerate(table.columns) if column.kind == "number"):
            for line in table.rows:
                cell = line.cells[column]
                bare = not cell.numbers and NUMBER.search(cell.plain)
                assert not bare, (table.title, table.columns[column].name, cell.plain)


def test_the_csv_reads_back_as_the_numbers_of_the_value(answer):
    for table in answer.tables():
        expected = records(table.columns, table.rows)
        read = list(csv.DictReader(StringIO(table.to_csv())))
        assert len(read) == len(expected)
        for line, record in zip(read, expected, strict=True):
            assert list(line) == list(record)
            for name, value in record.items():
                assert (
                    (float(line[name]) == value)
                    if isinstance(value, float)
                    else line[name].lstrip("'") == str(value).lstrip("'")
                )


def test_a_row_that_is_part_of_another_names_it_and_an_interval_has_columns_of_its_own():
    rows = [
        row("Japan"),
        row("army", number_cell("50 ±2", 50.25, low=48.0, high=52.5), level=1),
        row("navy", number_cell(">60", None), level=1),
    ]
    table = numeric_table("Ripe", [numbers("now", "%")], rows)
    assert records(table.columns, table.rows) == [
        {"part of": "Japan", "row": "army", "now [%]": 50.25, "now [%], low": 48.0, "now [%], high": 52.5},
        {"part of": "Japan", "row": "navy", "now [%]": ">60", "now [%], low": "", "now [%], high": ""},
    ]


def test_a_unit_that_all_cells_share_stands_in_the_heading_and_several_in_a_column_of_their_own():
    shared = numeric_table("", ["p"], [row("a", number_cell("5 %", 5.2, "%")), row("b", number_cell("6 %", 6.1, "%"))])
    assert records(shared.columns, shared.rows)[0] == {"row": "a", "p [%]": 5.2}
    mixed = numeric_table("", ["x"], [row("a", number_cell("5 %", 5.2, "%")), row("b", number_cell("3", 3.1, "days"))])
    assert records(mixed.columns, mixed.rows)[1] == {"row": "b", "x": 3.1, "x, unit": "days"}
    inside = numeric_table("", [numbers("x", "% of runs")], [row("a", number_cell("5 %", 5.2, "%"))])
    assert records(inside.columns, inside.rows) == [{"row": "a", "x [% of runs]": 5.2}]


def test_columns_of_the_same_name_stay_apart_in_the_csv():
    table = text_table([words("a"), words("a"), words()], [row("1", "2", "3")])
    assert list(records(table.columns, table.rows)[0].values()) == ["1", "2", "3"]


def test_a_row_that_does_not_fit_its_columns_is_refused():
    with pytest.raises(ValueError, match="a row of 2 cells in a table of 1 columns"):
        text_table(["a"], [row("1", "2")])
    with pytest.raises(ValueError, match="has not one cell a column"):
        Table("A", (words("a"),), (row("1", "2"),))


@given(st.text(max_size=40), st.text(max_size=40))
def test_whatever_a_user_wrote_is_text_in_html_and_one_row_in_markdown_and_csv(heading, text):
    table = text_table([words("first"), words(heading)], [row("label", text)], title=text)
    parser = Cells()
    parser.feed(table.to_html())
    assert [len(line) for line in parser.rows] == [2, 2]
    assert len([line for line in table.to_markdown().split("\n") if line.startswith("| ")]) == 3
    assert len(list(csv.reader(StringIO(table.to_csv(), newline="")))) == 2


def test_a_layout_is_the_same_tables_and_lines_in_every_face():
    table = text_table(["a"], [row("1")], title="T", notes=[styled("a note")])
    blocks = layout("first", layout(table, styled("")), "last")
    assert blocks.tables() == (table,)
    html = blocks.to_html()
    assert html.index("first") < html.index("<table>") < html.index("a note") < html.index("last")
    assert "".join(blocks.html_blocks()).count("<p>") == 3
