"""Report: one page that a reader with only a browser can check: the answer, what it rests on, and what to doubt."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ripeness.workbench.notebook import Tabular
from ripeness.workbench.question import Progress, WarQuestion, declared, python_function, python_only, question
from ripeness.workbench.report_section import ReportSection

if TYPE_CHECKING:
    from ripeness.show.report.page import Page
    from ripeness.show.table import Layout
    from ripeness.workbench.result import Result

RUN_SHARE = 0.1  # of the time that a page takes with the usual number of draws


@question
class ReportQuestion(WarQuestion["Report"]):
    """Write a report of a case, or of a kept run, which is run again from its folder.

    With `evidence` run and studies are conditioned on all evidence up to `as_of` (the start, if none is given) and on
    what is observed by hand. `progress` is told of the wars of the run itself, `parts` of the studies after it. There
    is no day `by`: every part of the page has months of its own.

    Raises: Fault where neither can be read, or a number does not fit.

    >>> page = report("japan-1945", draws=64, horizon=3).page
    >>> [section.key for section in page.sections[:2]]
    ['disagreement', 'answer']
    """

    verb = "report"
    summary = "Write one self-contained HTML page: answer, pictures, tables, doubts, every number with its source."
    example = "ripeness report ukraine-2023-03 --out report.html"
    old_arguments = {"case_or_run": "case_or_path"}  # noqa: RUF012  (read, never written)
    report_sections = (
        ReportSection("doubt", "What to doubt", written_by="report_closing.doubts", order=100),
        ReportSection("sources", "Every number with its source", written_by="report_sources.list_sources", order=110),
        ReportSection("repeat", "How to repeat this", written_by="report_closing.how_to_repeat", order=120),
    )

    shelf: str | Path | None = declared(default=None, help="Folder of the shelf. Default: your own.")
    parts: Progress | None = python_only(default=None)

    def answer(self, progress: Progress | None = None) -> Report:
        """Simulate the war, ask every study of the page, and lay it out."""
        from ripeness.show.report.page import Page
        from ripeness.store.shelf.kept_run import open_kept
        from ripeness.store.shelf.manifest import SCENARIO
        from ripeness.study.progress import announce_stage
        from ripeness.workbench.again import again, run_folder
        from ripeness.workbench.report_parts import sections
        from ripeness.workbench.report_summary import summary_of
        from ripeness.workbench.run import RunQuestion, codings
        from ripeness.workbench.studied import Studied

        announce_stage(progress, "runs", 0.0, RUN_SHARE)
        folder = run_folder(self.case_or_path, self.shelf)
        if folder is not None:
            kept_run = open_kept(folder)
            result = again(kept_run, progress=progress)
            studied = Studied(
                result, folder / SCENARIO, None, str(kept_run.about["case"]), str(kept_run.about["coding"]), ()
            )
        else:
            result = RunQuestion(**self.shared(RunQuestion)).answer(progress)
            codings_of_case = codings(self.case_or_path) if result.of_a_case else ()
            studied = Studied(result, self.case_or_path, self.coding, result.case, result.coding, codings_of_case)
        if self.parts is None:
            announce_stage(progress, "parts of the page", RUN_SHARE, 1.0)
        parts = sections(studied, self.parts or progress)
        page = Page(result.scenario.title, studied.heading(), parts, summary_of(studied))
        return Report(result, page)


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
        from ripeness.store.atomic_write import write_file

        path = Path(path)
        write_file(path, self.markdown() if path.suffix.lower() in {".md", ".markdown"} else self.html())
        return path


report = python_function(ReportQuestion)
