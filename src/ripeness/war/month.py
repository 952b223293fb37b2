"""A month of war: the twelve stages in order. Read this page first.

perceive -> want -> decide -> carry out -> supply -> combat -> report -> react -> shift -> lead -> talk -> end

A stage stands in the file of its name; what it reads and changes are records of state.py. A month is compiled as a
whole, so that nothing of it waits for Python; only rules of decision that are not compiled into it
(decision/choose.py) are called in between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.carry_out import carry_out
from ripeness.war.combat import combat
from ripeness.war.decide import decide, take_positions
from ripeness.war.end import end
from ripeness.war.events import apply_events
from ripeness.war.lead import lead
from ripeness.war.patronage import update_patrons
from ripeness.war.perceive import perceive
from ripeness.war.react import react
from ripeness.war.report import report
from ripeness.war.shift import shift
from ripeness.war.supply import supply
from ripeness.war.talk import talk
from ripeness.war.want import want
from ripeness.world.compiled import woven

if TYPE_CHECKING:
    from ripeness.war.block import State
    from ripeness.war.course import Course


@woven
def month(state: State, course: Course, number: int) -> None:
    """Take the runs of a block that are still fighting through one step of war."""
    make_up_minds(state, course, number)
    decide(state, state.shared.n_runs)
    carry_on(state, course, number)


@woven
def make_up_minds(state: State, course: Course, number: int) -> None:
    """From events to positions: what happens, what both sides perceive and want, and where every faction stands."""
    n_runs = state.shared.n_runs
    apply_events(state, course, number, n_runs)
    perceive(state, course, number, n_runs)
    want(state, course.pathways, n_runs)
    take_positions(state, course, number, n_runs)


@woven
def carry_on(state: State, course: Course, number: int) -> None:
    """From decisions to what comes of them."""
    n_runs = state.shared.n_runs
    carry_out(state, course, number, n_runs)
    supply(state, course, n_runs)
    combat(state, course, number, n_runs)
    report(state, course, n_runs)
    react(state, course, n_runs)
    shift(state, course, number, n_runs)
    lead(state, course, n_runs)
    talk(state, course, n_runs)
    end(state, course, number, n_runs)
    update_patrons(state, n_runs)
