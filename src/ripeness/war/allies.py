"""Allies: an armed ally may make a separate peace, change camp, leave the war or be spent before the war ends.

The war is that of the principals. An ally settles with the opposing principal where their demands leave a zone of
agreement, by the equation by which the principals settle. Where its factions have decided against its camp it turns
away: to the other camp, if it may, else out of the war (Christia 2012). Whoever would not accept the present terms
between the principals would fight on after a peace.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.block import agenda_of, factions_of
from ripeness.war.splinter import assess_splits
from ripeness.war.talk import nash_point
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.chance import ALLY, uniforms
from ripeness.world.compiled import compiled, inlined, ir_inlined
from ripeness.world.way_out import CHANGED_CAMP, IN_CAMP, SEPARATE_PEACE

if TYPE_CHECKING:
    from ripeness.war.block import Agenda, Array, Record, Records, State
    from ripeness.war.conditions import Constants

AGAINST = 0.25  # alignment below which an ally joins the other camp, where it may
UNDECIDED = 0.5  # alignment below which it may turn away
CLOSE = 1e-9  # shares this near count as equal
LEAST_SHARE = 1e-6  # a share of nothing has no log odds


@ir_inlined
def part_ways(state: State, constants: Constants, number: int, n_runs: int) -> None:
    """Let allies leave their camp or the war, and count who would fight on after a peace."""
    for n in range(PRINCIPALS, state.shared.belligerents):
        ally, shared, parameters = state.polities[n], state.shared, state.parameters
        find_terms_apart(ally, state.polities[0], state.polities[1], shared, parameters, n_runs)
        turn_away(ally, agenda_of(state, n), parameters, n_runs)
        be_spent(ally, parameters, n_runs)
        draw_way_out(ally, shared, constants, number, n_runs)
        follow_way_out(ally, shared, n_runs)
        if ally.may_change:
            agenda = agenda_of(state, n)
            turn_minds(ally, factions_of(state, n), agenda.stated[ally.terms_issue], n_runs)
    assess_splits(state, n_runs)
    if state.shared.belligerents > PRINCIPALS or state.shared.anyone_splinters:
        count_left_out(state.polities[: state.shared.belligerents], state.shared, n_runs)


@compiled
def find_terms_apart(
    ally: Record, first: Record, second: Record, shared: Record, parameters: Record, n_runs: int
) -> None:
    """Set the hazard of a separate peace with the opposing principal, and what it would give to the ally's camp.

    The zone is what both demands leave; terms are its middle, as between the principals (talk.py).
    """
    for r in range(n_runs):
        rival = second.demand[r] if ally.camp[r] > 0.0 else first.demand[r]
        perceived = 1.0 - ally.demand[r] - rival + shared.misperception_effect[r]
        likely = 1.0 - exp(-max(perceived, 0.0) / parameters.zone_scale[r])
        readiness = (
            parameters.frailty[r] * parameters.settle[r] * shared.mediation_effect[r] * parameters.separate_peace[r]
        )
        ally.ways[0, r] = readiness * likely * abs(ally.camp[r])
        ally.terms_offered[r] = nash_point(ally.demand[r], rival)


@compiled
def turn_away(ally: Record, agenda: Agenda, parameters: Record, n_runs: int) -> None:
    """Set the hazards that an ally joins the other camp or leaves the war, by how far it has decided to turn away."""
    for r in range(n_runs):
        loyal = UNDECIDED
        if ally.alignment_issue >= 0:
            decided = agenda.decided[ally.alignment_issue, r]
            at_first = 1.0 if ally.beside == 0 else -1.0
            loyal = decided if ally.camp[r] == at_first else 1.0 - decided
        hazard = parameters.realign[r] * 2.0 * max(UNDECIDED - loyal, 0.0) * abs(ally.camp[r])
        changes = ally.may_change and loyal < AGAINST
        ally.ways[1, r] = hazard if changes else 0.0
        ally.ways[2, r] = 0.0 if changes else hazard


@compiled
def be_spent(ally: Record, parameters: Record, n_runs: int) -> None:
    """Set the hazard that an ally's forces are spent, by the rule for outnumbered armies, or that its regime falls."""
    for r in range(n_runs):
        left = ally.forces[r] / (parameters.outnumbered[r] * ally.forces_start[r])
        spent = parameters.fall[r] * max(1.0 - left, 0.0) + ally.collapse_hazard[r]
        ally.ways[3, r] = spent * abs(ally.camp[r])


