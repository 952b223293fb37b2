"""What the state line says: whether what stands on the page is in the file, and since when."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path


def saved_words(path: Path, today: date | None = None) -> str:
    """When a file was saved, in the time of the machine: the hour of today, the day before."""
    try:
        moment = datetime.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ006  (as the user's own clock shows it)
    except OSError:
        return "not saved yet"
    if moment.date() == (today or date.today()):  # noqa: DTZ011
        return f"saved at {moment:%H:%M}"
    return f"saved on {moment.day} {moment:%B %Y}"


def unsaved_words(*, draft_is_kept: bool | None) -> str:
    """What is said of a text that differs from its file; None: it is not known yet whether its draft is kept.

    >>> unsaved_words(draft_is_kept=None), unsaved_words(draft_is_kept=True)
    ('unsaved changes', 'unsaved changes, kept as a draft')
    """
    if draft_is_kept is None:
        return "unsaved changes"
    return "unsaved changes, kept as a draft" if draft_is_kept else "unsaved changes, not kept"


def refused_words(fault_count: int) -> str:
    """What is said where a text with faults was to be saved.

    >>> refused_words(2)
    'not saved: 2 faults'
    """
    return f"not saved: {fault_count} fault{'s' if fault_count != 1 else ''}"


def unread_words(count: int) -> str:
    """What is said where entries of the form are no numbers.

    >>> unread_words(1)
    'not saved: one entry is no number'
    """
    return f"not saved: {count} entries are no numbers" if count > 1 else "not saved: one entry is no number"
