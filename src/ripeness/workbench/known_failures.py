"""Known: how the war model did on past wars, so that every report can say where it failed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class PairedScore:
    """Two forecasts of the same wars after some months of fighting: Brier scores, and the difference with 90 %."""

    months: int
    n: int
    other: float
    model: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class KnownFailures:
    """The war model's record. `who_wins` against the baseline of the month; `factions`: factional less unitary."""

    wars: int
    years: str
    who_wins: tuple[PairedScore, ...]
    factions: tuple[tuple[int, float, float, float], ...]
    long_wars: tuple[float, float, float, float]
    leaders: PairedScore


@cache
def known_failures() -> KnownFailures:
    """The figures of the backtest that the documentation tells.

    >>> known_failures().wars, [row.months for row in known_failures().who_wins]
    (57, [0, 1, 3, 6, 12])
    """
    figures: dict[str, Any] = yaml.safe_load((files(__package__) / "known_failures.yaml").read_text(encoding="utf-8"))
    return KnownFailures(
        figures["wars"],
        figures["years"],
        tuple(PairedScore(months, *row) for months, row in figures["who_wins"].items()),
        tuple((months, *row) for months, row in figures["factions"].items()),
        tuple(figures["long_wars"]),
        PairedScore(0, *figures["leaders"]),
    )
