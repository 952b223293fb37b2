"""Outlook: past wars like this one, the model, their blend and every analyst's version, side by side by class of end.

The record and the blend know four classes of ends. The model's finer outcomes are added up into them, so that all stand
on one axis: settlement and ceasefire are settled; a victory or a collapse of either side is won.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ripeness.study.outcome_classes import ChanceEstimate, ClassShares
from ripeness.study.record.classes import CLASSES


@dataclass(frozen=True, slots=True)
class VersionView:
    """What one version under one actor model says: the model alone, and blended where there is a record."""

    version: str
    reading: str
    model: ClassShares
    blend: ClassShares | None = None


@dataclass(frozen=True, slots=True)
class VersionMark:
    """One class in one version under one actor model. `p`, `low`, `high`: the model; `blend`: with the record."""

    version: str
    reading: str
    p: float
    low: float
    high: float
    blend: float | None


@dataclass(frozen=True, slots=True)
class OutlookRow:
    """One class of end by a day: past wars, the model and the blend of the usual version, and all versions."""

    outcome: str
    record: ChanceEstimate | None
    model: ChanceEstimate
    blend: ChanceEstimate | None
    versions: tuple[VersionMark, ...]

    @property
    def answer(self) -> ChanceEstimate:
        """The probability that answers: of the blend where there is one, else of the model."""
        return self.model if self.blend is None else self.blend

    def model_range(self, reading: str = "") -> tuple[float, float]:
        """The least and the greatest that versions say, all or those under one actor model; the model's own if none."""
        values = [mark.p for mark in self.versions if reading in {"", mark.reading}] or [self.model.p]
        return min(values), max(values)


@dataclass(frozen=True)
class Outlook:
    """How a war may stand by a day, one row a class of end.

    `usual` names the version whose model and blend stand in the rows, `reading` its actor model. `record_cases`: past
    conflicts that had lasted as long; none without a record, and then `no_record` says why. `lead`: the class that the
    sentence is about; `titles`: what versions are called in words.
    """

    on: date
    month: float
    usual: str
    reading: str
    rows: tuple[OutlookRow, ...]
    record_cases: float | None
    no_record: str = ""
    lead: str = "settlement"
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, version: str) -> str:
        """What a version is called in words."""
        return self.titles.get(version, version)

    def spread(self, row: OutlookRow) -> tuple[float, float]:
        """The least and the greatest that versions say of a class under the actor model that is asked about."""
        return row.model_range(self.reading)

    @property
    def versions(self) -> tuple[str, ...]:
        """The versions compared, in their order."""
        return tuple(dict.fromkeys(mark.version for mark in self.rows[0].versions))

    def of(self, outcome: str) -> OutlookRow:
        """The row of a class."""
        return next(row for row in self.rows if row.outcome == outcome)


def outlook(
    when: tuple[date, float],
    usual: VersionView,
    record: ClassShares | None,
    views: Mapping[tuple[str, str], VersionView],
    cases: tuple[float | None, str] = (None, ""),
    lead: str = "settlement",
    titles: Mapping[str, str] | None = None,
) -> Outlook:
    """Put record, usual version and all versions beside each other, class by class.

    `when` is the day and its month; `cases` how many past conflicts the record has, and why it has none.

    >>> shares = ClassShares(24.0, (0.1, 0.1, 0.2, 0.6), (0.0,) * 4, (1.0,) * 4)
    >>> value = outlook((date(2025, 3, 14), 24.0), VersionView("public", "factional", shares), None, {})
    >>> value.of("fighting").answer.p, value.versions
    (0.6, ())
    """
    rows = tuple(
        OutlookRow(
            name,
            None if record is None else record.estimate(name),
            usual.model.estimate(name),
            None if usual.blend is None else usual.blend.estimate(name),
            tuple(_mark(view, name) for view in views.values()),
        )
        for name in CLASSES
    )
    return Outlook(*when, usual.version, usual.reading, rows, *cases, lead, dict(titles or {}))


def _mark(view: VersionView, name: str) -> VersionMark:
    model = view.model.estimate(name)
    return VersionMark(
        view.version,
        view.reading,
        model.p,
        model.low,
        model.high,
        None if view.blend is None else view.blend.of(name),
    )
