"""`ripeness check`: say whether a scenario holds together, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say_json

if TYPE_CHECKING:
    from ripeness.show.terminal import Terminal
    from ripeness.workbench.check import Checked, CouncilChecked

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

    checked_scenario = check_council(scenario) if is_council(scenario) else work(scenario, coding)
    if as_json:
        say_json(checked_scenario.plain())
        return
    if isinstance(checked_scenario, CouncilChecked):
        _show_council(checked_scenario)
    else:
        _show(checked_scenario)


def _show_council(report: CouncilChecked) -> None:
    from rich.text import Text

    from ripeness.show.terminal import Terminal

    console = Terminal()
    console.print(Text.assemble((report.body, "bold"), f"  ({report.id})"))
    bases = ", ".join(f"{count} {basis}" for basis, count in report.bases.items())
    console.print(
        f"{_several(report.members, 'member')} ({bases}), {report.said} things said or written before the decision."
    )
    for title, grade in report.sources.items():
        console.print(f"  {grade}  {title}", soft_wrap=True)
    for warning in report.warnings:
        console.print(Text.assemble(("look at ", "yellow"), warning), soft_wrap=True)
    ending = "" if report.warnings else " No position rests on words from after the decision."
    console.print(Text.assemble(("The file keeps the rules of coding.", "green"), ending))


def _show(report: Checked) -> None:
    from rich.text import Text

    from ripeness.show.terminal import Terminal

    console = Terminal()
    coding = f"  (coding {report.coding})" if report.case else ""
    console.print(Text.assemble((report.title, "bold"), coding))
    console.print(
        f"War since {report.began}, forecast from {report.start}; {_several(report.events, 'event')}, "
        f"{_several(report.observations, 'observation')}."
    )
    for key, (role, factions, issues) in report.polities.items():
        console.print(f"  {key}: {role}, {_several(factions, 'faction')}, {_several(issues, 'issue')}")
    _show_numbers(report, console)
    _show_sources(report, console)
    for warning in report.warnings:
        console.print(Text.assemble(("look at", "yellow"), f" {warning}"), soft_wrap=True)
    ending = " Every source that it cites is listed."
    console.print(Text.assemble(("The scenario holds together.", "green"), ending))


def _show_numbers(report: Checked, console: Terminal) -> None:
    from ripeness.show.lines import listing

    table = listing("numbers", "how they came about", right=("numbers",))
    for kind, count in report.kinds.items():
        table.add_row(str(count), f"{kind}: {KINDS[kind]}")
    table.add_row(str(report.defaults), "by default: from archetypes and regimes, where the file says nothing")
    console.print()
    console.print(table)
    console.print()
    console.print(
        f"Own numbers without a range, taken as exact: {len(report.exact)}" + _first(report.exact), soft_wrap=True
    )
    console.print(f"Own numbers without a source: {len(report.bare)}" + _first(report.bare), soft_wrap=True)


def _first(paths: tuple[str, ...]) -> str:
    return f" (the first: {paths[0]})" if paths else ""


def _several(count: int, noun: str) -> str:
    return f"{count} {noun}" + ("" if count == 1 else "s")


def _show_sources(report: Checked, console: Terminal) -> None:
    from ripeness.show.lines import listing

    own_sources = [use for use in report.sources if not use.default]
    table = listing("source", "grade", "cited", "title", right=("cited",))
    for use in own_sources[:SOURCES_SHOWN]:
        table.add_row(use.id, use.grade, str(use.cited), use.title)
    console.print()
    if own_sources:
        console.print(table)
    if len(own_sources) > SOURCES_SHOWN:
        console.print(f"and {len(own_sources) - SOURCES_SHOWN} more; `ripeness cite` lists all.")
    if own_sources:
        console.print()
    defaults = sum(use.default for use in report.sources)
    console.print(f"The defaults rest on {defaults} sources of the literature; `ripeness cite` lists them.")
