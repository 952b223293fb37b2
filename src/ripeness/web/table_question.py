"""The question about an actor table: what every decision rule makes of it."""

from __future__ import annotations

from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ripeness.web.answer import name_of
from ripeness.web.question import QuestionRecord
from ripeness.web.questions import PageQuestion, answer_question
from ripeness.web.task import Task
from ripeness.web.workspace import Subject
from ripeness.workbench.question import Verb

DECIDE_SECONDS = 300.0  # an actor table takes some seconds; what takes longer is no table


def table_task(question: Verb[Any], text: str) -> Task:
    """What does every decision rule make of an actor table? `text` is that of its file, which is kept before the work.

    >>> from ripeness.workbench.verbs import question_of
    >>> table_task(question_of("decide")(Path("kings.csv"), leader="King"), "actor,influence").question.words()[:2]
    ["the table 'kings'", 'who leads: King']
    """
    page_question = PageQuestion(question, Subject(""))
    stem, lines = Path(page_question.source).stem, "\n".join(text.splitlines())
    record = QuestionRecord(
        f"the table '{stem}'",
        more=page_question.words(),
        seed=getattr(question, "seed", None),
        controls=page_question.values(),
        scenario=sha256(lines.encode()).hexdigest()[:16],
    )
    name = name_of("decide", {**page_question.values(), "case": stem, "text": lines})
    work = partial(answer_question, name, page_question, record)
    return Task(name, "decide", f"Decide {stem}", work, record, "tables", limit=DECIDE_SECONDS)
