"""Want: what a faction would have to be offered to stop fighting, its reservation share.

1. Fighting on is a gamble between two barriers, with the drift that the faction believes in, discounted by the planning
   horizon (gambler's ruin with discounting; Cox and Miller 1965, section 5.7).
2. Its value is the chance to win plus the share held while undecided, less costs (Fearon 1995).
3. A rival who would rearm in a truce makes any bargain worth less (Powell 2006).
4. A culpable leader fears the shares below which he loses office or more (Goemans 2000; Croco 2011).
5. Retreat below public terms costs audience (Fearon 1994), and peace has later costs of its own.
A reservation above 1 means that no settlement is acceptable; it is never clipped away.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from ripeness.war.law import ADVANCE, BARRIER, DEADLOCK, FORESIGHT, PACE, PATIENCE, RENEWAL, VOLATILITY
from ripeness.war.link import AUDIENCE_TERMS, ECONOMY_COST, FATE_TERMS, LOSSES_COST, REARMAMENT_TERMS
from ripeness.war.rows import FRONT, GUARANTEE, REARM, RIVAL_COST
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled, inlined

if TYPE_CHECKING:
    from ripeness.war.body import Array

OVERSHOOT = (
    0.5825971579390106  # -zeta(1/2)/sqrt(2 pi): a walk in steps passes a barrier by this many sd (Siegmund 1985)
)
LEAST_VOLATILITY = 1e-4  # a front that chance does not move is reckoned with as one that it hardly moves: no 0 / 0
PER_MILLION = 1e6
QUIET = 0.05  # intensity below which plans still reckon with this much movement of the front


@compiled
def per_million(expected: Array, population: Array, out: Array) -> None:
    """Losses to come, per million people. Shapes: all (R,); out written. Units: thousand persons in,
    deaths a month out.
    """
    for r in range(out.shape[0]):
        out[r] = expected[r] / population[r] * PER_MILLION


@compiled
def cost_of_war(
    losses: Array,
    reporting: Array,
    economy: Array,
    intensity: Array,
    aversion: Array,
    exposure: Array,
    gain: Array,
    informed: Array,
    value: Array,
    links: Array,
    monthly: Array,
) -> None:
    """Reckon what the next month of fighting costs each faction, in shares of the stake.

    Only the losses to come count: those already borne are sunk. War gain lowers the cost, and can turn it into profit.
    Shapes: losses (deaths a month per million), reporting, economy, intensity (R,); traits (F, R); monthly (F, R),
    written.
    """
    for f in range(monthly.shape[0]):
        for r in range(losses.shape[0]):
            believed = losses[r] * (informed[f, r] + (1.0 - informed[f, r]) * reporting[r])
            dead = aversion[f, r] * believed * links[LOSSES_COST]
            poor = exposure[f, r] * (1.0 - economy[r]) * links[ECONOMY_COST]
            monthly[f, r] = (dead + poor - gain[f, r] * intensity[r]) / value[f, r]


@compiled
def weigh(
    first: Array, second: Array, power: Array, monthly: Array, guarantors: Array, laws: Array, links: Array, out: Array
) -> None:
    """What a rival is to all factions alike: its costs, what it gains by rearming, and who keeps it to its word.

    Shapes: first (own), second (rival) (N, R); power, monthly (F, R) of the rival; guarantors (R,); out (3, R),
    written: the odds that its rearming shifts (as a factor), how far a peace binds it, and the share held at the front.
    """
    rearm, rival_rearm, bound, cost, front = (
        first[REARM],
        second[REARM],
        second[GUARANTEE],
        first[RIVAL_COST],
        first[FRONT],
    )
    for r in range(cost.shape[0]):
        cost[r] = 0.0
    for f in range(power.shape[0]):
        for r in range(cost.shape[0]):
            cost[r] += power[f, r] * monthly[f, r]
    for r in range(cost.shape[0]):
        cost[r] = laws[FORESIGHT, r] * max(cost[r], 0.0)
        out[0, r] = exp(max(rival_rearm[r] - rearm[r], 0.0) * links[REARMAMENT_TERMS])
        out[1, r] = 1.0 - (1.0 - guarantors[r]) * (1.0 - bound[r])
        out[2, r] = 1.0 / (1.0 + exp(-front[r]))


@inlined
def gamble(
    front: float, mean: float, own: float, rival: float, intensity: float, laws: Array, r: int
) -> tuple[float, float, float]:
    """Discounted chances to win and to lose by fighting on, and the chance to win once it is over.

    Written with exponents that are never positive, so that a hopeless side stays hopeless at any gap.
    """
    beyond = max(abs(mean) - laws[DEADLOCK, r], 0.0)
    drift = laws[ADVANCE, r] * beyond * (own if mean > 0.0 else -rival)
    chance = max(laws[VOLATILITY, r], LEAST_VOLATILITY)
    variance = chance * chance * max(intensity, QUIET)
    past = OVERSHOOT * sqrt(variance) * laws[PACE, r]
    up = laws[BARRIER, r] - front + past
    down = laws[BARRIER, r] + front + past
    g = drift / variance
    q = sqrt(g * g + 2.0 / (variance * laws[FORESIGHT, r]))
    high, low = 1.0 - exp(-2.0 * q * down), 1.0 - exp(-2.0 * q * up)
    whole = 1.0 - (1.0 - high) * (1.0 - low)
    win = exp((g - q) * up) * high / whole
    lose = exp((-g - q) * down) * low / whole
    odds = exp((-g - q) * down - (g - q) * up) * low
    return win, lose, high / (high + odds)


@compiled
def reservation(
    front: Array,
    mean: Array,
    own_effort: Array,
    rival_effort: Array,
    intensity: Array,
    monthly: Array,
    rival_cost: Array,
    rearming: Array,
    guarantee: Array,
    held: Array,
    office: Array,
    punishment: Array,
    office_line: Array,
    punishment_line: Array,
    culpable: Array,
    audience: Array,
    stated: Array,
    peace_cost: Array,
    value: Array,
    laws: Array,
    links: Array,
    out: Array,
    shift: Array,
    worth: Array,
) -> None:
    """Find the least share that each faction of one belligerent would settle for.

    Shapes: front, efforts, intensity, rival_cost, rearming (factor on the odds), guarantee, held, lines, stated (public
    terms, below 0 when none) (R,); mean, monthly, traits, culpable (F, R); out (reservation), shift (what rearming
    would move), worth (value of fighting on, before fate and commitment) (F, R), written.
    """
    for f in range(mean.shape[0]):
        for r in range(front.shape[0]):
            win, lose, p = gamble(front[r], mean[f, r], own_effort[r], rival_effort[r], intensity[r], laws, r)
            rest = 1.0 - win - lose
            cost = laws[FORESIGHT, r] * monthly[f, r]
            fight = win + rest * (held[r] - cost)
            worth[f, r] = fight
            moved = p - p / (p + (1.0 - p) * rearming[r])
            shift[f, r] = moved
            unbound = laws[PATIENCE, r] * (1.0 - guarantee[r])
            fear = unbound / (1.0 - unbound) * max(moved - max(cost, 0.0) - rival_cost[r], 0.0)
            later = peace_cost[f, r] / value[f, r] + laws[RENEWAL, r] * max(cost, 0.0)
            blame = culpable[f, r] * links[FATE_TERMS] / value[f, r]
            first, second = office[f, r] * blame, punishment[f, r] * blame
            target = fight + fear + later - (1.0 - p) * (first + second)
            ruined = target + first + second
            ousted = max(target + first, punishment_line[r])
            safe = max(target, office_line[r])
            fated = ruined if ruined < punishment_line[r] else (ousted if ousted < office_line[r] else safe)
            line = fated if first + second > 0.0 else target
            dear = audience[f, r] / value[f, r]
            bound = dear / (1.0 + dear) * max(stated[r] - line, 0.0) * links[AUDIENCE_TERMS]
            out[f, r] = line + (bound if stated[r] >= 0.0 else 0.0)


@compiled
def bear(monthly: Array, step: float, borne: Array) -> None:
    """Add a month to the costs that each faction has borne. Shapes: (F, R); borne written."""
    for f in range(borne.shape[0]):
        for r in range(borne.shape[1]):
            borne[f, r] += monthly[f, r] * step
