"""`ripeness elicit`: sheets for judges are written, or what they say together is printed and kept as versions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ripeness.cli.command import FULL, JSON, PLOT, Flag, Printer, Values, print_answer
from ripeness.cli.output import say
from ripeness.world.fault import Fault

if TYPE_CHECKING:
    from ripeness.workbench.elicited import Elicited

INDEX = "case.yaml"


class ElicitPrinter(Printer):
    """Judges: sheets in a new folder, or tables and a version of the case for each judge."""

    flags: ClassVar[Mapping[str, Flag]] = {
        "out": Flag(
            "--out",
            Path | None,
            None,
            "Write sheets into this new folder (default: judges-CASE), or versions; the case's own folder takes those.",
        ),
        "plot": PLOT,
        "full": FULL,
        "as_json": JSON,
    }

    def prepare(self, values: Values) -> None:
        """Refuse a folder that could not be written; versions may go beside those of a case."""
        from ripeness.show.charts.save import need_kind
        from ripeness.store.write_target import require_free_folder

        if values["plot"] is not None:
            if not values["sheets"]:
                raise Fault("--plot draws what judges say; name their sheets with --read")
            need_kind(values["plot"])
        folder = _folder(values)
        if folder is not None and not (values["sheets"] and (folder / INDEX).is_file()):
            require_free_folder(folder)

    def write(self, answer: Elicited, values: Values) -> None:
        """Write the sheets, the versions, and the picture."""
        from ripeness.show.charts.save import save

        folder = _folder(values)
        if folder is not None:
            answer.save(folder)
            say(f"written: {folder}", error=True)
        if values["plot"] is not None:
            save(answer.plot(), values["plot"])

    def show(self, answer: Any, *, full: bool) -> None:
        """Print which version was asked about, the answer or all tables, and on standard error what looks wrong."""
        from rich.text import Text

        from ripeness.show.terminal import Terminal

        console = Terminal()
        console.print(Text(answer.setup.scenario.title, style="bold"))
        console.print(Text(f"coding {answer.setup.scenario.coding}", style="dim"))
        print_answer(console, answer, full=full)
        for warning in answer.value.warnings:
            say(f"- {warning}", error=True)


def _folder(values: Values) -> Path | None:
    """Where to write: what was named, or a folder named by the case where sheets are written."""
    if values["out"] is not None:
        return Path(values["out"])
    if not values["judges"]:
        return None
    stem = re.sub(r"[^\w-]+", "-", Path(str(values["case"])).stem).strip("-")
    return Path(f"judges-{stem}")
