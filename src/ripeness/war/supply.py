"""Supply: munitions, men and the economy, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.law import DAMAGE, DISPLACEMENT, EFFORT_DRAIN, RECOVERY
from ripeness.world.compiled import compiled

if TYPE_CHECKING:
    from ripeness.war.body import Array

EMPTY = 0.02  # months of fighting that even an unsupplied front finds: strength has a logarithm of supply
MONTHS_PER_YEAR = 12.0
RUINED = 0.05  # share of output that no war takes away


@compiled
def supply(
    effort: Array,
    intensity: Array,
    aid: Array,
    squeeze: Array,
    production: Array,
    call_up: Array,
    laws: Array,
    step: float,
    munitions: Array,
    supplied: Array,
    forces: Array,
    pool: Array,
    economy: Array,
) -> None:
    """Add a month's production, aid, call-up and damage to one belligerent's resources.

    Shapes: all (R,), laws (L, R); munitions (left in stock), supplied (stock and a month's inflow, what the front can
    draw on), forces, pool and economy are written.
    Units: munitions and aid in months of fighting (per month); forces and pool in thousand persons; economy is a share;
    squeeze is the share of output lost a month to sanctions and lost trade.
    """
    for r in range(effort.shape[0]):
        supplied[r] = max(munitions[r] + production[r] * effort[r] * economy[r] + aid[r], EMPTY)
        made = supplied[r] - munitions[r] - intensity[r]
        munitions[r] = max(munitions[r] + made * step, 0.0)
        called = min(call_up[r] * effort[r] * step, pool[r])
        pool[r] -= called
        forces[r] += called
        drain = laws[EFFORT_DRAIN, r] * effort[r] + laws[DAMAGE, r] * intensity[r] + squeeze[r]
        grown = economy[r] + (laws[RECOVERY, r] * (1.0 - economy[r]) - drain) * step
        economy[r] = min(max(grown, RUINED), 1.0)


@compiled
def wear(
    economy: Array,
    output: Array,
    displaced_start: Array,
    intensity: Array,
    laws: Array,
    step: float,
    output_lost: Array,
    displaced: Array,
) -> None:
    """Add up what the month costs those who live there: output not made, people driven out.

    Shapes: all (R,), laws (L, R); output_lost and displaced are written. Units: billion dollars, thousand persons.
    """
    for r in range(economy.shape[0]):
        output_lost[r] += (1.0 - economy[r]) * output[r] * step / MONTHS_PER_YEAR
        displaced[r] += laws[DISPLACEMENT, r] * displaced_start[r] * intensity[r] * step
