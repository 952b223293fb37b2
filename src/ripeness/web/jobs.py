"""Jobs: long work beside the pages, with progress, time to go, and a way to stop it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from ripeness.study.progress import Pace
from ripeness.web.flag_words import keys_of, verb_fault
from ripeness.web.refusals import log_internal_error, plain_faults, sendable
from ripeness.web.task import LINES, Line
from ripeness.web.worker import WorkStopped
from ripeness.world.fault import Fault

Progress = Callable[[int, int], None]
Work = Callable[[Progress], Any]
WAITING, RUNNING, DONE, FAILED, STOPPED = "waiting", "running", "done", "failed", "stopped"
MOST_WAITING = 50  # jobs in line; a hundredth click helps nobody
REMEMBERED = 200  # finished jobs that can still be asked about


class LineFull(Fault):
    """Too much is waiting already."""


@dataclass(slots=True)
class BackgroundJob:
    """One piece of work; its numbers are read by pages while it runs."""

    id: str
    verb: str
    title: str
    state: str = WAITING
    done: int = 0
    total: int = 0
    answer: Any = None
    fault: Fault | None = None
    unit: str = "simulations"  # what its progress counts
    page: str = ""  # the address that shows its answer
    pace: Pace = field(default_factory=Pace)
    stop: threading.Event = field(default_factory=threading.Event)
    finished: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in {DONE, FAILED, STOPPED}

    def seconds_left(self) -> float | None:
        """The time to go at the pace of work of its kind; none before that is known."""
        return self.pace.seconds_left() if self.state == RUNNING else None

    @property
    def error(self) -> str:
        """Why it failed, a line a fault."""
        return fault_lines(self.fault)

    def share(self) -> float:
        """How much is done, from 0 to 1."""
        return 1.0 if self.state == DONE else self.done / self.total if self.total else 0.0

    def plain(self) -> dict[str, Any]:
        """The same for JSON."""
        seconds, fault = self.seconds_left(), verb_fault(self.fault, self.verb, keys_of)
        return {
            "id": self.id,
            "verb": self.verb,
            "title": self.title,
            "page": self.page,
            "state": self.state,
            "done": self.done,
            "total": self.total,
            "seconds_left": None if seconds is None else round(seconds, 1),
            "error": sendable(fault_lines(fault)),
            "faults": [] if fault is None else plain_faults(fault),
        }


class JobQueue:
    """The lines of jobs: for what somebody waits for, for what takes long, and for what can wait. One of each runs at a
    time, on every core; the same job asked for twice is one job.
    """

    def __init__(self) -> None:
        self.lines = {line: ThreadPoolExecutor(1, thread_name_prefix=f"{line} job") for line in LINES}
        self.jobs: dict[str, BackgroundJob] = {}
        self.lock = threading.Lock()

    def start(self, job: BackgroundJob, work: Work, line: Line = "long") -> BackgroundJob:
        """Put work in a line, or find it there already.

        Raises: LineFull where too much is waiting.
        """
        with self.lock:
            queued = self.jobs.get(job.id)
            if queued is not None and queued.state not in {FAILED, STOPPED}:
                return queued
            if sum(not job.over for job in self.jobs.values()) >= MOST_WAITING:
                raise LineFull(f"{MOST_WAITING} jobs are waiting already; stop one of them or wait")
            self.jobs[job.id] = job
            self._forget()
        self.lines[line].submit(self._run, job, work)
        return job

    def find(self, name: str) -> BackgroundJob:
        """A job by its id.

        Raises: Fault where there is none.
        """
        job = self.jobs.get(name)
        if job is None:
            raise Fault(f"there is no job '{name[:80]}'")
        return job

    def stop(self, name: str) -> BackgroundJob:
        """Tell a job to stop; it does at its next step."""
        job = self.find(name)
        job.stop.set()
        if job.state == WAITING:
            job.state = STOPPED
            job.finished.set()
        return job

    def close(self) -> None:
        """Stop everything: what is not finished leaves no trace."""
        for job in list(self.jobs.values()):
            job.stop.set()
        for line in self.lines.values():
            line.shutdown(wait=False, cancel_futures=True)

    def _run(self, job: BackgroundJob, work: Work) -> None:
        if job.state == STOPPED:
            return
        job.state = RUNNING

        def progress(done: int, total: int) -> None:
            if job.stop.is_set():
                raise WorkStopped
            if (done, total) != (job.done, job.total):
                job.done, job.total = done, total
                job.pace.report(done, total)

        try:
            job.answer = work(progress)
            job.state = DONE
        except WorkStopped:
            job.state = STOPPED
        except Fault as fault:
            job.fault, job.state = fault, FAILED
        except Exception as error:  # noqa: BLE001  (logged in full; the line goes on)
            job.fault, job.state = log_internal_error(error, f"job {job.id}"), FAILED
        finally:
            job.finished.set()

    def _forget(self) -> None:
        over = [name for name, job in self.jobs.items() if job.over]
        for name in over[: max(0, len(self.jobs) - REMEMBERED)]:
            del self.jobs[name]


def fault_lines(fault: Fault | None) -> str:
    """A fault and those that travel with it, a line each."""
    return "" if fault is None else "\n".join(str(part) for part in (fault, *fault.others))
