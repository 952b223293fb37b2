"""Seed questions: figures that are known to the analyst and asked of judges, to see how well they choose intervals.

Two files: the questions, which go into the sheets, and the key with the true values, which does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path

from ripeness.scenario.actor_numbers import PER_CENT
from ripeness.world.delimited import DelimitedTable, read_delimited
from ripeness.world.fault import Fault, combined
from ripeness.world.numeral import NotANumber, numeral_marks, parse_amount
from ripeness.world.wording import did_you_mean

KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
QUESTION_COLUMNS = ("id", "question", "unit")
KEY_COLUMNS = ("id", "value")
LOGARITHMIC, PLAIN = "log", "plain"
LARGEST = 1_000_000  # bytes


@dataclass(frozen=True, slots=True)
class SeedQuestion:
    """A question whose answer is known: its id, what is asked, and the unit of the answer."""

    key: str
    question: str
    unit: str


@dataclass(frozen=True, slots=True)
class SeedTruth:
    """The true value of a seed question; `logarithmic` where figures are compared by ratios."""

    value: float
    logarithmic: bool = False


def read_seed_questions(path: Path) -> tuple[SeedQuestion, ...]:
    """Read seed questions from a table with the columns id, question, unit.

    Raises: Fault with file, line and column for what is missing, doubled or no id.
    """
    table = _read_table(path, QUESTION_COLUMNS, "seed questions")
    faults: list[Fault] = []
    seeds: dict[str, SeedQuestion] = {}
    at = {name: table.columns.index(name) for name in QUESTION_COLUMNS}
    for row in table.rows:
        cells = {name: row.cell(column) for name, column in at.items()}
        key = cells["id"].text
        faults += [
            Fault(f"'{name}' is missing", cells[name].place) for name in ("question", "unit") if not cells[name].text
        ]
        if not KEY.fullmatch(key):
            faults.append(Fault(f"'{key[:40]}' is not an id: letters, figures, - and _", cells["id"].place))
        elif key in seeds:
            faults.append(Fault(f"the id '{key}' stands twice", cells["id"].place))
        seeds[key] = SeedQuestion(key, cells["question"].text, cells["unit"].text)
    if faults:
        raise combined(faults)
    return tuple(seeds.values())


def read_seed_key(path: Path) -> dict[str, SeedTruth]:
    """Read true values from a table with the columns id and value, and `scale` (plain or log) if need be.

    Raises: Fault with file, line and column for what is no number, doubled, or cannot be on a logarithmic scale.
    """
    table = _read_table(path, KEY_COLUMNS, "true values")
    at = {name: table.columns.index(name) for name in KEY_COLUMNS}
    scale_at = table.columns.index("scale") if "scale" in table.columns else None
    marks = numeral_marks(PER_CENT.sub("", row.cell(at["value"]).text) for row in table.rows)
    faults: list[Fault] = []
    values: dict[str, SeedTruth] = {}
    for row in table.rows:
        key, cell = row.cell(at["id"]), row.cell(at["value"])
        scale = row.cell(scale_at).text.lower() or PLAIN if scale_at is not None else PLAIN
        if scale not in {PLAIN, LOGARITHMIC}:
            faults.append(
                Fault(f"'{scale[:20]}' is no scale; write {PLAIN} or {LOGARITHMIC}", row.place(scale_at or 0))
            )
        if key.text in values or not KEY.fullmatch(key.text):
            faults.append(Fault(f"'{key.text[:40]}' stands twice, or is no id", key.place))
        try:
            value = parse_amount(cell.text, marks).value
        except NotANumber as error:
            faults.append(Fault(str(error), cell.place))
            continue
        if not isfinite(value) or (scale == LOGARITHMIC and value <= 0):
            faults.append(Fault(f"{value:g} has no logarithm; only values above 0 have one", cell.place))
        values[key.text] = SeedTruth(value, scale == LOGARITHMIC)
    if faults:
        raise combined(faults)
    return values


def _read_table(path: Path, columns: Sequence[str], kind: str) -> DelimitedTable:
    table = read_delimited(path, lambda text: text in columns, largest=LARGEST, kind=f"a table of {kind}")
    for name in columns:
        if name not in table.columns:
            hint = did_you_mean(name, table.columns, f"its columns are {', '.join(table.columns)[:80]}")
            raise Fault(f"no column is called '{name}'; {hint}", table.heading.place(0))
    if not table.rows:
        raise Fault(f"holds no {kind}", table.heading.place(0))
    return table
