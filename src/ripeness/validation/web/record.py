"""The record: how the rules do on decisions of councils, how much leaders weigh there,
what past wars taught the laws.
"""

from __future__ import annotations

from nicegui import ui

from ripeness.validation.web.answers import ask_councils
from ripeness.validation.web.screens import RECORD as HERE
from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import show_answer
from ripeness.web.frame import build_or_show_fault, notify_faults, page_frame, show_lines
from ripeness.web.job_progress import JobProgress
from ripeness.web.lines import python_line, shell_line
from ripeness.web.services import Services

TABS = {"decisions": "Decisions", "score": "Rules, scored blind", "weight": "Leaders, weighed", "wars": "Past wars"}
ABOUT = {
    "score": "Every decision rule forecasts decisions that it has not seen, beside plain guesses.",
    "weight": "How much a leader weighs beyond the own seat, by regime.",
}
WARS = (
    "The laws of the model were fitted to interstate wars and then tested on wars kept aside. The files of those wars"
    " are yours to bring, since most may not be handed on; with them these lines do it again. What came out, and where"
    " the model fails, stands in the documentation under calibration and backtest."
)

RECORD = {"wars": "record/wars.csv", "months": "record/months.csv"}
AGAIN = (
    (
        shell_line("history wars", "Inter-StateWarData_v4.0.csv", "NMC.csv", out="record"),
        "ripeness.validation.verbs.history.history_wars(['Inter-StateWarData_v4.0.csv', 'NMC.csv'], 'record')",
    ),
    (
        shell_line("calibrate", **RECORD, out="fitted.npz"),
        python_line("calibrate", **RECORD) + ".save(pathlib.Path('fitted.npz'))",
    ),
    (shell_line("backtest", **RECORD, laws="fitted.npz"), python_line("backtest", **RECORD, laws="fitted.npz")),
)


def register(services: Services) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def record() -> None:
        with page_frame(HERE):
            with ui.tabs().props("dense no-caps align=left").classes("tablist") as tabs:
                for key, name in TABS.items():
                    ui.tab(key, name)
            with ui.tab_panels(tabs, value="decisions").props("animated=false keep-alive"):
                with ui.tab_panel("decisions"):
                    build_or_show_fault(_decisions)
                for question in ("score", "weight"):
                    with ui.tab_panel(question):
                        ui.label(ABOUT[question]).classes("quiet")
                        _scored(services, question)
                with ui.tab_panel("wars"):
                    _wars()


def _decisions() -> None:
    from ripeness.validation.show.council_tables import council
    from ripeness.validation.verbs.councils import listed
    from ripeness.validation.verbs.councils import show as one_of

    rows = listed()
    names = {row.id: f"{row.body} ({row.country}), {row.date}: {row.topic.replace('_', ' ')}" for row in rows}
    choice = ui.select(names, value=rows[0].id, label="Decision", with_input=True)
    choice.props("dense outlined stack-label options-dense").style("width: 100%")
    place = ui.element("div")

    def lay_out() -> None:
        place.clear()
        with place:
            ui.html("".join(council(one_of(str(choice.value))).html_blocks()), sanitize=False)
            show_lines(shell_line("councils show", str(choice.value)), f"ripeness.councils.show({str(choice.value)!r})")

    choice.on_value_change(lambda _: build_or_show_fault(lay_out))
    lay_out()


def _scored(services: Services, question: str) -> None:
    def show_in_place(answer: KeptAnswer) -> None:
        place.clear()
        with place:
            show_answer(answer)

    ui.button(
        "Run", icon="play_arrow", on_click=notify_faults(lambda: working.watch(services.begin(ask_councils(question))))
    ).props(f'unelevated data-act="{question}"')
    working = JobProgress(services.jobs, show_in_place)
    place = ui.element("div").classes("answer")
    kept_answers = services.answers(f"councils-{question}")
    if same_question := [answer for answer in kept_answers if answer.id == ask_councils(question).id]:
        show_in_place(same_question[0])


def _wars() -> None:
    ui.html(f'<p class="prose">{WARS}</p>', sanitize=False)
    for shell, line in AGAIN:
        show_lines(shell, line)
