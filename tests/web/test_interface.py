"""The JSON interface answers every request with what was asked for or with what is wrong, and never breaks."""

from __future__ import annotations

import json
import time

import pytest

from ripeness.scenario.template import template
from ripeness.web.api.interface import interface

FEW = {"case": "japan-1945", "draws": 64, "horizon": 3}
PATIENCE = 480  # seconds: where nothing is compiled yet, the first war waits for the compiler


def finished(ask, job):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        found = ask("GET", f"/api/v1/jobs/{job['id']}").json()
        if found["state"] in {"done", "failed", "stopped"}:
            return found
        time.sleep(0.05)
    raise TimeoutError(job)


@pytest.fixture(scope="module")
def shipped(root):
    return json.loads((root / "docs/reference/api/openapi.json").read_text(encoding="utf-8"))


def test_the_shipped_description_is_that_of_the_interface(services, shipped):
    assert interface(services).openapi() == shipped, "run `python docs/reference/api/write.py`"


def test_no_page_of_documentation_is_served_from_elsewhere(ask):
    for path in ("/docs", "/redoc"):
        assert ask("GET", path).status_code == 404
    assert ask("GET", "/api/v1/openapi.json").status_code == 200


def test_a_run_becomes_a_job_and_its_answer_is_what_the_command_line_prints(ask):
    job = ask("POST", "/api/v1/run", json=FEW)
    assert job.status_code == 202
    assert finished(ask, job.json())["state"] == "done"
    answer = ask("GET", f"/api/v1/answers/{job.json()['id']}").json()
    assert answer["draws"] == 64
    assert sum(
        one["p"] for one in answer["outcomes"] if one["month"] == answer["outcomes"][-1]["month"]
    ) == pytest.approx(1)
    (short,) = ask("GET", "/api/v1/answers?verb=run&case=japan-1945").json()
    assert short["command"] == "ripeness run japan-1945 --draws 64 --horizon 3"
    picture = ask("GET", f"/answers/{short['id']}/outcomes.svg?look=dark-narrow")
    assert picture.headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize(
    ("verb", "more"),
    [
        ("whatif", {"changes": {"talks.mediation": 2}, "cuts": ["aid->munitions"]}),
        ("ripe", {}),
        ("options", {"polity": "japan", "own": ["offer half: offer=.5"]}),
        ("discover", {"month": 2}),
    ],
)
def test_other_verbs_become_jobs_too(ask, verb, more):
    job = ask("POST", f"/api/v1/{verb}", json={**FEW, **more})
    assert job.status_code == 202, job.text
    done = finished(ask, job.json())
    assert done["state"] == "done", done
    assert ask("GET", f"/api/v1/answers/{done['id']}").json()["sentence"]


def test_inference_is_a_job(ask):
    job = ask("POST", "/api/v1/infer", json={"case": "japan-1945", "polity": "japan", "particles": 100, "repeats": 3})
    done = finished(ask, job.json())
    assert done["state"] == "done", done
    assert ask("GET", f"/api/v1/answers/{done['id']}").json()["readings"]


def test_a_job_can_be_stopped(ask):
    job = ask("POST", "/api/v1/run", json={"case": "japan-1945", "draws": 900_000}).json()
    ask("DELETE", f"/api/v1/jobs/{job['id']}")
    assert finished(ask, job)["state"] == "stopped"
    assert ask("GET", f"/api/v1/answers/{job['id']}").status_code == 404


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"case": "japan-1946"}, "japan-1945"),
        ({"case": "own/../x"}, "cannot be a name"),
        ({"case": "japan-1945", "coding": "x"}, "coding"),
    ],
)
def test_what_is_not_there_is_told(ask, form, says):
    answer = ask("POST", "/api/v1/run", json=form)
    assert answer.status_code == 404
    assert says in answer.json()["faults"][0]["message"]


def test_a_path_that_leads_nowhere_fails_its_job_with_a_hint(ask):
    job = ask("POST", "/api/v1/run", json={**FEW, "changes": {"talks.mediatoin": 1}}).json()
    done = finished(ask, job)
    assert (done["state"], "talks.mediation" in done["error"]) == ("failed", True)


def test_a_text_is_checked_at_its_lines(ask):
    found = ask("POST", "/api/v1/check", json={"text": template("minimal").replace("stake:", "stakes:", 1)}).json()
    assert not found["sound"]
    assert found["marks"][0]["line"] > 1


def test_the_ledger_takes_a_question_a_forecast_and_a_resolution(ask):
    form = {
        "text": "A truce by July?",
        "criteria": "both sign",
        "resolves": "2030-07-01",
        "probabilities": {"yes": 0.3, "no": 0.7},
    }
    assert ask("POST", "/api/v1/ledger/truce-2030", json=form).status_code == 201
    listed = ask("GET", "/api/v1/ledger").json()
    assert listed["dockets"][0]["question"]["id"] == "truce-2030"
    assert ask("GET", "/api/v1/ledger/score").status_code == 200
    assert ask("POST", "/api/v1/ledger/truce-2030", json={"probabilities": {"perhaps": 1}}).status_code == 409
