"""Blocks of an answer on a page: what one screen shows beside the sentence, and the rest, which opens on demand."""

from __future__ import annotations

from typing import Any

from ripeness.show.brief import without_columns
from ripeness.show.cell import StyledText
from ripeness.show.plain_words import plain_layout
from ripeness.show.table import Layout, Table, layout

MOST_ROWS = 12  # of a table that a screen of a terminal would cut; the whole of it opens on demand


def answer_and_more(brief: Layout, full: Layout) -> tuple[str, ...]:
    """The blocks of a page: what one screen shows beside the sentence, then the rest, which opens on demand.

    >>> answer_and_more(layout("Yes.", "a"), layout("a", "b"))
    ('<p>a</p>', '<details class="more"><summary>More</summary><p>b</p></details>')
    """
    beside = [block for n, block in enumerate(brief) if n != brief.answer]
    shown = for_page(*(block.cut_to(MOST_ROWS) if isinstance(block, Table) else block for block in beside))
    lines = set(shown.lines())
    further = (
        block for block in for_page(*full) if not (isinstance(block, StyledText) and block.plain.strip() in lines)
    )
    hidden = "".join(layout(*further).html_blocks())
    more = (f'<details class="more"><summary>More</summary>{hidden}</details>',) if hidden else ()
    return (*shown.html_blocks(), *more)


def for_page(*blocks: Table | StyledText) -> Layout:
    """Blocks in plain words, and without pictures made of signs: a page has drawn ones."""
    return plain_layout(layout(*(_without_drawings(block) if isinstance(block, Table) else block for block in blocks)))


def _without_drawings(table: Table) -> Table:
    drawn = [column.name for column in table.columns if column.kind == "drawing"]
    return without_columns(table, drawn) if drawn else table


def without_sentence(result: Any) -> Layout:
    """The layout of an answer without its sentence, which stands at the top of a page already."""
    sentence = result.sentence()
    return layout(
        *(block for block in layout(result.layout()) if not (isinstance(block, StyledText) and block.plain == sentence))
    )
