"""Quick outcomes: how a text that is being written would be forecast, from few simulations. Work for a worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from ripeness.web.checked_text import check_text, written_beside
from ripeness.world.calendar import date_after

SIMULATIONS = 1_000  # a quick look: the figures stand within some three points of those of many
MOST_KEPT = 16  # texts whose outcomes are remembered; going back to one costs nothing


@dataclass(frozen=True, slots=True)
class QuickOutcome:
    """An outcome with its chance by the end of the horizon, and its place among the colours."""

    outcome: str
    polity: str | None
    side: int | None
    chance: float


@dataclass(frozen=True, slots=True)
class QuickOutcomes:
    """The outcomes of a text, the names of its sides, and the day by which they are counted."""

    outcomes: tuple[QuickOutcome, ...]
    names: Mapping[str, str]
    until: date
    simulations: int = SIMULATIONS


@lru_cache(maxsize=MOST_KEPT)
def quick_outcomes(scenarios: Path, text: str, name: str) -> QuickOutcomes | None:
    """The outcomes of a text, on the same random draws for every text; none where it does not hold together."""
    from ripeness.scenario.polity_names import polity_names
    from ripeness.workbench.run import run

    if not check_text(scenarios, text, name).sound:
        return None
    with written_beside(scenarios, text) as path:
        result = run(path, draws=SIMULATIONS)
    names, months = polity_names(result.scenario), result.ensemble.horizon
    first = next(iter(names))
    chances: dict[tuple[str, str | None], float] = {}
    for row in result.forecast.outcomes:
        if row.month != months:
            continue
        chances[row.outcome, row.polity] = chances.get((row.outcome, row.polity), 0.0) + row.p
    outcomes = tuple(
        QuickOutcome(kind, polity, None if polity is None else int(polity != first), chance)
        for (kind, polity), chance in chances.items()
    )
    return QuickOutcomes(outcomes, names, date_after(result.day, months))
