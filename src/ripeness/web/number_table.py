"""The table of a scenario's numbers: sorted and filtered in the browser; a value that is edited goes into the text."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import ui

from ripeness.study.parameter_labels import parameter_label
from ripeness.web.checked_text import CheckedText
from ripeness.web.editing.labels import unit_in_words

Change = Callable[[dict[str, object]], Awaitable[None]]
COLUMNS = (
    ("number", 360),
    ("value", 100),
    ("low", 90),
    ("high", 90),
    ("unit", 150),
    ("kind", 100),
    ("sources", 240),
    ("stated", 100),
)


def table_rows(checked_text: CheckedText) -> list[dict[str, Any]]:
    """Every number of a scenario as a row, with its name and its sources in words; `path` is what it is known by."""
    if checked_text.opened is None:
        return []
    scenario = checked_text.opened.scenario
    authors = {key: source.author for key, source in scenario.sources.items()}
    return [
        {
            "path": row.path,
            "number": parameter_label(scenario, row.path),
            **{key: float(f"{getattr(row, key):.4g}") for key in ("value", "low", "high")},
            "unit": unit_in_words(row.unit) if row.unit != "share" else "share, 0 to 1",
            "kind": row.kind,
            "sources": "; ".join(authors.get(key, key) for key in row.sources.split(", ") if key),
            "stated": "here" if row.origin == "scenario" else "default",
        }
        for row in checked_text.rows()
    ]


class NumberTable:
    """A table with a row a number, known by its path; `change` writes an edited value, without it nothing is edited."""

    def __init__(
        self, columns: Sequence[tuple[str, int]], change: Change | None = None, *, pinned: bool = False
    ) -> None:
        self.change = change
        self.rows: list[dict[str, Any]] = []
        definitions: list[dict[str, Any]] = [
            {"field": name, "headerName": name, "width": width, "filter": True, "sortable": True, "resizable": True}
            for name, width in columns
        ]
        definitions[0]["pinned"] = "left" if pinned else None
        definitions[1]["editable"] = change is not None
        options = {
            "columnDefs": definitions,
            "rowData": [],
            "suppressFieldDotNotation": True,
            ":getRowId": "row => row.data.path",
        }
        self.grid = ui.aggrid(options, auto_size_columns=False).classes("grid")
        self.grid.on("cellValueChanged", self._edit)

    def fill(self, rows: list[dict[str, Any]], *, visible: bool) -> None:
        """Give the table its rows; one that is looked at keeps its place, its filter and its focus."""
        if rows == self.rows:
            return
        self.rows = rows
        self.grid.options["rowData"] = rows
        if visible:
            self.grid.run_grid_method("setGridOption", "rowData", rows)
        else:
            self.grid.update()

    def refill(self, *, visible: bool) -> None:
        """Put the same rows back, where a value was entered that cannot be."""
        rows, self.rows = self.rows, []
        self.fill(rows, visible=visible)

    async def _edit(self, event: Any) -> None:
        row = event.args["data"]
        if self.change is not None:
            await self.change({str(row["path"]): _number(row["value"])})


def _number(text: Any) -> object:
    try:
        return float(text)
    except (TypeError, ValueError):
        return str(text)
