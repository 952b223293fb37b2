"""Splinter: a faction that leaves an armed movement takes the men along whom it commands, and may fight on.

Each faction of a movement commands a share of its forces. One that leaves takes them with it. By a chance of its own
they fight on as a group of their own: against the same rival, less coordinated, and bound by no settlement; else they
go home (Pearlman 2011; Christia 2012; Staniland 2014). After a peace those would fight on, too, who command men and
would not accept its terms, the likelier the looser the movement: one that may split offers its rival a peace worth
less, and a peace that leaves splinter groups in arms breaks sooner (Stedman 1997; Rudloff and Findley 2016).

A state's forces are not shared out, unless the scenario says so: nothing here touches it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.war.block import factions_of
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Record, Records, State

LEAST_MEN = 0.1  # thousand persons: strength has a logarithm of forces
CLOSE = 1e-9  # shares this near count as equal


@compiled
def split_off(polity: Record, factions: Records, n_runs: int) -> None:
    """Let those who have just left take their arms along; what stays is shared out over those who stay.

    Who has left and still commands a share of the forces has left in this step.
    """
    for faction in factions:
        for r in range(n_runs):
            share = faction.arms[r] * faction.has_left[r]
            if share <= 0.0:
                continue
            men = min(share * polity.forces[r], max(polity.forces[r] - LEAST_MEN, 0.0))
            faction.splintered[r] = 1.0 if faction.splinter_draw[r] < faction.fights_on[r] else 0.0
            polity.forces[r] -= men
            polity.splinter_forces[r] += men * faction.splintered[r]
            faction.arms[r] = 0.0
            for other in factions:
                other.arms[r] = other.arms[r] / (1.0 - share) if share < 1.0 else 0.0


@compiled
def field_forces(polity: Record, parameters: Record, n_runs: int) -> None:
    """Set the men whom a belligerent has in the field: its forces, and those of its splinters as far as they add."""
    for r in range(n_runs):
        polity.fielded[r] = polity.forces[r] + parameters.uncoordinated[r] * polity.splinter_forces[r]


@ir_inlined
def assess_splits(state: State, n_runs: int) -> None:
    """Set, for each belligerent that can splinter, the share of its men who would fight on after the present terms."""
    for n in range(state.shared.belligerents):
        if state.polities[n].can_splinter:
            share_refusing(state.polities[n], factions_of(state, n), state.shared, n_runs)


@compiled
def share_refusing(polity: Record, factions: Records, shared: Record, n_runs: int) -> None:
    """Set the share of a polity's men who would fight on after a settlement.

    They are its splinters, and of those who command men and would not accept the terms as many as leave and fight on.
    """
    for r in range(n_runs):
        polity.splinter_share[r] = polity.splinter_forces[r]
    for faction in factions:
        for r in range(n_runs):
            own = shared.terms[r] if polity.camp[r] > 0.0 else 1.0 - shared.terms[r]
            chance = min(faction.fights_on[r] * polity.defection[r], 1.0)
            men = faction.arms[r] * chance * polity.forces[r]
            polity.splinter_share[r] += men if faction.reservation[r] > own + CLOSE else 0.0
    for r in range(n_runs):
        polity.splinter_share[r] /= polity.forces[r] + polity.splinter_forces[r]
