"""A month of war: the twelve stages in order. Read this page first.

perceive -> want -> decide -> carry out -> supply -> fight -> report -> react -> shift -> lead -> talk -> end

Each stage is a loop over the runs in the file of its name; here stands only what it reads and what it changes. `own` and
`faction` are a belligerent's tables, `rows` those that both share; rows.py says what stands where. What comes before the
decision (think) and after it (act) is compiled as a whole; the decision itself is a rule out of a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ripeness.war import rows as at
from ripeness.war.body import Array, Body, Plan
from ripeness.war.carry_out import carry_out
from ripeness.war.decide import decide, follow, take_positions
from ripeness.war.end import end, rout
from ripeness.war.fight import expected_losses, face, jolt, lose, meet, move_front, share_luck, strength
from ripeness.war.happen import happen
from ripeness.war.lead import hazards, own_frame, succeed
from ripeness.war.order import Order, obey
from ripeness.war.patronage import drift, look_on, receive
from ripeness.war.perceive import perceive
from ripeness.war.prepare import War
from ripeness.war.react import dissatisfaction, grow_weary, leave, protest, strain
from ripeness.war.report import report
from ripeness.war.shift import earn, press, shift
from ripeness.war.situation import Situation
from ripeness.war.supply import supply, wear
from ripeness.war.talk import freeze, settle, surrender
from ripeness.war.want import bear, cost_of_war, per_million, reservation, weigh
from ripeness.world.arithmetic import normal_block
from ripeness.world.chance import END, FACTION, FIGHT, hush, keep, still, uniforms
from ripeness.world.compiled import compiled

Draws = NDArray[np.uint64]
MONTHS_PER_YEAR = 12.0


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a war is simulated: its seed, whether chance is on, which links are cut, which policies are forced."""

    seed: int
    links: Array
    quiet: bool = False
    orders: tuple[Order, ...] = ()


def month(war: War, situation: Situation, drawn: Mapping[int, Array], number: int, how: Conditions) -> Array:
    """Take all runs of a chunk through one step of war, and say how it ended for each.

    Shapes: drawn, the inputs of events by row, (R,) each; returns (2, R): a code of world/outcome.py, 0 when fighting goes
    on, and the share of the step that was fought. Reads and changes the situation.
    """
    shared, (first, second) = situation.shared, situation.belligerents()
    one, other = war.sides[0].plan, war.sides[1].plan
    happen(war.happenings, situation, drawn, how.seed, number, war.step, how.quiet)
    think(one, first.body, other, second.body, shared.rows, shared.laws, how.links, war.step)
    for side, polity in zip(war.sides[2:], situation.sides[2:], strict=True):
        look_on(side, polity, situation, number * war.step / MONTHS_PER_YEAR)
        take_positions(side.plan, polity.body, how.links)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        decide(side, polity)
    obey(tuple(order for order in how.orders if order.issue >= 0), situation, number)
    for plan, polity in ((one, first), (other, second)):
        follow(polity.decided[plan.terms], shared.laws, war.step, polity.demand)
    obey(tuple(order for order in how.orders if order.issue < 0), situation, number)
    receive(war, situation, how.links)
    ending = np.empty((2, len(shared.draws)))
    act(one, first.body, other, second.body, shared.rows, shared.laws, shared.draws, how.links, war.step, number, how.seed,
        how.quiet, war.recent, war.allowed, ending)  # fmt: skip
    if war.happenings:
        for patron in situation.sides[2:]:
            drift(patron)
    return ending


@compiled
def think(
    one: Plan, first: Body, other: Plan, second: Body, rows: Array, laws: Array, links: Array, step: float
) -> None:
    """Let both belligerents perceive and want, and every faction take its positions."""
    learn(1.0, first, rows, laws, links, step)
    learn(-1.0, second, rows, laws, links, step)
    want(first, second, rows, laws, links)
    take_positions(one, first, links)
    take_positions(other, second, links)


@compiled
def learn(sign: float, body: Body, rows: Array, laws: Array, links: Array, step: float) -> None:
    """Let a month of fighting tell every faction of one belligerent who is stronger."""
    faction = body.faction
    perceive(
        sign,
        rows[at.RATIO],
        rows[at.LUCK],
        rows[at.INTENSITY],
        laws,
        links,
        step,
        faction[at.MEAN],
        faction[at.PRECISION],
    )


@compiled
def want(first: Body, second: Body, rows: Array, laws: Array, links: Array) -> None:
    """Reckon costs on both sides, then the reservation share of every faction."""
    scratch = np.empty((3, rows.shape[1]))
    reckon(first, rows, links, scratch[0])
    reckon(second, rows, links, scratch[0])
    reserve(first, second, rows, laws, links, scratch)
    reserve(second, first, rows, laws, links, scratch)


