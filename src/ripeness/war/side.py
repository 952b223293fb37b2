"""Side: one polity of a war as rows of the drawn inputs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Flow:
    """What a patron sends to, or withholds from, a belligerent: one of its issues, by role."""

    issue: int
    role: str
    toward: int


@dataclass(frozen=True, slots=True)
class Side:
    """One polity as rows of the drawn inputs; F factions, I issues.

    `beside` is the place of the principal in whose camp it fights at the start: its own for a principal, -1 for a
    patron. `unstated`: resources that the scenario leaves at their defaults. Shapes: unstated_positions (I, F),
    unstated_traits by name (F,), likewise. `terms_stood`: months for which the present terms have stood, if the
    scenario says so.
    """

    key: str
    name: str
    fights: bool
    beside: int
    ruled_by: str
    is_movement: bool
    can_splinter: bool
    random_key: int
    faction_keys: tuple[str, ...]
    faction_names: tuple[str, ...]
    faction_random_keys: NDArray[np.int64]
    issue_keys: tuple[str, ...]
    leader: int
    veto: NDArray[np.bool_]
    culpable: NDArray[np.float64]
    streets: tuple[int, ...]
    has_role: tuple[bool, ...]
    hit: NDArray[np.bool_]
    rent_issue: NDArray[np.int64]
    terms: int
    effort: int
    restraint: int
    reform: int
    alignment: int
    may_change: bool
    mediation: int
    rules: tuple[tuple[str, int, int, int], ...]
    flows: tuple[Flow, ...]
    concentrated: bool
    power: NDArray[np.int64]
    traits: NDArray[np.int64]
    stated: NDArray[np.int64]
    salience: NDArray[np.int64]
    terms_stated: NDArray[np.int64]
    reference: NDArray[np.int64]
    responds: tuple[tuple[int, int, int], ...]
    response_rows: NDArray[np.int64]
    conduct: Mapping[str, int]
    resources: Mapping[str, int]
    patron: Mapping[str, int]
    leverage: Mapping[str, NDArray[np.int64]]
    states_deaths: bool
    unstated: frozenset[str]
    unstated_positions: NDArray[np.bool_]
    unstated_traits: Mapping[str, NDArray[np.bool_]]
    terms_stood: float

    @property
    def factions(self) -> int:
        """How many factions."""
        return len(self.faction_keys)
