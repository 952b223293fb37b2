"""The ledger of forecasts for programs: list, ask, forecast, resolve, score."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path

from ripeness.web.api.forms import FaultForm, QuestionForm, ResolveForm
from ripeness.web.house import House

REFUSED: dict[int | str, dict[str, Any]] = {422: {"model": FaultForm, "description": "What cannot be used"}}
Id = Annotated[str, Path(min_length=1, max_length=100)]


def router(house: House) -> APIRouter:
    """The routes of the ledger."""
    from ripeness.workbench import forecast

    found = APIRouter(prefix="/ledger", tags=["ledger"], responses=REFUSED)

    @found.get("")
    def listing() -> dict[str, Any]:
        """List every question with all that was forecast on it."""
        return dict(forecast.plain(forecast.listing(today=_today(), ledger=house.ledger)))

    @found.post("/{question}", status_code=201)
    def add(question: Id, form: QuestionForm) -> dict[str, Any]:
        """Ask a question, forecast on one, or both at once."""
        asked = forecast.Asked(
            form.text, form.criteria, form.opens, form.closes, form.resolves, tuple(form.outcomes)
        )
        given = forecast.Given(form.probabilities or None, rationale=form.rationale)
        return dict(forecast.plain(forecast.add(question, asked, given, by=form.by, now=_now(), ledger=house.ledger)))

    @found.post("/{question}/resolution", status_code=201)
    def resolve(question: Id, form: ResolveForm) -> dict[str, Any]:
        """Say what came true, or annul a question."""
        return dict(forecast.plain(forecast.resolve(
            question, outcome=form.outcome, on=form.on, source=form.source, by=form.by, now=_now(), annul=form.annul,
            correct=form.correct, note=form.note, ledger=house.ledger,
        )))  # fmt: skip

    @found.get("/score")
    def score(as_of: date | None = None) -> dict[str, Any]:
        """Score the forecasts on questions that are past their date."""
        return dict(forecast.plain(forecast.score(as_of=as_of or _today(), ledger=house.ledger)))

    return found


def _now() -> datetime:
    return datetime.now(UTC)


def _today() -> date:
    return _now().date()
