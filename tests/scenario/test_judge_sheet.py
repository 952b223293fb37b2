"""Judges' sheets: what is written is read back, and everything that is wrong is named with file, sheet and cell."""

from __future__ import annotations

import csv
import zipfile
from io import BytesIO, StringIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from ripeness.scenario.judge_questions import judge_questions, questions_digest
from ripeness.scenario.judge_seeds import SeedQuestion, read_seed_key, read_seed_questions
from ripeness.scenario.judge_sheet import read_judge_sheet, read_judge_sheets
from ripeness.scenario.judge_workbook import Questionnaire, sheet_text, sheet_workbook
from ripeness.scenario.read import read_scenario
from ripeness.world.fault import Fault

CASE = read_scenario("japan-1945")
POLITY = "soviet-union"
TRAIT = f"polities.{POLITY}.factions.general-staff.traits.organisation"
POWERS = [
    f"polities.{POLITY}.factions.{f}.power" for f in ("party-leadership", "general-staff", "foreign-commissariat")
]
POSITION = f"polities.{POLITY}.factions.general-staff.positions.neutral-trade"
ASKED = Questionnaire(
    "japan-1945",
    CASE,
    judge_questions(CASE, [TRAIT], [POLITY]),
    (TRAIT,),
    (POLITY,),
    (SeedQuestion("height", "How high is the tower?", "m"),),
)
ANSWER = (0.2, 0.33, 0.5)


def answers(changes=()):
    """Three cells for each path: the same everywhere but for what a test changes."""
    paths = [*(question.path for question in ASKED.questions), "seeds.height"]
    return dict.fromkeys(paths, ANSWER) | dict(changes)


def write_book(path, changes=(), judge="Anna", questionnaire=ASKED, edit=lambda _book: None):
    """A workbook as a judge hands it in; `changes` by path, `edit` for anything else."""
    book = load_workbook(BytesIO(sheet_workbook(questionnaire, judge)))
    filled = answers(changes)
    for name in ("numbers", "seeds"):
        if name in book.sheetnames:
            sheet = book[name]
            at = {cell.value: cell.column for cell in sheet[1]}
            for line in range(2, sheet.max_row + 1):
                for heading, value in zip(
                    ("low", "best", "high"), filled[sheet.cell(line, at["path"]).value], strict=True
                ):
                    sheet.cell(line, at[heading]).value = value
    edit(book)
    book.save(path)
    return path


def write_text(path, changes=(), judge="Ben", separator=",", questionnaire=ASKED):
    """The same as text, as a spreadsheet saves it."""
    filled = answers(changes)
    lines = sheet_text(questionnaire, judge).splitlines()
    start = next(n for n, line in enumerate(lines) if not line.startswith("#"))
    rows = list(csv.reader(lines[start:]))
    out = StringIO()
    out.write("\n".join(lines[:start]) + "\n")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows[1:]:
        values = dict(zip(rows[0], row, strict=True))
        values |= dict(zip(("low", "best", "high"), filled[values["path"]], strict=True))
        writer.writerow([values[heading] for heading in rows[0]])
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def faults_of(path):
    """Every fault of a sheet, as text."""
    with pytest.raises(Fault) as caught:
        read_judge_sheet(path, CASE)
    return [str(fault) for fault in (caught.value, *caught.value.others)]


def test_a_workbook_and_a_text_of_the_same_answers_read_alike(tmp_path):
    book = read_judge_sheet(write_book(tmp_path / "a.xlsx"), CASE)
    text = read_judge_sheet(write_text(tmp_path / "b.csv"), CASE)
    assert book.numbers == text.numbers
    assert book.seeds == text.seeds
    assert (book.judge, text.judge) == ("Anna", "Ben")
    assert set(book.numbers) == {question.path for question in ASKED.questions}
    assert book.numbers[POSITION].interval() == ANSWER
    assert book.numbers[POSITION].kind == "judged"
    assert book.seeds["height"].unit == "m"


def test_a_sheet_shows_no_number_of_the_case_unless_it_is_asked_to():
    shown = Questionnaire("japan-1945", CASE, ASKED.questions, ASKED.traits, ASKED.polities, show_coded=True)
    coded = next(question for question in ASKED.questions if question.path == POSITION).coded
    figures = f"{coded.interval()[0]:.3g} to {coded.interval()[2]:.3g}"
    assert figures not in sheet_text(ASKED, "Anna")
    assert figures in sheet_text(shown, "Anna")
    columns = [cell.value for cell in load_workbook(BytesIO(sheet_workbook(shown, "Anna")))["numbers"][1]]
    assert columns.index("coded") < columns.index("low")


