"""Write the reference pages from what they describe: the command line, the public names, the form of a scenario.

Run by `make reference`; a test compares what stands in docs/reference/ with what this would write.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

import ripeness
from ripeness.cli.app import app

HERE = Path(__file__).parent
NOTE = "<!-- Written by docs/generate.py; change the code, then `make reference`. -->\n"


def _cell(text: str) -> str:
    """Text that may stand in a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def _kind(parameter: Any) -> str:
    """The kind of value that a parameter takes, in the words of the help page."""
    choices = getattr(parameter.type, "choices", None)
    if choices:
        return " or ".join(f"`{getattr(choice, 'value', choice)}`" for choice in choices)
    if getattr(parameter, "is_flag", False):
        return "on or off"
    return str(parameter.type.name)


def _default(parameter: Any) -> str:
    """The default of a parameter, or that it must be given."""
    if parameter.required:
        return "required"
    default = parameter.default
    if default is None or callable(default) or getattr(parameter, "is_flag", False) or default in ("", (), []):
        return ""
    return f"`{getattr(default, 'value', default)}`"


def _rows(parameters: list[Any]) -> Iterator[str]:
    """One row a parameter: name, kind of value, default, meaning."""
    for one in parameters:
        flag = one.param_type_name == "option"
        name = ", ".join([*one.opts, *one.secondary_opts]) if flag else one.name.upper()
        yield f"| `{name}` | {_kind(one)} | {_default(one)} | {_cell(getattr(one, 'help', None) or '')} |"


def _command(words: str, command: Any) -> Iterator[str]:
    """The section of one command, and of those below it."""
    yield f"\n## {words}\n\n{inspect.cleandoc(command.help or '')}\n"
    parameters = [one for one in command.params if not getattr(one, "hidden", False) and one.name != "help"]
    if parameters:
        yield "| argument or flag | value | default | meaning |\n|---|---|---|---|"
        yield from _rows(parameters)
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
        verb = getattr(ripeness, name)
        parts.append(f"## ripeness.{name}\n\n```text\n{name}{inspect.signature(verb)}\n\n{inspect.getdoc(verb)}\n```\n")
    return "\n".join(parts)


PAGES = {"cli.md": command_line, "python.md": python_face}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (HERE / "reference" / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
