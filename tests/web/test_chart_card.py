"""A chart in a page: its definition in four looks, its data as a table, what it is of, and files to take away."""

from __future__ import annotations

import gzip

import pytest
from fastapi import FastAPI
from tests.web.conftest import send

from ripeness.web.answer import KeptAnswer, Picture, find_answer, keep_answer
from ripeness.web.chart_card import chart_card
from ripeness.web.chart_library import ADDRESS, chart_library_route
from ripeness.web.chart_table import chart_table
from ripeness.web.guard import policy
from ripeness.web.pictures import every_look
from ripeness.web.question import QuestionRecord


def chart(ink="black", **more):
    rows = [{"name": "a <b>", "p": 0.25}, {"name": "c", "p": 0.5}]
    tips = [{"field": "name", "title": " ", "type": "nominal"}, {"field": "p", "title": "share", "format": ".0%"}]
    return {
        "title": {"text": ["More than", "half"], "subtitle": "of <all>"},
        "description": 'said "so"',
        "data": {"name": "rows"},
        "datasets": {"rows": rows},
        "mark": {"type": "bar", "color": ink},
        "width": 640,
        "height": 300,
        "encoding": {"x": {"field": "p", "type": "quantitative"}, "tooltip": tips},
        **more,
    }


PICTURE = Picture(chart(), chart("white"), {"light": chart(width=111), "dark": chart("white", width=111)})
ANSWER = KeptAnswer(
    "run-x-1",
    "run",
    "x",
    "mine",
    "A <war>",
    "Said.",
    "",
    "",
    pictures={"plot": PICTURE},
    facts={"past_wars": "past interstate conflicts"},
    question=QuestionRecord("x", "mine", "factional", 2000, 7, "2023-03-15"),
)


@pytest.fixture
def kept(services):
    keep_answer(ANSWER, services.workspace.answers())
    return f"/answers/{ANSWER.id}/plot"


def test_a_card_has_title_description_and_four_tabs_and_nothing_unescaped():
    html = chart_card(ANSWER, "plot", PICTURE)
    assert "<h3>More than half</h3>" in html
    assert "of &lt;all&gt;" in html
    assert 'aria-label="said &quot;so&quot;"' in html
    assert [tab in html for tab in (">Chart<", ">Table<", ">Sources<", ">Download<")] == [True] * 4
    assert ".svg</a>" not in html
    sources = html.partition("<dl>")[2].partition("</dl>")[0]
    for said in ("A &lt;war&gt;", "mine", "rival factions", "15 March 2023", "2,000", "<dd>7</dd>", "interstate"):
        assert said in sources


def test_a_chart_that_tells_nothing_when_pointed_at_has_no_table():
    silent = chart(encoding={"x": {"field": "p", "type": "quantitative"}})
    assert chart_table(silent) is None
    assert ">Table<" not in chart_card(ANSWER, "plot", Picture(silent, silent))


def test_a_table_has_what_the_chart_tells_as_it_tells_it():
    table = chart_table(PICTURE.light)
    assert table.rows == (("a <b>", "25 %"), ("c", "50 %"))
    assert "a &lt;b&gt;" in table.html("Shares")
    assert table.csv().splitlines()[1:] == ["a <b>,25", "c,50"]
    assert table.csv().startswith('name,"share, %"')


def test_definitions_are_served_in_four_looks_and_small(ask, kept):
    looks = {look: ask("GET", f"{kept}.json?look={look}").json() for look in every_look(PICTURE)}
    assert looks == every_look(PICTURE)
    assert looks["dark"]["mark"]["color"] == "white"
    assert looks["light-narrow"]["width"] == 111
    answer = ask("GET", f"{kept}.json", headers={"accept-encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"


def test_files_of_a_chart_are_what_they_say(ask, kept):
    assert ask("GET", f"{kept}.png").content.startswith(b"\x89PNG")
    assert ask("GET", f"{kept}.svg").text.startswith("<svg")
    assert ask("GET", f"{kept}.csv").text.startswith("name,")
    assert "<table>" in ask("GET", f"{kept}.table").text
    for ending in ("png", "svg", "csv", "table", "json"):
        assert ask("GET", f"/answers/{ANSWER.id}/other.{ending}").status_code == 404


def test_a_kept_answer_keeps_the_forms_for_a_phone(services, kept):
    assert find_answer(services.workspace.answers(), ANSWER.id).pictures["plot"] == PICTURE


def test_the_library_comes_from_here_once_and_stays_in_the_browser():
    app = FastAPI()
    app.include_router(chart_library_route())
    plain = send(app, "GET", ADDRESS, headers={"accept-encoding": "identity"})
    small = send(app, "GET", ADDRESS, headers={"accept-encoding": "gzip"})
    assert "immutable" in plain.headers["cache-control"]
    assert plain.content == small.content
    assert len(gzip.compress(plain.content)) < 400_000
    assert plain.text.startswith("(() => {")  # nothing of it is seen by the page but one name
    assert "'self'" in policy("n")["content-security-policy"].partition("script-src")[2]
