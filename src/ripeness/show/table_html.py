"""Tables and lines of text as HTML for reports, pages and notebooks: escaped, with a caption and scoped headings.

An answer's table is made whole from its columns and rows; a page that has cells of its own (bars, fields to type into,
links) joins them by `data_cell`, `heading_cell`, `table_row` and `page_table`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from ripeness.show.cell import Column, StyledText, TableCell, TableRow

PHONE = 44  # letters beside each other on a phone
SHORT = 10  # letters of a cell of two figures that is not broken
SMALLER = 0.7  # the letters of a picture made of signs there, against those of a table
FIGURE = r"[-+±]?(?:&lt;|&gt;)?\d[\d.,]*"
RANGE = re.compile(rf"\(?{FIGURE}-{FIGURE}\)?")  # two figures with a hyphen, which no line end parts
FROM_TO = re.compile(r"[-+<>]?\d[\d.,]* to [-+<>]?\d[\d.,]*(?: %)?")  # a cell that holds two figures and nothing else
ELEMENT = re.compile(r"<(span|b)\b[^>]*>[^<]*</\1>")  # all of a cell; else its parts are kept together
PERCENT = re.compile(r"(?<=\d) %")  # a number and its sign stay on one line
NO_BREAK = "\u00a0"


def table_html(title: str, columns: Sequence[Column], rows: Sequence[TableRow]) -> str:
    """A table with its caption, headings that name their columns, and numbers set to the right."""
    has_headings = any(column.heading for column in columns)
    headings = [_heading(column) for column in columns] if has_headings else []
    body = (table_row([_cells(row, columns, has_headings=has_headings)]) for row in rows)
    return page_table(headings, body, caption=plain_html(title.strip()))


def page_table(
    headings: Sequence[str], rows: Iterable[str], *, caption: str = "", css_class: str = "", label: str = ""
) -> str:
    """A table of rows as `table_row` makes them, below a line of headings unless there are none.

    `caption` is HTML; `label` names, for those who cannot see it, a table without one.

    >>> page_table((), [table_row([data_cell("settlement")])], caption="Outcomes", css_class="ends")
    '<table class="ends"><caption>Outcomes</caption><tbody><tr><td>settlement</td></tr></tbody></table>'
    """
    above = f"<caption>{caption}</caption>" if caption else ""
    head = f"<thead>{table_row(headings)}</thead>" if headings else ""
    attributes = _attributes({"class": css_class, "aria-label": label})
    return f"<table{attributes}>{above}{head}<tbody>{''.join(rows)}</tbody></table>"


def table_row(cells: Iterable[str], css_class: str = "") -> str:
    """A row of cells that are HTML.

    >>> table_row([heading_cell("settlement", scope="row"), data_cell("20 %", "right")], "asked")
    '<tr class="asked"><th scope="row">settlement</th><td class="right">20 %</td></tr>'
    """
    return f"<tr{_attributes({'class': css_class})}>{''.join(cells)}</tr>"


def data_cell(html: str, css_class: str = "", *, columns: int = 1) -> str:
    """A cell across so many columns; what it holds is HTML, escaped by the caller.

    >>> data_cell("why", columns=3)
    '<td colspan="3">why</td>'
    """
    return f"<td{_attributes({'class': css_class, 'colspan': _span(columns)})}>{html}</td>"


def heading_cell(html: str, css_class: str = "", *, scope: str = "col", columns: int = 1) -> str:
    """A heading of a column, a row or a group of rows; what it holds is HTML, escaped by the caller.

    >>> heading_cell("after", "right"), heading_cell("", scope="")
    ('<th scope="col" class="right">after</th>', '<th></th>')
    """
    named = {"scope": scope, "class": css_class, "colspan": _span(columns)}
    return f"<th{_attributes(named)}>{html}</th>"


def block_html(title: str, columns: Sequence[Column], rows: Sequence[TableRow]) -> str:
    """A table in a box of a page; one that is too wide for a phone turns there, each row into a block."""
    kind = "sheet" if _narrowest(columns, rows) <= PHONE else "sheet turns"
    return f'<div class="{kind}" tabindex="0">{table_html(title, columns, rows)}</div>'


def paragraph_html(text: StyledText) -> str:
    """A line of text as a paragraph; nothing where it is blank.

    >>> paragraph_html(StyledText((("a < b", "bold"),)))
    '<p><b>a &lt; b</b></p>'
    """
    return f"<p>{text_html(_trimmed(text))}</p>" if text.plain.strip() else ""


def text_html(text: StyledText) -> str:
    """A text with its bold and quiet parts, escaped; its line breaks stay."""
    return "".join(_part(part, emphasis) for part, emphasis in text.parts)


def plain_html(text: str) -> str:
    """A plain text, escaped; its line breaks stay, and a number and its percent sign are not parted.

    >>> plain_html("a < b")
    'a &lt; b'
    """
    return PERCENT.sub(f"{NO_BREAK}%", escape(text)).replace("\n", "<br>")


def _attributes(values: Mapping[str, str]) -> str:
    """Attributes of an element, without those that are empty."""
    return "".join(f' {name}="{escape(value, quote=True)}"' for name, value in values.items() if value)


def _span(columns: int) -> str:
    return str(columns) if columns > 1 else ""


def _part(text: str, emphasis: str) -> str:
    html = plain_html(text)
    kinds = emphasis.split()
    if not text.strip():
        return html
    if "dim" in kinds:
        html = f'<span class="quiet">{html}</span>'
    return f"<b>{html}</b>" if "bold" in kinds else html


def _trimmed(text: StyledText) -> StyledText:
    """The text without blank lines above it and below it."""
    parts = [part for part in text.parts if part[0]]
    parts[0] = (parts[0][0].lstrip(), parts[0][1])
    parts[-1] = (parts[-1][0].rstrip(), parts[-1][1])
    return StyledText(tuple(parts))


def _heading(column: Column) -> str:
    unit = f' title="{escape(column.unit, quote=True)}"' if column.unit and column.unit not in column.heading else ""
    heading = plain_html(column.heading) or NO_BREAK
    if column.kind == "drawing":
        heading = f'<span class="drawn">{heading}</span>'
    return f'<th scope="col" class="{column.align}"{unit}>{heading}</th>'


def _cells(row: TableRow, columns: Sequence[Column], *, has_headings: bool) -> str:
    first, *other_cells = row.cells
    indent = "&emsp;" * row.level
    label = f"<b>{linked_html(first)}</b>" if "bold" in row.emphasis else linked_html(first)
    anchor = f' id="{escape(first.anchor, quote=True)}"' if first.anchor else ""
    html = f'<th scope="row"{anchor} class="{columns[0].align}">{indent}{label}</th>'
    for column, cell in zip(columns[1:], other_cells, strict=True):
        name = escape(_name(column), quote=True) if has_headings else ""
        html += f'<td class="{column.align}" data-head="{name}">{_cell(cell, column)}</td>'
    return html


def linked_html(cell: TableCell) -> str:
    """The text of a cell, escaped, the words that lead somewhere as links; one place is linked once.

    >>> from ripeness.show.cell import StyledText, TableCell
    >>> linked_html(TableCell(StyledText((("un-2023 (B2)", ""),)), links=(("un-2023", "#source-un-2023"),)))
    '<a href="#source-un-2023">un-2023</a> (B2)'
    """
    if not cell.links:
        return text_html(cell.text)
    remaining, html = cell.plain, ""
    for words, address in cell.links:
        before, match, after = remaining.partition(words)
        if not match:
            continue
        html += f'{plain_html(before)}<a href="{escape(address, quote=True)}">{plain_html(words)}</a>'
        remaining = after
    return html + plain_html(remaining)


def _name(column: Column) -> str:
    """The heading on one line; of a drawing the ends of its axis."""
    return " to ".join(column.name.split()) if column.kind == "drawing" else column.name


def _cell(cell: TableCell, column: Column) -> str:
    html = linked_html(cell)
    if column.kind == "drawing":
        return f'<span class="drawn">{html}</span>' if html.strip() else ""
    if len(cell.plain) <= SHORT and FROM_TO.fullmatch(cell.plain):
        return f'<span class="whole">{html}</span>'
    if cell.links:
        return html
    html = RANGE.sub(r'<span class="whole">\g<0></span>', html)
    return f"<span>{html}</span>" if "<" in html and not ELEMENT.fullmatch(html) else html


def _narrowest(columns: Sequence[Column], rows: Sequence[TableRow]) -> int:
    """Letters that a table needs beside each other where its lines break between words."""
    return sum(
        1 + max(_longest(column.heading), *(_widest(row.cells[n], column) for row in rows), 0)
        for n, column in enumerate(columns)
    )


def _widest(cell: TableCell, column: Column) -> int:
    return round(SMALLER * len(cell.plain)) if column.kind == "drawing" else _longest(cell.plain)


def _longest(text: str) -> int:
    return max(map(len, text.split()), default=0)