@compiled
def draw_way_out(ally: Record, shared: Record, constants: Constants, number: int, n_runs: int) -> None:
    """Draw whether an ally leaves its camp in this step, and how: competing risks, as at the end of the war.

    Where chance is switched off no ally leaves.
    """
    random, hazard = shared.random[:], ally.ways
    uniforms(constants.seed, shared.run_ids[:n_runs], number, ALLY, ally.random_key, random)
    for r in range(n_runs):
        total = 0.0
        for k in range(hazard.shape[0]):
            total += hazard[k, r]
        leaves = 1.0 - exp(-total * constants.step)
        ally.leaves[r] = IN_CAMP
        if random[0, r] < leaves and not constants.quiet:
            mark, reached = random[0, r] / leaves * total, 0.0
            for k in range(hazard.shape[0]):
                if reached <= mark and hazard[k, r] > 0.0:
                    ally.leaves[r] = k + 1.0
                reached += hazard[k, r]
            ally.out_month[r] = (number + 1) * constants.step


@compiled
def follow_way_out(ally: Record, shared: Record, n_runs: int) -> None:
    """Set what becomes of an ally that leaves its camp in this step.

    After a separate peace it holds the terms; who changes camp sees the front from the other side and holds to nothing
    that it has said of terms before; who leaves otherwise keeps to the line as it stands.
    """
    odds, scratch, shares = shared.rows[0], shared.rows[1], shared.rows[2]
    for r in range(n_runs):
        shares[r] = min(max(ally.terms_offered[r], LEAST_SHARE), 1.0 - LEAST_SHARE)
        shares[r] /= 1.0 - shares[r]
    log_block(shares[:n_runs], odds[:n_runs], scratch[:n_runs])
    for r in range(n_runs):
        way = ally.leaves[r]
        ally.turned[r] = 1.0 if way == CHANGED_CAMP else 0.0
        if way == IN_CAMP:
            continue
        ally.way_out[r] = way
        ally.terms_apart[r] = ally.terms_offered[r] if way == SEPARATE_PEACE else 1.0 / (1.0 + exp(-ally.front[r]))
        if way == CHANGED_CAMP:
            change_camp(ally, r)
        else:
            ally.camp[r], ally.burden[r] = 0.0, 0.0
            ally.front[r] = odds[r] if way == SEPARATE_PEACE else ally.front[r]


@inlined
def change_camp(ally: Record, r: int) -> None:
    """Turn an ally's camp, front and terms round in one run; ground is counted anew from there."""
    ally.camp[r] = -ally.camp[r]
    ally.front[r] = -ally.front[r]
    ally.front_start[r] = ally.front[r]
    ally.front_level_start[r] = 1.0 / (1.0 + exp(-ally.front[r]))
    ally.demand[r] = ally.front_level_start[r]
    ally.stated_terms[r] = -1.0


@compiled
def turn_minds(ally: Record, factions: Records, stated: Array, n_runs: int) -> None:
    """Turn round what an ally's factions believe and have stated, where it has just changed camp.

    Shapes: stated (F, BLOCK), terms, written.
    """
    for f in range(factions.shape[0]):
        faction = factions[f]
        for r in range(n_runs):
            if ally.turned[r] > 0.0:
                faction.belief[r] = -faction.belief[r]
                stated[f, r] = faction.reservation_start[r]
                faction.understated_stake[r] = 0.0


@compiled
def count_left_out(fighters: Records, shared: Record, n_runs: int) -> None:
    """Set, for both principals, the share of the rival camp's armed strength that would fight on after a settlement.

    That are allies whose demand lies above what the present terms give to their camp, and of the others those who would
    split off (splinter.py); strength is forces times effort.
    """
    for n in range(PRINCIPALS):
        own, sign = fighters[n], -1.0 if n == 0 else 1.0
        for r in range(n_runs):
            own.left_out[r] = 0.0
        for k in range(fighters.shape[0]):
            fighter = fighters[k]
            for r in range(n_runs):
                share = shared.terms[r] if sign > 0.0 else 1.0 - shared.terms[r]
                refuses = k >= PRINCIPALS and fighter.demand[r] > share + CLOSE
                part = 1.0 if refuses else fighter.splinter_share[r]
                own.left_out[r] += part * fighter.burden[r] if fighter.camp[r] == sign else 0.0
