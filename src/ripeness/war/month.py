"""A month of war: the twelve stages in order. Read this page first.

perceive -> want -> decide -> carry out -> supply -> fight -> report -> react -> shift -> lead -> talk -> end

Each stage is one compiled loop in the file of its name; here stands only what it reads and what it changes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ripeness.war.carry_out import carry_out
from ripeness.war.decide import decide, follow, take_positions
from ripeness.war.end import end, rout
from ripeness.war.fight import expected_losses, lose, move_front, strength
from ripeness.war.happen import happen
from ripeness.war.law import DISPLACEMENT, FORESIGHT
from ripeness.war.lead import hazards, succeed
from ripeness.war.link import AID_MUNITIONS, SANCTIONS_ECONOMY, TRADE_ECONOMY
from ripeness.war.order import Order, obey
from ripeness.war.perceive import perceive
from ripeness.war.react import dissatisfaction, grow_weary, leave, protest
from ripeness.war.report import report
from ripeness.war.shift import earn, press, shift
from ripeness.war.situation import Array, Belligerent, Patron, Situation
from ripeness.war.supply import supply
from ripeness.war.talk import freeze, settle, surrender
from ripeness.war.want import cost_of_war, reservation
from ripeness.world.chance import END, FACTION, FIGHT, uniforms
from ripeness.world.arithmetic import normal_block

if TYPE_CHECKING:
    from ripeness.war.prepare import Side, War

MONTHS_PER_YEAR = 12.0
PER_MILLION = 1e6
ROOT_HALF = 0.7071067811865476


@dataclass(frozen=True, slots=True)
class Conditions:
    """How a war is simulated: its seed, whether chance is on, which links are cut, which policies are forced."""

    seed: int
    links: Array
    quiet: bool = False
    orders: tuple[Order, ...] = ()


@dataclass(slots=True)
class Ending:
    """What a month brought for each run: a code of world/outcome.py (0 when fighting goes on) and how far it got."""

    code: Array
    when: Array


def month(war: War, situation: Situation, drawn: Array, number: int, how: Conditions) -> Ending:
    """Take all runs of a chunk through one step of war.

    Shapes: drawn (K, R). Reads and changes the situation.
    """
    first, second = situation.belligerents()
    happen(war.happenings, situation, drawn, how.seed, number, war.step, how.quiet)
    luck = [_luck(side, situation, number, how) for side in war.sides[:2]]
    for polity, sign in ((first, 1.0), (second, -1.0)):
        _perceive(situation, polity, sign, war.step, how.links)
    want(situation, how.links)
    for side, polity in zip(war.sides, situation.sides, strict=True):
        if isinstance(polity, Patron):
            _look_on(side, polity, situation, number * war.step / MONTHS_PER_YEAR)
        take_positions(side, polity, how.links)
        decide(side, polity)
    _speak(war, situation, how, number)
    carry_out_all(war, situation, how.links)
    _supply(war, situation, how.links)
    _fight(war, situation, luck, how)
    for polity, own in zip((first, second), luck, strict=True):
        report(polity.fresh, polity.deaths, polity.reporting, own[2], situation.shared.laws, war.step, polity.reported, polity.leaked)
    for side, polity in zip(war.sides[:2], (first, second), strict=True):
        _react(side, polity, situation, war.step, number, how)
    for side, polity, sign in zip(war.sides[:2], (first, second), (1.0, -1.0), strict=True):
        _shift(side, polity, situation, sign, war.step, number, how)
    for polity in situation.sides[2:]:
        _drift(polity)
    for side, polity, sign, own in zip(war.sides[:2], (first, second), (1.0, -1.0), luck, strict=True):
        _lead(side, polity, situation, sign, war.step, own[3], how)
    hazard = talk(war, situation)
    return _end(war, situation, hazard, number, how)


def _luck(side: Side, situation: Situation, number: int, how: Conditions) -> Array:
    """Four rows for a belligerent: front and losses (standard normal), leak and removal (uniform)."""
    runs = len(situation.shared.draws)
    rows = np.empty((4, runs))
    if how.quiet:
        rows[:2] = 0.0
        rows[2:] = 1.0
        return rows
    uniforms(how.seed, situation.shared.draws, number, FIGHT, side.luck, rows)
    scratch = np.empty(runs)
    for row in rows[:2]:
        normal_block(row.copy(), row, scratch)
    return rows


def _perceive(situation: Situation, polity: Belligerent, sign: float, step: float, links: Array) -> None:
    shared = situation.shared
    perceive(sign * shared.ratio, sign * shared.luck, shared.intensity, shared.laws, links, step, polity.mean, polity.precision)


def want(situation: Situation, links: Array) -> None:
    """Reckon costs on both sides, then the reservation share of every faction."""
    shared, pair = situation.shared, situation.belligerents()
    for polity in pair:
        traits = polity.traits
        cost_of_war(
            polity.expected / polity.population * PER_MILLION, polity.reporting, polity.economy, shared.intensity,
            traits.casualty_aversion, traits.exposure, traits.war_gain, traits.informedness, traits.stake_value, links, polity.monthly,
        )
    for polity, rival in (pair, pair[::-1]):
        traits = polity.traits
        polity.rival_cost[:] = shared.laws[FORESIGHT] * np.maximum((rival.power * rival.monthly).sum(axis=0), 0.0)
        bound = 1.0 - (1.0 - shared.guarantee) * (1.0 - rival.guarantee)
        reservation(
            polity.front, polity.mean, polity.effort, rival.effort, shared.intensity, polity.monthly, polity.rival_cost,
            rival.rearm - polity.rearm, bound, traits.office, traits.punishment, polity.office_line, polity.punishment_line,
            polity.culpable, traits.audience_cost, polity.stated_terms, traits.peace_cost, traits.stake_value, shared.laws, links,
            polity.reservation, polity.shift, polity.worth,
        )


def _look_on(side: Side, patron: Patron, situation: Situation, years: float) -> None:
    """What a patron sees: the front of the side that it is about, and how long the war has gone on."""
    for flow in side.flows[:1]:
        patron.front[:] = situation.belligerents()[flow.toward].front
    patron.weary[:] = years


def _speak(war: War, situation: Situation, how: Conditions, number: int) -> None:
    """Public demands follow the coalition's terms; then orders, if any, are obeyed."""
    obey(tuple(order for order in how.orders if order.issue >= 0), situation, number)
    for side, polity in zip(war.sides[:2], situation.belligerents(), strict=True):
        follow(polity.decided[side.terms], situation.shared.laws, war.step, polity.demand)
    obey(tuple(order for order in how.orders if order.issue < 0), situation, number)


