"""The causal pathways of the model: each can be disabled, and a disabled pathway carries nothing.

A stage reads `pathways.losses_cost`, 1 when the pathway from losses to cost is active and 0 when it is disabled; a user
writes `losses->cost`.
"""

from __future__ import annotations

from ripeness.world.pathway_names import NAMES

FIELDS = tuple(name.replace("->", "_") for name in NAMES)
