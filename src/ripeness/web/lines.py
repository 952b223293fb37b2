"""Lines: the command and the Python that do what a page does, for a user who wants to do it again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from textwrap import wrap
from typing import Any

from ripeness.workbench.parameter import Parameter, ValueKind
from ripeness.workbench.question import Verb, parameters

LAST = ("coding", "reading", "draws", "seed", "horizon", "changes")  # what follows the fields of the verb itself


def shell_line(verb: str, *arguments: str | Path, **flags: Any) -> str:
    """A line for a shell; a flag without a value is left out, a list is repeated, a mapping becomes PATH=VALUE.

    >>> shell_line("run", "japan-1945", draws=5000, coding=None, set={"a.b": "0.2 to 0.4"})
    "ripeness run japan-1945 --draws 5000 --set 'a.b=0.2 to 0.4'"
    """
    parts = ["ripeness", *verb.split(), *(str(argument) for argument in arguments)]
    for name, value in flags.items():
        flag = f"--{name.strip('_').replace('_', '-')}"
        if isinstance(value, Mapping):
            parts += [word for path, number in value.items() for word in (flag, f"{path}={number}")]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            parts += [word for part in value for word in (flag, str(part))]
        elif value is True:
            parts.append(flag)
        elif value not in (None, "", False):
            parts += [flag, str(value)]
    return shlex.join(parts)


def python_line(verb: str, *arguments: Any, **keywords: Any) -> str:
    """A line of Python; what stands at its default is left out.

    >>> python_line("run", "japan-1945", draws=5000, coding=None)
    "ripeness.run('japan-1945', draws=5000)"
    """
    parts = [repr(_readable(argument)) for argument in arguments]
    parts += [f"{name}={value!r}" for name, value in keywords.items() if value not in (None, "", False, {}, ())]
    return f"ripeness.{verb}({', '.join(parts)})"


def question_lines(question: Verb[Any]) -> tuple[str, str]:
    """The command and the line of Python that ask a declared question; what stands at its default is left out."""
    arguments = question.arguments()
    ordered = sorted(
        (parameter for parameter in parameters(type(question)) if parameter.name in arguments),
        key=lambda parameter: LAST.index(parameter.name) if parameter.name in LAST else -1 if parameter.flags else -2,
    )
    words = [word for parameter in ordered for word in _shell_words(parameter, arguments[parameter.name])]
    positional = [repr(_readable(arguments[parameter.name])) for parameter in ordered if parameter.required]
    keywords = [
        f"{parameter.name}={_readable(arguments[parameter.name])!r}" for parameter in ordered if not parameter.required
    ]
    python = f"ripeness.{question.verb.replace(' ', '.')}({', '.join([*positional, *keywords])})"
    return shlex.join(["ripeness", *question.verb.split(), *words]), python


def script_text(sentence: str, python: str) -> str:
    """A script of Python that gives an answer again and prints it.

    >>> print(script_text("A settlement is likeliest.", "ripeness.run('japan-1945')"), end="")
    # A settlement is likeliest.
    import ripeness
    <BLANKLINE>
    answer = ripeness.run('japan-1945')
    print(answer.layout().to_text())
    """
    about = "".join(f"# {line}\n" for line in wrap(sentence, 100))
    return f"{about}import ripeness\n\nanswer = {python}\nprint(answer.layout().to_text())\n"


def _shell_words(parameter: Parameter, value: Any) -> list[str]:
    """An argument as words of a shell."""
    if not parameter.flags:
        return [str(part) for part in value] if isinstance(value, tuple) else [str(value)]
    flag = parameter.flags[0]
    if parameter.kind is ValueKind.SWITCH:
        return [flag, parameter.word] if parameter.word else [flag]
    if parameter.commas:
        return [flag, ",".join(map(_shell_word, value))]
    if isinstance(value, Mapping):
        return [word for path, number in value.items() for word in (flag, f"{path}={number}")]
    if isinstance(value, tuple):
        return [word for part in value for word in (flag, _shell_word(part))]
    return [flag, _shell_word(value)]


def _shell_word(value: Any) -> str:
    """A value as one types it in a shell: a number with all its digits, since it must ask the same.

    >>> _shell_word(24.0), _shell_word(0.0123456789)
    ('24', '0.0123456789')
    """
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _readable(value: Any) -> Any:
    """A value as one types it in Python: a path or a day as text, several values as a list."""
    if isinstance(value, Path | date):
        return str(value)
    return list(value) if isinstance(value, tuple) else value
