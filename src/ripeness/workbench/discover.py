"""Discover: in plain words, under which conditions an outcome happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS
from ripeness.study.discovery.discover import Discovered
from ripeness.study.discovery.discover import discover as search
from ripeness.workbench.aimed import Progress, Tabled, aim, checked
from ripeness.workbench.asked import ask
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.table import Layout


@dataclass(frozen=True, repr=False)
class Discovery(Tabled):
    """Conditions under which an outcome happens."""

    told: Discovered

    def sentence(self) -> str:
        """The answer in one sentence."""
        from ripeness.show.discover_tables import sentence

        return sentence(self.told, self.names())

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.discover_tables import tables

        return tables(self.told, self.names())

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every limit of every condition."""
        return [
            {
                "condition": n,
                "density": one.density,
                "coverage": one.coverage,
                "mass": one.mass,
                "path": limit.path,
                "name": limit.name,
                "low": limit.low,
                "high": limit.high,
                "unit": limit.unit,
                "quasi_p": limit.quasi_p,
            }
            for n, one in enumerate(self.told.conditions, 1)
            for limit in one.limits
        ]

    def plot(self, *, dark: bool = False) -> Any:
        """The ranges of the best condition, against the usual ones."""
        from ripeness.show.charts.conditions import condition_ranges

        return condition_ranges(self.told, self.names(), self.asked.scenario.title, dark=dark)


def discover(
    case_or_path: str | Path,
    *,
    outcome: str = "settlement",
    month: float | None = None,
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    density: float | None = None,
    weights: ArrayLike | None = None,
    progress: Progress | None = None,
) -> Discovery:
    """Find ranges of a few numbers within which an outcome is frequent.

    With a `density`: the widest conditions under which it happens at least that often.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> discover("japan-1945", outcome="victory:united-states", month=6, draws=256).told.points
    32
    """
    if density is not None and not 0 < density <= 1:
        raise Fault(f"--density: {density:g} is no share between 0 and 1")
    asked = ask(
        case_or_path,
        coding=coding,
        reading=reading,
        draws=draws,
        seed=seed,
        horizon=horizon,
        changes=changes,
        evidence=evidence,
        as_of=as_of,
        observe=observe,
    )
    place = aim(asked, outcome, month, draws, progress)
    weight = checked(weights, draws)
    return Discovery(asked, search(place.fight(), place.target, weight, density=density))
