"""Pool sheet: base rate, model, blend and one's own view of a question side by side, their pools, and how each did.

Weights come from questions that were past their date before the day for which they are reckoned, so that a pool of a
past question knows no more than one could on its closing day.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

import numpy as np

from ripeness.ledger.book.docket import Docket, EnteredForecast
from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.grade import in_time
from ripeness.ledger.scores.interval import ScoreInterval, mean_interval
from ripeness.ledger.scores.log import log_score
from ripeness.ledger.scores.pools import PRIOR_QUESTIONS, linear_pool, log_pool, record_weights
from ripeness.ledger.scores.skill import skill_interval

BASE_RATE = "base rate"
LINEAR, LOGARITHMIC = "linear", "logarithmic"
POOLS = {LINEAR: linear_pool, LOGARITHMIC: log_pool}
RULE = (
    "weights: inverse Brier score on past questions, each against all who answered it, with "
    f"{PRIOR_QUESTIONS} further questions of mean score"
)

Records = Sequence[tuple[Docket, Mapping[str, float]]]


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One view of a question: the base rate, the last forecast of somebody, or a pool of them.

    `source` says from what it was made. `weight`: its share in the weighted pools; none of a pool. `past`: answered
    questions behind the weight.
    """

    name: str
    kind: str
    probabilities: Mapping[str, float]
    source: str = ""
    made: datetime | None = None
    weight: float | None = None
    past: int = 0


@dataclass(frozen=True, slots=True)
class PooledQuestion:
    """A question with all views of it that were known on a day."""

    question: str
    text: str
    resolves: date
    outcomes: tuple[str, ...]
    as_of: date
    views: tuple[QuestionView, ...]


@dataclass(frozen=True, slots=True)
class ViewScore:
    """How a view did on past questions: mean scores, and skill over the base rate where the question has one."""

    name: str
    kind: str
    brier: ScoreInterval
    log: ScoreInterval
    skill: ScoreInterval


@dataclass(frozen=True, slots=True)
class PoolSheet:
    """Views and pools of questions, and the scores of each on the questions that are past their date."""

    as_of: date
    rule: str
    questions: tuple[PooledQuestion, ...]
    scores: tuple[ViewScore, ...]


def pool_sheet(
    dockets: Iterable[Docket], as_of: date, wanted: Callable[[Docket], bool], members: Sequence[str] = ()
) -> PoolSheet:
    """Pool the wanted questions as on a day, and score views and pools on all that are past theirs.

    `members`: whose views are pooled; all, where none is named.
    """
    all_dockets = tuple(dockets)
    records = _records(all_dockets, members)
    pooled = [pooled_question(docket, records, as_of, members) for docket in all_dockets if wanted(docket)]
    return PoolSheet(
        as_of, RULE, tuple(question for question in pooled if question.views), _scores(records, as_of, members)
    )


def pooled_question(docket: Docket, records: Records, as_of: date, members: Sequence[str] = ()) -> PooledQuestion:
    """All views of a question that were known on a day, with their pools where there are two or more.

    `records`: every resolved question with the Brier score of each member on it.
    """
    question, views = docket.question, _members(docket, as_of, members)
    names = [view.name for view in views]
    past_scores = [scores for past, scores in records if past is not docket and is_answered(past, as_of)]
    weights = record_weights(names, past_scores)
    weighed = [
        QuestionView(
            view.name,
            view.kind,
            view.probabilities,
            view.source,
            view.made,
            weights[view.name],
            sum(view.name in scores for scores in past_scores),
        )
        for view in views
    ]
    return PooledQuestion(
        question.id, question.text, question.resolves, question.outcomes, as_of, (*weighed, *_pools(docket, weighed))
    )


def is_answered(docket: Docket, on: date) -> bool:
    """Whether a question is past its date on a day, and has an outcome that counts."""
    resolution = docket.resolution
    return resolution is not None and not resolution.annulled and on > docket.question.resolves


