"""The shipped councils keep the rules they were coded by, and the reader points at whoever breaks one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from ripeness.scenario.council import CouncilDecision, read_council, shipped_council_files, shipped_councils
from ripeness.scenario.council_form import HALF_WIDTH
from ripeness.scenario.yaml_tree import read_tree
from ripeness.world.fault import Fault

FILES = tuple(shipped_council_files())
FOLDER = FILES[0].parent
SAMPLE = FOLDER / "uk-1940-05-28.yaml"
BOTH_SIDES = {"had_his_way", "outvoted", "mediated", "divided"}


@pytest.fixture(scope="module")
def record() -> tuple[CouncilDecision, ...]:
    return shipped_councils()


def broken(tmp_path: Path, old: str, new: str) -> str:
    """The fault of the sample with one text replaced."""
    text = SAMPLE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / SAMPLE.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Fault) as caught:
        read_council(path)
    assert caught.value.place is not None
    return str(caught.value)


def test_there_are_enough_decisions_bodies_and_countries(record):
    assert len(record) >= 32
    assert len({one.body_key for one in record}) >= 14
    assert len({one.country for one in record}) >= 10


def test_leaders_won_lost_mediated_and_were_divided(record):
    assert {one.leader_fared for one in record} == BOTH_SIDES
    assert any(one.leader_divided for one in record)


def test_every_regime_type_and_end_of_war_is_there(record):
    assert {one.regime for one in record} == {"democracy", "mixed", "autocracy"}
    assert {one.topic for one in record} == {"make", "widen", "continue", "limit", "end"}


def test_no_position_rests_on_words_after_the_decision(record):
    assert all(said.day <= one.day for one in record for member in one.members for said in member.said)


def test_every_word_has_a_listed_source_and_a_place(record):
    for one in record:
        keys = {source.id for source in one.sources}
        for member in one.members:
            assert member.said, (one.id, member.key)
            assert all(said.source in keys and said.place.strip() for said in member.said), (one.id, member.key)


def test_ranges_follow_from_the_basis(record):
    for one in record:
        for member in one.members:
            widest = 2 * HALF_WIDTH[member.basis] + 0.011
            low, high = member.position_range
            assert low <= member.position <= high, (one.id, member.key)
            assert high - low <= widest, (one.id, member.key)


def test_most_positions_come_from_minutes_or_reports(record):
    bases = [member.basis for one in record for member in one.members]
    assert np.mean([basis in {"minuted", "reported"} for basis in bases]) > 0.75


def test_arrays_agree_in_shape_and_weights_sum_to_one(record):
    for one in record:
        count = len(one.members)
        assert one.position.shape == one.salience.shape == one.weight.shape == one.vote.shape == (count,)
        assert one.position_range.shape == (count, 2)
        assert one.weight.sum() == pytest.approx(1)
        assert 0 <= one.leader < count
        assert 0 <= one.decided < len(one.options)
        assert one.decided_range[0] <= one.options[one.decided] <= one.decided_range[1]


def test_an_outvoted_leader_stood_away_from_the_decision(record):
    for one in record:
        if one.leader_fared == "outvoted":
            assert abs(one.position[one.leader] - one.decided_position) > 0.3, one.id


def test_a_leader_who_had_his_way_stood_nearer_to_the_decision_than_an_outvoted_one(record):
    gap = {
        fared: np.mean([abs(c.position[c.leader] - c.decided_position) for c in record if c.leader_fared == fared])
        for fared in ("had_his_way", "outvoted")
    }
    assert gap["had_his_way"] < gap["outvoted"] / 2


def test_the_list_of_candidates_accounts_for_every_file():
    listed = read_tree(FOLDER / "inclusion.yaml").plain()["candidates"]
    coded = {one["id"] for one in listed if one["status"] == "coded"}
    assert coded == {path.stem for path in FILES}
    assert all(one["why"] and one["reason"] for one in listed if one["status"] == "left_out")
    assert len({one["id"] for one in listed}) == len(listed)
    assert {one["status"] for one in listed} == {"coded", "left_out"}


def test_the_regime_follows_from_the_score_of_the_year_before(record):
    for path, one in zip(FILES, record, strict=True):
        regime = read_tree(path).plain()["regime"]
        assert regime["year"] < one.day.year
        if "polity2" in regime:
            score = regime["polity2"]
            assert one.regime == ("democracy" if score >= 6 else "autocracy" if score <= -6 else "mixed"), one.id
        else:
            assert regime["why"], one.id


def test_a_mistyped_key_is_pointed_at_with_the_right_one(tmp_path):
    message = broken(tmp_path, "    salience:", "    salence:")
    assert "'salence' is not a key here; did you mean 'salience'?" in message
    assert f"{SAMPLE.name}:" in message


def test_words_from_after_the_decision_are_refused(tmp_path):
    assert "after the decision" in broken(tmp_path, 'date: "1940-05-27"', 'date: "1940-05-29"')


def test_a_source_that_is_not_listed_is_refused(tmp_path):
    assert "'diary' is not among the sources" in broken(tmp_path, "source: chamberlain_diary", "source: diary")


def test_a_leader_who_is_no_member_is_refused(tmp_path):
    assert "the leader 'king' is not among the members" in broken(tmp_path, "  member: pm", "  member: king")


def test_a_range_that_breaks_the_rule_of_widths_is_refused(tmp_path):
    wide, narrow = "{at: 0.9, range: [0.8, 1]}", "{at: 0.9, range: [0.85, 0.95]}"
    assert "the rule makes the range" in broken(tmp_path, wide, narrow)


def test_a_date_outside_the_two_centuries_is_refused(tmp_path):
    assert "1815 to 2015" in broken(tmp_path, "date: 1940-05-28", "date: 2020-05-28")


def test_a_missing_part_is_named(tmp_path):
    assert "'grade' is missing here" in broken(tmp_path, "    grade: A1\n", "")


def test_a_folder_without_the_file_gives_a_fault_and_no_traceback(tmp_path):
    with pytest.raises(Fault, match="cannot be read"):
        read_council(tmp_path / "none.yaml")


def test_the_textbook_lists_every_decision_as_it_stands_in_the_files(record):
    page = (Path(__file__).parents[2] / "docs" / "textbook" / "councils.md").read_text(encoding="utf-8")
    rows = {line.split("`")[1]: line for line in page.splitlines() if line.startswith("| `")}
    assert set(rows) == {one.id for one in record}
    for one in record:
        assert f"| {one.decided_position:.2f} {one.option_names[one.decided]} |" in rows[one.id], one.id
        stood = f"{one.position[one.leader]:.2f}{' (divided)' if one.leader_divided else ''}"
        assert f"| {one.regime} | {len(one.members)} | {stood} |" in rows[one.id], one.id
