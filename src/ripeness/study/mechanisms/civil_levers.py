"""Levers of wars inside a state: ceasefires, groups that split off, income from war, allies that make their own peace.

Each returns the lever, or why this war has nothing that it could move; see `faction_levers.py` for how moves are made.
"""

from __future__ import annotations

from ripeness.scenario.armed_polities import PRINCIPALS
from ripeness.scenario.polity_names import MOVEMENT
from ripeness.study.mechanisms.lever import LONGER, Lever, LeverArm, LeverContext

BEGIN = ("truce_local", "truce_humanitarian", "truce_preliminary", "truce_renewed", "written")
EARNERS = ("commanders", "militias", "field_units", "financiers")
NEARLY = (0.001, 0.999)  # a chance of none and of all, as near as numbers of a scenario come
NO_MOVEMENT = "no movement takes part"


def ceasefires(context: LeverContext) -> Lever | str:
    """C1: no ceasefire begins."""
    return Lever("no ceasefire begins", LeverArm(context.moves("set", 0.0, [f"laws.{name}" for name in BEGIN])))


def monitoring(context: LeverContext) -> Lever | str:
    """C1: ceasefires and a peace are watched in full instead of not at all."""
    without, full = (LeverArm(context.moves("set", value, ["talks.monitoring"])) for value in (0.0, 1.0))
    return Lever("monitoring 0 to 1", full, None, without)


def leavers_fight_on(context: LeverContext) -> Lever | str:
    """C2: every faction that leaves a movement fights on with its arms, instead of none (Rudloff and Findley 2016)."""
    paths = _traits(context, "fights_on")
    if not paths:
        return NO_MOVEMENT
    none, all_of_them = (LeverArm(context.moves("set", value, paths)) for value in NEARLY)
    return Lever("leavers fight on, none to all", all_of_them, LONGER, none)


def income_from_war(context: LeverContext) -> Lever | str:
    """C3: those who command or finance a movement earn by the war (Fearon 2004; Lujala 2010)."""
    paths = _traits(context, "war_gain", EARNERS)
    if not paths:
        return NO_MOVEMENT
    poor, rich = (LeverArm(context.moves("set", value, paths)) for value in (0.001, 0.015))
    return Lever("a movement's commanders earn .001 to .015", rich, LONGER, poor)


def separate_peace(context: LeverContext) -> Lever | str:
    """C4: no ally makes a peace of its own (Cunningham 2006)."""
    if not context.war.armed[PRINCIPALS:]:
        return "no ally fights beside a principal"
    return Lever("no separate peace", LeverArm(context.moves("set", 0.0, ["laws.separate_peace"])))


def _traits(context: LeverContext, trait: str, archetypes: tuple[str, ...] = ()) -> list[str]:
    """Where a trait of the factions of movements stands; of those of some archetypes where any are named."""
    return [
        f"polities.{side.key}.factions.{key}.traits.{trait}"
        for side in context.belligerents
        if context.scenario.polities[side.key].kind == MOVEMENT
        for key, faction in context.scenario.polities[side.key].factions.items()
        if not archetypes or faction.archetype in archetypes
    ]
