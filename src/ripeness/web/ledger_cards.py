"""Cards of the ledger: a question with its forecasts over time, what came true, and what that scored, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import TYPE_CHECKING

from ripeness.ledger.show.score_words import (
    brier_words,
    day_in_words,
    forecaster_words,
    standing_words,
    views_sentence,
)
from ripeness.show.table_html import data_cell, heading_cell, page_table, table_row
from ripeness.show.words import percent
from ripeness.web.chance_figures import ChanceLine, OutcomeMark, history_figure

if TYPE_CHECKING:
    from ripeness.ledger.book.docket import Docket, EnteredForecast
    from ripeness.ledger.scores.grade import GradedForecast
    from ripeness.ledger.verbs.forecast import LedgerListing

BASE_RATE_NAME = "base rate"
ORDER = ("due", "open", "closed", "resolved", "annulled")
GROUPS = {
    "due": "Past their date: what happened?",
    "open": "Open",
    "closed": "Closed, waiting for their date",
    "resolved": "Settled",
    "annulled": "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class QuestionGroup:
    """Questions that stand at the same point, those that come first on top."""

    status: str
    title: str
    dockets: tuple[Docket, ...]


def question_groups(listing: LedgerListing) -> list[QuestionGroup]:
    """The questions of a ledger by what is to be done with them; those that wait for somebody first."""
    groups = []
    for status in ORDER:
        dockets = [docket for docket in listing.dockets if docket.status(listing.today) == status]
        dockets.sort(key=lambda docket: docket.question.resolves, reverse=status in {"resolved", "annulled"})
        if dockets:
            groups.append(QuestionGroup(status, GROUPS[status], tuple(dockets)))
    return groups


def card_html(docket: Docket, today: date) -> str:
    """A question: where it stands, its forecasts over time, and what they scored."""
    question = docket.question
    status = docket.status(today)
    apart = views_sentence(docket) if docket.resolution is None else ""
    return (
        f'<h3 class="question-text">{escape(question.text)}</h3>'
        f'<p class="standing {status}">{escape(standing_words(docket, today))}</p>'
        f"{f'<p>{escape(apart)}</p>' if apart else ''}"
        f"{_history(docket, today)}{_scores(docket, today)}{_settling(docket)}{_all_forecasts(docket)}"
    )


def outcome_shown(docket: Docket) -> str:
    """The outcome whose chances a card draws: the first of two; of several the one that came true, or the likeliest."""
    question, resolution = docket.question, docket.resolution
    if len(question.outcomes) == 2 or not docket.forecasts:
        return question.outcomes[0]
    if resolution is not None and not resolution.annulled:
        return resolution.outcome
    last = docket.forecasts[-1].forecast.probabilities
    return max(question.outcomes, key=lambda name: last[name])


def chance_lines(docket: Docket) -> list[ChanceLine]:
    """The forecasts of each forecaster on the outcome that is drawn, and the base rate where there is one."""
    shown, question = outcome_shown(docket), docket.question
    forecasts_by_name: dict[str, list[EnteredForecast]] = {}
    for dated in docket.forecasts:
        forecasts_by_name.setdefault(dated.forecast.by, []).append(dated)
    lines = [
        ChanceLine(
            forecaster_words(by),
            tuple(dated.forecast.made.astimezone(UTC).date() for dated in forecasts),
            tuple(dated.forecast.probabilities[shown] for dated in forecasts),
        )
        for by, forecasts in forecasts_by_name.items()
    ]
    if question.base_rate:
        lines.append(ChanceLine(BASE_RATE_NAME, (question.opens,), (question.base_rate[shown],), reference=True))
    return lines


def _history(docket: Docket, today: date) -> str:
    """The chart of a question's forecasts; nothing before the first one."""
    lines, question, resolution = chance_lines(docket), docket.question, docket.resolution
    if not docket.forecasts:
        return '<p class="quiet">No forecast yet.</p>'
    shown = outcome_shown(docket)
    start = min(question.opens, *(day for line in lines for day in line.days))
    end = max(question.resolves, start + timedelta(days=1))
    if resolution is not None and resolution.on > end:
        end = resolution.on
    mark = None
    if resolution is not None:
        mark = OutcomeMark(resolution.on, None if resolution.annulled else resolution.outcome == shown)
    lines = [_until(line, min(today, end)) for line in lines] if mark is None else lines
    title = f"Chance of “{shown}”" + ("" if len(question.outcomes) == 2 else ", of all outcomes the likeliest")
    if resolution is not None and len(question.outcomes) > 2:
        title = f"Chance of “{shown}”"
    return history_figure(lines, start, end, title, mark=mark)


def _until(line: ChanceLine, day: date) -> ChanceLine:
    """A line that ends on a day: a forecast stands until today, and nobody knows what one will say tomorrow."""
    return ChanceLine(line.name, line.days, line.chances, line.reference, day)


