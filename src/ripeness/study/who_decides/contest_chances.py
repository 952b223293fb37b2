"""Chances of choices and acts, in many draws at once: pivots, leaders and contests of power."""

from __future__ import annotations

from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.world.arithmetic import exp, log_block
from ripeness.world.compiled import compiled

Array = NDArray[np.float64]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]
NOBODY, ABSENT = -1, -2  # a party that an act does not name, or that the actor model does not have
LEAST, MOST = 1e-12, 1 - 1e-12  # shares of power between which a contest is worked out


class Choices(NamedTuple):
    """Choices as arrays.

    Shapes: options (C, J) places, NaN beyond the last and where there are none; n_options and taken (C,); coded (C,)
    sd; stance (C, F) the option that each faction stood behind, -1 for none; decider (C,) the faction that decides
    alone by the issue's rule, -1 for none.
    """

    options: Array
    n_options: Places
    taken: Places
    coded: Array
    stance: Places
    decider: Places


class Acts(NamedTuple):
    """Acts as arrays, all (A,): the parties, whether all factions contend, whether a formal veto was used."""

    favours: Places
    against: Places
    all_contend: Flags
    by_right: Flags
    n_outcomes: Array


@compiled
def prevails(share: float, decisiveness: float) -> float:
    """The chance that a side with a share of the power in a contest prevails over the other.

    Source: Tullock 1980, "Efficient rent seeking": odds are the ratio of powers, raised to the decisiveness.
    """
    bounded = min(max(share, LEAST), MOST)
    return 1.0 / (1.0 + exp(-decisiveness * log(bounded / (1.0 - bounded))))


@compiled
def named_chance(stance: Places, weight: Array, taken: int, alone: int, share: float, spread: float) -> float:
    """The chance of an option that has no place: its backers contend with those of the others.

    Any two options lie at distance 1, so that noise may hit another than the one that prevailed.
    Shapes: stance and weight (F,), of one draw, with the number of options put last in stance.
    """
    n_options, factions = stance[-1], weight.shape[0]
    backing = np.zeros(n_options)
    for f in range(factions):
        if stance[f] >= 0:
            backing[stance[f]] += weight[f]
    strongest, total = backing.max(), 0.0
    if strongest <= 0.0:
        return 1.0 / n_options
    for j in range(n_options):
        backing[j] = exp(log(max(backing[j] / strongest, LEAST)) / spread)
        total += backing[j]
    slip = exp(-1.0 / spread)
    hit, miss = 1.0 / (1.0 + (n_options - 1) * slip), slip / (1.0 + (n_options - 1) * slip)
    prevailed = backing[taken] / total
    pivot = prevailed * hit + (1.0 - prevailed) * miss
    if alone < 0 or stance[alone] < 0 or weight[alone] <= 0.0:
        return pivot
    return share * (hit if stance[alone] == taken else miss) + (1.0 - share) * pivot


@compiled
def write_option_chances(options: Array, taken: int, place: Array, spread: Array, out: Array) -> None:
    """Write the chance of the option taken by one who stands at a place: Laplace, over the options.

    Shapes: options (J,); place, spread and out (N,). Units: shares of the issue.
    """
    out[:] = 0.0
    for j in range(options.shape[0]):
        for r in range(place.shape[0]):
            out[r] += exp((abs(options[taken] - place[r]) - abs(options[j] - place[r])) / spread[r])
    for r in range(place.shape[0]):
        out[r] = 1.0 / out[r]


@compiled
def write_prevailing(share: Array, noise: Array, out: Array, odds: Array, scratch: Array) -> None:
    """Write `prevails` for many draws. Shapes: all (N,); odds and scratch are overwritten, and so is share."""
    for r in range(share.shape[0]):
        share[r] = min(max(share[r], LEAST), MOST)
        odds[r] = 1.0 - share[r]
    log_block(share, share, scratch)
    log_block(odds, odds, scratch)
    for r in range(share.shape[0]):
        out[r] = 1.0 / (1.0 + exp((odds[r] - share[r]) / noise[r]))


