"""Elicitation tables: what judges are asked, what they say together, and where they disagree most."""

from __future__ import annotations

from collections.abc import Mapping

from ripeness.scenario.judge_workbook import Questionnaire
from ripeness.scenario.schema import Scenario
from ripeness.show.brief import brief_layout
from ripeness.show.cell import (
    StyledText,
    TableCell,
    TableRow,
    decimal_cell,
    dim,
    number_cell,
    numbers,
    row,
    styled,
    words,
)
from ripeness.show.judge_effect_tables import effect_sentence, effect_tables
from ripeness.show.number_cells import interval_cell
from ripeness.show.table import Layout, Table, layout, text_table
from ripeness.show.words import number, percent
from ripeness.study.elicitation.cooke import FEWEST
from ripeness.study.elicitation.elicitation import Elicitation
from ripeness.study.elicitation.pool import PooledJudgement
from ripeness.world.quantity import Quantity
from ripeness.world.wording import join_words

KINDS: Mapping[str, str] = {
    "power": "powers",
    "positions": "positions",
    "salience": "salience",
    "traits": "traits",
}
MOST_NAMED = 3  # numbers on which judges differ most, in the sentence
APART = 0.5  # share of variance between judges from which two are said to differ


def sentence(elicitation: Elicitation, scenario: Scenario) -> str:
    """The answer in one sentence."""
    if elicitation.pooled is not None:
        return _pooled_sentence(elicitation.pooled, elicitation.questionnaire)
    count = len(elicitation.questionnaire.questions)
    if elicitation.sheets:
        sheet = elicitation.sheets[0]
        return f"The sheet of {sheet.judge} holds no fault: {len(sheet.numbers)} numbers; a pool takes a second judge."
    kinds = join_words([f"{n} {KINDS[kind]}" for kind, n in _counts(elicitation.questionnaire).items()])
    request = f"Judges of '{scenario.title}' are asked for {count} numbers: {kinds}"
    if not elicitation.judges:
        return f"{request}; name judges to write their sheets."
    return f"{request}; a sheet each for {join_words(list(elicitation.judges))}."


def brief(elicitation: Elicitation, scenario: Scenario) -> Layout:
    """The answer for one screen."""
    pooled = elicitation.pooled
    table = (
        _questions_table(elicitation.questionnaire)
        if pooled is None
        else _agreement_table(pooled, elicitation.questionnaire)
    )
    effect = () if elicitation.effect is None else (effect_sentence(elicitation.effect, scenario),)
    return brief_layout(sentence(elicitation, scenario), *effect, table)


def tables(elicitation: Elicitation, scenario: Scenario) -> Layout:
    """Everything, the answer first."""
    pooled, questionnaire = elicitation.pooled, elicitation.questionnaire
    if pooled is None:
        return layout(sentence(elicitation, scenario), _questions_table(questionnaire), *_warnings(elicitation))
    return layout(
        sentence(elicitation, scenario),
        _agreement_table(pooled, questionnaire),
        _kinds_table(pooled),
        _judges_table(elicitation, pooled),
        *(effect_tables(elicitation.effect, scenario) if elicitation.effect is not None else ()),
        _numbers_table(pooled, questionnaire),
        *_warnings(elicitation),
    )


def _counts(questionnaire: Questionnaire) -> dict[str, int]:
    kinds = [question.kind for question in questionnaire.questions]
    return {kind: kinds.count(kind) for kind in KINDS if kind in kinds}


def _pooled_sentence(pooled: PooledJudgement, questionnaire: Questionnaire) -> str:
    names = _names(questionnaire)
    ranked = sorted(pooled.agreement, key=lambda agreement: -agreement.between)
    apart = [agreement for agreement in ranked if agreement.between >= APART]
    pool = f"{len(pooled.numbers)} numbers of {len(pooled.judged)} judges, pooled {_method(pooled)}"
    if not apart:
        return f"{pool}: on none of them do the judges differ by more than their own ranges."
    leading = "; ".join(names.get(agreement.path, agreement.path) for agreement in apart[:MOST_NAMED])
    return (
        f"{pool}: on {len(apart)} of them the judges differ by more than their own ranges, most of all on: {leading}."
    )


def _method(pooled: PooledJudgement) -> str:
    return {"linear": "linearly", "logarithmic": "logarithmically", "performance": "by performance"}[pooled.method]


def _names(questionnaire: Questionnaire) -> dict[str, str]:
    return {question.path: f"{question.owner}: {question.number}" for question in questionnaire.questions}


def _questions_table(questionnaire: Questionnaire) -> Table:
    rows = [
        row(question.owner, question.number, question.meaning, question.field.unit)
        for question in questionnaire.questions
    ]
    notes = [dim(f"'{seed.question}' ({seed.unit}) is asked as a seed question.") for seed in questionnaire.seeds]
    return text_table(("whose", "number", "what it means", "unit"), rows, title="What judges are asked", notes=notes)


