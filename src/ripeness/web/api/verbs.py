"""Verbs for programs: every declared question becomes a job that is followed or stopped; a text is checked at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from inspect import Parameter, Signature
from typing import Any

from fastapi import APIRouter

from ripeness.web.api.forms import CompleteForm, JobForm, TextForm
from ripeness.web.api.strict import StrictRoute
from ripeness.web.completion import completions
from ripeness.web.jobs import BackgroundJob, LineFull
from ripeness.web.question_body import Form, arguments_of, body_of, table_body
from ripeness.web.questions import question_about
from ripeness.web.refusals import Refusal, documented
from ripeness.web.scenario_reading import marks_of_text
from ripeness.web.services import Services
from ripeness.web.table_question import tables_task
from ripeness.web.task import Task
from ripeness.web.workspace import Subject
from ripeness.workbench.parameter import ValueKind
from ripeness.workbench.question import Verb, parameters
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.fault import ArgumentFault, Fault


def router(services: Services) -> APIRouter:
    """The routes of the verbs and of jobs."""
    routes = APIRouter(tags=["verbs"], responses=documented(409, 429), route_class=StrictRoute)

    @routes.get("/cases")
    def cases() -> list[dict[str, Any]]:
        """List the shipped cases and the own scenarios, with their codings."""
        subjects = services.workspace.subjects()
        return [{"case": subject.case, "codings": list(services.workspace.codings(subject))} for subject in subjects]

    for name in declared_verbs():
        verb = question_of(name)
        if parameters(verb)[0].kind is ValueKind.CASE:
            _add_route(routes, verb, body_of(verb), partial(_about_case, services, verb))
    decide = question_of("decide")
    _add_route(routes, decide, table_body(decide), partial(_about_table, services, decide))

    @routes.post("/check")
    def check(form: TextForm) -> dict[str, Any]:
        """Check a scenario given as text: every fault at its line, and what it rests on."""
        marks: dict[str, Any] = services.workers.read(
            marks_of_text, services.workspace.scenarios(), form.text, form.name
        )
        return marks

    @routes.post("/complete")
    def complete(form: CompleteForm) -> list[dict[str, str]]:
        """Say what may stand at the end of a text."""
        words: list[dict[str, str]] = services.workers.read(completions, form.before)
        return words

    @routes.get("/jobs")
    def jobs() -> list[JobForm]:
        """List the jobs of this server."""
        return [_job_form(job) for job in list(services.jobs.jobs.values())]

    @routes.get("/jobs/{name}")
    def job(name: str) -> JobForm:
        """Say how far a job is."""
        return _job_form(_or_not_found(lambda: services.jobs.find(name)))

    @routes.delete("/jobs/{name}")
    def stop(name: str) -> JobForm:
        """Stop a job; nothing of it is kept."""
        return _job_form(_or_not_found(lambda: services.jobs.stop(name)))

    return routes


def _add_route(
    routes: APIRouter, verb: type[Verb[Any]], body: type[Form], begin: Callable[[Form], BackgroundJob]
) -> None:
    """The route of one question: its body comes from its declaration."""

    def start(form: Form) -> JobForm:
        return _job_form(begin(form))

    # What the framework reads of the function is the body of this very question.
    parameter = Parameter("form", Parameter.POSITIONAL_OR_KEYWORD, annotation=body)
    start.__signature__ = Signature([parameter], return_annotation=JobForm)  # type: ignore[attr-defined]
    routes.add_api_route(
        f"/{verb.verb}",
        start,
        methods=["POST"],
        status_code=202,
        name=verb.verb,
        summary=verb.verb.title(),
        description=f"{verb.summary}\n\nStarts a job, whose id is that of its answer.",
    )


def _about_case(services: Services, verb: type[Verb[Any]], form: Form) -> BackgroundJob:
    """Begin a question about a case, once it is clear that there is such a case and coding."""
    try:
        arguments = arguments_of(verb, form)
    except ArgumentFault as fault:
        raise Refusal(409, fault) from None
    subject = Subject(arguments.pop(parameters(verb)[0].name, None) or "", arguments.pop("coding", None) or "")
    if subject.case or not parameters(verb)[0].optional:
        _or_not_found(lambda: services.workspace.file(subject))
    return _begin(services, verb, lambda: question_about(services.workspace, verb, subject, arguments).task())


def _about_table(services: Services, verb: Any, form: Any) -> BackgroundJob:
    """Begin a question about actor tables, which are kept in the workspace."""

    def task() -> Task:
        texts = {form.name: form.table, **{further.name: further.table for further in form.more}}
        return tables_task(services.workspace, texts, 1 + len(form.more), partial(verb, **arguments_of(verb, form)))

    return _begin(services, verb, task)


def _begin(services: Services, verb: type[Verb[Any]], make: Callable[[], Task]) -> BackgroundJob:
    """Put a question in line; 409 for values that do not go together, 429 where the line is full."""
    try:
        return services.begin(make())
    except ArgumentFault as fault:
        keys = {parameter.name: f"'{parameter.key}'" for parameter in parameters(verb)}
        raise Refusal(409, fault.named(keys)) from None
    except LineFull as fault:
        raise Refusal(429, fault) from None


def _job_form(job: BackgroundJob) -> JobForm:
    return JobForm(**job.plain())


def _or_not_found(look: Callable[[], Any]) -> Any:
    """What is looked for, or 404 where it is not there."""
    try:
        return look()
    except Fault as fault:
        raise Refusal(404, fault) from None
