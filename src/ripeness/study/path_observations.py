"""Observations that a file of months holds, in the form in which a scenario states its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, cast

from ripeness.scenario.schema import Observation, Scenario
from ripeness.study.death_series import GRADE
from ripeness.study.war_path import PathPeriod, WarPath
from ripeness.world.fault import Fault
from ripeness.world.quantity import Z90, Quantity, Scale
from ripeness.world.wording import unknown_name

LINE_ERROR = 0.05
"""Sd of a line of the path in shares of the stake: maps of one day differ by a hundredth, and a simulated war that
begins with the numbers of the start differs by more from the war that was fought (judged)."""
OFFER_ERROR = 0.03  # sd of an offer as coded by one hand, in shares of the stake (judged)


def known_path(scenario: Scenario, path: WarPath, until: date) -> tuple[WarPath, tuple[Observation, ...], list[str]]:
    """What of a path was known on a day, its observations beyond deaths, and warnings of what is left out.

    Raises: Fault for a polity that the scenario does not know.
    """
    for period in path.periods:
        for polity in (*period.deaths, *period.offers, *period.leader_fell):
            if polity and polity not in scenario.polities:
                raise Fault(unknown_name("a polity of the scenario", polity, scenario.polities), period.place)
    of_the_war = tuple(period for period in path.periods if period.last >= scenario.began)
    over_by_then = tuple(period for period in of_the_war if period.last <= until)
    warnings = list(path.remarks)
    if len(of_the_war) < len(path.periods):
        count = len(path.periods) - len(of_the_war)
        warnings.append(f"{count} of {len(path.periods)} periods of {path.file} are before the war began; left out")
    if len(over_by_then) < len(of_the_war):
        count = len(of_the_war) - len(over_by_then)
        warnings.append(f"{count} of {len(path.periods)} periods of {path.file} were not over by {until}; left out")
    chosen = replace(path, periods=over_by_then)
    if over_by_then and not any(row.tells for row in over_by_then):
        warnings.append(f"{path.file} says nothing that a simulated war can be held against; civilians are no such")
    return chosen, path_observations(scenario, chosen), warnings


def path_observations(scenario: Scenario, path: WarPath) -> tuple[Observation, ...]:
    r"""Lines, offers and leaders' falls of a path as a scenario's evidence states them.

    A line counts on the last day of its period, an offer and a leader in its middle.

    >>> from ripeness.scenario.read import read_scenario
    >>> from ripeness.study.path_file import path_of
    >>> path = path_of("month,line,leader:russia\n2022-03,0.5,0\n")
    >>> [(str(row.date), row.shows) for row in path_observations(read_scenario("ukraine-2023-03"), path)]
    [('2022-03-31', 'line'), ('2022-03-16', 'leader_stayed')]
    """
    holder = next(key for key, polity in scenario.polities.items() if polity.role == "belligerent")
    observations = []
    for period in path.periods:
        middle = _middle(period, scenario.began)
        if period.line is not None:
            observations.append(_observation(period.last, holder, "line", period.line, LINE_ERROR))
        for polity, share in period.offers.items():
            observations.append(_observation(middle, polity, "offer_made", share, OFFER_ERROR))
        for polity, fell in period.leader_fell.items():
            observations.append(_observation(middle, polity, "leader_fell" if fell else "leader_stayed"))
    return tuple(observations)


def _middle(period: PathPeriod, began: date) -> date:
    first = max(period.first, began)
    return first + (period.last - first) / 2


def _observation(on: date, polity: str, shows: str, value: float | None = None, error: float = 0.0) -> Observation:
    amount = None
    if value is not None:
        low, high = max(value - Z90 * error, 0.0), min(value + Z90 * error, 1.0)
        amount = Quantity("interval", (value, low, high), 0.0, 1.0, "index", Scale.PLAIN)
    return Observation.model_construct(
        id=f"{shows} of {polity}, {on}",
        date=on,
        polity=polity,
        issue=None,
        position=None,
        choice=None,
        alternatives={},
        shows=cast("Any", shows),
        amount=amount,
        toward=None,
        grade=GRADE,
        planted=False,
        puzzling=False,
        source=(),
        note="of a file of months",
    )
