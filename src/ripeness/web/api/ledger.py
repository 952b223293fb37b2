"""The ledger of forecasts for programs: list, ask, forecast, resolve, score."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query

from ripeness.store.json_text import plain_value
from ripeness.web.api.forms import QuestionForm, ResolveForm
from ripeness.web.api.strict import StrictRoute
from ripeness.web.question_body import Day
from ripeness.web.refusals import METHODS, Refusal, documented
from ripeness.web.services import Services
from ripeness.world.fault import Fault

Id = Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]


def router(services: Services) -> APIRouter:
    """The routes of the ledger."""
    from ripeness.ledger.verbs import forecast

    routes = APIRouter(prefix="/ledger", tags=["ledger"], responses=documented(409), route_class=StrictRoute)

    @routes.get("")
    def listing() -> dict[str, Any]:
        """List every question with all that was forecast on it."""
        return _plain(lambda: forecast.listing(today=_today(), ledger=services.ledger))

    @routes.get("/score")
    def score(as_of: Annotated[Day | None, Query()] = None) -> dict[str, Any]:
        """Score the forecasts on questions that are past their date."""
        return _plain(lambda: forecast.score(as_of=as_of or _today(), ledger=services.ledger))

    @routes.get("/pool")
    def pool(
        question: Annotated[str, Query(max_length=100)] = "",
        member: Annotated[list[str], Query(max_length=60)] = [],  # noqa: B006  (read by FastAPI, never changed)
        as_of: Annotated[Day | None, Query()] = None,
    ) -> dict[str, Any]:
        """Put base rate, forecasts and their pools side by side: of one question, or all that wait for their date."""
        return _plain(
            lambda: forecast.pool(question, as_of=as_of or _today(), members=tuple(member), ledger=services.ledger)
        )

    @routes.api_route("/pool", methods=[method for method in METHODS if method != "GET"], include_in_schema=False)
    def pool_taken() -> None:
        raise Refusal(405, Fault("this address gives the pools, so no question is called 'pool'"), {"allow": "GET"})

    @routes.api_route("/score", methods=[method for method in METHODS if method != "GET"], include_in_schema=False)
    def taken() -> None:
        raise Refusal(405, Fault("this address gives the scores, so no question is called 'score'"), {"allow": "GET"})

    @routes.post("/{question}", status_code=201)
    def add(question: Id, form: QuestionForm) -> dict[str, Any]:
        """Ask a question, forecast on one, or both at once."""
        question_draft = forecast.Asked(
            form.text, form.criteria, form.opens, form.closes, form.resolves, tuple(form.outcomes)
        )
        forecast_draft = forecast.Given(form.probabilities or None, rationale=form.rationale)
        return _plain(
            lambda: forecast.add(
                question, question_draft, forecast_draft, by=form.by, now=_now(), ledger=services.ledger
            )
        )

    @routes.post("/{question}/resolution", status_code=201)
    def resolve(question: Id, form: ResolveForm) -> dict[str, Any]:
        """Say what came true, or annul a question."""
        return _plain(
            lambda: forecast.resolve(
                question,
                outcome=form.outcome,
                on=form.on,
                source=form.source,
                by=form.by,
                now=_now(),
                annul=form.annul,
                correct=form.correct,
                note=form.note,
                ledger=services.ledger,
            )
        )

    return routes


def _plain(work: Callable[[], Any]) -> dict[str, Any]:
    """What the ledger says, or 409 with what does not fit it."""
    try:
        return dict(plain_value(work()))
    except Fault as fault:
        raise Refusal(409, fault) from None


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()
