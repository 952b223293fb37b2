"""Changes that open the zone of agreement: lower terms or a shift of power, and the least that is enough."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.terms_council import CouncilPair, zone_is_open

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
HALVINGS = 40
GRID = 64  # steps of a searched shift of power: opening need not grow with it, as others gain what one loses


def opens_zone(pair: CouncilPair, allowed: Array) -> Flags:
    """Whether the zone of agreement is open in each column. Shapes: allowed (K,); returns (N,)."""
    return zone_is_open(pair[0].decide(), pair[1].decide(), allowed)


def lower_terms(pair: CouncilPair, members: Flags, by: Array) -> CouncilPair:
    """The councils after some factions lower their terms, each by the same amount, though not below nothing.

    Shapes: members (F, N) over both belligerents' factions in order; by (N,).
    """
    first = pair[0].position.shape[0]
    changed = []
    for council, mask in zip(pair, (members[:first], members[first:]), strict=True):
        down = np.minimum(np.maximum(council.position - by, 0.0), council.position)
        changed.append(replace(council, position=np.where(mask, down, council.position)))
    return changed[0], changed[1]


def transfer_power(pair: CouncilPair, members: Flags, by: Array) -> CouncilPair:
    """The councils after some factions lose (by < 0) or win (by > 0) power together; the others share the rest.

    Shapes: members (F, N), by (N,): -1 takes all that they have, 1 gives them all that there is.
    """
    first = pair[0].position.shape[0]
    changed = [
        replace(council, power=_rescaled_power(council.power, mask, by))
        for council, mask in zip(pair, (members[:first], members[first:]), strict=True)
    ]
    return changed[0], changed[1]


def _rescaled_power(power: Array, members: Flags, by: Array) -> Array:
    members_power = (power * members).sum(axis=0)
    others_power = power.sum(axis=0) - members_power
    movable = (members_power > 0) & (others_power > 0)
    target = np.where(by < 0, members_power * (1 + by), members_power + by * others_power)
    inside = np.where(movable, target / np.where(members_power > 0, members_power, 1.0), 1.0)
    outside = np.where(
        movable, (members_power + others_power - target) / np.where(others_power > 0, others_power, 1.0), 1.0
    )
    return np.where(members, power * inside, power * outside)


def power_transferred(pair: CouncilPair, members: Flags, by: Array) -> Array:
    """How much power changes hands, in shares of all that there is, added up over both polities.

    Shapes: members (F, N), by (N,) as in `empowered`; returns (N,).
    """
    first, total = pair[0].position.shape[0], np.zeros(len(by))
    for council, mask in zip(pair, (members[:first], members[first:]), strict=True):
        members_power = (council.power * mask).sum(axis=0)
        others_power = council.power.sum(axis=0) - members_power
        total += np.where(
            (members_power > 0) & (others_power > 0), np.where(by < 0, -by * members_power, by * others_power), 0.0
        )
    return total


def least_terms(pair: CouncilPair, members: Flags, allowed: Array) -> Array:
    """The least amount by which all members must lower their terms; not a number where even asking nothing is too much.

    Shapes: members (F, N); returns (N,).
    """
    top = np.concatenate([council.position for council in pair])
    high = np.maximum(np.where(members, top, 0.0).max(axis=0), 0.0)
    able = opens_zone(lower_terms(pair, members, high), allowed)
    low = np.zeros_like(high)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        opens = opens_zone(lower_terms(pair, members, middle), allowed)
        high, low = np.where(opens, middle, high), np.where(opens, low, middle)
    return np.where(able, high, np.nan)


def least_power(pair: CouncilPair, members: Flags, allowed: Array) -> Array:
    """The least share of power that the members must lose (negative) or win; not a number where neither opens the zone.

    Shapes: members (F, N); returns (N,).
    """
    best = np.full(members.shape[1], np.nan)
    for sign in (-1.0, 1.0):
        smallest = np.full(members.shape[1], np.nan)
        for step in range(1, GRID + 1):
            opens = opens_zone(transfer_power(pair, members, np.full(members.shape[1], sign * step / GRID)), allowed)
            smallest = np.where(np.isnan(smallest) & opens, step / GRID, smallest)
        high, low = np.nan_to_num(smallest, nan=1.0), np.nan_to_num(smallest, nan=1.0) - 1 / GRID
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            opens = opens_zone(transfer_power(pair, members, sign * middle), allowed)
            high, low = np.where(opens, middle, high), np.where(opens, low, middle)
        smallest = np.where(np.isnan(smallest), np.nan, sign * high)
        better = np.isfinite(smallest) & ~(
            power_transferred(pair, members, best) <= power_transferred(pair, members, smallest)
        )
        best = np.where(better, smallest, best)
    return best


def faction_sets(factions: int, size: int) -> Flags:
    """Every set of so many factions. Shapes: returns (factions, sets)."""
    sets = list(combinations(range(factions), size))
    members = np.zeros((factions, len(sets)), dtype=bool)
    for column, subset in enumerate(sets):
        members[list(subset), column] = True
    return members
