"""Lines: the command and the Python that do what a page does, for whoever wants to do it again."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any


def shell_line(verb: str, *arguments: str | Path, **flags: Any) -> str:
    """A line for a shell; a flag without a value is left out, a list is repeated, a mapping becomes PATH=VALUE.

    >>> command("run", "japan-1945", draws=5000, coding=None, set={"a.b": "0.2 to 0.4"})
    "ripeness run japan-1945 --draws 5000 --set 'a.b=0.2 to 0.4'"
    """
    parts = ["ripeness", *verb.split(), *(str(one) for one in arguments)]
    for name, value in flags.items():
        flag = f"--{name.strip('_').replace('_', '-')}"
        if isinstance(value, Mapping):
            parts += [word for path, one in value.items() for word in (flag, f"{path}={one}")]
        elif isinstance(value, Sequence) and not isinstance(value, str):
            parts += [word for one in value for word in (flag, str(one))]
        elif value is True:
            parts.append(flag)
        elif value not in (None, "", False):
            parts += [flag, str(value)]
    return shlex.join(parts)


def python_line(verb: str, *arguments: Any, **given: Any) -> str:
    """A line of Python; what stands at its default is left out.

    >>> python("run", "japan-1945", draws=5000, coding=None)
    "ripeness.run('japan-1945', draws=5000)"
    """
    parts = [repr(str(one) if isinstance(one, Path) else one) for one in arguments]
    parts += [f"{name}={value!r}" for name, value in given.items() if value not in (None, "", False, {}, ())]
    return f"ripeness.{verb}({', '.join(parts)})"
