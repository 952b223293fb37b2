"""Elicitation: what was asked of judges and, once their sheets are read, what they say together."""

from __future__ import annotations

from dataclasses import dataclass

from ripeness.scenario.judge_sheet import JudgeSheet
from ripeness.scenario.judge_workbook import Questionnaire
from ripeness.study.elicitation.pool import PooledJudgement
from ripeness.study.judge_variance import JudgeDisagreement


@dataclass(frozen=True, slots=True)
class Elicitation:
    """A questionnaire and the judges who get it, or the sheets that were read and their pool.

    `judges` are those for whom sheets are written; `sheets` and `pooled` are there once sheets are read, and `effect`,
    what the judges' disagreement does to the answer, where that was asked.
    """

    questionnaire: Questionnaire
    judges: tuple[str, ...] = ()
    sheets: tuple[JudgeSheet, ...] = ()
    pooled: PooledJudgement | None = None
    effect: JudgeDisagreement | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What looks wrong in the sheets and could be read all the same."""
        return tuple(warning for sheet in self.sheets for warning in sheet.warnings)
