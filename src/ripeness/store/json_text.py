"""JSON as this program writes it: plain values, finite numbers, and one text for one value where text is compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from math import isfinite
from typing import Any


def plain_value(value: Any) -> Any:
    """Turn a result into JSON values: dates as text, arrays as lists, what is not a finite number as null.

    >>> plain_value({"when": date(2024, 1, 1), "score": float("inf"), "of": ("a", 1)})
    {'when': '2024-01-01', 'score': None, 'of': ['a', 1]}
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain_value(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain_value(entry) for key, entry in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain_value(entry) for entry in value]
    if isinstance(value, float):
        return value if isfinite(value) else None
    if isinstance(value, (str, int)) or value is None:
        return value
    if hasattr(value, "tolist"):  # an array, or a number of one
        return plain_value(value.tolist())
    return value.isoformat() if isinstance(value, date) else str(value)


def json_text(value: Any, *, indent: int | None = 2, sort_keys: bool = False, ascii_only: bool = False) -> str:
    """Write plain values as JSON for people and programs to read.

    Raises: ValueError for a number that is not finite, which is no number of JSON.

    >>> print(json_text({"outcome": "settlement"}, indent=None))
    {"outcome": "settlement"}
    """
    return json.dumps(value, ensure_ascii=ascii_only, indent=indent, sort_keys=sort_keys, allow_nan=False)


def canonical_json(value: Any) -> str:
    r"""The one text of a value, to be hashed or compared: keys sorted, no blanks, ASCII.

    Raises: ValueError for a number that is not finite.

    >>> canonical_json({"b": 1, "a": "é"})
    '{"a":"\\u00e9","b":1}'
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False)
