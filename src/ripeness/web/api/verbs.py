"""Verbs for programs: ask for work that becomes a job, follow it, stop it, and check a text at once."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException

from ripeness.web.api.forms import CompleteForm, FaultForm, JobForm, RunForm, TextForm, War
from ripeness.web.ask import Asked, ask_run
from ripeness.web.completion import completions
from ripeness.web.house import House
from ripeness.web.typed import checked
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

REFUSED: dict[int | str, dict[str, Any]] = {422: {"model": FaultForm, "description": "What cannot be used"}}
MISSING: dict[int | str, dict[str, Any]] = {404: {"description": "There is no such thing"}}


def router(house: House) -> APIRouter:
    """The routes of the verbs and of jobs."""
    found = APIRouter(tags=["verbs"], responses=REFUSED)

    @found.get("/cases")
    def cases() -> list[dict[str, Any]]:
        """List the shipped cases and the own scenarios, with their codings."""
        subjects = house.workspace.subjects()
        return [{"case": one.case, "codings": list(house.workspace.codings(one))} for one in subjects]

    @found.post("/run", status_code=202)
    def run(form: RunForm) -> JobForm:
        """Start a forecast; the job's id is that of its answer."""
        changes = tuple(sorted((path, str(value)) for path, value in form.changes.items()))
        return _job(house.begin(ask_run(asked(house, form, changes))))

    @found.post("/check")
    def check(form: TextForm) -> dict[str, Any]:
        """Check a scenario given as text: every fault at its line, and what it rests on."""
        return checked(house.workspace, form.text, form.name).plain()

    @found.post("/complete")
    def complete(form: CompleteForm) -> list[dict[str, str]]:
        """Say what may stand at the end of a text."""
        return completions(form.before)

    @found.get("/jobs")
    def jobs() -> list[JobForm]:
        """List the jobs of this server."""
        return [_job(job) for job in list(house.jobs.known.values())]

    @found.get("/jobs/{name}", responses=MISSING)
    def job(name: str) -> JobForm:
        """Say how far a job is."""
        return _job(_found(lambda: house.jobs.find(name)))

    @found.delete("/jobs/{name}", responses=MISSING)
    def stop(name: str) -> JobForm:
        """Stop a job; nothing of it is kept."""
        return _job(_found(lambda: house.jobs.stop(name)))

    return found


def asked(house: House, form: War, changes: tuple[tuple[str, str], ...] = ()) -> Asked:
    """The form as a question, once it is clear that there is such a case and coding."""
    subject = Subject(form.case, form.coding)
    house.workspace.file(subject)
    source = house.workspace.source(subject)
    return Asked(source, form.case, form.coding, form.reading, form.draws, form.seed, form.horizon, changes)


def _job(job: Any) -> JobForm:
    return JobForm(**job.plain())


def _found(look: Any) -> Any:
    try:
        return look()
    except Fault as fault:
        raise HTTPException(404, fault.message) from None
