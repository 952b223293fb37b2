"""Hypotheses on who decides, in the words of a report: each by what it says, its tables and the verdict on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from ripeness.show.cell import Column, TableCell, styled
from ripeness.show.say_words import hypotheses_sentence, hypothesis_names
from ripeness.study.who_decides.readings import CAPTURED

if TYPE_CHECKING:
    from ripeness.show.table import Table
    from ripeness.study.who_decides.bayes_factors import ReadingVerdict
    from ripeness.workbench.inferred import Inferred

KINDS = {"ordinary": "the factions follow one of the analyst's other hypotheses"}
TITLES = (
    (
        "Readings weighed; log BF over prior widths 1/4 to 4",
        "Hypotheses weighed; log Bayes factor, of those compared with beliefs a quarter to four times as wide, too",
    ),
    ("Evidence matrix: log ratio to the readings' mean, and mark", "What each item says of each hypothesis"),
)
HEADINGS = {"reading": "hypothesis", "log BF": "log Bayes factor"}
SPAN = "when beliefs about power and positions are between a quarter as wide and four times as wide as stated"


def hypotheses_of(answer: Inferred, polity: str) -> dict[str, str]:
    """What each hypothesis on a polity says, by its key and by the class of such hypotheses."""
    return KINDS | hypothesis_names(answer.found.readings, polity, answer.names)


def hypotheses_verdict(verdict: ReadingVerdict, hypotheses: Mapping[str, str]) -> str:
    """Which hypothesis the evidence favours, or which two it cannot tell apart, with the log Bayes factor."""
    if not verdict.second:
        return ""
    factor = f"log Bayes factor {verdict.log_bayes_factor:+.1f}; {verdict.low:+.1f} to {verdict.high:+.1f} {SPAN}"
    if verdict.tells:
        return f"{hypotheses_sentence(verdict, hypotheses).removesuffix('.')} ({factor})."
    best, second = (
        "one faction decides alone" if kind == CAPTURED else hypotheses.get(kind, kind)
        for kind in (verdict.best, verdict.second)
    )
    return f"The evidence cannot tell '{best}' from '{second}' ({factor})."


def table_with_names(table: Table, labels: Mapping[str, str]) -> Table:
    """A table with names of factions and hypotheses where keys stand, in cells and headings."""
    title = table.title
    for typed, words in TITLES:
        title = title.replace(typed, words)
    rows = tuple(replace(row, cells=tuple(_cell(cell, labels) for cell in row.cells)) for row in table.rows)
    return replace(table, title=title, columns=tuple(_column(column, labels) for column in table.columns), rows=rows)


def hypothesis_labels(answer: Inferred, polity: str) -> dict[str, str]:
    """Names of the factions of a polity and of the hypotheses on it, by the keys that tables show."""
    factions = {row.faction: answer.names.get(f"{polity}/{row.faction}", row.faction) for row in answer.found.power}
    hypotheses = {
        key.replace(f"{CAPTURED}:", "by "): words[:1].upper() + words[1:]
        for key, words in hypotheses_of(answer, polity).items()
    }
    return factions | hypotheses


def _cell(cell: TableCell, labels: Mapping[str, str]) -> TableCell:
    return replace(cell, text=styled(labels[cell.plain])) if cell.plain in labels else cell


def _column(column: Column, labels: Mapping[str, str]) -> Column:
    return replace(column, heading=HEADINGS.get(column.heading) or labels.get(column.heading, column.heading))
