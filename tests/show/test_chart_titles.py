"""The title of every chart is its finding in words, and months stand on a calendar where the first day is known."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

import ripeness
from ripeness.show.charts.strips import strips

CASE = "japan-1945"
ASKED = {
    "options": (lambda: ripeness.options(CASE, "japan", draws=64), ("worth more than continuing", "No option is")),
    "arms": (lambda: ripeness.whatif(CASE, {"stake.held": 0.4}, draws=64), (" likely", "No outcome changes")),
    "strips": (lambda: ripeness.ripe(CASE, draws=64), ("oom for an agreement",)),
    "indicators": (lambda: ripeness.indicators(CASE, draws=256), (" tells most about the end, in ",)),
    "map": (lambda: ripeness.map(CASE, draws=64, links=("losses->cost",)), ("Cutting ", "No link ")),
    "mechanisms": (lambda: ripeness.mechanisms(CASE, draws=64), (" than as stated", "No lever ")),
    "update": (lambda: ripeness.update(CASE, ["1945-05-01", "1945-06-01"], draws=64), (" % on 1 June 1945, ",)),
}


def words(chart, key="text"):
    """A title, or what stands below it, in one line."""
    text = chart["title"][key]
    return text if isinstance(text, str) else " ".join(text)


@pytest.fixture(scope="module", params=ASKED)
def drawn(request):
    ask, findings = ASKED[request.param]
    answer = ask()
    return answer, answer.plot().to_dict(), findings


def test_the_title_of_a_chart_is_its_finding_and_the_case_stands_below(drawn):
    answer, chart, findings = drawn
    title = answer.setup.scenario.title
    assert any(finding in words(chart) for finding in findings), words(chart)
    assert title not in words(chart)
    assert title in words(chart, "subtitle")
    assert "month 2" not in words(chart) + words(chart, "subtitle")


def ripeness_at(*zones):
    """Ripeness of two sides that ask and leave so much, three months apart."""
    share = [
        SimpleNamespace(
            month=3.0 * n, polity=polity, faction=None, share=SimpleNamespace(low=value, median=value, high=value)
        )
        for n, zone in enumerate(zones)
        for polity, value in zip(("north", "south"), zone, strict=True)
    ]
    return SimpleNamespace(sides=("north", "south"), names={"north": "North", "south": "South"}, strips=share)


@pytest.mark.parametrize(
    ("zones", "title"),
    [
        (
            [(0.7, 0.2), (0.4, 0.5)],
            (
                "Room for an agreement at 1 of 2 dates shown; on 1 January 2025 North asks 70 % at least, South leaves "
                "20 % at most"
            ),
        ),
        ([(0.4, 0.5)], "Room for an agreement on 1 January 2025: North asks 40 % at least, South leaves 50 % at most"),
        (
            [(1.4, -0.5)],
            "No room for an agreement on 1 January 2025: North asks 100 % at least, South leaves 0 % at most",
        ),
    ],
)
def test_strips_say_when_there_is_room_for_an_agreement(zones, title):
    assert words(strips(ripeness_at(*zones), "A war", start=date(2025, 1, 1)).to_dict()) == title


def test_strips_have_dates_where_the_first_day_is_known_and_months_where_not():
    def headings(start):
        chart = strips(ripeness_at((0.7, 0.2), (0.4, 0.5)), "A war", start=start).to_dict()
        return chart["facet"]["sort"]

    assert headings(date(2025, 1, 1)) == ["1 January 2025", "2 April 2025"]
    assert headings(None) == ["at the start", "after 3 months"]


def test_indicators_stand_on_a_calendar():
    chart = ripeness.indicators(CASE, draws=256).plot().to_dict()
    x = chart["layer"][0]["encoding"]["x"]
    assert x["type"] == "temporal"
    assert all(str(tick["year"]) in ("1945", "1946", "1947", "1948") for tick in x["axis"]["values"])
