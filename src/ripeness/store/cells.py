"""Cells: rows as comma-separated text that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from typing import Any

BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows under the keys of the first; words that a spreadsheet would compute get an apostrophe before them.

    >>> print(to_csv([{"outcome": "=1+1", "p": -0.5}]), end="")
    outcome,p
    '=1+1,-0.5
    """
    out = StringIO()
    records = list(rows)
    if records:
        writer = csv.DictWriter(out, list(records[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows({key: safe_cell(value) for key, value in row.items()} for row in records)
    return out.getvalue()


def safe_cell(value: Any) -> Any:
    """A cell that no spreadsheet computes.

    >>> safe_cell("=1+1"), safe_cell(-0.5)
    ("'=1+1", -0.5)
    """
    return f"'{value}" if isinstance(value, str) and value.startswith(BEGINS_A_FORMULA) else value
