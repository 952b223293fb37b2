"""A matrix of evidence that was marked by hand: hypotheses across, items down, marks in the cells (Heuer 1999, ch.
8).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ripeness.study.who_decides.evidence_matrix import MARK_LOG_RATIOS, EvidenceCell, EvidenceRow
from ripeness.world.admiralty import report_doubt
from ripeness.world.delimited import DelimitedTable, TextCell, TextRow, read_delimited
from ripeness.world.fault import Fault
from ripeness.world.source import CREDIBILITY, RELIABILITY

ITEM = ("item", "items", "evidence")
BESIDE = ("grade", "date")
PROSE = ("note", "notes", "comment", "comments", "remark", "remarks", "source", "sources", "description")
REMARKS = (*PROSE, "id", "no", "#")  # headings of columns without marks; PROSE is never the name of a hypothesis
NEUTRAL = ("", "N", "NA", "N/A", "-", "\u2013")
AGAINST = {"I": 1.0, "II": 2.0}
LARGEST = 2_000_000  # bytes
LONGEST_MARK = 3  # letters; what is longer is prose and no misspelt mark
FORM = "a matrix has a column 'item' and one column, named once, for each of two or more hypotheses"


@dataclass(frozen=True, slots=True)
class MarkedMatrix:
    """A matrix that was marked by hand: hypotheses, rows, and what follows from them.

    `inconsistency` counts I once and II twice, as Heuer does; `weight` is the posterior with equal prior mass; `notes`
    say what was left out.
    """

    hypotheses: tuple[str, ...]
    rows: tuple[EvidenceRow, ...]
    inconsistency: dict[str, float]
    weight: dict[str, float]
    notes: tuple[str, ...] = ()


def read_marked_matrix(path: Path) -> MarkedMatrix:
    """Read a matrix of marks: a column `item`, if wished `grade` and `date`, and one column a hypothesis with CC, C,
    N, I or II. Columns and rows without any mark are left out, and said; the path `-` is standard input.

    Raises: Fault, at its place, for a missing column, an unknown mark or grade, or fewer than two hypotheses.
    """
    table = _read(path)
    columns = {name.casefold(): n for n, name in reversed(list(enumerate(table.columns))) if name}
    item = next((columns[name] for name in ITEM if name in columns), None)
    if item is None:
        raise Fault(f"{FORM}; {table.separated}", table.heading.place(0))
    extra_columns = {name: columns[name] for name in BESIDE if name in columns}
    used_columns = (item, *extra_columns.values())
    hypotheses, notes = _hypotheses(table, [n for n in range(len(table.columns)) if n not in used_columns])
    rows = []
    for row in table.rows:
        if any(row.cell(n).text for n in hypotheses):
            rows.append(_marked_row(row, item, extra_columns, {n: table.columns[n] for n in hypotheses}))
        else:
            text = next(text for text in row.texts if text)
            notes.append(f"line {row.line} ('{text[:40]}') has no mark and is left out")
    if not rows:
        raise Fault("the matrix has no rows with marks below its heading", table.heading.place(0))
    notes += _repeated_items(table, item)
    names = tuple(table.columns[n] for n in hypotheses)
    total = {name: sum(c.log_ratio for row in rows for c in row.cells if c.reading == name) for name in names}
    top = max(total.values())
    mass = sum(np.exp(value - top) for value in total.values())
    return MarkedMatrix(
        names,
        tuple(sorted(rows, key=lambda row: -row.diagnosticity)),
        {name: sum(AGAINST.get(c.mark, 0.0) for row in rows for c in row.cells if c.reading == name) for name in names},
        {name: float(np.exp(value - top) / mass) for name, value in total.items()},
        (*table.notes, *notes),
    )


def _repeated_items(table: DelimitedTable, item: int) -> list[str]:
    """A note for every item that stands a second time, and so counts twice."""
    first: dict[str, int] = {}
    return [
        f"'{text[:40]}' in line {row.line} stands in line {first[text]} already and counts twice"
        for row in table.rows
        if (text := row.cell(item).text) and first.setdefault(text, row.line) != row.line
    ]


def _read(path: Path) -> DelimitedTable:
    """The table, in which no row is longer than the heading."""
    try:
        table = read_delimited(path, _familiar, least=1, largest=LARGEST, kind="a matrix of marks")
    except Fault as fault:
        raise Fault(
            f"{fault.message}; {FORM}" if fault.message.startswith("is empty") else fault.message, fault.place
        ) from None
    for row in table.rows:
        for longer in table.beyond(row):
            raise longer
    return table


def _familiar(text: str) -> bool:
    return text.casefold() in ITEM


def _hypotheses(table: DelimitedTable, candidates: Sequence[int]) -> tuple[list[int], list[str]]:
    """The columns that hold marks, and notes on those that hold none.

    Raises: Fault for a column of marks without a name, a name that stands twice, or fewer than two hypotheses.
    """
    hypotheses: list[int] = []
    unmarked: list[str] = []
    notes: list[str] = []
    for n in candidates:
        name = table.columns[n]
        cells = [row.texts[n] for row in table.rows if n < len(row.texts) and row.texts[n]]
        has_marks = any(cell.upper() in MARK_LOG_RATIOS for cell in cells)
        prose = name.casefold() in REMARKS or any(len(cell) > LONGEST_MARK for cell in cells)
        if not name and has_marks:
            raise Fault("a column of marks has no name; name its hypothesis", table.heading.place(n))
        if name.casefold() in PROSE and has_marks:
            notes.append(f"column '{name[:40]}' is read as remarks and left out")
            continue
        if not has_marks and (not cells or prose or not name):
            unmarked.append(f"'{name[:40]}'" if name else str(n + 1))
            continue
        if name.casefold() in (table.columns[column].casefold() for column in hypotheses):
            raise Fault(f"'{name[:40]}' stands twice; {FORM}", table.heading.place(n))
        hypotheses.append(n)
    plural = f"columns {', '.join(unmarked)} hold no mark and are left out"
    note = plural if len(unmarked) > 1 else f"column {unmarked[0]} holds no mark and is left out" if unmarked else ""
    if len(hypotheses) < 2:
        if not table.rows and len([n for n in candidates if table.columns[n]]) > 1:
            raise Fault("the matrix has no rows below its heading", table.heading.place(0))
        count = f"here {'is one' if hypotheses else 'are none'}{f' ({note})' if note and table.rows else ''}"
        raise Fault(f"{FORM}; {count}; {table.separated}", table.heading.place(0))
    return hypotheses, [*notes, note] if note else notes


def _marked_row(row: TextRow, item: int, extra_columns: dict[str, int], hypotheses: dict[int, str]) -> EvidenceRow:
    """One item with its marks, each weighed by how far its source is doubted."""
    if not row.cell(item).text:
        raise Fault("the row has marks and names no item", row.place(item))
    grade = _grade(row.cell(extra_columns["grade"])) if "grade" in extra_columns else "A1"
    marks = {name: _mark(row.cell(n)) for n, name in hypotheses.items()}
    counts = {name: MARK_LOG_RATIOS[mark] * (1 - report_doubt(grade)) for name, mark in marks.items()}
    mean = sum(counts.values()) / len(counts)
    date = row.cell(extra_columns["date"]).text if "date" in extra_columns else ""
    return EvidenceRow(
        "",
        row.cell(item).text,
        date,
        "",
        grade,
        max(counts.values()) - min(counts.values()),
        cells=tuple(EvidenceCell(name, counts[name] - mean, marks[name], counts[name]) for name in counts),
    )


def _grade(cell: TextCell) -> str:
    """An Admiralty grade; A1 where none is given."""
    grade = "".join(cell.text.upper().split()) or "A1"
    if len(grade) != 2 or grade[0] not in RELIABILITY or grade[1] not in CREDIBILITY:
        raise Fault(f"'{cell.text[:20]}' is no Admiralty grade; write a letter A-F and a figure 1-6", cell.place)
    return grade


def _mark(cell: TextCell) -> str:
    """A mark; neutral where the cell is empty or says that none applies."""
    mark = cell.text.upper()
    if mark in NEUTRAL:
        return "N"
    if mark not in MARK_LOG_RATIOS:
        raise Fault(f"'{cell.text[:20]}' is no mark; write {', '.join(MARK_LOG_RATIOS)}", cell.place)
    return mark