def carry_out_all(war: War, situation: Situation, links: Array) -> None:
    """Turn decisions into effort, restraint and reform, and set the intensity of the fighting."""
    pair = situation.belligerents()
    for side, polity in zip(war.sides[:2], pair, strict=True):
        carry_out(polity.decided[side.effort], polity.position[side.effort], polity.power, polity.traits.obstruction, links, polity.effort)
        if side.restraint >= 0:
            polity.restraint[:] = polity.decided[side.restraint]
        if side.reform >= 0:
            polity.reform[:] = polity.decided[side.reform]
    np.sqrt(pair[0].effort * pair[1].effort, out=situation.shared.intensity)


def receive(war: War, situation: Situation, links: Array) -> None:
    """Add up what patrons send and withhold: munitions a month, and output lost a month."""
    for polity in situation.belligerents():
        polity.aid[:] = 0.0
        polity.squeeze[:] = 0.0
    for side, patron in zip(war.sides[2:], situation.sides[2:], strict=True):
        if not isinstance(patron, Patron):
            continue
        for flow in side.flows:
            target, decided = situation.belligerents()[flow.toward], patron.decided[flow.issue]
            if flow.role == "aid":
                target.aid += decided * patron.aid_capacity * patron.reliability * links[AID_MUNITIONS]
            elif flow.role == "sanctions":
                target.squeeze += decided * patron.sanctions_weight * links[SANCTIONS_ECONOMY]
            else:
                target.squeeze += (1.0 - decided) * patron.trade_weight * links[TRADE_ECONOMY]
    for polity in situation.belligerents():
        polity.squeeze_level[:] = polity.squeeze * MONTHS_PER_YEAR


