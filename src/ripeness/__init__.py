"""Forecast how wars end when no single actor decides; this page lists what the package offers.

Every public name is a verb of `ripeness.workbench`, looked up when first used, so that importing the package costs
nothing. A verb with verbs of its own is their file: `ripeness.forecast.add(...)`.
"""

from __future__ import annotations

import builtins
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # what type checkers and editors see; nothing of it is loaded
    from ripeness.workbench import councils as councils
    from ripeness.workbench import forecast as forecast
    from ripeness.workbench.backtest import backtest as backtest
    from ripeness.workbench.calibrate import calibrate as calibrate
    from ripeness.workbench.check import check as check
    from ripeness.workbench.cite import cite as cite
    from ripeness.workbench.decide import decide as decide
    from ripeness.workbench.diff import diff as diff
    from ripeness.workbench.discover import discover as discover
    from ripeness.workbench.export import export as export
    from ripeness.workbench.flip import flip as flip
    from ripeness.workbench.history import history as history
    from ripeness.workbench.indicators import indicators as indicators
    from ripeness.workbench.infer import infer as infer
    from ripeness.workbench.list import list as list  # noqa: A004  (the verb that everybody looks for)
    from ripeness.workbench.map import map as map  # noqa: A004
    from ripeness.workbench.new import new as new
    from ripeness.workbench.options import options as options
    from ripeness.workbench.pack import pack as pack
    from ripeness.workbench.report import report as report
    from ripeness.workbench.ripe import ripe as ripe
    from ripeness.workbench.run import run as run
    from ripeness.workbench.schema import schema as schema
    from ripeness.workbench.sense import sense as sense
    from ripeness.workbench.shipped_cases import shipped_cases as shipped_cases
    from ripeness.workbench.story import story as story
    from ripeness.workbench.unpack import unpack as unpack
    from ripeness.workbench.verify import verify as verify
    from ripeness.workbench.whatif import whatif as whatif

__version__ = "0.2.0.dev0"

# One line a verb, here and above: `ripeness.<verb>` is the function <verb> of the file workbench/<verb>.py, or that
# file. `make reference` writes in what is declared as a question and not here yet.
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
    "new",
    "options",
    "pack",
    "report",
    "ripe",
    "run",
    "schema",
    "sense",
    "shipped_cases",
    "story",
    "unpack",
    "verify",
    "whatif",
]
# `from ripeness import *` leaves Python's own `list` and `map` alone; `ripeness.list` and `ripeness.map` are there.
VERBS = tuple(sorted([*__all__, "list", "map"]))


if not TYPE_CHECKING:  # to a type checker a name that is not there is a fault

    def __getattr__(name: str) -> Any:
        """Fetch a public name from the workbench when it is first asked for."""
        if name not in VERBS and not _is_declared(name):
            raise AttributeError(f"module 'ripeness' has no attribute {name!r}; it offers {', '.join(VERBS)}")
        room = import_module(f"ripeness.workbench.{name}")
        return getattr(room, name, room)


def _is_declared(name: str) -> bool:
    """Whether a question of this name is declared that is not yet written down above."""
    from ripeness.workbench.verbs import declared_verbs

    return name in declared_verbs()


def __dir__() -> builtins.list[str]:
    """List the public names, so that completion finds them before they are loaded."""
    return sorted([*globals(), *VERBS])
