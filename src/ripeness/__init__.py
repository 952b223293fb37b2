"""Forecast how wars end when no single actor decides; this page lists what the package offers.

Every public name is a verb of `ripeness.workbench`, looked up when first used, so that importing the package costs
nothing. A verb with verbs of its own is their file: `ripeness.forecast.add(...)`.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

# One line a verb: `ripeness.<verb>` is the function <verb> of the file workbench/<verb>.py, or that file.
__all__ = [
    "backtest",
    "calibrate",
    "check",
    "cite",
    "councils",
    "decide",
    "diff",
    "discover",
    "export",
    "flip",
    "forecast",
    "history",
    "indicators",
    "infer",
    "list",
    "map",
    "new",
    "options",
    "pack",
    "report",
    "ripe",
    "run",
    "schema",
    "sense",
    "story",
    "unpack",
    "verify",
    "whatif",
]


def __getattr__(name: str) -> Any:
    """Fetch a public name from the workbench when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'ripeness' has no attribute {name!r}; it offers {', '.join(__all__)}")
    room = import_module(f"ripeness.workbench.{name}")
    return getattr(room, name, room)


def __dir__() -> list[str]:
    """List the public names, so that completion finds them before they are loaded."""
    return sorted([*globals(), *__all__])