def _supply(war: War, situation: Situation, links: Array) -> None:
    receive(war, situation, links)
    shared = situation.shared
    for polity in situation.belligerents():
        supply(
            polity.effort, shared.intensity, polity.aid, polity.squeeze, polity.production, polity.call_up, shared.laws, war.step,
            polity.munitions, polity.supplied, polity.forces, polity.pool, polity.economy,
        )
        polity.output_lost += (1.0 - polity.economy) * polity.output * war.step / MONTHS_PER_YEAR
        polity.displaced += shared.laws[DISPLACEMENT] * polity.displaced_start * shared.intensity * war.step


def arm(situation: Situation, links: Array) -> None:
    """Reckon both sides' strength, and the losses that each must expect at it."""
    shared, pair = situation.shared, situation.belligerents()
    scratch = np.empty((3, len(shared.draws)))
    for polity in pair:
        strength(
            polity.forces, polity.quality, polity.supplied, polity.effort, polity.restraint, polity.ally, shared.laws, links, scratch,
            polity.men, polity.skill,
        )
    for polity, rival in (pair, pair[::-1]):
        expected_losses(polity.men, polity.skill, rival.men, rival.skill, shared.intensity, polity.scaling, shared.laws, polity.expected)


def _fight(war: War, situation: Situation, luck: list[Array], how: Conditions) -> None:
    shared, (first, second) = situation.shared, situation.belligerents()
    arm(situation, how.links)
    np.multiply(luck[0][0] - luck[1][0], ROOT_HALF, out=shared.luck)
    push = first.jolt - second.jolt
    first.jolt[:] = second.jolt[:] = 0.0
    shared.front += push
    move_front(
        first.men, first.skill, second.men, second.skill, first.effort, second.effort, shared.intensity, shared.hidden, shared.luck,
        shared.laws, how.links, war.step, shared.ratio, shared.front, shared.moved,
    )
    first.front[:] = shared.front
    np.negative(shared.front, out=second.front)
    for polity, own in zip((first, second), luck, strict=True):
        lose(
            polity.expected, own[1], shared.ratio, shared.laws, war.step, polity.forces, polity.deaths, polity.wounded,
            polity.wounded_ratio, polity.fresh,
        )
        polity.borne += polity.monthly * war.step


def see_losses(polity: Belligerent, laws: Array, step: float) -> None:
    """Let every faction grow weary of the losses that it believes in."""
    scratch = np.empty((3, laws.shape[1]))
    grow_weary(
        polity.deaths, polity.reported, polity.fresh, polity.usual, polity.population, polity.traits.informedness, laws, step, scratch,
        polity.weariness,
    )
    polity.weariness += polity.strain


def _react(side: Side, polity: Belligerent, situation: Situation, step: float, number: int, how: Conditions) -> None:
    shared, traits = situation.shared, polity.traits
    see_losses(polity, shared.laws, step)
    for f in side.streets:
        protest(
            polity.weariness[f], polity.economy, traits.organisation[f], traits.distance[f], polity.repression, shared.laws, how.links,
            step, polity.participation[f],
        )
    dissatisfaction(
        polity.position, polity.salience, polity.decided, side.terms, polity.demand,
        np.empty((1, len(polity.demand))), polity.dissatisfied,
    )


def earn_rents(side: Side, polity: Belligerent) -> None:
    """Let rents flow to the factions whose issue stands open."""
    for f, issue in enumerate(side.rent_issue):
        if issue >= 0:
            earn(polity.traits.trade_rent[f], polity.decided[issue], polity.rents[f])


