"""Every number of a report and what it rests on, and the bibliography to which its keys lead."""

from __future__ import annotations

from urllib.parse import quote as quote_address

from ripeness.scenario.schema import Scenario
from ripeness.show.cell import TableCell, row, styled
from ripeness.show.report.page import ReportTable, Section, report_table
from ripeness.show.table import Table, text_table
from ripeness.study.parameter_labels import parameter_label
from ripeness.workbench.cite import Cited, Number, Work
from ripeness.workbench.report_section import ReportSection
from ripeness.workbench.studied import Studied


def list_sources(section: ReportSection, studied: Studied) -> Section:
    """Every number and what it rests on, and the bibliography."""
    cited = studied.cited()
    listed = {work.id for work in cited.bibliography}
    every_number = ReportTable(_number_table(cited, listed, studied.result.scenario), folded=True, dense=True)
    books = tuple(_book(work) for work in cited.bibliography)
    works = report_table("Sources", ("key", "work", "grade", "places that rest on it"), books, dense=True)
    paragraph = (
        f"{len(cited.numbers):,} numbers, {len(cited.bibliography)} sources. A grade tells how far a source is to be"
        " trusted. The key of a source leads to the work."
    )
    return Section(section.key, section.heading, (paragraph,), (), (works, every_number))


def _book(work: Work) -> tuple[str | TableCell, ...]:
    """A work of the bibliography: numbers lead to it, and it leads to where it stands on the web."""
    text = styled(str(work))
    links = ((work.address, work.address),) if work.address.startswith(("https://", "http://")) else ()
    return (
        TableCell(styled(work.id), anchor=_anchor(work.id)),
        TableCell(text, links=links),
        work.grade_in_words,
        str(work.cited),
    )


def _anchor(source: str) -> str:
    """The name of a source's place on the page."""
    return f"source-{quote_address(source, safe='')}"


def _number_name(scenario: Scenario, path: str) -> str:
    """What a number is, by the names that the scenario gives.

    >>> from ripeness.scenario.read import read_scenario
    >>> war = read_scenario("ukraine-2023-03")
    >>> _number_name(war, "evidence.0.position"), _number_name(war, "readings.shield.mass")
    ('observation 1: position', "hypothesis 'shield': mass")
    """
    head, _, rest = path.partition(".")
    if head == "evidence":
        number, _, what = rest.partition(".")
        return f"observation {int(number) + 1}: {what.replace('.', ', ')}"
    if head == "readings":
        key, _, what = rest.partition(".")
        what = what.removeprefix("overrides.")
        name = parameter_label(scenario, what) if "." in what else what
        return f"hypothesis '{key}': {name}"
    return parameter_label(scenario, path)


def _number_table(cited: Cited, listed: set[str], scenario: Scenario) -> Table:
    """Every number, those of one faction or event under its name."""
    rows, owner = [], ""
    for number in cited.numbers:
        whose, _, what = _number_name(scenario, number.path).partition(": ")
        if what and whose != owner:
            rows.append(row(whose, *([""] * 6), emphasis="bold"))
        owner = whose if what else ""
        rows.append(row(what or whose, *_number_cells(number, listed), level=int(bool(what))))
    headings = ("number", "value", "90 % interval", "unit", "kind", "sources (grades)", "note")
    return text_table(headings, rows, title="Every number and what it rests on")


def _number_cells(number: Number, listed: set[str]) -> tuple[str | TableCell, ...]:
    spread = "exact" if number.low == number.high else f"{number.low:.4g} to {number.high:.4g}"
    sources = ", ".join(f"{key} ({grade})" for key, grade in zip(number.sources, number.grades, strict=True))
    return (
        f"{number.value:.4g}",
        spread,
        number.unit,
        number.kind if number.origin == "scenario" else f"{number.kind}, {number.origin}",
        TableCell(styled(sources), links=tuple((key, f"#{_anchor(key)}") for key in number.sources if key in listed)),
        number.note,
    )
