"""Markup: the tables of the terminal as tables of a page, with the same numbers, and every text in them escaped."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from rich.console import Group
from rich.style import Style
from rich.table import Table
from rich.text import Text

from ripeness.show.terminal import Terminal

PHONE = 42  # letters beside each other on a phone
SMALLER = 0.7  # the letters of a picture made of signs there, against those of a table
RANGE = re.compile(r"\(?[-+±]?\d[\d.,]*-[-+]?\d[\d.,]*\)?")  # two figures with a hyphen, which no line end parts
WHOLE = r'<span class="whole">\g<0></span>'
WIDE = 4000  # columns: a page breaks its own lines
DRAWN = re.compile(
    r"[ <>|=.\u2500-\u259f+*-]*[<>|=\u2500-\u259f]{2}[ <>|=.\u2500-\u259f+*-]*"
)  # a picture made of signs
LEADING = re.compile(r"^ {2,}")  # what the terminal sets in, the page does, too
PLAIN = Terminal(width=WIDE, colour=False)


def blocks(content: Any) -> list[str]:
    """Tables and lines as pieces of a page, in their order; every text in them is escaped.

    >>> blocks(Text("a < b"))
    ['<p>a &lt; b</p>']
    """
    if isinstance(content, Group):
        return [piece for part in content.renderables for piece in blocks(part)]
    if isinstance(content, list | tuple):
        return [piece for part in content for piece in blocks(part)]
    if isinstance(content, Table):
        return [table(content)]
    text = words(content)
    return [f"<p>{text}</p>"] if text.strip() else []


def table(sheet: Table) -> str:
    """A table with its title, heads that name their columns, and numbers set to the right."""
    title = f"<caption>{words(sheet.title).strip()}</caption>" if sheet.title else ""
    sides = ["right" if column.justify == "right" else "left" for column in sheet.columns]
    heads = "".join(
        f'<th scope="col" class="{side}">{words(column.header)}</th>'
        for side, column in zip(sides, sheet.columns, strict=True)
    )
    head = f"<thead><tr>{heads}</tr></thead>" if sheet.show_header and any(c.header for c in sheet.columns) else ""
    rows = zip(*[list(column.cells) for column in sheet.columns], strict=True)
    names = [escape(plain(column.header), quote=True) if head else "" for column in sheet.columns]
    body = "".join(f"<tr>{_cells(row, sides, names)}</tr>" for row in rows)
    kind = "sheet" if _narrowest(sheet) <= PHONE else "sheet turns"
    return f'<div class="{kind}" tabindex="0"><table>{title}{head}<tbody>{body}</tbody></table></div>'


def plain(text: Any) -> str:
    """A text without its marks, on one line."""
    rich_text = Text.from_markup(text, emoji=False) if isinstance(text, str) else text
    return " ".join(str(getattr(rich_text, "plain", rich_text) or "").split())


def _narrowest(sheet: Table) -> int:
    """Letters that a table needs beside each other where its lines break between words; one that needs more than a
    phone has turns there: each row is a block, each cell stands beside the name of its column.
    """
    return sum(1 + max(_longest(cell) for cell in (column.header, *column.cells)) for column in sheet.columns)


def _longest(content: Any) -> int:
    """Letters of the longest word; a picture made of signs is one, in letters that are smaller there."""
    signs = str(getattr(content, "plain", ""))
    if DRAWN.fullmatch(signs):
        return round(SMALLER * len(signs))
    return max(map(len, plain(content).split()), default=0)


def words(content: Any) -> str:
    """A text with its bold and quiet parts; its line breaks stay."""
    if content is None:
        return ""
    if isinstance(content, str):
        content = Text(content)
    if not isinstance(content, Text):
        with PLAIN.capture() as captured:
            PLAIN.print(content)
        return escape(captured.get().rstrip()).replace("\n", "<br>")
    html = "".join(_piece(segment.text, segment.style) for segment in content.render(PLAIN, end="")).replace(
        "\n", "<br>"
    )
    return f'<span class="drawn">{html}</span>' if DRAWN.fullmatch(content.plain) else html


def _piece(text: str, style: Style | None) -> str:
    html = LEADING.sub(lambda match: "&emsp;" * (len(match[0]) // 2), escape(text))
    if style is None or not text.strip():
        return html
    kinds = [name for name, set_ in (("quiet", style.dim), ("strong", style.bold)) if set_]
    return f'<span class="{" ".join(kinds)}">{html}</span>' if kinds else html


def _cells(row: tuple[Any, ...], sides: list[str], names: list[str]) -> str:
    first, *cells_html = (words(cell) for cell in row)
    cells = "".join(
        f'<td class="{side}" data-head="{name}">{RANGE.sub(WHOLE, cell)}</td>'
        for side, name, cell in zip(sides[1:], names[1:], cells_html, strict=True)
    )
    return f'<th scope="row" class="{sides[0]}">{first}</th>{cells}'
