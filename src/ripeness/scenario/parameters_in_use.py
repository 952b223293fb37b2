"""Parameters in use: those of the model that a scenario has any use for; the others are neither drawn nor varied.

A parameter that works only where a war has a certain thing says so in laws.yaml (`only: armed allies`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from ripeness.scenario.armed_polities import PRINCIPALS, armed
from ripeness.scenario.model_parameters import parameter_condition
from ripeness.scenario.parameter_points import is_civil
from ripeness.scenario.parameters_by_kind import parameters_of

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario
    from ripeness.world.quantity import Quantity


def parameters_in_use(scenario: Scenario) -> dict[str, Quantity]:
    """Return the parameters that a scenario uses or states, each as stated or else as shipped for its kind of war.

    >>> from ripeness.scenario.read import read_text
    >>> from ripeness.scenario.template import template
    >>> names = parameters_in_use(read_text(template("minimal")).scenario)
    >>> "settle" in names, "separate_peace" in names
    (True, False)
    """
    return {
        name: scenario.laws.get(name, shipped)
        for name, shipped in parameters_of(scenario).items()
        if name in scenario.laws or _applies(parameter_condition(name), scenario)
    }


def _applies(condition: str | None, scenario: Scenario) -> bool:
    return condition is None or CONDITIONS[condition](scenario)


def _has_allies(scenario: Scenario) -> bool:
    return len(armed(scenario)) > PRINCIPALS


def is_within_state(scenario: Scenario) -> bool:
    """Whether a war is fought inside a state: its `conflict` says so, or an armed movement takes part.

    >>> from ripeness.scenario.read import read_text
    >>> from ripeness.scenario.template import template
    >>> [is_within_state(read_text(template(name)).scenario) for name in ("minimal", "civil")]
    [False, True]
    """
    return is_civil(scenario) or any(scenario.polities[key].kind == "movement" for key in armed(scenario))


def _can_splinter(scenario: Scenario) -> bool:
    polities = [scenario.polities[key] for key in armed(scenario)]
    return any(faction.traits.arms is not None for polity in polities for faction in polity.factions.values())


CONDITIONS: Mapping[str, Callable[[Scenario], bool]] = {
    "armed allies": _has_allies,
    "wars within a state": is_within_state,
    "polities that can splinter": _can_splinter,
}
