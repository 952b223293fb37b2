"""Wording: a page for readers who know politics and not the program: no flags of commands, and words of the field.

Tables and sentences are shared with the command line, whose readers type flags and count runs and draws.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ripeness.show.plain_words import plain_table, plain_words
from ripeness.show.report.figure import Figure
from ripeness.show.report.page import ReportTable, Section

SVG_TEXT = re.compile(r"(?<=>)[^<>]*(?:runs|draws|person)[^<>]*(?=<)")


def reworded(section: Section) -> Section:
    """A section in plain words, with its pictures, tables and parts; its commands stay."""
    return replace(
        section,
        heading=plain_words(section.heading),
        paragraphs=tuple(filter(None, map(plain_words, section.paragraphs))),
        items=tuple(filter(None, map(plain_words, section.items))),
        figures=tuple(map(_figure, section.figures)),
        tables=tuple(ReportTable(plain_table(placed.table), placed.folded, placed.dense) for placed in section.tables),
        parts=tuple(map(reworded, section.parts)),
    )


def _figure(figure: Figure) -> Figure:
    svg, narrow = (SVG_TEXT.sub(lambda text: plain_words(text[0]), drawn) for drawn in (figure.svg, figure.narrow))
    return Figure(svg, plain_words(figure.sentence), plain_words(figure.alternative), narrow)
