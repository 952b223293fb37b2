"""Numbers as people write them: decimal points and commas, marks between thousands, the minus sign of typesetters.

A mark with three figures after it, as in 1.250, may divide thousands or decimals. What it means is read off the other
numbers of its column, then of the table; where they do not say, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import inf
from unicodedata import decimal

from ripeness.world.wording import join_words

MINUS = str.maketrans({"\u2212": "-", "\u2012": "-", "\u2013": "-", "\ufe63": "-", "\uff0d": "-", "\uff0b": "+"})
BETWEEN = re.compile("(?<=[0-9])[ \u00a0\u2009\u202f'\u2019](?=[0-9]{3}(?![0-9]))")  # 1 250, 1'250
SHAPE = re.compile(r"([+-]?)([0-9.,]*[0-9][0-9.,]*)([eE][+-]?[0-9]{1,4})?")
NAMES = {".": "the point", ",": "the comma"}
THOUSAND = 1000.0
FIRST_OF_THREE = 100.0  # whole numbers of three figures and more stand beside thousands
FAR = 10.0  # a number read with thousands that exceeds its whole neighbours by more is no neighbour of theirs


@dataclass(frozen=True, slots=True)
class Marks:
    """What the numbers of a column or a table show: an example of each decimal mark, and the whole numbers' range."""

    decimal: dict[str, str]
    least: float = inf
    most: float = -inf
    largest: str = ""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as read; `note` says on what grounds where its own figures left two readings."""

    value: float
    note: str = ""


class NotANumber(ValueError):
    """A text that is no number, or one of two numbers and nothing tells which."""


def numeral_marks(texts: Iterable[str]) -> Marks:
    """What numbers show of how their marks are meant; texts that are no numbers show nothing.

    >>> numeral_marks(["0,5", "1.250", "900"])
    Marks(decimal={',': '0,5'}, least=900.0, most=900.0, largest='900')
    """
    examples: dict[str, str] = {}
    lowest, highest, largest = inf, -inf, ""
    for text in texts:
        shape = SHAPE.fullmatch(_plain(text))
        if not shape:
            continue
        body = shape.group(2)
        mark = _decimal_mark(body, scientific=bool(shape.group(3)))
        if mark and mark != "?":
            examples.setdefault(mark, text.strip())
        elif mark == "" and not shape.group(3):
            value = abs(float(body))
            lowest = min(lowest, value)
            highest, largest = (value, text.strip()) if value > highest else (highest, largest)
    return Marks(examples, lowest, highest, largest)


def parse_amount(text: str, column: Marks, table: Marks | None = None, highest: float = inf) -> Amount:
    r"""Read a number; nothing in its column may exceed `highest`.

    Raises: NotANumber with a message where it is none, or where it might be two.

    >>> parse_amount("\u22121 250,5", numeral_marks([])).value, parse_amount("1.250", numeral_marks(["0,5"])).value
    (-1250.5, 1250.0)
    """
    shape = SHAPE.fullmatch(_plain(text))
    if not shape:
        raise NotANumber(f"'{text[:40]}' is not a number")
    sign, body, power = shape.groups(default="")
    mark, note = _decimal_mark(body, scientific=bool(power)), ""
    if mark is None:
        raise NotANumber(f"'{text[:40]}' is not a number; its points and commas divide neither thousands nor decimals")
    if mark == "?":
        mark, note = _decided(text.strip(), body, column, table, highest)
    for candidate in ".,":
        if candidate != mark:
            body = body.replace(candidate, "")
    return Amount(float(sign + body.replace(mark, ".", 1) + power if mark else sign + body + power), note)


def _plain(text: str) -> str:
    """A number's text in plain figures, with one kind of minus and no blanks or apostrophes between thousands."""
    text = text.strip()
    if not text.isascii():
        text = "".join(str(decimal(sign)) if sign.isdecimal() else sign for sign in text.translate(MINUS))
    return BETWEEN.sub("", text)


def _decimal_mark(body: str, *, scientific: bool) -> str | None:
    """The decimal mark of a number's figures: empty for none, `?` where one mark stands before three,
    None if malformed.
    """
    points, commas = body.count("."), body.count(",")
    if not points and not commas:
        return ""
    if points and commas:
        last = max(".,", key=body.rindex)
        integer_part, _, _ = body.rpartition(last)
        return last if body.count(last) == 1 and _grouped(integer_part, "," if last == "." else ".") else None
    mark = "." if points else ","
    if points + commas > 1:
        other_mark = "," if mark == "." else "."
        return other_mark if _grouped(body, mark) else None
    integer_part, _, fraction = body.partition(mark)
    thousands = (
        len(fraction) == len("000") and 1 <= len(integer_part) <= len("000") and not integer_part.startswith("0")
    )
    return "?" if thousands and not scientific else mark


def _grouped(integer_part: str, mark: str) -> bool:
    """Whether figures stand in groups of three."""
    first, *groups = integer_part.split(mark)
    return 1 <= len(first) <= len("000") and all(len(group) == len("000") for group in groups)


def _decided(text: str, body: str, column: Marks, table: Marks | None, highest: float) -> tuple[str, str]:
    """The decimal mark that a mark before three figures is, or the other one; and on what grounds.

    Raises: NotANumber where nothing tells.
    """
    mark = "." if "." in body else ","
    other_mark = "," if mark == "." else "."
    small = float(body.replace(mark, "."))
    large = small * THOUSAND
    as_decimal = f"{NAMES[mark]} in '{text}' is read as the decimal mark"
    as_thousands = f"'{text}' is read as {large:.0f}"
    if large > highest >= small:
        return mark, ""
    hundreds = FIRST_OF_THREE <= column.least < inf
    neighbour = small < column.least and (large <= FAR * column.most or (hundreds and not column.decimal))
    examples = column.decimal or (table.decimal if table else {})
    if len(examples) == 1 and other_mark in examples:
        return other_mark, f"{as_thousands}, as '{examples[other_mark]}' shows"
    if len(examples) == 1 and not neighbour:
        return mark, "" if column.decimal and not hundreds else f"{as_decimal}, as '{examples[mark]}' shows"
    if not examples and column.least <= small <= column.most and large > FAR * column.most:
        return mark, f"{as_decimal}: beside it stand whole numbers up to {column.largest}"
    context = f"beside it stands '{column.largest}'" if column.largest else "no other number shows which"
    context = (
        f"the table writes both {join_words([repr(text) for text in examples.values()])}"
        if len(examples) > 1
        else context
    )
    message = f"'{text}' may be {large:.0f} or {small:g}: {NAMES[mark]} divides thousands or decimals, and {context}"
    raise NotANumber(f"{message}; write {large:.0f} or {body.replace(mark, '.')}0")
