"""Wedges: how far stated terms lie from what traits imply, and which of them close the zone of agreement.

A faction's *wedge* is the share of the stake that it states as its terms, less the least share that its traits would
make it accept at the start (war/want.py; Fearon 1995). Both are inputs of the same model, and only one of them can be
all that is true: either a part of the terms is bluff, or the traits understate what the faction wants or overstate what
the war costs it. A wedge is reported where it is wide enough to move the war and its sign is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.closing import SAMPLES, TraitChange, closing_changes
from ripeness.study.ripeness.terms_council import CouncilPair, terms_councils, zone_is_open
from ripeness.study.weighted_statistics import RunQuantiles, ShareEstimate, estimate_share, weighted_quantiles
from ripeness.war.prepare import War
from ripeness.war.situation import Situation

Array = NDArray[np.float64]
SURE = 0.8  # share of the samples with one sign, four in five, from which on a wedge is worth a reader's second look
DECIDES = 0.5  # share of the samples in which stated terms close a zone that traits leave open: more often than not


@dataclass(frozen=True, slots=True)
class Wedge:
    """One faction's stated terms, the reservation share that its traits imply, and the first less the second.

    All in own shares of the stake, over the parameter samples. A reservation below 0 accepts any share, one above 1
    none: `within` is the median wedge between shares that exist, 0 to 1. `same_sign`: share of the samples in which
    the wedge has the sign of its median. `changes`: what would close it, each alone; none where it does not matter.
    """

    polity: str
    faction: str
    stated: RunQuantiles
    reservation: RunQuantiles
    wedge: RunQuantiles
    within: float
    same_sign: float
    matters: bool
    changes: tuple[TraitChange, ...] = ()

    @property
    def more(self) -> bool:
        """Whether it asks for more than its traits imply."""
        return self.wedge.median > 0


@dataclass(frozen=True, slots=True)
class DemandWedge:
    """What a polity's rule makes of its factions' terms: its demand as stated, and by traits.

    `bluff`: how much of the wedges the model takes for bluff at the start (conduct.posture, less what would have faded
    since the war began); the rest it charges as a stake that the traits understate. `closes`: of the samples in which
    the traits of both sides leave a zone open, the share in which this polity's stated terms alone close it.
    """

    polity: str
    stated: RunQuantiles
    by_traits: RunQuantiles
    bluff: RunQuantiles
    closes: ShareEstimate


@dataclass(frozen=True, slots=True)
class ZoneByBasis:
    """The zone of agreement where these polities' terms are taken as stated, and all others follow from traits."""

    stated: tuple[str, ...]
    width: RunQuantiles
    open: ShareEstimate


@dataclass(frozen=True, slots=True)
class Wedges:
    """The wedges of all factions that state their terms, and what they do to the zone of agreement.

    A wedge matters from `least` on, the zone_scale of the model: narrower ones cannot turn a closed zone into one in
    which a settlement is likely. `closed_by_terms`: share of the samples in which stated terms close a zone that traits
    leave open.
    """

    samples: int
    least: float
    sure: float
    factions: tuple[Wedge, ...]
    demands: tuple[DemandWedge, ...]
    zones: tuple[ZoneByBasis, ...]
    closed_by_terms: ShareEstimate

    @property
    def decide(self) -> bool:
        """Whether stated terms close, more often than not, a zone that traits leave open."""
        return self.closed_by_terms.p > DECIDES

    def that_matter(self, polity: str | None = None) -> tuple[Wedge, ...]:
        """The wedges that are wide enough and sure, of one polity or of all."""
        return tuple(wedge for wedge in self.factions if wedge.matters and polity in (None, wedge.polity))


