"""Dated statements move positions: the series, the start that they give where none is stated, and their faults."""

from datetime import date

import numpy as np
import pytest

from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.number_paths import scenario_numbers, uncertain_numbers
from ripeness.scenario.position_series import UNKNOWN, StatedSeries, position_at_start, smoothed_position
from ripeness.scenario.read import read_text
from ripeness.scenario.statements import position_without_statements, stated_series, statements_until
from ripeness.scenario.template import template
from ripeness.world.fault import Fault

WALK = 0.02
PLACE = "polities.north.factions.army.positions."
ARMY = "      army: {archetype: military, power: 0.3 to 0.4}\n"
SOURCES = """sources:
  press: {title: A newspaper, author: Editors, published: 2024-12-01, grade: B2}
  rumour: {title: A rumour, author: Nobody, published: 2024-12-01, grade: E5}
"""


def war_with(*statements: str, positions: str = "") -> str:
    """The invented war with statements of the north's army, and positions that it states."""
    rows = "".join(f"          - {{{row}}}\n" for row in statements)
    army = (
        "      army:\n        archetype: military\n        power: 0.3 to 0.4\n"
        + (f"        positions: {{{positions}}}\n" if positions else "")
        + (f"        statements:\n{rows}" if rows else "")
    )
    return template("minimal").replace(ARMY, army, 1) + SOURCES


def said(day: str, position: str = "0.8 to 0.9", source: str = "press", issue: str = "terms") -> str:
    return f"date: {day}, issue: {issue}, position: {position}, source: {source}"


def joint(dates: np.ndarray, precision_at: dict[int, float], values: dict[int, float]) -> tuple[np.ndarray, np.ndarray]:
    """Mean and sd of a random walk on a grid of months, from its whole precision matrix: no formula of the code's."""
    steps = np.diff(dates)
    precision = np.zeros((len(dates), len(dates)))
    for n, step in enumerate(steps):
        link = 1 / (WALK**2 * step)
        precision[n : n + 2, n : n + 2] += link * np.array([[1.0, -1.0], [-1.0, 1.0]])
    shift = np.zeros(len(dates))
    for n, weight in precision_at.items():
        precision[n, n] += weight
        shift[n] += weight * values[n]
    covariance = np.linalg.inv(precision)
    return covariance @ shift, np.sqrt(np.diag(covariance))


@pytest.mark.parametrize("start", [None, (0.5, 0.2), (0.5, 0.02)])
def test_the_series_is_that_of_a_random_walk_solved_as_one_system(start: tuple[float, float] | None) -> None:
    """Whether or not anything is known of the start, both ways give the same mean and sd on every day."""
    dates = np.arange(-24.0, 13.0)
    seen = {4: (0.3, 0.05), 15: (0.45, 0.1), 22: (0.6, 0.03), 30: (0.75, 0.02)}
    records = seen if start is None else seen | {24: start}
    mean, sd = joint(dates, {n: 1 / sd**2 for n, (_, sd) in records.items()}, {n: x for n, (x, _) in records.items()})
    rows = sorted(seen)
    series = StatedSeries(dates[rows], np.array([seen[n][0] for n in rows]), np.array([seen[n][1] for n in rows]), WALK)
    got_mean, got_sd = smoothed_position(series, *(start or (0.0, UNKNOWN)), dates)
    assert got_mean == pytest.approx(mean, abs=1e-4)
    assert got_sd == pytest.approx(sd, abs=1e-4)


def test_the_start_that_statements_give_is_that_of_the_series_up_to_it() -> None:
    series = StatedSeries(np.array([-20.0, -9.0, -2.0]), np.array([0.3, 0.45, 0.6]), np.array([0.05, 0.1, 0.03]), WALK)
    mean, sd = smoothed_position(series, 0.0, UNKNOWN, np.zeros(1))
    assert position_at_start(series) == pytest.approx((mean[0], sd[0]), abs=1e-4)


def test_a_narrow_start_holds_and_a_vague_one_gives_way() -> None:
    series = StatedSeries(np.array([-1.0]), np.array([0.9]), np.array([0.02]), WALK)
    narrow, vague = (smoothed_position(series, 0.5, sd, np.zeros(1))[0][0] for sd in (0.005, 0.3))
    assert narrow < 0.52
    assert vague > 0.88


