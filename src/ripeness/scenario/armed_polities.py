"""Armed polities: the two principals of a war, and the allies that fight beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ripeness.scenario.schema import Scenario

PRINCIPALS = 2  # belligerents whose war it is


def principals(scenario: Scenario) -> tuple[str, str]:
    """Return the keys of the two belligerents whose war it is, in the order of the file.

    Raises: ValueError where there are not exactly two; a checked scenario has two.

    >>> from ripeness.scenario.read import read_text
    >>> from ripeness.scenario.template import template
    >>> principals(read_text(template("minimal")).scenario)
    ('north', 'south')
    """
    first, second = (key for key, polity in scenario.polities.items() if _fights(scenario, key) and not polity.beside)
    return first, second


def armed(scenario: Scenario) -> tuple[str, ...]:
    """Return the keys of all belligerents: the principals in the order of the file, then their allies by name.

    >>> from ripeness.scenario.read import read_text
    >>> from ripeness.scenario.template import template
    >>> armed(read_text(template("minimal")).scenario)
    ('north', 'south')
    """
    fighting = [key for key in scenario.polities if _fights(scenario, key)]
    allies = sorted(key for key in fighting if scenario.polities[key].beside)
    return (*(key for key in fighting if key not in allies), *allies)


def in_order_of_war(scenario: Scenario) -> tuple[str, ...]:
    """Return the keys of all polities as a war lists them: principals, their armed allies, patrons."""
    belligerents = armed(scenario)
    return (*belligerents, *(key for key in scenario.polities if key not in belligerents))


def _fights(scenario: Scenario, key: str) -> bool:
    return scenario.polities[key].role == "belligerent"
