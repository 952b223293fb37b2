"""The JSON interface keeps the promises of its own OpenAPI description, under requests that fit it and that do not."""

from __future__ import annotations

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema

from ripeness.web.api.interface import interface

BOUNDED = {
    "seed": 1,
    "continue-on-failure": True,
    "generation": {"max-examples": 6, "deterministic": True, "database": "none"},
    "phases": {"stateful": {"enabled": False}},
}


def test_every_answer_is_one_that_the_description_promises(services, monkeypatch):
    monkeypatch.setattr(
        services.jobs.lines["long"], "submit", lambda *_: None
    )  # what is asked for is not reckoned out here
    schema = schemathesis.openapi.from_asgi(
        "/api/v1/openapi.json", interface(services), config=SchemathesisConfig.from_dict(BOUNDED)
    )
    answered, failures = {}, []
    for event in from_schema(schema).execute():
        if isinstance(event, (events.NonFatalError, events.FatalError)):
            failures.append(repr(event))
        if isinstance(event, events.ScenarioFinished) and event.status is not Status.SKIP:
            answered[event.label] = answered.get(event.label, 0) + len(event.recorder.interactions)
            failures += [
                f"{event.label}: {check.name}: {check.failure_info.failure}"
                for checks in event.recorder.checks.values()
                for check in checks
                if check.status is Status.FAILURE and check.failure_info
            ]
    assert failures == []
    operations = {
        f"{method.upper()} {path}"
        for path, methods in interface(services).openapi()["paths"].items()
        for method in methods
    }
    assert set(answered) >= operations
    assert sum(answered.values()) > 800
