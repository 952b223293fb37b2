"""The ends of years by which a page offers to ask."""

from __future__ import annotations

from datetime import date

from ripeness.web.year_ends import MOST, year_ends


def test_every_year_that_a_forecast_reaches_is_offered():
    ends = year_ends(date(2023, 3, 15), date(2028, 3, 14))
    assert [end.year for end in ends] == [2023, 2024, 2025, 2026, 2027]
    assert {(end.month, end.day) for end in ends} == {(12, 31)}


def test_neither_a_day_beyond_the_forecast_nor_one_that_is_nearly_here_is_offered():
    assert year_ends(date(2023, 11, 15), date(2024, 12, 30)) == ()
    assert len(year_ends(date(2000, 1, 1), date(2100, 1, 1))) == MOST
