"""Forecast how wars end when no single actor decides; this page lists what the package offers.

Every public name is a verb of `ripeness.workbench`, of the forecast ledger (`ripeness.ledger`) or of the proof
(`ripeness.validation`), looked up when first used, so that importing the package costs nothing. A verb with verbs of
its own is their file: `ripeness.forecast.add(...)`.
"""

from __future__ import annotations

import builtins
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ripeness.world.version import __version__ as __version__

if TYPE_CHECKING:  # what type checkers and editors see; nothing of it is loaded
    from ripeness.ledger.verbs import forecast as forecast
    from ripeness.validation.verbs import councils as councils
    from ripeness.validation.verbs.backtest import backtest as backtest
    from ripeness.validation.verbs.calibrate import calibrate as calibrate
    from ripeness.validation.verbs.history import history as history
    from ripeness.workbench import standing as standing
    from ripeness.workbench.check import check as check
    from ripeness.workbench.cite import cite as cite
    from ripeness.workbench.decide import decide as decide
    from ripeness.workbench.diff import diff as diff
    from ripeness.workbench.disagree import disagree as disagree
    from ripeness.workbench.discover import discover as discover
    from ripeness.workbench.elicit import elicit as elicit
    from ripeness.workbench.explain import explain as explain
    from ripeness.workbench.export import export as export
    from ripeness.workbench.flip import flip as flip
    from ripeness.workbench.indicators import indicators as indicators
    from ripeness.workbench.infer import infer as infer
    from ripeness.workbench.list import list as list  # noqa: A004  (the verb that everybody looks for)
    from ripeness.workbench.map import map as map  # noqa: A004
    from ripeness.workbench.mechanisms import mechanisms as mechanisms
    from ripeness.workbench.new import new as new
    from ripeness.workbench.options import options as options
    from ripeness.workbench.pack import pack as pack
    from ripeness.workbench.record import record as record
    from ripeness.workbench.report import report as report
    from ripeness.workbench.ripe import ripe as ripe
    from ripeness.workbench.run import run as run
    from ripeness.workbench.schema import schema as schema
    from ripeness.workbench.sense import sense as sense
    from ripeness.workbench.shipped_cases import shipped_cases as shipped_cases
    from ripeness.workbench.story import story as story
    from ripeness.workbench.unpack import unpack as unpack
    from ripeness.workbench.update import update as update
    from ripeness.workbench.verify import verify as verify
    from ripeness.workbench.whatif import whatif as whatif

# One line a verb, here and above: `ripeness.<verb>` is the function <verb> of the file workbench/<verb>.py, or that
# file; verbs of other rooms name their room in ROOMS. `make reference` writes in what is declared as a question and not
# here yet.
__all__ = [
    "backtest",
    "calibrate",
    "check",
    "cite",
    "councils",
    "decide",
    "diff",
    "disagree",
    "discover",
    "elicit",
    "explain",
    "export",
    "flip",
    "forecast",
    "history",
    "indicators",
    "infer",
    "mechanisms",
    "new",
    "options",
    "pack",
    "record",
    "report",
    "ripe",
    "run",
    "schema",
    "sense",
    "shipped_cases",
    "standing",
    "story",
    "unpack",
    "update",
    "verify",
    "whatif",
]
# `from ripeness import *` leaves Python's own `list` and `map` alone; `ripeness.list` and `ripeness.map` are there.
VERBS = tuple(sorted([*__all__, "list", "map"]))
ROOMS = {
    "forecast": "ledger.verbs",
    "backtest": "validation.verbs",
    "calibrate": "validation.verbs",
    "councils": "validation.verbs",
    "history": "validation.verbs",
}


if not TYPE_CHECKING:  # to a type checker a name that is not there is a fault

    def __getattr__(name: str) -> Any:
        """Fetch a public name from its room when it is first asked for."""
        if name not in VERBS and not _is_declared(name):
            raise AttributeError(f"module 'ripeness' has no attribute {name!r}; it offers {', '.join(VERBS)}")
        module = import_module(f"ripeness.{ROOMS.get(name, 'workbench')}.{name}")
        return getattr(module, name, module)


def _is_declared(name: str) -> bool:
    """Whether a question of this name is declared that is not yet written down above."""
    from ripeness.workbench.verbs import declared_verbs

    return name in declared_verbs()


def __dir__() -> builtins.list[str]:
    """List the public names, so that completion finds them before they are loaded."""
    return sorted([*globals(), *VERBS])
