"""The views of a question side by side, their pools, and how each did, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf, isnan
from typing import TYPE_CHECKING

from ripeness.show.cell import TableCell, dim, number_cell, numbers, row, styled, words
from ripeness.show.number_cells import interval_cell
from ripeness.show.table import Layout, Table, layout, text_table

if TYPE_CHECKING:
    from ripeness.ledger.scores.interval import ScoreInterval
    from ripeness.ledger.scores.pool_sheet import PooledQuestion, PoolSheet, QuestionView, ViewScore

BESIDE = 30  # letters of outcomes that stand beside one another in 80 columns
SCORES = ("n", "Brier", "log", "skill over base rate")


def pool_layout(sheet: PoolSheet) -> Layout:
    """Questions with their views, then the scores of views and pools, or what is missing for them."""
    parts: list[Table | str] = [_question(question) for question in sheet.questions]
    if not parts:
        parts.append("No question has a view to pool yet.")
    if sheet.scores:
        parts.append(_scores(sheet.scores))
    else:
        parts.append("No question is past its date with an outcome; until then all views weigh alike.")
    return layout(*parts, dim(f"{sheet.rule}. As of {sheet.as_of}."))


def _question(question: PooledQuestion) -> Table:
    beside = sum(len(name) + 2 for name in question.outcomes) <= BESIDE
    columns = [words("view"), *([numbers(name) for name in question.outcomes] if beside else [words("probabilities")])]
    columns += [numbers("weight"), numbers("past n"), words("made from")]
    rows = [row(view.name, *_chances(view, beside=beside), *_weight(view), _source(view)) for view in question.views]
    title = f"{question.question}: {question.text} (settled on {question.resolves})"
    return text_table(columns, rows, title=title)


def _chances(view: QuestionView, *, beside: bool) -> Sequence[TableCell | str]:
    shares = view.probabilities
    if beside:
        return [number_cell(f"{share:.1%}", 100 * share, "%") for share in shares.values()]
    return ["\n".join(f"{share:6.1%} {name}" for name, share in shares.items())]


def _weight(view: QuestionView) -> tuple[TableCell | str, TableCell | str]:
    if view.weight is None:
        return "", ""
    return number_cell(f"{view.weight:.0%}", 100 * view.weight, "%"), number_cell(str(view.past), view.past)


def _source(view: QuestionView) -> str:
    return f"{view.source}, {view.made:%Y-%m-%d}" if view.made is not None else view.source


def _scores(scores: Sequence[ViewScore]) -> Table:
    rows = [
        row(
            score.name,
            number_cell(str(score.brier.n), score.brier.n),
            *(_score(bound) for bound in (score.brier, score.log)),
            _score(score.skill, signed=True),
        )
        for score in scores
    ]
    notes = (
        styled(
            "Brier and log: smaller is better. Skill: share of the base rate's mean Brier score that was saved, on the"
            " questions that note one; above 0 is better, and an interval that holds 0 shows no difference."
        ),
    )
    return text_table(("", *SCORES), rows, numeric=SCORES, title="On past questions, with 90 % intervals", notes=notes)


def _score(bound: ScoreInterval, *, signed: bool = False) -> TableCell:
    """A score with its interval below it; blank where no question has one, and infinite in words."""
    if not bound.n or isnan(bound.value):
        return number_cell("", None)
    if isinf(bound.value):
        return number_cell("infinite", None)
    style = "+.3f" if signed else ".3f"
    text = f"{bound.value:{style}}"
    if isnan(bound.low):
        return number_cell(text, bound.value)
    return interval_cell(f"{text}\n[{bound.low:{style}}, {bound.high:{style}}]", bound.value, bound.low, bound.high)
