"""The form of a council's file as JSON Schema, so that an editor completes keys and explains them."""

from __future__ import annotations

from typing import Any

from ripeness.scenario.council_form import CouncilForm
from ripeness.scenario.json_schema import DIALECT

DAY = {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}
SHARE = {"type": "number", "minimum": 0, "maximum": 1}


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
