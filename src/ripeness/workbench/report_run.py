"""What a run says of itself in a report: the answer, its price, and the other codings of its case."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ripeness.show.blend_tables import blend_table
from ripeness.show.cell import TableCell, number_cell, numbers, words
from ripeness.show.charts.ceasefires import TITLE, ceasefire_areas
from ripeness.show.charts.outcomes import outcome_areas
from ripeness.show.coded_end_tables import ends_table
from ripeness.show.forecast_tables import aims, costs, course, outcomes, side_by_side
from ripeness.show.report.page import ReportTable, Section, report_table
from ripeness.show.report.pictures import figure
from ripeness.show.run_brief_tables import class_table
from ripeness.show.words import outcome, percent
from ripeness.workbench.report_section import FEWER, ReportSection, answer_section, folded_after
from ripeness.workbench.report_versions import disagreement, own_version, summary_with_versions, version_results
from ripeness.workbench.ripe import RipeQuestion
from ripeness.workbench.studied import Studied

BLEND_CAPTION = (
    "How past conflicts of this kind ended that had lasted as long, what the model says of this war, and the blend of "
    "both."
)
APART = "Which numbers make them differ is a question of its own, asked where analysts differ."
CEASEFIRE_CAPTION = "Ceasefires: which share of the runs is fought in full, in a ceasefire or over, month by month."
PHONE = 150  # width of the outcomes' areas on a phone, names not counted


def answer_of_run(section: ReportSection, studied: Studied) -> Section:
    """How the war may end by which month, in a sentence, a picture and numbers."""
    result, sheet = studied.result, studied.result.sheet()
    small = outcome_areas(result.path, result.names, section.narrow_title, result.day, width=PHONE)
    figures = [figure(result.plot(), section.key, section.caption, narrow=small)]
    ceasefires = result.forecast.ceasefires
    if ceasefires.seen and ceasefires.by_month:
        drawn = partial(ceasefire_areas, ceasefires.by_month, TITLE, result.day)
        figures.append(figure(drawn(), f"{section.key}-ceasefires", CEASEFIRE_CAPTION, narrow=drawn(width=PHONE)))
    shown = (outcomes(sheet), ends_table(sheet.ends, sheet.names), *course(sheet))
    tables = [*map(ReportTable, shown), _by_month(studied)]
    if result.blend:
        figures.insert(0, figure(result.plot_blend(), f"{section.key}-blend", BLEND_CAPTION))
        tables.insert(0, ReportTable(blend_table(result.blend, result.names, result.blend_note())))
        tables.insert(0, ReportTable(class_table(summary_with_versions(studied), result.names)))
    paragraphs = [result.sentence()] if result.blend else [result.sentence(), result.blend_note()]
    return Section(section.key, section.heading, tuple(paragraphs), tuple(figures), tuple(tables))


def _by_month(studied: Studied) -> ReportTable:
    """The picture of the outcomes as numbers."""
    path: dict[tuple[str, str | None], dict[float, float]] = {}
    for chance in studied.result.path:
        kind = path.setdefault((chance.outcome, chance.polity), {})
        kind[chance.month] = kind.get(chance.month, 0.0) + chance.p
    names = studied.result.names
    columns = (words("month"), *(numbers(outcome(name, polity, names), "%") for name, polity in path))
    months = list(next(iter(path.values())))
    rows: list[Sequence[str | TableCell]] = [
        (f"{month:g}", *(number_cell(percent(p[month]), 100 * p[month]) for p in path.values())) for month in months
    ]
    return report_table("The picture as numbers, month by month", columns, rows, folded=True, dense=True)


def price_of_run(section: ReportSection, studied: Studied) -> Section:
    """The two ledgers."""
    sheet = studied.result.sheet()
    tables = (ReportTable(aims(sheet)), ReportTable(costs(sheet)))
    return Section(section.key, section.heading, (section.caption,), (), tables)


def disagreement_section(section: ReportSection, studied: Studied) -> Section | None:
    """How far the versions of the case differ by the day of the answer."""
    answer = disagreement(studied)
    return None if answer is None else answer_section(section, answer, (APART,))


def codings_compared(section: ReportSection, studied: Studied) -> Section | None:
    """Every version of the case beside the others."""
    if len(studied.codings) < 2:
        return None
    results = {**version_results(studied)}
    if own_version(studied):
        results[studied.coding_name] = studied.result
    sheets = [results[name].sheet() for name in studied.codings]
    caption = (
        f"The same war as {len(sheets)} analysts saw it. Where they differ by more than the error, the answer hangs on "
        "judgement, not on chance."
    )
    compared = side_by_side(sheets)
    return Section(section.key, section.heading, (caption, *compared.lines()), (), folded_after(compared.tables()))


def ripe_section(section: ReportSection, studied: Studied) -> Section:
    """Whether it is ripe, for whom, and who blocks."""
    return answer_section(section, studied.answered(RipeQuestion, FEWER))