def test_cells_for_answers_are_blank_open_and_refuse_what_is_impossible():
    book = load_workbook(BytesIO(sheet_workbook(ASKED, "Anna")))
    sheet = book["numbers"]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert [sheet.cell(2, at[name]).value for name in ("low", "best", "high")] == [None] * 3
    assert not sheet.cell(2, at["low"]).protection.locked
    assert sheet.cell(2, at["path"]).protection.locked
    assert sheet.protection.sheet
    ranges = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert f"G2:G{len(ASKED.questions) + 1}" in ranges
    assert all(rule.type == "custom" and rule.showErrorMessage for rule in ranges.values())
    assert "G2>=$E2" in ranges[f"G2:G{len(ASKED.questions) + 1}"].formula1


def test_it_says_in_words_what_an_interval_is_and_whose_and_of_which_version_it_is():
    book = load_workbook(BytesIO(sheet_workbook(ASKED, "Anna")))
    rows = {row[0].value: row[1].value for row in book["instructions"].iter_rows() if row[0].value}
    assert rows["judge"] == "Anna"
    assert (rows["case"], rows["coding"], rows["questions"]) == (
        "japan-1945",
        "public",
        questions_digest(ASKED.questions),
    )
    assert len(rows["scenario"]) == 64
    words = " ".join(str(row[1].value) for row in book["instructions"].iter_rows())
    assert "90 % interval" in words
    assert "one chance in twenty" in words


WRONG = {
    "missing": ((0.2, None, 0.5), "cell H{line}: 'best' is missing"),
    "forgotten": ((None, None, None), "cell G{line}: no answer stands here"),
    "swapped": ((0.5, 0.33, 0.2), "cell G{line}: low (0.5) is above high (0.2); are the two swapped?"),
    "best outside": ((0.2, 0.6, 0.5), "cell H{line}: best (0.6) lies outside low to high, 0.2 to 0.5"),
    "too high": ((0.2, 0.33, 1.5), "cell I{line}: 1.5 is outside what is possible here: 0 to 1 (share)"),
    "in per cent without a sign": ((20, 33, 50), "cell G{line}: 20 is outside what is possible here"),
    "word": (("few", 0.33, 0.5), "cell G{line}: 'few' is not a number"),
    "formula": (("=0.1+0.1", 0.33, 0.5), "cell G{line}: a formula stands here"),
    "true": ((True, 0.33, 0.5), "cell G{line}: 'True' is not a number"),
}


@pytest.mark.parametrize("slip", WRONG)
def test_a_slip_is_named_with_file_sheet_and_cell(tmp_path, slip):
    cells, message = WRONG[slip]
    path = write_book(tmp_path / "judge-a.xlsx", {POSITION: cells})
    line = 2 + [question.path for question in ASKED.questions].index(POSITION)
    faults = faults_of(path)
    assert len(faults) == (3 if slip == "in per cent without a sign" else 1)
    assert faults[0].startswith(f"{path}, sheet 'numbers', {message.format(line=line)}")


def test_a_date_that_a_spreadsheet_made_of_a_number_is_named(tmp_path):
    from datetime import datetime

    path = write_book(tmp_path / "a.xlsx", {POSITION: (datetime(2026, 5, 1), 0.33, 0.5)})  # noqa: DTZ001  (as stored)
    assert "has made a date of this number" in faults_of(path)[0]


def test_all_faults_of_all_sheets_are_told_at_once(tmp_path):
    write_book(tmp_path / "a.xlsx", {POSITION: (0.5, 0.3, 0.2), TRAIT: (None, 0.3, 0.5)})
    write_text(tmp_path / "b.csv", {POSITION: ("0.2", "", "0.5")})
    with pytest.raises(Fault) as caught:
        read_judge_sheets([tmp_path], CASE)
    told = [str(fault) for fault in (caught.value, *caught.value.others)]
    assert len(told) == 3
    assert sum("a.xlsx, sheet 'numbers', cell" in text for text in told) == 2
    assert sum("b.csv:" in text and "'best' is missing" in text for text in told) == 1


@pytest.mark.parametrize("separator", [";", "\t"])
def test_decimal_commas_and_per_cent_are_read_as_they_are_meant(tmp_path, separator):
    path = write_text(tmp_path / "b.csv", {POSITION: ("0,2", "33 %", "0,5")}, separator=separator)
    assert read_judge_sheet(path, CASE).numbers[POSITION].interval() == ANSWER
    book = write_book(tmp_path / "a.xlsx", {POSITION: ("0,2", "33%", ".5")})
    assert read_judge_sheet(book, CASE).numbers[POSITION].interval() == ANSWER


def test_a_comma_that_may_mean_thousands_is_a_fault_where_nothing_tells(tmp_path):
    plain = dict.fromkeys(answers(), (0, 0.5, 1)) | {"seeds.height": ("1,250", "2,000", "3,000")}
    faults = faults_of(write_book(tmp_path / "a.xlsx", plain))
    assert "sheet 'seeds', cell D2: '1,250' may be 1250 or 1.25" in faults[0]


