"""Actor tables of several judges: outcomes side by side, agreement, and the number on which it hangs."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from openpyxl import Workbook
from typer.testing import CliRunner

from ripeness.main import app
from ripeness.study.table_agreement import interval_alpha, rank_correlation
from ripeness.workbench.decide import decide
from ripeness.workbench.decided import write_csv
from ripeness.world.fault import Fault

HEAD = "actor,influence,tax position,tax salience,war position,war salience\n"
FIRST = HEAD + "king,.2,10,50,.2,60\narmy,.4,60,80,.8,90\nport,.4,30,40,.5,30\n"


@pytest.fixture
def write(tmp_path: Path):
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return written


def sheet(path: Path, text: str) -> Path:
    book = Workbook()
    page = book.active
    page.title = "judge"
    for line in text.splitlines():
        page.append([float(cell) if cell.replace(".", "", 1).isdigit() else cell for cell in line.split(",")])
    book.save(path)
    return path


def test_one_number_that_differs_is_named_with_its_values_and_all_of_the_difference(write):
    answer = decide(write("a.csv", FIRST), tables=[write("b.csv", FIRST.replace("king,.2", "king,.5"))])
    assert "most of it comes from the influence of king: 0.2 in a.csv, 0.5 in b.csv" in answer.sentence()
    for issue in ("tax", "war"):
        swap = answer.comparison.leading_swap(issue)
        assert (swap.kind, swap.actor, swap.values) == ("influence", "king", (0.2, 0.5))
        assert swap.share == pytest.approx(1)
        spread = answer.comparison.spread_of(issue)
        assert swap.effect == pytest.approx(spread.spread)
    others = [swap for swap in answer.comparison.swaps if swap.values and swap.actor != "king"]
    assert others
    assert all(swap.effect == 0 for swap in others)


def test_a_position_moves_its_own_issue_alone_and_by_what_the_mean_says(write):
    answer = decide(write("a.csv", FIRST), tables=[write("b.csv", FIRST.replace("army,.4,60", "army,.4,65"))])
    assert answer.comparison.widest == "tax"
    weight = 0.4 * 0.8 / (0.2 * 0.5 + 0.4 * 0.8 + 0.4 * 0.4)
    assert answer.comparison.leading_swap("tax").effect == pytest.approx(5 * weight)
    assert answer.comparison.leading_swap("war") is None
    assert answer.comparison.spread_of("war").spread == 0


def test_the_first_rule_named_is_the_one_by_which_numbers_are_swapped(write):
    tables = [write("a.csv", FIRST), write("b.csv", FIRST.replace("king,.2", "king,.9"))]
    assert decide(tables[0], ["quota"], tables=tables[1:]).comparison.rule == "quota"
    assert decide(tables[0], ["weighted-mean", "quota"], tables=tables[1:]).comparison.rule == "weighted_mean"


def test_equal_tables_agree_and_say_so(write):
    answer = decide(write("a.csv", FIRST), ["quota"], tables=[write("b.csv", FIRST)])
    assert answer.sentence().startswith("By quota, both tables come to the same")
    assert answer.comparison.agreement.alpha == {"influence": 1.0, "position": 1.0, "salience": 1.0}
    assert [pair[2] for pair in answer.comparison.agreement.rank_correlations] == [1.0]


def test_each_table_on_common_ends_is_decided_as_it_is_alone(write):
    ranged = FIRST.replace("port,.4", "port,.3 to .6")
    paths = [write("a.csv", ranged), write("b.csv", ranged.replace("army,.4", "army,.7"))]
    together = decide(paths[0], ["quota", "nash_bargaining"], tables=paths[1:], draws=200)
    for path, compared in zip(paths, together.decisions, strict=True):
        alone = decide(path, ["quota", "nash_bargaining"], draws=200)
        assert compared.issues == alone.issues


def test_alpha_is_that_of_the_published_example():
    # Krippendorff 2011, example of four observers and twelve units with missing ratings: .849 by the interval metric.
    missing = np.nan
    ratings = np.array(
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, missing, missing, missing],
            [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, missing, 3],
            [missing, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, missing],
            [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, missing],
        ]
    )
    assert interval_alpha(ratings) == pytest.approx(0.849, abs=5e-4)
    assert interval_alpha(np.ones((2, 3))) is None
    assert interval_alpha(np.array([[1.0, missing], [missing, 2.0]])) is None


def test_rank_correlation_takes_ties_and_knows_where_nobody_is_ranked():
    assert rank_correlation(np.array([1.0, 2, 3]), np.array([3.0, 2, 1])) == -1
    assert rank_correlation(np.array([1.0, 1, 2]), np.array([1.0, 2, 3])) == pytest.approx(0.8660254, abs=1e-6)
    assert rank_correlation(np.array([1.0, 1, 1]), np.array([1.0, 2, 3])) is None


def test_influence_on_other_scales_is_compared_as_shares(write):
    scaled = FIRST.replace(",.2,10", ",20,10").replace(",.4,60", ",40,60").replace(",.4,30", ",40,30")
    answer = decide(write("a.csv", FIRST), ["quota"], tables=[write("b.csv", scaled)])
    assert any("compared as shares" in note for note in answer.notes)
    assert answer.comparison.leading_swap("tax") is None


def test_names_that_differ_end_the_comparison_and_near_ones_are_proposed(write):
    other = FIRST.replace("army", "armyy").replace("war ", "peace ")
    with pytest.raises(Fault) as caught:
        decide(write("a.csv", FIRST), tables=[write("b.csv", other)])
    messages = [str(fault) for fault in (caught.value, *caught.value.others)]
    assert any("b.csv:3:1: 'armyy' is no actor of a.csv; did you mean 'army'?" in text for text in messages)
    assert any("'peace' is no issue of a.csv" in text for text in messages)
    assert any("'war', an issue of a.csv, is missing" in text for text in messages)
    assert "--shared" in messages[-1]


def test_what_is_shared_can_be_compared_alone_and_what_is_left_out_is_said(write):
    other = FIRST.replace("army", "fleet").replace("war ", "peace ")
    answer = decide(write("a.csv", FIRST), ["quota"], tables=[write("b.csv", other)], shared_only=True)
    assert answer.decisions[0].actors == ("king", "port")
    assert [issue.issue for issue in answer.decisions[0].issues] == ["tax"]
    assert "left out of b.csv, since not every table has it: actor fleet" in answer.notes


def test_letters_and_order_of_names_do_not_matter(write):
    lines = FIRST.replace("king", "KING").splitlines()
    turned = "\n".join([lines[0], *reversed(lines[1:])]) + "\n"
    answer = decide(write("a.csv", FIRST), tables=[write("b.csv", turned)])
    assert answer.comparison.spread_of("tax").spread == pytest.approx(0, abs=1e-12)
    assert answer.decisions[1].actors == ("king", "army", "port")


def test_files_of_one_name_are_told_apart_by_their_folder(write):
    answer = decide(write("a/judge.csv", FIRST), ["quota"], tables=[write("b/judge.csv", FIRST)])
    assert len(set(answer.labels)) == 2
    assert all(label.endswith("judge.csv") for label in answer.labels)


def test_a_workbook_is_read_as_its_text_would_be(write, tmp_path):
    answer = decide(write("a.csv", FIRST), ["quota"], tables=[sheet(tmp_path / "c.xlsx", FIRST)])
    assert answer.labels == ("a.csv", "c.xlsx")
    assert all(row.spread == 0 for row in answer.comparison.spreads)


def test_a_fault_in_a_workbook_names_file_sheet_and_cell(write, tmp_path):
    path = sheet(tmp_path / "c.xlsx", FIRST.replace("army,.4", "army,many"))
    with pytest.raises(Fault) as caught:
        decide(write("a.csv", FIRST), tables=[path])
    assert str(caught.value).startswith(f"{path}, sheet 'judge', cell B3: 'many' is not a number")


def test_a_best_guess_beside_its_interval_is_the_median_and_must_lie_within(write):
    text = FIRST.replace("king,.2", "king,.2 (.1 to .6)")
    assert "king" in decide(write("a.csv", text), ["quota"], draws=50).actors
    with pytest.raises(Fault, match=r"a\.csv:2:6: the best guess 0.7 lies outside 0.1 to 0.6"):
        decide(write("a.csv", FIRST.replace("king,.2", "king,.7 (.1 to .6)")))


def test_the_command_prints_the_answer_first_and_writes_json_csv_and_a_picture(write, tmp_path):
    paths = [write("a.csv", FIRST), write("b.csv", FIRST.replace("king,.2", "king,.5"))]
    words = ["decide", *map(str, paths), "--rule", "quota"]
    shown = CliRunner().invoke(app, [*words, "--plot", str(tmp_path / "p.json"), "--out", str(tmp_path / "o.csv")])
    assert shown.exit_code == 0
    assert shown.stdout.startswith("Tables differ on ")
    picture = json.loads((tmp_path / "p.json").read_text(encoding="utf-8"))
    assert len(picture["vconcat"]) == 2
    assert (tmp_path / "o.csv").read_text(encoding="utf-8").splitlines()[0].startswith("table,issue,rule,outcome")
    told = json.loads(CliRunner().invoke(app, [*words, "--json"]).stdout)
    assert set(told) == {"answer", "tables", "comparison", "notes", "warnings"}
    assert [table["table"] for table in told["tables"]] == ["a.csv", "b.csv"]
    assert told["comparison"]["swaps"][0]["actor"] in ("", "king")


def test_csv_of_several_tables_has_a_row_a_table_issue_and_rule(write, tmp_path):
    answer = decide(write("a.csv", FIRST), ["quota"], tables=[write("b.csv", FIRST)])
    lines = write_csv(answer, tmp_path / "o.csv").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1 + 2 * 2 * 2
    assert answer.to_frame().shape[0] == 8


@pytest.mark.parametrize("name", ["01_total_row.csv", "03_dot_thousands.csv", "05_percent_mixed.csv"])
def test_a_faulty_table_among_several_is_named(write, name):
    failing = {
        "01_total_row.csv": "actor,influence,position,salience\na,2,1,1\nb,3,2,1\nTotal,5,,\n",
        "03_dot_thousands.csv": "actor,influence,position,salience\na,1.250,1,1\nb,900,2,1\n",
        "05_percent_mixed.csv": "actor,influence,position,salience\na,40%,1,1\nb,30,2,1\n",
    }
    good = write("good.csv", "actor,influence,position,salience\na,2,1,1\nb,3,2,1\n")
    bad = write(name, failing[name])
    with pytest.raises(Fault) as caught:
        decide(good, tables=[bad, good])
    assert str(caught.value).startswith(f"{bad}:")


def test_shared_without_a_second_table_is_refused(write):
    with pytest.raises(Fault, match="shared_only goes with two actor tables or more"):
        decide(write("a.csv", FIRST), shared_only=True)


def test_headings_that_name_other_scales_are_refused_with_the_file(write):
    plain = "actor,influence,position ({}),salience\nking,1,{},50\narmy,2,{},80\n"
    tables = [write("a.csv", plain.format("0-100", 30, 70)), write("b.csv", plain.format("0-10", 3, 7))]
    with pytest.raises(Fault, match="run to 10 here and to 100 in a.csv: write them on one scale") as raised:
        decide(tables[0], ["quota"], tables=tables[1:])
    assert str(tables[1]) in str(raised.value)


def test_tables_that_seem_to_run_to_ten_and_to_a_hundred_are_doubted(write):
    plain = "actor,influence,position,salience\nking,1,{},50\narmy,2,{},80\n"
    tables = [write("a.csv", plain.format(30, 70)), write("b.csv", plain.format(3, 7))]
    answer = decide(tables[0], ["quota"], tables=tables[1:])
    assert "reach 7 in b.csv and 70 in a.csv; they seem to stand on two scales" in answer.warnings[0]


def test_other_units_of_influence_leave_no_spread_of_rounding(write):
    plain = "actor,influence,position,salience\nking,{},30,90\narmy,{},20,50\nport,{},70,40\n"
    tables = [write("a.csv", plain.format(2, 1, 1.5)), write("b.csv", plain.format(5, 2.5, 3.75))]
    answer = decide(tables[0], tables=tables[1:], draws=50)
    assert {spread.spread for spread in answer.comparison.spreads} == {0.0}


def test_the_short_answer_keeps_notes_and_compares_rules_only_where_there_are_several(write):
    tables = [write("a.csv", FIRST), write("b.csv", FIRST.replace("army,.4,60", "army,.4,99"))]
    short = str(decide(tables[0], ["weighted_mean"], tables=tables[1:]).brief())
    assert "outermost ends of all tables" in " ".join(short.split())
    assert short.count("salience is read as") == 1
    assert "from rule to rule" not in short
    assert "from rule to rule" in str(decide(tables[0], ["quota"], tables=tables[1:]).brief())
