"""Position exchange: two actors trade, each giving way on the issue that matters less to it; both gain equally."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ripeness.decision.council import apply_leader_weight
from ripeness.decision.rule import Array, Flags, apply_rule
from ripeness.world.compiled import compiled

LEAST = 1e-9  # a gain of less than a billionth of an issue is none


@compiled
def kernel(
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
    """Write the outcomes after all exchanges; see rule.py for the shapes.

    1. An issue's outcome is the mean of the positions voted for, weighted by power times salience.
    2. A pair exchanges on issues a and b: i moves towards j on a, j towards i on b, so that each loses on the one
       and gains more on the other, counted as salience times the shift of the outcome; both gain equally.
    3. The one of the two who has less to give moves all the way to the other's position; the other in proportion.
    4. Void is an exchange that carries an outcome beyond the position of the one who gains by it.
    5. The exchange with the greatest gain is made first; who has moved on an issue stays there. Then again, until
       no exchange is left. With a single issue this is the weighted mean.
    """
    issues, factions, draws = position.shape
    voted = np.empty((issues, factions))
    moved = np.empty((issues, factions), dtype=np.bool_)
    outcome, total = np.empty(issues), np.empty(issues)
    best = np.empty(7)
    for r in range(draws):
        for i in range(issues):
            total[i] = 0.0
            for f in range(factions):
                voted[i, f] = position[i, f, r]
                moved[i, f] = power[f, r] * salience[i, f, r] <= 0.0
                total[i] += power[f, r] * salience[i, f, r]
        for _ in range(issues * factions):
            _mean(power[:, r], salience[:, :, r], voted, total, outcome)
            _best(power[:, r], salience[:, :, r], position[:, :, r], voted, moved, total, outcome, best)
            if best[0] <= LEAST:
                break
            i, j, a, b = int(best[1]), int(best[2]), int(best[3]), int(best[4])
            voted[a, i] += best[5]
            voted[b, j] += best[6]
            moved[a, i], moved[b, j] = True, True
        _mean(power[:, r], salience[:, :, r], voted, total, outcome)
        for i in range(issues):
            out[i, r] = outcome[i] if total[i] > 0.0 else reference[i, r]
    apply_leader_weight(power, position, leader, weight, out)


@compiled
def _mean(power: Array, salience: Array, voted: Array, total: Array, outcome: Array) -> None:
    """The outcome of every issue as votes now stand."""
    for i in range(voted.shape[0]):
        outcome[i] = 0.0
        for f in range(voted.shape[1]):
            outcome[i] += power[f] * salience[i, f] * voted[i, f]
        outcome[i] = outcome[i] / total[i] if total[i] > 0.0 else 0.0


@compiled
def _best(
    power: Array, salience: Array, ideal: Array, voted: Array, moved: Flags, total: Array, outcome: Array, best: Array
) -> None:
    """Write the exchange with the greatest gain: gain, i, j, a, b, i's move on a, j's move on b; gain 0 for none."""
    issues, factions = voted.shape
    best[0] = 0.0
    for i in range(factions):
        for j in range(factions):
            for a in range(issues):
                for b in range(issues):
                    if i == j or a == b or moved[a, i] or moved[b, j]:
                        continue
                    opposed = (ideal[a, i] - outcome[a]) * (ideal[a, j] - outcome[a]) < 0.0
                    opposed = opposed and (ideal[b, i] - outcome[b]) * (ideal[b, j] - outcome[b]) < 0.0
                    # i cares more for b than for a, beside j: else they have nothing to trade.
                    trades = salience[b, i] * salience[a, j] > salience[a, i] * salience[b, j]
                    if not (opposed and trades):
                        continue
                    give_a = power[i] * salience[a, i] / total[a] * abs(voted[a, j] - voted[a, i])
                    give_b = power[j] * salience[b, j] / total[b] * abs(voted[b, i] - voted[b, j])
                    # Equal gain: s_ib B - s_ia A = s_ja A - s_jb B, with A and B the shifts of the outcomes.
                    rate = (salience[a, i] + salience[a, j]) / (salience[b, i] + salience[b, j])
                    shift_a = min(give_a, give_b / rate)
                    shift_b = shift_a * rate
                    gain = salience[b, i] * shift_b - salience[a, i] * shift_a
                    overshoots = shift_a > abs(ideal[a, j] - outcome[a]) + LEAST
                    overshoots = overshoots or shift_b > abs(ideal[b, i] - outcome[b]) + LEAST
                    if gain > best[0] * (1.0 + LEAST) and not overshoots:
                        best[0], best[1], best[2], best[3], best[4] = gain, i, j, a, b
                        best[5] = shift_a * total[a] / (power[i] * salience[a, i])
                        best[6] = shift_b * total[b] / (power[j] * salience[b, j])
                        best[5] = best[5] if voted[a, j] > voted[a, i] else -best[5]
                        best[6] = best[6] if voted[b, i] > voted[b, j] else -best[6]


def exchange(
    power: ArrayLike,
    salience: ArrayLike,
    position: ArrayLike,
    *,
    leader: int | None = None,
    leader_weight: ArrayLike = 0.0,
    reference: ArrayLike = np.nan,
) -> Array:
    """Settle all issues together, after every pair has traded what both gain by.

    Assumes that votes are tradable, promises are kept, and third parties do not retaliate for what exchanges cost them.

    Shapes: power (..., F); salience and position (..., F, I); returns (..., I).
    Units: positions 0 to 1 on every issue, so that shifts of different issues compare.
    Source: Stokman and Van Oosten 1994, in European Community Decision Making, pp. 105-127.

    >>> position, salience = [[0, 1], [1, 0]], [[.2, .8], [.8, .2]]
    >>> exchange([1, 1], np.full((2, 2), .5), position), exchange([1, 1], salience, position)
    (array([0.5, 0.5]), array([1., 1.]))
    """
    return apply_rule(
        kernel, power, salience, position, leader=leader, leader_weight=leader_weight, reference=reference
    )
