"""Write the reference pages: the command line, the public names, every field of a scenario, every route of the API.

Run by `make reference`; a test compares what stands in docs/reference/ with what this would write.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from typer.main import get_command

import ripeness
from ripeness.cli.app import app
from ripeness.workbench.verbs import declared_verbs

KINDS = {str: "text", Path: "file", float: "number", int: "whole number", bool: "on or off"}
HERE = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py; change the code, then `make reference`. -->\n"


def _cell(text: str) -> str:
    """Text that may stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _kind(hint: Any) -> str:
    """What a value of this type is called on the page; taken from the verb's own type hints."""
    inner = [one for one in get_args(hint) if one is not type(None)]
    if get_origin(hint) is Literal:
        return " or ".join(f"`{one}`" for one in inner)
    if get_origin(hint) in (list, tuple):
        return f"{_kind(inner[0])}, repeatable"
    if inner:
        return " or ".join(_kind(one) for one in inner)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return " or ".join(f"`{one.value}`" for one in hint)
    return KINDS.get(hint, getattr(hint, "__name__", "text"))


def _default(parameter: Any) -> str:
    """The default of a parameter, or that it must be given."""
    if parameter.required:
        return "required"
    default = parameter.default
    if default is None or callable(default) or getattr(parameter, "is_flag", False) or default in ("", (), []):
        return ""
    return f"`{getattr(default, 'value', default)}`"


def _rows(parameters: list[Any], hints: dict[str, Any]) -> Iterator[str]:
    """One row a parameter: name, kind of value, default, meaning."""
    for one in parameters:
        flag = one.opts[0].startswith("-")
        name = ", ".join([*one.opts, *one.secondary_opts]) if flag else one.name.upper()
        meaning = _cell(getattr(one, "help", None) or "")
        yield f"| `{name}` | {_kind(hints.get(one.name, str))} | {_default(one)} | {meaning} |"


def _command(words: str, command: Any) -> Iterator[str]:
    """The section of one command, and of those below it."""
    yield f"\n## {words}\n\n{inspect.cleandoc(command.help or '')}\n"
    parameters = [one for one in command.params if not getattr(one, "hidden", False) and one.name != "help"]
    if parameters:
        yield "| argument or flag | value | default | meaning |\n|---|---|---|---|"
        yield from _rows(parameters, get_type_hints(command.callback))
    for name, below in sorted(getattr(command, "commands", {}).items()):
        if not below.hidden:
            yield from _command(f"{words} {name}", below)


def command_line() -> str:
    """The page of all commands, as their own help describes them."""
    top = get_command(app)
    head = f"# The command line\n\n{NOTE}\n{inspect.cleandoc(top.help or '')}\n\nEvery command takes `--help`.\n"
    sections = (
        line
        for name, command in sorted(top.commands.items())
        if not command.hidden
        for line in _command(f"ripeness {name}", command)
    )
    return head + "\n".join(sections) + "\n"


def python_face() -> str:
    """The page of all public names of the package, with their docstrings."""
    parts = [f"# The Python face\n\n{NOTE}\n`import ripeness` is cheap: each name is loaded when first used.\n"]
    for name in sorted({*ripeness.VERBS, *declared_verbs()}):
        parts.extend(_verbs(f"ripeness.{name}", getattr(ripeness, name)))
    return "\n".join(parts)


def _verbs(words: str, verb: Any) -> Iterator[str]:
    """The section of one public name; where it is a file of verbs, one section for each of them."""
    if not inspect.ismodule(verb):
        signature = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(verb)))
        yield f"## {words}\n\n```text\n{verb.__name__}{signature}\n\n{inspect.getdoc(verb)}\n```\n"
        return
    yield f"## {words}\n\n{inspect.getdoc(verb)}\n"
    for name, below in inspect.getmembers(verb, inspect.isfunction):
        if below.__module__ == verb.__name__ and not name.startswith("_"):
            yield from _verbs(f"{words}.{name}", below)


def scenario_fields() -> str:
    """The page of every key that a scenario file may hold, from the schema by which editors and `check` read it."""
    from ripeness.workbench.schema import schema

    told = schema()
    head = (
        f"# Every field of a scenario\n\n{NOTE}\nWhat `ripeness schema` says, as tables. How the parts fit together"
        " stands in [the scenario file](scenario-format.md). Nearly everything may be left out: defaults come from the"
        " archetype of a faction and the regime of a polity.\n"
    )
    parts = [
        head,
        "## The file\n",
        *_fields(told["properties"]),
    ]
    for name, form in sorted(told["$defs"].items()):
        parts += [
            f"\n## {name.removesuffix('Form')}\n\n{_cell(form.get('description', ''))}\n",
            *_fields(form.get("properties", {})),
        ]
    laws = next(one for one in told["properties"]["laws"]["anyOf"] if "properties" in one)["properties"]
    parts += ["\n## The model's laws\n\nKeys of `laws`, which replace the model's own values.\n", *_fields(laws)]
    return "\n".join(parts) + "\n"


