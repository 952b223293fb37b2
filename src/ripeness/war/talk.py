"""Talk: where both sides' demands leave a zone of agreement, a settlement may come; where both accept the line, a
freeze.

Wars differ in how readily they come to an agreed end by what no number shows: a frailty multiplies the hazards of
settlement, freeze and surrender alike, so that the wars which last are those that end the least readily (Vaupel, Manton
and Stallard 1979). No zone, no settlement. Terms are the Nash point of the zone (Nash 1950); where only some shares can
be agreed on, the nearest of them inside the zone, or none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ripeness.decision.rule import QUOTA
from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.block import agenda_of, factions_of
from ripeness.war.camps import count_forces
from ripeness.world.arithmetic import exp
from ripeness.world.chance import copy_row
from ripeness.world.compiled import compiled, inlined, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Array, Record, Records, State
    from ripeness.war.conditions import Constants

CLOSE = 1e-9  # how near to the barrier counts as at it


@ir_inlined
def talk(state: State, constants: Constants, n_runs: int) -> None:
    """Set the monthly hazards of every way to end."""
    first, second, shared, parameters = state.polities[0], state.polities[1], state.shared, state.parameters
    hazard = shared.hazard
    count_forces(state, n_runs)
    rout(state.camps[0], state.camps[1], shared, parameters, n_runs)
    for n in range(PRINCIPALS):
        gives_up = hazard[3 - n]
        surrender(state.polities[n], factions_of(state, n), shared, parameters, gives_up, n_runs)
        if shared.belligerents > PRINCIPALS or shared.anyone_splinters:
            hold_out(n, state.polities[: shared.belligerents], shared, parameters, gives_up, n_runs)
    settle(first, second, shared, parameters, constants.allowed, n_runs)
    for n in range(PRINCIPALS):
        accept_line(state, n, n_runs)
    freeze(first, second, shared, parameters, constants.recent, constants.step, n_runs)
    if shared.belligerents > PRINCIPALS:
        bind_all(state.polities[: shared.belligerents], shared, n_runs)
    copy_row(first.collapse_hazard[:n_runs], hazard[6, :n_runs])
    copy_row(second.collapse_hazard[:n_runs], hazard[7, :n_runs])


@compiled
def rout(first: Record, second: Record, shared: Record, parameters: Record, n_runs: int) -> None:
    """Set the hazard of victory of either camp: its rival's front has given way, or has no army left to hold it.

    An army below a share `outnumbered` of the rival's falls with a hazard that grows to `fall` as it vanishes. A
    movement that has been outnumbered from the start lives with that: it falls below that share of the first ratio.
    """
    wins, loses = shared.hazard[0], shared.hazard[1]
    for r in range(n_runs):
        fall, own, rival = parameters.fall[r], first.forces[r], second.forces[r]
        least = parameters.outnumbered[r]
        least_own = least * began_outnumbered(first, second, r)
        least_rival = least * began_outnumbered(second, first, r)
        wins[r] = fall if shared.front[r] >= parameters.barrier[r] - CLOSE else 0.0
        wins[r] += fall * max(1.0 - rival / (least_rival * own), 0.0)
        loses[r] = fall if shared.front[r] <= CLOSE - parameters.barrier[r] else 0.0
        loses[r] += fall * max(1.0 - own / (least_own * rival), 0.0)


@inlined
def began_outnumbered(own: Record, rival: Record, r: int) -> float:
    """Share of the rival's forces with which a movement began, 1 at most; 1 for a state."""
    return min(own.forces_start[r] / rival.forces_start[r], 1.0) if own.is_movement else 1.0


@inlined
def nash_point(demand: float, rival: float) -> float:
    """Find the middle of what both demands leave, as the share of the side with the first (Nash 1950)."""
    low, high = max(demand, 0.0), min(1.0 - rival, 1.0)
    return min(max(0.5 * (low + high), 0.0), 1.0)


