"""Working: jobs on a page, from the first progress to their answers, with a way to stop them."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from nicegui import ui

from ripeness.study.progress import time_in_words
from ripeness.web.flag_words import labels_of, verb_fault
from ripeness.web.jobs import DONE, FAILED, RUNNING, STOPPED, WAITING, BackgroundJob, JobQueue, fault_lines
from ripeness.web.task import PERCENT
from ripeness.world.compiling import CLOCK

OFTEN = 0.2  # seconds between two looks at a job
MOMENT = 0.8  # seconds after which quick work is told, too
NEVER = "Stopped; nothing was kept."


class JobProgress:
    """The place of a page where jobs are watched; `then` is given their answers, in the order of the jobs.

    `quiet`: what is done within a moment is not told.
    """

    def __init__(self, jobs: JobQueue, then: Callable[..., None], *, quiet: bool = False) -> None:
        self.jobs, self.then, self.quiet = jobs, then, quiet
        self.began = 0.0
        self.watched: tuple[BackgroundJob, ...] = ()
        with ui.element("div").classes("working").props('role="status" aria-live="polite"') as self.box:
            self.bar = ui.linear_progress(0, show_value=False).props('aria-label="Progress" instant-feedback')
            with ui.row().classes("line"):
                self.status = ui.label()
                self.halt = ui.button("Stop", icon="stop", on_click=self.stop).props("flat dense")
        self.box.set_visibility(False)
        self.timer = ui.timer(OFTEN, self.look, active=False)

    def watch(self, *jobs: BackgroundJob) -> None:
        """Follow jobs; what is done already is shown at once."""
        self.watched, self.began = jobs, monotonic()
        self.timer.active = True
        self.look()

    def stop(self) -> None:
        """Tell the jobs to stop."""
        for job in self.watched:
            if not job.over:
                self.jobs.stop(job.id)
        self.status.text = "stopping"

    def look(self) -> None:
        """Say how far they are, and show the answers when all are there."""
        jobs = self.watched
        if not jobs:
            return
        bad = next((job for job in jobs if job.state in {FAILED, STOPPED}), None)
        all_done = all(job.state == DONE for job in jobs)
        over = all_done or bad is not None
        is_told = over or not self.quiet or monotonic() - self.began > MOMENT
        self.box.set_visibility(is_told and not all_done)
        self.halt.set_visibility(not over)
        share = share_of(jobs)
        self.bar.set_visibility(not over)
        self.bar.props(add="indeterminate") if share is None else self.bar.props(remove="indeterminate")
        self.bar.value = share or 0.0
        self.status.text = progress_in_words(jobs)
        failed = bad is not None and bad.state == FAILED
        self.status.classes(add="fault") if failed else self.status.classes(remove="fault")
        if over:
            self.timer.active = False
            self.watched = ()
        if all_done:
            self.then(*(job.answer for job in jobs))


def share_of(jobs: tuple[BackgroundJob, ...]) -> float | None:
    """How much of the work of all jobs is done, from 0 to 1; none before that is known."""
    if not any(job.state == DONE or (job.done and job.total) for job in jobs):
        return None
    return sum(job.share() for job in jobs) / len(jobs)


def progress_in_words(jobs: tuple[BackgroundJob, ...]) -> str:
    """How far jobs are, as a line: that of which one is in work, and which of how many that is."""
    bad = next((job for job in jobs if job.state in {FAILED, STOPPED}), None)
    if bad is not None:
        return fault_lines(verb_fault(bad.fault, bad.verb, labels_of)) if bad.state == FAILED else NEVER
    number, job = next(((n, job) for n, job in enumerate(jobs, 1) if job.state != DONE), (len(jobs), jobs[-1]))
    position = f"{number} of {len(jobs)}: " if len(jobs) > 1 else ""
    if job.state == WAITING:
        return (
            f"{position}waiting for another job to end"
            if len(jobs) == 1 or number == 1
            else f"{position}about to begin"
        )
    return position + _how_far(job)


def _how_far(job: BackgroundJob) -> str:
    if job.state != RUNNING:
        return job.title
    if CLOCK.running:
        return f"compiling once for this machine and version, {CLOCK.seconds():.0f} s so far"
    if not job.total:
        return f"{job.title}: working"
    if job.done >= job.total:
        return f"{job.total:,} {job.unit} done; the answer is being laid out"
    seconds = job.seconds_left()
    line = f"{job.done} % done" if job.unit == PERCENT else f"{job.done:,} of {job.total:,} {job.unit}"
    return line if seconds is None else f"{line}, {time_in_words(seconds)} left"
