"""Questions of the web: a declared question about a case of the workspace, as pages and programs put it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from ripeness.scenario.case import base_file, find_scenario_file
from ripeness.scenario.read import read_scenario
from ripeness.scenario.yaml_tree import text_of
from ripeness.web.answer import KeptAnswer, keep_answer, name_of
from ripeness.web.answer_parts import parts_of
from ripeness.web.flag_words import page_label
from ripeness.web.lines import question_lines
from ripeness.web.question import QuestionRecord
from ripeness.web.task import PERCENT, Progress, Task
from ripeness.web.workspace import Subject, Workspace
from ripeness.workbench.parameter import Parameter, ValueKind
from ripeness.workbench.question import Verb, parameters

BASE = re.compile(
    r"^base:[ \t]*[\"']?([^\"'#\n]+)", re.MULTILINE
)  # linear: no two parts can take the same letters in turn
RECORDED = {"coding", "reading", "draws", "seed", "month", "by", "changes"}  # what a record says in its own words

SAID_BY_PAGES = {"infer": {"polities", "knock_out", "widths"}}  # what the page of a verb says itself, or hardly matters

RUN_SHARE = 10  # percent of the work on a report that its own run is; the studies after it are the rest
MOST_TITLE = 160  # letters of what a job is called
IN_FACTS = ("reading", "draws", "seed", "horizon")  # what cards and comparisons say of an answer


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """A question as declared, whose case is the source that verbs read, and the subject as pages name it."""

    question: Verb[Any]
    subject: Subject

    @property
    def verb(self) -> str:
        """The name of the question on every face."""
        return self.question.verb

    @property
    def source(self) -> str | Path:
        """What is read: the name of a shipped case, or the path of a file; empty where a question needs none."""
        source: str | Path | None = getattr(self.question, parameters(type(self.question))[0].name)
        return "" if source is None else source

    def own_file(self) -> Path | None:
        """The file that somebody wrote, where it is no shipped case."""
        return self.source if isinstance(self.source, Path) else None

    def mark(self) -> str:
        """A mark of the texts that are read, to see whether they are still what they were.

        Raises: Fault where a file is no longer there.
        """
        return mark_of(self.source, self.subject.coding) if self.source else ""

    def values(self) -> dict[str, Any]:
        """The arguments that differ from their defaults, without case and coding, as JSON knows them."""
        arguments = self.question.arguments()
        names = [parameter.name for parameter in asked_of(type(self.question))]
        return {name: plain(arguments[name]) for name in names if name in arguments}

    def with_values(self, **values: Any) -> PageQuestion:
        """The same question with other arguments."""
        return replace(self, question=replace(self.question, **values))

    def record(self) -> QuestionRecord:
        """What is asked, for the answer to carry.

        Raises: Fault where a file is no longer there.
        """
        question = self.question
        return QuestionRecord(
            self.subject.case,
            self.subject.coding,
            getattr(question, "reading", ""),
            getattr(question, "draws", None),
            getattr(question, "seed", None),
            changes={path: str(value) for path, value in (getattr(question, "changes", None) or {}).items()},
            more=self.words(),
            controls=self.values(),
            scenario=self.mark(),
        )

    def words(self) -> tuple[str, ...]:
        """What is asked besides the usual, in words: the verb's own fields, others where they are not the defaults."""
        question, arguments = self.question, self.question.arguments()
        words = [
            parameter_words(parameter, getattr(question, parameter.name))
            for parameter in asked_of(type(question))
            if parameter.name not in RECORDED | SAID_BY_PAGES.get(self.verb, set())
            and (not parameter.expert or parameter.name in arguments)
        ]
        return tuple(word for word in words if word)

    def task(self) -> Task:
        """The work that answers it.

        Raises: Fault where a file is no longer there.
        """
        record = self.record()
        key = {"case": self.subject.case, "coding": self.subject.coding, "text": record.scenario, **self.values()}
        name = name_of(self.verb, key)
        unit = PERCENT if self.verb == "report" else "sides" if self.verb == "infer" else "simulations"
        work = partial(answer_question, name, self, record)
        title = ", ".join((f"{self.verb} {self.subject}", *self.words(), *record.sample()))[:MOST_TITLE]
        return Task(name, self.verb, title, work, record, unit, self.own_file())


def question_about(
    workspace: Workspace, verb: type[Verb[Any]], subject: Subject, arguments: Mapping[str, Any]
) -> PageQuestion:
    """A question about a case of the workspace.

    Raises: Fault where there is no such case; ArgumentFault for a value that does not fit.
    """
    arguments = dict(arguments)
    if not subject.case and parameters(verb)[0].optional:
        return PageQuestion(verb(**arguments), subject)
    if any(parameter.name == "coding" for parameter in parameters(verb)):
        arguments["coding"] = subject.coding or None
    declaration: Any = verb  # whose first field is the case
    return PageQuestion(declaration(workspace.source(subject), **arguments), subject)


