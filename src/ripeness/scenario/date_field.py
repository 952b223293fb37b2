"""How a day is written in a scenario file: a date as text; of a document a month or a year alone will do."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

LAST_YEAR = 2500
YEAR, MONTH = re.compile(r"\d{4}"), re.compile(r"\d{4}-\d{2}")


def _day(value: object) -> object:
    """A date from its text alone: figures are not taken for seconds since 1970."""
    if isinstance(value, (int, float)):
        raise PydanticCustomError("date_figure", "a date such as 2023-03-15 is wanted")
    return value


def _first_day(value: object) -> object:
    """The first day that a date may mean when only its year or its month is known."""
    text = str(value)
    if YEAR.fullmatch(text) and text != "0000":
        return f"{text}-01-01"
    return f"{text}-01" if MONTH.fullmatch(text) else _day(value)


def _within_reach(day: date) -> date:
    """A day from which one can look ahead; later ones are slips of the pen."""
    if day.year > LAST_YEAR:
        raise PydanticCustomError("date_far", "far")
    return day


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_within_reach)]
Published = Annotated[date, BeforeValidator(_first_day)]
