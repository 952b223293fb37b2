"""Sheets for judges as files: an Excel workbook whose answer cells refuse what is impossible, and the same as text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.judge_answers import NO_OPINION
from ripeness.scenario.judge_cells import ABOUT, ANSWERS, INSTRUCTIONS, NUMBERS, SEEDS
from ripeness.scenario.judge_questions import JudgeQuestion, questions_digest
from ripeness.scenario.judge_seeds import SeedQuestion
from ripeness.scenario.judge_sheet import SEED
from ripeness.scenario.schema import Scenario
from ripeness.store.cells import to_csv
from ripeness.world.extras import need_package
from ripeness.world.version import __version__

COLUMNS = ("whose", "number", "what it means", "unit", "least", "most", *ANSWERS, "note", "path")
CODED = "coded"  # the case's own number, shown before the answers only where that is asked for
WIDTHS = {"whose": 30, "number": 30, "what it means": 60, "unit": 16, "note": 40, "path": 44, CODED: 22}
NARROW = 10  # of all other columns, in letters
INTRODUCTION = (
    "Please fill in the yellow cells on the sheet 'numbers', alone and without looking at anybody else's.",
    "low: you would be surprised if the truth lay below it; one chance in twenty that it does.",
    "best: as likely too high as too low.",
    "high: you would be surprised if the truth lay above it; one chance in twenty that it does.",
    "So nine times in ten the truth should lie from low to high: a 90 % interval. Most people's are too narrow.",
    f"No opinion? Write '{NO_OPINION}' into 'low' and leave best and high empty. A row left blank counts as forgotten.",
    "Shares run from 0 to 1; 35 % may be written as 0.35 or as 35 %. A decimal point or a decimal comma will do.",
    "Powers of one polity share 1: judge all or none of them. They need only be able to sum to 1 within your ranges.",
    "'note' takes your grounds and sources. Please leave all other cells, and this sheet, as they are.",
)
SEED_INTRODUCTION = (
    "The sheet 'seeds' asks for figures that are known, though perhaps not to you: please do not look them up."
    " They show how well intervals are chosen."
)


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What judges of a case are asked: its questions, and seed questions if there are any.

    `traits` and `polities` are what the questions were chosen by; `show_coded`: whether judges see the case's numbers.
    """

    case: str
    scenario: Scenario
    questions: tuple[JudgeQuestion, ...]
    traits: tuple[str, ...] = ()
    polities: tuple[str, ...] = ()
    seeds: tuple[SeedQuestion, ...] = ()
    show_coded: bool = False

    def about(self, judge: str) -> dict[str, str]:
        """What a sheet says of itself, enough to be refused where it does not belong."""
        values = (
            judge,
            self.case,
            self.scenario.title,
            self.scenario.coding,
            " ".join(self.traits),
            " ".join(self.polities),
            questions_digest(self.questions),
            fingerprint(self.scenario),
            __version__,
        )
        return dict(zip(ABOUT, values, strict=True))

    def columns(self) -> tuple[str, ...]:
        """The headings of the sheet of numbers."""
        at = COLUMNS.index("low")
        return (*COLUMNS[:at], CODED, *COLUMNS[at:]) if self.show_coded else COLUMNS

    def number_rows(self) -> list[dict[str, Any]]:
        """One row a number that is asked for, answers blank."""
        return [
            {
                "whose": question.owner,
                "number": question.number,
                "what it means": question.meaning,
                "unit": question.field.unit,
                "least": question.field.low,
                "most": question.field.high,
                **({CODED: coded_text(question)} if self.show_coded else {}),
                "path": question.path,
            }
            for question in self.questions
        ]

    def seed_rows(self) -> list[dict[str, Any]]:
        """One row a seed question."""
        return [
            {"number": seed.key, "what it means": seed.question, "unit": seed.unit, "path": SEED + seed.key}
            for seed in self.seeds
        ]


def coded_text(question: JudgeQuestion) -> str:
    """The case's own number with its 90 % interval, in a few letters."""
    low, centre, high = question.coded.interval()
    return f"{centre:.3g} ({low:.3g} to {high:.3g})" if low < high else f"{centre:.3g}"


def sheet_text(questionnaire: Questionnaire, judge: str) -> str:
    """A judge's sheet as comma-separated text: comments first, then a heading and a row a number."""
    introduction = [*INTRODUCTION, *((SEED_INTRODUCTION,) if questionnaire.seeds else ())]
    comments = [f"# {line}" for line in introduction]
    comments += [f"# {key}: {value}" for key, value in questionnaire.about(judge).items()]
    rows = [*questionnaire.number_rows(), *questionnaire.seed_rows()]
    return "\n".join(comments) + "\n" + to_csv(rows, questionnaire.columns())


