"""Ahead: what a machine's first run must compile is compiled by two processes at once, each taking half.

This one compiles how a war opens; `python -m ripeness.war.ahead` compiles its months, and leaves them in the cache that
both share. Whoever finds them there compiles nothing.
"""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

import numba
import numpy as np

from ripeness.war.conditions import Conditions
from ripeness.war.opening import open_war
from ripeness.war.prepare import constants_of, prepare
from ripeness.war.simulate import advance
from ripeness.world.compiled import cache_folder
from ripeness.world.compiling import compiling
from ripeness.world.pathway_names import NAMES

if TYPE_CHECKING:
    from ripeness.war.block import Array
    from ripeness.war.prepare import War

MARK = "simulate.advance*.nbc"  # in the cache once the months are compiled


@cache
def compile_ahead() -> subprocess.Popen[bytes] | None:
    """Have the months compiled by another process, where this machine has not compiled them yet; once a process."""
    if numba.config.DISABLE_JIT or any(cache_folder("war").rglob(MARK)):
        return None
    return subprocess.Popen(
        [sys.executable, "-m", "ripeness.war.ahead"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def compile_together(war: War, drawn: Array, active: Array) -> None:
    """Compile how a war opens while another process compiles its months, and wait for both.

    Should the other fail, its half is compiled here when it is first needed. Shapes: drawn (K, 1), the inputs at one
    point; active (30,), which pathways are.
    """
    other = compile_ahead()
    if other is not None and other.poll() is None:
        try:
            with compiling():
                open_war(war, drawn, np.zeros(1, dtype=np.uint64), active)
                other.wait()
        finally:
            other.kill()


def compile_months() -> None:
    """Compile the months by simulating none."""
    from ripeness.scenario.read import read_text
    from ripeness.scenario.template import template

    war = prepare(read_text(template("full")).scenario, 1)
    advance(war.layout.block(0).state, constants_of(war, Conditions(1, np.ones(len(NAMES)))), 0, 0)


if __name__ == "__main__":
    compile_months()
