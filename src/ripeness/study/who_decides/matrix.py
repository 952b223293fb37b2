"""The evidence matrix: readings against evidence, as in Heuer's Analysis of Competing Hypotheses, with numbers in its
cells.

A cell says how much better a reading foretold an item than readings do on average, the other items being known: the
log of its leave-one-out predictive chance less the mean over readings. Items that foretell equally well under all
readings tell nothing, however striking they are. Source: Heuer 1999, Psychology of Intelligence Analysis, ch. 8;
Gelfand, Dey and Chang 1992 for leaving one out by weights.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ripeness.study.who_decides.admiralty import doubt
from ripeness.study.who_decides.item import Item
from ripeness.study.who_decides.temper import effective
from ripeness.world.fault import Fault, Place
from ripeness.world.source import CREDIBILITY, RELIABILITY

Array = NDArray[np.float64]
MARKS = ((3.0, "CC"), (1.0, "C"), (-1.0, "N"), (-3.0, "I"))
"""Least log ratio of each mark; below the last stands II. The steps are those of Kass and Raftery for a log Bayes
factor.
"""
WORTH = {"CC": 3.0, "C": 1.0, "N": 0.0, "I": -1.0, "II": -3.0}
"""Log ratio that a hand-made mark counts for, before the grade of its source."""
THIN = 0.1  # share of effective draws below which leaving an item out by weights is a guess


@dataclass(frozen=True, slots=True)
class Cell:
    """One reading on one item: log ratio to the mean over readings, its classical mark, and the log predictive
    chance.
    """

    reading: str
    log_ratio: float
    mark: str
    log_chance: float


@dataclass(frozen=True, slots=True)
class Row:
    """One item under all readings; `diagnosticity` is the widest gap between two readings."""

    polity: str
    item: str
    date: str
    issue: str
    grade: str
    diagnosticity: float
    puzzling: bool = False
    planted: bool = False
    cells: tuple[Cell, ...] = ()


def left_out(by_item: Array) -> tuple[Array, Array]:
    """Log chance of each item given the others, and the share of draws that carries the answer.

    Shapes: by_item (n, N), log likelihoods under the posterior of all; returns (n,), (n,).

    >>> left_out(np.log(np.full((1, 4), .25)))[0].round(3)
    array([-1.386])
    """
    low = by_item.min(axis=1, keepdims=True)
    weight = np.exp(low - by_item)
    share = np.array([effective(row) for row in weight]) / by_item.shape[1]
    return low[:, 0] - np.log(weight.mean(axis=1)), share


def mark(log_ratio: float) -> str:
    """The classical mark of a log ratio: very consistent, consistent, neutral, inconsistent, very inconsistent.

    >>> [mark(x) for x in (3.5, 1.2, 0.0, -1.2, -5.0)]
    ['CC', 'C', 'N', 'I', 'II']
    """
    return next((name for least, name in MARKS if log_ratio >= least), "II")


def matrix(items: Sequence[Item], readings: Sequence[str], chances: Array) -> tuple[Row, ...]:
    """The matrix of a polity, the most telling item first. Shapes: chances (readings, items), log predictive
    chances.
    """
    ratio = chances - chances.mean(axis=0)
    rows = [
        Row(
            item.polity,
            item.id,
            str(item.on),
            item.issue,
            item.grade,
            float(np.ptp(chances[:, n])),
            item.puzzling,
            item.planted,
            tuple(
                Cell(key, float(ratio[r, n]), mark(float(ratio[r, n])), float(chances[r, n]))
                for r, key in enumerate(readings)
            ),
        )
        for n, item in enumerate(items)
    ]
    return tuple(sorted(rows, key=lambda row: -row.diagnosticity))


@dataclass(frozen=True, slots=True)
class HandMade:
    """A matrix that was marked by hand: hypotheses, rows, and what follows from them.

    `inconsistency` counts I once and II twice, as Heuer does; `weight` is the posterior with equal prior mass.
    """

    hypotheses: tuple[str, ...]
    rows: tuple[Row, ...]
    inconsistency: dict[str, float]
    weight: dict[str, float]


def hand_made(path: Path) -> HandMade:
    """Read a matrix of marks: a column `item`, if wished `grade` and `date`, and one column a hypothesis with CC, C,
    N, I or II.

    Raises: Fault, with its line, for a missing column, an unknown mark or grade, or fewer than two hypotheses.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(
            f"the matrix cannot be read: {getattr(error, 'strerror', None) or 'it is no text'}", Place(str(path))
        ) from None
    lines = list(csv.reader(text.splitlines()))
    head = [cell.strip() for cell in lines[0]] if lines else []
    hypotheses = [name for name in head if name and name.lower() not in ("item", "grade", "date")]
    if "item" not in [name.lower() for name in head] or len(hypotheses) < 2 or len(set(head)) < len(head):
        raise Fault(
            "a matrix has a column 'item' and one column, named once, for each of two or more hypotheses",
            Place(str(path)),
        )
    rows = [
        _marked(path, n, head, hypotheses, line)
        for n, line in enumerate(lines[1:], 2)
        if any(cell.strip() for cell in line)
    ]
    if not rows:
        raise Fault("the matrix has no rows below its head", Place(str(path)))
    total = {
        name: sum(cell.log_ratio for row in rows for cell in row.cells if cell.reading == name) for name in hypotheses
    }
    top = max(total.values())
    whole = sum(np.exp(one - top) for one in total.values())
    against = {"I": 1.0, "II": 2.0}
    return HandMade(
        tuple(hypotheses),
        tuple(sorted(rows, key=lambda row: -row.diagnosticity)),
        {
            name: sum(against.get(c.mark, 0.0) for row in rows for c in row.cells if c.reading == name)
            for name in hypotheses
        },
        {name: float(np.exp(one - top) / whole) for name, one in total.items()},
    )


def _marked(path: Path, number: int, head: list[str], hypotheses: list[str], line: list[str]) -> Row:
    cells = {name: (line[n].strip() if n < len(line) else "") for n, name in enumerate(head)}
    said = {name.lower(): value for name, value in cells.items()}
    grade = said.get("grade") or "A1"
    if len(grade) != 2 or grade[0] not in RELIABILITY or grade[1] not in CREDIBILITY:
        raise Fault(
            f"'{grade[:20]}' is no Admiralty grade; write a letter A-F and a figure 1-6", Place(str(path), number)
        )
    for name in hypotheses:
        if (cells[name].upper() or "N") not in WORTH:
            raise Fault(f"'{cells[name][:20]}' is no mark; write {', '.join(WORTH)}", Place(str(path), number))
    marks = {name: cells[name].upper() or "N" for name in hypotheses}
    counts = {name: WORTH[one] * (1 - doubt(grade)) for name, one in marks.items()}
    mean = sum(counts.values()) / len(counts)
    return Row(
        "",
        said.get("item", ""),
        said.get("date", ""),
        "",
        grade,
        max(counts.values()) - min(counts.values()),
        cells=tuple(Cell(name, counts[name] - mean, marks[name], counts[name]) for name in hypotheses),
    )
