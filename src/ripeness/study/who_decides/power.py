"""Power: whose will the decisions followed, before and after the evidence, and what the decisions could tell apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.posterior import FEW, CouncilPosterior, sample_prior
from ripeness.world.calendar import date_after

Array = NDArray[np.float64]
TAILS = (0.05, 0.95)
LITTLE = 0.1  # contraction of the best-known share below which the evidence said little
ALIKE = 0.02  # of an issue: two steps of the grid, closer than any coder tells positions apart
RANK = 0.02  # singular values below this share of the largest are no direction of their own
FEW_ANCESTORS = FEW


@dataclass(frozen=True, slots=True)
class PowerShare:
    """A faction's share of power at a date, after the evidence and before it; 90 % intervals."""

    polity: str
    faction: str
    date: str
    mean: float
    low: float
    high: float
    prior_mean: float
    prior_low: float
    prior_high: float
    contraction: float


@dataclass(frozen=True, slots=True)
class PowerRanking:
    """How likely one faction has more power than another at a date, after the evidence and before it.

    `apart` says how many places lie between them in the order of mean power: 1 for neighbours.
    """

    polity: str
    date: str
    apart: int
    above: str
    below: str
    p: float
    prior_p: float


@dataclass(frozen=True, slots=True)
class Identifiability:
    """What the decisions of a polity can tell apart.

    `rank` directions of power at most, of `directions` that there are; `alike` pairs of factions with the same
    positions on all that was observed; `contraction` by faction, 1 - sd after / sd before; `little` if nothing was
    learnt to speak of.
    """

    polity: str
    items: int
    issues: int
    rank: int
    directions: int
    alike: tuple[tuple[str, str], ...]
    contraction: dict[str, float]
    little: bool
    ancestors: float
    particles: int


def power_shares(found: CouncilPosterior, start: date, seed: int = 1) -> tuple[PowerShare, ...]:
    """Shares of power at the knots, the start among them, beside what was believed before."""
    council = found.council
    after, prior = council.power(found.unknowns), council.power(sample_prior(council, seed=seed))
    rows = []
    for k, months in enumerate(council.prior.knots):
        for f, faction in enumerate(council.factions):
            rows.append(_share(council.polity, faction, date_after(start, float(months)), after[k, f], prior[k, f]))
    return tuple(rows)


def _share(polity: str, faction: str, on: date, after: Array, prior: Array) -> PowerShare:
    (low, high), (prior_low, prior_high) = np.quantile(after, TAILS), np.quantile(prior, TAILS)
    return PowerShare(
        polity,
        faction,
        str(on),
        float(after.mean()),
        float(low),
        float(high),
        float(prior.mean()),
        float(prior_low),
        float(prior_high),
        _contraction(after, prior),
    )


def _contraction(after: Array, prior: Array) -> float:
    sd = float(prior.std())
    return 1 - float(after.std()) / sd if sd > 0 else 0.0


def power_rankings(found: CouncilPosterior, start: date, seed: int = 1) -> tuple[PowerRanking, ...]:
    """Factions by mean power at each knot, every one beside all that stand below it."""
    council = found.council
    after, prior = council.power(found.unknowns), council.power(sample_prior(council, seed=seed))
    rows = []
    for k, months in enumerate(council.prior.knots):
        on = str(date_after(start, float(months)))
        order = np.argsort(-after[k].mean(axis=1), kind="stable")
        rows += [
            PowerRanking(
                council.polity,
                on,
                n - m,
                council.factions[order[m]],
                council.factions[order[n]],
                float((after[k, order[m]] > after[k, order[n]]).mean()),
                float((prior[k, order[m]] > prior[k, order[n]]).mean()),
            )
            for m, n in combinations(range(len(order)), 2)
        ]
    return tuple(rows)


def identifiability(found: CouncilPosterior, seed: int = 1) -> Identifiability:
    """Say which directions of power the positions can tell apart at all, and how much was learnt.

    Assumes outcomes that are means by power times salience; a median or a quota tells less. Sources of the limits:
    powers sum to 1, so F factions have F - 1 directions; equal positions leave two factions exchangeable.
    """
    council = found.council
    positions = _positions(council)
    care = council.salience
    after = council.power(found.unknowns, np.zeros(1))[0]
    prior = council.power(sample_prior(council, seed=seed), np.zeros(1))[0]
    apart = care * (positions - positions.mean(axis=1, keepdims=True))
    contraction = {key: _contraction(after[f], prior[f]) for f, key in enumerate(council.factions)}
    return Identifiability(
        polity=council.polity,
        items=len(council.items),
        issues=len(council.issues),
        rank=_rank(apart),
        directions=len(council.factions) - 1,
        alike=_alike(council, positions),
        contraction=contraction,
        little=max(contraction.values(), default=0.0) < LITTLE,
        ancestors=found.ancestors,
        particles=found.particles,
    )


def _positions(council: CouncilLikelihood) -> Array:
    centre = council.values(np.zeros((council.unknowns, 1)))[:-3, 0]
    return centre.reshape(len(council.issues), len(council.factions))


def _rank(apart: Array) -> int:
    sizes = np.linalg.svd(apart, compute_uv=False)
    return int((sizes > max(RANK * sizes.max(initial=0.0), 1e-12)).sum())


def _alike(council: CouncilLikelihood, positions: Array) -> tuple[tuple[str, str], ...]:
    """Pairs of factions whose positions and salience on the observed issues are the same."""
    return tuple(
        (council.factions[a], council.factions[b])
        for a, b in combinations(range(len(council.factions)), 2)
        if (np.abs(positions[:, a] - positions[:, b]) <= ALIKE).all()
        and (np.abs(council.salience[:, a] - council.salience[:, b]) <= ALIKE).all()
    )


def identifiability_warnings(found: Identifiability) -> list[str]:
    """What an analyst must know before using these powers."""
    said = []
    if found.little and found.items:
        said.append(
            f"{found.polity}: the {found.items} observations say little on who decides (no share of power is "
            f"known more "
            f"than {max(found.contraction.values(), default=0):.0%} better than before); what is shown is mostly "
            f"what was believed before"
        )
    if found.rank < found.directions:
        said.append(
            f"{found.polity}: positions on {found.issues} observed issues can tell at most {found.rank} of "
            f"{found.directions} directions of power apart"
        )
    for one, other in found.alike:
        said.append(
            f"{found.polity}: {one} and {other} take the same positions; decisions cannot tell which of them has "
            f"the power"
        )
    if found.ancestors < FEW_ANCESTORS and found.items:
        said.append(
            f"{found.polity}: few particles carry the answer ({found.ancestors:.0f} ancestors of "
            f"{found.particles}); raise --particles"
        )
    return said
