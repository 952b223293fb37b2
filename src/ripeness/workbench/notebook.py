"""Notebook: what every answer can do in a notebook: show its tables, and become a data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from ripeness.show.table import Layout, Table


class Tabular:
    """An answer with a layout for people, whose tables are values."""

    __slots__ = ()

    def layout(self) -> Table | Layout:
        """The tables and sentences."""
        raise NotImplementedError

    def tables(self) -> tuple[Table, ...]:
        """The tables as values, each of which becomes text, HTML, Markdown, or CSV with unrounded numbers."""
        from ripeness.show.table import layout

        return layout(self.layout()).tables()

    def _repr_html_(self) -> str:
        """The tables in a notebook's cell."""
        from ripeness.show.table import layout

        return layout(self.layout()).to_html()


class Notebook(Tabular):
    """An answer with a layout for people and rows for programs."""

    __slots__ = ()

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The answer as rows."""
        raise NotImplementedError

    def to_frame(self) -> pd.DataFrame:
        """The rows as a data frame of pandas."""
        import pandas as pd

        return pd.DataFrame([dict(row) for row in self.rows()])
