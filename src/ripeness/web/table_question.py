"""The question about actor tables: what every decision rule makes of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ripeness.scenario.actor_headings import is_actor_heading
from ripeness.store.cells import to_csv
from ripeness.web.answer import name_of
from ripeness.web.question import QuestionRecord
from ripeness.web.questions import PageQuestion, answer_question
from ripeness.web.task import Task
from ripeness.web.workspace import Subject, Workspace
from ripeness.workbench.question import Verb
from ripeness.world.fault import ArgumentFault
from ripeness.world.wording import join_words
from ripeness.world.workbook import parse_workbook

DECIDE_SECONDS = 300.0  # an actor table takes some seconds; what takes longer is no table


def tables_task(
    workspace: Workspace, texts: Mapping[str, str], count: int, ask: Callable[..., Verb[Any]], *, keep: bool = True
) -> Task:
    """What does every decision rule make of actor tables? `texts` are the tables by name, the first one first.

    `count` is how many were sent; `ask` makes the question of the first file and, as `tables`, of the others. The
    tables are kept in the workspace, unless the question is only looked at.

    Raises: Fault for a name that could lead elsewhere or stands twice, or a value that does not fit.
    """
    if len(texts) != count:
        raise ArgumentFault("tables", ": two tables have one name; give each its own")
    first, *further = (workspace.table(name) for name in texts)
    question = ask(first, tables=tuple(map(str, further))) if further else ask(first)
    if keep:
        for name, text in texts.items():
            workspace.keep_table(name, text)
    return table_task(question, "\n\n".join(texts.values()))


def sheet_as_csv(raw: bytes, name: str) -> str:
    """The actor table of an Excel workbook as comma-separated text; done where visitors' files are read.

    Raises: Fault where there is none.
    """
    table = parse_workbook(raw, name, is_actor_heading)
    return "".join(to_csv((), columns=row.texts) for row in (*table.before, table.heading, *table.rows))


def table_task(question: Verb[Any], text: str) -> Task:
    """What does every decision rule make of actor tables? `text` is that of the files, which are kept before the work.

    >>> from ripeness.workbench.verbs import question_of
    >>> table_task(question_of("decide")(Path("kings.csv"), leader="King"), "actor,influence").question.words()[:2]
    ["the table 'kings'", 'who leads: King']
    """
    page_question = PageQuestion(question, Subject(""))
    further = [Path(path).stem for path in getattr(question, "tables", ())]
    stem, lines = Path(page_question.source).stem, "\n".join(text.splitlines())
    record = QuestionRecord(
        f"the tables {join_words([stem, *further])}" if further else f"the table '{stem}'",
        more=page_question.words(),
        seed=getattr(question, "seed", None),
        controls=page_question.values(),
        scenario=sha256(lines.encode()).hexdigest()[:16],
    )
    name = name_of("decide", {**page_question.values(), "case": "/".join([stem, *further]), "text": lines})
    work = partial(answer_question, name, page_question, record)
    return Task(name, "decide", f"Decide {', '.join([stem, *further])}", work, record, "tables", limit=DECIDE_SECONDS)
