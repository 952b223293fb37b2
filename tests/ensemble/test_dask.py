"""A cluster gives the same bits as threads, whatever happens to its workers; and it says so when it cannot."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

import ripeness
from ripeness.ensemble.design import Design
from ripeness.ensemble.engines import worker
from ripeness.ensemble.engines.choice import use_engine
from ripeness.ensemble.run import run
from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.study.arms import simulate_arm
from ripeness.world.fault import Fault

distributed = pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore"), pytest.mark.usefixtures("quiet_cluster")]
CASE = "japan-1945"
SMALL = {"draws": 320, "horizon": 6}
QUESTIONS = {  # by verb: what makes it small
    "run": {},
    "ripe": {},
    "options": {"polity": "japan"},
    "whatif": {"changes": {"talks.mediation": 2}},
    "flip": {"outcome": "settlement", "month": 5},
    "sense": {"held": 1, "month": 5},
    "discover": {"month": 5},
    "indicators": {"month": 5},
    "map": {"links": ["losses->cost"], "month": 5},
}
HANGING = """
import sys
from ripeness.ensemble.design import Design
from ripeness.ensemble.run import run
from ripeness.ensemble.engines.choice import use_engine
from ripeness.scenario.read import read_scenario

if __name__ == "__main__":
    with use_engine("dask", sys.argv[1]):
        war = read_scenario("ukraine-2023-03")
        run(war, Design(draws=4_000_000, kept=0), progress=lambda done, total: print(done, flush=True))
"""


@pytest.fixture(scope="module")
def cluster(quiet_cluster):
    """A cluster of two processes of this machine."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)
        yield client


def assert_same_bits(ensemble, other):
    for arrays, other_arrays in ((ensemble.results, other.results), (ensemble.album, other.album)):
        assert list(arrays) == list(other_arrays)
        for name in arrays:
            assert np.array_equal(arrays[name], other_arrays[name], equal_nan=True), name
    assert np.array_equal(ensemble.inputs, other.inputs)


@pytest.mark.parametrize("chunk", [7, 64, 1024])
def test_a_cluster_gives_the_same_bits_as_threads_in_any_chunks(client, chunk):
    valley = read_text(template("minimal")).scenario
    with use_engine("dask", client=client):
        on_cluster = run(valley, Design(draws=400, horizon=6, chunk=chunk, kept=50))
    assert_same_bits(run(valley, Design(draws=400, horizon=6, kept=50)), on_cluster)


@pytest.mark.parametrize("verb", QUESTIONS)
def test_a_question_has_the_same_answer_on_a_cluster(cluster, verb):
    ask = getattr(ripeness, verb)
    arguments = {**SMALL, **QUESTIONS[verb]}
    answer, other = ask(CASE, **arguments), ask(CASE, **arguments, scheduler=cluster.scheduler_address)
    if verb == "run":
        assert answer.plain() == other.plain()
        assert_same_bits(answer.ensemble, other.ensemble)
    else:
        assert answer.to_json() == other.to_json()


def test_evidence_after_the_start_conditions_wars_on_a_cluster_too(cluster):
    arguments = {**SMALL, "observe": ["japan terms 1945-07-20 0.3"], "as_of": "1945-07-31", "months": (3.0,)}
    answer = ripeness.run(CASE, **arguments)
    other = ripeness.run(CASE, **arguments, scheduler=cluster.scheduler_address)
    assert answer.plain() == other.plain()
    assert_same_bits(answer.ensemble, other.ensemble)


def test_reforms_are_noted_on_a_cluster_as_by_threads(client):
    war, design = read_scenario("ukraine-2023-03"), Design(draws=300, horizon=4, chunk=64)
    here = simulate_arm(war, design, "base", "as it is")
    with use_engine("dask", client=client):
        there = simulate_arm(war, design, "base", "as it is")
    assert here.reform.any()
    assert np.array_equal(here.reform, there.reform)


def test_a_killed_worker_costs_time_and_no_results(client):
    war, design = read_scenario("ukraine-2023-03"), Design(draws=6_000, chunk=64, kept=20)
    pids, killed = list(client.run(os.getpid).values()), []

    def kill_one(done, total):
        if not killed and total > done > total // 5:
            killed.append(done)
            os.kill(pids[0], signal.SIGKILL)

    with use_engine("dask", client=client):
        on_cluster = run(war, design, progress=kill_one)
    assert killed
    assert_same_bits(run(war, design), on_cluster)


def test_progress_counts_every_run_and_a_broken_off_run_leaves_no_task(client):
    war, counted = read_scenario(CASE), []
    with use_engine("dask", client=client):
        run(war, Design(draws=500, horizon=3, chunk=50), progress=lambda *done: counted.append(done))
        assert counted[-1] == (500, 500)
        assert counted == sorted(counted)

        def interrupt(done, total):
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run(war, Design(draws=200_000, kept=0), progress=interrupt)
    deadline = time.monotonic() + 10
    while any(client.processing().values()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not any(client.processing().values())


def test_a_function_of_this_process_cannot_watch_wars_on_a_cluster(client):
    with use_engine("dask", client=client), pytest.raises(Fault, match="cannot go along.*RunRecorder"):
        run(read_scenario(CASE), Design(draws=8), watch=lambda *_: None)


def test_a_worker_of_another_version_is_refused_with_both_versions(client, monkeypatch):
    own = worker.program()
    monkeypatch.setattr("ripeness.ensemble.engines.dask.program", lambda: {**own, "ripeness": "0.1.7"})
    with use_engine("dask", client=client), pytest.raises(Fault, match=rf"ripeness {own['ripeness']}.*0\.1\.7"):
        run(read_scenario(CASE), Design(draws=8))


def test_a_worker_that_comes_later_is_compared_with_its_first_task():
    sender = {**worker.program(), "model": "000000000000"}
    with pytest.raises(Fault, match="runs model .*, this program model 000000000000"):
        worker.simulate_chunks(worker.JobParcel("a", tuple(sender.items()), b""), ())


def test_a_scheduler_that_is_lost_in_mid_run_is_a_fault_within_bounded_time(tmp_path):
    words = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    scheduler_file = tmp_path / "scheduler.json"
    words += ["--no-dashboard", "--scheduler-file", str(scheduler_file)]
    script = tmp_path / "hanging.py"
    script.write_text(HANGING, encoding="utf-8")
    processes = [subprocess.Popen(words, stderr=subprocess.DEVNULL)]
    try:
        while not scheduler_file.is_file() or not scheduler_file.read_text():
            time.sleep(0.1)
        address = __import__("json").loads(scheduler_file.read_text())["address"]
        worker_words = [
            sys.executable,
            "-m",
            "distributed.cli.dask_worker",
            address,
            "--nthreads",
            "1",
            "--no-dashboard",
        ]
        processes.append(subprocess.Popen([*worker_words, "--no-nanny"], stderr=subprocess.DEVNULL, cwd=tmp_path))
        asking = subprocess.Popen(
            [sys.executable, str(script), address], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        processes.append(asking)
        assert int(asking.stdout.readline()) > 0  # it runs
        processes[0].kill()
        _, errors = asking.communicate(timeout=60)
        assert asking.returncode == 1
        assert errors.strip().splitlines()[-1].endswith("was lost in mid-run, or does not answer within 10 s")
    finally:
        for process in processes:
            process.kill()
            process.wait()
