"""Probabilistic Condorcet: every position meets every other in a vote that power makes likely, not certain."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.decision.council import apply_leader_weight
from ripeness.decision.rule import RISK, VICTORY, Array, Flags, apply_rule
from ripeness.world.compiled import compiled

CONDITIONAL, MARKOV = 0, 1
BRAVEST = -0.5  # KTAB's middle range of R, from the least likely position (-1/2) to the likeliest (1)
ALIKE = 1e-9  # chances closer than this are one: R must not hang on rounding


@compiled
def _chances_of(votes_for: float, against: float, victory: float) -> tuple[float, float]:
    """The chances of two sides, S^v / (S^v + rival's S^v); even where nobody votes."""
    law = 1.0
    while law < victory:
        # Votes are taken as shares first, so that no power of them vanishes.
        whole = max(votes_for, against)
        whole = whole if whole > 0.0 else 1.0
        votes_for, against = votes_for / whole, against / whole
        votes_for, against = votes_for * votes_for, against * against
        law *= 2.0
    cast = votes_for + against
    if cast > 0.0:
        return votes_for / cast, against / cast
    return 0.5, 0.5


@compiled
def _beat(option: Array, power: Array, care: Array, at: Array, victory: float, risk: float, chance: Array) -> None:
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
            chance[j, k], chance[k, j] = _chances_of(votes_for, against, victory)


@compiled
def _conditional(chance: Array, share: Array) -> None:
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
def _markov(chance: Array, share: Array) -> None:
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
def _elect(
    power: Array,
    salience: Array,
    position: Array,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    way: int,
    out: Array,
) -> None:
    """Write the expected outcome; factions at one position propose one option, not two."""
    issues, factions, draws = position.shape
    options, shares = np.empty(factions), np.empty(factions)
    strength, care, at = np.empty(factions), np.empty(factions), np.empty(factions)
    chances = np.empty((factions, factions))
    for i in range(issues):
        for r in range(draws):
            seated, count = 0, 0
            for f in range(factions):
                if power[f, r] * salience[i, f, r] > 0.0:
                    strength[seated], care[seated], at[seated] = power[f, r], salience[i, f, r], position[i, f, r]
                    seated += 1
                    known = False
                    for j in range(count):
                        known = known or options[j] == position[i, f, r]
                    if not known:
                        options[count] = position[i, f, r]
                        count += 1
            if count == 0:
                out[i, r] = reference[i, r]
                continue
            chance, share = chances[:count, :count], shares[:count]
            _beat(
                options[:count],
                strength[:seated],
                care[:seated],
                at[:seated],
                settings[VICTORY, r],
                settings[RISK, r],
                chance,
            )
            if way == MARKOV:
                _markov(chance, share)
            else:
                _conditional(chance, share)
            out[i, r] = 0.0
            for j in range(count):
                out[i, r] += share[j] * options[j]
    apply_leader_weight(power, position, leader, weight, out)


@compiled
def _beat_by_worth(worth: Array, power: Array, victory: float, chance: Array) -> None:
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
            chance[j, k], chance[k, j] = _chances_of(votes_for, against, victory)


@compiled
def _infer_risk(share: Array, risk: Array) -> None:
    """R of each faction from the chance of its position in an election without risk:
    the likeliest is the most careful.
    """
    low, high = share.min(), share.max()
    for f in range(share.shape[0]):
        risk[f] = 0.0 if high - low <= ALIKE else BRAVEST + (1.0 - BRAVEST) * (share[f] - low) / (high - low)


@compiled
def _load_council(power: Array, salience: Array, position: Array, strength: Array, care: Array, at: Array) -> int:
    """Seat who has power and cares about something, with salience relative across its issues; how many are seated.

    Shapes: power (F,); salience and position (I, F); strength (F,), care and at (I, F), written.
    """
    seated = 0
    for f in range(power.shape[0]):
        most = salience[:, f].max()
        if power[f] <= 0.0 or most <= 0.0:
            continue
        length = 0.0
        for i in range(salience.shape[0]):
            length += (salience[i, f] / most) * (salience[i, f] / most)
        strength[seated] = power[f]
        for i in range(salience.shape[0]):
            care[i, seated], at[i, seated] = salience[i, f] / most / np.sqrt(length), position[i, f]
        seated += 1
    return seated


@compiled
def _elect_jointly(
    power: Array,
    salience: Array,
    position: Array,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Write the expected outcome of one election over all issues, as KTAB votes.

    1. A faction's distance to an option is the root of the summed squares of relative salience times distance.
    2. An election over what each faction wants, duplicates counted, with utility 1 - d gives the chance of each.
    3. From these follows each faction's R, and its utility (1 - d)(1 + d R) votes in the election that decides.
    4. Who does not care about an issue proposes nothing on it.
    """
    issues, factions, draws = position.shape
    strength, share, risk = np.empty(factions), np.empty(factions), np.empty(factions)
    care, at = np.empty((issues, factions)), np.empty((issues, factions))
    away, worth, chances = (
        np.empty((factions, factions)),
        np.empty((factions, factions)),
        np.empty((factions, factions)),
    )
    first = np.empty(factions, dtype=np.int64)
    for r in range(draws):
        n = _load_council(power[:, r], salience[:, :, r], position[:, :, r], strength, care, at)
        count = 0
        for g in range(n):
            known = False
            for f in range(n):
                away[f, g] = 0.0
                for i in range(issues):
                    gap = care[i, f] * (at[i, f] - at[i, g])
                    away[f, g] += gap * gap
                away[f, g] = np.sqrt(away[f, g])
                worth[f, g] = 1.0 - away[f, g]
            for j in range(count):
                same = True
                for i in range(issues):
                    same = same and at[i, first[j]] == at[i, g]
                known = known or same
            if not known:
                first[count] = g
                count += 1
        if n > 0:
            _beat_by_worth(worth[:n, :n], strength[:n], settings[VICTORY, r], chances[:n, :n])
            _conditional(chances[:n, :n], share[:n])
            _infer_risk(share[:n], risk[:n])
            for j in range(count):
                for f in range(n):
                    gap = away[f, first[j]]
                    worth[f, j] = (1.0 - gap) * (1.0 + min(gap, 1.0) * risk[f])
            _beat_by_worth(worth[:n, :count], strength[:n], settings[VICTORY, r], chances[:count, :count])
            _conditional(chances[:count, :count], share[:count])
        for i in range(issues):
            out[i, r] = _expected(share[:count], first[:count], care[i, :n], at[i, :n], reference[i, r])
    apply_leader_weight(power, position, leader, weight, out)


@compiled
def _expected(share: Array, first: NDArray[np.int64], care: Array, at: Array, reference: float) -> float:
    """The expected position on one issue, over options of those who care about it; the reference where nobody does."""
    total, weighed, heard, plain = 0.0, 0.0, 0, 0.0
    for j in range(first.shape[0]):
        if care[first[j]] > 0.0:
            total += share[j]
            weighed += share[j] * at[first[j]]
            heard += 1
            plain += at[first[j]]
    if heard == 0:
        return reference
    # Chances of many options may all be too small for a number; then nothing tells these options apart.
    return weighed / total if total > 0.0 else plain / heard


def conditional(
    power: Array,
    salience: Array,
    position: Array,
    veto: Flags,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Write the expected outcome of the conditional election; see rule.py for the shapes."""
    _elect(power, salience, position, leader, weight, reference, settings, CONDITIONAL, out)


def markov(
    power: Array,
    salience: Array,
    position: Array,
    veto: Flags,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Write the expected outcome of the Markov election with uniform challenges; see rule.py for the shapes."""
    _elect(power, salience, position, leader, weight, reference, settings, MARKOV, out)


def ktab(
    power: Array,
    salience: Array,
    position: Array,
    veto: Flags,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    out: Array,
) -> None:
    """Write the expected outcome of one election over all issues, as KTAB votes; see rule.py for the shapes."""
    _elect_jointly(power, salience, position, leader, weight, reference, settings, out)


def condorcet(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    variant: str = "condorcet",
    victory: ArrayLike = 1.0,
    risk: ArrayLike = 0.0,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue at the expected winner of pairwise votes among all positions.

    Variants: `condorcet` (conditional) and `condorcet-markov` (uniform challenges, in the long run), both issue by
    issue; `condorcet-ktab` decides all issues at once and finds every faction's risk itself, as KTAB does. Assumes
    that options are the positions held, each once. Votes are in proportion to the difference in utility.

    Shapes: power (..., F); salience and position (..., F, I); victory and risk (...); returns (..., I).
    Units: positions and salience 0 to 1; victory is an exponent (1, 2, 4, 8); risk a curvature, 0 for none.
    Source: Wise, Lester and Efird 2015, An Introduction to the KAPSARC Toolkit for Behavioral Analysis (KTAB).

    >>> condorcet([.4, .35, .25], np.ones((3, 1)), [[.1], [.6], [.9]], victory=[1, 8]).T.round(3)
    array([[0.505, 0.585]])
    """
    kernel = {"condorcet": conditional, "condorcet-markov": markov, "condorcet-ktab": ktab}[variant]
    return apply_rule(
        kernel,
        power,
        salience,
        position,
        leader=leader,
        leader_weight=leader_weight,
        reference=reference,
        settings={VICTORY: victory, RISK: risk},
    )
