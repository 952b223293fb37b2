"""The pages: one file a screen; each asks a verb of the workbench and shows what it says."""

from __future__ import annotations

from importlib import import_module

from ripeness.web.screens import page, screens
from ripeness.web.services import Services


def register(services: Services) -> None:
    """Put every page whose verb is there at its address."""
    for screen in screens():
        import_module(f"ripeness.web.pages.{page(screen)}").register(services)
