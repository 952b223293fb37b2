"""Two codings of the same councils: the second one that is shipped, how far they agree, and what it does to scores."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
import yaml
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.scenario.council import read_council, recoded_council_files, shipped_council_files, shipped_councils
from ripeness.validation.councils.agreement import coding_agreement
from ripeness.validation.councils.recoded_scores import recoded_scores
from ripeness.validation.verbs.councils import agreement
from ripeness.world.fault import Fault

FILES = {path.stem: path for path in shipped_council_files()}
RECODED = {path.stem: path for path in recoded_council_files()}


@pytest.fixture(scope="module")
def pairs():
    return [(read_council(FILES[id_]), read_council(path)) for id_, path in RECODED.items()]


def test_the_second_coding_is_of_decisions_on_record_and_adds_none():
    assert len(RECODED) >= 12
    assert RECODED.keys() <= FILES.keys()
    assert len({council.id for council in shipped_councils()}) == len(FILES) == 47


def test_each_recoded_file_says_that_it_was_coded_blind_and_from_what():
    for path in RECODED.values():
        coder = yaml.safe_load(path.read_text(encoding="utf-8"))["coder"]
        assert "second, blind coding" in coder["hindsight"]
        assert "Open while coding" in coder["checked"]


def test_a_coding_agrees_with_itself_in_everything(pairs):
    result = coding_agreement([(first, first) for first, _ in pairs])
    alphas = [row.alpha.value for row in result.variables]
    assert np.nanmin(alphas) == pytest.approx(1)
    assert all(row.equal == 1 for row in result.variables)
    assert (result.disagreements, result.held) == ((), 1)


def test_alphas_lie_in_their_intervals_and_are_the_same_again(pairs):
    result, same = coding_agreement(pairs), coding_agreement(pairs)
    assert [row.alpha for row in result.variables if np.isfinite(row.alpha.low)] == [
        row.alpha for row in same.variables if np.isfinite(row.alpha.low)
    ]
    for row in result.variables:
        if np.isfinite(row.alpha.low):
            assert row.alpha.low <= row.alpha.value <= row.alpha.high


def test_the_difference_of_positions_is_their_mean_distance(pairs):
    gaps = np.concatenate([np.abs(first.position - second.position) for first, second in pairs])
    assert coding_agreement(pairs).of("position").difference == pytest.approx(gaps.mean())


def test_the_farthest_position_comes_first_with_what_each_coder_rests_on(pairs):
    first = pairs[0][0]
    member = first.members[0]
    moved = replace(member, position=1.0 if member.position < 0.5 else 0.0, basis="inferred")
    second = replace(first, members=(moved, *first.members[1:]))
    top = coding_agreement([(first, second)]).disagreements[0]
    assert (top.decision, top.member, top.variable) == (first.id, member.key, "position")
    assert f"first: {member.basis}" in top.reason
    assert "second: inferred" in top.reason


def test_another_voting_rule_is_listed_and_lowers_alpha(pairs):
    changed = [(first, replace(first, voting="majority")) for first, _ in pairs]
    result = coding_agreement(changed)
    assert result.of("voting rule").alpha.value < 0.5
    assert {row.variable for row in result.disagreements} == {"voting rule"}


def test_the_same_coding_twice_turns_no_verdict_and_moves_no_weight(pairs):
    firsts = [(first, first) for first, _ in pairs[:6]]
    scores = recoded_scores(firsts, draws=40)
    assert all(row.first == row.second and not row.turned for row in (*scores.record, *scores.alone))
    assert all(row.first == row.second for row in (*scores.weights, *scores.shares))
    assert "no rule's verdict" in scores.sentence()


def test_a_leader_who_got_all_by_the_second_coding_scores_better_there(pairs):
    some_pairs = []
    for first, _ in pairs[:6]:
        members = list(first.members)
        at = float(first.options[first.decided])
        members[first.leader] = replace(members[first.leader], position=at, position_range=(at, at))
        some_pairs.append((first, replace(first, members=tuple(members))))
    leader = next(row for row in recoded_scores(some_pairs, draws=40).alone if row.contender == "leader decides")
    assert leader.second < leader.first


def test_the_command_prints_the_answer_and_one_json_object():
    shown = CliRunner().invoke(app, ["councils", "agreement", "--no-scores"])
    assert shown.exit_code == 0
    assert "alpha" in shown.stdout
    values = json.loads(CliRunner().invoke(app, ["councils", "agreement", "--no-scores", "--json"]).stdout)
    assert len(values["decisions"]) == len(RECODED)
    assert values["scores"] is None


def test_folders_of_ones_own_are_compared_and_what_one_lacks_is_named(tmp_path):
    first, second = folders(tmp_path)
    for id_ in ("uk-1853-10-07", "iran-1988-07-16"):
        (first / f"{id_}.yaml").write_bytes(FILES[id_].read_bytes())
    (second / "uk-1853-10-07.yaml").write_bytes(RECODED["uk-1853-10-07"].read_bytes())
    result = agreement(first, second, scores=False)
    assert result.coding.decisions == ("uk-1853-10-07",)
    assert result.once == ("iran-1988-07-16",)


def test_misfits_are_refused_with_what_is_wrong(tmp_path):
    first, second = folders(tmp_path)
    with pytest.raises(Fault, match="two folders are wanted"):
        agreement(first)
    with pytest.raises(Fault, match="no decision of a council here"):
        agreement(first, second)
    with pytest.raises(Fault, match="this is no folder"):
        agreement(FILES["uk-1853-10-07"], second)
    (first / "uk-1853-10-07.yaml").write_bytes(FILES["uk-1853-10-07"].read_bytes())
    (second / "iran-1988-07-16.yaml").write_bytes(RECODED["iran-1988-07-16"].read_bytes())
    with pytest.raises(Fault, match="no decision is coded in both"):
        agreement(first, second)


def test_other_members_are_refused_at_their_place(tmp_path):
    first, second = folders(tmp_path)
    (first / "uk-1853-10-07.yaml").write_bytes(FILES["uk-1853-10-07"].read_bytes())
    text = RECODED["uk-1853-10-07"].read_text(encoding="utf-8").replace("lansdowne", "lord_president")
    (second / "uk-1853-10-07.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(Fault, match="the same members in the same order") as fault:
        agreement(first, second)
    assert fault.value.place.line == text.splitlines().index("members:") + 1


def folders(tmp_path):
    """Two empty folders."""
    paths = tmp_path / "first", tmp_path / "second"
    for path in paths:
        path.mkdir()
    return paths