def test_a_statement_weighs_by_its_interval_and_by_its_grade() -> None:
    exact, vague = (read_text(war_with(said("2024-12-01", position))).scenario for position in ("0.9", "0.6 to 0.95"))
    rumour = read_text(war_with(said("2024-12-01", "0.85 to 0.95", "rumour"))).scenario
    press = read_text(war_with(said("2024-12-01", "0.85 to 0.95"))).scenario
    sds = [float(stated_series(s, "north", "army", "terms").sd[0]) for s in (exact, press, vague)]
    assert sds == sorted(sds)
    assert (
        stated_series(rumour, "north", "army", "terms").sd[0] > 2 * stated_series(press, "north", "army", "terms").sd[0]
    )


def test_a_stated_position_stands_at_the_start_whatever_was_said() -> None:
    scenario = read_text(war_with(said("2024-12-01"), positions="terms: 0.3 to 0.4")).scenario
    plain = read_text(war_with(positions="terms: 0.3 to 0.4")).scenario
    of_army = [s.polities["north"].factions["army"].positions["terms"] for s in (scenario, plain)]
    assert of_army[0] == of_army[1]


@pytest.mark.parametrize("issue", ["terms", "effort"])
def test_statements_up_to_the_start_give_an_unstated_position(issue: str) -> None:
    """On terms nothing is stated by default, on effort an archetype's default gives way."""
    opened = read_text(war_with(said("2024-11-01", issue=issue), said("2025-03-01", "0.1 to 0.2", issue=issue)))
    number = opened.scenario.polities["north"].factions["army"].positions[issue]
    low, centre, high = number.interval()
    assert centre == pytest.approx(0.857143, abs=1e-6)  # the median of 0.8 to 0.9 on the scale of odds
    assert high - low > 0.1  # wider than the statement: two months have passed
    assert number.sources == ("press",)
    assert str(number.kind) == "derived"


def test_a_start_that_rests_on_statements_is_not_weighed_with_them_again() -> None:
    """At the start the series gives back what was read off it; the statements count once."""
    scenario = read_text(war_with(said("2024-09-01", "0.5 to 0.6"), said("2024-12-01"))).scenario
    number = scenario.polities["north"].factions["army"].positions["terms"]
    low, centre, high = number.interval()
    series = stated_series(scenario, "north", "army", "terms")
    mean, sd = smoothed_position(series, *position_without_statements(number), np.zeros(1))
    assert mean[0] == pytest.approx(centre, abs=1e-3)
    assert 2 * 1.6449 * sd[0] == pytest.approx(high - low, abs=1e-3)


def test_what_was_said_later_alone_gives_no_start() -> None:
    scenario = read_text(war_with(said("2025-03-01"))).scenario
    assert "terms" not in scenario.polities["north"].factions["army"].positions


def test_statements_are_no_inputs_of_the_war_and_change_its_fingerprint() -> None:
    plain = read_text(war_with(positions="terms: 0.3 to 0.4")).scenario
    scenario = read_text(war_with(said("2024-12-01"), positions="terms: 0.3 to 0.4")).scenario
    path = "polities.north.factions.army.statements.0.position"
    assert path in scenario_numbers(scenario)
    assert path not in uncertain_numbers(scenario)
    assert uncertain_numbers(scenario).keys() == uncertain_numbers(plain).keys()
    assert fingerprint(scenario) != fingerprint(plain)


def test_knowledge_up_to_a_day_leaves_out_what_was_said_later() -> None:
    scenario = read_text(war_with(said("2024-11-01"), said("2025-03-01"))).scenario
    known = statements_until(scenario, date(2025, 1, 1)).polities["north"].factions["army"].statements
    assert [row.date for row in known] == [date(2024, 11, 1)]


@pytest.mark.parametrize(
    ("rows", "wrong", "shown"),
    [
        ((said("2024-12-01", issue="truce"),), "truce", "2024-12-01, issue: "),
        ((said("1999-12-01"),), "more than 20 years before", "date: "),
        ((said("2024-12-01"), said("2024-12-01")), "a second time", "- "),
        ((said("2024-12-01", "1.2"),), "1.2", "position: "),
        ((said("2024-12-01", source="nobody"),), "nobody", "source: "),
        (("date: 2024-12-01, issue: terms, source: press",), "position", "- "),
        ((said("2024-12-01") + ", grade: Z9",), "grade", "grade: "),
    ],
)
def test_a_faulty_statement_is_refused_where_it_stands(rows: tuple[str, ...], wrong: str, shown: str) -> None:
    text = war_with(*rows)
    with pytest.raises(Fault) as caught:
        read_text(text)
    fault = caught.value
    assert wrong in fault.message
    line = text.splitlines()[fault.place.line - 1]
    assert rows[-1] in line
    assert line[: fault.place.column - 1].endswith(shown)
