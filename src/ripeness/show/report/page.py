"""Page: what a report holds, as plain values, and how it becomes one HTML file or Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

UNBROKEN = re.compile(r"(?<=\d) %")  # a number and its sign stay on one line
FIGURES = re.compile(r"[\d<>±+\-.,%/ ()to\n]*")


def few(cell: str) -> bool:
    """Whether a cell holds nothing but figures, which are not to be broken.

    >>> few("<1 ±<0.1"), few("26 to 95 %"), few("read off a record")
    (True, True, False)
    """
    return bool(FIGURES.fullmatch(cell))


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its title, the heads of its columns, its rows of words, and notes on how to read it.

    `folded` where only who asks will see it.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    folded: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture as SVG, the sentence below it, and the text for those who cannot see it.

    `narrow` is the same picture drawn for a phone; where there is none, the wide one scrolls sideways.
    """

    svg: str
    sentence: str
    alternative: str
    narrow: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One question and its answer: paragraphs, pictures, tables, lists, commands,
    then parts with heads of their own.
    """

    key: str
    heading: str
    paragraphs: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    grids: tuple[Grid, ...] = ()
    commands: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    parts: tuple[Section, ...] = ()

    def all_figures(self) -> tuple[Figure, ...]:
        """Its pictures and those of its parts."""
        return (*self.figures, *(one for part in self.parts for one in part.all_figures()))

    def all_grids(self) -> tuple[Grid, ...]:
        """Its tables and those of its parts."""
        return (*self.grids, *(one for part in self.parts for one in part.all_grids()))


@dataclass(frozen=True, slots=True)
class Page:
    """A report: title, what was run, and its sections, the answer first."""

    title: str
    asked: str
    sections: tuple[Section, ...]

    def html(self) -> str:
        """One self-contained HTML file: no script, no request to anywhere."""
        from jinja2 import Environment, StrictUndefined
        from markupsafe import Markup

        here = files("ripeness.show.report")

        def read(name: str) -> str:
            return (here / name).read_text(encoding="utf-8")

        made = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
        made.filters |= {"few": few, "lines": lambda cell: Markup("<br>").join(str(cell).split("\n"))}
        style, safe = Markup(read("page.css")), Markup  # noqa: S704  (our own file, and our own pictures)
        html = made.from_string(read("page.html.j2")).render(page=self, style=style, picture=safe)
        return UNBROKEN.sub("\u00a0%", html)

    def markdown(self) -> str:
        """The same as Markdown, pictures as their words."""
        lines = [f"# {plain(self.title)}", "", plain(self.asked)]
        for section in self.sections:
            lines += _marked(section, "##")
        return "\n".join(lines) + "\n"


def _marked(section: Section, level: str) -> list[str]:
    """The lines of a section and of its parts, a level below."""
    lines = ["", f"{level} {plain(section.heading)}"]
    for one in (*section.paragraphs, *(figure.sentence for figure in section.figures)):
        lines += ["", plain(one)]
    for grid in section.grids:
        lines += ["", f"**{plain(grid.title)}**", "", *_rows(grid.head, grid.rows)]
        lines += ["", plain(" ".join(grid.notes))] if grid.notes else []
    lines += ["", *(f"- {plain(one)}" for one in section.items)] if section.items else []
    lines += ["", *(f"    {one}" for one in section.commands)] if section.commands else []
    return lines + [line for part in section.parts for line in _marked(part, level + "#")]


def _rows(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    listed: list[Any] = [head, ["---"] * len(head), *rows]
    return [
        "| " + " | ".join(plain(str(cell).replace("\n", " · ")).replace("|", "\\|") for cell in row) + " |"
        for row in listed
    ]


def plain(text: str) -> str:
    """Text that Markdown does not take for markup or for HTML.

    >>> plain("<b>North</b> & South")
    '&lt;b&gt;North&lt;/b&gt; &amp; South'
    """
    safe = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return "".join(f"\\{letter}" if letter in "*_`[]" else letter for letter in safe)
