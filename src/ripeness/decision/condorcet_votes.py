"""Votes of the Condorcet rules: how likely one option beats another, and what share of wins each option has."""

from __future__ import annotations

from ripeness.decision.rule import Array
from ripeness.world.compiled import compiled

BRAVEST = -0.5  # KTAB's middle range of R, from the least likely position (-1/2) to the likeliest (1)
ALIKE = 1e-9  # chances closer than this are one: R must not hang on rounding


@compiled
def _victory_chances(votes_for: float, against: float, victory: float) -> tuple[float, float]:
    """The chances of two sides, S^v / (S^v + rival's S^v); even where nobody votes."""
    exponent = 1.0
    while exponent < victory:
        # Votes are taken as shares first, so that no power of them vanishes.
        stronger = max(votes_for, against)
        stronger = stronger if stronger > 0.0 else 1.0
        votes_for, against = votes_for / stronger, against / stronger
        votes_for, against = votes_for * votes_for, against * against
        exponent *= 2.0
    cast = votes_for + against
    if cast > 0.0:
        return votes_for / cast, against / cast
    return 0.5, 0.5


@compiled
def beat_by_distance(
    option: Array, power: Array, care: Array, at: Array, victory: float, risk: float, chance: Array
) -> None:
    """The chance that each option beats each other one: chance (options, options).

    1. Utility of an option is u = (1 - d)(1 + d R), d the distance times salience, R the curvature.
    2. A faction votes for the better of two with power times the difference in utility.
    3. With S the summed votes, the chance is S^v / (S^v + rival's S^v), v the victory law: 1, 2, 4 or 8.
    """
    for j in range(option.shape[0]):
        chance[j, j] = 0.5
        for k in range(j):
            votes_for, against = 0.0, 0.0
            for f in range(at.shape[0]):
                gap_j, gap_k = at[f] - option[j], at[f] - option[k]
                gap_j = care[f] * (-gap_j if gap_j < 0.0 else gap_j)
                gap_k = care[f] * (-gap_k if gap_k < 0.0 else gap_k)
                vote = power[f] * ((1.0 - gap_j) * (1.0 + gap_j * risk) - (1.0 - gap_k) * (1.0 + gap_k * risk))
                if vote > 0.0:
                    votes_for += vote
                else:
                    against -= vote
            chance[j, k], chance[k, j] = _victory_chances(votes_for, against, victory)


@compiled
def conditional_shares(chance: Array, share: Array) -> None:
    """An option's probability is in proportion to the product of its chances against all others."""
    total = 0.0
    for j in range(chance.shape[0]):
        product = 1.0
        for k in range(chance.shape[0]):
            # Doubled, so that products of many near-even chances do not vanish; the proportions are the same.
            product *= 2.0 * chance[j, k]
        share[j] = product
        total += product
    for j in range(chance.shape[0]):
        share[j] = share[j] / total if total > 0.0 else 1.0 / chance.shape[0]


@compiled
def markov_shares(chance: Array, share: Array) -> None:
    """The fixed point of p_j = (1/n) sum_k P[j beats k] (p_j + p_k), by elimination without subtraction.

    The fixed point is where a table rests at which the standing option meets another one, drawn evenly, in each round.
    1. Fold options away, the last first, sharing out what flows through each of them among the rest.
    2. Unfold: an option holds what flows in from the earlier ones over what flows out to them.
    Source: Grassmann, Taksar and Heyman 1985, Operations Research 33(5).
    """
    n = chance.shape[0]
    flow = chance.T.copy()  # flow[k, j]: from k to j, where j beats k
    for last in range(n - 1, 0, -1):
        leaves = 0.0
        for j in range(last):
            leaves += flow[last, j]
        leaves = leaves if leaves > 0.0 else 1.0
        for k in range(last):
            flow[k, last] /= leaves
            for j in range(last):
                if j != k:
                    flow[k, j] += flow[k, last] * flow[last, j]
    total = 1.0
    share[0] = 1.0
    for j in range(1, n):
        share[j] = 0.0
        for k in range(j):
            share[j] += share[k] * flow[k, j]
        total += share[j]
    for j in range(n):
        share[j] /= total


@compiled
def beat_by_worth(worth: Array, power: Array, victory: float, chance: Array) -> None:
    """The chance that each option beats each other one, from what each is worth to whom: worth (factions, options)."""
    for j in range(worth.shape[1]):
        chance[j, j] = 0.5
        for k in range(j):
            votes_for, against = 0.0, 0.0
            for f in range(worth.shape[0]):
                vote = power[f] * (worth[f, j] - worth[f, k])
                if vote > 0.0:
                    votes_for += vote
                else:
                    against -= vote
            chance[j, k], chance[k, j] = _victory_chances(votes_for, against, victory)


@compiled
def infer_risk(share: Array, risk: Array) -> None:
    """R of each faction from the chance of its position in an election without risk:
    the likeliest is the most careful.
    """
    low, high = share.min(), share.max()
    for f in range(share.shape[0]):
        risk[f] = 0.0 if high - low <= ALIKE else BRAVEST + (1.0 - BRAVEST) * (share[f] - low) / (high - low)
