"""Every field of every declared question is a key of its JSON body and a control of its page; what no page asks is
listed with the reason, in one place, and neither the command line nor the documentation says otherwise.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer
from nicegui import Client
from nicegui.page import page

from ripeness.cli.app import app
from ripeness.web.api.interface import interface
from ripeness.web.pages.decide import DecidePage
from ripeness.web.pages.what_if import ON_PAGE, WhatIfPage
from ripeness.web.question_body import body_of
from ripeness.web.question_form import ADVANCED
from ripeness.web.question_page import QuestionPage
from ripeness.web.screens import ALL, screen
from ripeness.web.workspace import Subject
from ripeness.workbench.parameter import ValueKind
from ripeness.workbench.question import parameters
from ripeness.workbench.verbs import declared_verbs, question_of
from ripeness.world.fault import Fault

CASE = "japan-1945"
DOCS = Path(__file__).parents[2] / "docs" / "how-to" / "workbench.md"
ON_TOP = {"case_or_path", "case_or_run", "coding", "path"}  # chosen at the top of a page, or written there as a table
NOT_ASKED = {  # flags of declared questions that are no fields of a form, and why
    "--json": "the answer is among the files of each chart",
    "--out": "an answer is kept by itself, and its tables, pictures and files stand below its charts",
    "--plot": "a chart's picture is among its files",
    "--picture": "all pictures are shown",
    "--netcdf": "a kept run holds its data; draws of power are written to a file on the command line",
    "--ics": "the page Watch has a button for the calendar",
    "--markdown": "a report has a link to its Markdown",
    "--keep": "a forecast has a button that keeps its run",
    "--shelf": "a workbench has a shelf of its own",
    "--full": "an answer has the rest under More",
    "--table": "an answer has its tables under More",
    "--months": "the server reads no files for its visitors; monthly totals are given on the command line",
    "--list": "the page shows the links, numbers and presets that there are",
    "--readings": "the server reads no files for its visitors; write the readings into the scenario",
    "--sheets": "the server reads no files for its visitors; judges' sheets are named on the command line",
    "--options": "own options are written into the form, one a line",
    "--engine": "who serves the workbench says where wars are fought, by RIPENESS_ENGINE",
    "--scheduler": "a visitor could have the server connect to anywhere; who serves it sets RIPENESS_SCHEDULER",
    "--read": "the server reads no files for its visitors; sheets are read back on the command line",
    "--pool": "sheets are pooled where they are read, on the command line",
    "--cutoff": "sheets are pooled where they are read, on the command line",
    "--seeds": "the server reads no files for its visitors; seed questions are named on the command line",
    "--key": "true values of seed questions stay with who asks them",
    "--effect-draws": "it is about sheets that were read, on the command line",
    "--every-number": "it is about sheets that were read, on the command line",
    "--matrix": "another question: it weighs a table of one's own and reads no case",
}
FLAGS = {
    verb: {
        flag
        for parameter in typer.main.get_command(app).commands[verb].params
        for flag in parameter.opts
        if flag.startswith("--")
    }
    for verb in declared_verbs()
}


def asked(verb):
    """The fields that a page must have besides what stands at its top."""
    return {one.name for one in parameters(question_of(verb)) if one.served and one.name not in ON_TOP}


@pytest.fixture
def canvas():
    """A page without a browser, to build parts of pages on."""
    with Client(page("/test")) as client:
        yield client


@pytest.mark.parametrize("verb", declared_verbs())
def test_every_field_is_a_key_of_the_body(verb):
    keys = set(body_of(question_of(verb)).model_json_schema()["properties"])
    assert keys == {key for one in parameters(question_of(verb)) if one.served for key in (one.key, *one.old_keys)}


@pytest.mark.parametrize("verb", sorted(set(declared_verbs()) - {"decide", "whatif"}))
def test_every_field_is_a_control_of_the_page(canvas, services, verb):
    where = next((one for one in ALL if one.verb == verb), screen("/what-matters"))
    form = QuestionPage(services, where, Subject(CASE), verb).form
    assert set(form.controls) == asked(verb)
    hidden = {one.name for one in parameters(question_of(verb)) if one.served and (one.expert or one.name in ADVANCED)}
    assert {name for name, field in form.fields.items() if not field.usual} == hidden - ON_TOP


def test_every_field_is_a_control_of_the_page_what_if(canvas, services):
    assert set(WhatIfPage(services, screen("/what-if"), Subject(CASE)).form.controls) | set(ON_PAGE) == asked("whatif")


def test_every_field_is_a_control_of_the_page_decide(canvas, services):
    assert set(DecidePage(services).form.controls) == asked("decide")


def test_a_further_table_of_the_page_decide_is_compared_under_a_name_of_its_own(canvas, services):
    decide = DecidePage(services)
    alone = decide.task(keep=False)
    decide.add_table()
    both = decide.task(keep=False)
    assert alone.question.case == "the table 'Emission standards'"
    assert both.question.case == "the tables Emission standards and Emission standards 2"
    assert both.id != alone.id
    decide.further[0].name.value = decide.first.name.value
    with pytest.raises(Fault, match="two tables have one name"):
        decide.task(keep=False)


@pytest.mark.parametrize("verb", declared_verbs())
def test_a_flag_is_a_field_or_is_listed_with_the_reason_why_it_is_none(verb):
    fields = {flag for one in parameters(question_of(verb)) if one.served for flag in one.flags}
    assert FLAGS[verb] - fields - {"--help"} <= set(NOT_ASKED)


def test_nothing_is_listed_that_a_page_asks_or_that_is_no_flag():
    fields = {
        flag for verb in declared_verbs() for one in parameters(question_of(verb)) if one.served for flag in one.flags
    }
    asked_by_one = {"--full"}  # all levers of mechanisms
    assert fields & set(NOT_ASKED) == asked_by_one
    assert set(NOT_ASKED) <= set().union(*FLAGS.values())


def test_the_documentation_lists_the_same_flags_with_the_same_reasons():
    listed = re.findall(r"^\| `(--[a-z-]+)` \| (.+) \|$", DOCS.read_text(encoding="utf-8"), re.MULTILINE)
    assert dict(listed) == NOT_ASKED


def test_every_question_about_a_case_has_a_route_that_is_described_by_its_declaration(services):
    routes = interface(services).openapi()["paths"]
    for verb in declared_verbs():
        question = question_of(verb)
        if parameters(question)[0].kind is ValueKind.CASE:
            assert routes[f"/api/v1/{verb}"]["post"]["description"].startswith(question.summary)
