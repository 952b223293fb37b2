"""The challenge: everybody weighs forcing everybody else, and gives way where the other would gain by forcing him.

Bueno de Mesquita's expected-utility model, in two named readings, never as "the" model. Its printed equations leave
choices open, and do not give the printed results; `challenge-scholz-table2` gives them, `challenge-eq31` keeps the
printed equation for the chance to prevail. Both are played in rounds; a round's outcome is its weighted median.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

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
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.compiled import compiled

LOG_HALF = -0.6931471805599453
FLOOR = 1e-17  # a distance of 0 has no logarithm; to any power between 1/2 and 2 this is 0 beside the others
SAME = 1e-9  # closer than this share of the issue's range, two actors stand at one point and do not challenge
THIRD = 1 / 3  # risk exponent (1 - R/3) / (1 + R/3): Scholz et al. 2011, eq. 26
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
    apart, raised, near, far, chance = (
        _pairs(factions),
        _pairs(factions),
        _pairs(factions),
        _pairs(factions),
        _pairs(factions),
    )
    total, span, lower, upper = new_row(), new_row(), new_row(), new_row()
    for start in range(0, draws, LANES):
        end = min(start + LANES, draws)
        for i in range(issues):
            load_block(power, salience, position, i, start, pull, at, total)
            care[:, : end - start] = salience[i, :, start:end]
            _range(at, pull, span)
            for t in range(history.shape[1]):
                _distances(at, span, apart, near, far, lower)
                _find_victory_chances(pull, apart, pooled, chance, lower)
                _risks(pull, care, apart, chance, risk)
                _raise_to_risk(apart, risk, raised, lower, upper)
                _find_victory_chances(pull, raised, pooled, chance, lower)
                _offers(at, pull, care, apart, near, far, chance, risk, pooled, goal)
                at[:] = goal
                sum_pull_below(at, pull, up_to)
                find_medians(at, pull, up_to, total, lower, upper)
                history[i, t, start:end] = 0.5 * (lower + upper)[: end - start]
                if path.shape[1] > 0:
                    path[i, t, :, start:end] = at[:, : end - start]


@compiled
def _pairs(factions: int) -> Array:
    """One number for each ordered pair of factions and draw of a block."""
    return np.zeros((factions, factions, LANES))


@compiled
def _range(at: Array, pull: Array, span: Array) -> None:
    """The distance between the outermost positions of those who take part; 1 where there is none."""
    for r in range(LANES):
        low, high = np.inf, -np.inf
        for f in range(at.shape[0]):
            if pull[f, r] > 0.0:
                low = min(low, at[f, r])
                high = max(high, at[f, r])
        span[r] = high - low if high > low else 1.0


@compiled
def _distances(at: Array, span: Array, apart: Array, near: Array, far: Array, scratch: Array) -> None:
    """Distances as shares of the range, and the logarithms of (1 - distance) / 2 and (1 + distance) / 2."""
    for f in range(at.shape[0]):
        for g in range(f):
            for r in range(LANES):
                gap = (at[f, r] - at[g, r]) / span[r]
                gap = -gap if gap < 0.0 else gap
                close = 0.5 - 0.5 * gap
                apart[f, g, r] = gap
                apart[g, f, r] = gap
                near[f, g, r] = FLOOR if close < FLOOR else close
                far[f, g, r] = 0.5 + 0.5 * gap
            log_block(near[f, g], near[f, g], scratch)
            log_block(far[f, g], far[f, g], scratch)
            for r in range(LANES):
                near[g, f, r] = near[f, g, r]
                far[g, f, r] = far[f, g, r]


@compiled
def _find_victory_chances(pull: Array, distance: Array, pooled: bool, chance: Array, votes: Array) -> None:
    """The chance that f prevails over g: votes for f over all votes cast on the pair, or (pooled) on all pairs."""
    factions = pull.shape[0]
    for r in range(LANES):
        votes[r] = 0.0
    for f in range(factions):
        for g in range(f):
            for r in range(LANES):
                chance[f, g, r] = 0.0
                chance[g, f, r] = 0.0
            for k in range(factions):
                for r in range(LANES):
                    vote = pull[k, r] * (distance[k, g, r] - distance[k, f, r])
                    chance[f, g, r] += vote if vote > 0.0 else 0.0
                    chance[g, f, r] += -vote if vote < 0.0 else 0.0
            for r in range(LANES):
                # Each pair is counted in both orders, as the pooled reading does.
                votes[r] += 2.0 * (chance[f, g, r] + chance[g, f, r])
    for f in range(factions):
        for g in range(f):
            for r in range(LANES):
                mine, theirs, cast = chance[f, g, r], chance[g, f, r], votes[r]
                whole = cast if pooled else mine + theirs
                some = whole > 0.0
                whole = whole if some else 1.0
                chance[f, g, r] = mine / whole if some else 0.5
                chance[g, f, r] = theirs / whole if some else 0.5


@compiled
def _risks(pull: Array, care: Array, apart: Array, chance: Array, risk: Array) -> None:
    """Risk exponents from security: 1/2 for the least secure who takes part, 2 for the most secure."""
    factions = pull.shape[0]
    least, most = new_row(), new_row()
    for r in range(LANES):
        least[r] = np.inf
        most[r] = -np.inf
    for f in range(factions):
        for r in range(LANES):
            risk[f, r] = 0.0
        for g in range(factions):
            if g != f:
                for r in range(LANES):
                    # At exponent 1 the utilities of success and failure are plus and minus twice the distance.
                    expected = 2.0 * apart[g, f, r] * (1.0 - 2.0 * care[f, r] * (1.0 - chance[g, f, r]))
                    risk[f, r] += expected if pull[g, r] > 0.0 else 0.0
        for r in range(LANES):
            here, low, high, heard = risk[f, r], least[r], most[r], pull[f, r] > 0.0
            least[r] = here if heard & (here < low) else low
            most[r] = here if heard & (here > high) else high
    for f in range(factions):
        for r in range(LANES):
            spread = most[r] - least[r]
            told = spread > SAME
            stance = (2.0 * risk[f, r] - most[r] - least[r]) / (spread if told else 1.0)
            stance = stance if told & (pull[f, r] > 0.0) else 0.0
            risk[f, r] = (1.0 - stance * THIRD) / (1.0 + stance * THIRD)


@compiled
def _raise_to_risk(apart: Array, risk: Array, raised: Array, logs: Array, scratch: Array) -> None:
    """Raise every voter's distances to the voter's own exponent."""
    for f in range(apart.shape[0]):
        for g in range(f):
            for r in range(LANES):
                gap = apart[f, g, r]
                logs[r] = FLOOR if gap < FLOOR else gap
            log_block(logs, logs, scratch)
            for r in range(LANES):
                raised[f, g, r] = exp(risk[f, r] * logs[r])
                raised[g, f, r] = exp(risk[g, r] * logs[r])


@compiled
def _offers(
    at: Array,
    pull: Array,
    care: Array,
    apart: Array,
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
                p, q, own, other = chance[i, j, r], chance[j, i, r], care[i, r], care[j, r]
                a = other * (p * win + (1.0 - p) * lose) + (1.0 - other) * win - peace
                b = own * (q * win + (1.0 - q) * lose) + (1.0 - own) * win - peace
                there = (pull[i, r] > 0.0) & (pull[j, r] > 0.0) & (apart[i, j, r] > SAME) & (b > 0.0)
                size = -a if a < 0.0 else a
                gain = b if b > 0.0 else 1.0
                meets = (a < 0.0) & (b > size)
                kind = MOVE if (a > 0.0) & (b > a) else NOTHING
                kind = MEET if meets else kind
                kind = GIVE_IN if (a < 0.0) & (b < size) else kind
                kind = kind if there else NOTHING
                spot = x + (y - x) * (size / gain) if meets else y
                way = spot - x if spot > x else x - spot
                between = (size * x + gain * y) / (size + gain)
                key = between if pooled & meets else way
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
