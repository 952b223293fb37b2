"""The body in which a program asks a declared question: its keys with their kinds, bounds, defaults and help."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, create_model

from ripeness.web.flag_words import help_words, keys_of
from ripeness.web.refusals import MOST_VALUE
from ripeness.web.workspace import MOST_TABLE
from ripeness.workbench.parameter import Parameter, ValueKind
from ripeness.workbench.question import Verb, parameters
from ripeness.world.fault import ArgumentFault

MOST_NAME = 100  # letters of a name: of a case, a coding, an outcome
MOST_LINE = 400  # letters of one of several texts
MOST_LINES = 60  # texts, or numbers, in one list
MOST_CHANGES = 200  # numbers set in one question
MOST_TABLES = 9  # actor tables that are compared with the first
MOST_PATH = 300  # letters of the path of a number
Number = Annotated[float, Field(allow_inf_nan=False)]
EXAMPLES = {"case": ["japan-1945"], "outcomes": ["settlement", "victory:japan"], "polities": ["japan"]}


class Form(BaseModel):
    """Only the keys that are named, and only values of the kind that is named: "64" is no number."""

    model_config = ConfigDict(extra="forbid", strict=True)


def json_day(value: Any) -> Any:
    """A day as it is written here, and no number of seconds that could stand for one."""
    if isinstance(value, str) and len(value) == len("2027-03-15"):
        return date.fromisoformat(value)
    if value is None or isinstance(value, date):
        return value
    raise ValueError("a day is written 2027-03-15")


Day = Annotated[date, BeforeValidator(json_day)]
Line = Annotated[str, Field(max_length=MOST_LINE)]
Changes = dict[Annotated[str, Field(max_length=MOST_PATH)], Annotated[str, Field(max_length=MOST_VALUE)] | int | Number]
ONE_OR_MORE = Annotated[
    list[Line],
    Field(max_length=MOST_LINES),
    BeforeValidator(lambda value: ([value] if value else []) if isinstance(value, str) else value),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "maxLength": MOST_LINE},
                {"type": "array", "items": {"type": "string", "maxLength": MOST_LINE}, "maxItems": MOST_LINES},
            ]
        }
    ),
]
TABLE_NAME = r"^[A-Za-z0-9][A-Za-z0-9_ -]{0,79}$"
DESCRIPTIONS: Mapping[ValueKind, str] = {
    ValueKind.CASE: "A shipped case, or `own/NAME` for a scenario of the workspace.",
    ValueKind.CHANGES: "Numbers by path, each written as in a scenario file.",
}
OLD = "old_"  # before the name of an old key
TYPES: Mapping[ValueKind, Any] = {
    ValueKind.CASE: Annotated[str, Field(min_length=1, max_length=MOST_NAME)],
    ValueKind.TEXT: Annotated[str, Field(max_length=MOST_NAME)],
    ValueKind.WHOLE: int,
    ValueKind.NUMBER: Number,
    ValueKind.SWITCH: bool,
    ValueKind.DAY: Day,
    ValueKind.TEXTS: Annotated[list[Line], Field(max_length=MOST_LINES)],
    ValueKind.CHANGES: Annotated[Changes, Field(max_length=MOST_CHANGES)],
}


def body_of(verb: type[Verb[Any]]) -> type[Form]:
    """The body of a question, one key a field that servers take, under its key or an old one."""
    declaration: Any = verb
    return _body_of(declaration)


@cache
def _body_of(verb: Any) -> type[Form]:
    keys: dict[str, Any] = {}
    for parameter in parameters(verb):
        if parameter.served:
            keys[parameter.name] = (_type(parameter), _field(parameter, verb))
            keys |= {f"{OLD}{key}": (_old_type(parameter), _old_field(parameter, key)) for key in parameter.old_keys}
    name = f"{''.join(word.title() for word in verb.verb.split())}Body"
    return create_model(name, __base__=Form, __doc__=verb.summary, **keys)


class FurtherTable(Form):
    """A further actor table, to be compared with the first."""

    table: str = Field(max_length=MOST_TABLE, description="the actor table: CSV with a line an actor, or KTAB")
    name: str = Field(pattern=TABLE_NAME, description="under which it is kept in the workspace")


def table_body(verb: type[Verb[Any]]) -> type[Form]:
    """The body of a question about actor tables, which are sent as texts."""
    text = Field(max_length=MOST_TABLE, description="the actor table: CSV with a line an actor, or KTAB")
    name = Field(default="sent", pattern=TABLE_NAME, description="under which it is kept in the workspace")
    more: Any = Field(
        default=[], max_length=MOST_TABLES, description="further tables of the same issues and actors, to be compared"
    )
    keys: dict[str, Any] = {"table": (str, text), "name": (str, name), "more": (list[FurtherTable], more)}
    return create_model("TableBody", __base__=body_of(verb), **keys)


def arguments_of(verb: type[Verb[Any]], body: BaseModel) -> dict[str, Any]:
    """What a body says, by the names of the question's arguments; what it leaves out is left to the declaration.

    An empty text where a value may be missing is a missing one, as in `"coding": ""`.

    Raises: ArgumentFault for a key that stands there under its old name as well.
    """
    arguments: dict[str, Any] = {}
    for parameter in parameters(verb):
        names = (parameter.name, *(f"{OLD}{key}" for key in parameter.old_keys))
        present = [name for name in names if name in body.model_fields_set]
        if not present:
            continue
        present = [name for name in present if getattr(body, name) is not None] or present[:1]
        if len(present) > 1:
            old_key = present[1].removeprefix(OLD)
            raise ArgumentFault("", f"'{parameter.key}' and '{old_key}' are one key; send one of them")
        value = getattr(body, present[0])
        if value == "" and parameter.optional:
            continue
        if parameter.kind is ValueKind.CHANGES and value is not None:
            value = {path: str(number) for path, number in value.items()}
        arguments[parameter.name] = value
    return arguments


def _type(parameter: Parameter) -> Any:
    if parameter.choices and parameter.kind is ValueKind.TEXT:
        kind: Any = Literal[parameter.choices]
    elif parameter.kind is ValueKind.NUMBERS:
        item = Annotated[float, Field(allow_inf_nan=False, **_bounds(parameter))]
        kind = Annotated[list[item], Field(max_length=MOST_LINES)]
    else:
        kind = TYPES[parameter.kind]
    if kind is TYPES[ValueKind.TEXT] and (parameter.required or parameter.default):  # an empty one names nothing
        kind = Annotated[kind, Field(min_length=1)]
    return kind | None if parameter.optional else kind


def _field(parameter: Parameter, verb: type[Verb[Any]]) -> Any:
    return Field(
        default=... if parameter.required else _default(parameter),
        alias=parameter.key,
        description=_description(parameter, verb),
        examples=EXAMPLES.get("case" if parameter.kind is ValueKind.CASE else parameter.suggest),
        **({} if parameter.kind is ValueKind.NUMBERS else _bounds(parameter)),
    )


def _description(parameter: Parameter, verb: type[Verb[Any]]) -> str:
    """What a key says, in the words of a program that sends it."""
    if parameter.kind in DESCRIPTIONS:
        return DESCRIPTIONS[parameter.kind]
    text = help_words(parameter, keys_of(verb))
    if parameter.kind is ValueKind.SWITCH and parameter.default is True:
        return f"false: {text[:1].lower()}{text[1:]}"
    return text


def _old_type(parameter: Parameter) -> Any:
    """What an old key takes: where several texts may stand now, one text as well."""
    return ONE_OR_MORE | None if parameter.kind is ValueKind.TEXTS else _type(parameter) | None


def _old_field(parameter: Parameter, key: str) -> Any:
    bounds = {} if parameter.kind in (ValueKind.NUMBERS, ValueKind.TEXTS) else _bounds(parameter)
    return Field(
        default=None, alias=key, json_schema_extra={"deprecated": True}, description=f"as '{parameter.key}'", **bounds
    )


def _bounds(parameter: Parameter) -> dict[str, Any]:
    high = parameter.most if parameter.most_served is None else parameter.most_served
    bounds = {"ge": parameter.least, "le": high, "gt": parameter.above, "lt": parameter.below}
    return {name: bound for name, bound in bounds.items() if bound is not None}


def _default(parameter: Parameter) -> Any:
    """The default as JSON knows it: several values are a list."""
    return list(parameter.default) if isinstance(parameter.default, tuple) else parameter.default
