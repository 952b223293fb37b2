"""Readable: text that a terminal can show: no control characters, and likenesses of what its encoding lacks."""

# ruff: noqa: RUF001  (letters that look alike are what this file is about)
from __future__ import annotations

import codecs
import re
import unicodedata

UNKNOWN = "?"
CONTROL_SHOWN = "\ufffd"  # stands for a control character, as wide as one letter
# All control characters but line break and tab, and the marks that turn the direction of writing.
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
LIKENESS = {
    "±": "+/-",
    "–": "-",
    "—": "-",
    "−": "-",
    "‐": "-",
    "‑": "-",
    "…": "...",
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": "<<",
    "»": ">>",
    "×": "x",
    "·": ".",
    "•": "*",
    "†": "+",
    "→": "->",
    "←": "<-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "ß": "ss",
    "æ": "ae",
    "Æ": "AE",
    "ø": "o",
    "Ø": "O",
    "œ": "oe",
    "Œ": "OE",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ı": "i",
    "þ": "th",
    "ð": "d",
    "€": "EUR",
    "£": "GBP",
    "°": " degrees",
    "§": "section ",
    "½": "1/2",
    "²": "2",
    "³": "3",
    "µ": "u",
}
ERRORS = "readable"  # the name under which streams are told to write likenesses


def without_controls(text: str) -> str:
    r"""The text with every control character shown as a sign, so that none reaches a terminal.

    >>> without_controls("plain\x1b[31m")
    'plain\ufffd[31m'
    """
    return CONTROLS.sub(CONTROL_SHOWN, text)


def likeness(letter: str, encoding: str) -> str:
    """What is written for one letter where the encoding lacks it: a sign like it, its base letter, or a question mark.

    >>> likeness("±", "ascii"), likeness("ž", "ascii"), likeness("战", "ascii")
    ('+/-', 'z', '?')
    """
    plain = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    for like in (LIKENESS.get(letter, ""), plain):
        if like and can_encode(like, encoding):
            return like
    return UNKNOWN if not unicodedata.combining(letter) else ""


def can_encode(text: str, encoding: str) -> bool:
    """Whether an encoding has every letter of a text."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _write_likeness(error: UnicodeError) -> tuple[str, int]:
    """What a stream writes in place of letters that its encoding lacks."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(likeness(letter, error.encoding) for letter in lacking), error.end


codecs.register_error(ERRORS, _write_likeness)