@compiled
def settle(first: Record, second: Record, shared: Record, parameters: Record, allowed: Array, n_runs: int) -> None:
    """Set the zone of agreement, its terms (the first belligerent's share) and the hazard of a settlement.

    Shapes: allowed (N,), shares that can be agreed on, empty when every share can.
    """
    hazard = shared.hazard[4]
    for r in range(n_runs):
        demand, rival = first.demand[r], second.demand[r]
        zone = 1.0 - demand - rival
        shared.zone[r] = zone
        perceived = zone + shared.misperception_effect[r]
        shared.terms[r] = nash_point(demand, rival)
        open_ = 1.0 if perceived >= 0.0 else 0.0
        likely = 1.0 - exp(-max(perceived, 0.0) / parameters.zone_scale[r])
        hazard[r] = open_ * parameters.frailty[r] * parameters.settle[r] * shared.mediation_effect[r] * likely
    if allowed.shape[0] > 0:
        for r in range(n_runs):
            demand, rival, terms = first.demand[r], second.demand[r], shared.terms[r]
            wider = max(shared.misperception_effect[r], 0.0) + shared.autonomy_reach[r]
            best, gap = -1.0, 2.0
            for n in range(allowed.shape[0]):
                inside = demand <= allowed[n] + wider and allowed[n] <= 1.0 - rival + wider
                if inside and abs(allowed[n] - terms) < gap:
                    best, gap = allowed[n], abs(allowed[n] - terms)
            hazard[r] = hazard[r] if best >= 0.0 else 0.0
            shared.terms[r] = best if best >= 0.0 else terms


@compiled
def accept_line(state: State, n: int, n_runs: int) -> None:
    """Set whether a belligerent would settle for the line held, with its claim kept: by what its factions would accept
    in truth, whatever the terms that they state.

    Factions weigh as in the rule for terms (decision/quota.py): w is power times salience, the leader's weight
    lambda + (1 - lambda) w. Those who accept must hold more than the quota, every veto holder among them. Who has
    captured the polity decides alone. Nobody pays for a front that only freezes, and no power is shared.
    """
    polity, factions, agenda = state.polities[n], factions_of(state, n), agenda_of(state, n)
    salience, captor = agenda.salience[polity.terms_issue], captor_of(state, n)
    willing, total, line = state.shared.rows[0], state.shared.rows[1], state.shared.rows[2]
    for r in range(n_runs):
        line[r] = 1.0 / (1.0 + exp(-polity.front[r])) + polity.claim[r] + CLOSE
        willing[r] = 0.0
        total[r] = 0.0
        polity.accepts_line[r] = 1.0
    for f in range(factions.shape[0]):
        faction = factions[f]
        alone = 1.0 if captor == f else 0.0
        bound = 1.0 if faction.veto or captor == f else 0.0
        for r in range(n_runs):
            pull = faction.power[r] * salience[f, r] if captor < 0 else alone
            agrees = faction.reservation[r] + faction.accord_gain[r] <= line[r]
            total[r] += pull
            willing[r] += pull if agrees else 0.0
            refuses = bound * faction.power[r] > 0.0 and not agrees
            polity.accepts_line[r] = 0.0 if refuses else polity.accepts_line[r]
    leader, quota = factions[polity.leader], polity.settings[QUOTA]
    for r in range(n_runs):
        led = polity.leader_weight[r] if leader.power[r] > 0.0 and captor < 0 else 0.0
        with_leader = leader.reservation[r] + leader.accord_gain[r] <= line[r]
        share = (1.0 - led) * willing[r] / max(total[r], CLOSE) + (led if with_leader else 0.0)
        enough = share >= quota[r] - CLOSE if with_leader else share > quota[r] + CLOSE
        polity.accepts_line[r] = polity.accepts_line[r] if enough else 0.0


@compiled
def captor_of(state: State, n: int) -> int:
    """Which faction has captured a belligerent's decision on terms; -1 for none."""
    terms, captor = state.polities[n].terms_issue, -1
    for rule in state.rules:
        if rule.polity == n and rule.first <= terms < rule.end:
            captor = rule.captor
    return captor


