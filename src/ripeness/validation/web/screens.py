"""Screens: the pages that the proof adds to the workbench in the browser."""

from __future__ import annotations

from ripeness.web.screens import Screen, add_screen

RECORD = Screen(
    "/record",
    "Track record",
    "Were forecasts of past wars right as often as they said?",
    "councils",
    "e",
    package="ripeness.validation.web",
)


def add_screens() -> None:
    """Put the record among the screens, before the page on which one's own actor table is decided."""
    add_screen(RECORD, before="/decide")
