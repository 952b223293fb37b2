"""Markup: the very tables of the terminal as tables of a page, so that command line and browser cannot differ."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ripeness.show.terminal import Terminal

WIDE = 4000  # columns: a page breaks its own lines
DRAWN = re.compile(r"[ <>|=.\u2500-\u259f+*-]*[<>|=\u2500-\u259f]{2}[ <>|=.\u2500-\u259f+*-]*")  # a picture made of signs
LEADING = re.compile(r"^ {2,}")  # what the terminal sets in, the page does, too
PLAIN = Terminal(width=WIDE, colour=False)


def blocks(what: Any) -> list[str]:
    """Tables and lines as pieces of a page, in their order; every text in them is escaped.

    >>> blocks(Text("a < b"))
    ['<p>a &lt; b</p>']
    """
    if isinstance(what, Group):
        return [piece for part in what.renderables for piece in blocks(part)]
    if isinstance(what, list | tuple):
        return [piece for part in what for piece in blocks(part)]
    if isinstance(what, Table):
        return [table(what)]
    text = words(what)
    return [f"<p>{text}</p>"] if text.strip() else []


def table(what: Table) -> str:
    """A table with its title, heads that name their columns, and numbers set to the right."""
    title = f"<caption>{words(what.title).strip()}</caption>" if what.title else ""
    sides = ["right" if column.justify == "right" else "left" for column in what.columns]
    heads = "".join(
        f'<th scope="col" class="{side}">{words(column.header)}</th>'
        for side, column in zip(sides, what.columns, strict=True)
    )
    head = f"<thead><tr>{heads}</tr></thead>" if what.show_header and any(c.header for c in what.columns) else ""
    rows = zip(*[list(column.cells) for column in what.columns], strict=True)
    body = "".join(f"<tr>{_cells(row, sides)}</tr>" for row in rows)
    return f'<div class="sheet" tabindex="0"><table>{title}{head}<tbody>{body}</tbody></table></div>'


def words(what: Any) -> str:
    """A text with its bold and quiet parts; its line breaks stay."""
    if what is None:
        return ""
    if isinstance(what, str):
        what = Text(what)
    if not isinstance(what, Text):
        with PLAIN.capture() as captured:
            PLAIN.print(what)
        return escape(captured.get().rstrip()).replace("\n", "<br>")
    found = "".join(_piece(segment.text, segment.style) for segment in what.render(PLAIN, end="")).replace("\n", "<br>")
    return f'<span class="drawn">{found}</span>' if DRAWN.fullmatch(what.plain) else found


def _piece(text: str, style: Style | None) -> str:
    said = LEADING.sub(lambda found: "&emsp;" * (len(found[0]) // 2), escape(text))
    if style is None or not text.strip():
        return said
    kinds = [name for name, set_ in (("quiet", style.dim), ("strong", style.bold)) if set_]
    return f'<span class="{" ".join(kinds)}">{said}</span>' if kinds else said


def _cells(row: tuple[Any, ...], sides: list[str]) -> str:
    first, *rest = (words(cell) for cell in row)
    cells = "".join(f'<td class="{side}">{cell}</td>' for side, cell in zip(sides[1:], rest, strict=True))
    return f'<th scope="row" class="{sides[0]}">{first}</th>{cells}'
