"""`ripeness cite`: the bibliography of a scenario, and what every number rests on."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say_data, say_json

if TYPE_CHECKING:
    from ripeness.workbench.cite import Cited, Number

THOUSAND = 1000


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

    citations = work(scenario, coding)
    if as_json:
        say_json(citations.plain())
    elif as_csv:
        say_data(citations.csv())
    else:
        _show(citations)


def _show(citations: Cited) -> None:
    from rich.text import Text

    from ripeness.show.terminal import Terminal

    console = Terminal()
    console.print(Text(citations.title, style="bold"))
    console.print("Sources, and their grades from A1 (best) to F6 (cannot be judged):\n")
    for entry in citations.bibliography:
        console.print(str(entry), soft_wrap=True)
    console.print("\nWhat every number rests on: median, 90 % interval, unit, kind, sources\n")
    for part, members in groupby(citations.numbers, key=lambda number: number.path.rpartition(".")[0]):
        console.print(Text(part, style="bold"), soft_wrap=True)
        rows = [_row(number) for number in members]
        widths = [max(len(row[column]) for row in rows) for column in range(3)]
        for *cells, basis in rows:
            aligned = "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True))
            console.print(f"  {aligned}  {basis}", soft_wrap=True)


def _row(number: Number) -> tuple[str, str, str, str]:
    """Name, median, interval, and what the number rests on."""
    interval = f"{_figure(number.low)} to {_figure(number.high)}" if number.low < number.high else "exact"
    sources = " ".join(f"{key} ({grade})" for key, grade in zip(number.sources, number.grades, strict=True))
    origin = ", default" if number.origin == "default" else ""
    parts = (number.unit, f"{number.kind}{origin}", sources)
    return number.path.rpartition(".")[2], _figure(number.value), interval, "; ".join(part for part in parts if part)


def _figure(x: float) -> str:
    """Four significant digits, written out.

    >>> _figure(0.00005), _figure(1234567.0), _figure(0.25)
    ('0.00005', '1,234,567', '0.25')
    """
    if abs(x) >= THOUSAND:
        return f"{x:,.0f}"
    digits = f"{x:.4g}"
    return f"{x:.9f}".rstrip("0") if "e-" in digits else digits
