"""Printers of verbs whose answer is written in a way of its own, each a few lines; the others share one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.cli.command import FULL, JSON, OUT, PLOT, Flag, Printer, Values, print_answer
from ripeness.cli.output import say, say_data, say_json
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.decided import Decided, DecidedTables
    from ripeness.workbench.indicators import Watchlist
    from ripeness.workbench.record import RecordAnswer
    from ripeness.workbench.report import Report
    from ripeness.workbench.story import StoryAnswer

PAGE = Path("report.html")
LISTS = ("links", "numbers", "presets")


class IndicatorsPrinter(Printer):
    """Indicators: the dates as a calendar, too."""

    flags: ClassVar[Mapping[str, Flag]] = {
        **Printer.flags,
        "ics": Flag("--ics", Path | None, None, "Write the dates to this calendar file."),
    }

    def prepare(self, values: Values) -> None:
        """Refuse a calendar that could not be written."""
        from ripeness.store.write_target import require_writable_file

        super().prepare(values)
        if values["ics"] is not None:
            require_writable_file(values["ics"])

    def write(self, answer: Watchlist, values: Values) -> None:
        """Write the calendar as well."""
        from ripeness.workbench.indicators import write_calendar

        if values["ics"] is not None:
            write_calendar(answer, values["ics"])
        super().write(answer, values)


class WhatIfPrinter(Printer):
    """What if: what can be cut or set is listed on demand."""

    flags: ClassVar[Mapping[str, Flag]] = {
        "list_": Flag("--list", str, "", "links, numbers or presets: show what can be cut, set or supposed, and stop."),
        **Printer.flags,
    }

    def instead(self, values: Values) -> bool:
        """List the links, or the numbers or presets of the case."""
        if not values["list_"]:
            return False
        from ripeness.show.words import number
        from ripeness.workbench.whatif import cuttable_links, presets_of_case, settable_numbers

        if values["list_"] == "links":
            say("\n".join(cuttable_links()))
        elif values["list_"] == "presets":
            for key, (name, words) in presets_of_case(values["case"], values["coding"]).items():
                say(f"{key}: {name} ({words})")
        elif values["list_"] == "numbers":
            for path, (low, middle, high, unit) in settable_numbers(values["case"], values["coding"]).items():
                spread = f" ({number(low)} to {number(high)})" if low < high else ""
                say(f"{path} = {number(middle)}{spread} {unit}")
        else:
            raise Fault(f"--list: '{values['list_'][:40]}' is none of {', '.join(LISTS)}")
        return True


class MechanismsPrinter(Printer):
    """Mechanisms: the question's own `--full`, which asks for every lever, prints every table, too."""

    flags: ClassVar[Mapping[str, Flag]] = {"as_json": JSON, "out": OUT, "plot": PLOT}


class StoryPrinter(Printer):
    """One run: how it ended and what turned, or all of it in paragraphs."""

    flags: ClassVar[Mapping[str, Flag]] = {
        "full": Flag("--full", bool, False, "Tell the whole story, month by month."),
        "as_json": JSON,
    }

    def write(self, answer: StoryAnswer, values: Values) -> None:
        """Write nothing: it is text to be read."""

    def print(self, answer: StoryAnswer, values: Values) -> None:
        """Print the paragraphs."""
        if values["as_json"]:
            say_json(answer.plain())
            return
        from rich.padding import Padding
        from rich.text import Text

        from ripeness.show.terminal import Terminal

        console = Terminal()
        console.print(Text(f"{answer.title}, coding {answer.coding}, reading {answer.reading}", style="bold"))
        if not values["full"]:
            console.print(answer.brief())
            console.print("More with --full: the whole story, month by month.", style="dim")
            return
        for paragraph in answer.paragraphs:
            console.print(Padding(Text(paragraph), (1, 0, 0, 0)))


class DecidePrinter(Printer):
    """Actor tables, decided: a table an issue, what several tables make of it, and a file of the outcomes."""

    flags: ClassVar[Mapping[str, Flag]] = {
        "full": FULL,
        "as_json": JSON,
        "out": Flag("--out", Path | None, None, "Also write the outcomes to this CSV file."),
        "plot": Flag("--plot", Path | None, None, "Draw each rule by table: FILE.svg, .png or .json."),
    }

    def prepare(self, values: Values) -> None:
        """Refuse a file that could not be written."""
        from ripeness.store.write_target import require_writable_file

        if values["out"]:
            require_writable_file(values["out"])
        if values["plot"]:
            from ripeness.show.charts.save import need_kind

            need_kind(values["plot"])

    def ask(self, question: Any, values: Values, progress: Any) -> Decided | DecidedTables:  # noqa: ARG002
        """Decide the table; it is over before it could be counted."""
        return question.answer()

    def write(self, answer: Decided | DecidedTables, values: Values) -> None:
        """Write the outcomes and the picture."""
        from ripeness.workbench.decided import write_csv

        if values["out"]:
            say(f"written: {write_csv(answer, values['out'])}", error=True)
        if values["plot"]:
            from ripeness.show.charts.save import save

            save(answer.plot(), values["plot"])

    def print(self, answer: Decided | DecidedTables, values: Values) -> None:
        """Print a table an issue, what several tables make of it, or JSON on one line."""
        if values["as_json"]:
            say_json(answer.plain(), indent=None)
            return
        from ripeness.show.terminal import Terminal
        from ripeness.workbench.decided import DecidedTables

        console = Terminal()
        if isinstance(answer, DecidedTables):
            print_answer(console, answer, full=values["full"])
            return
        for part in answer.layout():
            console.print(part)


class ReportPrinter(Printer):
    """A report: a page that is written to a file, or Markdown that is printed."""

    helps: ClassVar[Mapping[str, str]] = {"case_or_path": "A shipped case, a scenario file, or a kept run."}
    flags: ClassVar[Mapping[str, Flag]] = {
        "out": Flag("--out", Path | None, None, "The file to write. Default: report.html here."),
        "markdown": Flag("--markdown", bool, False, "Print Markdown, or write it to --out."),
    }

    def prepare(self, values: Values) -> None:
        """Refuse a file that could not be written."""
        from ripeness.store.write_target import require_writable_file

        if values["out"] is not None or not values["markdown"]:
            require_writable_file(values["out"] or PAGE)

    def write(self, answer: Report, values: Values) -> None:
        """Write the page where it is not printed."""
        from ripeness.store.atomic_write import write_file

        path = values["out"] or PAGE
        if values["out"] is None and values["markdown"]:
            return
        as_markdown = values["markdown"] or path.suffix.lower() == ".md"
        write_file(path, answer.markdown() if as_markdown else answer.html())
        say(path)

    def print(self, answer: Report, values: Values) -> None:
        """Print Markdown where no file is named."""
        if values["out"] is None and values["markdown"]:
            say_data(answer.markdown())


class RecordPrinter(Printer):
    """The record: there may be no scenario."""

    def show(self, answer: RecordAnswer, *, full: bool) -> None:
        """Print what was asked and the answer, or all tables."""
        from rich.text import Text

        from ripeness.show.terminal import Terminal

        console = Terminal()
        console.print(Text(answer.title, style="bold"))
        console.print(Text(answer.heading(), style="dim"))
        print_answer(console, answer, full=full)
