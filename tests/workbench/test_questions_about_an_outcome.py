"""sense, flip, discover, indicators and map, as Python and as commands."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

import ripeness
from ripeness.main import app
from ripeness.show.ics import calendar
from ripeness.study.indicators.calendar_dates import CalendarDate
from ripeness.workbench.bench import Bench
from ripeness.world.fault import Fault

CASE, SMALL = "japan-1945", {"draws": 320, "seed": 3}  # 40 points of inputs
VERBS = ("sense", "flip", "discover", "indicators", "map")
FLAGS = ["--draws", "320", "--seed", "3"]


def call(*words):
    return CliRunner().invoke(app, list(words))


def ask(verb, **more):
    cheap = {"sense": {"held": 1}, "map": {"links": ["losses->cost", "aid->munitions"]}}.get(verb, {})
    return getattr(ripeness, verb)(CASE, outcome="victory:united-states", month=6, **SMALL, **cheap, **more)


@pytest.fixture(scope="module", params=VERBS)
def told(request):
    return request.param, ask(request.param)


def test_an_answer_is_one_line_a_table_json_rows_and_a_picture(told, tmp_path):
    verb, answer = told
    assert repr(answer).count("\n") == 0
    assert CASE in repr(answer)
    assert max(len(line) for line in answer.table().splitlines()) <= 88
    assert answer.cite().case == CASE
    plain = json.loads(answer.to_json())
    assert plain["case"] == CASE
    assert plain["target"]["outcome"] == "victory"
    assert answer.to_csv().count("\n") >= len(answer.rows())
    assert answer.plot().to_dict()["description"]
    folder = answer.save(tmp_path / verb)
    assert {"answer.json", "answer.csv", "answer.txt", "provenance.json"} <= {path.name for path in folder.iterdir()}


def test_the_same_question_with_weights_of_one_has_the_same_answer(told):
    verb, _ = told
    assert ask(verb, weights=np.ones(320)).to_csv() == ask(verb, ignore_record=True).to_csv()


def test_every_judged_or_assumed_number_is_in_it():
    answer = ripeness.sense(CASE, month=6, held=0, **SMALL)
    listed = {row["path"] for row in answer.rows()} | set(answer.told.exact) | set(answer.told.inert.paths)
    numbers = {one.path for one in ripeness.cite(CASE).numbers if one.kind in {"judged", "assumed"}}
    assert {path for path in numbers if not path.startswith(("evidence.", "readings."))} <= listed


def test_how_much_hangs_on_a_source_is_one_row():
    answer = ripeness.sense(CASE, month=12, outcome="fighting", held=1, draws=4000)
    names = [group.name for group in answer.told.by("source")]
    assert len(names) == len(set(names))
    assert sum(group.fixed is not None for group in answer.told.by("source")) == 1
    assert "frank-1999" in names


def test_what_cannot_matter_under_the_reading_is_in_no_ranking():
    answer = ripeness.sense(CASE, month=12, reading="unitary", held=0, draws=800)
    ranked, left_out = {row["path"] for row in answer.rows()}, set(answer.told.inert.paths)
    one_mind = {path for path in ranked | left_out if path.endswith((".organisation", ".loyalty", ".obstruction"))}
    assert one_mind
    assert one_mind <= left_out
    assert not ranked & left_out
    assert f"Left out: {len(left_out)} numbers that move nothing" in " ".join(answer.table().split())


def test_what_a_law_at_zero_disables_is_in_no_ranking():
    asked = {"month": 6, "held": 0, "draws": 400}
    assert "talks.misperception" not in ripeness.sense(CASE, outcome="fighting", **asked).told.inert.paths
    assert (
        "talks.misperception"
        in ripeness.sense(CASE, changes={"laws.settle": 0}, outcome="fighting", **asked).told.inert.paths
    )


def test_a_source_of_numbers_that_move_nothing_is_said_to_move_nothing():
    war = {"month": 6, "reading": "unitary", "held": 0, "draws": 400, "ignore_record": True}
    answer = ripeness.sense(CASE, **war)
    moving = {source for row in answer.rows() for source in row["sources"].split()}
    idle = next(
        s
        for one in ripeness.cite(CASE).numbers
        for s in one.sources
        if one.path in answer.told.inert.paths and s not in moving
    )
    held = ripeness.sense(CASE, **war, sources=[idle])
    row = next(group for group in held.told.by("source") if group.name == idle)
    assert (row.numbers, row.fixed.moved, row.fixed.removed) == (0, 0, 0)


@pytest.mark.parametrize("draws", [64, 160, 400])
def test_no_share_lies_outside_0_to_1_however_few_the_draws(draws):
    told = ripeness.sense(CASE, month=6, outcome="victory:united-states", held=0, draws=draws).told
    parts = [(one.share_low, one.share, one.share_high) for one in told.numbers]
    parts += [(group.low, group.share, group.high) for group in told.groups]
    assert all(0 <= low <= share <= high <= 1 for low, share, high in parts)
    assert 0 <= told.explained <= 1


def test_what_cannot_be_told_from_luck_is_said_to_be_so():
    answer = ripeness.sense(CASE, month=6, outcome="collapse:japan", held=0, draws=240)
    assert answer.told.faint or answer.told.p == 0
    assert "cannot be told from luck" in answer.sentence() or "None of 240 runs" in answer.sentence()
    assert "No source stands out" in answer.table() or answer.told.p == 0


def test_any_source_can_be_asked_for_by_name():
    answer = ripeness.sense(CASE, month=6, held=0, sources=["frank-1999"], **SMALL)
    (held,) = [group for group in answer.told.by("source") if group.fixed is not None]
    assert held.name == "frank-1999"
    assert "[frank-1999]" in answer.table()
    with pytest.raises(Fault, match="did you mean 'frank-1999'"):
        ripeness.sense(CASE, month=6, sources=["frank-1998"], **SMALL)


def test_a_map_of_an_outcome_that_never_happens_says_so():
    told = ripeness.map(CASE, outcome="victory:japan", month=3, links=["losses->cost"], **SMALL)
    assert "None of 320 runs shows 'victory of Japan by month 3'" in told.sentence()


@pytest.mark.parametrize("verb", VERBS)
def test_an_unknown_outcome_is_told_with_the_nearest(verb):
    with pytest.raises(Fault, match="did you mean 'settlement'"):
        getattr(ripeness, verb)(CASE, outcome="setlement", **SMALL)


def test_a_victory_needs_a_victor_and_a_month_its_place():
    with pytest.raises(Fault, match="whose victory"):
        ripeness.sense(CASE, outcome="victory", **SMALL)
    with pytest.raises(Fault, match="outside the forecast"):
        ripeness.sense(CASE, month=400, **SMALL)


@pytest.mark.parametrize("verb", ["sense", "discover", "indicators"])
def test_an_outcome_that_never_happens_is_said_and_is_no_error(verb):
    done = call(verb, CASE, "--outcome", "victory:japan", "--month", "3", *FLAGS)
    assert done.exit_code == 0
    said = " ".join(done.stdout.split())
    assert "None of 320 runs shows 'victory of Japan by month 3'" in said
    assert "ripeness flip" in said


def test_that_no_range_was_found_is_said_with_the_runs_it_rests_on():
    answer = ripeness.discover(CASE, outcome="victory:united-states", draws=64, month=30)
    assert not answer.told.conditions
    assert "with 64 draws at 8 points of inputs; more simulations show narrower ranges" in str(answer.sentence())


def test_commands_print_one_json_object():
    done = call("discover", CASE, "--month", "6", "--json", *FLAGS)
    assert json.loads(done.stdout)["points"] == 40


def test_an_answer_of_flip_asked_as_a_what_if_brings_the_same_runs():
    war = {"coding": "ceasefire", **SMALL}
    first = ripeness.flip("ukraine-2023-03", outcome="fighting", month=60, **war).told.answers[0]
    moved = {move.path: move.value for move in first.moves}
    beside = ripeness.whatif("ukraine-2023-03", moved, horizon=60, **war)
    (shown,) = [row.share.p for row in beside.told.arms[1].outcomes if row.outcome == "fighting"]
    assert shown == pytest.approx(first.p, abs=1e-12)


@pytest.mark.parametrize("link", ["fate->terms", "audience->terms"])
def test_a_link_cut_on_the_map_and_in_a_what_if_is_the_same_cut(link):
    cut = ripeness.map(CASE, month=12, links=[link], **SMALL).told.measured.cuts[0]
    beside = ripeness.whatif(CASE, cuts=[link], horizon=12, **SMALL)
    shown = {row.outcome: row.share.p for row in beside.told.arms[1].outcomes if row.polity is None}
    assert cut.shares["settlement"] == pytest.approx(shown["settlement"], abs=1e-12)
    assert cut.shares["fighting"] == pytest.approx(shown["fighting"], abs=1e-12)


@pytest.mark.parametrize("more", [{}, {"horizon": 6}, {"evidence": True, "draws": 160}])
def test_the_bench_answers_what_a_what_if_answers(more):
    changes = {"polities.japan.factions.army.traits.casualty_aversion": 0.0004}
    beside = Bench(CASE, **SMALL | more).beside(changes, ["audience->terms"])
    asked = ripeness.whatif(CASE, changes, cuts=["audience->terms"], **SMALL | more)
    assert beside.told == asked.told


def test_flip_finds_none_and_says_how_near_it_came():
    answer = ripeness.flip(CASE, outcome="frozen", month=6, **SMALL)
    assert not answer.told.answers
    assert "of up to three assumptions within their 90 % ranges" in answer.sentence()
    assert answer.told.nearest.margin <= 0


def test_a_link_that_does_not_exist_is_told_with_the_nearest():
    with pytest.raises(Fault, match="did you mean 'fate->terms'"):
        ripeness.map(CASE, links=["fates->terms"], **SMALL)


def test_evidence_narrows_the_question():
    answer = ripeness.discover(CASE, month=6, evidence=True, draws=160)
    assert "given" in answer.asked.about()


def test_sobol_and_evidence_are_refused_together():
    with pytest.raises(Fault, match="leave out one"):
        ripeness.sense(CASE, evidence=True, sobol_base=16, **SMALL)


def test_the_calendar_is_one_that_programs_read(tmp_path):
    file = tmp_path / "dates.ics"
    done = call("indicators", CASE, "--month", "6", "--ics", str(file), *FLAGS)
    assert done.exit_code == 0
    raw = file.read_bytes()
    lines = raw.split(b"\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines.count(b"BEGIN:VEVENT") == lines.count(b"END:VEVENT") > 0
    uids = [line for line in lines if line.startswith(b"UID:")]
    assert len(uids) == len(set(uids)) == lines.count(b"BEGIN:VEVENT")
    assert all(
        set(uid[4:]) <= set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.@") for uid in uids
    )
    stamps = {line for line in lines if line.startswith(b"DTSTAMP:")}
    assert stamps == {
        b"DTSTAMP:19450501T000000Z"
    }  # the start of the case, not the clock: the same dates, the same file
    days = [
        line.partition(b":")[2] for line in lines if line.startswith((b"DTSTART;VALUE=DATE:", b"DTEND;VALUE=DATE:"))
    ]
    assert all(first < last for first, last in zip(days[::2], days[1::2], strict=True))
    other = ripeness.indicators(CASE, outcome="victory:united-states", month=6, **SMALL).calendar()
    again = {line for line in other.encode().split(b"\r\n") if line.startswith(b"UID:watch")}
    assert not again & set(uids)  # two questions do not overwrite each other in a calendar


def test_what_cannot_be_kept_is_refused_before_any_war_is_fought(tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    for more, said in (
        (["--plot", "map.gif"], "not as '.gif'"),
        (["--out", str(tmp_path / "full")], "is there already"),
    ):
        with pytest.raises(Fault, match=said):
            CliRunner().invoke(app, ["sense", CASE, "--draws", "4000000000", *more], catch_exceptions=False)


def test_left_alone_and_held_must_name_something():
    with pytest.raises(Fault, match=r"did you mean 'laws\.'"):
        ripeness.flip(CASE, without=["law."], **SMALL)
    with pytest.raises(Fault, match="held is -1; it can be 0 or more"):
        ripeness.sense(CASE, held=-1, **SMALL)
    with pytest.raises(Fault, match="power of two from 16"):
        ripeness.sense(CASE, sobol_base=4, **SMALL)


def test_long_and_foreign_words_survive_the_folding_of_lines():
    from datetime import date

    title = "Élysée; a, b \\ " + "ö" * 90
    text = calendar([CalendarDate("x", date(2024, 1, 1), title, "")], "War", date(2024, 1, 1), "case")
    unfolded = text.replace("\r\n ", "")
    summary = next(line for line in unfolded.split("\r\n") if line.startswith("SUMMARY:"))
    assert summary.removeprefix("SUMMARY:") == title.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
