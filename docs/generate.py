"""Write the reference pages from what they describe: the command line, the public names, the form of a scenario.

Run by `make reference`; a test compares what stands in docs/reference/ with what this would write.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from typer.main import get_command

import ripeness
from ripeness.cli.app import app

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
    for name in ripeness.__all__:
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


PAGES = {"cli.md": command_line, "python.md": python_face}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (HERE / "reference" / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
