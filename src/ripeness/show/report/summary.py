"""Summary: the first page of a report, as plain values: the answer, one picture, and points that lead to sections."""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.show.report.figure import Figure
from ripeness.show.table_text import escape_markdown


@dataclass(frozen=True, slots=True)
class OutcomeShare:
    """One outcome of the answer: its name, its probability in words and as a share, and the colour of the page."""

    name: str
    percent: str
    error: str
    share: float
    colour: str


@dataclass(frozen=True, slots=True)
class SummaryPoint:
    """One question of the summary with its lines; `section` is the key of the section that has the rest."""

    heading: str
    lines: tuple[str, ...]
    section: str
    more: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What fits one sheet of paper: the answer by a day, who differs from whom, and points with links."""

    sentence: str
    by: str
    shares: tuple[OutcomeShare, ...]
    note: str
    points: tuple[SummaryPoint, ...]
    figure: Figure | None = None

    @property
    def strip(self) -> tuple[tuple[float, float, str], ...]:
        """The shares one after another, as percent: where each begins, how long it is, and its colour."""
        total = sum(part.share for part in self.shares) or 1.0
        begin, parts = 0.0, []
        for part in self.shares:
            length = 100 * part.share / total
            parts.append((round(begin, 3), round(length, 3), part.colour))
            begin += length
        return tuple(parts)

    def lines(self) -> list[str]:
        """The summary as Markdown."""
        shares = [f"- {escape_markdown(f'{part.name}: {part.percent} ({part.error})')}" for part in self.shares]
        lines = [
            "",
            "## In short",
            "",
            escape_markdown(self.sentence),
            "",
            *map(escape_markdown, (self.by,)),
            "",
            *shares,
        ]
        for point in self.points:
            lines += [
                "",
                f"### {escape_markdown(point.heading)}",
                "",
                *(f"- {escape_markdown(x)}" for x in point.lines),
            ]
        return [*lines, "", escape_markdown(self.note)]
