"""The record on the web: about a case, or about traits alone."""

from __future__ import annotations

from ripeness.web.questions import answer_question, question_about
from ripeness.web.workspace import Subject
from ripeness.workbench.question import parameters
from ripeness.workbench.verbs import question_of

RECORD = question_of("record")


def answer(services, folder, subject, **arguments):
    question = question_about(services.workspace, RECORD, subject, arguments)
    task = question.task()  # can be put in line
    return answer_question(task.id, question, question.record(), folder, lambda done, total: None)


def test_past_conflicts_like_a_case_are_shown_with_picture_and_tables(services, tmp_path):
    kept = answer(services, tmp_path, Subject("ukraine-2023-03"))
    assert kept.sentence.startswith("Of past interstate conflicts like this one")
    assert "plot" in kept.pictures
    assert any("still fighting" in block for block in kept.blocks)
    assert kept.question.month == 60


def test_traits_alone_need_no_case(services, tmp_path):
    kept = answer(services, tmp_path, Subject(""), kind="intrastate", months_fought=24.0)
    assert kept.sentence.startswith("Of past intrastate conflicts")
    assert not parameters(RECORD)[0].required
