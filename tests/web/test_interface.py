"""The JSON interface answers every request with what was asked for or with what is wrong, and never breaks."""

from __future__ import annotations

import json
import re
import time

import pytest

from ripeness.scenario.template import template
from ripeness.web.answer import find_answer
from ripeness.web.api.interface import interface
from ripeness.web.question_body import arguments_of, body_of
from ripeness.workbench.verbs import declared_verbs, question_of

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
        ("ripe", {"months": [1, 2], "theta": 0.1, "evidence": True}),
        ("options", {"polity": "japan", "only": ["accept"], "offers": [0.3], "since": "1945-06-01"}),
        ("whatif", {"arms": ["no aid: cut=aid->munitions; talks.mediation=1"], "reading": "unitary"}),
    ],
)
def test_other_verbs_become_jobs_too(ask, verb, more):
    job = ask("POST", f"/api/v1/{verb}", json={**FEW, **more})
    assert job.status_code == 202, job.text
    done = finished(ask, job.json())
    assert done["state"] == "done", done
    assert ask("GET", f"/api/v1/answers/{done['id']}").json()["sentence"]


def test_inference_is_a_job(ask, services):
    job = ask("POST", "/api/v1/infer", json={"case": "japan-1945", "polity": "japan", "particles": 100, "repeats": 3})
    done = finished(ask, job.json())
    assert done["state"] == "done", done
    assert ask("GET", f"/api/v1/answers/{done['id']}").json()["readings"]
    ranked = find_answer(services.workspace.answers(), done["id"]).facts["ranked"]["japan"]
    assert ranked.startswith("Who has more power, on 1945-05-01\n")


def test_one_war_is_told_and_a_table_is_decided(ask):
    table = "actor,influence,position,salience\nKing,1,20,80\nCourt,.5,70,60\n"
    for verb, form in (
        ("story", {"case": "japan-1945", "draw": 3, "horizon": 3, "coding": ""}),
        ("decide", {"table": table, "rules": ["weighted_median"], "leader": "King", "quota": 0.6}),
    ):
        job = ask("POST", f"/api/v1/{verb}", json=form)
        assert job.status_code == 202, job.text
        done = finished(ask, job.json())
        assert done["state"] == "done", done
    (answer,) = ask("GET", "/api/v1/answers?verb=decide").json()
    assert answer["command"].endswith("sent.csv --rule weighted_median --leader King --quota 0.6")
    assert ask("POST", "/api/v1/decide", json={"table": table, "name": "../x"}).status_code == 422


def test_several_tables_are_compared_and_the_command_line_names_them(ask):
    table = "actor,influence,position,salience\nKing,1,20,80\nCourt,.5,70,60\n"
    more = [{"name": "second", "table": table.replace("King,1", "King,3")}]
    job = ask(
        "POST", "/api/v1/decide", json={"table": table, "name": "first", "more": more, "rules": ["weighted_mean"]}
    )
    assert job.status_code == 202, job.text
    done = finished(ask, job.json())
    assert done["state"] == "done", done
    answer = ask("GET", f"/api/v1/answers/{done['id']}").json()
    assert "most of it comes from the influence of King: 1 in first.csv, 3 in second.csv" in answer["answer"]
    (kept,) = ask("GET", "/api/v1/answers?verb=decide").json()
    assert "first.csv" in kept["command"]
    assert "second.csv --rule weighted_mean" in kept["command"]
    twice = {"table": table, "name": "second", "more": more}
    refused = ask("POST", "/api/v1/decide", json=twice)
    assert refused.status_code == 409
    assert "two tables have one name" in refused.text


def test_no_visitor_names_a_file_of_the_server_as_a_further_table(ask):
    table = "actor,influence,position,salience\nKing,1,20,80\nCourt,.5,70,60\n"
    refused = ask("POST", "/api/v1/decide", json={"table": table, "tables": ["/etc/passwd"]})
    assert refused.status_code == 422


@pytest.mark.parametrize(
    ("verb", "form", "field", "says"),
    [
        ("run", {"draws": "64"}, "body.draws", "integer"),
        ("run", {"draws": 2_000_000}, "body.draws", "1000000"),
        ("run", {"reading": "unitarian"}, "body.reading", "unitary"),
        ("run", {"as_of": 725846400}, "body.as_of", "a day is written 2027-03-15"),
        (
            "options",
            {"polity": "japan", "offers": [0.2, 2]},
            "body.offers.1",
            "'offers, value 2': Input should be less",
        ),
        ("options", {}, "body.polity", "is missing"),
        ("options", {"polity": ""}, "body.polity", "at least 1 character"),
        ("flip", {"outcome": ""}, "body.outcome", "at least 1 character"),
        ("options", {"polity": "japan", "own": ["bad"]}, None, "'own': 'bad' is not 'NAME: issue=value, ...'"),
        ("run", {"observe": ["x"], "draws": 8}, None, "'observe' 'x': write POLITY ISSUE DATE VALUE"),
        ("whatif", {"arms": ["no aid"]}, None, "'no aid' is not 'NAME: path=value; cut=link'"),
        ("run", {"readings": "/etc/passwd"}, "body.readings", "is no key"),
        ("infer", {"readings": "/etc/passwd", "draws": 64}, "body.readings", "is no key"),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_key(ask, verb, form, field, says):
    answer = ask("POST", f"/api/v1/{verb}", json={"case": "japan-1945", **form})
    if answer.status_code == 202:  # it is read with the question
        assert says in finished(ask, answer.json())["error"]
        return
    assert answer.status_code == (422 if field else 409)
    faults = answer.json()["faults"]
    assert [one for one in faults if one["field"] == field and says in one["message"]], faults


@pytest.mark.parametrize(
    ("verb", "now", "once"),
    [
        ("infer", {"polities": ["japan"]}, {"polity": "japan"}),
        ("infer", {}, {"polity": "", "coding": ""}),
        ("options", {"polity": "japan", "own": ["a: offer=.5"]}, {"polity": "japan", "own_options": ["a: offer=.5"]}),
        ("run", {"changes": {"stake.held": "0.3"}}, {"changes": {"stake.held": 0.3}, "reading": "factional"}),
        ("run", {}, {"changes": {}}),
    ],
)
def test_a_body_as_it_was_written_before_asks_the_same(verb, now, once):
    question = question_of(verb)
    bodies = [body_of(question).model_validate({"case": "japan-1945", **keys}) for keys in (now, once)]
    asked = [question(**arguments_of(question, body)).arguments() for body in bodies]
    assert asked[0] == asked[1]


def test_a_key_and_its_old_name_are_not_sent_together(ask):
    answer = ask("POST", "/api/v1/infer", json={"case": "japan-1945", "polities": ["japan"], "polity": "japan"})
    assert answer.status_code == 409
    assert "'polities' and 'polity' are one key" in answer.json()["faults"][0]["message"]


@pytest.mark.parametrize("verb", declared_verbs())
def test_a_key_is_described_in_the_words_of_a_program(verb):
    keys = body_of(question_of(verb)).model_json_schema()["properties"]
    for key, schema in keys.items():
        assert not re.search(r"--[a-z]|; repeatable|PATH=|^`", schema["description"]), key
    if "knock_out" in keys:
        assert keys["knock_out"]["description"].startswith("false: leave out")


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
