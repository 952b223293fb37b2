"""What an analyst is told when evidence is missing, impossible, contradictory or foreign to the scenario."""

from __future__ import annotations

import json
from datetime import date
from math import isfinite

import numpy as np
import pytest
from simulated import polity

from ripeness.scenario.schema import ActorModel, Observation
from ripeness.study.who_decides.answer import who_decides
from ripeness.study.who_decides.evidence import collect_evidence
from ripeness.study.who_decides.marked_matrix import read_marked_matrix
from ripeness.world.fault import Fault

FEW = {"repeats": 3, "particles": 100, "at_medians": True, "knots": 1, "widths": (1.0,)}


def case(*items, readings=None, noise=0.05):
    """A war whose north is observed to decide."""
    base = polity(np.random.default_rng(3), 3, noise=noise)
    seen = tuple(
        Observation.model_validate(
            {"id": f"d{n}", "date": on, "polity": "north", "issue": "issue0", "position": at, "source": "s", **more}
        )
        for n, (on, at, more) in enumerate(items)
    )
    return base.model_copy(update={"evidence": seen, "readings": readings or {}})


def test_no_evidence_at_all_is_said_with_the_way_out():
    with pytest.raises(Fault, match="no evidence of a decision up to 2021-01-01; add 'evidence'.*observe"):
        who_decides(case(), **FEW)


def test_a_polity_without_evidence_is_named_and_keeps_its_powers():
    found = who_decides(case(("2020-06-01", 0.5, {})), **FEW)
    assert any("south: no decision was observed" in said for said in found.warnings)
    with pytest.raises(Fault, match="no decision of south was observed.*there is evidence on north"):
        who_decides(case(("2020-06-01", 0.5, {})), polities=["south"], **FEW)


def test_an_observation_before_the_war_began_is_refused():
    with pytest.raises(Fault, match="'d0' was observed on 2019-12-31, before the war began on 2020-01-01"):
        collect_evidence(case(("2019-12-31", 0.5, {})))


def test_a_date_of_knowledge_before_the_war_is_refused():
    with pytest.raises(Fault, match="before the war began"):
        collect_evidence(case(), as_of=date(2019, 1, 1))


def test_contradicting_records_are_named_and_both_kept():
    found = collect_evidence(case(("2020-06-01", 0.1, {}), ("2020-06-03", 0.9, {})))
    assert len(found.items) == 2
    assert "'d0' and 'd1' contradict each other (0.10 and 0.90" in found.warnings[0]


def test_an_impossible_observation_is_named_and_no_number_becomes_nan():
    scenario = case(
        *[(f"2020-{month:02d}-01", 1.0, {"grade": "A1", "issue": "issue1"}) for month in range(1, 9)], noise=0.001
    )
    factions = {
        key: one.model_copy(
            update={
                "positions": {
                    **one.positions,
                    "issue1": one.positions["issue1"].__class__("point", (0.0,), 0, 1, "share"),
                }
            }
        )
        for key, one in scenario.polities["north"].factions.items()
    }
    north = scenario.polities["north"].model_copy(update={"factions": factions})
    scenario = scenario.model_copy(update={"polities": {**scenario.polities, "north": north}})
    found = who_decides(scenario, **FEW)
    assert any("better than chance" in said for said in found.warnings)
    numbers = [x for row in found.power for x in (row.mean, row.low, row.high)] + [
        r.log_evidence for r in found.readings
    ]
    assert all(isfinite(x) for x in numbers)
    assert all(isfinite(cell.log_ratio) for row in found.matrix for cell in row.cells)


def test_an_unknown_captor_is_refused_with_the_factions_there_are():
    wrong = {"x": ActorModel.model_validate({"polity": "north", "kind": "captured", "captor": "nobody"})}
    with pytest.raises(Fault, match="'nobody' as captor, no faction of 'north'; it has f0, f1, f2"):
        who_decides(case(("2020-06-01", 0.5, {}), readings=wrong), **FEW)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("norht issue0 2021-03-01 0.5", "did you mean 'north'"),
        ("north isue0 2021-03-01 0.5", "did you mean 'issue0'"),
        ("north issue0 2021-13-01 0.5", "is no date"),
        ("north issue0 2021-03-01 much", "is no number"),
        ("north issue0 2021-03-01 1.5", "a share from 0 to 1"),
        ("north issue0 2021-03-01 nan", "is no number"),
        ("north issue0", "write POLITY ISSUE DATE VALUE"),
        ("north issue0 2019-03-01 0.5", "before the war began"),
        ("north issue0 2020-03-01 chose:a", "a choice is among two alternatives or more"),
        ("north issue0 2020-03-01 chose:a wanted:f0=a,f9=b", "'f9' is not a faction of 'north'"),
        ("north issue0 2020-03-01 wanted:f0=a,f1=b", "say what was chosen, such as 'chose:high'"),
        ("north issue0 2020-03-01 chose:a wanted:f0=a,f1=b at:a=0.2", "'b' has no place"),
        ("north issue0 2020-03-01 chose:a wanted:f0=a,f1=b at:a=0.2,b=2", "place of 'b' is a share from 0 to 1"),
        ("north issue0 2020-03-01 chose:a 0.4", "'0.4' does not go with a choice or an act"),
        ("north issue0 2020-03-01 against:f0", "does not go with a choice"),
        (
            "north issue0 2020-03-01 took:a",
            "'took:a' begins with none of 'chose:', 'wanted:', 'at:', 'favours:' or 'against:'",
        ),
        ("north cut 2020-03-01 favours:", "'favours:' is followed by nothing"),
        ("north cut 2020-03-01 against:f0 against:f1", "'against:' is given twice"),
        ("north arrested 2020-03-01 chose:a", "does not go with an act"),
        ("north arrested 2020-03-01", "an act names the faction"),
        ("north vetoed 2020-03-01 against:f0", "a veto names who used it"),
        ("north arrested 2019-03-01 against:f0", "before the war began"),
    ],
)
def test_a_bad_observation_on_the_command_line_says_what_is_wanted(text, said):
    with pytest.raises(Fault, match=said):
        collect_evidence(case(), observe=[text])


