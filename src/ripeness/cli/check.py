"""`ripeness check`: say whether a scenario holds together, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from ripeness.workbench.check import Checked, CouncilChecked

MOST_OF_AN_ID = 26  # columns
SOURCES_SHOWN = 12  # rows; `ripeness cite` lists all
KINDS = {
    "measured": "counted or measured by somebody",
    "coded": "read off a record by a stated rule",
    "judged": "an expert's or the coder's judgement",
    "derived": "computed from other numbers",
    "assumed": "no evidence; a plausible guess",
}


def check(
    scenario: Annotated[
        str,
        typer.Argument(help="A scenario file, a folder with a case, the name of a shipped case, or a council's file."),
    ],
    coding: Annotated[
        str | None, typer.Option("--coding", help="Which coding of a case. Default: its default.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a scenario file: every fault at its line, or what the scenario rests on.

    ripeness check war.yaml
    """
    from ripeness.workbench.check import CouncilChecked, check_council
    from ripeness.workbench.check import check as work
    from ripeness.workbench.councils import is_council

    found = check_council(scenario) if is_council(scenario) else work(scenario, coding)
    if as_json:
        import json

        print(json.dumps(found.plain(), ensure_ascii=False, indent=2))
        return
    if isinstance(found, CouncilChecked):
        _show_council(found)
    else:
        _show(found)


def _show_council(found: CouncilChecked) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    console.print(f"[bold]{escape(found.body)}[/bold]  ({escape(found.id)})")
    bases = ", ".join(f"{count} {basis}" for basis, count in found.bases.items())
    console.print(
        f"{_several(found.members, 'member')} ({bases}), {found.said} things said or written before the decision."
    )
    for title, grade in found.sources.items():
        console.print(f"  {grade}  {escape(title)}", soft_wrap=True)
    for warning in found.warnings:
        console.print(f"[yellow]look at[/yellow] {escape(warning)}", soft_wrap=True)
    rests = "" if found.warnings else " No position rests on words from after the decision."
    console.print(f"[green]The file keeps the rules of coding.[/green]{rests}")


def _show(found: Checked) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    console.print(f"[bold]{escape(found.title)}[/bold]" + (f"  (coding {escape(found.coding)})" if found.case else ""))
    console.print(
        f"War since {found.began}, forecast from {found.start}; {_several(found.events, 'event')}, "
        f"{_several(found.observations, 'observation')}."
    )
    for key, (role, factions, issues) in found.polities.items():
        console.print(f"  {escape(key)}: {role}, {_several(factions, 'faction')}, {_several(issues, 'issue')}")
    _show_numbers(found, console)
    _show_sources(found, console)
    for warning in found.warnings:
        console.print(f"[yellow]look at[/yellow] {escape(warning)}", soft_wrap=True)
    console.print("[green]The scenario holds together.[/green] Every source that it cites is listed.")


def _show_numbers(found: Checked, console: Console) -> None:
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("numbers", justify="right")
    table.add_column("how they came about")
    for kind, count in found.kinds.items():
        table.add_row(str(count), f"{kind}: {KINDS[kind]}")
    table.add_row(str(found.defaults), "by default: from archetypes and regimes, where the file says nothing")
    console.print()
    console.print(table)
    console.print()
    console.print(
        f"Own numbers without a range, taken as exact: {len(found.exact)}" + _first(found.exact), soft_wrap=True
    )
    console.print(f"Own numbers without a source: {len(found.bare)}" + _first(found.bare), soft_wrap=True)


def _first(paths: tuple[str, ...]) -> str:
    return f" (the first: {paths[0]})" if paths else ""


def _several(count: int, what: str) -> str:
    return f"{count} {what}" + ("" if count == 1 else "s")


def _show_sources(found: Checked, console: Console) -> None:
    from rich.markup import escape
    from rich.table import Table

    own = [use for use in found.sources if not use.default]
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    table.add_column("source", no_wrap=True, overflow="ellipsis", max_width=MOST_OF_AN_ID)
    table.add_column("grade", no_wrap=True)
    table.add_column("cited", no_wrap=True, justify="right")
    table.add_column("title", no_wrap=True, overflow="ellipsis", ratio=1)
    for use in own[:SOURCES_SHOWN]:
        table.add_row(escape(use.id), use.grade, str(use.cited), escape(use.title))
    console.print()
    if own:
        console.print(table)
    if len(own) > SOURCES_SHOWN:
        console.print(f"and {len(own) - SOURCES_SHOWN} more; `ripeness cite` lists all.")
    if own:
        console.print()
    defaults = sum(use.default for use in found.sources)
    console.print(f"The defaults rest on {defaults} sources of the literature; `ripeness cite` lists them.")