@compiled
def reckon(body: Body, rows: Array, links: Array, losses: Array) -> None:
    """Reckon what the next month of fighting costs each faction of one belligerent."""
    own, faction = body.own, body.faction
    per_million(own[at.EXPECTED], own[at.POPULATION], losses)
    cost_of_war(
        losses, own[at.REPORTING], own[at.ECONOMY], rows[at.INTENSITY], faction[at.CASUALTY_AVERSION], faction[at.EXPOSURE],
        faction[at.WAR_GAIN], faction[at.INFORMEDNESS], faction[at.STAKE_VALUE], links, faction[at.MONTHLY],
    )  # fmt: skip


@compiled
def reserve(body: Body, rival: Body, rows: Array, laws: Array, links: Array, outlook: Array) -> None:
    """Find the reservation share of each faction of one belligerent. Shapes: outlook (3, R), scratch."""
    own, faction = body.own, body.faction
    weigh(own, rival.own, rival.faction[at.POWER], rival.faction[at.MONTHLY], rows[at.GUARANTORS], laws, links, outlook)
    reservation(
        own[at.FRONT], faction[at.MEAN], own[at.EFFORT], rival.own[at.EFFORT], rows[at.INTENSITY], faction[at.MONTHLY],
        own[at.RIVAL_COST], outlook[0], outlook[1], outlook[2], faction[at.OFFICE], faction[at.PUNISHMENT],
        own[at.OFFICE_LINE], own[at.PUNISHMENT_LINE], faction[at.CULPABLE], faction[at.AUDIENCE_COST], own[at.STATED_TERMS],
        faction[at.PEACE_COST], faction[at.STAKE_VALUE], laws, links,
        faction[at.RESERVATION], faction[at.SHIFT], faction[at.WORTH],
    )  # fmt: skip


@compiled
def act(
    one: Plan, first: Body, other: Plan, second: Body, rows: Array, laws: Array, draws: Draws, links: Array, step: float,
    number: int, seed: int, quiet: bool, recent: bool, allowed: Array, ending: Array,
) -> None:  # fmt: skip
    """Take both belligerents from what is decided to what comes of it. Shapes: ending (2, R), written."""
    runs = rows.shape[1]
    luck, rival_luck, scratch = np.empty((4, runs)), np.empty((4, runs)), np.empty((10, runs))
    draw_luck(seed, draws, number, one.luck, quiet, luck, scratch)
    draw_luck(seed, draws, number, other.luck, quiet, rival_luck, scratch)
    mobilise(one, first, other, second, rows, links)
    provide(first.own, rows, laws, step)
    provide(second.own, rows, laws, step)
    arm(first, second, rows, laws, links)
    fight(first.own, second.own, luck, rival_luck, rows, laws, links, step)
    suffer(one, first, luck, rows, laws, links, step, scratch)
    suffer(other, second, rival_luck, rows, laws, links, step, scratch)
    shift_power(1.0, one, first, rows, laws, draws, links, step, number, seed, quiet)
    shift_power(-1.0, other, second, rows, laws, draws, links, step, number, seed, quiet)
    lead(1.0, one, first, rows, laws, links, step, luck[3], scratch)
    lead(-1.0, other, second, rows, laws, links, step, rival_luck[3], scratch)
    talk(first.own, second.own, rows, laws, step, recent, allowed, scratch)
    uniforms(seed, draws, number, END, 0, luck)
    end(scratch, luck, step, quiet, ending[0], ending[1])


@compiled
def draw_luck(seed: int, draws: Draws, number: int, key: int, quiet: bool, out: Array, scratch: Array) -> None:
    """Four rows for a belligerent: front and losses (standard normal), leak and removal (uniform)."""
    uniforms(seed, draws, number, FIGHT, key, out)
    for n in range(2):
        keep(out[n], scratch[0])
        normal_block(scratch[0], out[n], scratch[1])
    if quiet:
        hush(out)


@compiled
def mobilise(one: Plan, first: Body, other: Plan, second: Body, rows: Array, links: Array) -> None:
    """Turn decisions into effort, restraint and reform, and set the intensity of the fighting."""
    do_as_decided(one, first, links)
    do_as_decided(other, second, links)
    meet(first.own[at.EFFORT], second.own[at.EFFORT], rows[at.INTENSITY])


@compiled
def do_as_decided(plan: Plan, body: Body, links: Array) -> None:
    """Carry out what one belligerent has decided."""
    own, faction, decided = body.own, body.faction, body.table[at.DECIDED]
    carry_out(
        decided[plan.effort],
        body.issue[at.POSITION, plan.effort],
        faction[at.POWER],
        faction[at.OBSTRUCTION],
        links,
        own[at.EFFORT],
    )
    if plan.restraint >= 0:
        keep(decided[plan.restraint], own[at.RESTRAINT])
    if plan.reform >= 0:
        keep(decided[plan.reform], own[at.REFORM])


