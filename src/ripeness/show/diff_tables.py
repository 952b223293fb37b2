"""Diff tables: the probabilities that two kept runs give otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ripeness.show.brief import SCREEN, fit_lines
from ripeness.show.cell import bold, decimal_cell, number_cell, numbers, row, words
from ripeness.show.table import Layout, layout, text_table

MOST_LINES = 5  # of the answer above them and of what is said below


def differences(sentences: Sequence[str], difference: Any, label: Callable[[str, str | None], str]) -> Layout:
    """What differs in words, and a table of the probabilities that moved; none where all are the same."""
    if not difference.answers:
        return layout(*sentences)
    rows = [
        row(
            label(answer.outcome, answer.polity),
            decimal_cell(answer.month, "g"),
            *(number_cell(f"{100 * p:.1f}", 100 * p) for p in (answer.old, answer.new)),
            number_cell(f"{100 * answer.noise:.1f}", 100 * answer.noise),
        )
        for answer in difference.answers
    ]
    columns = (
        words("outcome"),
        numbers("month"),
        numbers("first, %", "%"),
        numbers("second, %", "%"),
        numbers("by chance, 90 %", "percentage points"),
    )
    return layout(*sentences, text_table(columns, rows, title="Probabilities that differ", spaced=True))


def brief(answer: str, sentences: Sequence[str]) -> Layout:
    """The answer, and as many of the differences in words as one screen has room for."""
    return layout(bold(answer), *fit_lines(sentences, SCREEN - MOST_LINES, "differences"))
