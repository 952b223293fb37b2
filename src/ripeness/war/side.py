"""Side: one polity of a war as rows of the drawn inputs, and what compiled loops must know of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from ripeness.decision.choose import CODES, OTHER
from ripeness.war import rows
from ripeness.war.body import Plan
from ripeness.war.patronage import ROLES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Flow:
    """What a patron sends to, or withholds from, a belligerent: one of its issues, by role."""

    issue: int
    role: str
    toward: int


@dataclass(frozen=True, slots=True)
class Side:
    """One polity as rows of the drawn inputs; F factions, I issues."""

    key: str
    name: str
    first: int
    fights: bool
    regime: str
    luck: int
    faction_keys: tuple[str, ...]
    faction_names: tuple[str, ...]
    faction_luck: NDArray[np.int64]
    issue_keys: tuple[str, ...]
    leader: int
    veto: NDArray[np.bool_]
    culpable: NDArray[np.float64]
    streets: tuple[int, ...]
    coupled: NDArray[np.int64]
    hit: NDArray[np.float64]
    rent_issue: NDArray[np.int64]
    terms: int
    effort: int
    restraint: int
    reform: int
    rules: tuple[tuple[str, int, int, int], ...]
    flows: tuple[Flow, ...]
    concentrated: bool
    power: NDArray[np.int64]
    traits: NDArray[np.int64]
    stated: NDArray[np.int64]
    salience: NDArray[np.int64]
    terms_stated: NDArray[np.int64]
    reference: NDArray[np.int64]
    responds: NDArray[np.int64]
    response_rows: NDArray[np.int64]
    conduct: Mapping[str, int]
    resources: Mapping[str, int]
    patron: Mapping[str, int]
    states_deaths: bool
    plan: Plan = field(init=False)

    @property
    def factions(self) -> int:
        """How many factions."""
        return len(self.faction_keys)

    def __post_init__(self) -> None:
        """Write down what compiled loops must know."""
        fighting = (rows.OF_BELLIGERENT, rows.FACTION_AT_WAR) if self.fights else (rows.OF_PATRON, rows.FACTION_INSIDE)
        about = self.flows[0].toward if self.flows and not self.fights else -1
        rules = [(CODES.get(name, OTHER), captor, first, last) for name, captor, first, last in self.rules]
        flows = [(flow.issue, ROLES.index(flow.role), flow.toward) for flow in self.flows]
        plan = Plan(
            self.luck,
            self.first,
            *fighting,
            self.factions,
            len(self.issue_keys),
            about,
            self.leader,
            self.terms,
            self.effort,
            self.restraint,
            self.reform,
            self.faction_luck,
            self.veto,
            self.hit,
            self.rent_issue.astype(np.int64),
            self.terms_stated.astype(np.int64),
            self.coupled,
            np.array(self.streets, dtype=np.int64),
            self.responds,
            np.array(rules, dtype=np.int64).reshape(-1, 4),
            np.array(flows, dtype=np.int64).reshape(-1, 3),
        )
        object.__setattr__(self, "plan", plan)
