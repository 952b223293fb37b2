"""Who blocks: the least set of factions whose change of terms, or of power, opens the zone, and by how much.

1. Take both polities' councils at the start: powers, terms, quota, vetoes, leader's weight.
2. For every set of factions, smallest sets first, find the least change that opens the zone: each member lowers its
   terms by the same amount, or the members together lose (or win) a share of their power to (from) the others.
3. Among the smallest sets that can, the one with the least change blocks: the least drop of terms, or the least power
   that changes hands. The rule is computed again after the change. (Where so many factions must move together that
   there are too many sets to try, a set from which none can be left out stands for the smallest.)
4. The medians rest on the points that were drawn. They are resampled, and changes whose sizes do not differ are a tie,
   in the order of the file.
Factions are institutions or interests, never persons.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from ripeness.study.ripeness.resampled_medians import (
    ALIKE,
    compare_changes,
    resample_medians,
    share_with_fewer,
    sizes_at_resamples,
)
from ripeness.study.ripeness.terms_council import CouncilPair, TermsCouncil, zone_width
from ripeness.study.ripeness.zone_changes import (
    faction_sets,
    least_power,
    least_terms,
    lower_terms,
    opens_zone,
    power_transferred,
    transfer_power,
)
from ripeness.study.weighted_statistics import (
    MeanEstimate,
    RunQuantiles,
    ShareEstimate,
    estimate_mean,
    estimate_share,
    weighted_quantiles,
)

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]
MOST_SETS = 5000
LARGEST_ON_RUNS = 3
SHOWN = 5
COMPARED = 16  # of the smallest sets, the least changes, which are compared on resampled medians


@dataclass(frozen=True, slots=True)
class BlockerChange:
    """One faction of a set, and its terms or power before and after the change."""

    polity: str
    faction: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class ZoneOpening:
    """One change that opens the zone at the medians: `what` is terms or power; zones are recomputed by the rules.

    `least`: share of the resampled medians in which no other change of as many factions is smaller. `tied`: another of
    the changes listed may as well be the least.
    """

    what: str
    moved: tuple[BlockerChange, ...]
    amount: float
    zone_before: float
    zone_after: float
    opens: ShareEstimate | None
    least: float = 1.0
    tied: bool = False


@dataclass(frozen=True, slots=True)
class SingleBlocker:
    """How often one faction's terms alone could open a closed zone: share of the closed points, and by what (median).

    `least`: share of the closed points in which no other single faction could open it by less; ties count for each.
    """

    polity: str
    faction: str
    opens: ShareEstimate
    by: float
    least: ShareEstimate


@dataclass(frozen=True, slots=True)
class Blockers:
    """Who blocks at the medians of all inputs, and over the inputs.

    `zone_range`: the zone at the medians with its 90 % Monte Carlo interval. `smaller`: share of the resampled medians
    in which fewer factions than those of `terms` are enough. `ahead`: how much more often the first of `alone` could
    open a closed zone than the second, over the same points. `sets_of`: share of the closed points whose smallest
    opening set has 1, 2, 3 and more members (terms).
    """

    open_at_medians: bool
    zone_at_medians: float
    zone_range: RunQuantiles
    closed: ShareEstimate
    terms: tuple[ZoneOpening, ...]
    power: tuple[ZoneOpening, ...]
    smaller: float
    alone: tuple[SingleBlocker, ...]
    ahead: MeanEstimate | None
    sets_of: tuple[ShareEstimate, ...]


def find_blockers(pair: CouncilPair, allowed: Array, weights: Array, seed: int = 0) -> Blockers:
    """Find who blocks. Shapes: councils with one column a point; allowed (K,); weights (points,)."""
    medians: CouncilPair = (pair[0].median(weights), pair[1].median(weights))
    resampled = resample_medians(pair, weights, seed)
    closed = ~opens_zone(pair, allowed)
    samples = np.arange(len(weights))
    already = bool(opens_zone(medians, allowed)[0])
    openings_by_kind = (
        {} if already else {kind: _least_openings(medians, resampled, allowed, kind) for kind in ("terms", "power")}
    )
    with_shares = {
        kind: tuple(_with_share(opening, pair, allowed, weights, closed) for opening in openings)
        for kind, openings in openings_by_kind.items()
    }
    terms = with_shares.get("terms", ())
    alone, ahead = _alone(pair, allowed, weights, closed)
    return Blockers(
        already,
        float(zone_width(medians)[0]),
        weighted_quantiles(zone_width(resampled), np.ones(len(resampled[0].weight))),
        estimate_share(closed, samples, weights),
        terms,
        with_shares.get("power", ()),
        share_with_fewer(resampled, allowed, len(terms[0].moved)) if terms else 0.0,
        alone,
        ahead,
        _sizes(pair, allowed, weights, closed),
    )


def _least_openings(medians: CouncilPair, resampled: CouncilPair, allowed: Array, kind: str) -> tuple[ZoneOpening, ...]:
    """The smallest sets that open the zone at the medians, the least change first, ties in the order of the file."""
    factions = sum(council.position.shape[0] for council in medians)
    for size in range(1, factions + 1):
        if comb(factions, size) > MOST_SETS:
            break
        members = faction_sets(factions, size)
        copies: CouncilPair = (medians[0].repeated(members.shape[1]), medians[1].repeated(members.shape[1]))
        amounts = least_terms(copies, members, allowed) if kind == "terms" else least_power(copies, members, allowed)
        able = np.flatnonzero(np.isfinite(amounts))
        if len(able):
            size_of = np.abs(amounts) if kind == "terms" else power_transferred(copies, members, amounts)
            best = able[np.argsort(size_of[able], kind="stable")][:COMPARED]
            least_share, alike = compare_changes(sizes_at_resamples(resampled, members[:, best], allowed, kind))
            ranked = sorted(range(len(best)), key=lambda n: (not alike[n], best[n] if alike[n] else n))[:SHOWN]
            tied = alike & (alike.sum() > 1)
            return tuple(
                replace(
                    _opening(medians, kind, members[:, best[n]], float(amounts[best[n]])),
                    least=float(least_share[n]),
                    tied=bool(tied[n]),
                )
                for n in ranked
            )
    return _pruned(medians, allowed) if kind == "terms" else ()


def _pruned(medians: CouncilPair, allowed: Array) -> tuple[ZoneOpening, ...]:
    """Prune the set of all factions where there are too many sets to try, those who ask least first.

    None of those who are left can be left out; a smaller set of others may exist.
    """
    terms = np.concatenate([council.position[:, 0] for council in medians])
    members = np.ones((len(terms), 1), dtype=bool)
    amount = least_terms(medians, members, allowed)
    if not np.isfinite(amount[0]):
        return ()
    for n in np.argsort(terms, kind="stable"):
        without = members.copy()
        without[n] = False
        amount_without = least_terms(medians, without, allowed) if without.any() else np.array([np.nan])
        if np.isfinite(amount_without[0]):
            members, amount = without, amount_without
    return (_opening(medians, "terms", members[:, 0], float(amount[0])),)


def _opening(medians: CouncilPair, kind: str, members: Flags, amount: float) -> ZoneOpening:
    """Apply a change, decide again, and return what moved. One column."""
    mask, by = members[:, None], np.array([amount])
    changed = lower_terms(medians, mask, by) if kind == "terms" else transfer_power(medians, mask, by)
    name = "position" if kind == "terms" else "power"
    keys = [(council.side.key, key) for council in medians for key in council.side.faction_keys]
    old = np.concatenate([getattr(council, name)[:, 0] for council in medians])
    new = np.concatenate([getattr(council, name)[:, 0] for council in changed])
    moved = tuple(BlockerChange(*keys[n], float(old[n]), float(new[n])) for n in np.flatnonzero(members))
    return ZoneOpening(kind, moved, amount, float(zone_width(medians)[0]), float(zone_width(changed)[0]), None)


def _with_share(opening: ZoneOpening, pair: CouncilPair, allowed: Array, weights: Array, closed: Flags) -> ZoneOpening:
    """Add the share of the closed samples in which the same change opens the zone."""
    keys = [(council.side.key, key) for council in pair for key in council.side.faction_keys]
    inside = {(moved.polity, moved.faction) for moved in opening.moved}
    members = np.repeat(np.array([key in inside for key in keys])[:, None], len(weights), axis=1)
    by = np.full(len(weights), opening.amount)
    changed = lower_terms(pair, members, by) if opening.what == "terms" else transfer_power(pair, members, by)
    return replace(
        opening, opens=estimate_share(opens_zone(changed, allowed), np.arange(len(weights)), weights, closed)
    )


def _alone(
    pair: CouncilPair, allowed: Array, weights: Array, closed: Flags
) -> tuple[tuple[SingleBlocker, ...], MeanEstimate | None]:
    """For each faction, how often its terms alone could open a closed zone, most often first, and by how much first."""
    keys = [(council.side.key, key) for council in pair for key in council.side.faction_keys]
    samples = np.arange(len(weights))
    amounts = np.empty((len(keys), len(weights)))
    for n in range(len(keys)):
        members = np.zeros((len(keys), len(weights)), dtype=bool)
        members[n] = True
        amounts[n] = np.where(closed, least_terms(pair, members, allowed), np.nan)
    able = np.isfinite(amounts)
    is_least = able & (amounts <= np.where(able, amounts, np.inf).min(axis=0) + ALIKE)
    rows = [
        SingleBlocker(
            *key,
            estimate_share(able[n], samples, weights, closed),
            weighted_quantiles(amounts[n], weights).median,
            estimate_share(is_least[n], samples, weights, closed),
        )
        for n, key in enumerate(keys)
    ]
    order = sorted(range(len(keys)), key=lambda n: -np.nan_to_num(rows[n].opens.p))
    ahead = None
    if len(keys) > 1 and closed.any() and weights[closed].sum() > 0:
        first, second = (able[n][closed].astype(np.float64) for n in order[:2])
        ahead = estimate_mean(first - second, samples[: int(closed.sum())], weights[closed])
    return tuple(rows[n] for n in order), ahead


def _sizes(pair: CouncilPair, allowed: Array, weights: Array, closed: Flags) -> tuple[ShareEstimate, ...]:
    """Of the closed points, the share whose smallest opening set has 1, 2, 3 and more members."""
    samples = np.arange(len(weights))
    size = np.where(closed, LARGEST_ON_RUNS + 1, 0)
    factions = sum(council.position.shape[0] for council in pair)
    for set_size in range(1, LARGEST_ON_RUNS + 1):
        for subset in combinations(range(factions), set_size):
            unopened = size > set_size
            if not unopened.any():
                break
            part: CouncilPair = (pair[0].only(unopened), pair[1].only(unopened))
            members = np.zeros((factions, int(unopened.sum())), dtype=bool)
            members[list(subset)] = True
            top = np.concatenate([council.position for council in part]).max(axis=0)
            opened = np.flatnonzero(unopened)[opens_zone(lower_terms(part, members, np.maximum(top, 0.0)), allowed)]
            size[opened] = set_size
    return tuple(
        estimate_share(size == set_size, samples, weights, closed) for set_size in range(1, LARGEST_ON_RUNS + 2)
    )


def zone_after_opening(pair: tuple[TermsCouncil, TermsCouncil], opening: ZoneOpening) -> float:
    """Recompute the zone at the medians with an opening's changes; a check of the search."""
    changed = []
    for council in pair:
        position, power = council.position.copy(), council.power.copy()
        for moved in opening.moved:
            if moved.polity == council.side.key:
                row = council.side.faction_keys.index(moved.faction)
                (position if opening.what == "terms" else power)[row] = moved.after
        if opening.what == "power":
            inside = [moved.faction for moved in opening.moved if moved.polity == council.side.key]
            mask = np.array([key in inside for key in council.side.faction_keys])[:, None]
            free = np.where(mask, 0.0, power)
            remaining = 1.0 - np.where(mask, power, 0.0).sum(axis=0)
            power = np.where(mask, power, free / np.maximum(free.sum(axis=0), np.finfo(float).tiny) * remaining)
        changed.append(replace(council, position=position, power=power))
    return float(zone_width((changed[0], changed[1]))[0])
