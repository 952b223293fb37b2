"""Every answer of a page carries what it answers, from itself; what is out of date is grey, says why,
and can be asked again.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from nicegui import Client, ui
from nicegui.page import page

from ripeness.web.answer import KeptAnswer, find_answer, keep_answer
from ripeness.web.answer_panel import CONTROLS, SCENARIO, UNKNOWN, AnswerPanel, question_line
from ripeness.web.job_progress import progress_in_words, share_of
from ripeness.web.jobs import DONE, FAILED, RUNNING, STOPPED, BackgroundJob
from ripeness.web.kept_runs import same_question
from ripeness.web.pages.cases import _at_a_glance
from ripeness.web.pages.forecast import OutlookPage
from ripeness.web.question import QuestionRecord
from ripeness.web.question_form import usual_month
from ripeness.web.question_page import QuestionPage
from ripeness.web.questions import PageQuestion
from ripeness.web.screens import screen
from ripeness.web.task import Task
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import Fault

CASE = "japan-1945"
PATIENCE = 480  # seconds: where nothing is compiled yet, the first war waits for the compiler


def task(source, case=CASE, coding="", verb="run", **values):
    """The work of a question about a case."""
    return PageQuestion(question_of(verb)(source, coding=coding or None, **values), Subject(case, coding)).task()


@pytest.fixture
def canvas(monkeypatch):
    """A page without a browser, whose address nobody sees, to build parts of pages on."""
    monkeypatch.setattr("ripeness.web.question_page.put", lambda *_: None)
    with Client(page("/test")) as client:
        yield client


def texts(client):
    """All that stands on a page and is visible."""
    return [
        str(getattr(one, "text", "") or getattr(one, "content", ""))
        for one in client.elements.values()
        if all(up.visible for up in [one, *one.ancestors()])
    ]


class Page:
    """A page that asks with a seed."""

    def __init__(self):
        self.seed, self.scenario, self.again = 1, "mark", 0
        self.current = AnswerPanel(lambda: (self.ask(),), self.ask_again, lambda answer: ui.label(answer.sentence))

    def ask(self):
        question = QuestionRecord("war", "public", "factional", 100, self.seed, scenario=self.scenario)
        return Task(f"run-war-{self.seed}{self.scenario}", "run", "", lambda folder, tell: self.answer(), question)

    def answer(self):
        ask = self.ask()
        return KeptAnswer(ask.id, "run", "war", "public", "", "It ends.", "", "", question=ask.question)

    def ask_again(self):
        self.again += 1
        self.current.show(self.answer())

    @property
    def grey(self):
        return "stale" in self.current.place.classes


def test_an_answer_says_from_itself_what_it_answers(canvas):
    shown = Page()
    answer = shown.answer()
    shown.seed = 2
    shown.current.show(answer)
    assert "Public; rival factions; 100 simulations" in question_line(answer.question)
    assert question_line(answer.question) in texts(canvas)


def test_an_answer_turns_grey_when_the_controls_change_and_comes_back_with_them(canvas):
    shown = Page()
    shown.current.show(shown.answer())
    assert not shown.grey
    shown.seed = 2
    shown.current.look()
    assert shown.grey
    assert f"This is not yet the answer: {CONTROLS}." in texts(canvas)
    shown.seed = 1
    shown.current.look()
    assert not shown.grey
    assert not [text for text in texts(canvas) if text.startswith("This is not yet")]


def test_an_answer_that_comes_after_the_controls_were_changed_is_grey_at_once(canvas):
    shown = Page()
    answer = shown.answer()
    shown.seed = 2
    shown.current.show(answer)
    assert shown.grey
    shown.current.show(answer, as_it_is=True)  # opened by its address
    assert not shown.grey


def test_an_answer_turns_grey_when_its_scenario_changes_and_can_be_asked_again(canvas):
    shown = Page()
    shown.current.show(shown.answer())
    shown.scenario = "other"
    shown.current.look()
    assert shown.grey
    assert f"This is not yet the answer: {SCENARIO}." in texts(canvas)
    shown.ask_again()
    assert not shown.grey


def test_an_answer_of_another_version_or_without_its_question_is_out_of_date(canvas):
    shown = Page()
    answer = replace(shown.answer(), id="run-war-older")
    shown.current.show(replace(answer, question=replace(answer.question, version="0.0.1")))
    assert shown.current.why() == "version 0.0.1 of ripeness answered this"
    shown.current.show(replace(answer, question=QuestionRecord()))
    assert shown.current.why() == UNKNOWN


def test_controls_that_make_no_question_turn_the_answer_grey_and_say_what_is_wrong(canvas):
    shown = Page()
    shown.current.show(shown.answer())

    def refuse():
        raise Fault("the seed: a whole number is wanted here")

    shown.ask = refuse
    shown.current.look()
    assert shown.grey
    assert shown.current.why() == "the seed: a whole number is wanted here"


def test_words_of_a_question_are_never_read_as_markup():
    question = QuestionRecord("<b>war</b>", more=("outcome: <script>",), changes={"a.b": "<i>"})
    assert "<b>" not in question_line(question)
    assert "<script>" not in question_line(question)
    assert "<i>" not in question_line(question)


def test_a_changed_base_is_another_question(tmp_path):
    (tmp_path / "public.yaml").write_text("title: one\n")
    path = tmp_path / "mine.yaml"
    path.write_text('base: "public.yaml"  # beside it\ncoding: mine\n')
    before = task(path, "own/mine")
    (tmp_path / "public.yaml").write_text("title: two\n")
    after = task(path, "own/mine")
    assert before.id != after.id
    assert before.question.scenario != after.question.scenario


def test_a_kept_answer_keeps_its_question_and_one_from_before_has_none(tmp_path):
    question = QuestionRecord(
        "war", "public", "unitary", 5, 2, "2025-01-01", 24.0, {"a.b": "1"}, ("more",), {"seed": 2}, "mark"
    )
    keep_answer(KeptAnswer("run-war-1", "run", "war", "", "", "", "", "", question=question), tmp_path)
    assert find_answer(tmp_path, "run-war-1").question == question
    path = tmp_path / "run-war-1" / "page.json"
    older = json.loads(path.read_text())
    del older["question"]
    path.write_text(json.dumps(older))
    assert find_answer(tmp_path, "run-war-1").question.scenario == ""


def answered(services, ask):
    """The answer to a question, worked out and kept."""
    job = services.begin(ask)
    assert job.finished.wait(PATIENCE)
    assert job.state == DONE, job.error
    return job.answer


def opened(services, path, case=CASE, **words):
    """The page of a question as an address opens it; what its address says is asked at once."""
    shown = OutlookPage(services, screen(path), Subject(case))
    shown.form.read_words(words)
    shown.begin()
    shown.progress.look()
    return shown


def test_a_page_shows_the_answer_to_its_address_whatever_was_asked_last(canvas, services):
    wanted = answered(services, task(CASE, reading="unitary", draws=64, seed=5))
    answered(services, task(CASE, draws=64, horizon=3))
    shown = opened(services, "/forecast", reading="unitary", draws="64", seed="5")
    assert [answer.id for answer in shown.panel.answers] == [wanted.id]
    assert "stale" not in shown.panel.place.classes
    (said,) = [text for text in texts(canvas) if text.startswith('<p class="about">')]
    assert (
        "Published figures of the day; one leader; 64 simulations, seed 5; as of 1 May 1945, until 1 May 1948" in said
    )
    shown.form.controls["reading"].value = "factional"
    assert "stale" in shown.panel.place.classes


def test_the_address_of_a_page_asks_the_same_again(canvas, services):
    conditions = {"horizon": 3, "changes": {"stake.held": "0.3"}, "months": (1.0, 2.0)}
    kept = answered(services, task(CASE, draws=64, **conditions))
    words = {"draws": "64", "horizon": "3", "changes": "stake.held = 0.3", "months": "1, 2"}
    shown = opened(services, "/forecast", **words)
    assert [answer.id for answer in shown.panel.answers] == [kept.id]
    assert {name: word for name, word in shown.words().items() if word} == {"case": CASE, **words}
    assert shown.form.expansion.text == "Advanced (4 set)"
    assert shown.task().id == kept.id
    assert "steps to look ahead: 3" in question_line(kept.question)
    assert "changed: stake.held = 0.3" in question_line(kept.question)


def test_a_word_of_an_address_that_means_nothing_is_told_at_its_field_and_asks_nothing(canvas, services):
    shown = opened(services, "/forecast", draws="many", reading="nobody")
    assert shown.job is None
    assert shown.form.controls["draws"].error == "'many' is no number"
    assert shown.form.controls["reading"].error == "'nobody' is not one of factional, unitary"


def test_a_question_that_was_changed_stops_the_one_before(canvas, services):
    shown = opened(services, "/forecast", draws="400000")
    first = shown.job
    shown.form.controls["draws"].value = 64
    shown.run()
    assert first.finished.wait(PATIENCE)
    assert first.state == "stopped"
    assert shown.job.finished.wait(PATIENCE)
    shown.progress.look()
    assert [answer.question.draws for answer in shown.panel.answers] == [64]


def test_a_card_shows_the_case_as_its_first_coding_states_it_with_many_factions(canvas, services):
    wanted = answered(services, task(CASE, draws=64))
    for other in (
        task(CASE, reading="unitary", draws=64),
        task(CASE, coding="throne", draws=64),
        task(CASE, draws=64, horizon=3),
    ):
        answered(services, other)
    _at_a_glance(services, Subject(CASE))
    (said,) = [text for text in texts(canvas) if text.startswith('<p class="about">')]
    assert said == question_line(wanted.question)
    assert not [text for text in texts(canvas) if text.startswith("This is not yet")]
    assert same_question(services, wanted).task().id == wanted.id  # what compares it and keeps its run asks the same


def test_a_card_of_an_own_scenario_is_grey_once_its_text_was_changed(canvas, services):
    subject = services.workspace.start("war", "minimal")
    answered(services, task(services.workspace.source(subject), subject.case, draws=64))
    text = services.workspace.text(subject)
    services.workspace.save("war", text.replace("0.5 to 0.6", "0.2 to 0.3"))
    _at_a_glance(services, subject)
    assert f"This is not yet the answer: {SCENARIO}." in texts(canvas)


@pytest.mark.parametrize(("verb", "month"), [("sense", 24), ("flip", 36)])
def test_the_month_in_the_field_is_the_month_that_is_answered(canvas, services, verb, month):
    shown = QuestionPage(services, screen("/what-matters"), Subject(CASE), verb)
    assert shown.form.controls["month"].value == month == usual_month(question_of(verb), 36)
    answer = answered(services, task(CASE, verb=verb, draws=64))
    assert answer.question.month == month
    assert f"until 1 May {1945 + month // 12}" in question_line(answer.question)


def jobs(*states):
    """Jobs of 100 wars in some states, each with so many done."""
    return tuple(BackgroundJob(str(n), "run", "Forecast", state, done, 100) for n, (state, done) in enumerate(states))


def test_the_progress_of_several_jobs_counts_all_of_them():
    many = jobs((DONE, 100), (RUNNING, 50), ("waiting", 0), ("waiting", 0), ("waiting", 0), ("waiting", 0))
    assert share_of(many) == pytest.approx(0.25)
    assert progress_in_words(many) == "2 of 6: 50 of 100 simulations"


def test_a_bar_is_not_drawn_before_anything_is_done():
    assert share_of(jobs((RUNNING, 0))) is None
    assert share_of((BackgroundJob("a", "infer", "Who decides", RUNNING, 1, 0),)) is None


def test_a_failure_or_a_stop_among_several_is_told():
    failed = jobs((DONE, 100), (FAILED, 3))
    failed[1].fault = Fault("no such thing")
    assert progress_in_words(failed) == "no such thing"
    assert progress_in_words(jobs((DONE, 100), (STOPPED, 3))) == "Stopped; nothing was kept."


def test_the_time_to_go_is_not_told_before_it_is_known():
    (job,) = jobs((RUNNING, 0))
    job.pace.report(10, 100)
    assert job.seconds_left() is None
    assert progress_in_words((job,)) == "0 of 100 simulations"
