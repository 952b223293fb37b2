"""Across versions: other versions of a case are asked the same, and one that answers otherwise is named first."""

from __future__ import annotations

import pytest

import ripeness
from ripeness.scenario.template import template
from ripeness.show.brief import brief_layout
from ripeness.show.forecast_tables import tables_as_text
from ripeness.workbench.across_versions import VersionVerdicts, brief_with_versions, version_verdicts
from ripeness.workbench.ripe import RipeQuestion
from ripeness.world.fault import Fault

CASE = "ukraine-2023-03"


@pytest.fixture
def asked(monkeypatch):
    asked = []

    def answer(question, progress=None):
        asked.append((question.coding, question.draws))
        if question.coding == "essay":
            raise Fault("no such polity")
        return question.coding

    monkeypatch.setattr(RipeQuestion, "answer", answer)
    return asked


def test_every_other_version_is_asked_on_few_draws_and_named_by_what_it_says(asked):
    verdicts = version_verdicts(RipeQuestion(CASE, draws=4_000), "public", lambda coding: f"Not by {coding}")
    assert asked == [("essay", 500), ("ceasefire", 500)]
    assert verdicts.other == {"ceasefire": "Not by ceasefire"}
    assert verdicts.missing == ("essay",)
    assert version_verdicts(RipeQuestion(CASE, draws=64), "ceasefire", lambda coding: "").same == ("public",)
    assert {draws for _, draws in asked[2:]} == {64}


def test_a_single_file_and_evidence_are_not_compared(asked, tmp_path):
    path = tmp_path / "one.yaml"
    path.write_text(template("minimal"), encoding="utf-8")
    for question in (RipeQuestion(path), RipeQuestion(CASE, evidence=True)):
        assert version_verdicts(question, "public", str) == VersionVerdicts((), {})
    assert not asked


def test_another_verdict_stands_above_the_answer_and_the_same_one_below():
    brief = brief_layout("It is not ripe.")
    differ = tables_as_text(brief_with_versions(brief, VersionVerdicts((), {"essay": "It is ripe"})))
    agree = tables_as_text(brief_with_versions(brief, VersionVerdicts(("essay",), {})))
    assert differ.index("Analysts differ") < differ.index("It is not ripe")
    assert agree.index("It is not ripe") < agree.index("The same verdict in the analysts' version essay")
    assert brief_with_versions(brief, VersionVerdicts((), {})) is brief


def test_ripe_compares_the_versions_of_its_case():
    answer = ripeness.ripe("japan-1945", draws=64)
    versions = answer.versions
    assert {*versions.same, *versions.other, *versions.missing} == {"orthodox", "revisionist", "throne"}
    assert versions.sentence() in " ".join(tables_as_text(answer.brief()).split())
