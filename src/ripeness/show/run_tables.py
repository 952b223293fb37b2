"""Tables of kept runs: outcomes by month from the answer as it was written, whatever the model has become since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ripeness.show.cell import numbers, row, styled, words
from ripeness.show.number_cells import percent_cell
from ripeness.show.table import Table, text_table
from ripeness.show.words import at, outcome


def shelf(runs: Sequence[Any]) -> Table:
    """One line a run that is kept; damaged ones say what is wrong."""
    rows = []
    for run in runs:
        if run.damage:
            rows.append(row(run.name, styled(("damaged", "bold red")), run.damage))
        else:
            question = f"{run.case}\n{run.coding}, {run.reading}\n{run.draws:,} draws, seed {run.seed}"
            rows.append(row(run.name, question, run.sentence))
    return text_table(("run", "case", "answer"), rows)


def outcomes(answer: Mapping[str, Any]) -> Table:
    """Probabilities by month, ways to the same outcome taken together."""
    chances = list(answer.get("outcomes", ()))
    months = sorted({float(chance["month"]) for chance in chances})
    totals: dict[tuple[str, str | None], dict[float, float]] = {}
    label = {}
    for chance in chances:
        key = str(chance["outcome"]), chance["polity"]
        label[key] = str(chance.get("words") or outcome(*key, {}))
        by_month = totals.setdefault((str(chance["outcome"]), chance["polity"]), {})
        month = float(chance["month"])
        by_month[month] = by_month.get(month, 0.0) + float(chance["p"])
    rows = [
        row(label[name, polity], *(percent_cell(by_month.get(month, 0.0)) for month in months))
        for (name, polity), by_month in totals.items()
    ]
    columns = (words("How the war stands after"), *(numbers(f"{at(month)} months") for month in months))
    return text_table(columns, rows)
