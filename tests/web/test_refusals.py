"""What cannot be used is refused in one form, and nothing is kept that cannot be sent back."""

from __future__ import annotations

import re

import pytest

from ripeness.web.access import Access
from ripeness.web.guard import MOST_BYTES
from ripeness.web.jobs import BackgroundJob
from ripeness.web.refusals import MOST_FAULTS

OPEN, CLOSED = Access(), Access("0.0.0.0", 8321, "a-token-of-twenty-letters")
HELD = b'"case": "japan-1945", "polity": '
BODIES = [
    (b"", "is empty"),
    (b"[]", "no JSON object"),
    (b"null", "no JSON object"),
    (b"3", "no JSON object"),
    (b"{", "not JSON"),
    (b"{" + HELD + rb'"\ud800"}', "surrogate"),
    (b"{" + HELD + rb'"a\udfffb"}', "surrogate"),
    (rb'{"\udc00": 1}', "surrogate"),
    (b'{"case": "japan-1945", "seed": NaN}', "NaN is no number"),
    (b'{"case": "japan-1945", "seed": -Infinity}', "-Infinity"),
    (b'{"case": "japan-1945", "seed": 1e999}', "too large"),
    (b'{"seed": ' + b"9" * 5000 + b"}", "digits"),
    (b"[" * 100_000, "nested too deeply"),
    (b'{"a":' * 100_000, "nested too deeply"),
    (b'{"case": "a", "case": "b"}', "'case' stands twice"),
    (b"\xff\xfe{\x00", "UTF-8"),
    (b'{"case": "japan-1945", "seed": "1"}', "'seed'"),
    (b'{"case": "japan-1945", "seed": true}', "'seed'"),
    (b'{"case": "japan-1945", "sead": 1}', "'sead' is no key"),
    (b"{}", "'case' is missing"),
    (b"{" + b",".join(b'"k%d": 1' % n for n in range(500)) + b"}", "'case' is missing"),
]


@pytest.fixture
def unheard(services, monkeypatch):
    """A line that takes jobs and does none."""
    monkeypatch.setattr(services.jobs.lines["long"], "submit", lambda *_: None)


def refused(answer, status=422):
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/json"
    faults = answer.json()["faults"]
    assert list(answer.json()) == ["faults"]
    assert 0 < len(faults) <= MOST_FAULTS
    assert all(set(one) == {"message", "line", "column", "field"} for one in faults)
    return faults[0]["message"]


@pytest.mark.parametrize(("body", "says"), BODIES)
def test_a_body_that_cannot_be_used_is_refused_and_the_list_of_jobs_goes_on(ask, unheard, body, says):
    assert says in refused(ask("POST", "/api/v1/infer", content=body, headers={"content-type": "application/json"}))
    assert ask("GET", "/api/v1/jobs").json() == []


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "nonsense", ""]
)
def test_a_body_that_is_not_said_to_be_json_is_refused(ask, unheard, kind):
    answer = ask("POST", "/api/v1/run", content=b'{"case": "japan-1945"}', headers={"content-type": kind})
    assert "Content-Type" in refused(answer)


def test_every_route_with_a_body_refuses_in_the_same_form(ask, unheard):
    paths = ask("GET", "/api/v1/openapi.json").json()["paths"]
    posts = [path.replace("{question}", "truce") for path, methods in paths.items() if "post" in methods]
    assert len(posts) >= 12
    for path in posts:
        for body in (b'{"x": NaN}', b"[1]", b'{"unknown": 1}'):
            refused(ask("POST", path, content=body, headers={"content-type": "application/json"}))


def test_what_is_outside_the_basic_plane_comes_back_as_it_was_sent(ask, unheard):
    job = ask(
        "POST",
        "/api/v1/infer",
        content=rb'{"case": "japan-1945", "observe": ["\ud83d\ude00"]}',
        headers={"content-type": "application/json"},
    )
    assert job.status_code == 202
    assert "\U0001f600" in ask("GET", "/api/v1/jobs").json()[0]["title"]


def test_a_job_that_failed_over_text_that_cannot_be_sent_is_listed_all_the_same(ask, services):
    from ripeness.world.fault import Fault, Place

    def fail(_):
        raise Fault("file \udcff cannot be read", Place("w\udcff.yaml", 3, 7), others=(Fault("nor this"),))

    assert services.jobs.start(BackgroundJob("a", "run", "A"), fail).finished.wait(60)
    (job,) = ask("GET", "/api/v1/jobs").json()
    assert job["state"] == "failed"
    assert [(one["message"], one["line"], one["column"]) for one in job["faults"]] == [
        ("file ? cannot be read", 3, 7),
        ("nor this", None, None),
    ]


def test_an_address_that_is_none_and_a_method_that_is_none_are_refused_in_the_same_form(ask):
    assert "openapi.json" in refused(ask("GET", "/api/v1/nothing"), 404)
    assert "openapi.json" in refused(ask("GET", "/api/"), 404)
    answer = ask("PUT", "/api/v1/jobs/x")
    assert "GET or DELETE" in refused(answer, 405)
    assert answer.headers["allow"] == "GET, DELETE"
    refused(ask("BREW", "/api/v1/run"), 405)
    assert refused(ask("POST", "/api/v1/ledger/score", json={}), 405).startswith("this address gives the scores")


def test_a_full_line_says_so(ask, unheard):
    answers = [ask("POST", "/api/v1/run", json={"case": "japan-1945", "seed": seed}) for seed in range(51)]
    assert {answer.status_code for answer in answers[:50]} == {202}
    assert "waiting already" in refused(answers[50], 429)


def test_an_error_of_the_program_is_told_by_number_and_logged_in_full(ask, services, monkeypatch, capsys):
    def breaks():
        raise KeyError("a secret of the program")

    monkeypatch.setattr(services.workspace, "subjects", breaks)
    answer = ask("GET", "/api/v1/cases")
    number = re.search(r"number ([0-9a-f]{8})", refused(answer, 500))[1]
    logged = capsys.readouterr().err
    assert f"internal error {number} at 'GET /api/v1/cases'" in logged
    assert "a secret of the program" in logged
    assert "secret" not in answer.text


def test_a_job_that_breaks_is_told_by_number_too(services, capsys):
    job = services.jobs.start(BackgroundJob("a", "run", "A"), lambda _: {}["a secret of the program"])
    assert job.finished.wait(60)
    assert "secret" not in job.error
    assert re.search(r"number ([0-9a-f]{8})", job.error)[1] in capsys.readouterr().err


def test_a_page_that_is_not_there_says_where_to_go(ask):
    answer = ask("GET", "/nothing-here")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert 'href="/"' in answer.text
    assert not re.search(r"https?://", answer.text)


@pytest.mark.parametrize(
    ("headers", "status"), [({"host": "evil.example"}, 421), ({"origin": "http://evil.example"}, 403)]
)
def test_the_guard_refuses_programs_in_the_same_form(ask_through, headers, status):
    refused(ask_through(OPEN, "POST", "/api/v1/run", json={}, headers=headers), status)


def test_a_body_that_grows_too_large_without_having_said_so_is_refused_as_too_large(ask_through):
    async def parts():
        for _ in range(MOST_BYTES // 2**20 + 2):
            yield b"x" * 2**20

    assert "MB" in refused(
        ask_through(OPEN, "POST", "/api/v1/run", content=parts(), headers={"content-type": "application/json"}), 413
    )


def test_without_the_token_a_program_is_told_so_in_the_same_form(ask_through):
    assert "Authorization: Bearer" in refused(ask_through(CLOSED, "POST", "/api/v1/run", json={}), 401)
