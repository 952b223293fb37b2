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
from ripeness.war.block import agenda_of, factions_of
from ripeness.world.arithmetic import exp
from ripeness.world.chance import copy_row
from ripeness.world.compiled import compiled, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Array, Record, State
    from ripeness.war.conditions import Constants

CLOSE = 1e-9  # how near to the barrier counts as at it


@ir_inlined
def talk(state: State, constants: Constants, n_runs: int) -> None:
    """Set the monthly hazards of every way to end."""
    first, second, shared, parameters = state.polities[0], state.polities[1], state.shared, state.parameters
    hazard = shared.hazard
    rout(first, second, shared, parameters, n_runs)
    surrender(second, parameters, hazard[2], n_runs)
    surrender(first, parameters, hazard[3], n_runs)
    settle(first, second, shared, parameters, constants.allowed, n_runs)
    for n in range(2):
        accept_line(state, n, n_runs)
    freeze(first, second, shared, parameters, constants.recent, constants.step, n_runs)
    copy_row(first.collapse_hazard[:n_runs], hazard[6, :n_runs])
    copy_row(second.collapse_hazard[:n_runs], hazard[7, :n_runs])


@compiled
def rout(first: Record, second: Record, shared: Record, parameters: Record, n_runs: int) -> None:
    """Set the hazard of victory of either belligerent: its rival's front has given way, or has no army left to hold it.

    An army below a share `outnumbered` of the rival's falls with a hazard that grows to `fall` as it vanishes.
    """
    wins, loses = shared.hazard[0], shared.hazard[1]
    for r in range(n_runs):
        fall, own, rival = parameters.fall[r], first.forces[r], second.forces[r]
        wins[r] = fall if shared.front[r] >= parameters.barrier[r] - CLOSE else 0.0
        wins[r] += fall * max(1.0 - rival / (parameters.outnumbered[r] * own), 0.0)
        loses[r] = fall if shared.front[r] <= CLOSE - parameters.barrier[r] else 0.0
        loses[r] += fall * max(1.0 - own / (parameters.outnumbered[r] * rival), 0.0)


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
        perceived = zone + shared.misperception[r]
        low, high = max(demand, 0.0), min(1.0 - rival, 1.0)
        shared.terms[r] = min(max(0.5 * (low + high), 0.0), 1.0)
        open_ = 1.0 if perceived >= 0.0 else 0.0
        likely = 1.0 - exp(-max(perceived, 0.0) / parameters.zone_scale[r])
        hazard[r] = open_ * parameters.frailty[r] * parameters.settle[r] * shared.mediation[r] * likely
    if allowed.shape[0] > 0:
        for r in range(n_runs):
            demand, rival, terms = first.demand[r], second.demand[r], shared.terms[r]
            wider, best, gap = max(shared.misperception[r], 0.0), -1.0, 2.0
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
    captured the polity decides alone.
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
            agrees = faction.reservation[r] <= line[r]
            total[r] += pull
            willing[r] += pull if agrees else 0.0
            refuses = bound * faction.power[r] > 0.0 and not agrees
            polity.accepts_line[r] = 0.0 if refuses else polity.accepts_line[r]
    leader, quota = factions[polity.leader], polity.settings[QUOTA]
    for r in range(n_runs):
        led = polity.leader_weight[r] if leader.power[r] > 0.0 and captor < 0 else 0.0
        with_leader = leader.reservation[r] <= line[r]
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
def surrender(polity: Record, parameters: Record, hazard: Array, n_runs: int) -> None:
    """Set the monthly hazard that a belligerent gives up: it asks for next to nothing, and its front or its army is
    nearly gone. Shapes: hazard (BLOCK,), written.
    """
    for r in range(n_runs):
        share_held = 1.0 / (1.0 + exp(-polity.front[r]))
        army_spent = polity.forces[r] <= parameters.spent[r] * polity.forces_start[r]
        near_end = share_held <= parameters.surrender_line[r] or army_spent
        gives_up = near_end and polity.demand[r] <= parameters.surrender_demand[r]
        hazard[r] = parameters.frailty[r] * parameters.surrender[r] if gives_up else 0.0
