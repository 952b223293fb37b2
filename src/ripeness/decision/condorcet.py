"""Probabilistic Condorcet: every position meets every other in a vote that power makes likely, not certain."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ripeness.decision.condorcet_votes import (
    beat_by_distance,
    beat_by_worth,
    conditional_shares,
    infer_risk,
    markov_shares,
)
from ripeness.decision.council import apply_leader_weight
from ripeness.decision.rule import RISK, VICTORY, Array, Flags, apply_rule
from ripeness.world.compiled import compiled

CONDITIONAL, MARKOV = 0, 1


@compiled
def _elect(
    power: Array,
    salience: Array,
    position: Array,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    method: int,
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
                    duplicate = False
                    for j in range(count):
                        duplicate = duplicate or options[j] == position[i, f, r]
                    if not duplicate:
                        options[count] = position[i, f, r]
                        count += 1
            if count == 0:
                out[i, r] = reference[i, r]
                continue
            chance, share = chances[:count, :count], shares[:count]
            beat_by_distance(
                options[:count],
                strength[:seated],
                care[:seated],
                at[:seated],
                settings[VICTORY, r],
                settings[RISK, r],
                chance,
            )
            if method == MARKOV:
                markov_shares(chance, share)
            else:
                conditional_shares(chance, share)
            out[i, r] = 0.0
            for j in range(count):
                out[i, r] += share[j] * options[j]
    apply_leader_weight(power, position, leader, weight, out)


@compiled
def _load_council(power: Array, salience: Array, position: Array, strength: Array, care: Array, at: Array) -> int:
    """Seat who has power and cares about something, with salience relative across its issues; how many are seated.

    Shapes: power (F,); salience and position (I, F); strength (F,), care and at (I, F), written.
    """
    seated = 0
    for f in range(power.shape[0]):
        highest_salience = salience[:, f].max()
        if power[f] <= 0.0 or highest_salience <= 0.0:
            continue
        length = 0.0
        for i in range(salience.shape[0]):
            length += (salience[i, f] / highest_salience) * (salience[i, f] / highest_salience)
        strength[seated] = power[f]
        for i in range(salience.shape[0]):
            care[i, seated], at[i, seated] = salience[i, f] / highest_salience / np.sqrt(length), position[i, f]
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
    distance, worth, chances = (
        np.empty((factions, factions)),
        np.empty((factions, factions)),
        np.empty((factions, factions)),
    )
    first = np.empty(factions, dtype=np.int64)
    for r in range(draws):
        n = _load_council(power[:, r], salience[:, :, r], position[:, :, r], strength, care, at)
        count = 0
        for g in range(n):
            duplicate = False
            for f in range(n):
                distance[f, g] = 0.0
                for i in range(issues):
                    gap = care[i, f] * (at[i, f] - at[i, g])
                    distance[f, g] += gap * gap
                distance[f, g] = np.sqrt(distance[f, g])
                worth[f, g] = 1.0 - distance[f, g]
            for j in range(count):
                identical = True
                for i in range(issues):
                    identical = identical and at[i, first[j]] == at[i, g]
                duplicate = duplicate or identical
            if not duplicate:
                first[count] = g
                count += 1
        if n > 0:
            beat_by_worth(worth[:n, :n], strength[:n], settings[VICTORY, r], chances[:n, :n])
            conditional_shares(chances[:n, :n], share[:n])
            infer_risk(share[:n], risk[:n])
            for j in range(count):
                for f in range(n):
                    gap = distance[f, first[j]]
                    worth[f, j] = (1.0 - gap) * (1.0 + min(gap, 1.0) * risk[f])
            beat_by_worth(worth[:n, :count], strength[:n], settings[VICTORY, r], chances[:count, :count])
            conditional_shares(chances[:count, :count], share[:count])
        for i in range(issues):
            out[i, r] = _expected(share[:count], first[:count], care[i, :n], at[i, :n], reference[i, r])
    apply_leader_weight(power, position, leader, weight, out)


@compiled
def _expected(share: Array, first: NDArray[np.int64], care: Array, at: Array, reference: float) -> float:
    """The expected position on one issue, over options of those who care about it; the reference where nobody does."""
    total, weighted_sum, voters, plain = 0.0, 0.0, 0, 0.0
    for j in range(first.shape[0]):
        if care[first[j]] > 0.0:
            total += share[j]
            weighted_sum += share[j] * at[first[j]]
            voters += 1
            plain += at[first[j]]
    if voters == 0:
        return reference
    # Chances of many options may all be too small for a number; then nothing tells these options apart.
    return weighted_sum / total if total > 0.0 else plain / voters


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
