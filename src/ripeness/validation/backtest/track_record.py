"""Track record: what the backtest of past wars and of past conflicts gave, as it ships for readers of the workbench."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from ripeness.ledger.scores.calibration import Bin
from ripeness.ledger.scores.interval import ScoreInterval, share_interval

FILE = "track_record.yaml"


@dataclass(frozen=True, slots=True)
class TrackedForecasts:
    """Forecasts of past wars on one question after so many months of fighting: Brier scores (0 to 2) and calibration.

    `record` are past wars alone, `model` the simulations alone, `blend` both; `less_record` is the blend's score less
    that of past wars. `bins` are by forecaster.
    """

    question: str
    months_fought: int
    wars: int
    record: float
    model: float
    blend: float
    less_record: ScoreInterval
    bins: dict[str, tuple[Bin, ...]]


@dataclass(frozen=True, slots=True)
class TrackedConflicts:
    """Forecasts by the regression of the record that a conflict is over so many months later; intervals by conflict.

    `bins` hold the share that was over, and the band in which it would lie if the forecasts were right.
    """

    months_ahead: int
    forecasts: int
    mean: float
    share: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True)
class TrackRecord:
    """All that ships: past wars between states, and conflicts since 1946."""

    wars: int
    years: str
    forecasts: tuple[TrackedForecasts, ...]
    conflicts: int
    conflict_forecasts: int
    gain_over_life_table: ScoreInterval
    over: tuple[TrackedConflicts, ...]

    def at(self, months_fought: int) -> TrackedForecasts:
        """The forecasts of how wars end after so many months of fighting."""
        return next(row for row in self.forecasts if row.months_fought == months_fought)


@cache
def track_record() -> TrackRecord:
    """The track record that ships.

    >>> track_record().wars, track_record().conflicts
    (57, 221)
    """
    shipped: dict[str, Any] = yaml.safe_load((files(__package__) / FILE).read_text(encoding="utf-8"))
    return TrackRecord(
        shipped["wars"],
        shipped["years"],
        tuple(_tracked(row) for row in shipped["forecasts"]),
        shipped["conflicts"],
        shipped["conflict_forecasts"],
        _interval(shipped["gain_over_life_table"], shipped["conflict_forecasts"]),
        tuple(_over(row) for row in shipped["over"]),
    )


def _tracked(row: dict[str, Any]) -> TrackedForecasts:
    wars = row["wars"]
    bins = {
        name: tuple(Bin(low, high, n, mean, share_interval(hits, n)) for low, high, n, mean, hits in parts)
        for name, parts in row["bins"].items()
    }
    scores = row["brier"]
    return TrackedForecasts(
        row["question"],
        row["months_fought"],
        wars,
        scores["record"],
        scores["model"],
        scores["blend"],
        _interval(row["blend_less_record"], wars),
        bins,
    )


def _over(row: dict[str, Any]) -> TrackedConflicts:
    bins = tuple(
        Bin(least, most, n, mean, ScoreInterval(share, low, high, n))
        for least, most, n, mean, share, low, high in row["bins"]
    )
    return TrackedConflicts(row["months_ahead"], row["forecasts"], row["mean"], row["share"], bins)


def _interval(numbers: list[float], n: int) -> ScoreInterval:
    value, low, high = numbers
    return ScoreInterval(value, low, high, n)
