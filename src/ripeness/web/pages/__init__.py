"""The pages: a file each, but for questions whose page comes whole from their declaration."""

from __future__ import annotations

from importlib import import_module

from ripeness.web.screens import page_module, screens
from ripeness.web.services import Services


def register(services: Services) -> None:
    """Put every page whose verb is there at its address."""
    for module in dict.fromkeys(page_module(screen) for screen in screens()):
        import_module(module).register(services)
