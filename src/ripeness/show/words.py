"""Words: outcomes and numbers as a person would say them, the same in every table, chart and page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from math import floor, isnan, log10
from typing import TYPE_CHECKING

from ripeness.scenario.polity_names import MOVEMENT, PolityNames
from ripeness.world.calendar import date_after

if TYPE_CHECKING:
    from ripeness.study.forecast import WarForecast
    from ripeness.study.probabilities import OutcomeProbability

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def outcome(kind: str, polity: str | None, names: Mapping[str, str], manner: str | None = None) -> str:
    """Name an outcome; in a war inside a state as the field codes ends (Kreutz 2010), naming government and movement.

    >>> outcome("victory", "north", {"north": "the North"}, "front")
    'victory of the North, by the front'
    >>> outcome("fighting", None, {})
    'still fighting'
    >>> outcome("frozen", None, PolityNames(civil=True))
    'low activity'
    >>> outcome("collapse", "m", PolityNames({"m": "the Front"}, civil=True, parties={"m": "movement"}))
    'end of the movement (the Front)'
    """
    name = names.get(polity, polity) if polity else ""
    civil = isinstance(names, PolityNames) and names.civil
    party = names.parties.get(polity or "", "") if isinstance(names, PolityNames) else ""
    owner = f"the {party} ({name})" if party and name.lower().removeprefix("the ") != party else name
    if kind == "victory":
        means = {"front": ", by the front", "surrender": ", by surrender"}.get(manner or "", "")
        return f"victory of {owner}{means}"
    if kind == "collapse":
        return f"end of {owner}" if party == MOVEMENT else f"collapse in {name}"
    plain = {"settlement": "settlement", "frozen": "frozen front", "ceasefire": "lasting ceasefire"}
    if civil:
        plain |= {"settlement": "peace agreement", "frozen": "low activity"}
    return plain.get(kind, "still fighting")


def chance_of(chance: OutcomeProbability, names: Mapping[str, str]) -> str:
    """Name an outcome with its probability.

    >>> from ripeness.study.probabilities import OutcomeProbability
    >>> chance_of(OutcomeProbability("frozen", None, None, 12, .25, .1, .4, .24, .26), {})
    'frozen front, 25 %'
    """
    return f"{outcome(chance.outcome, chance.polity, names, chance.how)}, {percent(chance.p)}"


def percent(p: float) -> str:
    """A probability as a person reads it; what is rare but happened is not called impossible.

    >>> percent(.163), percent(.0004), percent(0), percent(.9996), percent(1)
    ('16 %', '<1 %', '0 %', '>99 %', '100 %')
    """
    return f"{bare_percent(p)} %"


def bare_percent(p: float) -> str:
    """The same without its sign.

    >>> bare_percent(.163), bare_percent(.004)
    ('16', '<1')
    """
    if 0 < p <= 0.005:
        return "<1"
    if 0.995 <= p < 1:
        return ">99"
    return f"{100 * p:.0f}"


def percent_range(low: float, high: float) -> str:
    """Two probabilities in percent, as the ends of a spread.

    >>> percent_range(.0001, .943)
    '0-94'
    """
    return f"{100 * low:.0f}-{100 * high:.0f}"


def number(x: float) -> str:
    """A number to two or three digits, thousands set apart.

    >>> number(437238.0), number(12.345), number(.04231), number(0)
    ('437,000', '12.3', '0.0423', '0')
    """
    if isnan(x):
        return "-"
    if x == 0:
        return "0"
    digits = 2 - floor(log10(abs(x)))
    rounded = round(x, digits)
    return f"{rounded:,.{max(digits, 0)}f}" if digits <= 2 else _without_exponent(f"{rounded:.{digits}g}")


def rough(x: float) -> str:
    """A number that nobody knows well: three digits, two where it is below 10.

    >>> rough(817.4), rough(4.113), rough(.0296), rough(.00004), rough(0)
    ('817', '4.1', '0.03', '0.00004', '0')
    """
    return number(x) if abs(x) >= 10 or x == 0 or isnan(x) else _without_exponent(f"{x:.2g}")


def _without_exponent(text: str) -> str:
    return f"{float(text):.12f}".rstrip("0") if "e-" in text else text


def span(low: float | None, high: float | None, horizon: str) -> str:
    """Two ends of an interval; an end that lies beyond the horizon is said to.

    >>> span(3.0, None, "60")
    '3.0 to >60'
    """
    return f"{months(low, horizon)} to {months(high, horizon)}"


def months(x: float | None, horizon: str) -> str:
    """A time in months, or that it lies beyond the horizon.

    >>> months(None, "60"), months(27.96, "60"), months(3.04, "60")
    ('>60', '28', '3.0')
    """
    if x is None:
        return f">{horizon}"
    return f"{x:.0f}" if x >= 10 else f"{x:.1f}"


def at(month: float) -> str:
    """A month of the table; a horizon of weeks seldom ends on a whole one.

    >>> at(12.0), at(13.7988)
    ('12', '13.8')
    """
    return f"{round(month, 1):g}"


def day(when: date) -> str:
    """A date in words.

    >>> day(date(2023, 3, 15))
    '15 March 2023'
    """
    return f"{when.day} {MONTH_NAMES[when.month - 1]} {when.year}"


def month_of(when: date) -> str:
    """The month of a date in words.

    >>> month_of(date(2023, 3, 15))
    'March 2023'
    """
    return f"{MONTH_NAMES[when.month - 1]} {when.year}"


def course_of_the_model(forecast: WarForecast, start: date) -> str:
    """How long the wars of the model last and what they cost up to the horizon, in one sentence."""
    lives, end = forecast.lives(), date_after(start, forecast.horizon)
    return (
        f"In the model, {_duration_sentence(forecast)}, and up to {month_of(end)} the war and what follows it cost "
        f"{number(1000 * lives.median)} lives in the median run (90 % of runs: {number(1000 * lives.low)} to "
        f"{number(1000 * lives.high)})."
    )


def _duration_sentence(forecast: WarForecast) -> str:
    if forecast.duration.median is None:
        return f"{percent(forecast.duration.ended)} of the simulations end within {at(forecast.horizon)} months"
    return f"half of the simulations end within {months(forecast.duration.median, '')} months"


def month_or_day(month: float, first_day: date | None) -> str:
    """A month by its day, or by its number where the day from which months count is not known. Units: months from it.

    >>> month_or_day(24.0, date(2023, 3, 15)), month_or_day(3.5, None)
    ('14 March 2025', 'month 3.5')
    """
    return f"month {at(month)}" if first_day is None else day(date_after(first_day, month))
