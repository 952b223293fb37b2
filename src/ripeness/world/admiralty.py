"""Doubt about a report by its Admiralty grade: the probability that it is uninformative.

The grades (STANAG 2511) are words; no standard gives them probabilities. The table is a judgement, stated here once:
the chance that the source has nothing true to say, and the chance that this report of it is wrong. Both must be well.
"""

from __future__ import annotations

from types import MappingProxyType

from ripeness.world.source import CREDIBILITY, RELIABILITY

UNRELIABLE = MappingProxyType({"A": 0.01, "B": 0.04, "C": 0.12, "D": 0.3, "E": 0.6, "F": 0.4})
"""Share of this source's reports that would say the same whatever happened (judged)."""
WRONG = MappingProxyType({"1": 0.01, "2": 0.04, "3": 0.12, "4": 0.4, "5": 0.75, "6": 0.4})
"""Chance that the report itself is wrong (judged)."""
PLANTED = 0.5
"""Further mass on saying nothing, for an item that is marked as possibly planted: as likely planted as not (judged)."""
UNGRADED = "F6"


def report_doubt(grade: str, *, planted: bool = False) -> float:
    """Return the probability that an item is uninformative: the mass spread evenly over all outcomes.

    Never 0, so no observation is impossible; a planted item keeps half of what it had to say.

    Units: probability. Source: grades of STANAG 2511; the numbers are judged.

    >>> round(report_doubt("A1"), 4), round(report_doubt("C3"), 4), round(report_doubt("B2", planted=True), 4)
    (0.0199, 0.2256, 0.5392)
    """
    sound = (1 - UNRELIABLE[grade[0]]) * (1 - WRONG[grade[1]])
    return 1 - sound * (1 - PLANTED if planted else 1)


def best_grade(grades: list[str]) -> str:
    """The grade of an item with several sources: that of the one which leaves least doubt.

    >>> best_grade(["C3", "B2", "F6"]), best_grade([])
    ('B2', 'F6')
    """
    return min(grades, key=report_doubt) if grades else UNGRADED


def grade_table() -> tuple[tuple[str, str, float], ...]:
    """The stated table as rows: letter or figure, its words, and the chance that goes with it."""
    letters = tuple((key, RELIABILITY[key], chance) for key, chance in UNRELIABLE.items())
    return letters + tuple((key, CREDIBILITY[key], chance) for key, chance in WRONG.items())
