"""Last day: what-ifs, options and ripeness that look ahead to a day."""

from __future__ import annotations

import pytest

import ripeness
from ripeness.world.calendar import date_after
from ripeness.world.fault import Fault

CASE, DAY = "japan-1945", "1945-09-20"
FEW = {"draws": 160, "seed": 3, "ignore_record": True}
ASKED = {
    "whatif": lambda **ask: ripeness.whatif(CASE, {"talks.mediation": 2}, **ask),
    "options": lambda **ask: ripeness.options(CASE, "japan", only=["accept"], **ask),
    "ripe": lambda **ask: ripeness.ripe(CASE, **ask),
}


@pytest.fixture(scope="module")
def result():
    return ripeness.run(CASE, **FEW)


@pytest.mark.parametrize("verb", ["whatif", "options"])
def test_the_war_as_stated_stands_on_that_day_as_a_run_says(result, verb):
    value = ASKED[verb](by=DAY, **FEW).value
    first = value.arms[0] if verb == "whatif" else value.options[0]
    for row in first.outcomes:
        name = f"{row.outcome}:{row.polity}" if row.polity else row.outcome
        assert row.share.p == pytest.approx(result.p(name, by=DAY), abs=1e-12)


@pytest.mark.parametrize("verb", ["whatif", "options"])
def test_the_answer_names_the_day(verb):
    assert "by 20 September 1945" in " ".join(ASKED[verb](by=DAY, **FEW).table().replace("By", "by").split())


def test_months_of_ripeness_end_with_the_last_whole_step_by_that_day(result):
    start = result.scenario.start
    assert ASKED["ripe"](by=date_after(start, 4.6), **FEW).value.shown == (0.0, 4.0)
    for month in (6, 12):  # of which the one ends before its day, the other after it
        assert ASKED["ripe"](by=date_after(start, month), **FEW).value.shown[-1] == month
    with pytest.raises(Fault, match="before the first month is over"):
        ASKED["ripe"](by=date_after(start, 0.5), **FEW)


@pytest.mark.parametrize("verb", ASKED)
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"by": "1999-01-01"}, "lies outside the forecast, which runs from 1945-05-02 to"),
        ({"by": "1945-05-01"}, "lies outside the forecast"),
        ({"by": DAY, "horizon": 6}, "give one of them"),
        ({"by": "soon"}, "not a date"),
    ],
)
def test_a_day_that_is_none_of_the_forecast_is_a_fault(verb, arguments, words):
    with pytest.raises(Fault, match=words):
        ASKED[verb](**arguments, **FEW)
