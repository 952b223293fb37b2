"""A ledger in sentences: where a question stands, what a score means, and how good the forecasts were."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import isinf, isnan
from typing import TYPE_CHECKING

from ripeness.ledger.scores.brier import brier
from ripeness.show.words import percent

if TYPE_CHECKING:
    from ripeness.ledger.book.docket import Docket
    from ripeness.ledger.scores.sheet import ScoreSheet, ScoreSummary

EARLY = (
    "An outcome may be entered as soon as it can no longer change, also before the date: when the war ends, what ended "
    "it counts, and a peace that breaks later changes nothing. It is scored only after the date, since what happens "
    "can settle a question early and what does not happen cannot: counted at once, “yes” would look more frequent "
    "than it is."
)
COUNTS = (
    "Of each forecaster the last forecast counts that was made before the question closed and before the outcome was "
    "known. Nothing is overwritten: a new forecast stands beside the older ones."
)
SCORED = (
    "The Brier score adds up the squared differences between what was said and what happened, over all outcomes: 0 is "
    "perfect, 2 the worst, and saying 50 % on a question of yes or no scores 0.50 whatever happens. Whoever says what "
    "he believes expects the best score."
)


VIEW_NAMES = {"model": "simulations", "record": "past conflicts", "blend": "blend"}


def forecaster_words(name: str) -> str:
    """What a forecaster is called on a page: a person by name, what a run said by what it is.

    >>> forecaster_words("model"), forecaster_words("Ana")
    ('simulations', 'Ana')
    """
    return VIEW_NAMES.get(name, name)


def day_in_words(day: date) -> str:
    """A day as one writes it.

    >>> day_in_words(date(2027, 7, 1))
    '1 July 2027'
    """
    return f"{day.day} {day:%B %Y}"


def standing_words(docket: Docket, today: date) -> str:
    """Where a question stands, and what comes next."""
    question, resolution = docket.question, docket.resolution
    settled = day_in_words(question.resolves)
    if resolution is not None and resolution.annulled:
        return f"Withdrawn on {day_in_words(resolution.on)}: it is not scored."
    if resolution is not None:
        if today > question.resolves:
            return f"Settled: {resolution.outcome}, known since {day_in_words(resolution.on)}."
        return (
            f"Known early, since {day_in_words(resolution.on)}: {resolution.outcome}. It is scored after {settled}, "
            "with the questions that had to wait for their date."
        )
    status = docket.status(today)
    if status == "due":
        return f"Its date, {settled}, is past: say what happened."
    if status == "closed":
        return f"Closed on {day_in_words(question.closes)}: no more forecasts. It is settled on {settled}."
    if question.closes == question.resolves:
        return f"Open until {settled}, when it is settled."
    return f"Open for forecasts until {day_in_words(question.closes)}; settled on {settled}."


def even_score(outcomes: int) -> float:
    """The Brier score of calling so many outcomes equally likely.

    >>> even_score(2), round(even_score(4), 2)
    (0.5, 0.75)
    """
    return float(brier([1 / outcomes] * outcomes, 0))


def even_words(outcomes: int) -> str:
    """Equal chances in words.

    >>> even_words(2), even_words(3)
    ('saying 50 % always', 'calling all 3 outcomes equally likely')
    """
    return "saying 50 % always" if outcomes == 2 else f"calling all {outcomes} outcomes equally likely"


def brier_words(score: float, outcomes: int) -> str:
    """A Brier score beside that of equal chances.

    >>> brier_words(0.12, 2)
    '0.12 Brier: better than saying 50 % always (0.50)'
    >>> brier_words(0.72, 2)
    '0.72 Brier: worse than saying 50 % always (0.50)'
    """
    even = even_score(outcomes)
    verdict = "as good as" if abs(score - even) < 0.005 else "better than" if score < even else "worse than"
    return f"{score:.2f} Brier: {verdict} {even_words(outcomes)} ({even:.2f})"


def consequence_words(chances: Sequence[float], names: Sequence[str]) -> str:
    """What each outcome would score, of a forecast that is about to be made.

    >>> consequence_words([0.8, 0.2], ["yes", "no"])
    'Brier score if yes: 0.08; if no: 1.28. Saying 50 % always scores 0.50.'
    """
    scores = "; ".join(f"if {name}: {float(brier(list(chances), n)):.2f}" for n, name in enumerate(names))
    even = even_words(len(names))
    return f"Brier score {scores}. {even[0].upper()}{even[1:]} scores {even_score(len(names)):.2f}."


def certainty_words(chances: Sequence[float], names: Sequence[str]) -> str:
    """What is said of a forecast that leaves nothing possible.

    >>> certainty_words([1.0, 0.0], ["yes", "no"])
    '0 % says that “no” cannot happen. If it does, no later forecast makes up for it in the log score.'
    """
    never = [f"“{name}”" for name, chance in zip(names, chances, strict=True) if chance == 0]
    if not never:
        return ""
    return (
        f"0 % says that {' and '.join(never)} cannot happen. If it does, no later forecast makes up for it in the log "
        "score."
    )


def overall_sentence(sheet: ScoreSheet) -> str:
    """How good all forecasts of a ledger were, in a sentence or two; nothing where none is scored."""
    overall = sheet.overall
    if not overall.questions or isnan(overall.brier.value):
        return ""
    gain = overall.gains.get("uniform", {}).get("brier")
    counted = f"{overall.forecasts} forecast{'s' if overall.forecasts != 1 else ''} on {_questions(overall.questions)}"
    return f"{counted}: Brier score {overall.brier.value:.2f} on average, {_gain_words(gain)}.{_certain(overall)}"


def summary_words(summary: ScoreSummary) -> str:
    """How good one forecaster was, in a line."""
    if isnan(summary.brier.value):
        return "nothing scored yet"
    gain = summary.gains.get("uniform", {}).get("brier")
    return f"Brier {summary.brier.value:.2f} on {_questions(summary.questions)}, {_gain_words(gain)}"


def _gain_words(gain: object) -> str:
    """A gain over equal chances, and whether so few questions can show it."""
    value = getattr(gain, "value", float("nan"))
    if isnan(value):
        return "with nothing to compare it with"
    low, high = getattr(gain, "low", float("nan")), getattr(gain, "high", float("nan"))
    better = f"{abs(value):.2f} {'better' if value >= 0 else 'worse'} than equal chances"
    if isnan(low):
        return f"{better}; one question says nothing about skill"
    if low <= 0 <= high:
        return f"{better}, which so few questions cannot tell from luck (90 % interval {low:+.2f} to {high:+.2f})"
    return f"{better} (90 % interval {low:+.2f} to {high:+.2f})"


def _certain(summary: ScoreSummary) -> str:
    if not summary.impossible and not isinf(summary.log.value):
        return ""
    return f" {summary.impossible} of them had called impossible what then happened."


def _questions(count: int) -> str:
    return "one question" if count == 1 else f"{count} questions"


def views_sentence(docket: Docket) -> str:
    """How far the forecasters of a question lie apart on its first outcome; nothing where there is only one.

    >>> from types import SimpleNamespace as S
    >>> said = [S(forecast=S(by=by, probabilities={"yes": p})) for by, p in (("Ana", .2), ("Ben", .5))]
    >>> views_sentence(S(question=S(outcomes=("yes", "no")), forecasts=said))
    'Ana says 20 % and Ben 50 %: 30 points apart.'
    """
    name = docket.question.outcomes[0]
    latest = {dated.forecast.by: dated.forecast.probabilities[name] for dated in docket.forecasts}
    if len(latest) < 2:
        return ""
    low, high = min(latest, key=lambda by: latest[by]), max(latest, key=lambda by: latest[by])
    if latest[high] - latest[low] < 0.005:
        return f"{'Both' if len(latest) == 2 else f'All {len(latest)}'} forecasters say {percent(latest[low])}."
    apart = f"{100 * (latest[high] - latest[low]):.0f} points apart"
    first, last = forecaster_words(low), forecaster_words(high)
    extremes = f"{first} {_say(low)} {percent(latest[low])} and {last} {percent(latest[high])}"
    return f"{extremes}: {apart}." if len(latest) == 2 else f"{len(latest)} forecasters: {extremes}, {apart}."


def _say(name: str) -> str:
    return "say" if name in {"model", "record"} else "says"
