"""A report is one file, the same twice, that says what it says in words, pictures and numbers."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.cli.app import app
from ripeness.show.report.page import Figure, Grid, Page, Section


@pytest.fixture(scope="module")
def report():
    return ripeness.report("japan-1945", draws=128, horizon=6)


def test_a_report_answers_first_and_doubts_and_cites_at_the_end(report):
    keys = [section.key for section in report.page.sections]
    assert keys[0] == "answer"
    assert keys[-3:] == ["doubt", "sources", "repeat"]
    assert {"price", "codings", "ripe", "options"} <= set(keys)
    assert report.result.sentence() in report.page.sections[0].paragraphs


def test_two_reports_of_the_same_run_are_the_same_bytes(report, tmp_path):
    again = ripeness.report("japan-1945", draws=128, horizon=6)
    assert again.html() == report.html()
    assert again.markdown() == report.markdown()


def test_a_report_asks_nothing_of_anybody_and_runs_nothing(report):
    html = report.html()
    assert "<script" not in html
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', html)
    assert "@import" not in html
    assert len(html) < 3_000_000


def test_every_picture_has_a_sentence_an_alternative_and_numbers(report):
    for section in report.page.sections:
        for figure in section.figures:
            assert figure.sentence
            assert figure.alternative
            assert section.grids, section.key


def test_inner_names_of_pictures_never_meet(report):
    names = re.findall(r'\bid="([^"]+)"', report.html())
    assert len(names) == len(set(names))


def test_every_number_stands_with_its_source_and_files_with_their_hash(report):
    sources = next(one for one in report.page.sections if one.key == "sources")
    assert len(sources.grids[0].rows) == len(report.result.cite().numbers)
    assert "ripeness report japan-1945 --coding public" in report.html()


def test_a_kept_run_is_reported_from_its_folder_alone(tmp_path):
    folder = ripeness.run("japan-1945", draws=64, horizon=3, changes={"talks.mediation": "1 to 3"}).keep(tmp_path)
    page = ripeness.report(folder.name[:8], shelf=tmp_path).page
    assert page.asked.startswith("japan-1945, coding public")
    assert any("talks.mediation=1 to 3" in one for one in page.sections[-1].commands)


def test_names_with_markup_are_words_and_nothing_else():
    evil = "<img src=x onerror=alert(1)>"
    picture, table = Figure("<svg></svg>", evil, f'"{evil}'), Grid(evil, (evil,), ((evil,),))
    section = Section("answer", evil, (evil,), (picture,), (table,))
    page = Page(evil, evil, (section,))
    assert "<img" not in page.html()
    assert 'aria-label=""' not in page.html()
    assert "<img" not in page.markdown()


def test_the_command_line_writes_the_page_and_prints_markdown(tmp_path):
    call, small = CliRunner().invoke, ["report", "japan-1945", "--draws", "64", "--horizon", "2"]
    out = tmp_path / "page.html"
    assert call(app, [*small, "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert call(app, [*small, "--markdown"]).stdout.startswith("# The end of the war between Japan")
