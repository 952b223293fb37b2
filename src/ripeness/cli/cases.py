"""`ripeness cases`: the cases that are shipped."""

from __future__ import annotations

from ripeness.cli.list import JsonFlag
from ripeness.cli.output import say_json


def cases(as_json: JsonFlag = False) -> None:
    """List the shipped cases: id, day of the start, title, codings (the default first).

    ripeness cases
    """
    from ripeness.workbench.shipped_cases import shipped_cases as work

    shipped = work()
    if as_json:
        say_json(shipped.plain())
        return
    from ripeness.show.terminal import Terminal

    console = Terminal()
    console.print(shipped.layout())
    console.print(f"\nNext: ripeness run {shipped.cases[0].id}")
