"""The challenge: everybody weighs forcing everybody else, and gives way where the other would gain by forcing him.

Bueno de Mesquita's expected-utility model, in two named readings, never as "the" model. Its printed equations leave
choices open, and do not give the printed results; `challenge-scholz-table2` gives them, `challenge-eq31` keeps the
printed equation for the chance to prevail. Both are played in rounds; a round's outcome is its weighted median.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.challenge_risks import (
    LOG_HALF,
    SAME,
    find_distances,
    find_range,
    find_risks,
    find_victory_chances,
    new_pair_rows,
    raise_to_risk,
)
from ripeness.decision.council import (
    LANES,
    apply_leader_weight,
    find_medians,
    load_block,
    new_block,
    new_row,
    sum_pull_below,
)
from ripeness.decision.rule import ROUNDS, Array, Flags, apply_rule
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

NOTHING, GIVE_IN, MEET, MOVE = 3.0, 2.0, 1.0, 0.0  # what a challenge makes the challenged do; the lowest goes first


def _play_rounds(power: Array, salience: Array, position: Array, pooled: bool, history: Array, path: Array) -> None:
    """Play the rounds; pooled chooses the reading. Writes the median of each round, and positions if path has room.

    Shapes: history (I, T, R); path (I, T, F, R), or T = 0 for none.

    1. Distances are shares of the issue's range at the start. At equal risk, an actor's security is what the others
       expect from challenging it; security turns into a risk exponent between 1/2 and 2.
    2. Everybody votes on every pair with power times salience times the difference in distance, raised to the own
       exponent; the votes give the chance that one prevails over the other.
    3. Of each pair both expect a gain or loss. Who would lose while the other gains moves: by a share of the way
       where the other gains more than it loses, all the way where less; who gains less than the other moves, too.
    4. All move at once, each by one offer; then the next round.
    """
    issues, factions, draws = position.shape
    pull, at, care, up_to, risk, goal = (
        new_block(factions),
        new_block(factions),
        new_block(factions),
        new_block(factions),
        new_block(factions),
        new_block(factions),
    )
    distance, raised, near, far, chance = (
        new_pair_rows(factions),
        new_pair_rows(factions),
        new_pair_rows(factions),
        new_pair_rows(factions),
        new_pair_rows(factions),
    )
    total, span, lower, upper = new_row(), new_row(), new_row(), new_row()
    for start in range(0, draws, LANES):
        end = min(start + LANES, draws)
        for i in range(issues):
            load_block(power, salience, position, i, start, pull, at, total)
            care[:, : end - start] = salience[i, :, start:end]
            find_range(at, pull, span)
            for t in range(history.shape[1]):
                find_distances(at, span, distance, near, far, lower)
                find_victory_chances(pull, distance, pooled, chance, lower)
                find_risks(pull, care, distance, chance, risk)
                raise_to_risk(distance, risk, raised, lower, upper)
                find_victory_chances(pull, raised, pooled, chance, lower)
                _offers(at, pull, care, distance, near, far, chance, risk, pooled, goal)
                at[:] = goal
                sum_pull_below(at, pull, up_to)
                find_medians(at, pull, up_to, total, lower, upper)
                history[i, t, start:end] = 0.5 * (lower + upper)[: end - start]
                if path.shape[1] > 0:
                    path[i, t, :, start:end] = at[:, : end - start]


@compiled
def _offers(
    at: Array,
    pull: Array,
    care: Array,
    distance: Array,
    near: Array,
    far: Array,
    chance: Array,
    risk: Array,
    pooled: bool,
    goal: Array,
) -> None:
    """Where each actor goes: of moving, meeting and giving in the first that a challenger can bring about.

    Among several of a kind the nearest goal; but in the pooled reading, among meetings, the one whose mean of both
    positions, weighted by what is at stake for each, is lowest: a choice that is not neutral between the ends.
    """
    factions = at.shape[0]
    first, lowest = new_row(), new_row()
    for i in range(factions):
        for r in range(LANES):
            first[r] = NOTHING
            lowest[r] = np.inf
            goal[i, r] = at[i, r]
        for j in range(factions):
            if j == i:
                continue
            for r in range(LANES):
                x, y, best, low, stay = at[i, r], at[j, r], first[r], lowest[r], goal[i, r]
                win = 2.0 - 4.0 * exp(risk[i, r] * near[i, j, r])
                lose = 2.0 - 4.0 * exp(risk[i, r] * far[i, j, r])
                peace = 2.0 - 4.0 * exp(risk[i, r] * LOG_HALF)
                p, q, own_salience, other_salience = chance[i, j, r], chance[j, i, r], care[i, r], care[j, r]
                a = other_salience * (p * win + (1.0 - p) * lose) + (1.0 - other_salience) * win - peace
                b = own_salience * (q * win + (1.0 - q) * lose) + (1.0 - own_salience) * win - peace
                contested = (pull[i, r] > 0.0) & (pull[j, r] > 0.0) & (distance[i, j, r] > SAME) & (b > 0.0)
                size = -a if a < 0.0 else a
                gain = b if b > 0.0 else 1.0
                meets = (a < 0.0) & (b > size)
                kind = MOVE if (a > 0.0) & (b > a) else NOTHING
                kind = MEET if meets else kind
                kind = GIVE_IN if (a < 0.0) & (b < size) else kind
                kind = kind if contested else NOTHING
                spot = x + (y - x) * (size / gain) if meets else y
                step = spot - x if spot > x else x - spot
                compromise = (size * x + gain * y) / (size + gain)
                key = compromise if pooled & meets else step
                better = (kind < best) | ((kind == best) & (kind < NOTHING) & (key < low))
                first[r] = kind if better else best
                lowest[r] = key if better else low
                goal[i, r] = spot if better else stay


def _decide_each_round(
    power: Array,
    salience: Array,
    position: Array,
    leader: int,
    weight: Array,
    reference: Array,
    pooled: bool,
    out: Array,
) -> None:
    """Write the outcome of every round: out (I, rounds, R)."""
    issues, factions, draws = position.shape
    _play_rounds(power, salience, position, pooled, out, np.empty((issues, 0, factions, draws)))
    for t in range(out.shape[1]):
        once = np.where(out[:, t] < np.inf, out[:, t], reference)
        apply_leader_weight(power, position, leader, weight, once)
        out[:, t] = once


def _decide_last_round(
    power: Array,
    salience: Array,
    position: Array,
    leader: int,
    weight: Array,
    reference: Array,
    settings: Array,
    pooled: bool,
    out: Array,
) -> None:
    """Write the outcome of each draw's last round."""
    last = np.maximum(settings[ROUNDS], 1.0).astype(np.int64) - 1
    history = np.empty((out.shape[0], int(last.max(initial=0)) + 1, out.shape[1]))
    _decide_each_round(power, salience, position, leader, weight, reference, pooled, history)
    out[:] = np.take_along_axis(history, last[None, None, :], axis=1)[:, 0]