def answer_question(
    name: str, page_question: PageQuestion, record: QuestionRecord, folder: Path, tell: Progress
) -> KeptAnswer:
    """Answer a question and keep the answer in a folder; done in a worker."""
    result = _ask(page_question, tell)
    parts = parts_of(page_question.verb, result)
    question = page_question.question
    values = {
        name: getattr(question, name) for name in ("reading", "draws", "seed", "horizon") if hasattr(question, name)
    }
    return keep_answer(
        KeptAnswer(
            name,
            page_question.verb,
            page_question.subject.case,
            page_question.subject.coding,
            parts.title or page_question.subject.case,
            parts.sentence,
            *question_lines(question),
            parts.blocks,
            parts.pictures,
            {**values, "changes": dict(record.changes), **parts.facts},
            parts.plain,
            replace(
                record,
                coding=parts.coding or record.coding,
                start=parts.start,
                month=parts.month,
                more=named_words(record.more, type(question), result),
            ),
        ),
        folder,
    )


def _ask(page_question: PageQuestion, tell: Progress) -> Any:
    """The answer of a verb, whose progress is told in what it counts: wars, or polities, or (of a report) per cent."""
    question: Any = page_question.question
    if page_question.verb == "infer":
        return question.answer(_report_polities(page_question, tell))
    if page_question.verb == "report":
        studies = replace(
            question, parts=lambda done, total: tell(round(RUN_SHARE + (100 - RUN_SHARE) * done / total), 100)
        )
        return studies.answer(lambda done, total: tell(round(RUN_SHARE * done / total), 100) if done else None)
    return question.answer(tell)


def _report_polities(page_question: PageQuestion, tell: Progress) -> Callable[[str], None]:
    """Progress by polity: that one is begun says that those before it are done."""
    question: Any = page_question.question
    evidence = read_scenario(page_question.source, page_question.subject.coding or None).evidence
    total = len(question.polities) or len({item.polity for item in evidence})
    polities: list[str] = []

    def begin(polity: str) -> None:
        polities.append(polity)
        tell(len(polities) - 1, max(total, len(polities)))

    return begin


def asked_of(verb: type[Verb[Any]]) -> tuple[Parameter, ...]:
    """What pages and programs ask besides the case and its coding."""
    return tuple(
        parameter
        for parameter in parameters(verb)
        if parameter.served and parameter.kind is not ValueKind.CASE and parameter.name != "coding"
    )


def plain(value: Any) -> Any:
    """A value of a question as JSON knows it.

    >>> plain((1.0, 2.0)), plain({"a.b": 2})
    ([1.0, 2.0], {'a.b': '2'})
    """
    if isinstance(value, Mapping):
        return {str(path): str(number) for path, number in value.items()}
    if isinstance(value, tuple | list):
        return [part if isinstance(part, float) else str(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value


def parameter_words(parameter: Parameter, value: Any) -> str:
    """An argument in words, as an answer says what it answers; nothing where nothing was asked."""
    label = page_label(parameter).lower()
    if value is None or value in ((), "", {}):
        return ""
    if parameter.kind is ValueKind.SWITCH:
        return label if value else f"without {label}" if parameter.default else ""
    if isinstance(value, tuple):
        value = ", ".join(f"{part:g}" if isinstance(part, float) else str(part) for part in value)
    elif isinstance(value, float):
        value = f"{value:g}"
    elif isinstance(value, int):
        value = f"{value:,}"
    return f"{label}: {value}"


def named_words(words: tuple[str, ...], verb: type[Verb[Any]], result: Any) -> tuple[str, ...]:
    """Arguments in words, with the names of the scenario for its sides and outcomes."""
    scenario = getattr(getattr(result, "setup", None), "scenario", None)
    if scenario is None:
        return words
    from ripeness.scenario.polity_names import polity_names
    from ripeness.show.words import outcome
    from ripeness.study.target import outcomes_by_name

    names = polity_names(scenario)
    sides = names.only([key for key, polity in scenario.polities.items() if polity.role == "belligerent"])
    outcomes = {
        name: outcome(kind.outcome, name.partition(":")[2] or None, sides)
        for name, kind in outcomes_by_name(list(sides)).items()
    }
    known = {"polities": dict(names), "outcomes": outcomes}
    offers = {page_label(parameter).lower(): known.get(parameter.suggest, {}) for parameter in asked_of(verb)}
    parts = (word.partition(": ") for word in words)
    return tuple(f"{label}{colon}{offers.get(label, {}).get(value, value)}" for label, colon, value in parts)


def mark_of(source: str | Path, coding: str) -> str:
    """A mark of the texts of a scenario and of the bases below it.

    Raises: Fault where a file is no longer there.
    """
    path = source if isinstance(source, Path) else find_scenario_file(source, coding or None).path
    digest, paths = sha256(), set()
    while path not in paths:
        paths.add(path)
        text = text_of(path)
        digest.update(text.encode() + b"\0")
        path = _below(text, path) or path
    return digest.hexdigest()[:16]


def _below(text: str, path: Path) -> Path | None:
    """The file that a scenario's text builds on; none where it names none, or none that is there:
    reading it says so.
    """
    base = BASE.search(text)
    name = base[1].strip() if base else ""
    return base_file(name, path.parent) if name else None
