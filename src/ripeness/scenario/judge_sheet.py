"""A judge's sheet, read back and checked: whose it is, of which case, and one number for each question.

Every fault of a sheet is found at once and stands at its cell; a sheet of another case, of another version, or of
questions that have changed since is refused whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.judge_answers import NO_OPINION, comma_notes, has_no_opinion, read_answer, sheet_marks
from ripeness.scenario.judge_cells import ANSWERS, JudgeCell, JudgeCells, JudgeRow, read_judge_cells
from ripeness.scenario.judge_questions import JudgeQuestion, judge_questions, powers_by_polity, questions_digest
from ripeness.scenario.number_field import NumberField
from ripeness.scenario.schema import Scenario
from ripeness.scenario.validation.polities import SLACK
from ripeness.world.fault import Fault, Place, combined, file_order
from ripeness.world.quantity import Quantity
from ripeness.world.wording import did_you_mean

MOST_FAULTS = 200  # reported at once, over all sheets
SEED = "seeds."  # begins the path of a seed question
SEED_FIELD = (-1e12, 1e12)  # a seed question may be about anything
SUFFIXES = (".xlsx", ".csv")


@dataclass(frozen=True, slots=True)
class JudgeSheet:
    """What one judge says: a number for each path, and for each seed question.

    `abstained` holds the paths on which the judge has no opinion, `notes` what was written beside a number, `warnings`
    what looks wrong and can be read all the same. Units: those of the numbers' fields.
    """

    judge: str
    file: Path
    numbers: Mapping[str, Quantity]
    seeds: Mapping[str, Quantity] = field(default_factory=dict)
    abstained: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    traits: tuple[str, ...] = ()
    polities: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def read_judge_sheet(path: Path, scenario: Scenario) -> JudgeSheet:
    """Read the sheet of one judge and check it against the case.

    Raises: Fault with file, sheet and cell for everything that is wrong; the first, and the others beside it.
    """
    return _check_sheet(read_judge_cells(Path(path)), scenario)


def read_judge_sheets(paths: Sequence[str | Path], scenario: Scenario) -> tuple[JudgeSheet, ...]:
    """Read the sheets of several judges, from files or from all sheets of a folder.

    Where both forms of a judge's sheet are there and one is blank, the filled one counts.

    Raises: Fault for everything that is wrong in any of them, and for two sheets of one judge.
    """
    sheets, faults = [], []
    for cells in _filled(_read_all(_sheet_files(paths))):
        try:
            sheets.append(_check_sheet(cells, scenario))
        except Fault as fault:
            faults += [fault, *fault.others]
    if faults:
        raise combined(faults, MOST_FAULTS)
    return tuple(sheets)


def _sheet_files(paths: Sequence[str | Path]) -> list[Path]:
    files: list[Path] = []
    for path in map(Path, paths):
        if path.is_dir():
            inside = sorted(file for file in path.iterdir() if file.suffix.lower() in SUFFIXES and file.is_file())
            inside = [file for file in inside if not file.name.startswith(("~$", "."))]
            if not inside:
                raise Fault("this folder holds no judge's sheet (.xlsx or .csv)", Place(str(path)))
            files += inside
        elif not path.exists():
            raise Fault("there is no such file or folder", Place(str(path)))
        else:
            files.append(path)
    if not files:
        raise Fault("name the sheets that judges have filled in, or their folder")
    return list(dict.fromkeys(files))


def _read_all(files: Sequence[Path]) -> list[JudgeCells]:
    sheets, faults = [], []
    for path in files:
        try:
            sheets.append(read_judge_cells(path))
        except Fault as fault:
            faults += [fault, *fault.others]
    if faults:
        raise combined(faults, MOST_FAULTS)
    return sheets


def _filled(sheets: Sequence[JudgeCells]) -> list[JudgeCells]:
    """The sheet of each judge; a blank one beside a filled one is left out.

    Raises: Fault for two filled sheets of one judge, and for a judge who has answered nothing.
    """
    by_judge: dict[str, list[JudgeCells]] = {}
    for sheet in sheets:
        by_judge.setdefault(sheet.about_text("judge").casefold(), []).append(sheet)
    faults, filled = [], []
    for group in by_judge.values():
        answered = [sheet for sheet in group if any(row.answered for row in sheet.rows)]
        name = group[0].about_text("judge")
        if not answered:
            faults.append(Fault(f"the sheet of '{name}' is blank; nobody has filled it in", Place(str(group[0].file))))
        for other in answered[1:]:
            message = f"a second sheet of the judge '{name}'; the first is {answered[0].file}; leave one out"
            faults.append(Fault(message, other.about["judge"].place))
        filled += answered[:1]
    if faults:
        raise combined(faults, MOST_FAULTS)
    return filled


def _check_sheet(cells: JudgeCells, scenario: Scenario) -> JudgeSheet:
    questions = _questions_of(cells, scenario)
    by_path = {question.path: question for question in questions}
    faults: list[Fault] = []
    rows = _rows_by_path(cells, by_path, faults)
    marks = sheet_marks(cells.rows)
    numbers: dict[str, Quantity] = {}
    seeds: dict[str, Quantity] = {}
    for path, row in rows.items():
        if path.startswith(SEED) and has_no_opinion(row):
            message = (
                "a seed question takes figures, for they score the judge; state a wide range where little is known"
            )
            faults.append(Fault(message, row.cell("low").place))
        elif path.startswith(SEED):
            number = read_answer(row, NumberField(row.cell("unit").text or "index", *SEED_FIELD), marks, faults)
            if number is not None and len(set(number.interval())) < len(ANSWERS):
                message = "a seed question takes three different figures: low below best below high"
                faults.append(Fault(message, row.cell("low").place))
            seeds |= {} if number is None else {path.removeprefix(SEED): number}
        elif not has_no_opinion(row):
            number = read_answer(row, by_path[path].field, marks, faults)
            numbers |= {} if number is None else {path: number}
    abstained = tuple(path for path, row in rows.items() if path in by_path and has_no_opinion(row))
    if not faults:
        faults += _power_faults(numbers, abstained, rows)
    if faults:
        raise combined(sorted(faults, key=file_order), MOST_FAULTS)
    notes = {path: row.cell("note").text for path, row in rows.items() if row.cell("note").text}
    return JudgeSheet(
        cells.about_text("judge"),
        cells.file,
        numbers,
        seeds,
        abstained,
        notes,
        tuple(cells.about_text("traits").split()),
        tuple(cells.about_text("polities").split()),
        (
            *_warnings(cells, scenario),
            *comma_notes(rows, numbers | {SEED + key: number for key, number in seeds.items()}),
        ),
    )


def _questions_of(cells: JudgeCells, scenario: Scenario) -> tuple[JudgeQuestion, ...]:
    """The questions that the sheet was written with.

    Raises: Fault where it belongs to another case or version, or asked something else.
    """
    place = Place(str(cells.file))
    for key, expected, word in (("title", scenario.title, "case"), ("coding", scenario.coding, "version")):
        stated = cells.about_text(key)
        if stated != expected:
            flag = f"; ask for it with --coding {stated}" if key == "coding" and stated else ""
            where = cells.about[key].place if key in cells.about else place
            raise Fault(f"this sheet is of another {word}, '{stated[:80]}', not of '{expected[:80]}'{flag}", where)
    traits, polities = cells.about_text("traits").split(), cells.about_text("polities").split()
    try:
        questions = judge_questions(scenario, traits, polities)
    except Fault as fault:
        raise Fault(f"the case has changed since this sheet was written: {fault.message}", place) from None
    if questions_digest(questions) != cells.about_text("questions"):
        message = "the case asks otherwise than when this sheet was written: names, words, units or bounds have changed"
        raise Fault(f"{message}; write the sheets again", place)
    return questions


def _rows_by_path(
    cells: JudgeCells, questions: Mapping[str, JudgeQuestion], faults: list[Fault]
) -> dict[str, JudgeRow]:
    """The rows by their path; a fault for one that is unknown, stands twice, or is missing."""
    rows: dict[str, JudgeRow] = {}
    for row in cells.rows:
        cell = row.cell("path")
        if cell.text in rows:
            faults.append(Fault(f"'{cell.text[:120]}' stands twice in this sheet", cell.place))
        elif cell.text in questions or cell.text.startswith(SEED):
            rows[cell.text] = row
        elif cell.text or row.answered:
            faults.append(Fault(_unknown_row(cell, questions), cell.place))
    for path, question in questions.items():
        if path not in rows:
            message = f"the row of {question.owner}, {question.number} is missing ('{path}'); put it back, and write"
            faults.append(Fault(f"{message} '{NO_OPINION}' into it if there is none", Place(str(cells.file))))
    return rows


def _unknown_row(cell: JudgeCell, questions: Mapping[str, JudgeQuestion]) -> str:
    if not cell.text:
        return "this row has an answer and no path; what judges are asked is fixed, remarks go under 'note'"
    hint = did_you_mean(cell.text, questions, "rows are those that the sheet was written with", cutoff=0.5)
    return f"'{cell.text[:120]}' is not asked; {hint}"


def _power_faults(
    numbers: Mapping[str, Quantity], abstained: Sequence[str], rows: Mapping[str, JudgeRow]
) -> list[Fault]:
    """Powers of a polity are judged all or none, and can sum to 1."""
    faults = []
    for polity, paths in powers_by_polity([*numbers, *abstained]).items():
        missing = [path for path in paths if path in abstained]
        if missing and len(missing) < len(paths):
            message = f"the powers of '{polity}' share 1: judge all of them, or write '{NO_OPINION}' for all"
            faults.append(Fault(message, rows[missing[0]].cell("low").place))
        if not missing:
            faults += _sum_fault(polity, [numbers[path] for path in paths], rows[paths[0]])
    return faults


def _sum_fault(polity: str, powers: Sequence[Quantity], row: JudgeRow) -> list[Fault]:
    low, centre, high = (sum(ends) for ends in zip(*(power.interval() for power in powers), strict=True))
    if abs(centre - 1) <= SLACK or low - SLACK <= 1 <= high + SLACK:
        return []
    message = (
        f"the powers of '{polity}' cannot sum to 1: best sum to {centre:.3g}, low to {low:.3g}, high to {high:.3g}"
    )
    return [Fault(message, row.cell("best").place)]


def _warnings(cells: JudgeCells, scenario: Scenario) -> tuple[str, ...]:
    stated = cells.about_text("scenario")
    if not stated or stated == fingerprint(scenario):
        return ()
    message = f"{cells.file}: numbers of the case or parameters of the model have changed since this sheet was written"
    return (f"{message}; what it asks has not",)
