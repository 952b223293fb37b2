"""The score sheet of a ledger: who forecast how well, on what, and how far so few questions allow to say so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isinf, isnan

from ripeness.ledger.book.docket import Docket
from ripeness.ledger.scores.calibration import Bin, calibration
from ripeness.ledger.scores.discrimination import discrimination
from ripeness.ledger.scores.interval import ScoreInterval, mean, mean_interval
from ripeness.ledger.scores.verdict import RULES, GradedForecast, grade_forecasts, in_time

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


def sheet(found: Iterable[Docket], as_of: date, *, topic: str = "", by: str = "", late: bool = False) -> ScoreSheet:
    """Score all questions that are past their scheduled date and have an outcome.

    A question that was answered early waits for its date: events that happen end a question early and events that
    do not happen cannot, so counting it at once would make `yes` look more frequent than it is.
    Peers and earlier forecasts of others are those in the ledger, also when only one forecaster is shown.
    """
    chosen = [docket for docket in found if not topic or topic in docket.question.topics]
    ready = [docket for docket in chosen if _why_not(docket, as_of) == ""]
    graded = [one for docket in ready for one in grade_forecasts(docket, late=late) if not by or one.by == by]
    hits = [hit for one in graded for hit in one.hits]
    given, happened = [p for p, _ in hits], [y for _, y in hits]
    return ScoreSheet(
        as_of,
        summary("all", graded),
        tuple(summary(name, [one for one in graded if one.by == name]) for name in sorted({one.by for one in graded})),
        tuple(
            summary(name, [one for one in graded if name in one.topics])
            for name in sorted({name for one in graded for name in one.topics})
        ),
        tuple(graded),
        calibration(given, happened),
        discrimination(given, happened),
        _left_out(chosen, as_of, {one.question for one in graded}, late=late, by=by),
    )


def summary(name: str, graded: Sequence[GradedForecast]) -> ScoreSummary:
    """Average verdicts: first over the forecasters of each question, then over questions, which alone are independent.

    >>> summary("nobody", []).questions
    0
    """
    gains = {
        reference: {
            rule: _mean([(one.question, one.gains[reference][rule]) for one in graded if reference in one.gains])
            for rule in RULES
        }
        for reference in REFERENCES
        if any(reference in one.gains for one in graded)
    }
    return ScoreSummary(
        name,
        len({one.question for one in graded}),
        len(graded),
        sum(isinf(one.log) for one in graded),
        _mean([(one.question, one.brier) for one in graded]),
        _mean([(one.question, one.log) for one in graded]),
        _mean([(one.question, one.ranked) for one in graded if not isnan(one.ranked)]),
        gains,
    )


def _mean(scored: Sequence[tuple[str, float]]) -> ScoreInterval:
    by_question: dict[str, list[float]] = {}
    for question, score in scored:
        by_question.setdefault(question, []).append(score)
    return mean_interval([mean(scores) for scores in by_question.values()])


def _why_not(docket: Docket, as_of: date) -> str:
    known = docket.resolution
    if known is None:
        return "past its date, no outcome entered" if as_of > docket.question.resolves else "not yet due"
    if known.annulled:
        return "annulled"
    # The scheduled day itself has to be over, or a question could count on the day that another is still open.
    return "" if as_of > docket.question.resolves else "answered early, counts after its date"


def _left_out(
    chosen: Sequence[Docket], as_of: date, counted: set[str], *, late: bool, by: str
) -> dict[str, tuple[str, ...]]:
    reasons: dict[str, list[str]] = {}
    for docket in chosen:
        why = _why_not(docket, as_of)
        if not why and docket.question.id not in counted:
            mine = [dated for dated in docket.forecasts if not by or dated.forecast.by == by]
            written_late = not late and any(in_time(docket, dated) for dated in mine)
            why = "forecast written down too late" if written_late else "no forecast in time"
        if why:
            reasons.setdefault(why, []).append(docket.question.id)
    return {why: tuple(names) for why, names in sorted(reasons.items())}
