"""`ripeness cite`: the bibliography of a scenario, and what every number rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ripeness.workbench.cite import Cited, Number


def cite(
    scenario: Annotated[
        str, typer.Argument(help="A scenario file, a folder with a case, or the name of a shipped case.")
    ],
    coding: Annotated[
        str | None, typer.Option("--coding", help="Which coding of a case. Default: its default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print the numbers as CSV.")] = False,
) -> None:
    """Print the bibliography of a scenario and a table of all its numbers, defaults and laws included.

    ripeness cite japan-1945
    """
    from ripeness.workbench.cite import cite as work

    found = work(scenario, coding)
    if as_json:
        import json

        print(json.dumps(found.plain(), ensure_ascii=False, indent=2))
    elif as_csv:
        print(found.csv(), end="")
    else:
        _show(found)


def _show(found: Cited) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    console.print(f"[bold]{escape(found.title)}[/bold]")
    console.print("Sources, and their grades from A1 (best) to F6 (cannot be judged):\n")
    for entry in found.bibliography:
        console.print(escape(str(entry)), soft_wrap=True)
    console.print("\nWhat every number rests on: median, 90 % interval, unit, kind, sources\n")
    above = ""
    for one in found.numbers:
        part, _, name = one.path.rpartition(".")
        if part != above:
            console.print(f"[bold]{escape(part)}[/bold]", soft_wrap=True)
            above = part
        console.print(escape(_row(name, one)), soft_wrap=True)


def _row(name: str, one: Number) -> str:
    interval = f"{one.low:.4g} to {one.high:.4g}" if one.low < one.high else "exact"
    sources = " ".join(f"{key} ({grade})" for key, grade in zip(one.sources, one.grades, strict=True))
    origin = ", default" if one.origin == "default" else ""
    return f"  {name:<18} {one.value:<8.4g} {interval:<20} {one.unit}; {one.kind}{origin}; {sources}"
