"""Table of ends as the field codes them: the model's shares of the simulations, beside how past conflicts ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ripeness.show.cell import TableCell, dim, number_cell, numbers, row, styled
from ripeness.show.end_words import coded_end
from ripeness.show.table import Table, numeric_table
from ripeness.show.words import at, bare_percent, percent_range
from ripeness.study.coded_ends import EITHER, CodedEnd


def ends_table(coded: Sequence[CodedEnd], names: Mapping[str, str]) -> Table:
    """The outcomes under the field's codes of ends, the model beside past conflicts where there is a record of them."""
    rows = []
    for ends in _by_code(coded):
        first = ends[0]
        label = coded_end(first, names)
        rows.append(row(label, *map(_coded_cell, ends), level=int(first.polity not in {None, EITHER})))
    has_record = any(end.record is not None for end in coded)
    past = "; below it, in percent, past conflicts like it (90 % interval)" if has_record else ""
    return numeric_table(
        "Ends as UCDP codes them, after",
        [numbers(f"{at(month)} months", "% of runs") for month in dict.fromkeys(end.month for end in coded)],
        rows,
        notes=(dim(f"Percent of the model's runs{past}."),),
    )


def _by_code(ends: Sequence[CodedEnd]) -> list[list[CodedEnd]]:
    """Rows of one code and owner, month after month."""
    rows: dict[tuple[str, str | None], list[CodedEnd]] = {}
    for end in ends:
        rows.setdefault((end.end, end.polity), []).append(end)
    return list(rows.values())


def _coded_cell(end: CodedEnd) -> TableCell:
    if end.record is None or end.record_low is None or end.record_high is None:
        return number_cell(bare_percent(end.p), 100 * end.p)
    past = f"\n{bare_percent(end.record)} ({percent_range(end.record_low, end.record_high)})"
    ends = {"record": end.record, "record low": end.record_low, "record high": end.record_high}
    cell = styled(bare_percent(end.p), (past, "dim"))
    return number_cell(cell, 100 * end.p, **{name: 100 * value for name, value in ends.items()})
