"""`ripeness report`: one page with the answer, its pictures and sources, for a reader with only a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ripeness.cli import asking
from ripeness.cli.list import ShelfFlag
from ripeness.cli.output import say, say_data

HTML, MARKDOWN = ".html", ".md"


def report(
    case: Annotated[str, typer.Argument(help="A shipped case, a scenario file, or a kept run.")],
    out: Annotated[Path | None, typer.Option("--out", help="The file to write. Default: report.html here.")] = None,
    markdown: Annotated[bool, typer.Option("--markdown", help="Print Markdown, or write it to --out.")] = False,
    coding: asking.CodingFlag = None,
    reading: asking.ReadingFlag = "factional",
    draws: asking.DrawsFlag = 20_000,
    seed: asking.SeedFlag = 1,
    horizon: asking.HorizonFlag = None,
    set_: asking.SetFlag = None,
    given: asking.GivenFlag = "",
    as_of: asking.AsOfFlag = "",
    observe: asking.ObserveFlag = None,
    shelf: ShelfFlag = None,
) -> None:
    """Write one self-contained HTML page: answer, pictures, tables, doubts, every number with its source.

    ripeness report ukraine-2023-03 --out report.html
    """
    from ripeness.cli.progress import progress_of
    from ripeness.cli.settings import changes_of
    from ripeness.store.atomic_write import write_file
    from ripeness.store.write_target import require_writable_file
    from ripeness.workbench.report import report as work

    path = out or Path("report" + HTML)
    if out is not None or not markdown:
        require_writable_file(path)
    with progress_of() as progress:
        found = work(
            case,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            changes=changes_of(set_ or []),
            shelf=shelf,
            progress=progress,
            **asking.known(given, as_of, observe),
        )
    if markdown and out is None:
        say_data(found.markdown())
        return
    write_file(path, found.markdown() if markdown or path.suffix.lower() == MARKDOWN else found.html())
    say(path)
