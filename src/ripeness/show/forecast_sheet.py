"""Forecast sheet: everything that the tables of one run show, ready to be laid out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ripeness.study.coded_ends import CodedEnd
from ripeness.study.forecast import WarForecast
from ripeness.study.probabilities import OutcomeProbability


@dataclass(frozen=True, slots=True)
class ForecastSheet:
    """A forecast with its title, what was run, names by key, the words below it, and names and ends of issues.

    `ends`: the outcomes as the field codes them, by month. `answer`: every outcome by the day `by`, in the blend with
    past conflicts where there is one (`blended`).
    """

    title: str
    about: Mapping[str, Any]
    start: date
    names: Mapping[str, str]
    faction_names: Mapping[str, str]
    forecast: WarForecast
    note: str
    sentence: str
    issues: Mapping[str, tuple[str, str, str]]
    by: date
    blended: bool
    answer: tuple[OutcomeProbability, ...]
    ends: tuple[CodedEnd, ...]
