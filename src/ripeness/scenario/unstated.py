"""Unstated: which numbers of a scenario are the defaults, and so say nothing of this war."""

from __future__ import annotations

from functools import cache

from ripeness.scenario.archetypes import default_rows, tables_of
from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.scenario.number_paths import numbers_of_part
from ripeness.scenario.polity_form import PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.world.identity_cache import IdentityCache
from ripeness.world.quantity import Quantity

ANY_POLITY = ("polities", "any")
ANY_FACTION = (*ANY_POLITY, "factions", "any")
MOST_POLITIES = 64  # whose unstated numbers are kept
_UNSTATED: IdentityCache[frozenset[str]] = IdentityCache(MOST_POLITIES)


def unstated_numbers(scenario: Scenario) -> frozenset[str]:
    """Paths of resources, traits and positions that stand as the defaults have them: value, range, sources and note.

    A number that a file or a what-if gives is stated, even where its value is the default's; one that is written out
    from the defaults and read again is not.

    >>> from ripeness.scenario.read import read_text
    >>> from ripeness.scenario.template import template
    >>> paths = unstated_numbers(read_text(template("minimal")).scenario)
    >>> "polities.north.resources.forces" in paths, "polities.north.factions.army.power" in paths
    (True, False)
    """
    of_polities = (_unstated_of(key, polity) for key, polity in scenario.polities.items())
    return frozenset[str]().union(*of_polities)


def _unstated_of(key: str, polity: PolityForm) -> frozenset[str]:
    """Those of one polity, looked for once: variants of a scenario share most of their polities."""

    def look() -> frozenset[str]:
        numbers = numbers_of_part(polity, f"polities.{key}").items()
        return frozenset(path for path, number in numbers if number in _defaults(polity, path))

    return _UNSTATED.get([polity], (key,), look)


def _defaults(polity: PolityForm, path: str) -> frozenset[Quantity]:
    """The defaults that a number may have been left at; none where it has to be stated."""
    steps = path_steps(path)
    if len(steps) < 4:
        return frozenset()
    if steps[2] in {"resources", "conduct"}:
        tables = tables_of(steps[2], steps[3])
        return frozenset[Quantity]().union(*(_rows(table, (*ANY_POLITY, *steps[2:])) for table in tables))
    if steps[2] == "factions" and steps[4] == "traits":
        return _rows(("traits", steps[5]), (*ANY_FACTION, *steps[4:]))
    if steps[2] == "factions" and steps[4] == "positions":
        issue = polity.issues.get(steps[5])
        if issue is None or issue.role is None:
            return frozenset()
        return _rows(("positions", issue.role), (*ANY_FACTION, "positions", "any"))
    return frozenset()


@cache
def _rows(table: tuple[str, ...], steps: tuple[str, ...]) -> frozenset[Quantity]:
    """All rows of a default, read as the number at a path is read, whosever it is."""
    field = number_field_at(list(steps))
    return frozenset() if field is None else frozenset(field.read(row) for row in default_rows(table))
