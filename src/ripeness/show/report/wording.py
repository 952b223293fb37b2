"""Wording: a page for readers who know politics and not the program: no flags of commands, and words of the field.

Tables and sentences are shared with the command line, whose readers type flags and count runs and draws.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ripeness.show.cell import Column, StyledText, TableCell, TableRow
from ripeness.show.report.figure import Figure
from ripeness.show.report.page import ReportTable, Section
from ripeness.show.table import Table

# What is said -> what the page says; in this order.
WORDS = (
    (r"\brandom draws\b", "chance"),
    (r"\b(on|of|with|by) the same draws\b", r"\1 the same simulations"),
    (r"\beffective draws\b", "effective simulations"),
    (r"\bdraws each\b", "simulations each"),
    (r"(?<=\d )(?:runs|draws)\b", "simulations"),
    (r"(?<=\d )wars of the model\b", "simulations"),
    (
        r"\b(more|few|fewer|all|these|the|of|no|with|by|in|whose|simulated) (?:runs|draws)\b",
        r"\1 simulations",
    ),
    (r"(?<![Bb]ar )\bruns\b(?! from)", "simulations"),
    (r"\bRuns\b", "Simulations"),
    (r"\b(median|single|one|a|each|every) run\b", r"\1 simulation"),
    (r"\bparticles\b", "samples of the unknowns"),
    (r"\beach side as one person\b", "one leader on each side"),
    (r"\bCodings\b", "Versions"),
    (r"\bcodings\b", "versions"),
    (r"\bcoding\b(?! of)", "version"),
    (r"\bunder this reading\b", "as it is read"),
    (r"\blog BF\b", "log Bayes factor"),
    (r"\bno reading foretells\b", "no hypothesis foretells"),
    (r" \(conduct\.posture\)", ""),
    (r"\bzone_scale, the width\b", "the width"),
    (r"\bflows only where rent_issue names an issue\b", "it flows only where an issue is named on which it hangs"),
    (r"\bstake_value\b", "value of the stake"),
    (r"\bwar_gain\b", "gain from the war"),
    (r"\bcasualty_aversion\b", "aversion to casualties"),
    (r"\bfactional reading\b", "rival factions"),
    (r"\bunitary reading\b", "one leader"),
    (r"\bfactional\b", "rival factions"),
    (r"\bunitary\b", "one leader"),
)
PATTERNS = tuple((re.compile(pattern), words) for pattern, words in WORDS)
TYPED = re.compile(r"--[a-z]|`")  # a flag or a command
COMMAND = re.compile(r"ripeness [a-z]+")
PART = re.compile(r"(?<=[.;])\s+")  # between sentences and clauses
ASIDE = re.compile(r"\s*\([^()]*--[a-z][^()]*\)")
TWICE = re.compile(r"(\d+) % of the stake is claimed twice")
SVG_TEXT = re.compile(r"(?<=>)[^<>]*(?:runs|draws|person)[^<>]*(?=<)")


def plain_words(text: str) -> str:
    """A text without what only who types commands can use, in the words of the field.

    >>> plain_words("In 3 % of the runs. 16 items are in --json; * a puzzling decision")
    'In 3 % of the simulations. * a puzzling decision'
    >>> plain_words("The bar runs from 2 to 11 (20 draws)."), plain_words("When to look (--ics FILE writes it)")
    ('The bar runs from 2 to 11 (20 simulations).', 'When to look')
    """
    if TYPED.search(text):
        text = " ".join(part for part in PART.split(ASIDE.sub("", text)) if not TYPED.search(part))
        text = f"{text[:-1]}." if text.endswith(";") else text
    if COMMAND.fullmatch(text):
        return ""
    for pattern, words in PATTERNS:
        text = pattern.sub(words, text)
    return TWICE.sub(lambda gap: f"minimum demands add up to {100 + int(gap[1])} % of what is at stake", text)


def reworded(section: Section) -> Section:
    """A section in plain words, with its pictures, tables and parts; its commands stay."""
    return replace(
        section,
        heading=plain_words(section.heading),
        paragraphs=tuple(filter(None, map(plain_words, section.paragraphs))),
        items=tuple(filter(None, map(plain_words, section.items))),
        figures=tuple(map(_figure, section.figures)),
        tables=tuple(ReportTable(_table(placed.table), placed.folded, placed.dense) for placed in section.tables),
        parts=tuple(map(reworded, section.parts)),
    )


def _figure(figure: Figure) -> Figure:
    svg, narrow = (SVG_TEXT.sub(lambda text: plain_words(text[0]), drawn) for drawn in (figure.svg, figure.narrow))
    return Figure(svg, plain_words(figure.sentence), plain_words(figure.alternative), narrow)


def _table(table: Table) -> Table:
    columns = tuple(_column(column) for column in table.columns)
    rows = tuple(_row(row) for row in table.rows)
    notes = tuple(note for note in map(_styled, table.notes) if note.plain.strip())
    reworded_table = replace(table, title=plain_words(table.title), columns=columns, rows=rows, notes=notes)
    return reworded_table.without_blank_columns()


def _column(column: Column) -> Column:
    return replace(column, heading=plain_words(column.heading))


def _row(row: TableRow) -> TableRow:
    return replace(row, cells=tuple(_cell(cell) for cell in row.cells))


def _cell(cell: TableCell) -> TableCell:
    return cell if cell.links else replace(cell, text=_styled(cell.text))


def _styled(text: StyledText) -> StyledText:
    return StyledText(tuple((plain_words(part) if part.strip() else part, emphasis) for part, emphasis in text.parts))
