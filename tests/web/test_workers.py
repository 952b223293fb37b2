"""Work that takes for ever, all memory, or breaks ends in its worker: whoever asked is told, and nobody else waits."""

from __future__ import annotations

import asyncio
import os
import pickle
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from ripeness.web.jobs import FAILED, STOPPED
from ripeness.web.pictures import svg_of
from ripeness.web.task import Task
from ripeness.web.worker import Worker, WorkerError, send_message
from ripeness.web.workers import READERS, Workers
from ripeness.world.compiling import CLOCK
from ripeness.world.fault import Fault, Place

ENDLESS = (re.fullmatch, r"(a+)+b", "a" * 60)  # holds the interpreter's lock until the universe ends
PATIENCE = 120  # seconds


@pytest.fixture
def workers():
    found = Workers()
    yield found
    found.close()


def fault_of_two(_=None):
    raise Fault("wrong here", Place("war.yaml", 3, 7), (Fault("and here"),))


def endless(_, tell):
    tell(1, 10)
    re.fullmatch(*ENDLESS[1:])


def stepping(_, tell):
    for step in range(10_000):
        tell(step, 10_000)
        time.sleep(0.01)


def slow_to_compile(_, tell):
    CLOCK.start()
    time.sleep(2)
    CLOCK.stop()
    return "compiled"


def test_a_worker_works_again_and_again_in_one_process(workers):
    assert workers.read(os.getpid) == workers.read(os.getpid) != os.getpid()


def test_what_takes_too_long_is_a_fault_and_the_next_is_answered(workers):
    with pytest.raises(Fault, match="more than 1 seconds"):
        workers.read(*ENDLESS, limit=1)
    assert workers.read(sum, [1, 2]) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not bound the memory of a process")
def test_what_takes_all_memory_is_a_fault_and_the_next_is_answered(workers):
    with pytest.raises(Fault, match="memory"):
        workers.read(bytes, 64 * 2**30)
    assert workers.read(sum, [1, 2]) == 3


def test_a_worker_that_is_killed_is_a_fault_and_another_takes_its_place(workers):
    with pytest.raises(Fault, match="ended"):
        workers.read(os._exit, 1)
    assert workers.read(sum, [1, 2]) == 3


def test_a_fault_keeps_its_place_and_those_beside_it(workers):
    with pytest.raises(Fault) as caught:
        workers.read(fault_of_two)
    assert str(caught.value) == "war.yaml:3:7: wrong here"
    assert [str(one) for one in caught.value.others] == ["and here"]


def test_an_error_of_the_program_is_no_fault_and_carries_where_it_was(workers):
    with pytest.raises(WorkerError, match="invalid literal"):
        workers.read(int, "x")


def test_more_texts_than_readers_wait_and_all_are_read(workers):
    with pytest.raises(Fault, match="more than"):
        workers.read(*ENDLESS, limit=0.5)
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(workers.read(sum, [1, 2]))) for _ in range(READERS * 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert answers == [3] * READERS * 3


def test_a_worker_ends_when_its_server_does():
    worker = Worker("orphan")
    pid = worker.call(os.getpid, limit=PATIENCE)
    process = worker.process
    process.stdin.close()  # as when the server is killed
    assert process.wait(PATIENCE) == 0
    assert pid == process.pid
    worker.close()


def test_a_worker_whose_server_is_gone_in_mid_work_ends_without_a_word():
    command = [sys.executable, "-m", "ripeness.web.worker_process", "0"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        send_message(process.stdin, ("work", pickle.dumps((time.sleep, (0.5,))), False))
        process.stdout.close()  # the answer finds nobody
        assert process.wait(PATIENCE) == 0
        assert process.stderr.read() == b""


def test_work_that_is_stopped_stops_at_its_next_step_and_keeps_its_worker(services):
    services.workers.computers["long"].call(os.getpid, limit=PATIENCE)
    pid = services.workers.computers["long"].process.pid
    job = services.begin(Task("stepping-1", "run", "Steps", stepping))
    wait_for(lambda: job.done > 0)
    services.jobs.stop(job.id)
    assert job.finished.wait(PATIENCE)
    assert (job.state, job.total, services.workers.computers["long"].process.pid) == (STOPPED, 10_000, pid)


def test_work_that_does_not_react_is_cut_off_when_it_is_stopped(services):
    job = services.begin(Task("endless-1", "run", "Endless", endless))
    wait_for(lambda: job.done > 0)
    services.jobs.stop(job.id)
    assert job.finished.wait(PATIENCE)
    assert job.state == STOPPED


def test_work_beyond_its_limit_fails_its_job_with_a_fault(services):
    job = services.begin(Task("endless-2", "decide", "Endless", endless, limit=1.0))
    assert job.finished.wait(PATIENCE)
    assert (job.state, "more than 1 seconds" in job.error) == (FAILED, True)


def test_what_a_worker_compiles_is_told_as_compiling_and_no_longer_once_it_is_done(services):
    job = services.begin(Task("compiling-1", "run", "Compiling", slow_to_compile))
    wait_for(lambda: CLOCK.running)
    assert job.finished.wait(PATIENCE)
    assert (job.answer, CLOCK.running) == ("compiled", False)


def test_a_table_that_freezes_its_reader_delays_no_other_request_and_fails_its_job(ask, services):
    ask("GET", "/api/v1/cases")
    job = services.begin(Task("endless-3", "decide", "Endless", endless, limit=8.0))
    wait_for(lambda: job.done > 0)
    began = time.monotonic()
    assert ask("GET", "/api/v1/jobs").json()[0]["state"] == "running"
    assert ask("GET", "/api/v1/cases").status_code == 200
    assert ask("POST", "/api/v1/check", json={"text": "title: a war"}).status_code == 200
    assert not job.over, f"the others took {time.monotonic() - began:.1f} s"
    assert job.finished.wait(PATIENCE)
    (told,) = ask("GET", "/api/v1/jobs").json()
    assert (told["state"], "more than 8 seconds" in told["faults"][0]["message"]) == ("failed", True)


def wait_for(holds):
    end = time.monotonic() + PATIENCE
    while not holds() and time.monotonic() < end:
        time.sleep(0.01)
    assert holds()


def compiles(seconds):
    CLOCK.start()
    time.sleep(seconds)
    CLOCK.stop()
    return "compiled"


def test_a_picture_is_drawn_within_the_memory_of_a_reader(workers):
    assert "<svg" in workers.read(svg_of, '{"mark": "point", "data": {"values": []}}')


def test_the_time_to_compile_does_not_count_as_time_to_work(workers):
    workers.read(compiles, 0)  # loads this file
    assert workers.read(compiles, 3, limit=1.5) == "compiled"


def test_a_slider_that_takes_for_ever_is_cut_off_and_holds_up_nobody_who_reads(workers):
    async def both():
        moved = asyncio.create_task(workers.slide(*ENDLESS, limit=3))
        await asyncio.sleep(0.5)
        read = await asyncio.to_thread(workers.read, str.upper, "read")
        waits = not moved.done()
        with pytest.raises(Fault, match="more than 3 seconds"):
            await moved
        return read, waits, await workers.slide(str.upper, "next")

    workers.read(str.upper, "warm")
    with ThreadPoolExecutor(1) as thread:  # a browser of other tests may keep a loop in this one
        assert thread.submit(asyncio.run, both()).result() == ("READ", True, "NEXT")
