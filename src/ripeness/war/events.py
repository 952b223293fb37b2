"""Events: on a date or by chance they change numbers, shock the situation, or bring a patron into the war."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.world.arithmetic import exp, log_block
from ripeness.world.chance import EVENT, uniforms
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.block import Array, Record, Records, State
    from ripeness.war.conditions import Constants

LEAST_POWER = 1e-6
ADD, SET, SCALE = 0, 1, 2
WAYS = ("add", "set", "scale")


@compiled
def apply_events(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let events of this step happen. Where chance is switched off only dated events happen."""
    for n in range(state.events.shape[0]):
        event = state.events[n]
        chance = event.due < 0 and event.by_chance and event.first <= number < event.end and not constants.quiet
        if event.due == number:
            for r in range(n_runs):
                event.happens[r] = 1.0
        elif chance:
            random = state.shared.random[:]
            uniforms(constants.seed, state.shared.run_ids[:n_runs], number, EVENT, event.random_key, random)
            draw_event(event, random[0], constants.step, n_runs)
        if event.due == number or chance:
            for effect in state.effects:
                if effect.event == n:
                    apply_effect(state, effect, event.happens, n_runs)
            for r in range(n_runs):
                event.happened[r] = max(event.happened[r], event.happens[r])


@compiled
def draw_event(event: Record, random: Array, step: float, n_runs: int) -> None:
    """Draw in which runs an event happens, once at most. Shapes: random (BLOCK,)."""
    for r in range(n_runs):
        strikes = random[r] < 1.0 - exp(-event.event_hazard[r] * step) and event.happened[r] == 0.0
        event.happens[r] = 1.0 if strikes else 0.0


@compiled
def apply_effect(state: State, effect: Record, happens: Array, n_runs: int) -> None:
    """Apply one effect to the runs in which its event happens. Shapes: happens (BLOCK,)."""
    if effect.polity >= 0:
        polity = state.polities[effect.polity]
        factions = state.factions[polity.first_faction : polity.end_faction]
        change_power(effect, factions, happens, state.shared.rows, n_runs)
        return
    changed = state.memory[effect.target : effect.target + n_runs]
    for r in range(n_runs):
        if happens[r] > 0.0:
            amount, value = effect.amount[r], changed[r]
            value = amount if effect.way == SET else (value * amount if effect.way == SCALE else value + amount)
            changed[r] = min(max(value, effect.low), effect.high)


@compiled
def change_power(effect: Record, factions: Records, happens: Array, rows: Array, n_runs: int) -> None:
    """Give a faction another share of power; the others keep their proportions.

    Shapes: happens (BLOCK,); rows (3, BLOCK), scratch.
    """
    changed = factions[effect.faction]
    for r in range(n_runs):
        amount, power = effect.amount[r], changed.power[r]
        power = amount if effect.way == SET else (power * amount if effect.way == SCALE else power + amount)
        power = min(max(power, LEAST_POWER), 1.0 - LEAST_POWER)
        others = 0.0
        for f in range(factions.shape[0]):
            others += exp(factions[f].log_power[r])
        others -= exp(changed.log_power[r])
        rows[0, r] = power / (1.0 - power)
        rows[1, r] = others if others > 0.0 else 1.0
    log_block(rows[0, :n_runs], rows[0, :n_runs], rows[2, :n_runs])
    log_block(rows[1, :n_runs], rows[1, :n_runs], rows[2, :n_runs])
    for r in range(n_runs):
        changed.log_power[r] = rows[0, r] + rows[1, r] if happens[r] > 0.0 else changed.log_power[r]
