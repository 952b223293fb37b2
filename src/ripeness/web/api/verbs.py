"""Verbs for programs: ask for work that becomes a job, follow it, stop it, and check a text at once."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter, Signature
from typing import Any

from fastapi import APIRouter

from ripeness.web.api.forms import (
    AimedForm,
    CompleteForm,
    InferForm,
    JobForm,
    OptionsForm,
    RunForm,
    TextForm,
    WhatIfForm,
)
from ripeness.web.api.strict import StrictRoute
from ripeness.web.ask import Asked, Task, ask_run
from ripeness.web.completion import completions
from ripeness.web.jobs import BackgroundJob, LineFull
from ripeness.web.refusals import Refusal, documented
from ripeness.web.scenario_reading import marks_of_text
from ripeness.web.services import Services, has_verb
from ripeness.web.studies import ask_aimed, ask_options, ask_ripe, ask_whatif
from ripeness.web.who import ask_infer
from ripeness.web.workspace import Subject
from ripeness.world.fault import Fault

AIMED = {
    "sense": "Start asking which numbers move an outcome.",
    "flip": "Start looking for the smallest changes that make an outcome the likeliest.",
    "discover": "Start looking for the conditions under which an outcome is frequent.",
    "indicators": "Start ranking what can be watched by what it would tell.",
    "map": "Start measuring what each causal link carries.",
}


def router(services: Services) -> APIRouter:
    """The routes of the verbs and of jobs."""
    found = APIRouter(tags=["verbs"], responses=documented(429), route_class=StrictRoute)

    @found.get("/cases")
    def cases() -> list[dict[str, Any]]:
        """List the shipped cases and the own scenarios, with their codings."""
        subjects = services.workspace.subjects()
        return [{"case": one.case, "codings": list(services.workspace.codings(one))} for one in subjects]

    @found.post("/run", status_code=202)
    def run(form: RunForm) -> JobForm:
        """Start a forecast; the job's id is that of its answer."""
        return _begin(services, lambda: ask_run(asked(services, form)))

    @found.post("/infer", status_code=202)
    def infer(form: InferForm) -> JobForm:
        """Start weighing who decides."""
        war = Asked(services.workspace.source(_there(services, form)), form.case, form.coding, seed=form.seed)
        return _begin(services, lambda: ask_infer(war, form.polity, form.particles, form.repeats))

    @found.post("/ripe", status_code=202)
    def ripe(form: RunForm) -> JobForm:
        """Start asking whether it is ripe."""
        return _begin(services, lambda: ask_ripe(asked(services, form)))

    @found.post("/options", status_code=202)
    def options(form: OptionsForm) -> JobForm:
        """Start comparing what a polity could do."""
        return _begin(services, lambda: ask_options(asked(services, form), form.polity, tuple(form.own)))

    @found.post("/whatif", status_code=202)
    def whatif(form: WhatIfForm) -> JobForm:
        """Start comparing the war with itself under other numbers or with links cut."""
        return _begin(services, lambda: ask_whatif(asked(services, form), tuple(form.cuts)))

    _aimed(found, services)

    @found.post("/check")
    def check(form: TextForm) -> dict[str, Any]:
        """Check a scenario given as text: every fault at its line, and what it rests on."""
        found: dict[str, Any] = services.workers.read(
            marks_of_text, services.workspace.scenarios(), form.text, form.name
        )
        return found

    @found.post("/complete")
    def complete(form: CompleteForm) -> list[dict[str, str]]:
        """Say what may stand at the end of a text."""
        found: list[dict[str, str]] = services.workers.read(completions, form.before)
        return found

    @found.get("/jobs")
    def jobs() -> list[JobForm]:
        """List the jobs of this server."""
        return [_job(job) for job in list(services.jobs.jobs.values())]

    @found.get("/jobs/{name}")
    def job(name: str) -> JobForm:
        """Say how far a job is."""
        return _job(_found(lambda: services.jobs.find(name)))

    @found.delete("/jobs/{name}")
    def stop(name: str) -> JobForm:
        """Stop a job; nothing of it is kept."""
        return _job(_found(lambda: services.jobs.stop(name)))

    return found


def _aimed(found: APIRouter, services: Services) -> None:
    """The verbs that ask about one outcome by one month, alike in all but their name."""
    for verb, says in AIMED.items():
        if not has_verb(verb):
            continue

        def start(form: AimedForm, verb: str = verb) -> JobForm:
            return _begin(services, lambda: ask_aimed(verb, asked(services, form), form.outcome, form.month))

        # The default that tells the verbs apart is no parameter of the request.
        start.__signature__ = Signature(
            [Parameter("form", Parameter.POSITIONAL_OR_KEYWORD, annotation=AimedForm)],  # type: ignore[attr-defined]
            return_annotation=JobForm,
        )
        found.add_api_route(f"/{verb}", start, methods=["POST"], status_code=202, name=verb, description=says)


def asked(services: Services, form: RunForm) -> Asked:
    """The form as a question, once it is clear that there is such a case and coding."""
    source = services.workspace.source(_there(services, form))
    changes = tuple(sorted((path, str(value)) for path, value in form.changes.items()))
    return Asked(source, form.case, form.coding, form.reading, form.draws, form.seed, form.horizon, changes)


def _there(services: Services, form: RunForm | InferForm) -> Subject:
    subject = Subject(form.case, form.coding)
    _found(lambda: services.workspace.file(subject))
    return subject


def _begin(services: Services, make: Callable[[], Task]) -> JobForm:
    """Put a question in line, or 429 where the line is full."""
    try:
        return _job(services.begin(make()))
    except LineFull as fault:
        raise Refusal(429, fault) from None


def _job(job: BackgroundJob) -> JobForm:
    return JobForm(**job.plain())


def _found(look: Any) -> Any:
    try:
        return look()
    except Fault as fault:
        raise Refusal(404, fault) from None