def _scores(docket: Docket, today: date) -> str:
    """What the forecasts that count have scored, a line a forecaster."""
    from ripeness.ledger.scores.grade import grade_forecasts

    if docket.status(today) != "resolved" or today <= docket.question.resolves:
        return ""
    graded = sorted(grade_forecasts(docket), key=lambda grade: grade.brier)
    if not graded:
        return '<p class="quiet">No forecast was made in time, so nothing is scored.</p>'
    items = "".join(f"<li>{_score_line(grade, docket)}</li>" for grade in graded)
    return f'<ul class="scored">{items}</ul>'


def _score_line(grade: GradedForecast, docket: Docket) -> str:
    stated = next(dated for dated in docket.forecasts if dated.seq == grade.seq).forecast.probabilities[grade.outcome]
    verdict = brier_words(grade.brier, len(docket.question.outcomes))
    name = escape(forecaster_words(grade.by))
    return f"<b>{name}</b> gave what happened {percent(stated)}. {escape(verdict)}."


def _settling(docket: Docket) -> str:
    """By what rule the question is settled, and what it was settled by."""
    question, resolution = docket.question, docket.resolution
    by = ""
    if resolution is not None:
        word = "Why" if resolution.annulled else "Source"
        by = f"<p>{word}: {escape(resolution.source)}</p>"
        corrected = len(docket.resolutions) - 1
        if corrected:
            times = "once" if corrected == 1 else f"{corrected} times"
            by += f'<p class="quiet">The outcome was corrected {times}; what was entered before stays on record.</p>'
    lines = "".join(f"<p>{escape(line)}</p>" for line in question.criteria.splitlines() if line.strip())
    return (
        f'<details class="fold"><summary>How it is settled</summary>{lines}'
        f"<p>Asked on {day_in_words(question.opens)}; forecasts count until {day_in_words(question.closes)}; settled "
        f"on {day_in_words(question.resolves)}.</p></details>{by}"
    )


def _all_forecasts(docket: Docket) -> str:
    """Every forecast with its day, its chances and its reason."""
    if not docket.forecasts:
        return ""
    names = docket.question.outcomes
    headings = [heading_cell("day"), heading_cell("by"), *(heading_cell(escape(name), "right") for name in names)]
    rows = (_forecast_row(docket, dated, names) for dated in reversed(docket.forecasts))
    count = len(docket.forecasts)
    return (
        f'<details class="fold"><summary>{count} forecast{"s" if count != 1 else ""}, with reasons</summary>'
        f'<div class="sheet plain">{page_table(headings, rows)}</div></details>'
    )


def _forecast_row(docket: Docket, dated: EnteredForecast, names: Sequence[str]) -> str:
    made, shares = dated.forecast, dated.forecast.probabilities
    late = ' <span class="warned">written down late</span>' if docket.late(dated) else ""
    day = day_in_words(made.made.astimezone(UTC).date())
    forecast = table_row(
        [
            data_cell(f"{day}{late}"),
            data_cell(escape(forecaster_words(made.by))),
            *(data_cell(percent(shares[name]), "right") for name in names),
        ]
    )
    if not made.rationale:
        return forecast
    return forecast + table_row([data_cell(escape(made.rationale), columns=len(names) + 2)], "reason")


def example_docket() -> Docket:
    """A question that nobody asked, with forecasts of two forecasters and its outcome: what a ledger looks like."""
    from ripeness.ledger.book.docket import Docket, EnteredForecast
    from ripeness.ledger.book.entry import ForecastQuestion, RecordedForecast, Resolution

    question = ForecastQuestion(
        "example",
        "Will a ceasefire between A and B be in force on 1 July 2026?",
        "Yes if both governments have signed one and it is in force that day, by the reports of the United Nations.",
        date(2026, 1, 10),
        date(2026, 6, 30),
        date(2026, 7, 1),
        base_rate={"yes": 0.12, "no": 0.88},
    )
    statements = (
        ("Ana", date(2026, 1, 12), 0.35, "Both armies are tired, and neither coalition loses by talking."),
        ("Ben", date(2026, 2, 3), 0.6, "The mediator says that the text is almost agreed."),
        ("Ana", date(2026, 3, 20), 0.2, "The finance minister, who wanted to talk, has resigned."),
        ("Ben", date(2026, 4, 28), 0.45, "The talks were put off twice."),
        ("Ana", date(2026, 6, 2), 0.08, "A new offensive; nobody signs in four weeks."),
    )
    forecasts = tuple(
        EnteredForecast(n, made, RecordedForecast("example", by, made, {"yes": p, "no": 1 - p}, why))
        for n, (by, day, p, why) in enumerate(statements, 2)
        for made in (datetime(day.year, day.month, day.day, tzinfo=UTC),)
    )
    outcome = Resolution("example", "no", date(2026, 7, 1), "UN Secretary-General's report of 3 July 2026")
    return Docket(question, 1, forecasts, ((9, outcome),))
