"""Default scenario: the same war with nothing known of it, every number at its default.

What is kept says which war it is: dates, who fights, states or movements, each side's factions by archetype and who
leads, and its issues. Left out are patrons, events, laws of the scenario's own, vetoes, rules, regimes, organisations,
and every number. Numbers come from archetypes.yaml, as in any scenario that leaves them out. Those that no scenario can
leave out are like the template's: half of the stake each, .45 of the power with the faction that leads and the rest in
equal parts with the others; on an issue without a role every faction stands in the middle.
"""

from __future__ import annotations

from typing import Any

from ripeness.scenario.archetypes import fill_defaults
from ripeness.scenario.polity_form import IssueForm, PolityForm
from ripeness.scenario.schema import Scenario
from ripeness.scenario.yaml_tree import tree_of
from ripeness.store.json_text import json_text

HELD = "0.45 to 0.55"  # of the stake, with the first belligerent
LEADING = 0.45  # share of power of the faction that leads, as in the template
POWER_WIDTH = 0.05  # half of the 90 % interval of a power, in parts of 1, as in the template; less where it is small
NO_KNOWN_WISH = "0.28 to 0.72"  # position on an issue without a role, as wide as the default on other issues


def default_scenario(scenario: Scenario) -> Scenario:
    """Return the war of a scenario with nothing known of it but who fights since when.

    >>> from ripeness.scenario.read import read_scenario
    >>> unknown = default_scenario(read_scenario("ukraine-2023-03"))
    >>> [round(polity.resources.forces.centre) for polity in unknown.polities.values()]
    [200, 200]
    >>> round(unknown.stake.held.centre, 2), unknown.events, list(unknown.laws)
    (0.5, {}, [])
    """
    belligerents = {key: polity for key, polity in scenario.polities.items() if polity.role == "belligerent"}
    outline = {
        "title": scenario.title,
        "began": str(scenario.began),
        "start": str(scenario.start),
        "stake": {"name": scenario.stake.name, "held": HELD},
        "polities": {key: _outline(polity) for key, polity in belligerents.items()},
    }
    tree = fill_defaults(tree_of(json_text(outline), "defaults"))
    return Scenario.model_validate(tree.plain())


def _outline(polity: PolityForm) -> dict[str, Any]:
    """A belligerent without numbers of its own."""
    open_issues = [key for key, issue in polity.issues.items() if issue.role is None]
    others = len(polity.factions) - 1
    factions = {
        key: {
            "name": faction.name,
            "archetype": faction.archetype,
            "leads": faction.leads,
            "public": faction.public,
            "power": _power(LEADING if faction.leads else (1 - LEADING) / others) if others else 1,
            "positions": dict.fromkeys(open_issues, NO_KNOWN_WISH),
        }
        for key, faction in polity.factions.items()
    }
    issues = {key: _issue(issue) for key, issue in polity.issues.items()}
    role = {"role": polity.role, "kind": polity.kind, **({"beside": polity.beside} if polity.beside else {})}
    return {"name": polity.name, **role, "issues": issues, "factions": factions}


def _issue(issue: IssueForm) -> dict[str, Any]:
    """An issue under the rule that its role has by default."""
    role = {} if issue.role is None else {"role": issue.role}
    return {"name": issue.name, "ends": list(issue.ends), **role}


def _power(share: float) -> dict[str, Any]:
    """A share of power with its 90 % interval, as a scenario writes it."""
    width = min(POWER_WIDTH, share / 3)
    return {"value": share, "range": [share - width, share + width], "kind": "assumed"}
