"""Notebook: what every answer can do in a notebook: show its tables, and become a data frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


class Notebook:
    """An answer with a layout for people and rows for programs."""

    __slots__ = ()

    def layout(self) -> Any:
        """The tables and sentences."""
        raise NotImplementedError

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """The answer as rows."""
        raise NotImplementedError

    def to_frame(self) -> pd.DataFrame:
        """The rows as a data frame of pandas."""
        import pandas as pd

        return pd.DataFrame([dict(row) for row in self.rows()])

    def _repr_html_(self) -> str:
        """The tables in a notebook's cell."""
        from ripeness.show.notebook import html

        return html(self.layout())
