"""Choices among options and acts on factions' standing: how likely each is, given powers, positions and conduct.

A choice follows the leader with a chance that differs between bodies, and the pivot otherwise. Who is the pivot is a
contest at every point of the issue, between all who stand at or below it and all who stand above: a side prevails in
proportion to its power times salience, raised to 1 / noise (Tullock 1980). As noise goes to 0 the pivot is the weighted
median of Black (1948). The option taken lies near where the pivot or the leader stands, with Laplace noise, as on the
record of councils. Options without places lie all at distance 1, and their backers contend. An act is a contest of
powers alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.item import Item
from ripeness.world.arithmetic import exp
from ripeness.world.compiled import compiled

Array = NDArray[np.float64]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]
NOBODY, ABSENT = -1, -2  # a party that an act does not name, or that the actor model does not have
OTHER_RULE = -2  # of an item that another rule than the mixture of pivot and leader decides
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


@dataclass(frozen=True, slots=True)
class Contests:
    """The choices and acts among some items: `rows` are their numbers, choices first. Shapes: doubt, outcomes (C +
    A,).
    """

    rows: Places
    choices: Choices
    acts: Acts
    doubt: Array
    outcomes: Array

    def log_chances(self, weight: Array, position: Array, leader: int, leader_share: Array, noise: Array) -> Array:
        """Log likelihood of each choice and act, with its doubt.

        Shapes: weight (C + A, F, N) power times salience, position (C, F, N), leader_share and noise (N,); returns
        (C + A, N).
        """
        n_choices = len(self.choices.taken)
        chance = np.empty((len(self.rows), len(noise)))
        write_choice_chances(
            self.choices, leader, weight[:n_choices], position, leader_share, noise, chance[:n_choices]
        )
        write_act_chances(self.acts, weight[n_choices:], noise, chance[n_choices:])
        doubt = self.doubt[:, None]
        return np.asarray(np.log((1 - doubt) * chance + doubt / self.outcomes[:, None]))


def contests(items: Sequence[Item], factions: Sequence[str], veto: Flags, deciders: Sequence[int]) -> Contests:
    """Collect the choices and acts among items as arrays.

    `deciders` name for each item the faction that decides alone under its rule: -1 for none, -2 where another rule than
    the mixture of pivot and leader decides, which leaves the item out.
    """
    index = {faction: f for f, faction in enumerate(factions)}
    chosen = [n for n, item in enumerate(items) if item.kind == "choice" and deciders[n] > OTHER_RULE]
    acts = [n for n, item in enumerate(items) if item.kind == "act"]
    n_most = max((len(items[n].alternatives) for n in chosen), default=1)
    options = np.full((len(chosen), n_most), np.nan)
    stance = np.full((len(chosen), len(factions)), NOBODY, dtype=np.intp)
    for c, n in enumerate(chosen):
        options[c, : len(items[n].alternatives)] = [
            np.nan if place is None else place for place in items[n].alternatives
        ]
        for faction in index.keys() & items[n].stances.keys():
            stance[c, index[faction]] = items[n].stances[faction]
    choices = Choices(
        options,
        np.array([len(items[n].alternatives) for n in chosen], dtype=np.intp),
        np.array([items[n].at for n in chosen], dtype=np.intp),
        np.array([items[n].coded for n in chosen], dtype=np.float64),
        stance,
        np.array([deciders[n] for n in chosen], dtype=np.intp),
    )
    favours, against = (
        np.array([index.get(name, ABSENT) if name else NOBODY for name in names], dtype=np.intp)
        for names in ([items[n].favours for n in acts], [items[n].against for n in acts])
    )
    by_right = [items[n].act == "vetoed" and f >= 0 and bool(veto[f]) for n, f in zip(acts, favours, strict=True)]
    rows = [*chosen, *acts]
    outcomes = np.array([items[n].outcomes for n in rows], dtype=np.float64)
    return Contests(
        np.array(rows, dtype=np.intp),
        choices,
        Acts(
            favours,
            against,
            np.array([items[n].open_to_all for n in acts], dtype=np.bool_),
            np.array(by_right, dtype=np.bool_),
            outcomes[len(chosen) :],
        ),
        np.array([items[n].doubt for n in rows], dtype=np.float64),
        outcomes,
    )


@compiled
def prevails(share: float, decisiveness: float) -> float:
    """The chance that a side with a share of the power in a contest prevails over the other.

    Source: Tullock 1980, "Efficient rent seeking": odds are the ratio of powers, raised to the decisiveness.
    """
    bounded = min(max(share, LEAST), MOST)
    return 1.0 / (1.0 + exp(-decisiveness * log(bounded / (1.0 - bounded))))


@compiled
def option_chance(options: Array, n_options: int, taken: int, place: float, spread: float) -> float:
    """The chance that the option taken is taken by one who stands at a place: Laplace, over the options.

    Shapes: options (J,), of which the first n_options count. Units: place and spread in shares of the issue.
    """
    total, nearest = 0.0, np.inf
    for j in range(n_options):
        nearest = min(nearest, abs(options[j] - place))
    for j in range(n_options):
        total += exp((nearest - abs(options[j] - place)) / spread)
    return exp((nearest - abs(options[taken] - place)) / spread) / total


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
def pivot_chance(place: Array, weight: Array, near: Array, order: Places, decisiveness: float) -> float:
    """The chance of an option, averaged over who is the pivot.

    The pivot lies at or below a place with the chance that those at or below it prevail over those above.
    Shapes: place, weight, near (F,), of one draw; near is the chance of the option under each faction; order (F,),
    written.
    """
    total = 0.0
    for f in range(place.shape[0]):
        total += weight[f]
        g = f
        while g > 0 and place[order[g - 1]] > place[f]:
            order[g] = order[g - 1]
            g -= 1
        order[g] = f
    chance, below, before = 0.0, 0.0, 0.0
    for g in range(place.shape[0]):
        below += weight[order[g]] / total
        up_to = 1.0 if g == place.shape[0] - 1 else prevails(below, decisiveness)
        chance += (up_to - before) * near[order[g]]
        before = up_to
    return chance


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
    factions = position.shape[1]
    place, near, pull = np.empty(factions), np.empty(factions), np.empty(factions)
    order, behind = np.empty(factions, dtype=np.intp), np.empty(factions + 1, dtype=np.intp)
    for c in range(options.shape[0]):
        n = n_options[c]
        alone = decider[c] if decider[c] >= 0 else leader
        behind[:factions] = stance[c]
        behind[factions] = n
        for r in range(noise.shape[0]):
            share = 1.0 if decider[c] >= 0 else leader_share[r]
            for f in range(factions):
                pull[f] = weight[c, f, r]
            if np.isnan(options[c, 0]):
                out[c, r] = named_chance(behind, pull, taken[c], alone, share, noise[r])
                continue
            spread = np.sqrt(noise[r] ** 2 + coded[c] ** 2)
            for f in range(factions):
                place[f] = options[c, stance[c, f]] if stance[c, f] >= 0 else position[c, f, r]
                near[f] = option_chance(options[c], n, taken[c], place[f], spread)
            if pull.max() <= 0.0:
                out[c, r] = 1.0 / n
                continue
            pivot = pivot_chance(place, pull, near, order, 1.0 / noise[r])
            led = near[alone] if alone >= 0 and pull[alone] > 0.0 else pivot
            out[c, r] = share * led + (1.0 - share) * pivot


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
            total, odds = 0.0, 0.0
            for f in range(weight.shape[1]):
                total += weight[a, f, r]
                odds += exp(log(max(weight[a, f, r], LEAST) / max(gain, LEAST)) / noise[r])
            if winner < 0 and loser < 0:
                out[a, r] = 1.0 / n_outcomes[a]
            elif by_right[a]:
                out[a, r] = 1.0
            elif all_contend[a]:
                out[a, r] = 1.0 / odds
            else:
                gain = total - loss if winner == NOBODY else gain
                loss = total - gain if loser == NOBODY else loss
                out[a, r] = prevails(gain / (gain + loss), 1.0 / noise[r]) if gain + loss > 0.0 else 0.5