@compiled
def provide(own: Array, rows: Array, laws: Array, step: float) -> None:
    """Supply one belligerent, and wear it down."""
    supply(
        own[at.EFFORT], rows[at.INTENSITY], own[at.AID], own[at.SQUEEZE], own[at.PRODUCTION], own[at.CALL_UP], laws, step,
        own[at.MUNITIONS], own[at.SUPPLIED], own[at.FORCES], own[at.POOL], own[at.ECONOMY],
    )  # fmt: skip
    wear(
        own[at.ECONOMY], own[at.OUTPUT], own[at.DISPLACED_START], rows[at.INTENSITY], laws, step,
        own[at.OUTPUT_LOST], own[at.DISPLACED],
    )  # fmt: skip


@compiled
def arm(first: Body, second: Body, rows: Array, laws: Array, links: Array) -> None:
    """Reckon both sides' strength, and the losses that each must expect at it."""
    scratch = np.empty((3, rows.shape[1]))
    one, other, intensity = first.own, second.own, rows[at.INTENSITY]
    for own in (one, other):
        strength(
            own[at.FORCES], own[at.QUALITY], own[at.SUPPLIED], own[at.EFFORT], own[at.RESTRAINT], own[at.ALLY], laws, links,
            scratch, own[at.MEN], own[at.SKILL],
        )  # fmt: skip
    expected_losses(
        one[at.MEN], one[at.SKILL], other[at.MEN], other[at.SKILL], intensity, one[at.SCALING], laws, one[at.EXPECTED]
    )
    expected_losses(
        other[at.MEN],
        other[at.SKILL],
        one[at.MEN],
        one[at.SKILL],
        intensity,
        other[at.SCALING],
        laws,
        other[at.EXPECTED],
    )


@compiled
def fight(
    one: Array, other: Array, luck: Array, rival_luck: Array, rows: Array, laws: Array, links: Array, step: float
) -> None:
    """Move the front and take both sides' losses. Shapes: one, other (N, R), both sides' own rows; lucks (4, R)."""
    share_luck(luck[0], rival_luck[0], rows[at.LUCK])
    jolt(one[at.JOLT], other[at.JOLT], rows[at.LINE])
    move_front(
        one[at.MEN], one[at.SKILL], other[at.MEN], other[at.SKILL], one[at.EFFORT], other[at.EFFORT], rows[at.INTENSITY],
        rows[at.HIDDEN], rows[at.LUCK], laws, links, step, rows[at.RATIO], rows[at.LINE], rows[at.MOVED],
    )  # fmt: skip
    face(rows[at.LINE], one[at.FRONT], other[at.FRONT])


@compiled
def suffer(
    plan: Plan, body: Body, luck: Array, rows: Array, laws: Array, links: Array, step: float, scratch: Array
) -> None:
    """Take one belligerent's losses of the month, report them, and let its society react."""
    own = body.own
    lose(
        own[at.EXPECTED], luck[1], rows[at.RATIO], laws, step, own[at.FORCES], own[at.DEATHS], own[at.WOUNDED],
        own[at.WOUNDED_RATIO], own[at.FRESH],
    )  # fmt: skip
    bear(body.faction[at.MONTHLY], step, body.faction[at.BORNE])
    report(own[at.FRESH], own[at.DEATHS], own[at.REPORTING], luck[2], laws, step, own[at.REPORTED], own[at.LEAKED])
    see_losses(body, laws, step, scratch)
    take_to_the_streets(plan, body, laws, links, step)
    find_fault(plan, body, scratch)


@compiled
def see_losses(body: Body, laws: Array, step: float, scratch: Array) -> None:
    """Let every faction grow weary of the losses that it believes in."""
    own, weariness = body.own, body.faction[at.WEARINESS]
    grow_weary(
        own[at.DEATHS], own[at.REPORTED], own[at.FRESH], own[at.USUAL], own[at.POPULATION], body.faction[at.INFORMEDNESS], laws, step,
        scratch, weariness,
    )  # fmt: skip
    strain(own[at.STRAIN], weariness)


@compiled
def take_to_the_streets(plan: Plan, body: Body, laws: Array, links: Array, step: float) -> None:
    """Let the factions that can protest do so."""
    own, faction = body.own, body.faction
    for f in plan.streets:
        protest(
            faction[at.WEARINESS, f], own[at.ECONOMY], faction[at.ORGANISATION, f], faction[at.DISTANCE, f], own[at.REPRESSION],
            laws, links, step, faction[at.PARTICIPATION, f],
        )  # fmt: skip


