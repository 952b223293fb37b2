"""Check tables: what a scenario or the record of a council's decision rests on, by kind of number and by source."""

from __future__ import annotations

from textwrap import shorten
from typing import Any

from ripeness.show.brief import brief_layout, fit_lines
from ripeness.show.cell import number_cell, row, styled
from ripeness.show.table import Layout, Table, layout, text_table

WARNING = 150  # letters of a warning on one screen
LEAST_WARNINGS = 8  # lines for warnings on one screen
MOST_LETTERS = 500  # of all warnings, beyond which each is shortened
MOST_SOURCES = 12  # rows; `ripeness cite` lists all
KINDS = {
    "measured": "counted or measured by somebody",
    "coded": "read off a record by a stated rule",
    "judged": "an expert's or the coder's judgement",
    "derived": "computed from other numbers",
    "assumed": "no evidence; a plausible guess",
}


def scenario_layout(checked: Any) -> Layout:
    """What a scenario rests on; `checked` is what the verb `check` returns of one."""
    coding = f"  (coding {checked.coding})" if checked.case else ""
    return layout(
        styled((checked.title, "bold"), coding),
        f"War since {checked.began}, forecast from {checked.start}; {several(checked.events, 'event')}, "
        f"{several(checked.observations, 'observation')}.",
        kinds_table(checked),
        sources_table(checked),
        *(f"look at {warning}" for warning in checked.warnings),
    )


def scenario_brief(checked: Any) -> Layout:
    """That it holds together and where to look, then what it rests on, as far as a screen has room."""
    places = len(checked.warnings)
    look = f" {several(places, 'place')} to look at." if places else " Nothing to look at."
    stated = checked.numbers - checked.defaults
    case_sources = sum(not use.default for use in checked.sources)
    rests = (
        f"War since {checked.began}, forecast from {checked.start}: {several(stated, 'number')} of its own from "
        f"{several(case_sources, 'source')}, {checked.defaults} by default; {len(checked.exact)} without a range, "
        f"{len(checked.bare)} without a source."
    )
    warnings = [f"look at {warning}" for warning in checked.warnings]
    if sum(map(len, warnings)) > MOST_LETTERS:
        warnings = [shorten(warning, WARNING, placeholder=" ...") for warning in warnings]
    return brief_layout(
        f"The scenario holds together. Every source that it cites is listed.{look}",
        rests,
        kinds_table(checked),
        *fit_lines(warnings, LEAST_WARNINGS, "places to look at"),
    )


def kinds_table(checked: Any) -> Table:
    """How many numbers came about in which way."""
    rows = [row(number_cell(str(count), count), f"{kind}: {KINDS[kind]}") for kind, count in checked.kinds.items()]
    defaults = "by default: from archetypes, regimes and organisations, where the file says nothing"
    rows.append(row(number_cell(str(checked.defaults), checked.defaults), defaults))
    return text_table(("numbers", "how they came about"), rows, numeric=("numbers",))


def sources_table(checked: Any) -> Table:
    """The scenario's own sources, with how many numbers cite each."""
    uses = [use for use in checked.sources if not use.default][:MOST_SOURCES]
    rows = [row(use.id, use.grade, number_cell(str(use.cited), use.cited), use.title) for use in uses]
    return text_table(("source", "grade", "cited", "title"), rows, numeric=("cited",))


def council_layout(checked: Any) -> Layout:
    """What the record of a decision rests on; `checked` is what the verb `check` returns of one."""
    bases = ", ".join(f"{count} {basis}" for basis, count in checked.bases.items())
    rows = [row(grade, title) for title, grade in checked.sources.items()]
    return layout(
        styled((checked.body, "bold"), f"  ({checked.id})"),
        f"{several(checked.members, 'member')} ({bases}), {checked.said} things said or written before the decision.",
        text_table(("grade", "source"), rows),
        *(f"look at {warning}" for warning in checked.warnings),
    )


def several(count: int, noun: str) -> str:
    """A number of things.

    >>> several(1, "event"), several(3, "event")
    ('1 event', '3 events')
    """
    return f"{count} {noun}" + ("" if count == 1 else "s")
