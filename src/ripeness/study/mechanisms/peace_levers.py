"""Levers of a peace: mediators, what they bring, power shared with a movement, and its disarmament.

Each returns the lever, or why this war has nothing that it could move; see `faction_levers.py` for how moves are made.
"""

from __future__ import annotations

from ripeness.study.mechanisms.lever import LONGER, SHORTER, Lever, LeverArm, LeverContext
from ripeness.war.intervention import Intervention

NO_MEDIATOR, NO_MOVEMENT = "nobody mediates", "no movement takes part"


def efforts_of_mediators(context: LeverContext) -> Lever | str:
    """M14: mediators do all they can, instead of staying out."""
    if not _mediators(context):
        return NO_MEDIATOR
    out, full = (LeverArm(orders=_efforts(context, effort)) for effort in (0.0, 1.0))
    return Lever("mediators from staying out to full effort", full, SHORTER, out)


def guarantee_of_mediators(context: LeverContext) -> Lever | str:
    """M14: mediators do all they can, and guarantee a peace in full."""
    return _offer(context, "guarantee", "guarantee")


def information_of_mediators(context: LeverContext) -> Lever | str:
    """M11: mediators do all they can, and tell both sides everything of each other."""
    return _offer(context, "information", "information")


def disarmament_without_guarantee(context: LeverContext) -> Lever | str:
    """M14: a movement would lay down its arms under a peace that nobody guarantees."""
    return _accord(context, "disarmament without a guarantee", "talks.disarmament", LONGER)


def military_power_sharing(context: LeverContext) -> Lever | str:
    """M14: a peace makes one army out of two."""
    return _accord(context, "one army out of two", "talks.power_sharing.military", SHORTER)


def political_power_sharing(context: LeverContext) -> Lever | str:
    """M12: a peace gives a movement offices of government, and secures those of both sides."""
    return _accord(context, "offices shared", "talks.power_sharing.political", SHORTER)


def _mediators(context: LeverContext) -> list[int]:
    return [n for n, side in enumerate(context.war.sides) if side.mediation >= 0]


def _efforts(context: LeverContext, effort: float) -> tuple[Intervention, ...]:
    return tuple(Intervention(n, context.war.sides[n].mediation, "set", effort) for n in _mediators(context))


def _offer(context: LeverContext, name: str, words: str) -> Lever | str:
    """What all mediators bring of one thing, from nothing to all, at full effort."""
    if not _mediators(context):
        return NO_MEDIATOR
    paths = [f"polities.{context.war.sides[n].key}.mediator.{name}" for n in _mediators(context)]
    without, full = (
        LeverArm(context.moves("set", value, paths), orders=_efforts(context, 1.0)) for value in (0.0, 1.0)
    )
    return Lever(f"{words} by mediators 0 to 1", full, SHORTER, without)


def _accord(context: LeverContext, words: str, term: str, expected: int) -> Lever | str:
    """A term of a peace besides the stake, in full instead of not at all, in a war with a movement in which nobody but
    mediators guarantees a peace.
    """
    if not any(side.is_movement for side in context.war.sides[:2]):
        return NO_MOVEMENT
    unbound = context.moves("set", 0.0, ["talks.guarantee"])
    before, after = (LeverArm(unbound + context.moves("set", value, [term])) for value in (0.0, 1.0))
    return Lever(words, after, expected, before)
