"""Which engine simulates an ensemble is chosen once, by argument or setting, and never silently another."""

from __future__ import annotations

import builtins
import socket
from threading import Thread

import numpy as np
import pytest

import ripeness
from ripeness.ensemble.design import Span
from ripeness.ensemble.engines import choice
from ripeness.ensemble.engines.address import require_scheduler
from ripeness.ensemble.engines.choice import use_engine
from ripeness.ensemble.engines.concurrent_ensembles import simulate_concurrently
from ripeness.ensemble.engines.worker import need_same_program, program
from ripeness.study.arms import ReformRecorder
from ripeness.workbench import question
from ripeness.world.fault import Fault


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in (choice.ENGINE_SETTING, choice.SCHEDULER_SETTING):
        monkeypatch.delenv(name, raising=False)


def test_threads_are_used_where_nobody_says_otherwise():
    with use_engine() as engine:
        assert engine.name == "threads"


def test_questions_name_the_engines_that_there_are():
    assert question.ENGINES == choice.ENGINES


def test_an_engine_chosen_outside_is_used_inside():
    with use_engine("threads") as outer, use_engine() as inner, use_engine("threads") as named:
        assert outer is inner is named


def test_the_settings_choose_an_engine_and_an_argument_outdoes_them(monkeypatch):
    pytest.importorskip("distributed")
    monkeypatch.setenv("RIPENESS_SCHEDULER", "tcp://10.0.0.1:8786")
    with use_engine() as engine:
        assert (engine.name, engine.scheduler) == ("dask", "tcp://10.0.0.1:8786")
    with use_engine("threads") as engine:
        assert engine.name == "threads"
    monkeypatch.setenv("RIPENESS_ENGINE", "threads")
    with use_engine() as engine:
        assert engine.name == "threads"


def test_an_engine_that_does_not_exist_is_a_fault_that_names_the_setting(monkeypatch):
    monkeypatch.setenv("RIPENESS_ENGINE", "dusk")
    with pytest.raises(Fault, match="RIPENESS_ENGINE: 'dusk' is not an engine; did you mean 'dask'"), use_engine():
        pass


def test_a_question_refuses_a_scheduler_for_threads():
    with pytest.raises(Fault, match="scheduler belongs to the engine dask"):
        ripeness.run("japan-1945", engine="threads", scheduler="tcp://10.0.0.1:8786")


def test_a_missing_extra_says_what_to_install(monkeypatch):
    real_import = builtins.__import__

    def without_dask(name, *arguments, **keywords):
        if name == "distributed":
            raise ImportError(name)
        return real_import(name, *arguments, **keywords)

    monkeypatch.setattr(builtins, "__import__", without_dask)
    with pytest.raises(Fault, match=r"pip install 'ripeness\[dask\]'"):
        ripeness.run("japan-1945", draws=8, engine="dask")


@pytest.mark.parametrize("address", ["", "bla bla", "http://10.0.0.1:80", "tcp://10.0.0.1", "tcp://:1", "tcp://a:x"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(Fault, match="is no address of a Dask scheduler"):
        require_scheduler(address)


def test_an_address_where_nobody_listens_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(Fault, match="no Dask scheduler can be reached"):
        require_scheduler(f"tcp://127.0.0.1:{port}")


def test_a_server_that_is_no_scheduler_is_told_from_one():
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_as_a_web_server():
            connection, _ = server.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 400 Bad Request\r\n")

        answering = Thread(target=answer_as_a_web_server)
        answering.start()
        with pytest.raises(Fault, match="is no Dask scheduler"):
            require_scheduler(f"127.0.0.1:{server.getsockname()[1]}")
        answering.join()


def test_another_program_is_refused_and_the_same_is_not():
    need_same_program(program(), dict(program()), "worker a")
    with pytest.raises(Fault, match="worker a runs arithmetic that rounds otherwise: 7"):
        need_same_program(program(), {**program(), "rounding": "7"}, "worker a")


def test_parts_of_a_recorder_fill_the_whole():
    recorder = ReformRecorder(2)
    recorder.allocate(6)
    part = recorder.part(2, 3)
    part.reform[:] = np.arange(6).reshape(2, 3)
    recorder.put(Span(2, 5), part.notes())
    assert recorder.reform.tolist() == [[0, 0, 0, 1, 2, 0], [0, 0, 3, 4, 5, 0]]
    assert part.first_run == 2


def test_ensembles_side_by_side_are_all_answered_and_a_fault_stops_the_others(monkeypatch):
    with use_engine("threads") as engine:
        monkeypatch.setattr(engine, "ensembles_at_once", 3, raising=False)
        assert dict(simulate_concurrently({n: lambda _, n=n: n * n for n in range(5)})) == {n: n * n for n in range(5)}

        def wait_until_stopped(progress):
            while True:
                progress(0, 1)

        def fail(_):
            raise Fault("no such war")

        with pytest.raises(Fault, match="no such war"):
            dict(simulate_concurrently({"a": wait_until_stopped, "b": fail, "c": wait_until_stopped}))
