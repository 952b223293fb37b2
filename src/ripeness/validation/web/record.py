"""Track record: whether forecasts of past wars came true as often as they said, what fails, and decisions on record."""

from __future__ import annotations

from html import escape
from typing import Any

from nicegui import ui

from ripeness.ledger.show.score_words import even_score
from ripeness.show.table_html import data_cell, heading_cell, page_table, table_row
from ripeness.validation.backtest.track_record import TrackedConflicts, TrackedForecasts, track_record
from ripeness.validation.show import track_record_words as words
from ripeness.validation.web.answers import ask_councils
from ripeness.validation.web.screens import RECORD as HERE
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import show_answer
from ripeness.web.chance_figures import calibration_figure
from ripeness.web.frame import build_or_show_fault, notify_faults, page_frame
from ripeness.web.job_progress import JobProgress
from ripeness.web.services import Services
from ripeness.workbench.known_failures import known_failures

TABS = {
    "decisions": "Decisions",
    "score": "Rules, scored blind",
    "weight": "Leaders, weighed",
    "how": "How it is measured",
}
ABOUT = {
    "score": "Every decision rule forecasts decisions that it has not seen, beside plain guesses.",
    "weight": "How much a leader weighs beyond the own seat, by regime.",
}
HOW = (
    (
        "Each war is forecast after 0, 1, 3, 6 and 12 months of fighting from what was known by then, and without its "
        "own outcome: the parameters of the simulations, past wars and the weight of both are learnt from the other "
        "wars. The wars are those of the Correlates of War (version 4.0), a part stratified by era and outcome; the "
        "others are kept aside for somebody else to score. Each side is one leader there."
    ),
    (
        "A war counts three times where it is asked how it ends (who began it wins, the other side wins, neither), and "
        "once where it is asked whether it is over. Intervals take forecasts for independent of each other, and are a "
        "little too narrow where a war counts three times."
    ),
    (
        "Conflicts since 1946 are those of the Uppsala programme (Kreutz 2010). The files of wars and conflicts may "
        "not be handed on; with your own copies the scores can be made again, as the documentation says under Backtest."
    ),
)
LABEL = "Brier scores; shorter is better"


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def record() -> None:
        with page_frame(HERE):
            _PastWars()
            _failures()
            _conflicts()
            _decisions_on_record(services)


class _PastWars:
    """The calibration of past forecasts, by what was asked and how long the war had been fought."""

    def __init__(self) -> None:
        self.record = track_record()
        with ui.element("section").classes("card track-record"):
            ui.html("<h2>How wars between states end</h2>", sanitize=False)
            with ui.row().classes("form"):
                months = sorted(row.months_fought for row in self.record.forecasts)
                self.fought = ui.toggle(
                    {month: words.fought_words(month).capitalize() for month in months},
                    value=months[0],
                    on_change=lambda _: self._show(),
                ).props('no-caps unelevated toggle-color=primary aria-label="When the forecasts were made"')
            self.place = ui.element("div").classes("track-body").props('aria-live="polite"')
        self._show()

    def _show(self) -> None:
        tracked = self.record.at(int(self.fought.value))
        self.place.clear()
        with self.place:
            ui.html(self._figure(tracked), sanitize=False)
            verdict, gain, alone = (
                escape(say(tracked)) for say in (words.calibration_words, words.gain_words, words.alone_words)
            )
            ui.html(
                f'<p class="sentence">{verdict}</p><p>{gain}</p>{_score_bars(tracked)}<p class="quiet">{alone}</p>',
                sanitize=False,
            ).classes("record-verdict")

    def _figure(self, tracked: TrackedForecasts) -> str:
        when = words.fought_words(tracked.months_fought)
        return calibration_figure(
            tracked.bins["blend"],
            "Did it happen as often as was said?",
            f"{tracked.wars} wars between states, {self.record.years}, forecast {when}; bars: 90 % intervals; figures "
            "count forecasts",
            beside=tracked.bins["record"],
            names=("as shown: simulations and past wars", "past wars alone"),
        )


def _score_bars(tracked: TrackedForecasts) -> str:
    """Three scores as bars beside that of somebody who knows nothing."""
    even = even_score(words.ENDS)
    rows = (
        ("As shown: both blended", tracked.blend, "s0"),
        ("Past wars alone", tracked.record, "plain"),
        ("Simulations alone", tracked.model, "plain"),
        ("All outcomes alike", even, "even"),
    )
    longest = max(score for _, score, _ in rows)
    bars = (
        table_row(
            [
                heading_cell(name, scope="row"),
                data_cell(f'<i class="{kind}" style="width:{100 * score / longest:.1f}%"></i>'),
                data_cell(f"{score:.3f}"),
            ]
        )
        for name, score, kind in rows
    )
    return page_table((), bars, caption=LABEL, css_class="score-bars")


