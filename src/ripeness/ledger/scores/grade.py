"""One forecast graded: its scores, and how much better it did than the simple answers to the same question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from math import nan

from ripeness.ledger.book.docket import Docket, EnteredForecast
from ripeness.ledger.book.entry import RecordedForecast
from ripeness.ledger.scores.brier import brier
from ripeness.ledger.scores.log import log_score
from ripeness.ledger.scores.pools import linear_pool
from ripeness.ledger.scores.ranked_probability import ranked_probability
from ripeness.ledger.scores.relative import against_peers, gain

RULES = {"brier": brier, "log": log_score}  # forecasts are set against a reference in these


@dataclass(frozen=True, slots=True)
class GradedForecast:
    """The scores of the forecast that counts for one forecaster on one question; smaller is better.

    `ranked` is nan for outcomes without an order. `gains` holds, for each reference that exists (uniform, base
    rate, earlier forecasts of others, peers) and each rule, how much better the forecast was: above 0 is better.
    """

    question: str
    topics: tuple[str, ...]
    by: str
    seq: int
    outcome: str
    hits: tuple[tuple[float, int], ...]
    brier: float
    log: float
    ranked: float
    gains: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


def grade_forecasts(docket: Docket, *, late: bool = False) -> tuple[GradedForecast, ...]:
    """Grade the last forecast that each forecaster made in time on a question whose outcome is known.

    In time is on or before the closing day and before the day the outcome was known. A forecast that was only
    written down later counts when `late` is set.
    """
    eligible = [dated for dated in docket.forecasts if in_time(docket, dated) and (late or not docket.late(dated))]
    latest = {dated.forecast.by: dated for dated in eligible}  # they stand in time order: the last one stays
    scores = {rule: {by: _score(rule, docket, dated.forecast) for by, dated in latest.items()} for rule in RULES}
    peers = {rule: against_peers(scores[rule]) for rule in RULES}
    graded = []
    for by, dated in latest.items():
        own_scores = {rule: scores[rule][by] for rule in RULES}
        gains = {
            name: {rule: gain(own_scores[rule], _value(rule, docket, reference)) for rule in RULES}
            for name, reference in _references(docket, dated, eligible).items()
        }
        if by in peers["brier"]:
            gains["peers"] = {rule: peers[rule][by] for rule in RULES}
        graded.append(_verdict(docket, dated, own_scores, gains))
    return tuple(graded)


def in_time(docket: Docket, dated: EnteredForecast) -> bool:
    """Whether a forecast was made before the question closed and before the outcome was known."""
    day_made, resolution = dated.forecast.made.astimezone(UTC).date(), docket.resolution
    return day_made <= docket.question.closes and (resolution is None or day_made < resolution.on)


def _verdict(
    docket: Docket, dated: EnteredForecast, own_scores: Mapping[str, float], gains: Mapping[str, Mapping[str, float]]
) -> GradedForecast:
    question, probabilities = docket.question, _aligned(docket, dated.forecast)
    place = _happened(docket)
    ranked = float(ranked_probability(probabilities, place)) if question.kind == "ordered" else nan
    # Of two outcomes the second mirrors the first: counting both would double n.
    hits = [(p, int(k == place)) for k, p in enumerate(probabilities)][: 1 if len(probabilities) == 2 else None]
    name = question.outcomes[place]
    return GradedForecast(
        question.id,
        question.topics,
        dated.forecast.by,
        dated.seq,
        name,
        tuple(hits),
        own_scores["brier"],
        own_scores["log"],
        ranked,
        gains,
    )


def _references(docket: Docket, dated: EnteredForecast, eligible: Sequence[EnteredForecast]) -> dict[str, list[float]]:
    """The simple answers: every outcome alike, the base rate, and the mean of what others had said before."""
    outcomes = docket.question.outcomes
    references = {"uniform": [1 / len(outcomes)] * len(outcomes)}
    if docket.question.base_rate:
        references["base rate"] = [docket.question.base_rate[name] for name in outcomes]
    own_forecast = dated.forecast
    earlier = {
        entered.forecast.by: entered.forecast
        for entered in eligible
        if entered.forecast.by != own_forecast.by and entered.forecast.made < own_forecast.made
    }
    if earlier:
        said_before = [_aligned(docket, forecast) for forecast in earlier.values()]
        references["earlier others"] = linear_pool(said_before, [1] * len(said_before)).tolist()
    return references


def _aligned(docket: Docket, forecast: RecordedForecast) -> list[float]:
    return [forecast.probabilities[name] for name in docket.question.outcomes]


def _happened(docket: Docket) -> int:
    resolution = docket.resolution
    if resolution is None or resolution.annulled:
        message = f"question {docket.question.id!r} has no outcome to score against"
        raise ValueError(message)
    return docket.question.outcomes.index(resolution.outcome)


def _score(rule: str, docket: Docket, forecast: RecordedForecast) -> float:
    return _value(rule, docket, _aligned(docket, forecast))


def _value(rule: str, docket: Docket, probabilities: Sequence[float]) -> float:
    return float(RULES[rule](probabilities, _happened(docket)))
