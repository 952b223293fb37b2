"""Decimal commas: where a file writes 0,55 and YAML reads two things, say how the number is written."""

from __future__ import annotations

import re

from ripeness.scenario.yaml_node import Node

BEFORE = re.compile(r"(?:.*\bto\s+)?[-+]?[0-9]+\Z")  # what stands before the comma: `0`, or `0.3 to 0`
AFTER = re.compile(r"[0-9]+(?:\s*%)?(?:\s+to\s+[-+]?[0-9]*\.?[0-9]*)?\Z")  # and after it: `55`, or `3 to 0`
WITH_COMMA = re.compile(r"(?:[-+]?[0-9]*,[0-9]+|[-+]?[0-9]+)(?:\s+to\s+[-+]?[0-9]*[,.]?[0-9]+)?\Z")
THOUSANDS = re.compile(r"[1-9][0-9]{0,2},[0-9]{3}(?![0-9])")
MOST_LETTERS = 80  # a number is shorter


def is_split(left_text: str, right_text: str) -> bool:
    """Whether two texts on either side of a comma look like one number that the comma cut in two.

    >>> is_split("0", "55"), is_split("0.3 to 0", "5"), is_split("valley", "55")
    (True, True, False)
    """
    short = len(left_text) <= MOST_LETTERS and len(right_text) <= MOST_LETTERS
    return short and bool(BEFORE.match(left_text.strip()) and AFTER.match(right_text.strip()))


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


def split_hint(node: Node) -> str:
    """How a list was meant in which a decimal comma may have made two items of one number; empty for any other node.

    >>> from ripeness.scenario.yaml_tree import tree_of
    >>> split_hint(tree_of("range: [0,4, 0,6]", "war.yaml").at(["range"]))
    '; with a decimal point, write [0.4, 0.6]'
    """
    items = node.items()
    words: list[str] = []
    n = 0
    while n < len(items):
        item, next_item = items[n], items[n + 1] if n + 1 < len(items) else None
        glued = next_item is not None and _is_split_item(item, next_item)
        words.append(f"{item.text}.{next_item.text}" if glued and next_item is not None else item.text)
        n += 1 + glued
    return f"; with a decimal point, write [{', '.join(words)}]" if len(words) < len(items) and all(words) else ""


def _is_split_item(item: Node, next_item: Node) -> bool:
    """Whether nothing but a comma stands between two whole numbers of a list."""
    adjacent = (
        item.place.line == next_item.place.line and item.place.column + len(item.text) + 1 == next_item.place.column
    )
    return adjacent and is_split(item.text, next_item.text)
