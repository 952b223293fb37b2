"""Calendar dates: the scenario's dated events, and the day by which each leading indicator is informative."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ripeness.scenario.schema import Scenario
from ripeness.study.indicators.indicators import RankedIndicators
from ripeness.world.calendar import date_after

LEADING = 10  # indicators that get a date


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day in the calendar: a stable id, what it is, and what to look for."""

    id: str
    on: date
    title: str
    about: str


def calendar_dates(scenario: Scenario, ranked: RankedIndicators, today: date) -> tuple[CalendarDate, ...]:
    """All dates in order: events, indicators of the scenario that have a day, and when the leading ones show.

    Months are counted from `today`, the day of the forecast.
    """
    dates = [
        CalendarDate(f"event-{key}-{kind}", day, f"{event.name or key}{words}", event.note)
        for key, event in scenario.events.items()
        for kind, day, words in (
            ("on", event.on, ""),
            ("after", event.after, ": possible from now on"),
            ("before", event.before, ": no longer"),
        )
        if day is not None and day >= today
    ]
    dates += [
        CalendarDate(f"indicator-{key}", own.on, f"Look whether: {own.words}", own.note)
        for key, own in scenario.indicators.items()
        if own.on is not None and own.on >= today
    ]
    for indicator in ranked.indicators[:LEADING]:
        look = next(look for look in indicator.looks if look.month == indicator.shows)
        means = "; ".join(
            f"{_range(band.low, band.high)}: {ranked.target.name} {100 * band.chances[ranked.target.name]:.0f} %"
            for band in look.readings
        )
        day = date_after(today, indicator.shows)
        dates.append(
            CalendarDate(
                f"watch-{ranked.target.name}-{ranked.target.month:g}-{indicator.key}",
                day,
                f"Look at: {indicator.name}",
                f"By month {ranked.target.month:g}, if {means}",
            )
        )
    end = date_after(today, ranked.target.month)
    dates.append(
        CalendarDate(
            f"target-{ranked.target.month:g}",
            end,
            f"The forecast's month {ranked.target.month:g} is over",
            "Compare, and score it.",
        )
    )
    return tuple(sorted(dates, key=lambda entry: (entry.on, entry.id)))


def _range(low: float | None, high: float | None) -> str:
    if low is None:
        return f"below {high:.3g}"
    return f"above {low:.3g}" if high is None else f"{low:.3g} to {high:.3g}"
