"""Plain words: tables and sentences for readers who know politics and not the program, in pages and in the report.

They are shared with the command line, whose readers type flags and count runs and draws.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ripeness.show.cell import Column, StyledText, TableCell, TableRow
from ripeness.show.table import Layout, Table

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
    (r"\bthe factional(?= from| over)", "rival factions"),
    (r"\bthe unitary(?= from| over)", "one leader"),
    (r"\b(ordinary|captured) reading\b", r"\1 account"),
    (r"\blaws\.fitted\b", "the model's fitted parameters"),
    (r"\bthe factional machinery\b", "the model of rival factions"),
    (r"\b(?:the )?factional (?:one|reading)\b", "rival factions"),
    (r"\b(?:the )?unitary (?:one|reading)\b", "one leader"),
    (r"\bfactional\b", "rival factions"),
    (r"\bunitary\b", "one leader"),
    (r"\b([Tt]he|[Ww]hich|of|leading|this|each|every|no) reading\b", r"\1 account"),
    (r"\breadings\b", "accounts"),
    (r"\bReadings\b", "Accounts"),
    (r"\b(the|of) wars (still fought|that still go on|that settled|that were ripe|each)\b", r"\1 simulations \2"),
    (r"(?<=\d )wars(?= each\b|[;.,)])", "simulations"),
    (r"\bamong wars that still go on\b", "among simulations that still go on"),
    (r"\bSame wars, same luck\b", "The same simulations and chance events"),
    (r"\bsame inputs and luck\b", "same inputs and chance events"),
    (r"\bsame luck\b", "same chance events"),
    (r"\bluck\b", "chance"),
    (r"\bLuck\b", "Chance"),
    (r"(?<=\d )of laws\b", "of the model's parameters"),
)
PATTERNS = tuple((re.compile(pattern), words) for pattern, words in WORDS)
TYPED = re.compile(r"--[a-z]|`")  # a flag or a command
COMMAND = re.compile(r"ripeness [a-z]+")
PART = re.compile(r"(?<=[.;])\s+")  # between sentences and clauses
ASIDE = re.compile(r"\s*\([^()]*--[a-z][^()]*\)")
TWICE = re.compile(r"(\d+) % of the stake is claimed twice")


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
    return "" if COMMAND.fullmatch(text) else field_words(text)


def field_words(text: str) -> str:
    """A text in the words of the field, nothing left out.

    >>> field_words("Chooses inputs and luck; the same seed repeats them.")
    'Chooses inputs and chance; the same seed repeats them.'
    """
    for pattern, words in PATTERNS:
        text = pattern.sub(words, text)
    return TWICE.sub(lambda gap: f"minimum demands add up to {100 + int(gap[1])} % of what is at stake", text)


def plain_layout(blocks: Layout) -> Layout:
    """Tables and lines in plain words; lines of which nothing stays are left out."""
    plain = (plain_table(block) if isinstance(block, Table) else plain_line(block) for block in blocks)
    plain_blocks = (block for block in plain if isinstance(block, Table) or block.plain.strip())
    return Layout(tuple(plain_blocks))


def plain_table(table: Table) -> Table:
    """A table in plain words, without columns in which nothing stands."""
    columns = tuple(_column(column) for column in table.columns)
    rows = tuple(_row(row) for row in table.rows)
    notes = tuple(note for note in map(plain_line, table.notes) if note.plain.strip())
    reworded_table = replace(table, title=plain_words(table.title), columns=columns, rows=rows, notes=notes)
    return reworded_table.without_blank_columns()


def _column(column: Column) -> Column:
    return replace(column, heading=plain_words(column.heading))


def _row(row: TableRow) -> TableRow:
    return replace(row, cells=tuple(_cell(cell) for cell in row.cells))


def _cell(cell: TableCell) -> TableCell:
    return cell if cell.links else replace(cell, text=plain_line(cell.text))


def plain_line(text: StyledText) -> StyledText:
    """A line in plain words, its emphasis kept."""
    return StyledText(tuple((plain_words(part) if part.strip() else part, emphasis) for part, emphasis in text.parts))
