"""Section of a report: what a question's declaration says of its own, and how it is made from the answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ripeness.show.report.figure import Figure
    from ripeness.show.report.page import ReportTable, Section
    from ripeness.show.table import Table

FEWER = 2_000  # draws of a study beside the run: Monte Carlo error of a percentage below 2 points
FEW = 640  # where a study fights many wars on each draw: 80 points of the inputs, each with the same luck in all arms


@dataclass(frozen=True, slots=True)
class ReportSection:
    """What a declaration says of a section: its key and heading, and how the answer stands in it.

    The question is asked of the run's war with at most `draws`. `caption` stands below the picture; `narrow_title` is
    the title of the picture that is drawn for a phone (none: there is one picture). The first `open_tables` tables are
    open, the rest folded. `optional`: left out where the question cannot be answered. `order` is the place on the
    page; `work` is roughly how long it takes, since the longest is begun first. Where more is done than asking the
    question, `written_by` is the file of this room and its function of section and run.
    """

    key: str
    heading: str
    caption: str = ""
    draws: int = FEWER
    narrow_title: str = ""
    written_by: str = ""
    open_tables: int = 1
    optional: bool = False
    order: int = 90
    work: int = 0


def answer_section(
    section: ReportSection,
    answer: Any,
    paragraphs: Iterable[str] = (),
    tables: Iterable[Table] | None = None,
    picture_key: str = "",
) -> Section:
    """A section from an answer: its sentence, more paragraphs, its picture and its tables, unless others are given."""
    from ripeness.show.report.page import Section

    figures: tuple[Figure, ...] = ()
    if answer.chart:
        from ripeness.show.report.pictures import figure

        narrow = answer.narrow_plot(section.narrow_title) if section.narrow_title else None
        figures = (figure(answer.plot(), picture_key or section.key, section.caption, narrow=narrow),)
    shown = folded_after(answer.layout().tables() if tables is None else tables, section.open_tables)
    return Section(section.key, section.heading, (answer.sentence(), *paragraphs), figures, shown)


def folded_after(tables: Iterable[Table], open_tables: int | None = None) -> tuple[ReportTable, ...]:
    """Tables that say something, the first ones open, all others folded; None: all are open.

    Columns in which nothing stands, and pictures made of signs, are left out, and so is a table that is nothing else.
    """
    from ripeness.show.report.page import ReportTable

    pairs = [(table, table.without_drawings().without_blank_columns()) for table in tables if table.rows]
    filled = [shown for table, shown in pairs if len(shown.columns) > 1 or len(table.columns) == 1]
    return tuple(ReportTable(table, open_tables is not None and n >= open_tables) for n, table in enumerate(filled))
