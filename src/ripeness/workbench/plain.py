"""Plain values for JSON: lists, numbers and words; what is not a number becomes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from math import isfinite
from typing import Any


def plain(value: Any) -> Any:
    """Turn a result into JSON values: records by their fields, dates as text, what is not a finite number as null.

    >>> plain({"when": date(2024, 1, 1), "low": float("nan"), "of": ("a", 1)})
    {'when': '2024-01-01', 'low': None, 'of': ['a', 1]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(part) for part in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, (str, int)) or value is None else str(value)
