"""Text files of other people's making: decoded whatever their encoding, and what is no text is named."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from ripeness.world.fault import Fault, Place

LARGEST = 1_000_000_000  # bytes; the largest file of the record has some 400 million
STANDARD_INPUT = "-"
# Longer marks first: the one of UTF-32 begins as the one of UTF-16.
BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)
SAVE_AS = "save the table as CSV (from a spreadsheet: 'CSV UTF-8') and name that file"
SIGNATURES = (
    (b"PK\x03\x04", f"is a spreadsheet (xlsx, ods) or another zip file, not text; {SAVE_AS}"),
    (b"PK\x05\x06", "is an empty zip file, not text"),
    (b"\xd0\xcf\x11\xe0", f"is an old spreadsheet (xls), not text; {SAVE_AS}"),
    (b"%PDF", "is a PDF, not a table; copy the table into a spreadsheet and save it as CSV"),
    (b"\x1f\x8b", "is compressed (gzip); unpack it first"),
    (b"SQLite format 3", f"is an SQLite database, not text; {SAVE_AS}"),
    (b"\x89HDF", f"is an HDF5 or netCDF file, not text; {SAVE_AS}"),
    (b"RDX3", f"is R's own format, not text; {SAVE_AS}"),
    (b"<stata_dta>", f"is a Stata file, not text; {SAVE_AS}"),
    (b"$FL2@", f"is an SPSS file, not text; {SAVE_AS}"),
    (b"{\\rtf", f"is a word processor's file (RTF), not a table; {SAVE_AS}"),
)
GIT_LFS = "version https://git-lfs.github.com/spec/"
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]")  # and what steers a terminal
PROBE = 4096  # bytes by which UTF-16 without its mark is told
SHARE_OF_ZEROS = 0.3  # in Latin text every second byte of UTF-16 is zero; other scripts still hold digits and commas


@dataclass(frozen=True, slots=True)
class TextFile:
    """What a file says, and what had to be guessed to read it."""

    file: str
    text: str
    notes: tuple[str, ...] = ()


def read_text_file(path: str | Path, *, largest: int = LARGEST, kind: str = "a table") -> TextFile:
    """Read UTF-8, UTF-16 or UTF-32 with or without a mark, else Windows-1252; `-` is standard input.

    Units: `largest` in bytes.
    Raises: Fault where nothing can be read, it is too large, or it is no text; known formats are named.
    """
    file = "<stdin>" if str(path) == STANDARD_INPUT else str(path)
    try:
        if str(path) == STANDARD_INPUT:
            raw = _standard_input(largest + 1)
        else:
            with Path(path).open("rb") as stream:
                raw = stream.read(largest + 1)
    except (OSError, ValueError) as error:  # a path that holds a zero byte is a ValueError
        reason = getattr(error, "strerror", None) or str(error)
        raise Fault(f"cannot be read ({reason}); give the path of a CSV file", Place(file)) from error
    if len(raw) > largest:
        raise Fault(f"is larger than {largest / 1e6:,.0f} MB; {kind} stays below that", Place(file))
    return decode(raw, file)


def _standard_input(largest: int) -> bytes:
    """Bytes of standard input; an OSError where there is none, as in a notebook."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise OSError("there is no standard input here")
    return bytes(stream.read(largest))


def decode(raw: bytes, file: str) -> TextFile:
    """The text of a file's bytes.

    Raises: Fault for what is no text, and for XML, web pages, JSON and Git LFS pointers, which hold no table.

    >>> decode("état,1".encode("utf-16"), "x.csv").text
    'état,1'
    """
    start = Place(file)
    for signature, message in SIGNATURES:
        if raw.startswith(signature):
            raise Fault(message, start)
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if raw.startswith(mark)), "") or _without_mark(raw)
    notes: tuple[str, ...] = ()
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            raise Fault(f"begins as {encoding.upper()} and does not go on so; save it as CSV UTF-8", start) from error
        text, notes = raw.decode("cp1252", errors="replace"), ("read as Windows-1252, not as UTF-8",)
    text = text.lstrip("\ufeff").removesuffix("\x1a")  # DOS ended a text with this sign
    _refuse_other_formats(text, start)
    foreign = NOT_TEXT.search(text)
    if foreign:
        at = foreign.start()
        line = text.count("\n", 0, at) + 1
        place = Place(file, line, at - text.rfind("\n", 0, at))
        raise Fault("is not text; save the table as CSV (from a spreadsheet: 'CSV UTF-8')", place)
    return TextFile(file, text, notes)


def _without_mark(raw: bytes) -> str:
    """UTF-16 told by its zero bytes; else UTF-8."""
    probe = raw[: PROBE - PROBE % 2]
    half = len(probe) // 2
    if len(raw) % 2 == 0 and half:
        low, high = probe[0::2].count(0) / half, probe[1::2].count(0) / half
        if high > SHARE_OF_ZEROS and low < SHARE_OF_ZEROS / 10:
            return "utf-16-le"
        if low > SHARE_OF_ZEROS and high < SHARE_OF_ZEROS / 10:
            return "utf-16-be"
    return "utf-8"


def _refuse_other_formats(text: str, start: Place) -> None:
    """Name a text that is no table."""
    head = text[:2000].lstrip()
    if head.startswith(GIT_LFS):
        raise Fault("is a Git LFS pointer, not the table itself; fetch the table with `git lfs pull`", start)
    if re.match(r"(?i)<!doctype html|<html", head):
        raise Fault("is a web page, not a table (was a download answered by a page?)", start)
    if re.match(r"<\?xml|<!--|<[A-Za-z_][\w.:-]*[\s/>]", head):
        if re.search(r"(?i)ktab|<\w*(?:smp|scenario)\b", head):
            columns = "actor, description, influence, then position and salience of each dimension"
            raise Fault(f"is an XML file of KTAB, not delimited text; write its actors as CSV: {columns}", start)
        raise Fault(f"is XML, not delimited text; {SAVE_AS}", start)
    if re.match(r'\{\s*["}]|\[\s*[\{\["]', head):
        raise Fault("is JSON, not delimited text; write one row a line, cells between commas", start)