def scholz_table2(
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
    """Write the median after the last round, as in Table 2 of Scholz et al.; see rule.py for the shapes."""
    _decide_last_round(power, salience, position, leader, weight, reference, settings, True, out)


def scholz_table2_rounds(
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
    """Write the median of every round, as in Table 2 of Scholz et al."""
    _decide_each_round(power, salience, position, leader, weight, reference, True, out)


def eq31(
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
    """Write the median after the last round, by equation 31 of Scholz et al. as printed; see rule.py for the shapes."""
    _decide_last_round(power, salience, position, leader, weight, reference, settings, False, out)


def eq31_rounds(
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
    """Write the median of every round, by equation 31 of Scholz et al. as printed."""
    _decide_each_round(power, salience, position, leader, weight, reference, False, out)


def challenge(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    variant: str = "challenge-scholz-table2",
    rounds: int = 8,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle each issue by rounds of challenges, and return the weighted median of every round.

    Assumes that everybody knows the table, that a challenge is answered one round at a time, and that failing
    changes nothing (Q = 1). The variants differ in the chance to prevail and in which meeting is chosen.

    Shapes: power (..., F); salience and position (..., F, I); returns (..., rounds, I).
    Units: positions in any unit; salience a share, 0 to 1: here its level counts, not only its proportions.
    Source: Bueno de Mesquita 1994; Scholz, Calbert and Smith 2011, Journal of Theoretical Politics 23(4).

    >>> challenge([.4, .35, .25], [[.8], [.6], [.9]], [[1], [6], [9]], rounds=3).T.round(3)
    array([[1.   , 2.842, 9.   ]])
    """
    kernel = {"challenge-scholz-table2": scholz_table2_rounds, "challenge-eq31": eq31_rounds}[variant]
    return apply_rule(
        kernel,
        power,
        salience,
        position,
        leader=leader,
        leader_weight=leader_weight,
        reference=reference,
        rounds=rounds,
    )
