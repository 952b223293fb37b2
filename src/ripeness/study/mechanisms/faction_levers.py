"""Levers inside a polity: who decides, who blocks, who leaves, what leaders and the public have at stake.

Moves are the same in every war, so that wars can be compared; all other numbers are drawn from their own ranges. A
lever that moves a number to two values moves it there in both arms; one that switches something off is compared with
the war as stated. Each returns the lever, or why this war has nothing that it could move.
"""

from __future__ import annotations

from collections.abc import Collection

from ripeness.scenario.one_leader import with_one_leader
from ripeness.scenario.schema import Scenario
from ripeness.study.mechanisms.lever import (
    LONGER,
    SHORTER,
    Lever,
    LeverArm,
    LeverContext,
    NumberMove,
    both_sides,
    every_faction,
    leader_trait_paths,
    trait_paths,
)
from ripeness.war.agenda import agenda
from ripeness.war.prepare import Side
from ripeness.war.state import DRIVERS

ARMED, TRADING = ("military", "industry"), ("business",)  # archetypes that wage or supply war, and that trade
WAR_GAIN = 0.02  # stakes a month: about that of an arms industry at the end of its default range


def rival_factions(context: LeverContext) -> Lever | str:
    """M1: from one leader on each side to rival factions."""
    if all(len(side.faction_keys) == 1 for side in context.belligerents):
        return "each belligerent is one person here; ask with rival factions"
    return Lever(
        "one leader each, then rival factions",
        LeverArm(),
        before=LeverArm(scenario=with_one_leader(context.scenario, [side.key for side in context.belligerents])),
    )


def weight_of_leaders(context: LeverContext) -> Lever | str:
    """M2: leaders from mediators to autocrats."""
    low, high = (LeverArm(both_sides(context, "conduct.leader_weight", value)) for value in (0.05, 0.9))
    return _with_factions(context, Lever("leaders' weight .05 to .9", high, before=low))


def weight_of_hawkish_leaders(context: LeverContext) -> Lever | str:
    """M2: the same where leaders earn by the war, and so want more than their coalitions."""
    hawks = context.moves("set", WAR_GAIN, leader_trait_paths(context, "war_gain"))
    low, high = (LeverArm((*hawks, *both_sides(context, "conduct.leader_weight", x))) for x in (0.05, 0.9))
    return _with_factions(context, Lever("weight of hawkish leaders .05 to .9", high, LONGER, low))


def veto_of_small_faction(context: LeverContext) -> Lever | str:
    """M4: a veto on each side for the faction with least power that neither leads nor is the public."""
    changed = context.scenario
    named = []
    for n, side in enumerate(context.belligerents):
        power = context.power[n].mean(axis=1)
        free = [f for f in range(len(power)) if f != side.leader and f not in side.streets and not side.veto[f]]
        if free:
            smallest = min(free, key=lambda f: float(power[f]))
            changed = _with_veto(changed, side.key, side.faction_keys[smallest])
            key = side.faction_keys[smallest]
            named.append(f"{context.scenario.polities[side.key].factions[key].name or key} ({side.name})")
    if not named:
        return "no faction that neither leads nor is the public lacks a veto"
    return Lever(f"veto for the weakest: {', '.join(named)}", LeverArm(scenario=changed), LONGER)


def quota_for_terms(context: LeverContext) -> Lever | str:
    """M4: how large a share of power must accept terms."""
    low, high = (LeverArm(both_sides(context, "conduct.quota", value)) for value in (0.35, 0.65))
    return _with_factions(context, Lever("quota for terms .35 to .65", high, LONGER, low))


def trade_rents(context: LeverContext) -> Lever | str:
    """M6: what the trade that goes on across the front feeds."""
    rents = [
        side.key
        for side in context.belligerents
        for faction, issue in zip(side.faction_keys, side.rent_issue, strict=True)
        if issue >= 0 and context.has(f"polities.{side.key}.factions.{faction}.traits.trade_rent")
    ]
    if not rents:
        return "no faction has a rent that hangs on restraint"
    return Lever("trade rents move nothing", LeverArm(cuts=("rents->positions", "rents->power")))


def pressure(context: LeverContext) -> Lever | str:
    """M9: pressure that moves positions on reform and effort."""
    if not any(DRIVERS[driver] == "pressure" for side in context.belligerents for _, _, driver in side.responds):
        return "no position responds to pressure"
    return Lever("pressure moves no position", LeverArm(cuts=("pressure->positions",)))


def without_exits(context: LeverContext) -> Lever | str:
    """M10: nobody leaves."""
    paths = [path for path in trait_paths(context, "exit_rate") if context.has(path)]
    return Lever("no faction leaves", LeverArm(context.moves("set", 0.0, paths))) if paths else "nobody can leave"


def punishment_of_losing_leader(context: LeverContext) -> Lever | str:
    """M12: exile, prison or death for the culpable leader of the side that is losing."""
    paths = [
        (n, f"polities.{side.key}.factions.{side.faction_keys[side.leader]}.traits.punishment")
        for n, side in enumerate(context.belligerents)
        if side.culpable[side.leader]
    ]
    if not any(context.losing(n).any() for n, _ in paths):
        return "no side is losing under a culpable leader"
    low, high = (
        LeverArm(tuple(NumberMove(path, "set", value, context.losing(n)) for n, path in paths)) for value in (0.0, 1.0)
    )
    return Lever("losing leader's punishment 0 to 1", high, LONGER, low)


