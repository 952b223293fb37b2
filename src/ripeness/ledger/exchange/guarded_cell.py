"""Table cells that no spreadsheet takes for a formula, and how to get the text back unchanged."""

from __future__ import annotations

_RISKY = ("=", "+", "-", "@", "\t", "\r", "'")


def guarded(text: str) -> str:
    """Put a quote before text that a spreadsheet would run as a formula.

    >>> guarded("=1+1"), guarded("settlement")
    ("'=1+1", 'settlement')
    """
    return f"'{text}" if text.startswith(_RISKY) else text


def unguarded(cell: str) -> str:
    """Take that quote away again; other quotes stay.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell
