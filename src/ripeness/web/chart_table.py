"""Chart table: the data behind a chart as a table in its readers' words, made from what it tells who points at it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ripeness.show.cell import numbers, row, words
from ripeness.show.table import layout, text_table
from ripeness.show.words import day
from ripeness.store.cells import to_csv

FIRST = {"at": "date", "row": "outcome"}  # what the first column of a readout is called
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """Headings and rows of text."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def html(self, title: str) -> str:
        """The table for a page."""
        plain = [_is_number([row[n] for row in self.rows]) for n in range(len(self.headings))]
        columns = [
            numbers(heading) if right else words(heading) for heading, right in zip(self.headings, plain, strict=True)
        ]
        table = text_table(columns, [row(*line) for line in self.rows], title=title)
        return "".join(layout(table).html_blocks())

    def csv(self) -> str:
        """The table as comma-separated values; the sign of a column of percentages stands in its heading."""
        share = [all(line[n].endswith(" %") for line in self.rows) for n in range(len(self.headings))]
        headings = [f"{name}, %" if percent else name for name, percent in zip(self.headings, share, strict=True)]
        lines = ([cell.removesuffix(" %") for cell in line] for line in self.rows)
        return to_csv([dict(zip(headings, line, strict=True)) for line in lines])


def chart_table(chart: Mapping[str, Any]) -> ChartTable | None:
    """The data of a chart's readout, or of its first view that tells something; none where no view does."""
    from ripeness.show.charts.calendar_axis import READOUT

    views = [view for view in _views(chart, chart.get("data")) if view[0]]
    readouts = [view for view in views if view[2].startswith(READOUT)]
    for tips, source, _ in readouts or views:
        if rows := _rows_of(source, chart.get("datasets") or {}):
            return _table(tips, rows)
    return None


def _views(view: Mapping[str, Any], source: Any) -> Iterator[tuple[list[Mapping[str, Any]], Any, str]]:
    """Every view with what it tells, its data and its name."""
    source = view.get("data") or source
    tips = (view.get("encoding") or {}).get("tooltip")
    yield (list(tips) if isinstance(tips, list) else [tips] if isinstance(tips, Mapping) else [], source, _name(view))
    for part in ("layer", "hconcat", "vconcat", "concat"):
        for inner in view.get(part, ()):
            yield from _views(inner, source)
    if isinstance(view.get("spec"), Mapping):
        yield from _views(view["spec"], source)


def _name(view: Mapping[str, Any]) -> str:
    return str(view.get("name", ""))


def _rows_of(source: Any, datasets: Mapping[str, Any]) -> Rows:
    if not isinstance(source, Mapping):
        return ()
    rows = source.get("values", datasets.get(source.get("name", ""), ()))
    return rows if isinstance(rows, list | tuple) else ()


def _table(tips: Sequence[Mapping[str, Any]], rows: Rows) -> ChartTable:
    kept = [tip for tip in tips if any(row.get(str(tip.get("field"))) not in (None, "") for row in rows)]
    headings = tuple(_heading(tip) for tip in kept)
    lines = dict.fromkeys(tuple(_text(row.get(tip["field"]), tip) for tip in kept) for row in rows)
    return ChartTable(headings, tuple(line for line in lines if any(line)))


def _heading(tip: Mapping[str, Any]) -> str:
    title = str(tip.get("title") or "").strip()
    return title or FIRST.get(str(tip["field"]), str(tip["field"]))


def _text(value: Any, tip: Mapping[str, Any]) -> str:
    """A value as the chart says it."""
    if value is None:
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format(value, str(tip.get("format") or "g")).replace("%", " %")
    text = str(value)
    if tip.get("type") == "temporal" and len(text) >= 10:
        return day(date.fromisoformat(text[:10]))
    return text


def _is_number(cells: Sequence[str]) -> bool:
    """Whether a column begins with figures throughout."""
    return all(cell[:1] in "0123456789+-<>±" for cell in cells if cell)