def fate(context: LeverContext) -> Lever | str:  # noqa: ARG001
    """M12: no leader fears for himself."""
    return Lever("leaders fear nothing for themselves", LeverArm(cuts=("fate->terms",)))


def blameless_losing_leader(context: LeverContext) -> Lever | str:
    """M12: the culpable leader of the side that is losing has nothing to fear, as a successor would not."""
    moves = tuple(
        NumberMove(f"polities.{side.key}.factions.{side.faction_keys[side.leader]}.traits.{trait}", "set", 0.0, losing)
        for n, side in enumerate(context.belligerents)
        for losing in (context.losing(n),)
        for trait in ("office", "punishment")
        if side.culpable[side.leader] and losing.any()
    )
    if not moves:
        return "no side is losing under a culpable leader"
    return Lever("losing leader without blame", LeverArm(moves), SHORTER)


def audience_costs(context: LeverContext) -> Lever | str:
    """M12: retreating from what was said in public costs four times as much."""
    if not any(context.has(f"polities.{side.key}.conduct.public_terms") for side in context.belligerents):
        return "no side has stated terms in public"
    return Lever("audience costs x 4", LeverArm(every_faction(context, "audience_cost", "scale", 4.0)), LONGER)


def rule_by_army_or_trade(context: LeverContext) -> Lever | str:
    """M4: from terms that trade decides alone to terms that the army decides alone, where a polity has both."""
    by_trade = by_army = context.scenario
    for side in context.belligerents:
        trader, soldier = (_first_of(context, side, archetypes) for archetypes in (TRADING, ARMED))
        if trader and soldier:
            by_trade = _with_captor(by_trade, side, trader)
            by_army = _with_captor(by_army, side, soldier)
    if by_army is context.scenario:
        return "army and trade do not both have a voice of their own"
    return Lever("terms by trade, then by the army", LeverArm(scenario=by_army), LONGER, LeverArm(scenario=by_trade))


def organisation_of_the_public(context: LeverContext) -> Lever | str:
    """M16: a public that can act together."""
    paths = [
        f"polities.{side.key}.factions.{side.faction_keys[f]}.traits.organisation"
        for side in context.belligerents
        for f in side.streets
    ]
    if not paths:
        return "no faction is the public"
    low, high = (LeverArm(context.moves("set", value, paths)) for value in (0.1, 0.9))
    return Lever("organisation of the public .1 to .9", high, SHORTER, low)


def reporting(context: LeverContext) -> Lever | str:
    """M17: losses reported in full rather than by a fifth."""
    low, high = (LeverArm(both_sides(context, "conduct.reporting", value)) for value in (0.2, 1.0))
    return Lever("losses reported .2 to 1", high, SHORTER, low)


def leaks(context: LeverContext) -> Lever | str:
    """M17: leaks ten times as likely."""
    return Lever("leaks ten times as likely", LeverArm(context.moves("scale", 10.0, ["laws.leak"])), SHORTER)


def war_gain_of_leaders(context: LeverContext) -> Lever | str:
    """M24: leaders who earn by the war."""
    paths = leader_trait_paths(context, "war_gain")
    low, high = (LeverArm(context.moves("set", value, paths)) for value in (0.0, WAR_GAIN))
    return Lever("leaders' war gain 0 to .02 a month", high, LONGER, low)


def war_gain_of_armies(context: LeverContext) -> Lever | str:
    """M24: on each side, the faction beside the leader with most power among those that fight or arm earns more."""
    paths = []
    for side in context.belligerents:
        factions = context.scenario.polities[side.key].factions
        paths += [
            f"polities.{side.key}.factions.{key}.traits.war_gain"
            for key, form in factions.items()
            if form.archetype in ARMED and not form.leads
        ]
    if not paths:
        return "no army or arms industry has a voice of its own"
    low, high = (LeverArm(context.moves("set", value, paths)) for value in (0.0, WAR_GAIN))
    return Lever("armies' war gain 0 to .02 a month", high, LONGER, low)


def obstruction(context: LeverContext) -> Lever | str:  # noqa: ARG001
    """M18: nobody holds effort back."""
    return Lever("nobody obstructs effort", LeverArm(cuts=("obstruction->effort",)))


def _with_factions(context: LeverContext, lever: Lever) -> Lever | str:
    if all(len(side.faction_keys) == 1 for side in context.belligerents):
        return "each belligerent is one person here"
    return lever


def _with_veto(scenario: Scenario, polity: str, faction: str) -> Scenario:
    form = scenario.polities[polity]
    factions = {**form.factions, faction: form.factions[faction].model_copy(update={"veto": True})}
    changed = form.model_copy(update={"factions": factions})
    return scenario.model_copy(update={"polities": {**scenario.polities, polity: changed}})


def _with_captor(scenario: Scenario, side: Side, faction: str) -> Scenario:
    """The scenario with a polity whose terms one faction decides alone."""
    form, terms = scenario.polities[side.key], side.issue_keys[side.terms]
    stated = agenda(form)[terms]
    issues = {**form.issues, terms: stated.model_copy(update={"rule": f"capture:{faction}"})}
    changed = form.model_copy(update={"issues": issues})
    return scenario.model_copy(update={"polities": {**scenario.polities, side.key: changed}})


def _first_of(context: LeverContext, side: Side, archetypes: Collection[str]) -> str:
    """The first faction of a polity that has one of some archetypes and does not lead; empty where there is none."""
    factions = context.scenario.polities[side.key].factions
    return next((key for key, form in factions.items() if form.archetype in archetypes and not form.leads), "")
