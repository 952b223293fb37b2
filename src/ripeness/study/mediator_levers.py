"""Levers of mediators: what each patron that works for a peace can bring, by name."""

from __future__ import annotations

from ripeness.scenario.schema import Scenario
from ripeness.world.quantity import Quantity
from ripeness.world.wording import join_words

ALONE = {"information": "information", "guarantee": "a guarantee", "monitoring": "monitoring"}
BY_SIDE = {"payments": "payments to", "threats": "holding back aid from", "penalties": "pressure on"}


def mediators(scenario: Scenario) -> tuple[str, ...]:
    """Keys of the patrons that may mediate, in the order of the file."""
    return tuple(key for key, polity in scenario.polities.items() if polity.mediator is not None)


def levers_of(scenario: Scenario, key: str) -> dict[str, str]:
    """What a mediator can bring, in words, and the path of the number that says how much.

    >>> from ripeness.scenario.read import read_text
    >>> from ripeness.scenario.template import template
    >>> levers_of(read_text(template("full")).scenario, "north")
    {}
    """
    polity = scenario.polities[key]
    if polity.mediator is None:
        return {}
    at = f"polities.{key}.mediator"
    levers: dict[str, str] = {}
    for name, phrase in ALONE.items():
        if _counts(getattr(polity.mediator, name)):
            levers[phrase] = f"{at}.{name}"
    for name, phrase in BY_SIDE.items():
        sides = [side for side, number in getattr(polity.mediator, name).items() if _counts(number)]
        for side in sides:
            levers[f"{phrase} {scenario.polities[side].name or side}"] = f"{at}.{name}.{side}"
    return levers


def levers_in_words(scenario: Scenario, key: str) -> str:
    """What a mediator can bring, as a list in words; its presence where it has nothing else."""
    return join_words(list(levers_of(scenario, key))) or "good offices"


def _counts(number: Quantity | None) -> bool:
    return number is not None and number.interval()[2] > 0
