"""Diff with its answer: which groups of numbers make two kept runs differ, or why that cannot be asked."""

from __future__ import annotations

import sys

import pytest

import ripeness
from ripeness.main import main
from ripeness.world.fault import Fault

CASE = "ukraine-2023-03"


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    shelf = tmp_path_factory.mktemp("shelf")
    return {
        name: ripeness.run(CASE, draws=64, horizon=6, **arguments).keep(shelf)
        for name, arguments in {
            "public": {},
            "essay": {"coding": "essay"},
            "set": {"changes": {"polities.russia.conduct.posture": 0.99}},
            "seed": {"seed": 2},
            "evidence": {"coding": "essay", "evidence": True},
        }.items()
    }


def causes(first, second):
    return ripeness.diff(first, second, answer=True).causes


def test_the_parts_of_two_versions_add_up_to_their_difference(kept):
    answer = causes(kept["public"], kept["essay"])
    assert answer.versions == ("public", "essay")
    pairs = [part for part in answer.main_outcome.split.pairs if part.first == "public"]
    assert len(pairs) > 1
    assert {part.second for part in pairs} == {"essay"}


def test_runs_of_one_version_are_called_first_and_second_and_the_number_set_is_the_cause(kept):
    answer = causes(kept["public"], kept["set"])
    assert answer.versions == ("first", "second")
    for spread in answer.outcomes:
        if spread.split is not None:
            moved = {part.label for part in spread.split.pairs if abs(part.difference) > 1e-12}
            assert moved <= {"the conduct of states"}


def test_runs_on_the_same_numbers_or_on_evidence_are_refused(kept):
    with pytest.raises(Fault, match="rest on the same numbers"):
        causes(kept["public"], kept["seed"])
    with pytest.raises(Fault, match="given evidence are not split"):
        causes(kept["public"], kept["evidence"])


def test_without_it_no_causes_are_told(kept):
    difference = ripeness.diff(kept["public"], kept["essay"])
    assert difference.causes is None
    assert difference.causes_layout() is None
    assert "causes" not in difference.plain()


def test_a_refusal_on_the_command_line_is_bad_input(kept, monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["ripeness", "diff", str(kept["public"]), str(kept["seed"]), "--answer"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 2
    assert "rest on the same numbers" in " ".join(capsys.readouterr().err.split())
