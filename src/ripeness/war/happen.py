"""Happen: events on a date or by chance change numbers, shock the situation, or bring a patron into the war."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.war.body import Array, Whole
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.chance import EVENT, uniforms
from ripeness.world.compiled import compiled

LEAST_POWER = 1e-6
ADD, SET, SCALE = 0, 1, 2
WAYS = ("add", "set", "scale")


class Events(NamedTuple):
    """A war's events as kernels read them; all rows are rows of the war's table.

    `first_row` is where it is written which of them have happened.
    Shapes: times (E, 5): luck, due step (-1 for none), row of the hazard (-1 for none), steps between which it counts;
    effects (N, 7): event, way, row of the amount, row that it changes, and of a power, the row of the power, the first
    of its polity's log powers, and how many there are (-1 each for what is no power); limits (N, 2), of what it
    changes; patrons (P,), those whose powers some event changes.
    """

    first_row: int
    times: Whole
    effects: Whole
    limits: Array
    patrons: Whole


@compiled
def happen(
    events: Events, table: Array, draws: NDArray[np.uint64], seed: int, number: int, step: float, quiet: bool
) -> None:
    """Let events of this step happen.

    Shapes: table (rows, R), written; draws (R,). `quiet` switches chance off: only dated events happen.
    """
    if events.times.shape[0] == 0:
        return
    luck, now = np.empty((4, draws.shape[0])), np.empty(draws.shape[0])
    for n in range(events.times.shape[0]):
        key, due, hazard = events.times[n, 0], events.times[n, 1], events.times[n, 2]
        by_chance = due < 0 and hazard >= 0 and events.times[n, 3] <= number < events.times[n, 4] and not quiet
        happened = table[events.first_row + n]
        if due == number:
            for r in range(now.shape[0]):
                now[r] = 1.0
        elif by_chance:
            uniforms(seed, draws, number, EVENT, key, luck)
            strike(luck[0], table[hazard], happened, step, now)
        if due == number or by_chance:
            for k in range(events.effects.shape[0]):
                if events.effects[k, 0] == n:
                    affect(events.effects[k], events.limits[k], now, table)
            for r in range(now.shape[0]):
                happened[r] = max(happened[r], now[r])


@compiled
def strike(luck: Array, hazard: Array, happened: Array, step: float, now: Array) -> None:
    """Say in which runs an event happens, once at most. Shapes: all (R,); now (0 or 1) is written."""
    for r in range(now.shape[0]):
        strikes = luck[r] < 1.0 - exp(-hazard[r] * step) and happened[r] == 0.0
        now[r] = 1.0 if strikes else 0.0


@compiled
def affect(effect: Whole, limits: Array, now: Array, table: Array) -> None:
    """Apply one effect to the runs in which its event happens. Shapes: effect (7,); limits (2,); now (R,)."""
    way, amount, power = effect[1], table[effect[2]], effect[4]
    if power >= 0:
        first = effect[5]
        empower(way, amount, now, table[power], table[first : first + effect[6]], table[effect[3]])
        return
    target = table[effect[3]]
    for r in range(now.shape[0]):
        if now[r] > 0.0:
            changed = amount[r] if way == SET else (target[r] * amount[r] if way == SCALE else target[r] + amount[r])
            target[r] = min(max(changed, limits[0]), limits[1])


@compiled
def empower(way: int, amount: Array, now: Array, share: Array, log_powers: Array, log_power: Array) -> None:
    """Give a faction another share of power; the others keep their proportions.

    Shapes: amount, now, share (R,); log_powers (F, R), of the whole polity; log_power (R,), the faction's own, written.
    """
    scratch = np.empty((3, now.shape[0]))
    for r in range(now.shape[0]):
        wanted = amount[r] if way == SET else (share[r] * amount[r] if way == SCALE else share[r] + amount[r])
        wanted = min(max(wanted, LEAST_POWER), 1.0 - LEAST_POWER)
        others = 0.0
        for f in range(log_powers.shape[0]):
            others += exp(log_powers[f, r])
        others -= exp(log_power[r])
        scratch[0, r] = wanted / (1.0 - wanted)
        scratch[1, r] = others if others > 0.0 else 1.0
    log_block(scratch[0], scratch[0], scratch[2])
    log_block(scratch[1], scratch[1], scratch[2])
    for r in range(now.shape[0]):
        log_power[r] = scratch[0, r] + scratch[1, r] if now[r] > 0.0 else log_power[r]
