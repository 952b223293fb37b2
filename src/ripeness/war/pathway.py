"""The causal pathways of the model: each can be disabled, and a disabled pathway carries nothing.

This is their only list. A stage reads `pathways.losses_cost`, 1 when the pathway from losses to cost is active and 0
when it is disabled; a user writes `losses->cost`.
"""

from __future__ import annotations

NAMES = (
    "fighting->belief",
    "losses->cost",
    "economy->cost",
    "rearmament->terms",
    "rearmament->strength",
    "ceasefire->intensity",
    "fate->terms",
    "audience->terms",
    "pressure->positions",
    "weariness->positions",
    "front->positions",
    "rents->positions",
    "discontent->positions",
    "obstruction->effort",
    "aid->munitions",
    "sanctions->economy",
    "trade->economy",
    "munitions->strength",
    "men->strength",
    "effort->strength",
    "restraint->strength",
    "reform->power",
    "rents->power",
    "war->power",
    "front->power",
    "protest->power",
    "grievance->protest",
    "front->removal",
    "protest->removal",
    "protest->collapse",
)
FIELDS = tuple(name.replace("->", "_") for name in NAMES)
