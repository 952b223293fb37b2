"""Wedges are shown by check, ripe, options and the report, with the same numbers, and only where they matter."""

from __future__ import annotations

import json
import re

import pytest

import ripeness
from ripeness.scenario.read import open_scenario

CASE = "ukraine-2023-03"


@pytest.fixture(scope="module")
def checked():
    return ripeness.check(CASE)


def test_check_warns_at_the_stated_number_and_says_what_must_be_true(checked):
    mattering = checked.wedges.that_matter()
    warnings = [warning for warning in checked.warnings if "its traits imply" in warning]
    assert len(warnings) == len(mattering) > 0
    opened = open_scenario(CASE)
    for wedge, warning in zip(mattering, warnings, strict=True):
        stated = opened.tree.at(["polities", wedge.polity, "factions", wedge.faction, "positions", "terms"])
        assert warning.startswith(f"{stated.place}: ")
        assert f"{abs(wedge.wedge.median):.2f} of the stake" in warning
        assert "both hold only if the difference is" in warning


def test_check_is_silent_where_no_terms_are_stated(tmp_path):
    checked = ripeness.check(ripeness.new(tmp_path / "war.yaml"))
    assert checked.warnings == ()
    assert checked.wedges.factions == ()


def test_json_of_check_and_of_ripe_has_the_same_wedges(checked):
    answer = ripeness.ripe(CASE, draws=8 * checked.wedges.samples, horizon=1, ignore_duration=True, ignore_record=True)
    of_check, of_ripe = (json.loads(json.dumps(each.plain()))["wedges"] for each in (checked, answer))
    assert of_check.keys() == of_ripe.keys()
    assert of_check["zones"] == of_ripe["zones"]
    keys = ("polity", "faction", "stated", "reservation", "wedge", "within", "same_sign", "matters")
    for ours, theirs in zip(of_check["factions"], of_ripe["factions"], strict=True):
        assert [ours[key] for key in keys] == [theirs[key] for key in keys]
    titles = [table.title for table in answer.layout().tables()]
    assert "Stated terms against traits, at the start" in titles
    assert "Whose wedge closes the zone, at the start" in titles


def test_the_table_of_an_option_has_every_reason_of_its_json():
    answer = ripeness.options(CASE, "ukraine", draws=128, horizon=24, only=["accept"])
    reasons = json.loads(answer.to_json())["reasons"]
    tables = [table for table in answer.layout().tables() if table.title.startswith("Why it is worth more")]
    assert len(tables) == bool(reasons)
    assert sum(len(table.rows) for table in tables) == len(reasons)
    assert "wedges" in json.loads(answer.to_json())


def test_the_report_tells_of_wedges_and_is_silent_without_any(tmp_path):
    page = ripeness.report(CASE, draws=128, horizon=2).page
    section = next(section for section in page.sections if section.key == "wedges")
    assert any(re.search(r"its traits imply", paragraph) for paragraph in section.paragraphs)
    assert section.tables
    silent = ripeness.report(ripeness.new(tmp_path / "war.yaml"), draws=128, horizon=2).page
    assert "wedges" not in [section.key for section in silent.sections]
