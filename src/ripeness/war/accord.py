"""Accord: terms of a peace besides the stake: power shared with a movement, and its disarmament.

Political power-sharing secures office and costs those who govern some of the stake; one army out of two binds both from
within; autonomy makes an indivisible share possible; each dimension makes a peace last (Hartzell and Hoddie 2007;
Mattes and Savun 2009). A movement that lays down its arms calms its rival and is at its mercy: without a guarantee it
asks for more (Walter 2002). All of this needs a movement: between states nobody joins, and nothing changes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.block import Record


@compiled
def set_accord(first: Record, second: Record, shared: Record, parameters: Record, n_runs: int) -> None:
    """Set what shared power, disarmament and monitoring make of a peace."""
    applies = 1.0 if first.is_movement or second.is_movement else 0.0
    gains = (1.0 if first.is_movement else 0.0) - (1.0 if second.is_movement else 0.0)  # of the first
    for r in range(n_runs):
        political, territorial = applies * shared.political[r], applies * shared.territorial[r]
        military, disarmed = applies * shared.military[r], applies * shared.disarmament[r]
        shared_out = gains * parameters.given_up[r] * (political + territorial)
        first.given_up[r] = 0.0 - shared_out
        second.given_up[r] = shared_out
        first.secured[r] = parameters.secured[r] * political
        second.secured[r] = first.secured[r]
        first.laid_down[r] = disarmed if first.is_movement else 0.0
        second.laid_down[r] = disarmed if second.is_movement else 0.0
        shared.integrated[r] = parameters.integration[r] * military
        shared.autonomy_reach[r] = parameters.autonomy[r] * territorial
        watched = 1.0 - parameters.monitored_peace[r] * shared.monitoring[r]
        shared.watched_factor[r] = watched
        each = parameters.shared_peace[r]
        settled = (1.0 - each * political) * (1.0 - each * military) * (1.0 - each * territorial)
        shared.renewal_factor[r] = watched * settled * (1.0 - parameters.disarmed_peace[r] * disarmed)
