"""What all pages share: the workspace, the line of jobs, the workers, and the ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from ripeness.web.answer import KeptAnswer, find_answer, kept_answers
from ripeness.web.jobs import DONE, BackgroundJob, JobQueue, Progress
from ripeness.web.questions import mark_of
from ripeness.web.scenario_reading import ScenarioSummary, check_readable, summarize
from ripeness.web.task import Task
from ripeness.web.workers import WORKERS, Workers
from ripeness.web.workspace import Subject, Workspace
from ripeness.world.fault import Fault

MOST_SUMMARIES = 256


@dataclass(frozen=True, slots=True)
class Services:
    """The workspace, the jobs and the workers of one running workbench; `ledger` is empty for the user's own."""

    workspace: Workspace
    jobs: JobQueue
    ledger: str | Path | None = None
    workers: Workers = WORKERS
    summaries: dict[str, ScenarioSummary | Fault] = field(default_factory=dict)

    def begin(self, ask: Task) -> BackgroundJob:
        """Put a question in line; one that was answered before is answered at once."""
        try:
            answer = find_answer(self.workspace.answers(), ask.id)
        except Fault:
            job = BackgroundJob(ask.id, ask.verb, ask.title, unit=ask.unit, page=ask.page)
            return self.jobs.start(job, partial(self._answer, ask), ask.line)
        job = self.jobs.jobs.get(ask.id) or BackgroundJob(ask.id, ask.verb, ask.title, page=ask.page)
        job.state, job.answer = DONE, answer
        job.finished.set()
        self.jobs.jobs[ask.id] = job
        return job

    def has_answer(self, ask: Task) -> bool:
        """Whether a question was answered before, or is being worked on."""
        try:
            find_answer(self.workspace.answers(), ask.id)
        except Fault:
            job = self.jobs.jobs.get(ask.id)
            return job is not None and not job.over
        return True

    def summary(self, subject: Subject) -> ScenarioSummary:
        """What pages must know of a scenario, read once and again when it was changed.

        It may take a while: a page asks beside the loop that serves everybody, and again, at once, where it needs it.

        Raises: Fault where the scenario is not there or does not hold together.
        """
        source = self.workspace.source(subject)
        key = f"{subject} {mark_of(source, subject.coding)}"
        summary = self.summaries.get(key)
        if summary is None:
            try:
                summary = self.workers.read(summarize, source, subject.coding)
            except Fault as fault:
                summary = fault
            if len(self.summaries) >= MOST_SUMMARIES:
                self.summaries.clear()
            self.summaries[key] = summary
        if isinstance(summary, Fault):
            raise summary
        return summary

    def known_summary(self, subject: Subject) -> ScenarioSummary | None:
        """What `summary` read of a scenario as it stands now; none before that, or where it does not hold together."""
        try:
            summary = self.summaries.get(f"{subject} {mark_of(self.workspace.source(subject), subject.coding)}")
        except Fault:
            return None
        return summary if isinstance(summary, ScenarioSummary) else None

    def _answer(self, ask: Task, tell: Progress) -> KeptAnswer:
        """Let the workers answer a question."""
        if ask.reads is not None:
            self.workers.read(check_readable, ask.reads)
        answer: KeptAnswer = self.workers.compute(
            ask.work, self.workspace.answers(), tell=tell, limit=ask.limit, line=ask.line
        )
        return answer

    def answers(self, verb: str = "", case: str = "", coding: str | None = None) -> list[KeptAnswer]:
        """Kept answers, the newest first."""
        return kept_answers(self.workspace.answers(), verb, case, coding)


def has_verb(verb: str) -> bool:
    """Whether the product has a verb; a page whose verb is missing is not there.

    >>> has_verb("run"), has_verb("prophesy")
    (True, False)
    """
    return any(find_spec(f"ripeness.{room}.{verb}") for room in ("workbench", "ledger.verbs"))
