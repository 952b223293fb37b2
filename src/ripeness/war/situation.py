"""The situation: everything that changes from month to month, as arrays with the runs in the last axis."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

Array = NDArray[np.float64]
PRESSURE, WEARINESS, FRONT, RENTS, DISCONTENT = "pressure", "weariness", "front", "rents", "discontent"


class Rows:
    """Arrays whose last axis are the runs: all of them can be thinned out together when some wars have ended."""

    __slots__ = ()

    def keep(self, index: NDArray[np.intp]) -> None:
        """Keep only some runs. Shapes: index (R',)."""
        for name, array in self.arrays():
            setattr(self, name, array.take(index, axis=-1))

    def arrays(self) -> Iterator[tuple[str, Array]]:
        """All arrays by name."""
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if isinstance(value, np.ndarray):
                yield field.name, value


@dataclass(slots=True)
class Traits(Rows):
    """Traits of the factions of one polity; every array is (F, R), units as in the scenario's form."""

    stake_value: Array
    casualty_aversion: Array
    exposure: Array
    war_gain: Array
    trade_rent: Array
    optimism: Array
    stubbornness: Array
    informedness: Array
    office: Array
    punishment: Array
    peace_cost: Array
    audience_cost: Array
    organisation: Array
    distance: Array
    obstruction: Array
    exit_rate: Array
    loyalty: Array
    war_weight: Array
    credit: Array


@dataclass(slots=True)
class Polity(Rows):
    """One polity's inside: who has power, who wants what, what is decided. Patrons have this and no more.

    Shapes: power .. gone (F, R); stated, position, salience (I, F, R); decided, reference (I, R); settings (S, R);
    leader_weight .. (R,).
    """

    traits: Traits
    log_power: Array
    power: Array
    gone: Array
    stated: Array
    position: Array
    salience: Array
    decided: Array
    reference: Array
    settings: Array
    leader_weight: Array
    repression: Array
    weary: Array
    weary_start: Array
    pressure: Array
    pressure_start: Array
    front: Array
    front_start: Array
    rents: Array
    rents_start: Array
    participation: Array
    participation_start: Array
    reservation: Array
    reservation_start: Array
    responses: list[tuple[int, int, str, Array]]

    def keep(self, index: NDArray[np.intp]) -> None:
        """Keep only some runs, in the traits and the responses, too."""
        Rows.keep(self, index)
        self.traits.keep(index)
        self.responses = [(i, f, d, s.take(index)) for i, f, d, s in self.responses]

    def driver(self, name: str, faction: int) -> Array:
        """What moves positions, now. Shapes: (R,)."""
        return self._driver(name, faction, start=False)

    def driver_start(self, name: str, faction: int) -> Array:
        """The same at the start."""
        return self._driver(name, faction, start=True)

    def _driver(self, name: str, faction: int, *, start: bool) -> Array:
        if name == PRESSURE:
            return self.pressure_start if start else self.pressure
        if name == WEARINESS:
            return self.weary_start if start else self.weary
        if name == FRONT:
            return self.front_start if start else self.front
        rows = (self.rents_start if start else self.rents) if name == RENTS else (
            self.participation_start if start else self.participation
        )
        return np.ascontiguousarray(rows[faction] if name == RENTS else rows.max(axis=0))


@dataclass(slots=True)
class Belligerent(Polity):
    """A polity that fights, with its means, losses and beliefs.

    Shapes: mean .. dissatisfied (F, R); the rest (R,). Units: persons in thousands, munitions in months of fighting.
    """

    mean: Array
    precision: Array
    culpable: Array
    monthly: Array
    shift: Array
    worth: Array
    weariness: Array
    dissatisfied: Array
    borne: Array
    demand: Array
    demand_start: Array
    effort: Array
    restraint: Array
    reform: Array
    forces: Array
    forces_start: Array
    pool: Array
    munitions: Array
    supplied: Array
    economy: Array
    population: Array
    call_up: Array
    quality: Array
    production: Array
    ally: Array
    jolt: Array
    strain: Array
    scaling: Array
    wounded_ratio: Array
    expected: Array
    fresh: Array
    usual: Array
    deaths: Array
    deaths_start: Array
    wounded: Array
    reported: Array
    leaked: Array
    displaced: Array
    displaced_start: Array
    output_lost: Array
    aid: Array
    squeeze: Array
    squeeze_level: Array
    reporting: Array
    rearm: Array
    claim: Array
    stated_terms: Array
    aim: Array
    guarantee: Array
    output: Array
    civilian_harm: Array
    occupation_harm: Array
    office_line: Array
    punishment_line: Array
    men: Array
    skill: Array
    removal: Array
    collapse: Array
    fell: Array
    rival_cost: Array


@dataclass(slots=True)
class Patron(Polity):
    """A polity that helps or hinders from outside. Shapes: (R,)."""

    aid_capacity: Array
    sanctions_weight: Array
    trade_weight: Array
    reliability: Array


@dataclass(slots=True)
class Shared(Rows):
    """What the two belligerents share: the front in the first one's frame, the talks, and whose war this is.

    Shapes: (R,) but laws (L, R), happened (E, R), 0 or 1; draws are the numbers of the runs.
    """

    draws: NDArray[np.uint64]
    laws: Array
    happened: Array
    front: Array
    moved: Array
    ratio: Array
    luck: Array
    intensity: Array
    hidden: Array
    mediation: Array
    misperception: Array
    guarantee: Array
    zone: Array
    terms: Array


@dataclass(slots=True)
class Situation:
    """A chunk of wars at one moment."""

    shared: Shared
    sides: list[Polity]

    def belligerents(self) -> tuple[Belligerent, Belligerent]:
        """The two that fight, the first one first."""
        first, second = self.sides[0], self.sides[1]
        if not isinstance(first, Belligerent) or not isinstance(second, Belligerent):
            msg = "a war has two belligerents, listed first"
            raise TypeError(msg)
        return first, second

    def keep(self, index: NDArray[np.intp]) -> None:
        """Keep only some runs."""
        self.shared.keep(index)
        for side in self.sides:
            side.keep(index)
