"""Run brief: what one screen says of a run, by a month and its date."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ripeness.study.outcome_classes import ClassShares
from ripeness.study.outlook import VersionView
from ripeness.study.record.classes import CLASSES
from ripeness.study.sensitivity.leading import LeadingParameter
from ripeness.study.target import Target


@dataclass(frozen=True)
class RunBrief:
    """What one screen says of a run, by a month and its date.

    `shares` are those of the blend where there is one, else of the model. `versions` holds the shares of every version
    of the case that could be run, by name; `version_draws` are the wars of each of the others. `narrowing`: the inputs
    that carry most of the spread of the likeliest class; `narrows_model`: of the model's, since none stands out under
    the weights of the blend. `views`: what each version says with and without the record, by name and actor model.
    """

    month: float
    on: date
    model: ClassShares
    record: ClassShares | None
    record_cases: float | None
    blend: ClassShares | None
    target: Target
    narrowing: tuple[LeadingParameter, ...]
    narrows_model: bool
    no_record: str
    versions: Mapping[str, ClassShares] = field(default_factory=dict)
    version_draws: int = 0
    versions_note: str = ""
    views: Mapping[tuple[str, str], VersionView] = field(default_factory=dict)

    @property
    def shares(self) -> ClassShares:
        """The probabilities that answer."""
        return self.model if self.blend is None else self.blend


@dataclass(frozen=True, slots=True)
class VersionRange:
    """The class of outcomes on which versions differ most. `differs`: by more than their Monte Carlo errors."""

    name: str
    low: float
    high: float
    lowest: str
    highest: str
    differs: bool


def version_range(versions: Mapping[str, ClassShares]) -> VersionRange:
    """The class with the widest range over versions, among those on which they differ by more than chance, if any.

    >>> few = ClassShares(24.0, (0.1, 0.1, 0.3, 0.5), (0.0, 0.0, 0.2, 0.4), (0.2, 0.2, 0.4, 0.6))
    >>> many = ClassShares(24.0, (0.1, 0.1, 0.7, 0.1), (0.0, 0.0, 0.6, 0.0), (0.2, 0.2, 0.8, 0.2))
    >>> version_range({"essay": few, "public": many}).differs
    True
    """
    ranges = []
    for n, name in enumerate(CLASSES):
        order = sorted(versions, key=lambda version: versions[version].p[n])
        lowest, highest = versions[order[0]], versions[order[-1]]
        differs = highest.low[n] > lowest.high[n]
        ranges.append(VersionRange(name, lowest.p[n], highest.p[n], order[0], order[-1], differs))
    return max(ranges, key=lambda spread: (spread.differs, spread.high - spread.low))


def class_range(versions: Mapping[str, ClassShares], name: str) -> tuple[float, float]:
    """The least and the greatest probability of a class among versions.

    >>> class_range({}, "frozen")
    (nan, nan)
    """
    values = [shares.p[CLASSES.index(name)] for shares in versions.values()]
    return (min(values), max(values)) if values else (float("nan"), float("nan"))
