"""`ripeness run`: several codings side by side, and runs that are kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.cli.command import FULL, JSON, Flag, Printer, Values
from ripeness.cli.output import say, say_json

if TYPE_CHECKING:
    from ripeness.show.terminal import Terminal
    from ripeness.study.version_spread import VersionDisagreement
    from ripeness.workbench.result import Result

ALL = "all"
MORE = "More with --full: every outcome, when and on what terms, aims, human cost; --table: the outcomes alone."
MORE_OF_ALL = "More with --full: what makes versions differ, the model alone, each version by itself."


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of one coding or of several, and how these disagree."""

    results: tuple[Result, ...]
    disagreement: VersionDisagreement | None = None


class RunPrinter(Printer):
    """Runs: one coding of a case, or all of them."""

    helps: ClassVar[Mapping[str, str]] = {"coding": "Which coding of the case; `all` puts them side by side."}
    flags: ClassVar[Mapping[str, Flag]] = {
        "full": FULL,
        "table": Flag("--table", bool, False, "Print the outcomes month by month, and no other table."),
        "as_json": JSON,
        "out": Flag("--out", Path | None, None, "Keep everything in this new folder."),
        "plot": Flag("--plot", Path | None, None, "Draw the outcomes: FILE.svg, .png or .json."),
        "keep": Flag("--keep", bool, False, "Keep the run on the shelf, named by its content."),
        "shelf": Flag("--shelf", Path | None, None, "Keep it on the shelf in this folder."),
    }

    def prepare(self, values: Values) -> None:
        """Refuse a place where nothing can be written before the work and not after it."""
        from ripeness.store.shelf.shelf import require_shelf, shelf_at

        if values["keep"] or values["shelf"] is not None:
            require_shelf(shelf_at(values["shelf"]))
        super().prepare(values)

    def ask(self, question: Any, values: Values, progress: Any) -> Runs:
        """Run one coding, or each in turn, and then mixtures of them."""
        from ripeness.study.progress import part_progress
        from ripeness.workbench.disagree import disagreement_of_runs
        from ripeness.workbench.run import codings

        names = codings(question.case_or_path) if values["coding"] == ALL else (question.coding,)
        parts = len(names) + (len(names) > 1)
        results = tuple(
            replace(question, coding=name).answer(part_progress(progress, number, parts))
            for number, name in enumerate(names)
        )
        if len(results) == 1:
            return Runs(results)
        last = part_progress(progress, parts - 1, parts)
        return Runs(results, disagreement_of_runs(replace(question, coding=None), results, last))

    def write(self, answer: Runs, values: Values) -> None:
        """Keep the runs in a folder and on the shelf, and draw them."""
        if values["out"] is not None:
            _save(answer.results, values["out"])
        if values["keep"] or values["shelf"] is not None:
            for result in answer.results:
                folder = result.keep(values["shelf"])
                say(f"kept as {folder.name} in {folder.parent}", error=True)
        if values["plot"] is not None:
            _plot(answer.results, values["plot"])

    def print(self, answer: Runs, values: Values) -> None:
        """Print one run, or all with what differs between them."""
        if values["as_json"]:
            say_json(_several(answer) if values["coding"] == ALL else answer.results[0].plain())
        else:
            _show(answer, values)


def _several(runs: Runs) -> dict[str, object]:
    """Several codings as one object, and in words where they part."""
    from ripeness.show.coding_differences import coding_differences
    from ripeness.show.disagreement_tables import sentence
    from ripeness.store.json_text import plain_value

    results, disagreement = runs.results, runs.disagreement
    outcomes = {result.coding: result.answered_outcomes for result in results}
    differing = coding_differences(outcomes, results[0].names, widest=disagreement is None)
    several: dict[str, object] = {"case": results[0].case, "differing": differing}
    if disagreement is not None:
        said = {"sentence": sentence(disagreement, results[0].names)}
        several["disagreement"] = said | plain_value(disagreement)
    return several | {"codings": [result.plain() for result in results]}


def _show(runs: Runs, values: Values) -> None:
    from ripeness.show.brief import brief_layout
    from ripeness.show.cell import bold
    from ripeness.show.disagreement_tables import sentence, tables
    from ripeness.show.forecast_tables import heading, outcomes, short_heading, side_by_side
    from ripeness.show.terminal import Terminal

    console, results = Terminal(), runs.results
    for result in results:
        _say_evidence(result)
        for note in result.notes:
            say(f"note: {note}", error=True)
    if len(results) == 1:
        _show_one(console, results[0], values)
        return
    sheets, names = [result.sheet() for result in results], results[0].names
    compared = side_by_side(sheets, full=values["full"] or values["table"], widest=runs.disagreement is None)
    console.print(short_heading(sheets[0].title, results[0].about() | {"coding": ALL}, sheets[0].start))
    if not values["full"] and not values["table"]:
        opening = [] if runs.disagreement is None else [bold(sentence(runs.disagreement, names))]
        console.print(brief_layout(*opening, *compared.blocks))
        console.print(MORE_OF_ALL, style="dim")
        return
    if runs.disagreement is not None:
        console.print(tables(runs.disagreement, names))
    console.print(compared)
    for sheet in sheets:
        console.print(heading(sheet))
        console.print(bold(sheet.sentence))
        console.print(outcomes(sheet))
    console.print(sheets[0].note, style="dim")


def _show_one(console: Terminal, result: Result, values: Values) -> None:
    from ripeness.show.forecast_tables import heading, outcomes, short_heading
    from ripeness.show.words import course_of_the_model

    if values["full"]:
        title, _, *tables = result.layout()
        console.print(title)
        console.print(result.brief())
        if result.weights is not None:
            console.print("\nThe model alone, runs counted alike", style="bold")
        console.print(course_of_the_model(result.forecast, result.day))
        for table in tables:
            console.print(table)
    elif values["table"]:
        console.print(heading(result.sheet()))
        console.print(outcomes(result.sheet()))
    else:
        console.print(short_heading(result.scenario.title, result.about(), result.day))
        console.print(result.brief())
        console.print(MORE, style="dim")


def _save(results: Sequence[Result], out: Path) -> None:
    """Keep one run in the folder itself, several in a folder each, named by coding: all of them or none."""
    from ripeness.workbench.keep import keep_all

    if len(results) == 1:
        results[0].save(out)
    else:
        keep_all(out, {result.coding: result.streamed() for result in results})


def _plot(results: Sequence[Result], plot: Path) -> None:
    from ripeness.show.charts.save import save

    for result in results:
        path = plot if len(results) == 1 else plot.with_name(f"{plot.stem}-{result.coding}{plot.suffix}")
        save(result.plot(), path)


def _say_evidence(result: Result) -> None:
    """On which evidence a run is conditioned, and what limits that, on standard error."""
    from ripeness.study.who_decides.evidence import observed_until

    evidence = result.information.evidence
    if evidence is not None:
        later = f", {evidence.later} of them after the start" if evidence.later else ""
        items = observed_until(evidence.items, evidence.newest, evidence.as_of)
        say(
            f"{result.coding}: given {items}{later}; "
            f"{evidence.ancestors:,.0f} effective draws among {evidence.points:,} points",
            error=True,
        )
    for warning in (*result.information.warnings, *result.weigh.remarks):
        say(f"- {warning}", error=True)
