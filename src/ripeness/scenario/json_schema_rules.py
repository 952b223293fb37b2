"""Rules between the keys of one part of a scenario file, as JSON Schema says them: which go together, which do not.

`ripeness check` knows more: names that must exist, what an event may touch, sums of power, dates, sources. Of parts
that may vary a base only contradictions are rules, since what is left out may stand in the base; `~` counts as left
out.
"""

from __future__ import annotations

from typing import Any

from ripeness.scenario.validation.evidence import OF_A_DECISION, WITH_AMOUNT
from ripeness.scenario.validation.polities import NEEDS, OF_BELLIGERENTS, OF_PATRONS, ROLES

Schema = dict[str, Any]
ENTRY = ("enters", "beside", "strength")


def _stated(*keys: str) -> Schema:
    return {"required": list(keys), "properties": {key: {"not": {"type": "null"}} for key in keys}}


def _without(*keys: str) -> Schema:
    return {"properties": {key: {"type": "null"} for key in keys}}


def _equals(key: str, *values: str) -> Schema:
    return {"required": [key], "properties": {key: {"enum": list(values)}}}


def _exactly_one(*keys: str) -> Schema:
    return {"oneOf": [_stated(key) for key in keys]}


def _issues(*roles: str) -> Schema:
    """Issues with one of these roles, or without."""
    role = {"properties": {"role": {"enum": [*roles, None]}}}
    return {"properties": {"issues": {"additionalProperties": role}}}


POLITY = [
    {
        "if": _equals("role", "belligerent"),
        "then": {"allOf": [_without(*OF_PATRONS), _issues(*ROLES["belligerent"])]},
    },
    {
        "if": _equals("role", "patron"),
        "then": {"allOf": [_without(*OF_BELLIGERENTS, "beside"), _issues(*ROLES["patron"])]},
    },
    {"if": _equals("kind", "movement"), "then": _without("regime")},
    {"if": _equals("kind", "state"), "then": _without("organisation")},
]
ISSUE = [
    {"if": _equals("role", "terms"), "then": {"properties": {"choice": {"enum": [False, None]}}}},
    {"if": _stated("role"), "then": {"if": _stated("toward"), "then": _equals("role", *NEEDS)}},
    {
        "if": {"required": ["role", "may_change"], "properties": {"may_change": {"const": True}}},
        "then": {"properties": {"role": {"enum": ["alignment", None]}}},
    },
]
EVENT = [
    {"not": _stated("on", "hazard")},
    {"if": _stated("monitored"), "then": {"properties": {"ceasefire": {"not": {"const": "none"}}}}},
]
CHANGE = [_exactly_one("set", "add", "scale")]
INDICATOR = [
    {"not": _stated("issue", "shows")},
    {"if": _equals("shows", "line"), "then": _without("polity")},
]
ACT: Schema = {
    "allOf": [
        _without("shows", "amount", "toward", *OF_A_DECISION),
        {"anyOf": [_stated("favours"), _stated("against")]},
        {"if": _equals("act", "vetoed"), "then": _stated("favours")},
    ]
}
SIGN: Schema = {
    "allOf": [
        _without("favours", "against", *OF_A_DECISION),
        {"if": _equals("shows", *WITH_AMOUNT), "then": _stated("amount"), "else": _without("amount")},
        {"if": _equals("shows", "not_done"), "then": _stated("issue"), "else": _without("issue", "toward")},
    ]
}
DECISION: Schema = {
    "allOf": [
        _stated("issue"),
        _without("amount", "toward", "favours", "against"),
        _exactly_one("position", "choice"),
        {"if": _stated("choice"), "then": _stated("alternatives"), "else": _without("alternatives", "wanted")},
    ]
}
OBSERVATION = [{"if": _stated("act"), "then": ACT, "else": {"if": _stated("shows"), "then": SIGN, "else": DECISION}}]
RULES = {
    "PolityForm": POLITY,
    "IssueForm": ISSUE,
    "Event": EVENT,
    "EventChange": CHANGE,
    "OwnIndicator": INDICATOR,
    "Observation": OBSERVATION,
}
# Of a file without a base, where what is left out is nowhere else.
OF_A_WHOLE_FILE: Schema = {
    "properties": {
        "polities": {
            "additionalProperties": {
                "required": ["role"],
                "if": _stated("organisation"),
                "then": _equals("kind", "movement"),
            }
        },
        "events": {
            "additionalProperties": {
                "anyOf": [_stated("on"), _stated("hazard")],
                "dependentRequired": {key: [other for other in ENTRY if other != key] for key in ENTRY}
                | {"monitored": ["ceasefire"]},
            }
        },
    }
}