def _members(docket: Docket, as_of: date, members: Sequence[str]) -> list[QuestionView]:
    """The base rate, and the last forecast that each forecaster made in time, by a day."""
    question, views = docket.question, {}
    if question.base_rate:
        views[BASE_RATE] = QuestionView(BASE_RATE, BASE_RATE, _shares(docket, question.base_rate), "with the question")
    for dated in docket.forecasts:
        if in_time(docket, dated) and not docket.late(dated) and dated.forecast.made.astimezone(UTC).date() <= as_of:
            name = dated.forecast.by if dated.forecast.by != BASE_RATE else f"{BASE_RATE} (a forecaster)"
            views[name] = _view(name, docket, dated)
    return [view for name, view in views.items() if not members or name in members]


def _view(name: str, docket: Docket, dated: EnteredForecast) -> QuestionView:
    forecast = dated.forecast
    source = str(forecast.provenance.get("made", ""))
    part = forecast.provenance.get("view")
    probabilities = _shares(docket, forecast.probabilities)
    return QuestionView(name, "forecaster", probabilities, f"{source}: {part}" if part else source, forecast.made)


def _shares(docket: Docket, probabilities: Mapping[str, float]) -> dict[str, float]:
    return {name: probabilities[name] for name in docket.question.outcomes}


def _pools(docket: Docket, views: Sequence[QuestionView]) -> list[QuestionView]:
    if len(views) < 2:
        return []
    table = np.array([list(view.probabilities.values()) for view in views])
    weights = np.array([view.weight for view in views], dtype=np.float64)
    pools = []
    for form, formula in POOLS.items():
        for name, shares in ((f"{form} pool, equal weights", np.ones(len(views))), (f"{form} pool, weighted", weights)):
            pooled = formula(table, shares)
            if np.isfinite(pooled).all():  # a logarithmic pool of members that agree on nothing possible is none
                pools.append(
                    QuestionView(name, "pool", dict(zip(docket.question.outcomes, pooled.tolist(), strict=True)))
                )
    return pools


def _records(dockets: Sequence[Docket], members: Sequence[str]) -> Records:
    """Every resolved question with the Brier scores that its members had on its closing day."""
    return [
        (
            docket,
            {view.name: _score(docket, view, brier) for view in _members(docket, docket.question.closes, members)},
        )
        for docket in dockets
        if docket.resolution is not None and not docket.resolution.annulled
    ]


def _score(docket: Docket, view: QuestionView, rule: Callable[..., np.ndarray]) -> float:
    return float(rule(list(view.probabilities.values()), _happened(docket)))


def _scores(records: Records, as_of: date, members: Sequence[str]) -> tuple[ViewScore, ...]:
    """Mean scores of every view and pool over the answered questions, each as it stood on the closing day."""
    kinds: dict[str, str] = {}
    rows: dict[str, list[tuple[float, float, float | None]]] = {}
    for docket, _ in records:
        if not is_answered(docket, as_of):
            continue
        views = pooled_question(docket, records, docket.question.closes, members).views
        base_rate = docket.question.base_rate
        base = float(brier(list(_shares(docket, base_rate).values()), _happened(docket))) if base_rate else None
        for view in views:
            kinds[view.name] = view.kind
            rows.setdefault(view.name, []).append((_score(docket, view, brier), _score(docket, view, log_score), base))
    order = (BASE_RATE, "forecaster", "pool")
    return tuple(
        ViewScore(
            name,
            kinds[name],
            mean_interval([row[0] for row in scored]),
            mean_interval([row[1] for row in scored]),
            skill_interval(
                [row[0] for row in scored if row[2] is not None], [row[2] for row in scored if row[2] is not None]
            ),
        )
        for name, scored in sorted(rows.items(), key=lambda item: order.index(kinds[item[0]]))
    )


def _happened(docket: Docket) -> int:
    resolution = docket.resolution
    return -1 if resolution is None else docket.question.outcomes.index(resolution.outcome)
