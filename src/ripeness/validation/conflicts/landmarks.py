"""Landmarks: forecasts of how conflicts end, made after so many months of fighting from what was known by then."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import inf

import numpy as np
from numpy.typing import NDArray

from ripeness.study.record.classes import CAUSES
from ripeness.study.record.hazards import CELLS, CODES, design, incidence, terms
from ripeness.validation.conflicts.dyads import Episode
from ripeness.validation.conflicts.exposure import Exposure, state_in
from ripeness.validation.conflicts.life_table import LifeTable
from ripeness.world.calendar import DAYS_PER_MONTH, date_after

Array = NDArray[np.float64]
FOUGHT = (0, 6, 12, 24, 60)  # months after which a forecast is made
AHEAD = np.array([1.0, 3.0, 6.0, 12.0, 24.0, 60.0, 120.0])  # months from then
TABLE_MONTHS = np.unique(np.concatenate([[fought, *(fought + AHEAD)] for fought in FOUGHT]))
TINY = 1e-9

LANDMARK = np.dtype(
    [
        ("episode", "i4"),
        ("fought", "f8"),
        ("left", "f8"),
        ("open", "f8"),
        ("cause", "i4"),
        ("kind", "i4"),
        ("territory", "f8"),
        ("war", "f8"),
        ("parties", "f8"),
        ("year", "i4"),
    ]
)


@dataclass(frozen=True, slots=True, eq=False)
class Landmarks:
    """Forecasts to be made, and what happened.

    `left` are the months from then to the end, or to the last day that is known; `cause` the place of the end in
    CAUSES, -1 where it is not known; `open` the months from then to the close of the record. Shapes: rows (L,) of
    LANDMARK, conflict (L,).
    """

    rows: NDArray[np.void]
    conflict: NDArray[np.str_]

    def chosen(self, which: NDArray[np.bool_]) -> Landmarks:
        """Some of them. Shapes: which (L,)."""
        return Landmarks(self.rows[which], self.conflict[which])

    def status(self, months: float) -> NDArray[np.int64]:
        """The place in ENDS of what was the case so many months later; -1 where nobody knows.

        Nothing is told of months beyond the close of the record: who counted only what had ended by then would count
        too many ends. Shapes: returns (L,).
        """
        ended, cause = self.rows["left"] <= months, self.rows["cause"]
        status = np.where(~ended, len(CAUSES), np.where(cause >= 0, cause, -1))
        return np.where(months <= self.rows["open"], status, -1).astype(np.int64)


def landmarks(record: Exposure) -> Landmarks:
    """All forecasts of a record: each episode at each landmark that it has reached."""
    months, causes = record.lengths(), record.causes()
    close = _close(record.episodes)
    rows = []
    for number, episode in enumerate(record.episodes):
        for fought in FOUGHT:
            if months[number] > fought:
                year = date_after(episode.first, fought).year
                state, war = state_in(episode, year)
                left = months[number] - fought
                of_state = (CODES[state.kind], state.territory, war, state.parties, year)
                until_close = inf if close is None else (close - episode.first).days / DAYS_PER_MONTH - fought
                rows.append((number, fought, left, max(until_close, left), causes[number], *of_state))
    table = np.array(rows, dtype=LANDMARK)
    return Landmarks(table, record.conflict[table["episode"]])


def _close(episodes: Sequence[Episode]) -> date | None:
    """The last day of the record; None where nothing goes on beyond it."""
    last = max((episode.last for episode in episodes), default=None)
    return last if any(not episode.end and episode.last == last for episode in episodes) else None


def model_forecasts(coefficients: Array, chosen: Landmarks) -> Array:
    """Forecasts of the hazards. Shapes: coefficients (C, P); returns (L, C + 1, len(AHEAD))."""
    rows, cells = chosen.rows, len(CELLS)
    of_traits = terms(rows["kind"], rows["territory"], rows["war"], rows["parties"], rows["year"])
    lines = design(np.repeat(rows["kind"], cells), np.tile(np.arange(cells), len(rows)), np.repeat(of_traits, cells, 0))
    hazards = np.exp(lines @ coefficients.T).reshape(len(rows), cells, len(coefficients)).swapaxes(1, 2)
    forecasts = np.empty((len(rows), hazards.shape[1] + 1, len(AHEAD)))
    for fought in FOUGHT:
        at = rows["fought"] == fought
        forecasts[at] = incidence(hazards[at], fought, AHEAD)
    return forecasts


def table_forecasts(table: LifeTable, chosen: Landmarks) -> Array:
    """Forecasts by kind alone. Shapes: returns (L, C + 1, len(AHEAD))."""
    names = {code: kind for kind, code in CODES.items()}
    rows = chosen.rows
    by_kind = {
        (code, fought): table.ahead(names[code], fought, AHEAD)
        for code in names
        for fought in np.unique(rows["fought"])
    }
    return np.array([by_kind[int(row["kind"]), row["fought"]] for row in rows]).reshape(
        len(rows), len(CAUSES) + 1, len(AHEAD)
    )


def log_scores(forecasts: Array, chosen: Landmarks) -> Array:
    """Minus the log of the probability of what happened: the interval of AHEAD in which it ended, and how.

    Of what is followed to a day alone, the probability of going on to the last whole interval before it.
    Shapes: forecasts (L, C + 1, A); returns (L,). Units: nats.
    """
    rows = chosen.rows
    place = np.searchsorted(AHEAD, rows["left"], side="left")
    count = np.arange(len(rows))
    padded = np.concatenate([np.zeros_like(forecasts[:, :-1, :1]), forecasts[:, :-1]], axis=2)
    going_on = np.concatenate([np.ones((len(rows), 1)), forecasts[:, -1]], axis=1)
    beyond = place == len(AHEAD)  # after the last interval how it ends is not forecast
    inside = np.minimum(place, len(AHEAD) - 1)
    cause = np.maximum(rows["cause"], 0)
    ended = padded[count, cause, inside + 1] - padded[count, cause, inside]
    chance = np.where((rows["cause"] >= 0) & ~beyond, ended, going_on[count, place])
    return -np.log(np.maximum(chance, TINY))


def brier_scores(forecasts: Array, chosen: Landmarks, months: float) -> Array:
    """Squared error over all ends after some months, from 0 to 2; not a number where nobody knows what was the case.

    Shapes: forecasts (L, C + 1, A); returns (L,). Units: months in AHEAD.
    """
    status = chosen.status(months)
    chances = forecasts[:, :, int(np.searchsorted(AHEAD, months))]
    truth = np.eye(chances.shape[1])[np.maximum(status, 0)]
    return np.where(status >= 0, ((chances - truth) ** 2).sum(axis=1), np.nan)
