"""Cells: rows as comma-separated text that no spreadsheet takes for a formula, and how to get a text back."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARKED = (*BEGINS_A_FORMULA, "'")


def to_csv(rows: Iterable[Mapping[str, Any]], columns: Sequence[str] = ()) -> str:
    """Write rows under the keys of the first; words that a spreadsheet would compute get an apostrophe before them.

    With `columns` those are the heading, also of no row, and what a row lacks is empty.

    >>> print(to_csv([{"outcome": "=1+1", "p": -0.5}]), end="")
    outcome,p
    '=1+1,-0.5
    """
    out = StringIO()
    records = list(rows)
    if records or columns:
        writer = csv.DictWriter(out, list(columns or records[0]), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in records)
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet computes.

    >>> safe_cell("=1+1"), safe_cell(-0.5)
    ("'=1+1", -0.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value


def guarded(text: str) -> str:
    """The same for a text that is read back: one that has an apostrophe of its own gets another.

    >>> guarded("=1+1"), guarded("settlement"), guarded("'tis")
    ("'=1+1", 'settlement', "''tis")
    """
    return f"'{text}" if text.startswith(_MARKED) else text


def unguarded(cell: str) -> str:
    """Take the apostrophe away that `guarded` put before a text; others stay.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_MARKED) else cell
