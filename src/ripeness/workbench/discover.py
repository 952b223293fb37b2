"""Discover: in plain words, under which conditions an outcome happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.workbench.answer import OutcomeAnswer
from ripeness.workbench.outcome_question import OutcomeQuestion
from ripeness.workbench.question import Progress, declared, python_function, question

if TYPE_CHECKING:
    from ripeness.study.discovery.discover import DiscoveredConditions


@question
class DiscoverQuestion(OutcomeQuestion["Discovery"]):
    """Find ranges of a few numbers within which an outcome is frequent.

    With a `density`: the widest conditions under which it happens at least that often.

    Raises: Fault for what cannot be read, an unknown outcome, or a month beyond the horizon.

    >>> discover("japan-1945", outcome="victory:united-states", month=6, draws=256).value.points
    32
    """

    verb = "discover"
    summary = (
        "Under which conditions an outcome happens: ranges of a few numbers, how often it happens there, "
        "what it misses."
    )
    example = "ripeness discover ukraine-2023-03 --outcome frozen"

    density: float | None = declared(
        default=None,
        above=0,
        most=1,
        expert=True,
        label="At least this often",
        help="The widest conditions under which it happens at least this often, 0 to 1.",
    )

    def answer(self, progress: Progress | None = None) -> Discovery:
        """Simulate the war and search its inputs for ranges in which the outcome is frequent."""
        from ripeness.study.discovery.discover import discover as search
        from ripeness.workbench.outcome_runs import outcome_runs

        runs = outcome_runs(self, self.draws, progress)
        ensemble = runs.simulate()
        return Discovery(runs.setup, search(ensemble, runs.target, runs.setup.weigh(ensemble), density=self.density))


@dataclass(frozen=True, repr=False)
class Discovery(OutcomeAnswer):
    """Conditions under which an outcome happens."""

    value: DiscoveredConditions
    shown_by: ClassVar[str] = "discover_tables"
    chart: ClassVar[str] = "conditions.condition_ranges"  # the ranges of the best condition, against the usual ones

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """Every limit of every condition."""
        return [
            {
                "condition": n,
                "density": condition.density,
                "coverage": condition.coverage,
                "mass": condition.mass,
                "path": limit.path,
                "name": limit.name,
                "low": limit.low,
                "high": limit.high,
                "unit": limit.unit,
                "quasi_p": limit.quasi_p,
            }
            for n, condition in enumerate(self.value.conditions, 1)
            for limit in condition.limits
        ]


discover = python_function(DiscoverQuestion)
