"""The pages: one file a screen; each asks a verb of the workbench and shows what it says."""

from __future__ import annotations

from importlib import import_module

from ripeness.web.house import House
from ripeness.web.screens import page, screens


def register(house: House) -> None:
    """Put every page whose verb is there at its address."""
    for screen in screens():
        import_module(page(screen)).register(house)
