"""Risk in the challenge rule: distances between actors, chances of victory, and exponents of risk."""

from __future__ import annotations

import numpy as np

from ripeness.decision.council import LANES, new_row
from ripeness.decision.rule import Array
from ripeness.world.arithmetic import exp, log_block
from ripeness.world.compiled import compiled

LOG_HALF = -0.6931471805599453
SAME = 1e-9  # closer than this share of the range, two actors stand at one point and do not challenge
FLOOR = 1e-17  # a distance of 0 has no logarithm; to any power between 1/2 and 2 this is 0 beside the others
THIRD = 1 / 3  # risk exponent (1 - R/3) / (1 + R/3): Scholz et al. 2011, eq. 26


@compiled
def new_pair_rows(factions: int) -> Array:
    """One number for each ordered pair of factions and draw of a block."""
    return np.zeros((factions, factions, LANES))


@compiled
def find_range(at: Array, pull: Array, span: Array) -> None:
    """The distance between the outermost positions of those who take part; 1 where there is none."""
    for r in range(LANES):
        low, high = np.inf, -np.inf
        for f in range(at.shape[0]):
            if pull[f, r] > 0.0:
                low = min(low, at[f, r])
                high = max(high, at[f, r])
        span[r] = high - low if high > low else 1.0


@compiled
def find_distances(at: Array, span: Array, distance: Array, near: Array, far: Array, scratch: Array) -> None:
    """Distances as shares of the range, and the logarithms of (1 - distance) / 2 and (1 + distance) / 2."""
    for f in range(at.shape[0]):
        for g in range(f):
            for r in range(LANES):
                gap = (at[f, r] - at[g, r]) / span[r]
                gap = -gap if gap < 0.0 else gap
                close = 0.5 - 0.5 * gap
                distance[f, g, r] = gap
                distance[g, f, r] = gap
                near[f, g, r] = FLOOR if close < FLOOR else close
                far[f, g, r] = 0.5 + 0.5 * gap
            log_block(near[f, g], near[f, g], scratch)
            log_block(far[f, g], far[f, g], scratch)
            for r in range(LANES):
                near[g, f, r] = near[f, g, r]
                far[g, f, r] = far[f, g, r]


@compiled
def find_victory_chances(pull: Array, distance: Array, pooled: bool, chance: Array, votes: Array) -> None:
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
                total_votes = cast if pooled else mine + theirs
                any_votes = total_votes > 0.0
                total_votes = total_votes if any_votes else 1.0
                chance[f, g, r] = mine / total_votes if any_votes else 0.5
                chance[g, f, r] = theirs / total_votes if any_votes else 0.5


@compiled
def find_risks(pull: Array, care: Array, distance: Array, chance: Array, risk: Array) -> None:
    """Risk exponents from security: 1/2 for the least secure who takes part, 2 for the most secure."""
    factions = pull.shape[0]
    lowest, highest = new_row(), new_row()
    for r in range(LANES):
        lowest[r] = np.inf
        highest[r] = -np.inf
    for f in range(factions):
        for r in range(LANES):
            risk[f, r] = 0.0
        for g in range(factions):
            if g != f:
                for r in range(LANES):
                    # At exponent 1 the utilities of success and failure are plus and minus twice the distance.
                    expected = 2.0 * distance[g, f, r] * (1.0 - 2.0 * care[f, r] * (1.0 - chance[g, f, r]))
                    risk[f, r] += expected if pull[g, r] > 0.0 else 0.0
        for r in range(LANES):
            own_risk, low, high, takes_part = risk[f, r], lowest[r], highest[r], pull[f, r] > 0.0
            lowest[r] = own_risk if takes_part & (own_risk < low) else low
            highest[r] = own_risk if takes_part & (own_risk > high) else high
    for f in range(factions):
        for r in range(LANES):
            spread = highest[r] - lowest[r]
            differs = spread > SAME
            stance = (2.0 * risk[f, r] - highest[r] - lowest[r]) / (spread if differs else 1.0)
            stance = stance if differs & (pull[f, r] > 0.0) else 0.0
            risk[f, r] = (1.0 - stance * THIRD) / (1.0 + stance * THIRD)


@compiled
def raise_to_risk(distance: Array, risk: Array, raised: Array, logs: Array, scratch: Array) -> None:
    """Raise every voter's distances to the voter's own exponent."""
    for f in range(distance.shape[0]):
        for g in range(f):
            for r in range(LANES):
                gap = distance[f, g, r]
                logs[r] = FLOOR if gap < FLOOR else gap
            log_block(logs, logs, scratch)
            for r in range(LANES):
                raised[f, g, r] = exp(risk[f, r] * logs[r])
                raised[g, f, r] = exp(risk[g, r] * logs[r])