def find_wedges(
    war: War,
    values: Array,
    situation: Situation,
    weights: Array | None = None,
    cuts: Sequence[str] = (),
    searched: int = SAMPLES,
) -> Wedges:
    """Find the wedges of the belligerents' factions.

    `situation` is the opening at the parameter samples `values`; what would close a wedge is searched on so many of
    them. Shapes: values (K, N); weights (N,), equal where none are given.

    >>> from ripeness.ensemble.design import Design
    >>> from ripeness.scenario.read import read_scenario
    >>> from ripeness.study.ripeness.opening_situation import open_situation, parameter_samples
    >>> war, values = parameter_samples(read_scenario("ukraine-2023-03"), Design(draws=64, per_point=1))
    >>> wedges = find_wedges(war, values, open_situation(war, values))
    >>> wedges.zones[0].stated, wedges.zones[-1].stated
    (('russia', 'ukraine'), ())
    """
    scaled = np.ones(values.shape[1]) if weights is None else weights
    least = weighted_quantiles(situation.parameters.zone_scale, scaled).median
    wedges = [wedge for side in range(2) for wedge in _wedges_of(war, situation, side, scaled, least)]
    mattering = [(wedge.polity, wedge.faction) for wedge in wedges if wedge.matters]
    changes = closing_changes(war, values, scaled, mattering, cuts, searched)
    factions = tuple(replace(wedge, changes=changes.get((wedge.polity, wedge.faction), ())) for wedge in wedges)
    return Wedges(values.shape[1], least, SURE, factions, *_zones(war, situation, scaled))


def _wedges_of(war: War, situation: Situation, n: int, weights: Array, least: float) -> list[Wedge]:
    side, polity = war.sides[n], situation.principals()[n]
    wedges = []
    for row, faction in enumerate(side.faction_keys):
        if side.terms_stated[row] < 0:
            continue
        stated, reservation = polity.stated[side.terms][row], polity.reservation_start[row]
        wedge = weighted_quantiles(stated - reservation, weights)
        within = weighted_quantiles(stated - np.clip(reservation, 0.0, 1.0), weights).median
        sign = np.sign(wedge.median)
        same_sign = float((weights * (np.sign(stated - reservation) == sign)).sum() / weights.sum())
        wedges.append(
            Wedge(
                side.key,
                faction,
                weighted_quantiles(stated, weights),
                weighted_quantiles(reservation, weights),
                wedge,
                within,
                same_sign,
                bool(abs(within) >= least and same_sign >= SURE),
            )
        )
    return wedges


def _zones(
    war: War, situation: Situation, weights: Array
) -> tuple[tuple[DemandWedge, ...], tuple[ZoneByBasis, ...], ShareEstimate]:
    """Both demands on each basis, and the four zones that they make. Positions at the start are what is stated."""
    councils: CouncilPair = terms_councils(war, situation)
    keys = tuple(council.side.key for council in councils)
    stated = [council.decide() for council in councils]
    by_traits = [
        council.decide_on(polity.reservation_start)
        for council, polity in zip(councils, situation.principals(), strict=True)
    ]
    samples = np.arange(len(weights))

    def is_open(first: Array, second: Array) -> NDArray[np.bool_]:
        return zone_is_open(first, second, war.allowed)

    open_by_traits = is_open(by_traits[0], by_traits[1])
    alone = (is_open(stated[0], by_traits[1]), is_open(by_traits[0], stated[1]))
    demands = tuple(
        DemandWedge(
            keys[n],
            weighted_quantiles(stated[n], weights),
            weighted_quantiles(by_traits[n], weights),
            weighted_quantiles(situation.principals()[n].posture, weights),
            estimate_share(~alone[n], samples, weights, open_by_traits),
        )
        for n in range(2)
    )
    bases = (
        (keys, stated[0], stated[1]),
        (keys[:1], stated[0], by_traits[1]),
        (keys[1:], by_traits[0], stated[1]),
        ((), by_traits[0], by_traits[1]),
    )
    zones = tuple(
        ZoneByBasis(
            polities,
            weighted_quantiles(1.0 - first - second, weights),
            estimate_share(is_open(first, second), samples, weights),
        )
        for polities, first, second in bases
    )
    closed = open_by_traits & ~is_open(stated[0], stated[1])
    return demands, zones, estimate_share(closed, samples, weights)
