"""Tables of kept runs: outcomes by month from the answer as it was written, whatever the model has become since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from ripeness.show.fitted import Fitted
from ripeness.show.lines import listing
from ripeness.show.words import at, outcome, percent


def shelf(runs: Sequence[Any]) -> Fitted:
    """One line a run that is kept; damaged ones say what is wrong."""
    table = listing("run", "case", "answer")
    for row in runs:
        if row.damage:
            table.add_row(row.name, Text("damaged", style="bold red"), row.damage)
        else:
            asked = f"{row.case}\n{row.coding}, {row.reading}\n{row.draws:,} draws, seed {row.seed}"
            table.add_row(row.name, asked, row.sentence)
    return table


def outcomes(answer: Mapping[str, Any]) -> Fitted:
    """Probabilities by month, ways to the same outcome taken together."""
    rows = list(answer.get("outcomes", ()))
    months = sorted({float(row["month"]) for row in rows})
    heads = [f"{at(month)} months" for month in months]
    table = listing("How the war stands after", *heads, right=heads)
    totals: dict[tuple[str, str | None], dict[float, float]] = {}
    for row in rows:
        kind = totals.setdefault((str(row["outcome"]), row["polity"]), {})
        kind[float(row["month"])] = kind.get(float(row["month"]), 0.0) + float(row["p"])
    for (name, polity), chances in totals.items():
        table.add_row(Text(outcome(name, polity, {})), *(percent(chances.get(month, 0.0)) for month in months))
    return table
