"""Leading order: which sliders stand first, by what moving each from end to end does; measured once and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ripeness.web.address import page_address
from ripeness.web.answer import KeptAnswer, keep_answer, name_of
from ripeness.web.jobs import BackgroundJob
from ripeness.web.live_comparison import conditions_of
from ripeness.web.question import QuestionRecord
from ripeness.web.questions import PageQuestion
from ripeness.web.services import Services
from ripeness.web.task import Progress, Task
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

VERB = "leading"


@dataclass(frozen=True, slots=True)
class MeasuredMove:
    """How much more often an outcome comes about with a number at its high end than at its low end, with its 90 %
    interval. Units: shares.
    """

    mean: float
    low: float
    high: float

    @property
    def is_told(self) -> bool:
        """Whether it can be told from none."""
        return not self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True)
class LeadingOrder:
    """The measured numbers of a war: path -> outcome -> one (mean, low, high) for each of `months`."""

    months: tuple[float, ...]
    moves: Mapping[str, Mapping[str, list[list[float]]]]
    draws: int

    def move(self, path: str, outcome: str, month: float) -> MeasuredMove | None:
        """What a number does to an outcome by the measured month that is nearest; none where it was not measured."""
        by_outcome = self.moves.get(path)
        if not by_outcome or outcome not in by_outcome:
            return None
        return MeasuredMove(*by_outcome[outcome][self.months.index(self.nearest(month))])

    def nearest(self, month: float) -> float:
        """The measured month that is nearest."""
        return min(self.months, key=lambda measured: abs(measured - month))

    def leading(self, outcome: str, month: float) -> list[str]:
        """The numbers in the order of what they do to an outcome, those that can be told from none first."""
        moves = {path: self.move(path, outcome, month) for path in self.moves}
        return sorted(
            (path for path, move in moves.items() if move is not None),
            key=lambda path: (not moves[path].is_told, -abs(moves[path].mean)),  # type: ignore[union-attr]
        )


def begin_order(services: Services, page_question: PageQuestion, path: str, subject: Subject) -> BackgroundJob:
    """Have it measured, once for a war and its conditions, which numbers move it most; `path` of the page that asks.

    Raises: Fault where a file is no longer there, or too much is waiting.
    """
    title = f"What moves it most: {services.workspace.title(subject)}"
    place = page_address(path, {"case": subject.case, "coding": subject.coding})
    return services.begin(order_task(page_question, page_question.mark(), title, place))


def order_task(page_question: PageQuestion, mark: str, title: str, page: str) -> Task:
    """The work that measures a war's leading numbers, for the conditions of its what-if."""
    conditions = conditions_of(page_question)
    key = {
        "case": page_question.subject.case,
        "text": mark,
        **{name: str(value) for name, value in conditions if value not in (None, (), False)},
    }
    name = name_of(VERB, key)
    record = QuestionRecord(page_question.subject.case, page_question.subject.coding, scenario=mark)
    work = partial(measure_order, name, page_question, record)
    task = Task(name, VERB, title, work, record, "tests", page_question.own_file())
    return task.on_page(page, title, "background")


def measure_order(
    name: str, page_question: PageQuestion, record: QuestionRecord, folder: Path, tell: Progress
) -> KeptAnswer:
    """Measure and keep the leading numbers; done in a worker."""
    from ripeness.workbench.leading_numbers import leading_numbers

    measured = leading_numbers(page_question.source, dict(conditions_of(page_question)), tell)
    moves = {
        effect.path: {
            outcome: [[move.mean, move.low, move.high] for move in differences]
            for outcome, differences in effect.differences.items()
        }
        for effect in measured.effects
    }
    facts: dict[str, Any] = {
        "months": list(measured.effects[0].months) if measured.effects else [],
        "moves": moves,
        "draws": measured.draws,
    }
    case, coding = record.case, record.coding
    return keep_answer(KeptAnswer(name, VERB, case, coding, case, "", "", "", facts=facts, question=record), folder)


def order_of(answer: KeptAnswer) -> LeadingOrder:
    """What a kept measurement says.

    Raises: Fault for an answer that is none.
    """
    facts = answer.facts
    if not {"months", "moves", "draws"} <= facts.keys():
        raise Fault("this answer holds no measured numbers")
    return LeadingOrder(tuple(facts["months"]), facts["moves"], int(facts["draws"]))
