"""Wedges in words: how far stated terms lie from what traits imply, and what must be true for both to hold."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.show.number_cells import faction_name
from ripeness.show.words import percent, rough
from ripeness.study.ripeness.closing import TraitChange
from ripeness.study.ripeness.wedges import Wedge, Wedges
from ripeness.world.wording import join_words

BLUFF = "bluff that may fade (conduct.posture)"
RESERVE = "a demand that is held back"


def wedge_warning(wedge: Wedge, names: Mapping[str, str]) -> str:
    """One faction's wedge, and what must be true for both its terms and its traits to hold."""
    direction = "more" if wedge.more else "less"
    return (
        f"{faction_name(wedge.polity, wedge.faction, names)} states terms of {wedge.stated.median:.2f}, and its traits"
        f" imply {wedge.reservation.median:.2f} ({wedge.reservation.low:.2f} to {wedge.reservation.high:.2f}):"
        f" it asks {abs(wedge.wedge.median):.2f} of the stake {direction} than they imply, and {direction} in"
        f" {percent(wedge.same_sign)} of the samples; {must_be_true(wedge)}"
    )


def must_be_true(wedge: Wedge) -> str:
    """What must be true for stated terms and traits to hold together."""
    able = [_change_text(change) for change in wedge.changes if change.needed is not None]
    unable = [change.trait for change in wedge.changes if change.needed is None]
    bluff = f"both hold only if the difference is {BLUFF if wedge.more else RESERVE}"
    if not able:
        return f"{bluff}; no value that one trait admits would close it"
    text = f"{bluff}, or one trait is about {join_words(able, 'or')}"
    return f"{text}; no {join_words(unable, 'or')} that is admitted would close it" if unable else text


def _change_text(change: TraitChange) -> str:
    present = f"{rough(change.present.low)} to {rough(change.present.high)}"
    return f"{change.trait} {rough(change.needed or 0.0)} ({'within' if change.inside else 'now'} {present})"


def zone_sentence(wedges: Wedges, names: Mapping[str, str]) -> str:
    """What stated terms do to the zone of agreement, and whose terms alone would close it."""
    stated, by_traits = wedges.zones[0], wedges.zones[-1]
    opening = (
        f"By traits alone a zone of agreement is open in {percent(by_traits.open.p)} of the samples, by stated terms in"
        f" {percent(stated.open.p)}"
    )
    if not by_traits.open.p > 0:
        return f"{opening}."
    alone = join_words([f"those of {names[demand.polity]} in {percent(demand.closes.p)}" for demand in wedges.demands])
    return f"{opening}. Of the zones that traits leave open, stated terms of one side alone close: {alone}."


def zone_warning(wedges: Wedges, names: Mapping[str, str]) -> str:
    """The warning where stated terms, and not traits, keep the zone of agreement closed."""
    return (
        f"stated terms close a zone of agreement that traits leave open in {percent(wedges.closed_by_terms.p)} of the"
        f" samples: the forecast rests on them. {zone_sentence(wedges, names)}"
    )