def sheet_workbook(questionnaire: Questionnaire, judge: str) -> bytes:
    """A judge's sheet as an Excel workbook: instructions, numbers, and seeds if there are any.

    Answer cells take figures within the bounds that do not fall from low to high, or the words for no opinion; all
    other cells are locked without a password.

    Raises: Fault where openpyxl is not installed.
    """
    need_package("openpyxl", "an Excel workbook")
    from openpyxl import Workbook

    book = Workbook()
    _fill_instructions(book.active, questionnaire, judge)
    _fill_questions(book.create_sheet(NUMBERS), questionnaire.columns(), questionnaire.number_rows())
    if questionnaire.seeds:
        columns = tuple(name for name in COLUMNS if name not in {"whose", "least", "most"})
        _fill_questions(book.create_sheet(SEEDS), columns, questionnaire.seed_rows())
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_instructions(sheet: Any, questionnaire: Questionnaire, judge: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet.title = INSTRUCTIONS
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 16, 100
    lines = [questionnaire.scenario.title, *INTRODUCTION, *((SEED_INTRODUCTION,) if questionnaire.seeds else ())]
    for line in lines:
        sheet.append(["", _plain(line)])
        sheet.cell(sheet.max_row, 2).alignment = Alignment(wrap_text=True, vertical="top")
    sheet.cell(1, 2).font = Font(bold=True, size=14)
    sheet.append([])
    for key, value in questionnaire.about(judge).items():
        sheet.append([key, ""])
        _write_text(sheet.cell(sheet.max_row, 2), value)
    sheet.protection.sheet = True


def _fill_questions(sheet: Any, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill, Protection
    from openpyxl.utils import get_column_letter

    sheet.append(list(columns))
    answer_fill = PatternFill("solid", fgColor="FFF7D6")
    for n, name in enumerate(columns, start=1):
        sheet.cell(1, n).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(n)].width = WIDTHS.get(name, NARROW)
    for line, row in enumerate(rows, start=2):
        for n, name in enumerate(columns, start=1):
            cell = sheet.cell(line, n)
            _write_text(cell, row.get(name))
            cell.alignment = Alignment(wrap_text=name in WIDTHS, vertical="top")
            if name in (*ANSWERS, "note"):
                cell.fill, cell.protection = answer_fill, Protection(locked=False)
            elif name == "path":
                cell.font = Font(color="808080", size=8)
    _add_validation(sheet, columns, len(rows), bounded="least" in columns)
    sheet.freeze_panes = "A2"
    sheet.protection.sheet, sheet.protection.formatColumns, sheet.protection.formatRows = True, False, False


def _add_validation(sheet: Any, columns: Sequence[str], count: int, *, bounded: bool) -> None:
    """Refuse figures that are impossible or out of order; text other than that for no opinion is refused as well."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = {name: get_column_letter(n) for n, name in enumerate(columns, start=1)}
    low, best, high = (f"${letter[name]}2" for name in ANSWERS)
    orders = {
        "low": f'AND(OR({best}="",{{0}}<={best}),OR({high}="",{{0}}<={high}))',
        "best": f'AND(OR({low}="",{{0}}>={low}),OR({high}="",{{0}}<={high}))',
        "high": f'AND(OR({low}="",{{0}}>={low}),OR({best}="",{{0}}>={best}))',
    }
    for name, order in orders.items():
        cell = f"{letter[name]}2"
        bounds = f",{cell}>=${letter['least']}2,{cell}<=${letter['most']}2" if bounded else ""
        formula = f'OR({cell}="{NO_OPINION}",AND(ISNUMBER({cell}){bounds},{order.format(cell)}))'
        rule = DataValidation(type="custom", formula1=formula, allow_blank=True, showErrorMessage=True)
        rule.errorTitle = "Not possible"
        rule.error = f"A number within least and most, low <= best <= high; or '{NO_OPINION}' under low."
        sheet.add_data_validation(rule)
        rule.add(f"{letter[name]}2:{letter[name]}{count + 1}")


def _write_text(cell: Any, value: Any) -> None:
    """A number as a number, a word as a word: a leading = does not make it a formula."""
    cell.value = _plain(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _plain(text: str) -> str:
    """The text without signs that a workbook cannot hold."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("", text))
