"""Levers between polities: what peace costs and who binds it, talks, patrons, fronts and losses.

Each returns the lever, or why this war has nothing that it could move; see `faction_levers.py` for how moves are made.
"""

from __future__ import annotations

from ripeness.scenario.one_leader import with_one_leader
from ripeness.study.mechanisms.lever import (
    LONGER,
    SHORTER,
    Lever,
    LeverArm,
    LeverContext,
    NumberMove,
    both_sides,
    every_faction,
    trait_paths,
)
from ripeness.war.intervention import DEMAND, Intervention
from ripeness.war.prepare import Side


def optimism(context: LeverContext) -> Lever | str:
    """M11: both sides overrate themselves by more."""
    return Lever("optimism +.4", LeverArm(context.moves("add", 0.4, trait_paths(context, "optimism"))), LONGER)


def rival_as_one(context: LeverContext) -> Lever | str:
    """M11: only the second belligerent read as one person."""
    second = context.belligerents[1]
    if len(second.faction_keys) == 1:
        return f"{second.name} is one person already"
    return Lever(f"{second.name} as one leader", LeverArm(scenario=with_one_leader(context.scenario, [second.key])))


def peace_cost(context: LeverContext) -> Lever | str:
    """M13: living under a peace costs every faction a tenth of the stake more."""
    return Lever("peace costs .1 of the stake more", LeverArm(every_faction(context, "peace_cost", "add", 0.1)), LONGER)


def guarantee(context: LeverContext) -> Lever | str:
    """M14: outsiders bind both sides to a peace."""
    low, high = (LeverArm(context.moves("set", value, ["talks.guarantee"])) for value in (0.1, 1.0))
    return Lever("guarantee of a peace .1 to 1", high, SHORTER, low)


def mutual_rearming(context: LeverContext) -> Lever | str:
    """M14: what each side would gain by arming in a truce."""
    low, high = (LeverArm(both_sides(context, "conduct.rearm", value)) for value in (0.0, 0.5))
    return Lever("mutual rearming 0 to .5", high, LONGER, low)


def means_of_war(context: LeverContext) -> Lever | str:  # noqa: ARG001
    """M18: arms, men and effort make no strength."""
    cuts = ("munitions->strength", "men->strength", "effort->strength")
    return Lever("arms, men and effort add no strength", LeverArm(cuts=cuts))


def defeats(context: LeverContext) -> Lever | str:
    """M19: nobody surrenders and no regime collapses."""
    off = context.moves("set", 0.0, ["laws.surrender", "laws.collapse"])
    return Lever("no surrender and no collapse", LeverArm(off), LONGER)


def aid(context: LeverContext) -> Lever | str:
    """M20: no arms arrive from outside."""
    if not _aid_paths(context, "aid_capacity"):
        return "no patron sends arms"
    return Lever("no aid arrives", LeverArm(cuts=("aid->munitions",)), SHORTER)


def more_aid(context: LeverContext) -> Lever | str:
    """M20: patrons can send twice as much."""
    paths = _aid_paths(context, "aid_capacity")
    return Lever("aid x 2", LeverArm(context.moves("scale", 2.0, paths)), LONGER) if paths else "no patron sends arms"


def sanctions(context: LeverContext) -> Lever | str:
    """M20: no sanctions bite."""
    if not any(flow.role == "sanctions" for side in context.patrons for flow in side.flows):
        return "no patron sanctions anybody"
    return Lever("sanctions cost nothing", LeverArm(cuts=("sanctions->economy",)))


def reliability_of_patrons(context: LeverContext) -> Lever | str:
    """M21: allies of whom a third arrives instead of nearly all."""
    paths = _aid_paths(context, "reliability")
    if not paths:
        return "no patron sends arms"
    low, high = (LeverArm(context.moves("set", value, paths)) for value in (0.9, 0.3))
    return Lever("patrons' reliability .9 to .3", high, SHORTER, low)


def freezing(context: LeverContext) -> Lever | str:
    """M23: no front freezes."""
    return Lever("no front freezes", LeverArm(context.moves("set", 0.0, ["laws.freeze"])), LONGER)


def casualty_aversion(context: LeverContext) -> Lever | str:
    """M25: losses weigh four times as much."""
    return Lever("casualty aversion x 4", LeverArm(every_faction(context, "casualty_aversion", "scale", 4.0)), SHORTER)


def strength_of_the_stronger(context: LeverContext) -> Lever | str:
    """M25: the stronger side is stronger by one log ratio."""
    lead = context.advantage.copy()
    lead[:] = [1.0 if x >= 0 else -1.0 for x in context.advantage]
    moves = (NumberMove("laws.hidden", "add", lead),)
    return Lever("stronger side stronger by e", LeverArm(moves))


def mediation(context: LeverContext) -> Lever | str:
    """M27: mediators press harder."""
    low, high = (LeverArm(context.moves("set", value, ["talks.mediation"])) for value in (0.5, 2.0))
    return Lever("mediation .5 to 2", high, SHORTER, low)


def meet_halfway(context: LeverContext) -> Lever | str:  # noqa: ARG001
    """M27: both sides go half of the way to the other's demand, month after month."""
    orders = tuple(Intervention(side, DEMAND, "meet", 0.5) for side in range(2))
    return Lever("both go halfway to the other's terms", LeverArm(orders=orders), SHORTER)


def _aid_paths(context: LeverContext, name: str) -> list[str]:
    """A number of every patron that can send arms to a belligerent."""
    return [
        f"polities.{side.key}.{name}"
        for side in context.patrons
        if _sends_arms(side) and context.has(f"polities.{side.key}.aid_capacity")
    ]


def _sends_arms(side: Side) -> bool:
    return any(flow.role == "aid" for flow in side.flows)
