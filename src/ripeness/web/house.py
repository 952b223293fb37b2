"""What all pages share: the workspace, the line of jobs, and the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from ripeness.web.answer import Answer, find, kept
from ripeness.web.ask import Ask
from ripeness.web.jobs import DONE, Job, Jobs
from ripeness.web.workspace import Workspace
from ripeness.world.fault import Fault


@dataclass(frozen=True, slots=True)
class House:
    """The workspace and the jobs of one running workbench; `ledger` is empty for the user's own."""

    workspace: Workspace
    jobs: Jobs
    ledger: str | Path | None = None

    def begin(self, ask: Ask) -> Job:
        """Put a question in line; one that was answered before is answered at once."""
        try:
            known = find(self.workspace.answers(), ask.id)
        except Fault:
            return self.jobs.start(ask.id, ask.verb, ask.title, lambda tell: ask.work(self.workspace.answers(), tell), ask.unit)
        job = self.jobs.known.get(ask.id) or Job(ask.id, ask.verb, ask.title)
        job.state, job.answer = DONE, known
        job.finished.set()
        self.jobs.known[ask.id] = job
        return job

    def answers(self, verb: str = "", case: str = "", coding: str | None = None) -> list[Answer]:
        """Kept answers, the newest first."""
        return kept(self.workspace.answers(), verb, case, coding)


def offers(verb: str) -> bool:
    """Whether this version has a verb; a page whose verb is missing is not there.

    >>> offers("run"), offers("prophesy")
    (True, False)
    """
    return find_spec(f"ripeness.workbench.{verb}") is not None
