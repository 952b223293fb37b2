"""A report is one file, the same twice, that says what it says in words, pictures and numbers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.show.cell import row, styled
from ripeness.show.plain_words import plain_words
from ripeness.show.report.figure import Figure
from ripeness.show.report.page import Page, ReportTable, Section
from ripeness.show.report.summary import OutcomeShare, Summary, SummaryPoint
from ripeness.show.run_brief_tables import sentence_of_run
from ripeness.show.table import text_table
from ripeness.workbench.known_failures import known_failures

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def report():
    return ripeness.report("japan-1945", draws=128, horizon=6)


def test_a_report_says_first_how_analysts_differ_then_answers_and_doubts_and_cites_at_the_end(report):
    keys = [section.key for section in report.page.sections]
    assert keys[:2] == ["disagreement", "answer"]
    assert keys[-3:] == ["doubt", "sources", "repeat"]
    assert {"price", "codings", "ripe", "options"} <= set(keys)
    assert report.page.sections[1].paragraphs == (plain_words(report.result.sentence()),)
    assert report.result.sentence().startswith(sentence_of_run(report.result.summary, report.result.names))


def test_what_is_the_models_alone_is_called_so(report):
    titles = [shown.table.title for shown in report.page.sections[1].tables]
    assert "The model alone. How the war stands after" in titles
    alone = ripeness.run("japan-1945", draws=64, horizon=2, ignore_record=True)
    assert "How the war stands after" in [table.title for table in alone.layout().tables()]


def test_two_reports_of_the_same_run_are_the_same_bytes(report, tmp_path):
    again = ripeness.report("japan-1945", draws=128, horizon=6)
    assert again.html() == report.html()
    assert again.markdown() == report.markdown()


def test_a_report_asks_nothing_of_anybody_and_runs_nothing(report):
    html = report.html()
    assert "<script" not in html
    assert not re.findall(r'src="(?!data:)[^"]*"', html)
    assert not re.findall(r'<link [^>]*href="(?!data:)[^"]*"', html)
    assert not re.findall(r'<a [^>]*href="(?!#|https?://)[^"]*"', html)
    assert "@import" not in html
    assert len(html) < 3_000_000


def test_every_picture_has_a_sentence_an_alternative_and_numbers(report):
    assert sum(len(section.all_figures()) for section in report.page.sections) > 5
    for section in report.page.sections:
        for part in (section, *section.parts):
            for figure in part.figures:
                assert figure.sentence
                assert figure.alternative
                assert part.tables, part.key


def test_the_report_says_what_share_hangs_on_judgement_and_where_the_model_failed(report):
    doubt = next(section for section in report.page.sections if section.key == "doubt")
    said = " ".join(doubt.paragraphs)
    assert "judged numbers foretell" in said or "cannot be told from chance with so few simulations" in said
    assert "Error of simulating" in said
    failed = next(part for part in doubt.parts if part.key == "doubt-failures")
    told = known_failures()
    assert [row.cells[0].plain for row in failed.tables[0].table.rows] == [str(one.months) for one in told.who_wins]
    assert f"{told.who_wins[-1].model:.3f} against {told.who_wins[-1].other:.3f}" in failed.items[0]


def test_the_failures_that_a_report_tells_are_those_of_the_textbook():
    page, told = (ROOT / "docs/textbook/backtest.md").read_text(encoding="utf-8"), known_failures()
    bare = lambda x: f"{x:.3f}".lstrip("0")
    signed = lambda x: f"{x:+.3f}".replace("0.", ".")
    assert f"{told.wars} interstate wars {told.years}" in page
    for one in told.who_wins:
        (row,) = (line for line in page.splitlines() if line.startswith(f"| {one.months} | {one.n} |"))
        assert f"| {bare(one.model)} |" in row
        assert f"| {bare(one.other)} |" in row
        assert row.endswith(f"| {signed(one.difference)} [{signed(one.low)}, {signed(one.high)}] |")
    flat = re.sub(r"\s+", " ", page)
    for _, mean, low, high in told.factions:
        assert f"{signed(mean)} [{signed(low)}, {signed(high)}]" in flat
    record, model, low, high = told.long_wars
    wide = f"{high:.2f}".lstrip("0")
    assert f"{bare(record)} in the record and {bare(model)} [{bare(low)}, {wide}] in the model" in flat
    one = told.leaders
    assert (
        f"Brier {bare(one.other)} for the base rate, {bare(one.model)} for the war model ({signed(one.difference)}"
        in flat
    )


def test_each_polity_has_its_own_part_with_a_picture_and_the_options_are_a_table(report):
    parts = {section.key: section.parts for section in report.page.sections}
    assert [part.heading for part in parts["options"]] == [
        report.result.names[key] for key in report.result.forecast.polities
    ]
    for part in (*parts["options"], *(one for one in parts["who"] if one.key != "who-limits")):
        assert part.tables
        assert part.figures or part.key.removeprefix("who-") not in report.result.forecast.polities
    assert not parts["options"][0].tables[0].folded


def test_inner_names_of_pictures_never_meet(report):
    names = re.findall(r'\bid="([^"]+)"', report.html())
    assert len(names) == len(set(names))


def test_every_number_stands_with_its_source_and_files_with_their_hash(report):
    sources = next(one for one in report.page.sections if one.key == "sources")
    every_number = next(placed.table for placed in sources.tables if placed.folded)
    assert sum(bool(row.cells[1].plain) for row in every_number.rows) == len(report.result.cite().numbers)
    assert "ripeness report japan-1945 --coding public" in report.html()


def test_a_kept_run_is_reported_from_its_folder_alone(tmp_path):
    folder = ripeness.run("japan-1945", draws=64, horizon=3, changes={"talks.mediation": "1 to 3"}).keep(tmp_path)
    page = ripeness.report(folder.name[:8], shelf=tmp_path).page
    assert page.asked == "rival factions, as of 1 May 1945, 64 simulations, with 1 number changed"
    assert any("talks.mediation=1 to 3" in one for one in page.sections[-1].commands)


def test_a_run_that_was_given_evidence_is_verified_and_reported_with_it(tmp_path):
    seen = ["japan leader_fell 1945-07-01"]
    folder = ripeness.run("japan-1945", draws=64, horizon=3, observe=seen).keep(tmp_path)
    assert ripeness.verify(folder).verdict == "same bits"
    page = ripeness.report(folder).page
    assert "observations up to" in page.asked
    assert any(f"--observe '{seen[0]}'" in one for one in page.sections[-1].commands)


def test_names_with_markup_are_words_and_nothing_else():
    evil = "<img src=x onerror=alert(1)>"
    picture, table = (
        Figure("<svg></svg>", evil, f'"{evil}', "<svg></svg>"),
        ReportTable(text_table((evil, evil), [row(evil, evil)], title=evil, notes=(styled(evil),))),
    )
    part = Section("part", evil, (evil,), (), (table,), (), (evil,))
    section = Section("answer", evil, (evil,), (picture,), (table,), parts=(part,))
    shares, points = (OutcomeShare(evil, evil, evil, 1.0, "series-0"),), (SummaryPoint(evil, (evil,), "answer", evil),)
    page = Page(evil, evil, (section,), Summary(evil, evil, shares, evil, points, picture))
    assert "<img" not in page.html()
    assert 'aria-label=""' not in page.html()
    assert "<img" not in page.markdown()


def test_the_command_line_writes_the_page_and_prints_markdown(tmp_path):
    call, small = CliRunner().invoke, ["report", "japan-1945", "--draws", "64", "--horizon", "2"]
    out = tmp_path / "page.html"
    assert call(app, [*small, "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert call(app, [*small, "--markdown"]).stdout.startswith("# The end of the war between Japan")


def test_a_summary_answers_says_who_differs_decides_blocks_and_what_to_doubt_and_leads_to_the_sections(report):
    summary, keys = report.page.summary, {section.key for section in report.page.sections}
    assert summary.sentence == sentence_of_run(report.result.summary, report.result.names)
    assert sum(part.share for part in summary.shares) == pytest.approx(1, abs=0.02)
    assert [point.heading for point in summary.points][1:3] == ["Who decides", "Is it ripe, and who blocks"]
    doubts = summary.points[-1].lines
    assert [line.partition(":")[0] for line in doubts[:2]] == ["Known failures", "Sources"]
    for point in summary.points:
        assert point.lines
        assert point.section in keys
    html = report.html()
    assert all(f'href="#{point.section}"' in html for point in summary.points)
    assert summary.sentence in report.markdown().replace("\\", "")


def test_no_command_flag_or_bar_of_signs_stands_before_the_last_section(report):
    html = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", report.html(), flags=re.DOTALL)
    body = re.sub(r"<[^>]+>", "\n", html[: html.index('<section id="repeat"')])
    for typed in (
        r"--[a-z]",
        r"ripeness (?:run|ripe|infer|options|indicators|disagree|cite)\b",
        r"\bdraws\b",
        r"polities\.",
    ):
        assert not re.findall(rf".*{typed}.*", body), typed
    assert 'class="drawn"' not in html


def test_keys_of_sources_lead_to_works_and_works_with_an_address_to_the_web(report):
    html = report.html()
    leads = set(re.findall(r'href="#(source-[^"]+)"', html))
    assert len(leads) > 20
    assert leads <= set(re.findall(r'id="(source-[^"]+)"', html))
    addresses = [work.address for work in report.result.cite().bibliography if work.address.startswith("https://")]
    assert addresses
    assert all(f'<a href="{address}">' in html for address in addresses if "&" not in address)


def test_a_number_is_told_by_the_names_of_the_scenario_under_whose_it_is(report):
    sources = next(one for one in report.page.sections if one.key == "sources")
    rows = next(placed.table for placed in sources.tables if placed.folded).rows
    assert "." not in "".join(row.cells[0].plain for row in rows if row.emphasis == "bold").replace("U.S.", "")
    assert any(row.level and not row.emphasis for row in rows)