def _fields(properties: dict[str, Any]) -> Iterator[str]:
    """One row a key: what its value looks like, what it means."""
    yield "| key | value | meaning |\n|---|---|---|"
    for key, form in properties.items():
        yield f"| `{key}` | {_cell(_form(form))} | {_cell(_meaning(form))} |"


def _form(form: dict[str, Any]) -> str:
    """What a value looks like, in words."""
    parts = [one for one in form.get("anyOf", ()) if one.get("type") != "null"]
    if parts:
        return " or ".join(dict.fromkeys(_form(one) for one in parts))
    if "$ref" in form:
        name = form["$ref"].rpartition("/")[2].removesuffix("Form")
        return f"[{name}](#{name.lower()})"
    if "const" in form or "enum" in form:
        return ", ".join(f"`{one}`" for one in form.get("enum", [form.get("const")]) if one is not None)
    if "pattern" in form:
        return "date" if "d{4}" in form["pattern"] else "interval, such as 0.2 to 0.4"
    if form.get("type") == "array":
        return f"list of {_form(form['items'])}" if form.get("items") else "list"
    if form.get("type") == "object":
        inner = form.get("additionalProperties")
        return f"id: {_form(inner)}" if isinstance(inner, dict) else "mapping"
    limits = [f"{form[key]:g}" for key in ("minimum", "maximum") if key in form]
    kind = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}
    return kind.get(str(form.get("type")), "value") + (f", {' to '.join(limits)}" if limits else "")


def _meaning(form: dict[str, Any]) -> str:
    """What is said of a key, and of the values below it."""
    inner = [one for one in form.get("anyOf", ()) if isinstance(one, dict)]
    inner += [form["additionalProperties"]] if isinstance(form.get("additionalProperties"), dict) else []
    told = [form.get("description", ""), *(_meaning(one) for one in inner)]
    return "; ".join(dict.fromkeys(one for one in told if one))


def routes() -> str:
    """The page of every route of the JSON interface, from its own description."""
    told = json.loads((HERE / "reference/api/openapi.json").read_text(encoding="utf-8"))
    head = (
        f"# The JSON interface\n\n{NOTE}\nWhat `ripeness serve` answers to programs; how to ask it stands in [Work in"
        " the browser](../../how-to/workbench.md). Forms of requests and answers: [openapi.json](openapi.json).\n"
    )
    lines = [head, "| route | what it does | body or query |\n|---|---|---|"]
    for path, methods in told["paths"].items():
        for method, form in methods.items():
            body = form.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema", {})
            named = body.get("$ref", "").rpartition("/")[2]
            fields = [*told["components"]["schemas"].get(named, {}).get("properties", {})]
            fields += [one["name"] for one in form.get("parameters", ()) if one["in"] == "query"]
            asked = ", ".join(f"`{one}`" for one in fields)
            lines.append(f"| `{method.upper()} {path}` | {_cell(form.get('description', ''))} | {asked} |")
    return "\n".join(lines) + "\n"


PUBLIC = re.compile(r"^    from ripeness\.workbench.* import (\w+) as \1\b.*\n", re.MULTILINE)
PAGES = {
    "cli.md": command_line,
    "python.md": python_face,
    "scenario-fields.md": scenario_fields,
    "api/routes.md": routes,
}


def public_names(text: str) -> str:
    """The package's first file, with two lines for each declared question that it does not name yet."""
    for name in declared_verbs():
        if f" import {name} as {name}" not in text:
            imports = [found[0] for found in PUBLIC.finditer(text)]
            line = f"    from ripeness.workbench.{name} import {name} as {name}\n"
            text = text.replace("".join(imports), "".join(sorted([*imports, line])))
        if name not in ripeness.VERBS:
            text = text.replace("__all__ = [\n", f'__all__ = [\n    "{name}",\n')
    listed = re.compile(r"(?<=__all__ = \[\n).*?(?=\])", re.DOTALL)
    return listed.sub(lambda found: "".join(sorted(found[0].splitlines(keepends=True))), text)


def main() -> None:
    """Write every generated page, and the names of declared questions into the package's first file."""
    first = Path(ripeness.__file__)
    first.write_text(public_names(first.read_text(encoding="utf-8")), encoding="utf-8")
    for name, page in PAGES.items():
        (HERE / "reference" / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
