"""Fight: strength moves the front, and both sides lose men.

Strength is in logarithms. Losses follow the linear law: the loss ratio depends on quality and supply, not on numbers
(Lanchester 1916; on 57 wars the log loss ratio has slope .01 (s.e. .08) on men and -.85 (.15) on GDP per head). The
front moves only when one side's advantage exceeds the deadlock.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.war.law import (
    ADVANCE,
    BARRIER,
    DEADLOCK,
    EXCHANGE,
    EXERTION,
    LETHALITY,
    LUCK_OF_LOSSES,
    MEN,
    RETURN_OF_WOUNDED,
    SCALE,
    SUPPLY,
    UNUSED,
    VOLATILITY,
)
from ripeness.war.link import EFFORT_STRENGTH, MEN_STRENGTH, MUNITIONS_STRENGTH, RESTRAINT_STRENGTH
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array

ROOT_HALF = 0.7071067811865476
SURVIVORS = 0.1  # thousand persons: strength has a logarithm of forces


@compiled
def strength(
    forces: Array,
    quality: Array,
    munitions: Array,
    effort: Array,
    restraint: Array,
    ally: Array,
    laws: Array,
    links: Array,
    scratch: Array,
    men: Array,
    skill: Array,
) -> None:
    """Log of a belligerent's numbers, and log of what each of them is worth.

    Supply counts with diminishing returns: 2 S / (S + 1), so one month in stock is neutral.
    Shapes: forces .. ally (R,); scratch (3, R); men, skill (R,), written.
    """
    log_block(forces, men, scratch[0])
    log_block(quality, skill, scratch[0])
    for r in range(forces.shape[0]):
        scratch[1, r] = 2.0 * munitions[r] / (munitions[r] + 1.0)
    log_block(scratch[1], scratch[2], scratch[0])
    for r in range(forces.shape[0]):
        skill[r] += ally[r] + laws[SUPPLY, r] * scratch[2, r] * links[MUNITIONS_STRENGTH]
    log_block(effort, scratch[2], scratch[0])
    for r in range(forces.shape[0]):
        skill[r] += laws[EXERTION, r] * scratch[2, r] * links[EFFORT_STRENGTH]
        skill[r] -= laws[UNUSED, r] * restraint[r] * links[RESTRAINT_STRENGTH]


@compiled
def expected_losses(
    own_men: Array,
    own_skill: Array,
    rival_men: Array,
    rival_skill: Array,
    intensity: Array,
    scaling: Array,
    laws: Array,
    out: Array,
) -> None:
    """Deaths a month that a belligerent must expect. Units: thousand persons per month. Shapes: (R,); out written."""
    for r in range(out.shape[0]):
        size = exp(0.5 * laws[SCALE, r] * (own_men[r] + rival_men[r]))
        out[r] = (
            scaling[r]
            * laws[LETHALITY, r]
            * intensity[r]
            * size
            * exp(laws[EXCHANGE, r] * (rival_skill[r] - own_skill[r]))
        )


@compiled
def meet(effort: Array, rival: Array, intensity: Array) -> None:
    """Fighting takes two: its intensity is the geometric mean of the efforts. Shapes: (R,); intensity written."""
    for r in range(effort.shape[0]):
        intensity[r] = sqrt(effort[r] * rival[r])


@compiled
def share_luck(first: Array, second: Array, luck: Array) -> None:
    """Luck of the front, from both sides' own. Units: standard normal. Shapes: (R,); luck written."""
    for r in range(luck.shape[0]):
        luck[r] = (first[r] - second[r]) * ROOT_HALF


@compiled
def jolt(first: Array, second: Array, front: Array) -> None:
    """Let shocks move the front, once. Shapes: (R,); all written."""
    for r in range(front.shape[0]):
        front[r] += first[r] - second[r]
        first[r] = 0.0
        second[r] = 0.0


@compiled
def face(line: Array, first: Array, second: Array) -> None:
    """Show the front to each side in its own frame. Shapes: (R,); first and second written."""
    for r in range(line.shape[0]):
        first[r] = line[r]
        second[r] = -line[r]


@compiled
def move_front(
    men: Array,
    skill: Array,
    rival_men: Array,
    rival_skill: Array,
    effort: Array,
    rival_effort: Array,
    intensity: Array,
    hidden: Array,
    luck: Array,
    laws: Array,
    links: Array,
    step: float,
    ratio: Array,
    front: Array,
    moved: Array,
) -> None:
    """Compare strengths and move the front, in the first belligerent's frame.

    Shapes: all (R,), laws (L, R); ratio, front, moved are written.
    """
    for r in range(front.shape[0]):
        ratio[r] = laws[MEN, r] * (men[r] - rival_men[r]) * links[MEN_STRENGTH] + skill[r] - rival_skill[r] + hidden[r]
        beyond = max(abs(ratio[r]) - laws[DEADLOCK, r], 0.0)
        push = laws[ADVANCE, r] * beyond * (effort[r] if ratio[r] > 0.0 else -rival_effort[r]) * step
        chance = laws[VOLATILITY, r] * sqrt(intensity[r] * step) * luck[r]
        before = front[r]
        front[r] = min(max(before + push + chance, -laws[BARRIER, r]), laws[BARRIER, r])
        moved[r] = front[r] - before


@compiled
def lose(
    expected: Array,
    luck: Array,
    ratio: Array,
    laws: Array,
    step: float,
    forces: Array,
    deaths: Array,
    hurt: Array,
    wounded: Array,
    fresh: Array,
) -> None:
    """Take one belligerent's losses of the month.

    Shapes: all (R,); forces, deaths, hurt (wounded so far), fresh (deaths this month) are written. Units: thousand
    persons.
    """
    for r in range(forces.shape[0]):
        spread = laws[LUCK_OF_LOSSES, r]
        dead = expected[r] * exp(spread * luck[r] - 0.5 * spread * spread) * step
        out_of_fight = 1.0 + wounded[r] * (1.0 - laws[RETURN_OF_WOUNDED, r])
        dead = min(dead, max(forces[r] - SURVIVORS, 0.0) / out_of_fight)
        fresh[r] = dead
        deaths[r] += dead
        hurt[r] += dead * wounded[r]
        forces[r] -= dead * out_of_fight