def test_a_choice_and_an_act_are_read_from_the_command_line():
    chosen, placed, struck = collect_evidence(
        case(),
        observe=[
            "north issue0 2020-03-01 chose:a wanted:f0=a,f1=b",
            "north issue0 2020-04-01 chose:a wanted:f1=b at:b=0.2,a=0.4..0.6",
            "north dismissed 2020-05-01 against:f2 favours:f0",
        ],
    ).items
    assert (chosen.kind, chosen.alternatives, chosen.stances) == ("choice", (None, None), {"f0": 0, "f1": 1})
    assert (placed.alternatives, placed.stances, placed.at) == ((0.2, 0.5), {"f1": 0}, 1.0)
    assert (struck.kind, struck.act, struck.favours, struck.against) == ("act", "dismissed", "f0", "f2")


def test_later_evidence_is_left_out_unless_asked_for():
    scenario = case(("2020-06-01", 0.5, {}), ("2021-06-01", 0.5, {}))
    assert len(collect_evidence(scenario).items) == 1
    assert "1 of 2 observations are later" in collect_evidence(scenario).warnings[0]
    assert len(collect_evidence(scenario, as_of=date(2021, 12, 31)).items) == 2


def test_little_evidence_is_said_plainly_and_the_data_cannot_tell():
    found = who_decides(case(("2020-06-01", 0.5, {"grade": "F6"}), noise=0.5), **FEW | {"widths": (0.25, 1.0, 4.0)})
    assert any("say little on who decides" in said for said in found.warnings)
    assert not found.verdicts[0].tells
    assert found.verdicts[0].sentence.startswith("The data cannot tell")


def test_factions_with_equal_positions_are_said_to_be_exchangeable():
    scenario = case(("2020-06-01", 0.5, {}))
    north = scenario.polities["north"]
    twins = {**north.factions, "f2": north.factions["f1"]}
    scenario = scenario.model_copy(
        update={"polities": {**scenario.polities, "north": north.model_copy(update={"factions": twins})}}
    )
    found = who_decides(scenario, **FEW)
    assert ("f1", "f2") in found.identified[0].alike
    assert any("f1 and f2 take the same positions" in said for said in found.warnings)
    assert found.identified[0].rank < found.identified[0].directions


def test_knocking_out_every_item_gives_back_what_was_believed_before():
    found = who_decides(case(("2020-06-01", 0.9, {"grade": "A1"})), **FEW | {"particles": 1000})
    without = next(row for row in found.knock_out if row.what == "item")
    for row in found.power:
        assert without.power[row.faction] == pytest.approx(row.prior_mean, abs=0.03)
    prior = {row.reading: row.prior for row in found.readings}
    assert without.weights == pytest.approx(prior, abs=0.02)


def test_a_hand_made_matrix_is_weighed_and_sorted(tmp_path):
    file = tmp_path / "marks.csv"
    file.write_text("item,grade,ours,theirs\nseen,A1,CC,II\nheard,F6,I,C\nknown to all,A1,C,C\n", encoding="utf-8")
    found = read_marked_matrix(file)
    assert [row.item for row in found.rows] == ["seen", "heard", "known to all"]
    assert found.weight["ours"] > 0.9
    assert found.inconsistency == {"ours": 1.0, "theirs": 2.0}
    assert json.dumps(found.weight)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("item,a,b\nx,CC,XX\n", "marks.csv:2.*'XX' is no mark"),
        ("item,grade,a,b\nx,Z9,C,I\n", "no Admiralty grade"),
        ("item,a\nx,C\n", "two or more hypotheses"),
        ("item,a,b\n", "no rows"),
        ("", "column 'item'"),
    ],
)
def test_a_bad_hand_made_matrix_is_refused_at_its_line(tmp_path, text, said):
    file = tmp_path / "marks.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Fault, match=said):
        read_marked_matrix(file)
