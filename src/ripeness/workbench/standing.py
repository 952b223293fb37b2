"""Standing orders: a question kept by name, forecast anew whenever it is asked, and how its answer has moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ripeness.store.standing import (
    StandingAnswer,
    StandingOrder,
    order_names,
    read_answers,
    read_order,
    standing_folder,
    write_answer,
    write_order,
)
from ripeness.workbench.notebook import Notebook
from ripeness.workbench.parameter import ValueKind
from ripeness.workbench.question import Progress, Verb, WarQuestion, parameters
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.dates import as_day
from ripeness.world.fault import ArgumentFault, Fault
from ripeness.world.wording import did_you_mean, join_words

if TYPE_CHECKING:
    from ripeness.show.table import Layout

Folder = str | Path | None
NOT_KEPT = ("report",)  # which is a page, and no answer that can be set beside another
__all__ = ["StandingSeries", "ask", "keep_order", "keep_question", "orders", "series"]


@dataclass(frozen=True, slots=True)
class StandingSeries(Notebook):
    """A standing order with all its answers, the oldest first."""

    order: StandingOrder
    answers: tuple[StandingAnswer, ...]

    def rows(self) -> Sequence[Mapping[str, Any]]:
        """One row an answer: when it was asked, from which day it looks ahead, and what it said."""
        return [
            {"asked": answer.moment.isoformat(), "day": _day(answer), "sentence": str(answer.plain.get("sentence", ""))}
            for answer in self.answers
        ]

    def chances(self) -> Sequence[Mapping[str, Any]]:
        """One row an answer and outcome, at the last month asked about, for a question that gives such; else none.

        `view` is model, record or blend. Units: months from the day of the forecast.
        """
        return [row for answer in self.answers for row in _chances(answer)]

    def layout(self) -> Layout:
        """The tables."""
        from ripeness.show.standing_tables import series_layout

        return series_layout(self)

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        from ripeness.store.json_text import plain_value

        order: dict[str, Any] = plain_value(self.order)
        return {"order": order, "answers": [*self.rows()], "chances": [*self.chances()]}


def keep_order(name: str, verb: str, /, *arguments: Any, folder: Folder = None, **keywords: Any) -> StandingOrder:
    """Keep a question by name: a verb with its arguments, which are checked now and asked later.

    Raises: Fault for a verb that cannot be kept, an argument that does not fit, or a name that is taken.
    """
    questions: dict[str, Any] = {
        declared_verb: question_of(declared_verb)
        for declared_verb in declared_verbs()
        if issubclass(question_of(declared_verb), WarQuestion) and declared_verb not in NOT_KEPT
    }
    if verb not in questions:
        hint = did_you_mean(verb, questions, f"such are {join_words([*questions], 'or')}")
        raise Fault(f"'{verb[:40]}' is no question that can be kept; {hint}")
    return keep_question(name, questions[verb](*arguments, **keywords), folder=folder)


def keep_question(name: str, question: Verb[Any], *, folder: Folder = None) -> StandingOrder:
    """Keep a question that is made already; files are kept by their whole path, so that it can be asked from anywhere.

    Raises: Fault where there is an order of that name, or it cannot be written.
    """
    if not isinstance(question, WarQuestion) or question.verb in NOT_KEPT:
        raise Fault(f"'{question.verb}' is no question that can be kept")
    kinds = {parameter.name: parameter.kind for parameter in parameters(type(question))}
    arguments = {name: _plain(value, kinds[name]) for name, value in question.arguments().items()}
    order = StandingOrder(name, question.verb, arguments, datetime.now(UTC))
    write_order(order, standing_folder(folder))
    return order


def ask(
    name: str, *, as_of: date | str | None = None, folder: Folder = None, progress: Progress | None = None
) -> StandingAnswer:
    """Answer a standing order anew, with the scenario and files as they are now, and append the answer.

    `as_of`: the day of this forecast, instead of the one that the order names.

    Raises: Fault where there is no such order, its question cannot be answered, or the answer cannot be written.
    """
    place = standing_folder(folder)
    order = read_order(name, place)
    question = _question(order)
    day = as_day(as_of, "as_of")
    if day is not None:
        question = replace(question, as_of=day)
    moment = datetime.now(UTC)
    answer: Any = question.answer(progress)
    plain = {**answer.plain(), "day": str(_forecast_day(answer))}
    return write_answer(name, moment, plain, place)


def series(name: str, *, folder: Folder = None) -> StandingSeries:
    """A standing order with all that it was answered.

    Raises: Fault where there is no such order, or an answer is damaged.
    """
    place = standing_folder(folder)
    order = read_order(name, place)
    return StandingSeries(order, read_answers(name, place))


def orders(*, folder: Folder = None) -> tuple[StandingSeries, ...]:
    """All standing orders with their answers.

    Raises: Fault for a damaged one.

    >>> orders(folder="nowhere-at-all")
    ()
    """
    return tuple(series(name, folder=folder) for name in order_names(standing_folder(folder)))


def _question(order: StandingOrder) -> WarQuestion[Any]:
    """The question of an order, as this version declares it.

    Raises: Fault where this version has no such question, or takes other arguments.
    """
    if order.verb not in declared_verbs():
        raise Fault(f"the standing order {order.name!r} asks '{order.verb}', which this version does not know")
    declaration: Any = question_of(order.verb)
    try:
        question: WarQuestion[Any] = declaration(**order.arguments)
    except TypeError as error:
        raise Fault(f"the standing order {order.name!r} cannot be asked by this version: {error}") from None
    except ArgumentFault as fault:
        raise Fault(f"the standing order {order.name!r} cannot be asked: {fault}") from None
    return question


def _plain(value: Any, kind: ValueKind) -> Any:
    """An argument as JSON knows it, from which the question reads it back."""
    if kind in (ValueKind.CASE, ValueKind.FILE):
        return str(Path(value).absolute()) if Path(value).exists() else str(value)
    if kind is ValueKind.CHANGES:
        return {path: number if isinstance(number, int | float) else str(number) for path, number in value.items()}
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _forecast_day(answer: Any) -> date:
    """The day from which an answer looks ahead."""
    day: date = answer.setup.day if hasattr(answer, "setup") else answer.information.day
    return day


def _day(answer: StandingAnswer) -> str:
    return str(answer.plain.get("day", ""))


def _chances(answer: StandingAnswer) -> list[dict[str, Any]]:
    """Probabilities of an answer at its last month, ways to the same outcome added up."""
    rows = []
    for view, key in (("model", "outcomes"), ("record", "record"), ("blend", "blend")):
        part = answer.plain.get(key)
        if not isinstance(part, list) or not part:
            continue
        last = max(row["month"] for row in part)
        chances: dict[str, float] = {}
        for row in part:
            if row["month"] == last:
                kind, polity = row.get("end", row.get("outcome")), row.get("polity")
                outcome = f"{kind}:{polity}" if polity else str(kind)
                chances[outcome] = chances.get(outcome, 0.0) + row["p"]
        moment = answer.moment.isoformat()
        rows += [
            {"asked": moment, "day": _day(answer), "view": view, "outcome": outcome, "month": last, "p": p}
            for outcome, p in chances.items()
        ]
    return rows