def _agreement_table(pooled: PooledJudgement, questionnaire: Questionnaire) -> Table:
    names = _names(questionnaire)
    ranked = sorted(pooled.agreement, key=lambda agreement: -agreement.between)
    rows = [
        row(
            names.get(agreement.path, agreement.path),
            number_cell(styled(number(agreement.least), (f" {agreement.lowest_judge}", "dim")), agreement.least),
            number_cell(styled(number(agreement.most), (f" {agreement.highest_judge}", "dim")), agreement.most),
            number_cell(percent(agreement.between), 100 * agreement.between),
            decimal_cell(agreement.overlap),
        )
        for agreement in ranked
    ]
    columns = (
        words("number"),
        numbers("lowest\nbest"),
        numbers("highest\nbest"),
        numbers("between\njudges, %", "%"),
        numbers("overlap"),
    )
    note = "'between judges' is the share of the variance that lies between them; an overlap of 1 is full agreement."
    return text_table(columns, rows, title="Where judges disagree, most first", notes=[dim(note)], spaced=True)


def _kinds_table(pooled: PooledJudgement) -> Table:
    rows = [
        row(
            KINDS[kind.kind],
            number_cell(str(kind.numbers), kind.numbers),
            "-" if kind.alpha is None else decimal_cell(kind.alpha),
            number_cell(percent(kind.between), 100 * kind.between),
            decimal_cell(kind.overlap),
        )
        for kind in pooled.kinds
    ]
    columns = (
        words("kind"),
        numbers("numbers"),
        numbers("alpha"),
        numbers("between\njudges, %", "%"),
        numbers("overlap"),
    )
    note = "alpha is Krippendorff's for best guesses: 1 is full agreement, 0 what chance gives; traits share no unit."
    return text_table(columns, rows, title="Agreement by kind", notes=[dim(note)], spaced=True)


def _judges_table(elicitation: Elicitation, pooled: PooledJudgement) -> Table:
    scores = {score.judge: score for score in pooled.scores}
    rows = []
    for sheet in elicitation.sheets:
        cells: list[str | TableCell] = [
            sheet.judge,
            number_cell(percent(pooled.weights[sheet.judge]), 100 * pooled.weights[sheet.judge]),
            number_cell(str(len(sheet.numbers)), len(sheet.numbers)),
            number_cell(str(len(sheet.abstained)), len(sheet.abstained)),
        ]
        if scores:
            score = scores[sheet.judge]
            cells += [decimal_cell(score.calibration, ".2g"), decimal_cell(score.information)]
            cells.append(", ".join(map(str, score.hits)))
        rows.append(row(*cells))
    columns = [words("judge"), numbers("weight, %", "%"), numbers("numbers"), numbers("no\nopinion")]
    notes = []
    if scores:
        columns += [numbers("calibration"), numbers("information"), words("hits")]
        notes.append(dim("hits: true values of seed questions below low, up to best, up to high, above."))
        if sum(pooled.scores[0].hits) < FEWEST:
            notes.append(dim(f"Fewer than {FEWEST} seed questions tell judges apart only roughly."))
    return text_table(columns, rows, title="Judges and their weights", notes=notes, spaced=True)


def _numbers_table(pooled: PooledJudgement, questionnaire: Questionnaire) -> Table:
    names = _names(questionnaire)
    rows: list[TableRow] = [
        row(
            names.get(path, path),
            _interval_cell(quantity),
            *(_interval_cell(judged.get(path)) for judged in pooled.judged.values()),
            quantity.unit,
        )
        for path, quantity in pooled.numbers.items()
    ]
    columns = (words("number", repeated=True), numbers("pool"), *map(numbers, pooled.judged), words("unit"))
    notes = []
    if pooled.unjudged:
        left_out = join_words([names.get(path, path) for path in pooled.unjudged[:MOST_NAMED]])
        notes.append(dim(f"No judge with weight has an opinion on {len(pooled.unjudged)} numbers, such as {left_out}."))
    title = "Pooled numbers and each judge's, best and 90 % interval; powers sum to 1"
    return text_table(columns, rows, title=title, notes=notes, spaced=True)


def _interval_cell(quantity: Quantity | None) -> TableCell:
    if quantity is None:
        return number_cell("-", None)
    low, centre, high = quantity.interval()
    spread = f" ({number(low)} to {number(high)})" if low < high else ""
    return interval_cell(f"{number(centre)}{spread}", centre, low, high)


def _warnings(elicitation: Elicitation) -> list[StyledText]:
    return [dim(warning) for warning in elicitation.warnings]