def test_no_opinion_is_said_and_a_blank_row_is_a_fault(tmp_path):
    sheet = read_judge_sheet(write_book(tmp_path / "a.xlsx", {POSITION: ("no opinion", None, None)}), CASE)
    assert sheet.abstained == (POSITION,)
    assert POSITION not in sheet.numbers


def test_powers_are_judged_all_or_none_and_can_sum_to_one(tmp_path):
    partly = faults_of(write_book(tmp_path / "a.xlsx", {POWERS[1]: ("no opinion", None, None)}))
    assert "judge all of them" in partly[0]
    assert "cell G3:" in partly[0]
    small = faults_of(write_book(tmp_path / "a.xlsx", dict.fromkeys(POWERS, (0.05, 0.1, 0.15))))
    assert "cannot sum to 1: best sum to 0.3" in small[0]


def remove_row(book):
    book["numbers"].delete_rows(2)


def rename_path(book):
    book["numbers"].cell(2, 11).value = POWERS[0].replace("power", "powr")


def add_row(book):
    book["numbers"].append(["", "own", "", "", "", "", 0.1, 0.2, 0.3])


def repeat_row(book):
    sheet = book["numbers"]
    sheet.append([sheet.cell(2, n).value for n in range(1, 12)])


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (remove_row, "the row of Soviet Union, Party leadership, power is missing"),
        (rename_path, "is not asked; did you mean"),
        (add_row, "has an answer and no path"),
        (repeat_row, "stands twice in this sheet"),
    ],
)
def test_rows_that_are_unknown_doubled_or_gone_are_named(tmp_path, edit, words):
    assert any(words in fault for fault in faults_of(write_book(tmp_path / "a.xlsx", edit=edit)))


def say_otherwise(key, value):
    def edit(book):
        for row in book["instructions"].iter_rows():
            if row[0].value == key:
                row[1].value = value

    return edit


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("title", "Another war", "this sheet is of another case, 'Another war'"),
        ("coding", "throne", "this sheet is of another version, 'throne'"),
        ("questions", "0123456789abcdef", "the case asks otherwise than when this sheet was written"),
        ("judge", "", "does not say whose it is"),
        ("judge", "Anna\nbase: other.yaml", "is no name of a judge"),
        ("traits", "polities.x.factions.y.traits.z", "the case has changed since this sheet was written"),
    ],
)
def test_a_sheet_of_another_case_version_or_wording_is_refused(tmp_path, key, value, words):
    faults = faults_of(write_book(tmp_path / "a.xlsx", edit=say_otherwise(key, value)))
    assert len(faults) == 1
    assert words in faults[0]


def test_numbers_of_the_case_may_change_while_judges_work_which_is_a_warning(tmp_path):
    sheet = read_judge_sheet(write_book(tmp_path / "a.xlsx", edit=say_otherwise("scenario", "0" * 64)), CASE)
    assert "have changed since this sheet was written" in sheet.warnings[0]


def test_two_filled_sheets_of_one_judge_are_a_fault_and_a_blank_one_beside_is_left_out(tmp_path):
    write_book(tmp_path / "a.xlsx")
    (tmp_path / "a.csv").write_text(sheet_text(ASKED, "anna"), encoding="utf-8")
    assert [sheet.file.name for sheet in read_judge_sheets([tmp_path], CASE)] == ["a.xlsx"]
    write_text(tmp_path / "a.csv", judge="anna")
    with pytest.raises(Fault, match=r"a second sheet of the judge 'anna'"):
        read_judge_sheets([tmp_path], CASE)


def test_a_sheet_that_nobody_filled_in_is_a_fault(tmp_path):
    (tmp_path / "a.csv").write_text(sheet_text(ASKED, "Anna"), encoding="utf-8")
    with pytest.raises(Fault, match=r"is blank; nobody has filled it in"):
        read_judge_sheets([tmp_path], CASE)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"no zip", "is no Excel workbook"),
        ("a.xls", b"old", "is an .xlsx workbook or a .csv"),
        ("a.csv", b"a,b\n1,2\n", "no column is called 'path'"),
        ("a.csv", b"path,low,best,high\np,1,2,3\n", "does not say whose it is"),
    ],
)
def test_what_is_no_sheet_is_named(tmp_path, name, content, words):
    (tmp_path / name).write_bytes(content)
    assert words in faults_of(tmp_path / name)[0]


def test_a_folder_without_sheets_and_a_path_that_is_not_there_are_named(tmp_path):
    with pytest.raises(Fault, match="this folder holds no judge's sheet"):
        read_judge_sheets([tmp_path], CASE)
    with pytest.raises(Fault, match="there is no such file or folder"):
        read_judge_sheets([tmp_path / "none.csv"], CASE)


