"""Decimal commas: where a file writes 0,55 and YAML reads two things, say how the number is written."""

from __future__ import annotations

import re

BEFORE = re.compile(r"(?:.*\bto\s+)?[-+]?[0-9]+\Z")  # what stands before the comma: `0`, or `0.3 to 0`
AFTER = re.compile(r"[0-9]+(?:\s*%)?(?:\s+to\s+[-+]?[0-9]*\.?[0-9]*)?\Z")  # and after it: `55`, or `3 to 0`
WITH_COMMA = re.compile(r"(?:[-+]?[0-9]*,[0-9]+|[-+]?[0-9]+)(?:\s+to\s+[-+]?[0-9]*[,.]?[0-9]+)?\Z")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9])")
MOST_LETTERS = 80  # a number is shorter


def is_split(before: str, after: str) -> bool:
    """Whether two texts on either side of a comma look like one number that the comma cut in two.

    >>> is_split("0", "55"), is_split("0.3 to 0", "5"), is_split("valley", "55")
    (True, True, False)
    """
    short = len(before) <= MOST_LETTERS and len(after) <= MOST_LETTERS
    return short and bool(BEFORE.match(before.strip()) and AFTER.match(after.strip()))


def comma_hint(text: str) -> str:
    """How a text with a decimal comma is written as a number; empty for any other text.

    >>> comma_hint("0,4 to 0,6"), comma_hint("1,250"), comma_hint("half")
    ('; with a decimal point, write 0.4 to 0.6', '; write 1.250 with a decimal point, or 1250', '')
    """
    bare = text.replace("%", "").strip()
    if len(bare) > MOST_LETTERS or "," not in bare or not WITH_COMMA.match(bare):
        return ""
    pointed = bare.replace(",", ".")
    if "%" in text:
        return f"; write {{value: {pointed}, unit: percent}}"
    if THOUSANDS.search(bare):
        return f"; write {pointed} with a decimal point, or {bare.replace(',', '')}"
    return f"; with a decimal point, write {pointed}"
