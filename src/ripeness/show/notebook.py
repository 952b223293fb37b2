"""Notebook: the tables of a terminal as HTML in a notebook's cell; needs no network,
and every text in it is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from ripeness.show.report.grids import grids
from ripeness.show.report.page import Grid
from ripeness.show.terminal import WIDEST, as_text


def html(laid: Any) -> str:
    """A layout as HTML: its tables and lines in their order.

    >>> html(Text("a < b", style="bold"))
    '<div><p><b>a &lt; b</b></p></div>'
    """
    return f"<div>{''.join(_pieces(laid))}</div>"


def _pieces(laid: Any) -> Iterator[str]:
    if isinstance(laid, Group | list | tuple):
        for part in laid.renderables if isinstance(laid, Group) else laid:
            yield from _pieces(part)
    elif isinstance(laid, Table):
        yield from (_table(grid) for grid in grids(laid))
    elif isinstance(laid, str | Text):
        yield _line(laid)
    else:
        yield f"<pre>{escape(as_text(laid, WIDEST))}</pre>"


def _line(text: str | Text) -> str:
    said = _lines(text if isinstance(text, str) else text.plain)
    if not said:
        return ""
    return f"<p><b>{said}</b></p>" if isinstance(text, Text) and "bold" in str(text.style) else f"<p>{said}</p>"


def _table(grid: Grid) -> str:
    head = "".join(f"<th>{_lines(cell)}</th>" for cell in grid.head)
    body = "".join(f"<tr>{''.join(f'<td>{_lines(cell)}</td>' for cell in row)}</tr>" for row in grid.rows)
    caption = f'<caption style="text-align:left">{_lines(grid.title)}</caption>'
    return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _lines(text: str) -> str:
    return escape(text.strip()).replace("\n", "<br>")
