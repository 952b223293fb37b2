"""Leading numbers: which numbers move the outcomes of a war most, each moved alone from end to end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ripeness.study.end_to_end import EndToEndEffect
from ripeness.workbench.bench import Bench
from ripeness.workbench.question import Progress

SCREENED_WITH, MEASURED_WITH = 16_000, 4_000  # runs: to choose candidates, and for each end of each of them
OF_THE_WAR, OF_THE_MODEL = 28, 10  # candidates that are measured


@dataclass(frozen=True, slots=True)
class LeadingNumbers:
    """The measured effects of the numbers with which outcomes go most. `draws`: runs at each end of each number."""

    effects: tuple[EndToEndEffect, ...]
    draws: int


def leading_numbers(
    source: str | Path,
    conditions: Mapping[str, Any],
    progress: Progress | None = None,
    *,
    screened_with: int = SCREENED_WITH,
    measured_with: int = MEASURED_WITH,
    most: tuple[int, int] = (OF_THE_WAR, OF_THE_MODEL),
) -> LeadingNumbers:
    """Measure the numbers with which outcomes go most; `conditions` are those of a `Bench`, `most` of war and model.

    Progress counts numbers.

    Raises: Fault where the scenario cannot be read, or a condition does not fit.

    >>> measured = leading_numbers("japan-1945", {"horizon": 3}, screened_with=64, measured_with=64, most=(1, 1))
    >>> [effect.path.startswith("laws.") for effect in measured.effects]
    [False, True]
    """
    report = progress or _no_progress
    total = sum(most) + 1
    report(0, total)
    screening = Bench(source, draws=screened_with, **conditions)
    paths = [
        *screening.leading_numbers(most[0]),
        *screening.leading_numbers(most[1], of_the_model=True),
    ]
    report(1, total)
    bench = Bench(source, draws=measured_with, **conditions)
    effects = []
    for n, path in enumerate(paths, 2):
        effects.append(bench.end_to_end(path))
        report(n, total)
    return LeadingNumbers(tuple(effects), measured_with)


def _no_progress(done: int, total: int) -> None:
    """Nobody watches."""
