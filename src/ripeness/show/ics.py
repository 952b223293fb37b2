"""Calendar: dates as an iCalendar file that any calendar program reads (RFC 5545)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ripeness.study.indicators.calendar_dates import CalendarDate

WIDEST = 75  # octets in a line (RFC 5545, 3.1)
PRODUCT = "-//ripeness//indicators//EN"


def calendar(dates: Sequence[CalendarDate], title: str, written_on: date, name: str) -> str:
    r"""Write dates as whole-day events. `made` is the stamp of every event, so that the same dates give the same file.

    >>> text = calendar([CalendarDate("a", date(2024, 2, 28), "Look; now", "why")], "A war", date(2023, 3, 15), "case")
    >>> [line for line in text.split(chr(13) + chr(10)) if line.startswith(("DTSTART", "DTEND", "SUMMARY"))]
    ['DTSTART;VALUE=DATE:20240228', 'DTEND;VALUE=DATE:20240229', 'SUMMARY:Look\\; now']
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN", f"NAME:{_text(title)}"]
    lines.append(f"X-WR-CALNAME:{_text(title)}")
    for event in dates:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{_id(event.id)}@{_id(name)}.ripeness",
            f"DTSTAMP:{written_on:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{event.on + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(event.title)}",
            *([f"DESCRIPTION:{_text(event.about)}"] if event.about else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _text(words: str) -> str:
    """Escape what has a meaning in the format."""
    plain = " ".join(words.split())
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _id(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter == "-" else "-" for letter in name) or "case"


def _folded(line: str) -> str:
    """Break a line after 75 octets, never inside a letter; what goes on begins with a blank."""
    parts, part, size = [], "", 0
    for letter in line:
        letter_size = len(letter.encode())
        if size + letter_size > WIDEST:
            parts.append(part)
            part, size = " ", 1
        part += letter
        size += letter_size
    return "\r\n".join([*parts, part])
