"""Ripe: is a war ripe for talks, for whom, who blocks, which guarantee would help, what breaks the peace later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ripeness.workbench.answer import StudyAnswer
from ripeness.workbench.question import (
    Progress,
    WarQuestion,
    check_months,
    declared,
    python_function,
    python_only,
    question,
)
from ripeness.world.calendar import STEPS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike
    from rich.console import RenderableType

    from ripeness.study.ripeness.answer import Ripeness


@question
class RipeQuestion(WarQuestion["Ripe"]):
    """Ask whether it is ripe. `theta` is the share of the stake that nobody fights on for; `weights` of draws, if any.

    Raises: Fault where the scenario cannot be read, or a number does not fit.

    >>> answer = ripe("japan-1945", draws=64, horizon=3)
    >>> answer.told.at(0.0).fighting.p
    1.0
    """

    verb = "ripe"
    summary = (
        "Ask whether it is ripe, for whom, who blocks, which guarantee would help, and what breaks the peace later."
    )
    example = "ripeness ripe ukraine-2023-03 --coding essay"

    theta: float = declared(
        default=0.05,
        least=0,
        below=1,
        expert=True,
        label="Share too small to fight for",
        help="Share of the stake too small to fight on for.",
    )
    months: Sequence[float] | None = declared(
        default=None,
        flags=("--at",),
        commas=True,
        expert=True,
        label="Months of the tables",
        help="Months of the tables, such as 3,6,18, beside the start.",
    )
    weights: ArrayLike | None = python_only(default=None)

    def answer(self, progress: Progress | None = None) -> Ripe:
        """Simulate the wars and read off each month who would settle for what."""
        from ripeness.study.ripeness.answer import ripeness

        asked = self.read()
        check_months(self.months, (self.horizon or asked.scenario.horizon) * STEPS[asked.scenario.step])
        told = ripeness(
            asked.scenario,
            asked.design,
            theta=self.theta,
            months=self.months,
            weights=self.weights,
            progress=progress,
            **asked.conditions(),
        )
        return Ripe(asked, told)


@dataclass(frozen=True, repr=False)
class Ripe(StudyAnswer):
    """Whether it is ripe, with everything that the answer rests on."""

    told: Ripeness

    def sentence(self) -> str:
        """Is it ripe? In one sentence."""
        from ripeness.show.ripe_tables import sentence

        return sentence(self.told)

    def layout(self) -> RenderableType:
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
        from ripeness.show.ripe_tables import necessity
        from ripeness.study.ripeness.answer import CAVEATS

        return {**StudyAnswer.plain(self), "note": f"{necessity(self.told)} {CAVEATS}"}

    def plot(self, *, dark: bool = False) -> Any:
        """Bargaining strips by month."""
        from ripeness.show.charts.strips import strips

        return strips(self.told, self.asked.scenario.title, dark=dark)


ripe = python_function(RipeQuestion)
