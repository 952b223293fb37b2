"""Leading numbers: which numbers move the outcomes of a war most, each moved alone from end to end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ripeness.study.end_to_end import GROUP, EndToEndEffect, leading_by_groups
from ripeness.workbench.bench import Bench
from ripeness.workbench.question import Progress

SCREENED_WITH, MEASURED_WITH = 384, 3_000  # runs at each end: to choose candidates, and of each of these
OF_THE_WAR, OF_THE_MODEL = 20, 8  # candidates that are measured


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

    Candidates are screened by groups on few runs. Progress counts tests.

    Raises: Fault where the scenario cannot be read, or a condition does not fit.

    >>> measured = leading_numbers("japan-1945", {"horizon": 3}, screened_with=64, measured_with=64, most=(1, 1))
    >>> [effect.path.startswith("laws.") for effect in measured.effects]
    [False, True]
    """
    report = progress or _no_progress
    screening = Bench(source, draws=screened_with, **conditions)
    paths, tests = [screening.uncertain_paths(of_the_model=model) for model in (False, True)], 0
    total = sum(-(-len(some) // GROUP) + GROUP * max(1, n // 2) for some, n in zip(paths, most, strict=True)) + sum(
        most
    )

    def flipped(group: Sequence[str]) -> float:
        nonlocal tests
        tests += 1
        report(min(tests, total), total)
        return screening.flipped(group)

    leading = [path for some, n in zip(paths, most, strict=True) for path in leading_by_groups(some, flipped, n)]
    bench = Bench(source, draws=measured_with, **conditions)
    effects = []
    for n, path in enumerate(leading, 1):
        effects.append(bench.end_to_end(path))
        report(min(tests + n, total), total)
    return LeadingNumbers(tuple(effects), measured_with)


def _no_progress(done: int, total: int) -> None:
    """Nobody watches."""