@compiled
def write_pivot_chances(place: Array, weight: Array, near: Array, noise: Array, out: Array) -> None:
    """Write the chance of an option, averaged over who is the pivot; nothing where nobody has weight.

    The pivot lies at or below a place with the chance that those at or below it prevail over those above.
    Shapes: place, weight and near (F, N), near the chance of the option under each faction; noise and out (N,).
    """
    factions, runs = place.shape
    total, up_to, before = np.zeros(runs), np.empty(runs), np.empty(runs)
    share, odds, scratch = np.empty(runs), np.empty(runs), np.empty(runs)
    for f in range(factions):
        for r in range(runs):
            total[r] += weight[f, r]
    out[:] = 0.0
    for f in range(factions):
        before[:] = 0.0
        for g in range(factions):
            for r in range(runs):
                precedes = (place[g, r] < place[f, r]) | ((place[g, r] == place[f, r]) & (g < f))
                before[r] += weight[g, r] if precedes else 0.0
        for r in range(runs):
            sum_of_all = max(total[r], LEAST)
            share[r] = (before[r] + weight[f, r]) / sum_of_all
            before[r] = before[r] / sum_of_all
        write_prevailing(share, noise, up_to, odds, scratch)
        write_prevailing(before, noise, share, odds, scratch)
        for r in range(runs):
            out[r] += (up_to[r] - share[r]) * near[f, r]


@compiled
def write_choice_chances(
    choices: Choices, leader: int, weight: Array, position: Array, leader_share: Array, noise: Array, out: Array
) -> None:
    """Write the chance of each choice, without doubt.

    Shapes: weight (C, F, N) power times salience, position (C, F, N), leader_share and noise (N,), out (C, N), written.

    1. Each faction stands at the option that it stood behind, else at its position; nowhere, where options are names.
    2. Average the chance of the option taken over pivots; mix it with the leader's by the leader's share.
    """
    options, n_options, taken, coded, stance, decider = choices
    factions, runs = position.shape[1], noise.shape[0]
    place, near, spread = np.empty((factions, runs)), np.empty((factions, runs)), np.empty(runs)
    behind, pull = np.empty(factions + 1, dtype=np.intp), np.empty(factions)
    for c in range(options.shape[0]):
        n = n_options[c]
        alone = decider[c] if decider[c] >= 0 else leader
        if np.isnan(options[c, 0]):
            behind[:factions] = stance[c]
            behind[factions] = n
            for r in range(runs):
                pull[:] = weight[c, :, r]
                share = 1.0 if decider[c] >= 0 else leader_share[r]
                out[c, r] = named_chance(behind, pull, taken[c], alone, share, noise[r])
            continue
        for r in range(runs):
            spread[r] = np.sqrt(noise[r] ** 2 + coded[c] ** 2)
        for f in range(factions):
            if stance[c, f] >= 0:
                place[f] = options[c, stance[c, f]]
            else:
                place[f] = position[c, f]
            write_option_chances(options[c, :n], taken[c], place[f], spread, near[f])
        write_pivot_chances(place, weight[c], near, noise, out[c])
        for r in range(runs):
            heard = weight[c, :, r].max() > 0.0
            share = 1.0 if decider[c] >= 0 else leader_share[r]
            led = near[alone, r] if alone >= 0 and weight[c, alone, r] > 0.0 else out[c, r]
            out[c, r] = share * led + (1.0 - share) * out[c, r] if heard else 1.0 / n


@compiled
def write_act_chances(acts: Acts, weight: Array, noise: Array, out: Array) -> None:
    """Write the chance of each act, without doubt.

    Shapes: weight (A, F, N) power, times salience where the act names an issue; noise (N,), out (A, N), written.

    1. Two parties: the one favoured prevails over the other. Where one alone is named, all others are its rival.
    2. A post or money for a faction, against nobody: all factions contend (Luce 1959).
    3. A formal veto can be used whatever power its holder has, so its use says nothing of power.
    4. A party that the actor model lacks has no power where the other is there; where neither is, nothing follows.
    """
    favours, against, all_contend, by_right, n_outcomes = acts
    for a in range(favours.shape[0]):
        winner, loser = favours[a], against[a]
        for r in range(noise.shape[0]):
            gain = weight[a, winner, r] if winner >= 0 else 0.0
            loss = weight[a, loser, r] if loser >= 0 else 0.0
            total = 0.0
            for f in range(weight.shape[1]):
                total += weight[a, f, r]
            if winner < 0 and loser < 0:
                out[a, r] = 1.0 / n_outcomes[a]
            elif by_right[a]:
                out[a, r] = 1.0
            elif all_contend[a]:
                odds = 0.0
                for f in range(weight.shape[1]):
                    odds += exp(log(max(weight[a, f, r], LEAST) / max(gain, LEAST)) / noise[r])
                out[a, r] = 1.0 / odds
            else:
                gain = total - loss if winner == NOBODY else gain
                loss = total - gain if loser == NOBODY else loss
                out[a, r] = prevails(gain / (gain + loss), 1.0 / noise[r]) if gain + loss > 0.0 else 0.5