def _shift(side: Side, polity: Belligerent, situation: Situation, sign: float, step: float, number: int, how: Conditions) -> None:
    shared, traits = situation.shared, polity.traits
    walk, exits = _faction_luck(side, situation, number, how)
    leave(polity.dissatisfied, traits.loyalty, traits.exit_rate, exits, side.leader, step, polity.gone)
    press(polity.front, polity.front_start, polity.squeeze_level, polity.economy, polity.power, polity.weariness, polity.weary, polity.pressure)
    earn_rents(side, polity)
    shift(
        polity.rents, traits.war_weight, traits.credit, polity.participation, side.hit, polity.gone, polity.reform, polity.pressure,
        shared.intensity, sign * shared.moved, walk, shared.laws, how.links, step, polity.log_power, polity.power,
    )


def _faction_luck(side: Side, situation: Situation, number: int, how: Conditions) -> tuple[Array, Array]:
    """For each faction a standard normal (its power's walk) and a uniform number (whether it leaves)."""
    runs, many = len(situation.shared.draws), side.factions
    if how.quiet:
        return np.zeros((many, runs)), np.ones((many, runs))
    rows, walk, exits = np.empty((4, runs)), np.empty((many, runs)), np.empty((many, runs))
    scratch = np.empty(runs)
    for f, key in enumerate(side.faction_luck):
        uniforms(how.seed, situation.shared.draws, number, FACTION, int(key), rows)
        normal_block(rows[0], walk[f], scratch)
        exits[f] = rows[1]
    return walk, exits


def _drift(patron: object) -> None:
    """Patrons' powers stay as events leave them."""
    if isinstance(patron, Patron):
        strength_ = np.exp(patron.log_power) * (1.0 - patron.gone)
        patron.power[:] = strength_ / strength_.sum(axis=0)


def _lead(side: Side, polity: Belligerent, situation: Situation, sign: float, step: float, luck: Array, how: Conditions) -> None:
    shared = situation.shared
    hazards(
        polity.front, polity.front_start, polity.power, polity.dissatisfied, polity.participation, polity.repression, shared.laws,
        how.links, polity.removal, polity.collapse,
    )
    succeed(
        polity.removal, luck, side.leader, sign * shared.ratio, polity.power, polity.reservation, polity.demand,
        polity.traits.stubbornness, step, polity.stated, polity.mean, polity.precision, polity.culpable, polity.shift.copy(), polity.fell,
    )


def talk(war: War, situation: Situation) -> Array:
    """Monthly hazards of every way to end, by the codes of world/outcome.py less one. Shapes: returns (8, R)."""
    shared, (first, second) = situation.shared, situation.belligerents()
    hazard = np.zeros((8, len(shared.draws)))
    rout(shared.front, shared.laws, hazard[:2])
    surrender(second.demand, second.front, second.forces, second.forces_start, shared.laws, hazard[2])
    surrender(first.demand, first.front, first.forces, first.forces_start, shared.laws, hazard[3])
    settle(
        first.demand, second.demand, shared.misperception, shared.mediation, war.allowed, shared.laws, shared.zone, shared.terms, hazard[4]
    )
    freeze(first.demand, second.demand, first.claim, second.claim, shared.front, shared.moved, war.recent, shared.laws, war.step, hazard[5])
    hazard[6], hazard[7] = first.collapse, second.collapse
    return hazard


def _end(war: War, situation: Situation, hazard: Array, number: int, how: Conditions) -> Ending:
    runs = len(situation.shared.draws)
    ending = Ending(np.zeros(runs), np.ones(runs))
    if not how.quiet:
        luck = np.empty((4, runs))
        uniforms(how.seed, situation.shared.draws, number, END, 0, luck)
        end(hazard, luck, war.step, ending.code, ending.when)
    return ending
