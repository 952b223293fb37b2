"""A month of war: the thirteen stages in order. Read this page first.

perceive -> want -> decide -> carry out -> supply -> combat -> report -> react -> shift -> lead -> talk -> truce -> end

Between talk and end armed allies may part ways with their camp.

A stage stands in the file of its name; what it reads and changes are records of state.py. A month is compiled as a
whole, so that nothing of it waits for Python; only rules of decision that are not compiled into it
(decision/choose.py) are called in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.allies import part_ways
from ripeness.war.carry_out import carry_out
from ripeness.war.combat import combat
from ripeness.war.decide import decide, take_positions
from ripeness.war.end import end
from ripeness.war.events import apply_events
from ripeness.war.lead import lead
from ripeness.war.mediate import set_peace
from ripeness.war.patronage import update_patrons
from ripeness.war.perceive import perceive
from ripeness.war.react import react
from ripeness.war.report import report
from ripeness.war.shift import shift
from ripeness.war.supply import supply
from ripeness.war.talk import talk
from ripeness.war.truce import truce
from ripeness.war.want import want
from ripeness.world.compiled import ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import State
    from ripeness.war.conditions import Constants


@ir_inlined
def month(state: State, constants: Constants, number: int) -> None:
    """Take the runs of a block that are still fighting through one step of war."""
    make_up_minds(state, constants, number)
    decide(state, state.shared.n_runs)
    carry_on(state, constants, number)


@ir_inlined
def make_up_minds(state: State, constants: Constants, number: int) -> None:
    """From events to positions: what happens, what both sides perceive and want, and where every faction stands."""
    n_runs = state.shared.n_runs
    apply_events(state, constants, number, n_runs)
    set_peace(state, 0.0, n_runs)
    perceive(state, constants, number, n_runs)
    want(state, constants.pathways, n_runs)
    take_positions(state, constants, number, n_runs)


@ir_inlined
def carry_on(state: State, constants: Constants, number: int) -> None:
    """From decisions to what comes of them."""
    n_runs = state.shared.n_runs
    carry_out(state, constants, number, n_runs)
    supply(state, constants, n_runs)
    combat(state, constants, number, n_runs)
    report(state, constants, n_runs)
    react(state, constants, n_runs)
    shift(state, constants, number, n_runs)
    lead(state, constants, number, n_runs)
    talk(state, constants, n_runs)
    part_ways(state, constants, number, n_runs)
    truce(state, constants, number, n_runs)
    end(state, constants, number, n_runs)
    update_patrons(state, n_runs)
