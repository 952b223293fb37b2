"""The JSON Schemas of a scenario file and of the file of a council's decision, by which editors complete keys."""

from __future__ import annotations

from typing import Any

from ripeness.decision.rules import RULE_NAMES
from ripeness.scenario.archetypes import archetypes
from ripeness.scenario.council_form import CouncilForm
from ripeness.scenario.json_schema_rules import OF_A_WHOLE_FILE, RULES
from ripeness.scenario.model_parameters import parameter_basis, parameter_field, parameter_names
from ripeness.scenario.number_field import FAMILIES, ORDER
from ripeness.scenario.schema import Scenario
from ripeness.world.quantity import Kind
from ripeness.world.units import UNITS

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DAY = {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
SHARE = {"type": "number", "minimum": 0, "maximum": 1}
TOP = ("title", "began", "start", "stake", "polities")
# Items of lists are never merged, so what they need stands in the file itself.
LIST_ITEMS = {
    "Objective": ["name", "weights"],
    "EventChange": ["path"],
    "Observation": ["date", "polity", "source"],
    "FactionStatement": ["date", "issue", "position", "source"],
}


def scenario_json_schema() -> dict[str, Any]:
    """The schema of a scenario file or of a coding over a base, draft 2020-12.

    It is looser than `ripeness check`: what comes from defaults or from a base may be left out, and `~` removes; names
    that must exist elsewhere in the file, numbers out of bounds, dates and sources are left to `check`.

    >>> scenario_json_schema()["$defs"]["Number"]["properties"]["kind"]["enum"][0]
    'measured'
    """
    schema = _with_number_references(Scenario.model_json_schema(mode="validation", ref_template="#/$defs/{model}"))
    parts = schema.pop("$defs")
    for name, part in parts.items():
        _loosen(part, name)
    schema["properties"]["base"] = {"type": "string", "description": "the file that this coding varies"}
    schema["properties"]["laws"] = _parameters_schema()
    schema.pop("required", None)
    _removable(schema)
    parts["Number"] = _number_schema()
    parts["FactionForm"]["properties"]["archetype"] = {
        "enum": [*archetypes(), None],
        "description": "gives the defaults",
    }
    _or_list_of_names(parts["Observation"]["properties"], "alternatives")
    parts["IssueForm"]["properties"]["rule"]["examples"] = [
        rule if rule != "capture" else "capture:FACTION" for rule in RULE_NAMES
    ]
    for name, rules in RULES.items():
        parts[name]["allOf"] = rules
    return {
        "$schema": DIALECT,
        "title": "A ripeness scenario",
        **{k: v for k, v in schema.items() if k != "title"},
        "if": {"not": {"required": ["base"]}},
        "then": {"required": list(TOP), **OF_A_WHOLE_FILE},
        "$defs": parts,
    }


def _with_number_references(part: Any) -> Any:
    """The schema with every number referring to the one description of how a number is written."""
    if isinstance(part, list):
        return [_with_number_references(child) for child in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "ripeness number":
        return {"description": part["description"], "$ref": "#/$defs/Number"}
    if part.get("format") == "date":
        return dict(DAY)
    return {key: _with_number_references(child) for key, child in part.items()}


def _or_list_of_names(properties: dict[str, Any], key: str) -> None:
    """Let a mapping by name be a bare list of names, too."""
    mapping = properties[key]
    description = {"description": mapping.pop("description")} if "description" in mapping else {}
    properties[key] = {**description, "anyOf": [mapping, {"type": "array", "items": {"type": "string"}}]}


def _loosen(part: dict[str, Any], name: str) -> None:
    """Require nothing that defaults or a base may give."""
    part.pop("required", None)
    if name in LIST_ITEMS:
        part["required"] = LIST_ITEMS[name]
    _removable(part)


def _removable(part: dict[str, Any]) -> None:
    """Let a coding remove an entry with `~`, and drop what only repeats the key."""
    for key, value in part.get("properties", {}).items():
        value.pop("title", None)
        value.pop("default", None)
        described = {"description": value.pop("description")} if "description" in value else {}
        options = value.pop("anyOf", [value])
        part["properties"][key] = {"anyOf": [*options, *([] if {"type": "null"} in options else [{"type": "null"}])]}
        part["properties"][key] |= {**value, **described} if options != [value] else described
    values = part.get("additionalProperties")
    for value in part.get("properties", {}).values():
        inner = value["anyOf"][0]
        if isinstance(inner.get("additionalProperties"), dict):
            inner["additionalProperties"] = {"anyOf": [inner["additionalProperties"], {"type": "null"}]}
    if isinstance(values, dict):
        part["additionalProperties"] = {"anyOf": [values, {"type": "null"}]}


def _parameters_schema() -> dict[str, Any]:
    described = {
        name: {"description": f"{parameter_basis(name)} ({parameter_field(name).unit})", "$ref": "#/$defs/Number"}
        for name in parameter_names()
    }
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": described,
        "description": "overrides of the model's laws",
    }


def _number_schema() -> dict[str, Any]:
    pair = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    interval = {"type": "string", "pattern": r"^\s*[-+]?[\d._]+.*\s+to\s+.+$"}
    families: dict[str, Any] = {
        name: {
            "type": "array",
            "items": {"type": "number"},
            "minItems": count,
            "maxItems": count,
            "description": f"[{ORDER[name]}]",
        }
        for name, count in FAMILIES.items()
    }
    ids = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
    properties = {
        "value": {"anyOf": [{"type": "number"}, interval], "description": "the median, or a 90 % interval"},
        "range": {"anyOf": [interval, pair], "description": "90 % interval, such as 0.2 to 0.4"},
        "unit": {"enum": list(UNITS)},
        "kind": {"enum": [str(kind) for kind in Kind], "description": "how the number came about"},
        "source": {**ids, "description": "ids of sources"},
        "note": {"type": "string"},
        **families,
    }
    mapping = {"type": "object", "additionalProperties": False, "properties": properties}
    return {
        "description": "0.3, or 0.2 to 0.4 (90 % interval), or a mapping",
        **mapping,
        "type": ["number", "string", "object"],
        "pattern": interval["pattern"],
    }


def council_json_schema() -> dict[str, Any]:
    """The schema of a decision of a council, draft 2020-12. It is looser than `ripeness check`.

    >>> council_json_schema()["$defs"]["MemberPart"]["properties"]["basis"]["enum"]
    ['minuted', 'reported', 'inferred', 'divided']
    """
    schema = _with_days(CouncilForm.model_json_schema(mode="validation", by_alias=True))
    parts = schema["$defs"]
    coded = {
        **parts["RangedNumber"],
        "required": ["at"],
        "description": "the range follows from `basis` and may be left out",
    }
    parts["MemberNumber"] = {key: value for key, value in coded.items() if key != "title"}
    for name in ("position", "salience"):
        parts["MemberPart"]["properties"][name] = {"anyOf": [SHARE, {"$ref": "#/$defs/MemberNumber"}]}
    return {"$schema": DIALECT, **schema, "title": "A decision of a council"}


def _with_days(part: Any) -> Any:
    """The schema with days that may be written as a year or a month alone."""
    if isinstance(part, list):
        return [_with_days(child) for child in part]
    if not isinstance(part, dict):
        return part
    if part.get("format") == "date":
        return dict(DAY)
    return {key: _with_days(child) for key, child in part.items()}
