"""Pictures: the histories of some runs, kept whole, for paths with intervals and for telling one war as a story."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ripeness.scenario.armed_polities import PRINCIPALS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from ripeness.war.block import Array
    from ripeness.war.prepare import War
    from ripeness.war.situation import Belligerent, Situation

OF_WAR = ("front", "ratio", "intensity", "zone", "truce", "truce_monitored", "truces_broken")
# What is kept of each belligerent, one row a run, and of its factions; some under another name in histories.
OF_SIDE = (
    "demand",
    "effort",
    "restraint",
    "reform",
    "forces",
    "munitions",
    "economy",
    "deaths",
    "reported",
    "leaked",
    "weary",
    "pressure",
    "fell",
    "aid",
    "squeeze_level",
    "expected",
    "rival_cost",
    "fresh",
    "splinter_forces",
)
OF_ALLY = ("camp", "way_out", "terms_apart")  # of all belligerents, where some are allies
OF_FACTION = (
    "power",
    "reservation",
    "mean",
    "monthly",
    "weariness",
    "participation",
    "worth",
    "gone",
    "rents",
    "dissatisfied",
)


QUANTITY = {
    "weary": "mean_weariness",
    "fell": "leader_fell",
    "expected": "expected_deaths",
    "fresh": "new_deaths",
    "mean": "belief",
    "monthly": "monthly_cost",
    "worth": "fighting_worth",
    "gone": "has_left",
    "dissatisfied": "dissatisfaction",
}


class Album:
    """Histories of the first few runs of a chunk; months after a war's end stay empty (not a number)."""

    def __init__(self, war: War, kept: int) -> None:
        self.kept = kept
        self.shape = (war.horizon + 1, kept)
        self.war = war
        self.kept_arrays: dict[str, NDArray[np.float32]] = {}

    def take(self, number: int, situation: Situation, place: np.ndarray) -> None:
        """Picture this step. Shapes: place (R,), where each run of the situation belongs; -1 for runs that are over."""
        if self.kept == 0:
            return
        columns = np.flatnonzero((place >= 0) & (place < self.kept))
        if len(columns) == 0:
            return
        to = place[columns]
        shared = situation.shared
        for name in OF_WAR:
            self._store(name, number, getattr(shared, name)[columns], to)
        self._store("happened", number, shared.happened[:, columns], to)
        for side, polity in zip(self.war.sides, situation.sides, strict=True):
            self._store(f"{side.key}.decided", number, polity.decided[:, columns], to)
            self._store(f"{side.key}.power", number, polity.power[:, columns], to)
            self._store(f"{side.key}.position", number, polity.position[:, :, columns], to)
        for side, polity in zip(self.war.armed, situation.belligerents(), strict=True):
            self._side(side.key, polity, number, columns, to)

    def _side(self, key: str, polity: Belligerent, number: int, columns: np.ndarray, to: np.ndarray) -> None:
        terms = next(side.terms for side in self.war.sides if side.key == key)
        self._store(
            f"{key}.media", number, polity.decided[terms][columns], to
        )  # the media line follows the coalition at once
        for name in OF_SIDE:
            self._store(f"{key}.{name}", number, getattr(polity, QUANTITY.get(name, name))[columns], to)
        if any(side.can_splinter for side in self.war.sides):
            self._store(f"{key}.splintered", number, polity.splintered[:, columns], to)
        for name in OF_ALLY if len(self.war.armed) > PRINCIPALS else ():
            self._store(f"{key}.{name}", number, getattr(polity, name)[columns], to)
        for name in OF_FACTION[1:]:
            self._store(f"{key}.{name}", number, getattr(polity, QUANTITY.get(name, name))[:, columns], to)

    def _store(self, name: str, number: int, values: Array, to: np.ndarray) -> None:
        if name not in self.kept_arrays:
            months, kept = self.shape
            self.kept_arrays[name] = np.full((months, *values.shape[:-1], kept), np.nan, dtype=np.float32)
        self.kept_arrays[name][number][..., to] = values

    def pages(self) -> dict[str, NDArray[np.float32]]:
        """Histories by name, months first and runs last."""
        return self.kept_arrays
