"""Exposure: months under risk of episodes, split where hazards or what is known of the conflict change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CELLS, CODES
from ripeness.validation.conflicts.dyads import ConflictYear, Episode
from ripeness.world.calendar import DAYS_PER_MONTH

Array = NDArray[np.float64]
GOES_ON = -1

SPELL = np.dtype(
    [
        ("episode", "i4"),
        ("entry", "f8"),
        ("exit", "f8"),
        ("cell", "i4"),
        ("kind", "i4"),
        ("territory", "f8"),
        ("war", "f8"),
        ("parties", "f8"),
        ("year", "i4"),
        ("cause", "i4"),
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """Spells of all episodes, in months since each began; `cause` is the end at the exit, -1 where none is there.

    Shapes: spells (N,) of `SPELL`; conflict (E,), an identifier for each episode.
    """

    episodes: tuple[Episode, ...]
    spells: NDArray[np.void]
    conflict: NDArray[np.str_]

    @property
    def spell_conflict(self) -> NDArray[np.str_]:
        """The conflict of each spell."""
        return self.conflict[self.spells["episode"]]

    def lengths(self) -> Array:
        """Months that each episode lasted, or was followed."""
        return np.array([episode.days for episode in self.episodes]) / DAYS_PER_MONTH

    def causes(self) -> NDArray[np.int64]:
        """How each episode ended, as a place in CAUSES; -1 where that is not known."""
        return np.array([CAUSES.index(episode.end) if episode.end else GOES_ON for episode in self.episodes])


def exposure(episodes: Sequence[Episode]) -> Exposure:
    """Split episodes at the cells of the hazards and at the turn of each year.

    A conflict is at war from the first year in which it has had 1,000 deaths; other traits are those of the year, or
    of the last one before it that stands in the file.
    """
    spells = [spell for number, episode in enumerate(episodes) for spell in _spells(number, episode)]
    conflict = np.array([episode.conflict for episode in episodes])
    return Exposure(tuple(episodes), np.array(spells, dtype=SPELL), conflict)


def _spells(number: int, episode: Episode) -> list[tuple[float, ...]]:
    months = episode.days / DAYS_PER_MONTH
    cause = CAUSES.index(episode.end) if episode.end else GOES_ON
    turns = [
        (date(year, 1, 1) - episode.first).days / DAYS_PER_MONTH
        for year in range(episode.first.year + 1, episode.last.year + 2)
    ]
    bounds = np.unique(np.clip([0.0, *CELLS, *turns, months], 0.0, months))
    spells: list[tuple[float, ...]] = []
    for entry, exit_ in pairwise(bounds.tolist()):
        year = episode.first.year + int(np.searchsorted(turns, entry, side="right"))
        state, has_been_war = state_in(episode, year)
        cell = int(np.searchsorted(CELLS, entry, side="right")) - 1
        row = (number, entry, exit_, cell, CODES[state.kind], state.territory, has_been_war, state.parties, year)
        spells.append((*row, cause if exit_ == months else GOES_ON))
    return spells


def state_in(episode: Episode, year: int) -> tuple[ConflictYear, bool]:
    """What is known of an episode in a year, and whether it has been a war by then."""
    years = sorted(episode.years)
    until = [before for before in years if before <= year] or years[:1]
    return episode.years[until[-1]], any(episode.years[before].war for before in until)
