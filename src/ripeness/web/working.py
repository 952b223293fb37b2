"""Working: a job on a page, from the first progress to its answer, with a way to stop it."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.jobs import DONE, FAILED, STOPPED, WAITING, Job, Jobs

OFTEN = 0.2  # seconds between two looks at a job


class Working:
    """The place of a page where a job is watched; `then` is given the answer."""

    def __init__(self, jobs: Jobs, then: Callable[[Answer], None]) -> None:
        self.jobs, self.then = jobs, then
        self.job: Job | None = None
        with ui.element("div").classes("working").props('role="status" aria-live="polite"') as self.box:
            self.bar = ui.linear_progress(0, show_value=False).props('aria-label="Progress" instant-feedback')
            with ui.row().classes("line"):
                self.said = ui.label()
                self.halt = ui.button("Stop", icon="stop", on_click=self.stop).props("flat dense")
        self.box.set_visibility(False)
        self.timer = ui.timer(OFTEN, self.look, active=False)

    def watch(self, job: Job) -> None:
        """Follow a job; one that is done already is shown at once."""
        self.job = job
        self.timer.active = True
        self.look()

    def stop(self) -> None:
        """Tell the job to stop."""
        if self.job is not None:
            self.jobs.stop(self.job.id)
            self.said.text = "stopping"

    def look(self) -> None:
        """Say how far it is, and show the answer when it is there."""
        job = self.job
        if job is None:
            return
        self.box.set_visibility(job.state != DONE)
        self.halt.set_visibility(not job.over)
        self.bar.set_visibility(not job.over)
        self.bar.props(remove="indeterminate") if job.done else self.bar.props("indeterminate")
        self.bar.value = job.share()
        self.said.text = _said(job)
        self.said.classes(add="fault") if job.state == FAILED else self.said.classes(remove="fault")
        if job.over:
            self.timer.active = False
            self.job = None
            if job.state == DONE:
                self.then(job.answer)


def _said(job: Job) -> str:
    if job.state == FAILED:
        return job.error
    if job.state == STOPPED:
        return "Stopped; nothing was kept."
    if job.state == WAITING:
        return "Waiting for another job to end."
    left = job.seconds_left()
    if left is None or not job.total:
        return f"{job.title}: working"
    if job.done >= job.total:
        return f"{job.total:,} done; the answer is being laid out"
    return f"{job.done:,} of {job.total:,}, {left:.0f} s left" if left < 100 else f"{job.done:,} of {job.total:,}, {left / 60:.0f} min left"