def _failures() -> None:
    items = "".join(f"<li>{_with_head(text)}</li>" for text in words.failure_words(known_failures()))
    ui.html(
        f'<section class="card"><h2>What it is known to fail at</h2><ul class="failures">{items}</ul></section>',
        sanitize=False,
    )


def _with_head(text: str) -> str:
    """A sentence whose head, before the first colon, stands out."""
    head, colon, body = text.partition(": ")
    return f"<b>{escape(head)}:</b> {escape(body)}" if colon and len(head) < 100 else escape(text)


def _conflicts() -> None:
    """How well past conflicts tell when a conflict ends."""
    record = track_record()
    by_month = {over.months_ahead: over for over in record.over}

    def lay_out(over: TrackedConflicts) -> None:
        place.clear()
        with place:
            title = f"Is the conflict over {over.months_ahead} months later?"
            subtitle = (
                "past conflicts alone; bars: where 90 % would lie if the forecasts were right; figures count forecasts"
            )
            ui.html(calibration_figure(over.bins, title, subtitle), sanitize=False)
            ui.html(f"<p>{escape(words.conflict_words(record, over))}</p>", sanitize=False).classes("record-verdict")

    with ui.element("section").classes("card track-record"):
        ui.html("<h2>When conflicts end, civil wars among them</h2>", sanitize=False)
        with ui.row().classes("form"):
            ui.toggle(
                {month: f"{month} months ahead" for month in by_month},
                value=min(by_month),
                on_change=lambda event: lay_out(by_month[event.value]),
            ).props('no-caps unelevated toggle-color=primary aria-label="How far ahead"')
        place = ui.element("div").classes("track-body").props('aria-live="polite"')
    lay_out(by_month[min(by_month)])


def _decisions_on_record(services: Services) -> None:
    """Decisions inside past councils, and how the rules of decision do on them."""
    ui.html('<h2 class="group">Decisions on record</h2>', sanitize=False)
    with ui.tabs().props("dense no-caps align=left outside-arrows mobile-arrows").classes("tablist") as tabs:
        for key, name in TABS.items():
            ui.tab(key, name)
    with ui.tab_panels(tabs, value="decisions").props("animated=false keep-alive"):
        with ui.tab_panel("decisions"):
            build_or_show_fault(_decisions)
        for question in ("score", "weight"):
            with ui.tab_panel(question):
                ui.label(ABOUT[question]).classes("quiet")
                _scored(services, question)
        with ui.tab_panel("how"):
            ui.html("".join(f"<p>{escape(text)}</p>" for text in HOW), sanitize=False).classes("prose")


def _decisions() -> None:
    from ripeness.validation.show.council_tables import council
    from ripeness.validation.verbs.councils import listed
    from ripeness.validation.verbs.councils import show as one_of

    rows = listed()
    names = {row.id: f"{row.body} ({row.country}), {row.date}: {row.topic.replace('_', ' ')}" for row in rows}
    choice: Any = ui.select(names, value=rows[0].id, label=f"One of {len(rows)} decisions", with_input=True)
    choice.props("dense outlined stack-label options-dense").style("width: 100%")
    place = ui.element("div")

    def lay_out() -> None:
        place.clear()
        with place:
            ui.html("".join(council(one_of(str(choice.value))).html_blocks()), sanitize=False)

    choice.on_value_change(lambda _: build_or_show_fault(lay_out))
    lay_out()


def _scored(services: Services, question: str) -> None:
    def show_in_place(answer: KeptAnswer) -> None:
        button.set_visibility(False)
        place.clear()
        with place:
            show_answer(answer)

    button = ui.button(
        "Show", icon="play_arrow", on_click=notify_faults(lambda: working.watch(services.begin(ask_councils(question))))
    ).props(f'unelevated data-act="{question}"')
    working = JobProgress(services.jobs, show_in_place)
    place = ui.element("div").classes("answer")
    kept_answers = services.answers(f"councils-{question}")
    if same_question := [answer for answer in kept_answers if answer.id == ask_councils(question).id]:
        show_in_place(same_question[0])