@compiled
def freeze(
    first: Record, second: Record, shared: Record, parameters: Record, recent: bool, step: float, n_runs: int
) -> None:
    """Set the monthly hazard that the war freezes: both would settle for the line and the front is still.

    `recent` says whether the era's parameter applies.
    """
    hazard = shared.hazard[5]
    for r in range(n_runs):
        accepted = first.accepts_line[r] > 0.0 and second.accepts_line[r] > 0.0
        still = abs(shared.moved[r]) <= parameters.still[r] * step
        era = parameters.freeze_era[r] if recent else 1.0
        hazard[r] = parameters.frailty[r] * parameters.freeze[r] * era if accepted and still else 0.0


@compiled
def bind_all(fighters: Records, shared: Record, n_runs: int) -> None:
    """Let allies who would not accept the terms, or the line and the worth of their claim, hinder an agreement.

    Each armed party has a veto over the part of the war that it fights (Cunningham 2006): hazards of settlement and
    freeze are multiplied, for each camp, by the share of its armed strength that would be bound.
    """
    terms, line = shared.rows[0], shared.rows[1]
    for sign in (1.0, -1.0):
        for r in range(n_runs):
            terms[r] = 1.0
            line[r] = 1.0
        for k in range(PRINCIPALS, fighters.shape[0]):
            ally = fighters[k]
            for r in range(n_runs):
                part = ally.burden[r] if ally.camp[r] == sign else 0.0
                share = shared.terms[r] if sign > 0.0 else 1.0 - shared.terms[r]
                held = 1.0 / (1.0 + exp(-ally.front[r])) + ally.claim[r]
                terms[r] -= part if ally.demand[r] > share + CLOSE else 0.0
                line[r] -= part if ally.demand[r] > held + CLOSE else 0.0
        for r in range(n_runs):
            shared.hazard[4, r] *= max(terms[r], 0.0)
            shared.hazard[5, r] *= max(line[r], 0.0)


@compiled
def surrender(
    polity: Record, factions: Records, shared: Record, parameters: Record, hazard: Array, n_runs: int
) -> None:
    """Set the monthly hazard that a belligerent gives up: it asks for next to nothing, and its front or its army is
    nearly gone. Who gives up is promised nothing: demands count without shared power and without what mediators pay.
    Shapes: hazard (BLOCK,), written.
    """
    gain = shared.rows[0]
    for r in range(n_runs):
        gain[r] = 0.0
    for faction in factions:
        for r in range(n_runs):
            gain[r] += faction.power[r] * faction.accord_gain[r]
    for r in range(n_runs):
        share_held = 1.0 / (1.0 + exp(-polity.front[r]))
        army_spent = polity.forces[r] <= parameters.spent[r] * polity.forces_start[r]
        near_end = share_held <= parameters.surrender_line[r] or army_spent
        gives_up = near_end and polity.demand[r] + gain[r] <= parameters.surrender_demand[r]
        hazard[r] = parameters.frailty[r] * parameters.surrender[r] if gives_up else 0.0


@compiled
def hold_out(n: int, fighters: Records, shared: Record, parameters: Record, hazard: Array, n_runs: int) -> None:
    """Let those who fight beside a principal and would not give up keep its surrender from ending the war.

    They are allies that still ask for something, and splinter groups: the hazard falls by their share of the camp's
    armed strength, since each must agree or be beaten (Cunningham 2006). Shapes: hazard (BLOCK,), written.
    """
    sign, in_arms = 1.0 if n == 0 else -1.0, shared.rows[0]
    for r in range(n_runs):
        in_arms[r] = 0.0
    for k in range(fighters.shape[0]):
        fighter = fighters[k]
        for r in range(n_runs):
            refuses = k >= PRINCIPALS and fighter.demand[r] > parameters.surrender_demand[r]
            split = fighter.splinter_forces[r] / (fighter.forces[r] + fighter.splinter_forces[r])
            part = 1.0 if refuses else split
            in_arms[r] += part * fighter.burden[r] if fighter.camp[r] == sign else 0.0
    for r in range(n_runs):
        hazard[r] *= max(1.0 - in_arms[r], 0.0)
