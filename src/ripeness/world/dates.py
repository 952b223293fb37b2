"""Days and moments as people type them, and what to say when there is no such day."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import UTC, date, datetime

from ripeness.world.fault import Fault

_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_MONTHS = range(1, 13)


def parse_day(text: str, label: str) -> date:
    """Read a day written as YYYY-MM-DD.

    Raises: Fault that says why there is no such day.

    >>> parse_day("2024-02-29", "closes")
    datetime.date(2024, 2, 29)
    """
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise Fault(f"{label}: {text!r:.60} is not a date; write year-month-day, such as 2026-03-15")
    year, month, number = (int(part) for part in match.groups())
    if year < 1 or month not in _MONTHS:
        raise Fault(f"{label}: {text!r:.60} does not exist; months run from 01 to 12, written year-month-day")
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise Fault(f"{label}: {text!r:.60} does not exist; {month_name[month]} {year} has {last} days")
    return date(year, month, number)


def parse_moment(text: str, label: str) -> datetime:
    """Read a day, or a day and time such as 2026-03-15T14:30; without an offset it is UTC.

    Raises: Fault that says what a moment looks like.

    >>> parse_moment("2024-02-29T14:30", "made").isoformat()
    '2024-02-29T14:30:00+00:00'
    """
    written = text.strip().replace(" ", "T", 1)
    head, _, clock = written.partition("T")
    first = parse_day(head, label)
    if not clock:
        return datetime(first.year, first.month, first.day, tzinfo=UTC)
    try:
        read = datetime.fromisoformat(f"{first.isoformat()}T{clock}")
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except ValueError:
        raise Fault(f"{label}: {text!r:.60} is not a time; write 2026-03-15 or 2026-03-15T14:30 (UTC)") from None
    except OverflowError:
        raise Fault(f"{label}: {text!r:.60} lies in UTC outside of the years 1 to 9999") from None


def as_day(value: object, label: str) -> date | None:
    """A day that was given as a date, a moment, or text such as 2026-03-15; none where none was given.

    Raises: Fault for anything else, or for a day that does not exist.

    >>> as_day("1945-06-01", "as_of"), as_day(date(1945, 6, 1), "as_of"), as_day(None, "as_of")
    (datetime.date(1945, 6, 1), datetime.date(1945, 6, 1), None)
    """
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_day(value, label)
    raise Fault(f"{label}: {value!r:.60} is not a date; give a datetime.date, or text such as '2026-03-15'")


def need_day(value: object, label: str) -> date:
    """The same where a day must be given.

    Raises: Fault for none, too.
    """
    valid_day = as_day(value, label)
    if valid_day is None:
        raise Fault(f"{label}: a date is needed, such as '2026-03-15'")
    return valid_day


def as_moment(value: object, label: str) -> datetime | None:
    """A moment that was given as such, as a day, or as text such as 2026-03-15T14:30 (UTC); none where none was given.

    Raises: Fault for anything else.

    >>> str(as_moment("2024-02-29", "made")), as_moment(None, "made")
    ('2024-02-29 00:00:00+00:00', None)
    """
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return (
        None if value is None else parse_moment(value if isinstance(value, str) else str(need_day(value, label)), label)
    )


def need_moment(value: object, label: str) -> datetime:
    """The same where a moment must be given.

    Raises: Fault for none, too.
    """
    valid_moment = as_moment(value, label)
    if valid_moment is None:
        raise Fault(f"{label}: a moment is needed, such as '2026-03-15T14:30'")
    return valid_moment
