"""Ripeness in words: the sentence that answers, and whether ripeness was necessary or sufficient for a settlement."""

from __future__ import annotations

from collections.abc import Sequence

from ripeness.show.number_cells import faction_name, share_text
from ripeness.show.words import percent
from ripeness.study.armed_allies import AllyForecast
from ripeness.study.ripeness.answer import Ripeness
from ripeness.study.ripeness.blockers import ZoneOpening
from ripeness.study.weighted_statistics import ShareEstimate
from ripeness.world.wording import join_words

MOST_TIES = 3  # changes named in a sentence where it is a tie which is the least


def sentence(ripeness: Ripeness, *, short: bool = False) -> str:
    """Is it ripe? In one sentence; `short` leaves out how often the least changes would do over the inputs."""
    now, top = ripeness.at(0.0), ripeness.peak()
    first, second = (ripeness.names[key] for key in ripeness.sides)
    by_side = f"{first} {percent(now.polities[0].p)}, {second} {percent(now.polities[1].p)}"
    sides = f"ripe for both sides in {percent(now.ripe.p)} of the simulations ({by_side})"
    later = ""
    if top.ripe.low > now.ripe.high:
        later = f", at most in {share_text(top.ripe)} % of the wars still fought (around month {top.month:g})"
    return f"Ripe? {ripe_verdict(ripeness)}: at the start {sides}{later}; {_gap(ripeness, short=short)}."


def ripe_verdict(ripeness: Ripeness) -> str:
    """Whether it is ripe at the start, in few words."""
    return _most(ripeness.at(0.0).ripe)


def would_accept(ripeness: Ripeness) -> list[str]:
    """For each armed ally whether it would accept what the principals agree on, in a sentence."""
    first, second = (ripeness.names[key] for key in ripeness.sides)
    return [
        f"Would {ripeness.names[ally.polity]} accept an end that {first} and {second} agree on? {_acceptance(ally)}"
        for ally in ripeness.allies
    ]


def _acceptance(ally: AllyForecast) -> str:
    if not ally.agreed.p > 0:
        return "These simulations cannot say: in none do they agree on one while it is at war."
    shares = (
        f"it accepts in {percent(ally.accepts.p)} of the simulations that end so while it is at war "
        f"({percent(ally.agreed.p)} of all)"
    )
    if ally.accepts.p == 1:
        return f"Yes: {shares}."
    return f"{_most(ally.accepts)}: {shares}; in the others it fights on."


def _most(share: ShareEstimate) -> str:
    """Whether something holds in most simulations, in few words."""
    half = 1 / 2
    if share.low <= half <= share.high:
        return "In about half of the simulations"
    return "Yes, in most simulations" if share.p > half else "No" if share.p == 0 else "Not in most simulations"


def _gap(ripeness: Ripeness, *, short: bool) -> str:
    """What keeps the zone closed at the medians; changes that cannot be told apart are called a tie."""
    block = ripeness.blockers
    if block.zone_range.low < 0 < block.zone_range.high:
        return "at the medians it cannot be told from these simulations whether a zone of agreement is open"
    if block.open_at_medians:
        return "at the medians a zone of agreement is open"
    if not block.terms:
        return "no change of terms opens a zone at the medians"
    twice = f"at the medians {percent(-block.zone_at_medians)} of the stake is claimed twice"
    ties = [opening for opening in block.terms if opening.tied]
    if not ties:
        least_change = _moves(block.terms[0], ripeness)
        return f"{twice}, and the least change of terms that opens a zone is that {least_change}"
    first_ties = ties[:MOST_TIES]
    changes = ", or if ".join(_moves(opening, ripeness) for opening in first_ties)
    remaining = f", or by {len(ties) - MOST_TIES} more changes" if len(ties) > MOST_TIES else ""
    least = "neither of these changes is the smaller" if len(ties) == 2 else "none of these changes is the smallest"
    return f"{twice}; a zone opens if {changes}{remaining} ({least}{'' if short else _often(first_ties, ripeness)})"


def _often(ties: Sequence[ZoneOpening], ripeness: Ripeness) -> str:
    """How often each of some single factions could open a closed zone by its terms, over the inputs."""
    opens = {(blocker.polity, blocker.faction): blocker.opens.p for blocker in ripeness.blockers.alone}
    if any(len(opening.moved) > 1 for opening in ties):
        return ""
    shares = join_words([percent(opens[moved.polity, moved.faction]) for opening in ties for moved in opening.moved])
    return f"; over the inputs with a closed zone, terms of theirs could open it in {shares}"


def _moves(opening: ZoneOpening, ripeness: Ripeness) -> str:
    return " and ".join(
        f"{faction_name(moved.polity, moved.faction, ripeness.names)}, settles for {percent(moved.after)} "
        f"instead of {percent(moved.before)}"
        for moved in opening.moved
    )


def necessity(ripeness: Ripeness) -> str:
    """Whether ripeness was necessary, or sufficient, for a settlement in these simulations."""
    condition = ripeness.condition
    if not condition.settled.p > 0:
        return "No simulation ends in a settlement, so that these simulations cannot say whether ripeness leads to one."
    ever = "ripe for both sides in some month"
    if condition.ripe_of_settled.p >= 1:
        necessary = f"Every war that settled had been {ever}: ripeness was necessary in these simulations"
    else:
        necessary = (
            f"Of the wars that settled ({percent(condition.settled.p)} of all) {percent(condition.ripe_of_settled.p)} "
            f"had been {ever}: ripeness was not necessary in these simulations"
        )
    if not condition.ripe.p > 0:
        return f"{necessary}, and no war was ever ripe."
    sufficient = "and was sufficient" if condition.settled_of_ripe.p >= 1 else "nor was it sufficient"
    if condition.ripe_of_settled.p >= 1 and condition.settled_of_ripe.p < 1:
        sufficient = "but not sufficient"
    unripe = condition.settled_of_unripe
    never_ripe = f", of those never ripe {percent(unripe.p)}" if unripe.runs else ""
    return (
        f"{necessary}, {sufficient}: of the wars that were ripe {percent(condition.settled_of_ripe.p)} "
        f"settled{never_ripe}."
    )
