"""Labels of a scenario's parameters in plain words."""

from __future__ import annotations

from ripeness.scenario.model_parameters import parameter_basis, parameter_names
from ripeness.scenario.schema import Scenario

LONG_SYMBOL = 3  # words before a colon that are a symbol or its like, not a clause

WORDS = {
    "deaths": "military deaths a month",
    "deaths_so_far": "deaths so far",
    "casualty_aversion": "aversion to casualties",
    "stake_value": "value of the stake",
    "war_gain": "gain from the war",
    "trade_rent": "rent from trade",
    "office": "cost of losing office",
    "punishment": "cost of punishment",
    "exposure": "economic exposure",
    "exit_rate": "rate of leaving",
    "war_weight": "weight in wartime",
    "claim": "value of keeping the claim",
    "rearm": "gain from rearming in a truce",
    "output": "yearly output",
    "pool": "men who can still be called up",
    "call_up": "call-up a month",
    "quality": "quality of the forces",
    "economy": "state of the economy",
    "production": "production of munitions",
    "munitions": "stock of munitions",
    "wounded": "wounded for each death",
    "reporting": "share of own losses reported",
    "aim": "share of the stake aimed at",
}


def parameter_label(scenario: Scenario, path: str) -> str:
    """Label a parameter: whose it is, then what it is.

    A path that leads nowhere is given back with its dots turned into commas.
    """
    parts = path.split(".")
    if parts[0] == "laws":
        return f"law {parts[1]}{_meaning(parts[1])}"
    if parts[0] == "events" and parts[1] in scenario.events:
        return f"event '{scenario.events[parts[1]].name or parts[1]}': {_of_event(scenario, parts)}"
    if parts[0] == "polities" and parts[1] in scenario.polities:
        return _of_polity(scenario, parts)
    if parts[:2] == ["stake", "held"]:
        return f"share of the stake held by {_first(scenario)}"
    return ", ".join(_plain(part) for part in parts)


def _meaning(law: str) -> str:
    """Return what a model parameter means, from the first clause of its basis without its symbol."""
    if law not in parameter_names():
        return ""
    clause = parameter_basis(law).split(";")[0].split(",")[0]
    symbol, colon, meaning = clause.partition(": ")
    return f" ({meaning if colon and len(symbol.split()) <= LONG_SYMBOL else clause})"


def _of_polity(scenario: Scenario, parts: list[str]) -> str:
    polity = scenario.polities[parts[1]]
    label, tail = polity.name or parts[1], parts[2:]
    if tail[0] == "factions" and tail[1] in polity.factions:
        label += f", {polity.factions[tail[1]].name or tail[1]}"
        tail = tail[2:]
    elif tail[0] == "country":
        label += " as one person"
        tail = tail[1:]
    if tail[0] == "power":
        return f"{label}: power"
    if tail[0] in {"positions", "salience"} and len(tail) > 1:
        phrase = "position on" if tail[0] == "positions" else "weight given to"
        return f"{label}: {phrase} {_issue(scenario, parts[1], tail[1])}"
    if tail[0] == "responds" and len(tail) > 2:
        return f"{label}: response of {_issue(scenario, parts[1], tail[1])} to {_plain(tail[2])}"
    if tail[0] == "issues" and len(tail) > 2:
        return f"{label}: {_plain(tail[2])} of {_issue(scenario, parts[1], tail[1])}"
    return f"{label}: {_plain(tail[-1])}"


def _issue(scenario: Scenario, polity: str, key: str) -> str:
    issue = scenario.polities[polity].issues.get(key)
    return (issue.name if issue is not None else "") or _plain(key)


def _of_event(scenario: Scenario, parts: list[str]) -> str:
    event = scenario.events[parts[1]]
    if parts[2] == "changes":
        return f"change of {parameter_label(scenario, event.changes[int(parts[3])].path)}"
    if parts[2] == "shock":
        polity = scenario.polities.get(parts[4])
        return f"shock to {parts[3]} of {(polity.name if polity else '') or parts[4]}"
    return "monthly hazard" if parts[2] == "hazard" else _plain(parts[2])


def _first(scenario: Scenario) -> str:
    return next(polity.name or key for key, polity in scenario.polities.items() if polity.role == "belligerent")


def _plain(word: str) -> str:
    return WORDS.get(word, word.replace("_", " "))
