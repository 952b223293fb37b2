"""The score sheet of a ledger: who forecast how well, on what, and how far so few questions allow to say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isinf, isnan

from ripeness.ledger.book.docket import Docket
from ripeness.ledger.scores.calibration import Bin, calibration
from ripeness.ledger.scores.discrimination import discrimination
from ripeness.ledger.scores.grade import RULES, GradedForecast, grade_forecasts, in_time
from ripeness.ledger.scores.interval import ScoreInterval, mean, mean_interval

REFERENCES = ("uniform", "base rate", "earlier others", "peers")


@dataclass(frozen=True, slots=True)
class ScoreSummary:
    """The mean scores of one forecaster or topic with 90 % intervals over questions, and gains over references."""

    name: str
    questions: int
    forecasts: int
    impossible: int
    brier: ScoreInterval
    log: ScoreInterval
    ranked: ScoreInterval
    gains: dict[str, dict[str, ScoreInterval]]


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """All scores of a ledger on a day, and which questions are left out and why.

    `breaks` say what is wrong with a ledger that is not what was written and was scored even so.
    """

    as_of: date
    overall: ScoreSummary
    forecasters: tuple[ScoreSummary, ...]
    topics: tuple[ScoreSummary, ...]
    verdicts: tuple[GradedForecast, ...]
    calibration: tuple[Bin, ...]
    discrimination: ScoreInterval
    left_out: dict[str, tuple[str, ...]]
    breaks: tuple[str, ...] = ()


def sheet(dockets: Iterable[Docket], as_of: date, *, topic: str = "", by: str = "", late: bool = False) -> ScoreSheet:
    """Score all questions that are past their scheduled date and have an outcome.

    A question that was answered early waits for its date: events that happen end a question early and events that
    do not happen cannot, so counting it at once would make `yes` look more frequent than it is.
    Peers and earlier forecasts of others are those in the ledger, also when only one forecaster is shown.
    """
    on_topic = [docket for docket in dockets if not topic or topic in docket.question.topics]
    ready = [docket for docket in on_topic if _why_not(docket, as_of) == ""]
    graded = [grade for docket in ready for grade in grade_forecasts(docket, late=late) if not by or grade.by == by]
    hits = [hit for grade in graded for hit in grade.hits]
    probabilities, happened = [p for p, _ in hits], [y for _, y in hits]
    return ScoreSheet(
        as_of,
        summary("all", graded),
        tuple(
            summary(name, [grade for grade in graded if grade.by == name])
            for name in sorted({grade.by for grade in graded})
        ),
        tuple(
            summary(name, [grade for grade in graded if name in grade.topics])
            for name in sorted({name for grade in graded for name in grade.topics})
        ),
        tuple(graded),
        calibration(probabilities, happened),
        discrimination(probabilities, happened),
        _left_out(on_topic, as_of, {grade.question for grade in graded}, late=late, by=by),
    )


def summary(name: str, graded: Sequence[GradedForecast]) -> ScoreSummary:
    """Average verdicts: first over the forecasters of each question, then over questions, which alone are independent.

    >>> summary("nobody", []).questions
    0
    """
    gains = {
        reference: {
            rule: _mean(
                [(grade.question, grade.gains[reference][rule]) for grade in graded if reference in grade.gains]
            )
            for rule in RULES
        }
        for reference in REFERENCES
        if any(reference in grade.gains for grade in graded)
    }
    return ScoreSummary(
        name,
        len({grade.question for grade in graded}),
        len(graded),
        sum(isinf(grade.log) for grade in graded),
        _mean([(grade.question, grade.brier) for grade in graded]),
        _mean([(grade.question, grade.log) for grade in graded]),
        _mean([(grade.question, grade.ranked) for grade in graded if not isnan(grade.ranked)]),
        gains,
    )


def _mean(scored: Sequence[tuple[str, float]]) -> ScoreInterval:
    by_question: dict[str, list[float]] = {}
    for question, score in scored:
        by_question.setdefault(question, []).append(score)
    return mean_interval([mean(scores) for scores in by_question.values()])


def _why_not(docket: Docket, as_of: date) -> str:
    resolution = docket.resolution
    if resolution is None:
        return "past its date, no outcome entered" if as_of > docket.question.resolves else "not yet due"
    if resolution.annulled:
        return "annulled"
    # The scheduled day itself has to be over, or a question could count on the day that another is still open.
    return "" if as_of > docket.question.resolves else "answered early, counts after its date"


def _left_out(
    dockets: Sequence[Docket], as_of: date, scored_questions: set[str], *, late: bool, by: str
) -> dict[str, tuple[str, ...]]:
    reasons: dict[str, list[str]] = {}
    for docket in dockets:
        reason = _why_not(docket, as_of)
        if not reason and docket.question.id not in scored_questions:
            forecasts = [dated for dated in docket.forecasts if not by or dated.forecast.by == by]
            written_late = not late and any(in_time(docket, dated) for dated in forecasts)
            reason = "forecast written down too late" if written_late else "no forecast in time"
        if reason:
            reasons.setdefault(reason, []).append(docket.question.id)
    return {reason: tuple(names) for reason, names in sorted(reasons.items())}
