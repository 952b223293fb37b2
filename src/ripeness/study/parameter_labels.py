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
    "held": "share held",
    "aid_capacity": "munitions that it can send",
    "sanctions_weight": "bite of its sanctions",
    "trade_weight": "what trade with it does for an economy",
    "guarantee": "how far outsiders hold it to a peace",
    "reliability": "share of what it decides to send that arrives",
    "leader_weight": "weight of the leader in decisions",
    "leader_share": "chance that a choice follows the leader",
    "quota": "share of power that must accept terms",
    "noise": "chance in its decisions",
    "posture": "bluff in its stated terms",
    "public_terms": "share that it has said in public it will hold",
    "estimate_error": "error of its own estimate of its strength",
    "optimism": "optimism about its own strength",
    "stubbornness": "firmness of its beliefs about strength",
    "informedness": "how well it knows true losses",
    "audience_cost": "cost of retreating below stated terms",
    "peace_cost": "cost of living under a peace",
    "organisation": "how far it can act together",
    "distance": "distance from the capital",
    "obstruction": "power to obstruct the war effort",
    "loyalty": "discontent that it bears before it leaves",
    "credit": "power that success at the front brings it",
    "civilian_harm": "civilian deaths for each military death",
    "occupation_harm": "deaths under the other side's rule",
    "forces": "armed forces",
    "mediation": "strength of mediation",
    "misperception": "how much wider the parties think the zone of agreement is",
    "monitoring": "how closely a peace is watched",
    "disarmament": "how far the movement disarms under a peace",
}
OF_TALKS = {"guarantee": "how far outsiders guarantee a peace"}
# Model parameters whose basis does not begin with a clause that stands alone.
OF_THE_MODEL = {
    "outnumbered": "forces at which a front gives way",
    "spent": "forces at which a side is spent",
    "surrender_demand": "demand so low that it counts as surrender",
    "surrender_line": "own share held below which a side may surrender",
    "freeze_era": "hazard of freezing after 1945",
    "renewal_shift": "renewed war for each unit of strength that shifts in peace",
    "renewal_spoilers": "renewed war where factions spoil the peace",
    "renewal_frozen": "renewed war after a freeze, over that after a settlement",
    "good_offices": "what full mediation adds to the hazard of settlement",
    "competition": "what rival mediators undo",
    "unused": "strength given up by full restraint",
    "truce_era": "ceasefires after 1945, over those before",
    "truce_lull": "fighting in a humanitarian or preliminary ceasefire, over that without",
    "truce_definitive_lull": "fighting in a definitive ceasefire, over that without",
    "truce_local_lull": "fighting in a local ceasefire, over that without",
    "truce_local_broken": "breaking of local or humanitarian ceasefires, over that of preliminary ones",
    "truce_definitive_broken": "breaking of definitive ceasefires, over that of preliminary ones",
    "truce_monitoring": "breaking of ceasefires that outsiders watch, over that of others",
    "truce_spoilers": "breaking of ceasefires where nobody's men are bound",
    "office_line": "share of what was held below which a culpable leader loses office",
    "punishment_line": "share of what was held below which a culpable leader is punished",
    "mixed_line": "the same share in mixed regimes",
    "displacement": "people displaced a month",
    "given_up": "what full power-sharing costs those who govern",
}
BY_ROLE = {
    "terms": "terms",
    "effort": "war effort",
    "restraint": "restraint",
    "reform": "reform",
    "alignment": "alignment",
    "mediation": "mediation",
}
TOWARD = {"aid": "aid to", "sanctions": "sanctions on", "trade": "trade with"}


def parameter_label(scenario: Scenario, path: str) -> str:
    """Label a parameter: whose it is, then what it is.

    A path that leads nowhere is given back with its dots turned into commas.
    """
    parts = path.split(".")
    if parts[0] == "laws":
        return f"model: {_meaning(parts[1])}"
    if parts[0] == "events" and parts[1] in scenario.events:
        return f"event '{scenario.events[parts[1]].name or parts[1]}': {_of_event(scenario, parts)}"
    if parts[0] == "polities" and parts[1] in scenario.polities:
        return _of_polity(scenario, parts)
    if parts[:2] == ["stake", "held"]:
        return f"share of the stake held by {_first(scenario)}"
    if parts[0] == "talks" and len(parts) > 1:
        return f"talks: {' '.join(OF_TALKS.get(part, _plain(part)) for part in reversed(parts[1:]))}"
    return ", ".join(_plain(part) for part in parts)


def _meaning(law: str) -> str:
    """Return what a model parameter means: the first clause of its basis without its symbol, if that stands alone."""
    if law in OF_THE_MODEL or law not in parameter_names():
        return OF_THE_MODEL.get(law, _plain(law))
    clause = parameter_basis(law).split(";")[0].split(",")[0]
    symbol, colon, meaning = clause.partition(": ")
    return meaning if colon and len(symbol.split()) <= LONG_SYMBOL else clause


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
    """An issue by its name, by what it does in the war, or by what its upper end means."""
    issue = scenario.polities[polity].issues.get(key)
    if issue is None:
        return _plain(key)
    role = str(issue.role)
    if issue.name or role in BY_ROLE:
        return issue.name or BY_ROLE[role]
    if role in TOWARD and issue.toward in scenario.polities:
        return f"{TOWARD[role]} {scenario.polities[issue.toward].name or issue.toward}"
    return f"\u201c{issue.ends[1]}\u201d" if issue.ends[1] else _plain(key)


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
