"""Labels of what one fills in, and of its units and choices, in the words of people who study politics."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

Words = Mapping[str, str]

LABELS: Words = MappingProxyType(
    {
        "title": "Name of the war",
        "about": "What it is about",
        "hindsight": "What you know of later events",
        "began": "The war began on",
        "initiator": "Who began it",
        "start": "Forecast as of",
        "horizon": "How far to look ahead",
        "step": "Counted in",
        "era": "Era",
        "conflict.kind": "Kind of war",
        "conflict.over": "Fought over",
        "conflict.intensity": "Intensity",
        "conflict.other_parties": "Other armed parties to it",
        "terms_since": "Its present terms were stated on",
        "window.opens": "Observations from",
        "window.closes": "Observations until",
        "window.rule": "By which rule they were chosen",
        "stake.name": "What is at stake",
        "role": "Part in the war",
        "regime": "Regime",
        "organisation": "How it is held together",
        "beside": "Fights beside",
        "archetype": "Kind of faction",
        "leads": "Leads",
        "veto": "Has a veto",
        "culpable": "Answers for the war",
        "public": "Protests in the street",
        "power": "Power",
        "leader_weight": "How far decisions follow the leader",
        "leader_share": "How often a choice follows the leader",
        "quota": "Power that must agree to terms",
        "noise": "Chance in its decisions",
        "repression": "Repression",
        "reporting": "Own losses that it reports",
        "rearm": "Strength gained in a truce",
        "claim": "Worth of keeping the claim open",
        "public_terms": "Share that it publicly insists on",
        "posture": "Bluff in its stated terms",
        "estimate_error": "Error of its own estimate of its strength",
        "aim": "Share that meets its aim in full",
        "guarantee": "Outside guarantee of a peace",
        "defection": "How readily factions leave it",
        "population": "Population",
        "forces": "Forces at the start",
        "pool": "Who can still be called up",
        "call_up": "Called up in a month of full effort",
        "quality": "Quality of the forces, against the rival's",
        "munitions": "Stock of munitions",
        "production": "Munitions made in a month",
        "economy": "Economy, against that before the war",
        "output": "Yearly output before the war",
        "deaths": "Own soldiers killed in a month",
        "wounded": "Wounded for each death",
        "deaths_so_far": "Own soldiers killed so far",
        "displaced": "People displaced",
        "civilian_harm": "Civilian deaths for each military death",
        "occupation_harm": "Deaths under rule by the rival",
        "aid_capacity": "Aid, where it gives all it can",
        "sanctions_weight": "Bite of its sanctions",
        "trade_weight": "Cost of its cutting trade",
        "reliability": "Promised help that arrives",
        "stake_value": "Value of the whole stake",
        "casualty_aversion": "Aversion to casualties",
        "exposure": "Loss from a ruined economy",
        "war_gain": "Gain from the fighting",
        "trade_rent": "Income that peaceable trade brings",
        "optimism": "Optimism about the war",
        "stubbornness": "Firmness of that belief",
        "informedness": "Knowledge of true losses",
        "office": "Cost of losing office",
        "punishment": "Cost of exile, prison or death",
        "peace_cost": "Cost of any peace to it",
        "audience_cost": "Cost of retreat from public terms",
        "organisation_of_faction": "How far it acts together",
        "distance": "Distance to the capital",
        "obstruction": "Power to obstruct",
        "exit_rate": "How soon it leaves, once dissatisfied",
        "loyalty": "What it bears before it may leave",
        "war_weight": "Growth of its power in war",
        "credit": "Power gained from success at the front",
        "arms": "Arms that it commands",
        "fights_on": "Chance that it fights on alone",
        "mediation": "Mediation",
        "misperception": "How far the room for agreement is overrated",
        "monitoring": "Monitoring of a ceasefire and a peace",
        "disarmament": "Disarmament of the movement",
        "political": "Power-sharing: offices",
        "military": "Power-sharing: the army",
        "territorial": "Power-sharing: autonomy",
        "kind": "Kind",
        "monitored": "Monitored",
        "since": "In force since",
    }
)

CHOICES: Mapping[str, Words] = MappingProxyType(
    {
        "conflict.kind": {
            "interstate": "between states",
            "intrastate": "inside a state",
            "internationalised": "inside a state, with foreign troops",
        },
        "conflict.over": {"": "both", "territory": "territory", "government": "government"},
        "conflict.intensity": {
            "war": "war: 1,000 or more killed in a year",
            "minor": "minor: fewer than 1,000 killed in a year",
        },
        "step": {"week": "weeks", "month": "months", "quarter": "quarters"},
        "era": {"after 1945": "after 1945", "before 1945": "before 1945"},
        "regime": {"democracy": "democracy", "mixed": "mixed", "autocracy": "autocracy"},
        "organisation": {
            "unified": "one command",
            "coalition": "a coalition of groups",
            "fragmented": "groups that hardly obey a centre",
        },
        "role": {
            "terms": "terms of a peace",
            "effort": "war effort",
            "restraint": "restraint in means",
            "reform": "burdens at home",
            "alignment": "staying in the war",
            "aid": "aid to a side",
            "sanctions": "sanctions on a side",
            "trade": "trade with a side",
            "mediation": "mediation",
        },
        "ceasefire.kind": {
            "": "none in force",
            "local": "local",
            "humanitarian": "humanitarian",
            "preliminary": "preliminary",
            "definitive": "definitive",
        },
    }
)

UNITS: Words = MappingProxyType(
    {
        "share": "%",
        "percent": "%",
        "%": "%",
        "index": "",
        "ratio": "",
        "log ratio": "log ratio",
        "stakes": "worths of the stake",
        "stakes per month": "worths of the stake a month",
        "stakes per death per million": "worths of the stake, for a death in a million",
        "thousand persons": "thousand people",
        "persons": "people",
        "million persons": "million people",
        "thousand persons per month": "thousand people a month",
        "persons per month": "people a month",
        "per month": "a month",
        "per year": "a year",
        "months of fighting": "months of fighting",
        "months of fighting per month": "months of fighting a month",
        "precision": "precision",
        "count": "",
    }
)

KINDS: Words = MappingProxyType(
    {
        "measured": "measured by a source",
        "coded": "coded from a source",
        "judged": "judgement",
        "derived": "derived from other figures",
        "assumed": "assumed",
    }
)

USUAL_RULE = "the usual rule for such an issue"

STEP_LENGTH: Words = MappingProxyType({"week": "weeks", "month": "months", "quarter": "quarters"})


def label_of(path: tuple[str, ...]) -> str:
    """What the last part of a path is called.

    >>> label_of(("polities", "north", "conduct", "quota"))
    'Power that must agree to terms'
    """
    if path[-2:-1] == ("traits",) and path[-1] == "organisation":
        return LABELS["organisation_of_faction"]
    pair = ".".join(path[-2:])
    return LABELS.get(pair) or LABELS.get(path[-1]) or path[-1].replace("_", " ").replace("-", " ").capitalize()


def choices_of(path: tuple[str, ...]) -> Words:
    """The words for the values that may stand at a path; none where they are not known."""
    return CHOICES.get(".".join(path[-2:])) or CHOICES.get(path[-1]) or {}


def unit_in_words(unit: str) -> str:
    """A unit as one would say it after a number.

    >>> unit_in_words("thousand persons per month")
    'thousand people a month'
    """
    return UNITS.get(unit, unit)


def day_words(day: str) -> str:
    """A day as one writes it; what is none stays as it is.

    >>> day_words("2025-01-20"), day_words("soon")
    ('20 January 2025', 'soon')
    """
    try:
        moment = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{moment.day} {moment:%B %Y}"
