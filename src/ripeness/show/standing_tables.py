"""Standing orders as tables: which there are, and how the answer of one has moved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ripeness.show.cell import TableCell, number_cell, row
from ripeness.show.end_words import HEADINGS
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.show.words import at, percent
from ripeness.study.record.classes import CLASS_OF_END, CLASS_OF_OUTCOME, CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping

CLASS_OF = {**CLASS_OF_END, **CLASS_OF_OUTCOME}


def orders_table(series: Sequence[Any]) -> Table:
    """One row an order: its question, how often it was asked, and what was said last."""
    rows = []
    for kept in series:
        order, answers = kept.order, kept.rows()
        last = answers[-1] if answers else None
        rows.append(
            row(
                order.name,
                question_words(order.verb, order.arguments),
                number_cell(str(len(answers)), len(answers)),
                f"{last['asked'][:10]}: {last['sentence']}" if last else "not asked yet",
            )
        )
    return text_table(("name", "question", "asked", "last answer"), rows, numeric=("asked",))


def series_layout(series: Any) -> Layout:
    """Every answer of an order in the order in which it was asked, and its chances side by side where it has some."""
    order = series.order
    parts: list[Table | str] = [f"{order.name}: {question_words(order.verb, order.arguments)}"]
    answers = series.rows()
    if not answers:
        parts.append(f"Not asked yet. Next: ripeness standing ask {order.name}")
    chances = series.chances()
    if chances:
        parts.append(answers[-1]["sentence"])
        parts.append(_chances(chances))
    elif answers:
        rows = [row(answer["asked"][:16], answer["day"], answer["sentence"]) for answer in answers]
        parts.append(text_table(("asked (UTC)", "from", "answer"), rows))
    return layout(*parts)


def question_words(verb: str, arguments: Mapping[str, Any]) -> str:
    """A kept question in one line.

    >>> question_words("run", {"case_or_path": "japan-1945", "by": "1946-01-01"})
    'run japan-1945, by 1946-01-01'
    """
    words = [
        f"{name.replace('_', ' ')} {value}" if value is not True else name.replace("_", " ")
        for name, value in arguments.items()
        if name != "case_or_path"
    ]
    return ", ".join([f"{verb} {arguments.get('case_or_path', '')}".strip(), *words])


def _chances(chances: Sequence[Mapping[str, Any]]) -> Table:
    """One row an answer and view; a column a class of end, in which model and record can be compared."""
    answers: dict[tuple[str, str, str, float], dict[str, float]] = {}
    for chance in chances:
        key = (chance["asked"], chance["day"], chance["view"], chance["month"])
        kind = chance["outcome"].partition(":")[0]
        name = CLASS_OF[kind]
        shares = answers.setdefault(key, {})
        shares[name] = shares.get(name, 0.0) + chance["p"]
    rows = [
        row(moment[:16], day, f"{view}, month {at(month)}", *(_percent(shares.get(name)) for name in CLASSES))
        for (moment, day, view, month), shares in answers.items()
    ]
    headings = [HEADINGS[name] for name in CLASSES]
    return text_table(("asked (UTC)", "from", "view", *headings), rows, numeric=headings, spaced=True)


def _percent(p: float | None) -> TableCell:
    return number_cell("", None) if p is None else number_cell(percent(p), 100 * p, "%")
