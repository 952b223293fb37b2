"""Jobs run one after the other, tell how far they are, stop when told, and leave nothing half done."""

from __future__ import annotations

import threading

import pytest

from ripeness.web.answer import KeptAnswer, find_answer, keep_answer, kept_answers
from ripeness.web.jobs import DONE, FAILED, STOPPED, BackgroundJob, JobQueue
from ripeness.web.questions import PageQuestion
from ripeness.web.services import Services
from ripeness.web.workspace import Subject
from ripeness.workbench.verbs import question_of
from ripeness.world.fault import Fault

PATIENCE = 480  # seconds: where nothing is compiled yet, the first war waits for the compiler


def run_task(source, case, **values):
    """The work of a forecast."""
    return PageQuestion(question_of("run")(source, **values), Subject(case)).task()


def test_a_job_answers_and_the_same_question_is_the_same_job():
    jobs = JobQueue()
    first = jobs.start(BackgroundJob("a", "run", "A"), lambda tell: (tell(1, 2), "answer")[1])
    assert jobs.start(BackgroundJob("a", "run", "A"), lambda tell: "another") is first
    assert first.finished.wait(PATIENCE)
    assert (first.state, first.answer, first.done, first.total) == (DONE, "answer", 1, 2)


def test_a_running_job_stops_at_its_next_step_and_a_waiting_one_at_once():
    jobs, started, go_on = JobQueue(), threading.Event(), threading.Event()

    def work(tell):
        started.set()
        go_on.wait(PATIENCE)
        tell(1, 10)
        return "never"

    running = jobs.start(BackgroundJob("a", "run", "A"), work)
    waiting = jobs.start(BackgroundJob("b", "run", "B"), work)
    assert started.wait(PATIENCE)
    assert jobs.stop("b").state == STOPPED
    jobs.stop("a")
    go_on.set()
    assert running.finished.wait(PATIENCE)
    assert (running.state, running.answer, waiting.answer) == (STOPPED, None, None)


def test_a_failure_is_told_and_the_line_goes_on(capsys):
    jobs = JobQueue()

    def fault(_):
        raise Fault("no such thing", others=(Fault("nor this"),))

    def slip(_):
        raise KeyError("slip")

    found = [
        jobs.start(BackgroundJob(str(n), "run", ""), work) for n, work in enumerate((fault, slip, lambda _: "fine"))
    ]
    assert all(job.finished.wait(PATIENCE) for job in found)
    assert [job.state for job in found] == [FAILED, FAILED, DONE]
    assert found[0].error == "no such thing\nnor this"
    assert "KeyError: 'slip'" in capsys.readouterr().err  # in full in the log, and nowhere else
    assert "slip" not in found[1].error


def test_a_stopped_question_can_be_asked_again():
    jobs = JobQueue()
    jobs.start(BackgroundJob("a", "run", "A"), lambda tell: tell(1, 1) or "x").finished.wait(PATIENCE)
    jobs.jobs["a"].state = STOPPED
    again = jobs.start(BackgroundJob("a", "run", "A"), lambda tell: "again")
    assert again.finished.wait(PATIENCE)
    assert again.answer == "again"


def test_what_somebody_waits_for_does_not_wait_for_what_takes_long():
    jobs, go_on = JobQueue(), threading.Event()
    long = jobs.start(BackgroundJob("a", "report", "A"), lambda tell: go_on.wait(PATIENCE) and "long")
    measured = jobs.start(BackgroundJob("c", "leading", "C"), lambda tell: "measured", "background")
    assert measured.finished.wait(PATIENCE)
    quick = jobs.start(BackgroundJob("b", "run", "B"), lambda tell: "quick", "quick")
    assert quick.finished.wait(PATIENCE)
    assert (quick.answer, long.over) == ("quick", False)
    go_on.set()
    assert long.finished.wait(PATIENCE)


def test_an_unknown_job_is_a_fault():
    with pytest.raises(Fault, match="no job"):
        JobQueue().find("x")


def test_a_run_stopped_on_its_way_leaves_no_answer_and_one_that_ends_survives_the_server(services):
    ask = run_task("japan-1945", "japan-1945", draws=64, horizon=3)

    def stop(done, total):
        raise RuntimeError("the server died here")

    with pytest.raises(RuntimeError):
        ask.work(services.workspace.answers(), stop)
    assert list(services.workspace.answers().iterdir()) == []
    job = services.begin(ask)
    assert job.finished.wait(PATIENCE)
    assert job.state == DONE, job.error
    later = Services(services.workspace, JobQueue())
    assert later.begin(ask).state == DONE
    assert later.answers("run", "japan-1945")[0].sentence == job.answer.sentence


def test_another_number_or_text_is_another_question(tmp_path):
    path = tmp_path / "war.yaml"
    path.write_text("one")
    before = run_task(path, "own/war")
    path.write_text("two")
    others = [
        run_task(path, "own/war"),
        run_task(path, "own/war", seed=2),
        run_task(path, "own/war", changes={"a": "1"}),
    ]
    assert len({one.id for one in (before, *others)}) == 4


def test_a_half_written_answer_is_not_seen(tmp_path):
    (tmp_path / ".unfinished-x").mkdir()
    (tmp_path / ".unfinished-x" / "page.json").write_text("{")
    keep_answer(KeptAnswer("run-a-1", "run", "a", "", "", "", "", ""), tmp_path)
    assert [one.id for one in kept_answers(tmp_path)] == ["run-a-1"]
    with pytest.raises(Fault):
        find_answer(tmp_path, ".unfinished-x")
    with pytest.raises(Fault):
        find_answer(tmp_path, "../run-a-1")
