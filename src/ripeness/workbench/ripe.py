"""Ripe: is a war ripe for talks, for whom, who blocks, which guarantee would help, what breaks the peace later."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.ensemble.design import DRAWS
from ripeness.study.ripeness.answer import CAVEATS, Ripeness, ripeness
from ripeness.study.ripeness.stalemate import THETA
from ripeness.workbench.asked import ask
from ripeness.workbench.told import Told
from ripeness.world.calendar import STEPS
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ripeness.show.table import Layout


@dataclass(frozen=True, repr=False)
class Ripe(Told):
    """Whether it is ripe, with everything that the answer rests on."""

    told: Ripeness

    def sentence(self) -> str:
        """Is it ripe? In one sentence."""
        from ripeness.show.ripe_words import sentence

        return sentence(self.told)

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.ripe_tables import tables

        return tables(self.told)

    def found(self) -> Any:
        """The study's values."""
        return self.told

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every faction at every month shown: shares of the runs still fighting, and the least it would settle for."""
        strips = {(one.month, one.polity, one.faction): one.share for one in self.told.strips}
        return [
            {"month": one.month, "polity": one.polity, "faction": one.faction}
            | {
                f"{what} {end}": getattr(getattr(one, what.replace(" ", "_")), end)
                for what in ("stalemate", "hurting", "hurting stalemate", "way out", "ripe")
                for end in ("p", "low", "high")
            }
            | {
                f"share of {self.told.sides[0]}, {end}": getattr(strips[one.month, one.polity, one.faction], end)
                for end in ("low", "median", "high")
            }
            for one in self.told.factions
        ]

    def plain(self) -> dict[str, Any]:
        """The answer as plain values."""
        from ripeness.show.ripe_words import necessity

        return {**Told.plain(self), "note": f"{necessity(self.told)} {CAVEATS}"}

    def plot(self, *, dark: bool = False) -> Any:
        """Bargaining strips by month."""
        from ripeness.show.charts.strips import strips

        return strips(self.told, self.asked.scenario.title, dark=dark)


def ripe(
    case_or_path: str | Path,
    *,
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: Mapping[str, object] | None = None,
    theta: float = THETA,
    months: Sequence[float] | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    weights: ArrayLike | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Ripe:
    """Ask whether it is ripe. `theta` is the share of the stake that nobody fights on for; `weights` of draws, if any.

    Raises: Fault where the scenario cannot be read, or a number does not fit.

    >>> answer = ripe("japan-1945", draws=64, horizon=3)
    >>> answer.told.at(0.0).fighting.p
    1.0
    """
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
    if not 0 <= theta < 1:
        raise Fault(f"theta is {theta:g}; as a share of the stake it can be 0 up to 1")
    last = (horizon or asked.scenario.horizon) * STEPS[asked.scenario.step]
    for month in months or ():
        if not 0 <= month <= last:
            raise Fault(f"month {month:g} lies outside the forecast, which runs to month {last:g}")
    told = ripeness(
        asked.scenario,
        asked.design,
        theta=theta,
        months=months,
        weights=weights,
        progress=progress,
        **asked.conditions(),
    )
    return Ripe(asked, told)
