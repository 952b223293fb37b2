"""Inferred power of factions, prior and posterior, and what the decisions can identify."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.certainty import certainty, probability_error
from ripeness.study.who_decides.council_likelihood import CouncilLikelihood
from ripeness.study.who_decides.crossings import contest_directions
from ripeness.study.who_decides.posterior import MIN_ANCESTORS, CouncilPosterior, sample_prior
from ripeness.study.who_decides.prior import STATED
from ripeness.world.calendar import date_after

Array = NDArray[np.float64]
TAILS = (0.05, 0.95)
MIN_CONTRACTION = 0.1  # contraction of the best-known share below which the evidence said little
SAME_POSITION = 0.02  # of an issue: two steps of the grid, closer than any coder distinguishes positions
RANK = 0.02  # singular values below this share of the largest are no direction of their own
FEW_ANCESTORS = MIN_ANCESTORS
LEARNT = (("much", 0.5, 1.0), ("something", 0.2, 0.5), ("little", 0.05, 0.15), ("nothing", -np.inf, 0.0))
"""Words for what was learnt of a share, with the least contraction, or the least shift of its mean in standard
deviations of the prior, that each needs.
"""


@dataclass(frozen=True, slots=True)
class PowerShare:
    """A faction's share of power at a date, after the evidence and before it; 90 % intervals.

    `contraction`: the share of its standard deviation that the evidence took away; `shift`: by how many of the prior's
    standard deviations its mean moved; `learnt`: both in a word; `prior`: which prior it starts from.
    """

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
    shift: float
    learnt: str
    prior: str


@dataclass(frozen=True, slots=True)
class PowerRanking:
    """How likely one faction has more power than another at a date, after the evidence and before it.

    `apart` says how many places lie between them in the order of mean power: 1 for neighbours. `error` is the standard
    error of `p` over the sampler's runs; `sure`: no seed would turn the two around.
    """

    polity: str
    date: str
    apart: int
    above: str
    below: str
    p: float
    prior_p: float
    error: float
    sure: bool


@dataclass(frozen=True, slots=True)
class Identifiability:
    """What the decisions of a polity can identify.

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


def power_shares(
    posterior: CouncilPosterior, start: date, seed: int = 1, prior_kind: str = STATED
) -> tuple[PowerShare, ...]:
    """Return posterior and prior shares of power at the knots, the start among them."""
    council = posterior.council
    inferred, prior = council.power(posterior.unknowns), council.power(sample_prior(council, seed=seed))
    rows = []
    for k, months in enumerate(council.prior.knots):
        for f, faction in enumerate(council.factions):
            on = date_after(start, float(months))
            rows.append(_share(council.polity, faction, on, inferred[k, f], prior[k, f], prior_kind))
    return tuple(rows)


def _share(polity: str, faction: str, on: date, inferred: Array, prior: Array, prior_kind: str) -> PowerShare:
    (low, high), (prior_low, prior_high) = np.quantile(inferred, TAILS), np.quantile(prior, TAILS)
    contraction, sd = share_contraction(inferred, prior), float(prior.std())
    shift = float(inferred.mean() - prior.mean()) / sd if sd > 0 else 0.0
    return PowerShare(
        polity,
        faction,
        str(on),
        float(inferred.mean()),
        float(low),
        float(high),
        float(prior.mean()),
        float(prior_low),
        float(prior_high),
        contraction,
        shift,
        learnt_in_words(contraction, shift),
        prior_kind,
    )


def learnt_in_words(contraction: float, shift: float = 0.0) -> str:
    """Say how much was learnt of a share: nothing, little, something or much, by the larger of its two measures.

    >>> learnt_in_words(0.02), learnt_in_words(0.1), learnt_in_words(0.0, -0.6), learnt_in_words(0.7)
    ('nothing', 'little', 'something', 'much')
    """
    return next(word for word, least, moved in LEARNT if contraction >= least or abs(shift) >= moved)


def share_contraction(inferred: Array, prior: Array) -> float:
    """Share of the standard deviation that the evidence took away; below 0 where it widened."""
    sd = float(prior.std())
    return 1 - float(inferred.std()) / sd if sd > 0 else 0.0


