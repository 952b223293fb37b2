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
    names = [escape(plain(column.header), quote=True) if head else "" for column in what.columns]
    body = "".join(f"<tr>{_cells(row, sides, names)}</tr>" for row in rows)
    kind = "sheet" if _narrowest(what) <= PHONE else "sheet turns"
    return f'<div class="{kind}" tabindex="0"><table>{title}{head}<tbody>{body}</tbody></table></div>'


def plain(what: Any) -> str:
    """A text without its marks, on one line."""
    found = Text.from_markup(what, emoji=False) if isinstance(what, str) else what
    return " ".join(str(getattr(found, "plain", found) or "").split())


def _narrowest(what: Table) -> int:
    """Letters that a table needs beside each other where its lines break between words; one that needs more than a
    phone has turns there: each row is a block, each cell stands beside the name of its column.
    """
    return sum(1 + max(_longest(cell) for cell in (column.header, *column.cells)) for column in what.columns)


def _longest(what: Any) -> int:
    """Letters of the longest word; a picture made of signs is one, in letters that are smaller there."""
    drawn = str(getattr(what, "plain", ""))
    if DRAWN.fullmatch(drawn):
        return round(SMALLER * len(drawn))
    return max(map(len, plain(what).split()), default=0)


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


def _cells(row: tuple[Any, ...], sides: list[str], names: list[str]) -> str:
    first, *rest = (words(cell) for cell in row)
    cells = "".join(
        f'<td class="{side}" data-head="{name}">{RANGE.sub(WHOLE, cell)}</td>'
        for side, name, cell in zip(sides[1:], names[1:], rest, strict=True)
    )
    return f'<th scope="row" class="{sides[0]}">{first}</th>{cells}'
