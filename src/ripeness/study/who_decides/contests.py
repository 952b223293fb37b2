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

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.contest_chances import (
    ABSENT,
    NOBODY,
    ActArrays,
    ChoiceArrays,
    write_act_chances,
    write_choice_chances,
)
from ripeness.study.who_decides.item import Item

Array = NDArray[np.float64]
Places = NDArray[np.intp]
Flags = NDArray[np.bool_]
OTHER_RULE = -2  # of an item that another rule than the mixture of pivot and leader decides


@dataclass(frozen=True, slots=True)
class Contests:
    """The choices and acts among some items: `rows` are their numbers, choices first. Shapes: doubt, outcomes (C +
    A,).
    """

    rows: Places
    choices: ChoiceArrays
    acts: ActArrays
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
    choices = ChoiceArrays(
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
        ActArrays(
            favours,
            against,
            np.array([items[n].open_to_all for n in acts], dtype=np.bool_),
            np.array(by_right, dtype=np.bool_),
            outcomes[len(chosen) :],
        ),
        np.array([items[n].doubt for n in rows], dtype=np.float64),
        outcomes,
    )
