"""Plain values for JSON: lists, numbers and words; what is not a number becomes nothing."""

from __future__ import annotations

from math import isfinite
from typing import Any


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Plain lists, numbers and words; numbers that do not exist become null.

    >>> plain({"low": float("nan"), "of": ("a", 1)})
    {'low': None, 'of': ['a', 1]}
    """
    return {str(key): _plain(value_) for key, value_ in values.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return plain(value)
    if isinstance(value, (list, tuple)):
        return [_plain(value_) for value_ in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value
