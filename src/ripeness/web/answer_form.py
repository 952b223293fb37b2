"""What an answer is made of on a page: its sentence, tables, pictures, and what cards and downloads need of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from inspect import signature
from typing import TYPE_CHECKING, Any

from ripeness.web.answer import Picture

if TYPE_CHECKING:
    from ripeness.workbench.run_weights import RunWeights

CARD = "card"  # the picture of an answer that is made for a card; pages show the others


@dataclass(frozen=True, slots=True)
class AnswerParts:
    """What a page shows of a result.

    `coding`, `start` and `month` are what only an answer knows of its question: the coding, none of several, the
    day of the start, the last month. `facts` are the few plain values that cards and comparisons need.
    """

    title: str
    plain: Mapping[str, Any]
    sentence: str = ""
    blocks: tuple[str, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    coding: str = ""
    start: str = ""
    month: float | None = None


def light_and_dark(draw: Callable[..., Any]) -> Picture:
    """A chart in both lights, from a function that can be told whether it is dark, and perhaps whether it is narrow."""
    from altair.utils.schemapi import debug_mode

    with debug_mode(arg=False):  # each part of a chart would be checked when it is made; tests check the whole
        light, dark = (draw(dark=is_dark).to_dict(validate=False) for is_dark in (False, True))
        if "narrow" not in signature(draw).parameters:
            return Picture(light, dark)
        looks = {"light": False, "dark": True}
        narrow = {name: draw(dark=is_dark, narrow=True).to_dict(validate=False) for name, is_dark in looks.items()}
    return Picture(light, dark, narrow)


def past_wars(weigh: RunWeights, cases: float | None = None) -> dict[str, str]:
    """Which record of past wars an answer is anchored to, and with what share; nothing where it is to none."""
    strength = weigh.strength
    if strength is None:
        return {}
    lasted = f", {cases:,.0f} of which had lasted as long" if cases else ""
    return {"past_wars": f"past {strength.kind} conflicts{lasted}; {strength.words()}"}
