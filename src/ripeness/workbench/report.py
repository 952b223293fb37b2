"""Report: one page that a reader with only a browser can check: the answer, what it rests on, and what to doubt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.ensemble.design import DRAWS
from ripeness.show.report.page import Page
from ripeness.store.shelf.kept import SCENARIO, open_kept
from ripeness.store.whole import write_file
from ripeness.study.progress import Progress, stage
from ripeness.workbench.again import again
from ripeness.workbench.named import run_folder
from ripeness.workbench.notebook import Tabular
from ripeness.workbench.report_parts import sections
from ripeness.workbench.result import Result
from ripeness.workbench.run import codings, run
from ripeness.workbench.studied import Studied

if TYPE_CHECKING:
    from ripeness.show.table import Layout

RUN_SHARE = 0.1  # of the time that a page takes with the usual number of draws


@dataclass(frozen=True, repr=False)
class Report(Tabular):
    """A run and the page that tells of it."""

    result: Result
    page: Page

    def __repr__(self) -> str:
        """One line."""
        return f"<Report of {self.result.case}: {len(self.page.sections)} sections>"

    def layout(self) -> Layout:
        """The sections: headings, paragraphs and tables."""
        return self.page.layout()

    def html(self) -> str:
        """The page as one self-contained HTML file; the same run is the same bytes."""
        return self.page.html()

    def markdown(self) -> str:
        """The page as Markdown."""
        return self.page.markdown()

    def save(self, path: str | Path) -> Path:
        """Write the page as HTML, or as Markdown where the file ends in .md: whole or not at all.

        Raises: Fault where it cannot be written.
        """
        path = Path(path)
        write_file(path, self.markdown() if path.suffix.lower() in {".md", ".markdown"} else self.html())
        return path


def report(
    case_or_run: str | Path,
    *,
    coding: str | None = None,
    reading: str = "factional",
    draws: int = DRAWS,
    seed: int = 1,
    horizon: int | None = None,
    changes: dict[str, object] | None = None,
    evidence: bool = False,
    as_of: date | str | None = None,
    observe: Sequence[str] = (),
    shelf: str | Path | None = None,
    progress: Progress | None = None,
    parts: Progress | None = None,
) -> Report:
    """Write a report of a case, or of a kept run, which is run again from its folder.

    With `evidence` run and studies are conditioned on all evidence up to `as_of` (the start, if none is given) and on
    what is observed by hand. `progress` is told of the wars of the run itself, `parts` of the studies after it.

    Raises: Fault where neither can be read, or a number does not fit.

    >>> page = report("japan-1945", draws=64, horizon=3).page
    >>> page.sections[0].key
    'answer'
    """
    stage(progress, "runs", 0.0, RUN_SHARE)
    folder = run_folder(case_or_run, shelf)
    if folder is not None:
        kept = open_kept(folder)
        result = again(kept, progress=progress)
        named = Studied(result, folder / SCENARIO, None, str(kept.about["case"]), str(kept.about["coding"]), ())
    else:
        result = run(
            case_or_run,
            coding=coding,
            reading=reading,
            draws=draws,
            seed=seed,
            horizon=horizon,
            changes=changes,
            progress=progress,
            evidence=evidence,
            as_of=as_of,
            observe=observe,
        )
        others = codings(case_or_run) if result.of_a_case else ()
        named = Studied(result, case_or_run, coding, result.case, result.coding, others)
    if parts is None:
        stage(progress, "parts of the page", RUN_SHARE, 1.0)
    return Report(result, Page(result.scenario.title, named.heading(), sections(named, parts or progress)))
