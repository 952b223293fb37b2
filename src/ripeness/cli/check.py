"""`ripeness check`: say whether a scenario holds together, and what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from ripeness.cli.output import say_json

if TYPE_CHECKING:
    from ripeness.show.terminal import Terminal
    from ripeness.workbench.check import Checked, CouncilChecked


def check(
    scenario: Annotated[
        str,
        typer.Argument(help="A scenario file, a folder with a case, the name of a shipped case, or a council's file."),
    ],
    coding: Annotated[
        str | None, typer.Option("--coding", help="Which coding of a case. Default: its default.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Print polities, sources and every warning, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Check a scenario file: every fault at its line, or what the scenario rests on.

    ripeness check war.yaml
    """
    from ripeness.scenario.council import is_council
    from ripeness.workbench.check import CouncilChecked, check_council
    from ripeness.workbench.check import check as work

    checked_scenario = check_council(scenario) if is_council(scenario) else work(scenario, coding)
    if as_json:
        say_json(checked_scenario.plain())
        return
    if isinstance(checked_scenario, CouncilChecked):
        _show_council(checked_scenario)
    elif full:
        _show(checked_scenario)
    else:
        _show_brief(checked_scenario)


def _show_brief(report: Checked) -> None:
    from rich.text import Text

    from ripeness.show.terminal import Terminal

    console = Terminal()
    coding = f"  (coding {report.coding})" if report.case else ""
    console.print(Text.assemble((report.title, "bold"), coding))
    console.print(report.brief())
    console.print("More with --full: polities, sources, every place to look at.", style="dim")


def _show_council(report: CouncilChecked) -> None:
    from rich.text import Text

    from ripeness.show.check_tables import several
    from ripeness.show.terminal import Terminal

    console = Terminal()
    console.print(Text.assemble((report.body, "bold"), f"  ({report.id})"))
    bases = ", ".join(f"{count} {basis}" for basis, count in report.bases.items())
    console.print(
        f"{several(report.members, 'member')} ({bases}), {report.said} things said or written before the decision."
    )
    for title, grade in report.sources.items():
        console.print(f"  {grade}  {title}", soft_wrap=True)
    for warning in report.warnings:
        console.print(Text.assemble(("look at ", "yellow"), warning), soft_wrap=True)
    ending = "" if report.warnings else " No position rests on words from after the decision."
    console.print(Text.assemble(("The file keeps the rules of coding.", "green"), ending))


def _show(report: Checked) -> None:
    from rich.text import Text

    from ripeness.show.check_tables import several
    from ripeness.show.terminal import Terminal

    console = Terminal()
    coding = f"  (coding {report.coding})" if report.case else ""
    console.print(Text.assemble((report.title, "bold"), coding))
    console.print(
        f"War since {report.began}, forecast from {report.start}; {several(report.events, 'event')}, "
        f"{several(report.observations, 'observation')}."
    )
    for key, (role, factions, issues) in report.polities.items():
        console.print(f"  {key}: {role}, {several(factions, 'faction')}, {several(issues, 'issue')}")
    _show_numbers(report, console)
    _show_sources(report, console)
    for warning in report.warnings:
        console.print(Text.assemble(("look at", "yellow"), f" {warning}"), soft_wrap=True)
    ending = " Every source that it cites is listed."
    console.print(Text.assemble(("The scenario holds together.", "green"), ending))


def _show_numbers(report: Checked, console: Terminal) -> None:
    from ripeness.show.check_tables import kinds_table

    console.print()
    console.print(kinds_table(report))
    console.print()
    console.print(
        f"Own numbers without a range, taken as exact: {len(report.exact)}" + _first(report.exact), soft_wrap=True
    )
    console.print(f"Own numbers without a source: {len(report.bare)}" + _first(report.bare), soft_wrap=True)


def _first(paths: tuple[str, ...]) -> str:
    return f" (the first: {paths[0]})" if paths else ""


def _show_sources(report: Checked, console: Terminal) -> None:
    from ripeness.show.check_tables import MOST_SOURCES, sources_table

    case_sources = [use for use in report.sources if not use.default]
    console.print()
    if case_sources:
        console.print(sources_table(report))
    if len(case_sources) > MOST_SOURCES:
        console.print(f"and {len(case_sources) - MOST_SOURCES} more; `ripeness cite` lists all.")
    if case_sources:
        console.print()
    defaults = sum(use.default for use in report.sources)
    console.print(f"The defaults rest on {defaults} sources of the literature; `ripeness cite` lists them.")