@compiled
def find_fault(plan: Plan, body: Body, scratch: Array) -> None:
    """Set how far each faction is from what is decided."""
    dissatisfaction(
        body.issue[at.POSITION], body.issue[at.SALIENCE], body.table[at.DECIDED], plan.terms, body.own[at.DEMAND], scratch,
        body.faction[at.DISSATISFIED],
    )  # fmt: skip


@compiled
def feel_pressure(body: Body) -> None:
    """Reckon the pressure on a polity."""
    own, faction = body.own, body.faction
    press(
        own[at.FRONT], own[at.FRONT_START], own[at.SQUEEZE_LEVEL], own[at.ECONOMY], faction[at.POWER], faction[at.WEARINESS],
        own[at.WEARY], own[at.PRESSURE],
    )  # fmt: skip


@compiled
def earn_rents(plan: Plan, body: Body) -> None:
    """Let rents flow to the factions whose issue stands open."""
    for f in range(plan.rent_issue.shape[0]):
        issue = plan.rent_issue[f]
        if issue >= 0:
            earn(body.faction[at.TRADE_RENT, f], body.table[at.DECIDED, issue], body.faction[at.RENTS, f])


@compiled
def shift_power(
    sign: float, plan: Plan, body: Body, rows: Array, laws: Array, draws: Draws, links: Array, step: float, number: int,
    seed: int, quiet: bool,
) -> None:  # fmt: skip
    """Let factions leave, and power move."""
    own, faction = body.own, body.faction
    runs, many = draws.shape[0], plan.faction_luck.shape[0]
    luck, walk, exits = np.empty((5, runs)), np.empty((many, runs)), np.empty((many, runs))
    for f in range(many):
        uniforms(seed, draws, number, FACTION, plan.faction_luck[f], luck)
        normal_block(luck[0], walk[f], luck[4])
        keep(luck[1], exits[f])
    if quiet:
        still(walk, exits)
    leave(
        faction[at.DISSATISFIED], faction[at.LOYALTY], faction[at.EXIT_RATE], exits, plan.leader, step, faction[at.GONE]
    )
    feel_pressure(body)
    earn_rents(plan, body)
    shift(
        faction[at.RENTS], faction[at.WAR_WEIGHT], faction[at.CREDIT], faction[at.PARTICIPATION], plan.hit, faction[at.GONE],
        own[at.REFORM], own[at.PRESSURE], rows[at.INTENSITY], sign, rows[at.MOVED], walk, laws, links, step,
        faction[at.LOG_POWER], faction[at.POWER],
    )  # fmt: skip


@compiled
def lead(
    sign: float,
    plan: Plan,
    body: Body,
    rows: Array,
    laws: Array,
    links: Array,
    step: float,
    luck: Array,
    scratch: Array,
) -> None:
    """Let leaders fall, and others follow."""
    own, faction = body.own, body.faction
    hazards(
        own[at.FRONT], own[at.FRONT_START], faction[at.POWER], faction[at.DISSATISFIED], faction[at.PARTICIPATION],
        own[at.REPRESSION], laws, links, own[at.REMOVAL], own[at.COLLAPSE],
    )  # fmt: skip
    own_frame(sign, rows[at.RATIO], scratch[0])
    succeed(
        own[at.REMOVAL], luck, plan.leader, scratch[0], faction[at.POWER], faction[at.RESERVATION], own[at.DEMAND],
        faction[at.STUBBORNNESS], step, body.issue[at.STATED], faction[at.MEAN], faction[at.PRECISION], faction[at.CULPABLE],
        np.empty(faction[at.POWER].shape), own[at.FELL],
    )  # fmt: skip


@compiled
def talk(
    own: Array, rival: Array, rows: Array, laws: Array, step: float, recent: bool, allowed: Array, hazard: Array
) -> None:
    """Monthly hazards of every way to end, by the codes of world/outcome.py less one. Shapes: hazard (10, R), 8 rows written."""
    rout(rows[at.LINE], laws, hazard[0], hazard[1])
    surrender(rival[at.DEMAND], rival[at.FRONT], rival[at.FORCES], rival[at.FORCES_START], laws, hazard[2])
    surrender(own[at.DEMAND], own[at.FRONT], own[at.FORCES], own[at.FORCES_START], laws, hazard[3])
    settle(
        own[at.DEMAND], rival[at.DEMAND], rows[at.MISPERCEPTION], rows[at.MEDIATION], allowed, laws,
        rows[at.ZONE], rows[at.TERMS], hazard[4],
    )  # fmt: skip
    freeze(
        own[at.DEMAND],
        rival[at.DEMAND],
        own[at.CLAIM],
        rival[at.CLAIM],
        rows[at.LINE],
        rows[at.MOVED],
        recent,
        laws,
        step,
        hazard[5],
    )
    keep(own[at.COLLAPSE], hazard[6])
    keep(rival[at.COLLAPSE], hazard[7])
