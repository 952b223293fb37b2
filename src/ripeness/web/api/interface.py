"""The JSON interface as one application: what programs may ask, and the files that pages load."""

from __future__ import annotations

import json
from typing import Annotated, Literal

from fastapi import FastAPI
from fastapi import Path as PathWord
from fastapi.responses import Response

from ripeness.web.answer import find_answer, plain_text
from ripeness.web.api.answers import router as answer_routes
from ripeness.web.api.ledger import router as ledger_routes
from ripeness.web.api.pictures import picture_routes
from ripeness.web.api.verbs import router as verb_routes
from ripeness.web.errors import answer_errors, answer_the_rest
from ripeness.web.lines import script_text
from ripeness.web.refusals import Refusal
from ripeness.web.services import Services
from ripeness.world.fault import Fault
from ripeness.world.version import __version__

ABOUT = "Verbs of the ripeness workbench. Long work is a job: ask, watch its progress, fetch its answer, or stop it."
# A report stands alone and runs nothing; only our own page may show it in a frame.
REPORT = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox",
    "x-frame-options": "SAMEORIGIN",
}


def interface(services: Services) -> FastAPI:
    """The application with its routes; the pages are mounted on it."""
    app = FastAPI(
        title="ripeness",
        version=__version__,
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.include_router(verb_routes(services), prefix="/api/v1")
    app.include_router(answer_routes(services), prefix="/api/v1")
    app.include_router(ledger_routes(services), prefix="/api/v1")
    answer_errors(app)
    _files(app, services)
    answer_the_rest(app)
    return app


def _files(app: FastAPI, services: Services) -> None:
    folder = services.workspace.answers()

    @app.get("/answers/{name}.json", include_in_schema=False)
    def answer(name: Annotated[str, PathWord(max_length=130)]) -> Response:
        try:
            return Response(plain_text(folder, name), media_type="application/json")
        except Fault as fault:
            raise Refusal(404, fault) from None

    @app.get("/answers/{name}.py", include_in_schema=False)
    def script(name: str) -> Response:
        try:
            answer = find_answer(folder, name)
        except Fault as fault:
            raise Refusal(404, fault) from None
        return Response(script_text(answer.sentence, answer.python), media_type="text/x-python")

    @app.get("/answers/{name}/report.{ending}", include_in_schema=False)
    def report(name: str, ending: Literal["html", "md"]) -> Response:
        try:
            answer = json.loads(plain_text(folder, name))
        except Fault as fault:
            raise Refusal(404, fault) from None
        text = answer.get("html" if ending == "html" else "markdown")
        if not isinstance(text, str):
            raise Refusal(404, Fault("this answer is no report"))
        return Response(text, media_type="text/html" if ending == "html" else "text/markdown", headers=REPORT)

    app.include_router(picture_routes(folder))