def power_rankings(posterior: CouncilPosterior, start: date, seed: int = 1) -> tuple[PowerRanking, ...]:
    """Rank factions by mean power at each knot, each compared with all below it."""
    council = posterior.council
    inferred, prior = council.power(posterior.unknowns), council.power(sample_prior(council, seed=seed))
    rows = []
    for k, months in enumerate(council.prior.knots):
        on = str(date_after(start, float(months)))
        order = np.argsort(-inferred[k].mean(axis=1), kind="stable")
        for m, n in combinations(range(len(order)), 2):
            above = (inferred[k, order[m]] > inferred[k, order[n]]).astype(np.float64)
            p, error = float(above.mean()), probability_error(above, posterior)
            rows.append(
                PowerRanking(
                    council.polity,
                    on,
                    n - m,
                    council.factions[order[m]],
                    council.factions[order[n]],
                    p,
                    float((prior[k, order[m]] > prior[k, order[n]]).mean()),
                    error,
                    certainty(p, error) == "sure",
                )
            )
    return tuple(rows)


def identifiability(posterior: CouncilPosterior, seed: int = 1) -> Identifiability:
    """Return which directions of power the positions can identify, and how much was learnt.

    Assumes outcomes that are means by power times salience; a median or a quota identifies less. Sources of the limits:
    powers sum to 1, so F factions have F - 1 directions; equal positions leave two factions exchangeable.
    """
    council = posterior.council
    positions = _positions(council)
    saliences = council.salience
    inferred = council.power(posterior.unknowns, np.zeros(1))[0]
    prior = council.power(sample_prior(council, seed=seed), np.zeros(1))[0]
    differences = saliences * (positions - positions.mean(axis=1, keepdims=True))
    contested = contest_directions(council)
    contraction = {key: share_contraction(inferred[f], prior[f]) for f, key in enumerate(council.factions)}
    return Identifiability(
        polity=council.polity,
        items=len(council.items),
        issues=len(council.issues),
        rank=_rank(np.concatenate([differences, contested])),
        directions=len(council.factions) - 1,
        alike=_alike(council, np.concatenate([positions, contested])),
        contraction=contraction,
        little=max(contraction.values(), default=0.0) < MIN_CONTRACTION,
        ancestors=posterior.ancestors,
        particles=posterior.particles,
    )


def _positions(council: CouncilLikelihood) -> Array:
    centre = council.values(np.zeros((council.unknowns, 1)))[:-3, 0]
    return centre.reshape(len(council.issues), len(council.factions))


def _rank(differences: Array) -> int:
    sizes = np.linalg.svd(differences, compute_uv=False)
    return int((sizes > max(RANK * sizes.max(initial=0.0), 1e-12)).sum())


def _alike(council: CouncilLikelihood, positions: Array) -> tuple[tuple[str, str], ...]:
    """Pairs of factions whose positions, salience and sides in choices and acts are the same."""
    return tuple(
        (council.factions[a], council.factions[b])
        for a, b in combinations(range(len(council.factions)), 2)
        if (np.abs(positions[:, a] - positions[:, b]) <= SAME_POSITION).all()
        and (np.abs(council.salience[:, a] - council.salience[:, b]) <= SAME_POSITION).all()
    )


def identifiability_warnings(result: Identifiability) -> list[str]:
    """Return warnings on the limits of these powers."""
    warnings = []
    if result.little and result.items:
        warnings.append(
            f"{result.polity}: the {result.items} observations say little on who decides (no share of power is "
            f"known more than {max(result.contraction.values(), default=0):.0%} better than before); what is shown is "
            f"mostly what was believed before"
        )
    if result.rank < result.directions:
        warnings.append(
            f"{result.polity}: positions on {result.issues} observed issues can tell at most {result.rank} of "
            f"{result.directions} directions of power apart"
        )
    for first, second in result.alike:
        warnings.append(
            f"{result.polity}: {first} and {second} take the same positions; decisions cannot tell which of them has "
            f"the power"
        )
    if result.ancestors < FEW_ANCESTORS and result.items:
        warnings.append(
            f"{result.polity}: few particles carry the answer ({result.ancestors:.0f} ancestors of "
            f"{result.particles}); raise --particles"
        )
    return warnings
