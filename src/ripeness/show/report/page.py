"""Page: what a report holds, as plain values, and how it becomes one HTML file or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from ripeness.show.cell import Column, TableCell, bold, row
from ripeness.show.report.figure import Figure
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.show.table_html import paragraph_html, table_html
from ripeness.show.table_text import escape_markdown, markdown_lines

if TYPE_CHECKING:
    from ripeness.show.report.summary import Summary

UNBROKEN = re.compile(r"(?<=\d) %")  # a number and its sign stay on one line


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table of a report; `folded` where only who asks will see it, `dense` where it is long and printed small."""

    table: Table
    folded: bool = False
    dense: bool = False


def report_table(
    title: str,
    headings: Sequence[str | Column],
    rows: Iterable[Sequence[str | TableCell]],
    *,
    folded: bool = False,
    dense: bool = False,
) -> ReportTable:
    """A table of a report from words and cells, a row each; columns are words unless they say otherwise."""
    return ReportTable(text_table(headings, [row(*cells) for cells in rows], title=title), folded, dense)


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer: paragraphs, pictures, tables, lists, commands,
    then parts with heads of their own.
    """

    key: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    tables: tuple[ReportTable, ...] = ()
    commands: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    parts: tuple[Section, ...] = ()

    def layout(self) -> Layout:
        """Heading, paragraphs and tables, without pictures; then the parts."""
        tables = (placed.table for placed in self.tables)
        parts = (part.layout() for part in self.parts)
        return layout(bold(self.heading), *self.paragraphs, *tables, *self.items, *parts)

    def all_figures(self) -> tuple[Figure, ...]:
        """Its pictures and those of its parts."""
        return (*self.figures, *(figure for part in self.parts for figure in part.all_figures()))


@dataclass(frozen=True, slots=True)
class Page:
    """A report: title, what was run, its summary on one sheet of paper, and its sections, the answer first."""

    title: str
    asked: str
    sections: tuple[Section, ...]
    summary: Summary | None = None

    def layout(self) -> Layout:
        """Headings, paragraphs and tables, without pictures."""
        return layout(bold(self.title), self.asked, *(section.layout() for section in self.sections))

    def html(self) -> str:
        """One self-contained HTML file: no script, no request to anywhere."""
        from jinja2 import Environment, FunctionLoader, StrictUndefined
        from markupsafe import Markup

        folder = files("ripeness.show.report")

        def read(name: str) -> str:
            return (folder / name).read_text(encoding="utf-8")

        environment = Environment(
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            loader=FunctionLoader(read),
        )
        safe = Markup  # our own file, our own pictures, and tables whose every text is escaped
        html = environment.from_string(read("page.html.j2")).render(
            page=self,
            style=safe(read("page.css") + read("summary.css") + read("print.css")),
            picture=safe,
            table_html=lambda table: safe(table_html(table.title, table.columns, table.rows)),
            paragraph_html=lambda note: safe(paragraph_html(note)),
        )
        return UNBROKEN.sub("\u00a0%", html)

    def markdown(self) -> str:
        """The same as Markdown, pictures as their words."""
        lines = [f"# {escape_markdown(self.title)}", "", escape_markdown(self.asked)]
        lines += [] if self.summary is None else self.summary.lines()
        for section in self.sections:
            lines += _section_lines(section, "##")
        return "\n".join(lines) + "\n"


def _section_lines(section: Section, level: str) -> list[str]:
    """The lines of a section and of its parts, a level below."""
    lines = ["", f"{level} {escape_markdown(section.heading)}"]
    for paragraph in (*section.paragraphs, *(figure.sentence for figure in section.figures)):
        lines += ["", escape_markdown(paragraph)]
    for table in (placed.table for placed in section.tables):
        lines += ["", *markdown_lines(table.title, table.columns, table.rows, table.notes)]
    lines += ["", *(f"- {escape_markdown(item)}" for item in section.items)] if section.items else []
    lines += ["", *(f"    {command}" for command in section.commands)] if section.commands else []
    return lines + [line for part in section.parts for line in _section_lines(part, level + "#")]
