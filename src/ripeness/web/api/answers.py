"""Answers for programs: what was kept, in short and in full."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from ripeness.web.answer import plain_text
from ripeness.web.api.forms import AnswerForm
from ripeness.web.api.strict import StrictRoute
from ripeness.web.refusals import Refusal, documented
from ripeness.web.services import Services
from ripeness.world.fault import Fault

JSON = "application/json"
FULL: dict[int | str, dict[str, Any]] = {200: {"content": {JSON: {"schema": {"type": "object"}}}}}


def router(services: Services) -> APIRouter:
    """The routes of kept answers."""
    routes = APIRouter(tags=["answers"], responses=documented(), route_class=StrictRoute)

    @routes.get("/answers")
    def answers(
        verb: Annotated[str, Query(max_length=20, pattern=r"^[a-z]*$")] = "",
        case: Annotated[str, Query(max_length=100)] = "",
    ) -> list[AnswerForm]:
        """List the kept answers, the newest first."""
        names = AnswerForm.model_fields
        return [
            AnswerForm(**{name: getattr(answer, name) for name in names}) for answer in services.answers(verb, case)
        ]

    @routes.get("/answers/{name}", responses=FULL)
    def answer(name: str) -> Response:
        """Give a kept answer in full, as the command line prints it with --json."""
        try:
            return Response(plain_text(services.workspace.answers(), name), media_type=JSON)
        except Fault as fault:
            raise Refusal(404, fault) from None

    return routes
