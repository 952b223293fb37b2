"""While a scenario is typed: faults at their line, words that fit, and a map that writes into the file."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.scenario.read import read_scenario, read_text
from ripeness.scenario.template import template
from ripeness.scenario.write import edit_text
from ripeness.show.cell import dim, number_cell, numbers, row, styled, words
from ripeness.show.table import layout, numeric_table, text_table
from ripeness.web.actor_map import draw_map
from ripeness.web.checked_text import check_text
from ripeness.web.completion import completions

MINIMAL = template("minimal")


def test_a_sound_text_has_no_fault_and_every_number_as_a_row(workspace):
    found = check_text(workspace.scenarios(), MINIMAL)
    assert found.sound
    assert not [one for one in found.marks if one.kind == "fault"]
    assert {row.origin for row in found.rows()} == {"scenario", "default"}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [("stake:", "stakes:", "stake"), ("start:", "start", "YAML"), ("title:", "title: [", "YAML")],
)
def test_a_fault_is_marked_at_its_line(workspace, old, new, says):
    text = MINIMAL.replace(old, new, 1)
    line = next(n for n, one in enumerate(text.split("\n"), 1) if new in one)
    found = check_text(workspace.scenarios(), text)
    assert not found.sound
    assert any(says in one.message and abs(one.line - line) <= 1 for one in found.marks), found.marks


def labels(text):
    return [one["label"] for one in completions(text)]


def test_keys_are_completed_where_they_belong():
    assert "stake" in labels("st")
    assert labels("stake:\n  he") == ["held"]
    assert "salience" in labels("polities:\n  north:\n    factions:\n      army:\n        sal")
    assert "kind" in labels("stake:\n  held: {value: 0.3, k")


def test_values_are_completed_where_only_some_are_allowed():
    assert "measured" in labels("stake:\n  held: {value: 0.3, kind: ")
    assert "month" in labels("step: m")


def test_a_key_that_stands_already_is_not_offered_again():
    assert "title" not in labels("title: x\nt")


@given(st.text(alphabet=st.sampled_from("ab:-{}[]\n ,#'\"~"), max_size=60))
def test_completion_answers_any_text(text):
    assert isinstance(completions(text), list)


def test_a_dragged_actor_changes_its_numbers_and_keeps_every_comment():
    scenario = read_text(MINIMAL).scenario
    polity, found = next((key, one) for key, one in scenario.polities.items() if one.factions and one.issues)
    faction, issue = next(iter(found.factions)), next(iter(found.issues))
    path = f"polities.{polity}.factions.{faction}.positions.{issue}"
    text = edit_text(MINIMAL, {path: 0.33})
    assert read_text(text).scenario.polities[polity].factions[faction].positions[issue].interval()[1] == pytest.approx(
        0.33
    )
    comments = [line.partition("#")[2] for line in MINIMAL.split("\n") if "#" in line]
    assert [line.partition("#")[2] for line in text.split("\n") if "#" in line] == comments


def test_the_map_of_actors_escapes_every_name():
    polity = read_scenario("japan-1945").polities["japan"]
    first = next(iter(polity.factions))
    evil = polity.factions[first].model_copy(update={"name": '<script>"&'})
    shown = draw_map(
        polity.model_copy(update={"factions": {**polity.factions, first: evil}}), next(iter(polity.issues))
    )
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def test_tables_of_the_terminal_become_tables_of_a_page_with_every_text_escaped():
    table = text_table([words(), numbers("n")], [row("<b>", dim("1 & 2"))], title="A < B")
    (found,) = layout(table).html_blocks()
    assert "<caption>A &lt; B</caption>" in found
    assert '<th scope="row" class="left">&lt;b&gt;</th>' in found
    assert '<td class="right" data-head="n"><span class="quiet">1 &amp; 2</span></td>' in found


def test_a_wide_table_turns_on_a_phone_and_each_cell_knows_its_column():
    headings = ("", '"a" <b>', "c", "d", "e", "f")
    line = row("north", "0.1-0.2", ":japan:", "", "", "unbreakable " + "long" * 8)
    (found,) = layout(text_table(headings, [line])).html_blocks()
    assert 'class="sheet turns"' in found
    assert 'data-head="&quot;a&quot; &lt;b&gt;"><span class="whole">0.1-0.2</span>' in found
    assert ":japan:" in found


def test_parts_of_one_cell_stay_together_where_a_table_turns():
    cells = [number_cell(styled("0 (0-4)"), 0.0), number_cell(styled("12", ("\n3-40", "dim")), 12.0)]
    (found,) = layout(numeric_table("", ["a", "b"], [row("north", *cells)])).html_blocks()
    assert '<span>0 <span class="whole">(0-4)</span></span>' in found
    assert '<span>12<span class="quiet"><br>' in found


@pytest.mark.parametrize("case", ["colombia-2012-08", "tigray-2022-08"])
def test_names_of_actors_do_not_cover_one_another(case):
    for polity in read_scenario(case).polities.values():
        for issue in polity.issues:
            shown = draw_map(polity, issue)
            texts = re.findall(r'<text data-of="[^"]*" x="([\d.]+)" y="([\d.]+)"[^>]*>(.*?)</text>', shown)
            boxes = [(float(x), float(y), spans.count("<tspan")) for x, y, spans in texts]
            assert len(set(boxes)) == len(polity.factions)


def test_names_of_actors_stand_whole_on_their_map():
    polity = read_scenario("japan-1945").polities["japan"]
    shown = draw_map(polity, "terms").replace("</tspan>", " ")
    said = unescape(re.sub(r"<title>.*?</title>|<[^>]+>", "", shown))
    for faction in polity.factions.values():
        assert faction.name in said
    assert "…" not in said


def test_on_a_phone_long_names_beside_bars_are_broken_into_lines_and_not_cut():
    from ripeness.web.answer import Picture
    from ripeness.web.pictures import definition, svg_of

    name = "Japan, Field-grade officers of the ministries and staffs: position on terms"
    y = {"field": "a", "type": "nominal", "sort": [name], "axis": {"labelLimit": 330}}
    chart = {
        "data": {"values": [{"a": name, "b": 1}]},
        "width": 600,
        "height": 26,
        "layer": [{"mark": "bar", "encoding": {"y": y, "x": {"field": "b", "type": "quantitative"}}}],
    }
    shown = svg_of(definition(Picture(chart, {}), dark=False, narrow=True))
    assert "…" not in shown
    assert ">Japan, Field-grade<" in shown
    assert ">position on terms<" in shown


def test_a_picture_with_a_value_that_is_no_number_is_still_drawn():
    from ripeness.web.answer import Picture
    from ripeness.web.pictures import ROOM, definition

    picture = Picture({"width": 640, "data": {"values": [{"a": float("nan")}]}}, {})
    assert json.loads(definition(picture, dark=False, narrow=True)) == {
        "padding": ROOM,
        "width": 250,
        "data": {"values": [{"a": None}]},
    }


def test_on_a_phone_panels_with_names_stand_below_each_other_and_legends_have_one_name_a_line():
    from ripeness.web.answer import Picture
    from ripeness.web.pictures import definition

    def looks(kind):
        spec = {"encoding": {"y": {"type": kind}, "color": {"legend": {"orient": "top"}}}}
        return json.loads(definition(Picture({"facet": {"field": "a"}, "spec": spec}, {}), dark=False, narrow=True))

    assert (looks("nominal")["columns"], looks("quantitative")["columns"]) == (1, 2)
    facet = {"field": "a", "sort": ["Prime minister's office and civil cabinet"]}
    long = Picture(
        {"facet": facet, "spec": {}, "title": {"text": "The end of the war between Japan and the United States"}}, {}
    )
    assert json.loads(definition(long, dark=False, narrow=True))["columns"] == 1
    assert json.loads(definition(long, dark=False, narrow=True))["title"]["text"] == [
        "The end of the war between Japan and",
        "the United States",
    ]
    assert looks("nominal")["spec"]["encoding"]["color"]["legend"]["columns"] == 1
