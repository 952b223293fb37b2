"""Want: what a faction would have to be offered to stop fighting, its reservation share.

1. Fighting on is a gamble between two barriers, with the drift that the faction believes in, discounted by the planning
   horizon (gambler's ruin with discounting; Cox and Miller 1965, section 5.7).
2. Its value is the chance to win plus the share held while undecided, less costs (Fearon 1995).
3. A rival who would rearm in a truce makes any bargain worth less: what the faction could secure by fighting now, less
   what would be left of it against the stronger rival, for all the months to come that nobody guarantees (Powell 2006).
4. A culpable leader fears the shares below which he loses office or more (Goemans 2000; Croco 2011). Fighting on he
   fears them with the discounted chance to lose, the same that the gamble counts.
5. Retreat below public terms costs audience (Fearon 1994), and peace has later costs of its own.
   What mediators pay lowers a reservation, what shared power costs raises it. Shared power secures office and lowers
   later costs, one army out of two binds; a movement without arms fears whoever has kept his (Walter 2002). What shared
   power and payments take off a reservation is noted: an end without an agreement brings neither.
6. Terms that a faction states and its traits do not explain are bluff or a stake that the traits understate; the latter
   is a cost of every agreed end, and raises the reservation.
7. A peace that leaves a share of the rival camp in arms saves so much less of the costs of fighting on.
A reservation above 1 means that no settlement is acceptable; it is never clipped away.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.war.block import agenda_of, factions_of
from ripeness.war.camps import face_camps
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled, inlined, ir_inlined

if TYPE_CHECKING:
    from ripeness.war.block import Agenda, Record, Records, State

OVERSHOOT = (
    0.5825971579390106  # -zeta(1/2)/sqrt(2 pi): a walk in steps passes a barrier by this many sd (Siegmund 1985)
)
LEAST_VOLATILITY = 1e-4  # a front that chance does not move is reckoned with as one that it hardly moves: no 0 / 0
PER_MILLION = 1e6
QUIET = 0.05  # intensity below which plans still reckon with this much movement of the front


@ir_inlined
def want(state: State, pathways: Record, n_runs: int) -> None:
    """Set what stated terms say beyond traits, then the reservation share of every faction."""
    for n in range(state.shared.belligerents):
        understate(state.polities[n], factions_of(state, n), agenda_of(state, n), n_runs)
    reserve(state, pathways, n_runs)


@ir_inlined
def reserve(state: State, pathways: Record, n_runs: int) -> None:
    """Estimate costs on all sides, then find the reservation share of every faction."""
    shared, parameters = state.shared, state.parameters
    for n in range(state.shared.belligerents):
        estimate_costs(state.polities[n], factions_of(state, n), shared, parameters, pathways, n_runs)
    for n in range(PRINCIPALS):
        own, rival = state.polities[n], state.polities[1 - n]
        assess_rival(own, rival, factions_of(state, 1 - n), shared, parameters, pathways, n_runs)
    for n in range(state.shared.belligerents):
        face_camps(state, n, n_runs)
        set_reservations(state.polities[n], factions_of(state, n), shared, parameters, pathways, n_runs)


@compiled
def estimate_costs(
    polity: Record, factions: Records, shared: Record, parameters: Record, pathways: Record, n_runs: int
) -> None:
    """Estimate what the next month of fighting costs each faction, in shares of the stake.

    A ceasefire that holds is no peace: plans reckon with the war that goes on where it is not settled.

    Only the losses to come count: those already borne are sunk. War gain lowers the cost, and can turn it into profit.
    Losses are reckoned in deaths a month per million people. Output that the month takes comes back at the rate of
    recovery and is discounted over the planning horizon, so that a drain costs drain / (recovery + 1 / foresight).
    """
    for faction in factions:
        for r in range(n_runs):
            losses = polity.expected_deaths[r] / polity.population[r] * PER_MILLION
            informed = faction.informedness[r]
            believed = losses * (informed + (1.0 - informed) * polity.reporting[r])
            deaths = faction.casualty_aversion[r] * believed * pathways.losses_cost
            lost = polity.drain[r] / (parameters.recovery[r] + 1.0 / parameters.foresight[r])
            poverty = faction.exposure[r] * lost * pathways.economy_cost
            gain = faction.war_gain[r] * shared.full_intensity[r] * abs(polity.camp[r])
            penalty = polity.penalty[r]
            faction.monthly_cost[r] = (deaths + poverty - gain + penalty) / faction.stake_value[r]
            faction.fighting_cost[r] = (deaths - gain + penalty) / faction.stake_value[r]


@compiled
def understate(polity: Record, factions: Records, agenda: Agenda, n_runs: int) -> None:
    """Set what the stake is worth to each faction beyond its traits, from the terms that it has stated.

    The gap between these and the reservation at the start is bluff by the share `posture`, the rest is meant.
    """
    for f in range(factions.shape[0]):
        faction, stated = factions[f], agenda.stated[polity.terms_issue, f]
        meant = 1.0 if faction.states_terms else 0.0
        for r in range(n_runs):
            gap = stated[r] - faction.reservation_start[r]
            faction.understated_stake[r] = meant * (1.0 - polity.posture[r]) * gap


@compiled
def assess_rival(
    own: Record, rival: Record, rivals: Records, shared: Record, parameters: Record, pathways: Record, n_runs: int
) -> None:
    """Assess what the rival is to all factions alike: its costs, its gain from rearming, who keeps it to its word.

    `rivals` are the rival's factions.
    """
    for r in range(n_runs):
        own.rival_cost[r] = 0.0
    for faction in rivals:
        for r in range(n_runs):
            own.rival_cost[r] += faction.power[r] * faction.monthly_cost[r]
    for r in range(n_runs):
        own.rival_cost[r] = parameters.foresight[r] * max(own.rival_cost[r], 0.0)
        rearming = max(rival.rearm[r] - rival.rearmed[r], 0.0) * (1.0 - rival.laid_down[r])
        own.rival_rearming[r] = (rearming + parameters.exposed[r] * own.laid_down[r]) * pathways.rearmament_terms
        unbound = (1.0 - shared.guarantee_effect[r]) * (1.0 - rival.guarantee[r])
        own.peace_bound[r] = 1.0 - unbound * (1.0 - shared.integrated[r])
        own.share_held[r] = 1.0 / (1.0 + exp(-own.front[r]))


@inlined
def gamble(
    front: float,
    belief: float,
    own: float,
    rival: float,
    intensity: float,
    mobility: float,
    parameters: Record,
    r: int,
) -> tuple[float, float]:
    """Discounted chances to win and to lose by fighting on.

    `own` and `rival` are efforts, `mobility` the share of the first speed of fronts that is left to chance. Strength
    counts in full: what is bargained over is what a truce, rearmament and a new offensive would make of the front.
    Written with exponents that are never positive, so that a hopeless side stays hopeless at any gap.
    """
    advantage = max(abs(belief) - parameters.deadlock[r], 0.0)
    drift = parameters.advance[r] * advantage * (own if belief > 0.0 else -rival)
    volatility = max(mobility * parameters.volatility[r], LEAST_VOLATILITY)
    variance = volatility * volatility * max(intensity, QUIET)
    overshoot = OVERSHOOT * sqrt(variance) * parameters.pace[r]
    up = parameters.barrier[r] - front + overshoot
    down = parameters.barrier[r] + front + overshoot
    g = drift / variance
    q = sqrt(g * g + 2.0 / (variance * parameters.foresight[r]))
    high, low = 1.0 - exp(-2.0 * q * down), 1.0 - exp(-2.0 * q * up)
    scale = 1.0 - (1.0 - high) * (1.0 - low)
    win = exp((g - q) * up) * high / scale
    lose = exp((-g - q) * down) * low / scale
    return win, lose


@compiled
def set_reservations(
    own: Record, factions: Records, shared: Record, parameters: Record, pathways: Record, n_runs: int
) -> None:
    """Find the least share that each faction of one belligerent would settle for, in the frame of its camp."""
    for faction in factions:
        for r in range(n_runs):
            front, held, belief = own.front[r], own.share_held[r], faction.belief[r]
            own_effort, rival_effort, intensity = own.camp_effort[r], own.rival_effort[r], shared.full_intensity[r]
            mobility = shared.mobility[r]
            win, lose = gamble(front, belief, own_effort, rival_effort, intensity, mobility, parameters, r)
            cost = parameters.foresight[r] * faction.monthly_cost[r]
            fight = win + (1.0 - win - lose) * (held - cost)
            faction.fighting_worth[r] = fight
            after = belief - own.rival_rearming[r]
            win_after, lose_after = gamble(front, after, own_effort, rival_effort, intensity, mobility, parameters, r)
            weakened = win_after + (1.0 - win_after - lose_after) * (held - cost)
            moved = max(fight - weakened, 0.0)
            faction.power_shift[r] = moved
            unbound = parameters.patience[r] * (1.0 - own.peace_bound[r])
            fear = unbound / (1.0 - unbound) * moved
            value = faction.stake_value[r]
            left = 1.0 - own.secured[r]
            renewal = parameters.renewal[r] * shared.renewal_factor[r]
            left_in_arms = own.left_out[r] * max(cost, 0.0)
            later = faction.peace_cost[r] * left / value + renewal * max(cost, 0.0)
            later += left_in_arms
            later -= own.side_payment[r]
            bare = faction.peace_cost[r] / value + parameters.renewal[r] * shared.watched_factor[r] * max(cost, 0.0)
            bare += left_in_arms
            blame = faction.culpable[r] * pathways.fate_terms / value
            risk = lose * (faction.office[r] * blame + faction.punishment[r] * blame)
            claimed = claim(fight + fear + later - risk, own, faction, blame, left, pathways.audience_terms, r)
            without = claim(fight + fear + bare - risk, own, faction, blame, 1.0, pathways.audience_terms, r)
            faction.reservation[r] = claimed + own.given_up[r]
            faction.accord_gain[r] = without - claimed - own.given_up[r]


@inlined
def claim(
    target: float, own: Record, faction: Record, blame: float, left: float, audience_terms: float, r: int
) -> float:
    """Least share that is worth `target` after fate and audience, and what the traits understate of the stake.

    `blame` is what a culpable leader pays, of what office and more are worth; `left` what shared power leaves of it.
    """
    office, punishment = faction.office[r] * blame, faction.punishment[r] * blame
    ruined = target + office * left + punishment * left
    ousted = max(target + office * left, own.punishment_line[r])
    safe = max(target, own.office_line[r])
    fated = ruined if ruined < own.punishment_line[r] else (ousted if ousted < own.office_line[r] else safe)
    line = fated if office + punishment > 0.0 else target
    audience = faction.audience_cost[r] / faction.stake_value[r]
    stated = own.stated_terms[r]
    bound = audience / (1.0 + audience) * max(stated - line, 0.0) * audience_terms
    return line + (bound if stated >= 0.0 else 0.0) + faction.understated_stake[r]