figures = st.floats(0.01, 0.99).map(lambda x: round(x, 4))
three = st.lists(figures, min_size=3, max_size=3, unique=True).map(sorted)


@settings(max_examples=15, deadline=None)
@given(values=st.lists(three, min_size=len(ASKED.questions), max_size=len(ASKED.questions)), comma=st.booleans())
def test_what_judges_write_is_read_back_from_both_forms(tmp_path_factory, values, comma):
    folder = tmp_path_factory.mktemp("sheets")
    filled = dict(zip([question.path for question in ASKED.questions], values, strict=True))
    filled |= dict.fromkeys(POWERS, (0.3, 0.33, 0.4))
    as_text = {path: [f"{x}".replace(".", ",") if comma else f"{x}" for x in row] for path, row in filled.items()}
    for sheet in (
        read_judge_sheet(write_book(folder / "a.xlsx", filled), CASE),
        read_judge_sheet(write_text(folder / "b.csv", as_text, separator=";" if comma else ","), CASE),
    ):
        for path, row in filled.items():
            assert sheet.numbers[path].interval() == pytest.approx(tuple(row), abs=1e-12)


def test_seed_questions_and_their_key_are_two_files(tmp_path):
    (tmp_path / "seeds.csv").write_text("id,question,unit\nheight,How high is the tower?,m\n", encoding="utf-8")
    (tmp_path / "key.csv").write_text("id;value;scale\nheight;300,5;log\n", encoding="utf-8")
    assert read_seed_questions(tmp_path / "seeds.csv") == ASKED.seeds
    truth = read_seed_key(tmp_path / "key.csv")["height"]
    assert (truth.value, truth.logarithmic) == (300.5, True)
    row = next(line for line in sheet_text(ASKED, "Anna").splitlines() if "How high is the tower" in line)
    assert "300" not in row


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id,value\na,few\n", ":2:3: 'few' is not a number"),
        ("id,value\na,1\na,2\n", ":3:1: 'a' stands twice"),
        ("id,value,scale\na,-1,log\n", ":2:3: -1 has no logarithm"),
        ("id,value,scale\na,1,cubic\n", ":2:5: 'cubic' is no scale"),
        ("id,truth\na,1\n", "no column is called 'value'"),
    ],
)
def test_slips_in_a_key_are_named_with_their_place(tmp_path, text, words):
    path = tmp_path / "key.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as caught:
        read_seed_key(path)
    assert any(words in str(fault) for fault in (caught.value, *caught.value.others))


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_every_decimal_comma_is_named_with_its_cell(tmp_path, suffix):
    commas = {POSITION: ("0,2", "0,33", 0.5)}
    path = tmp_path / f"anna.{suffix}"
    sheet = read_judge_sheet(write_book(path, commas) if suffix == "xlsx" else write_text(path, commas), CASE)
    assert sheet.numbers[POSITION].interval() == pytest.approx((0.2, 0.33, 0.5))
    assert [warning.rpartition(": ")[2] for warning in sheet.warnings] == [
        "'0,2' is read as 0.2",
        "'0,33' is read as 0.33",
    ]
    assert all(warning.startswith(str(path)) for warning in sheet.warnings)
    assert suffix == "csv" or all("sheet 'numbers', cell " in warning for warning in sheet.warnings)


def test_no_opinion_beside_figures_is_named(tmp_path):
    with pytest.raises(Fault, match="'no opinion' stands beside figures; clear the figures, or write one here"):
        read_judge_sheet(write_book(tmp_path / "anna.xlsx", {POSITION: ("no opinion", 0.3, 0.5)}), CASE)


def test_a_workbook_whose_sheet_is_cut_off_is_a_fault(tmp_path):
    whole, cut = write_book(tmp_path / "whole.xlsx"), tmp_path / "cut.xlsx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if name.endswith("sheet2.xml") else content)
    with pytest.raises(Fault, match="a damaged one"):
        read_judge_sheet(cut, CASE)


def test_many_commas_are_named_by_the_first_and_counted(tmp_path):
    path = write_text(tmp_path / "b.csv", dict.fromkeys(answers(), ("0,2", "0,33", "0,5")), separator=";")
    warnings = read_judge_sheet(path, CASE).warnings
    assert len(warnings) == 11
    assert warnings[-1] == f"{3 * len(answers()) - 10} more commas in this sheet are read alike"


def test_no_opinion_on_a_seed_question_is_a_fault_that_says_what_to_write(tmp_path):
    faults = faults_of(write_book(tmp_path / "a.xlsx", {"seeds.height": ("no opinion", None, None)}))
    assert len(faults) == 1
    assert "sheet 'seeds', cell D2: a seed question takes figures" in faults[0]
