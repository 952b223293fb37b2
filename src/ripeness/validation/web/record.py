"""The record: how the rules do on decisions of councils, how much leaders weigh there,
what past wars taught the laws.
"""

from __future__ import annotations

from nicegui import ui

from ripeness.validation.web.answers import ask_councils
from ripeness.validation.web.screens import RECORD as HERE
from ripeness.web.answer import Answer
from ripeness.web.frame import frame, guarded, lines, says
from ripeness.web.house import House
from ripeness.web.lines import command, python
from ripeness.web.markup import blocks
from ripeness.web.showing import show
from ripeness.web.working import Working

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
        command("history wars", "Inter-StateWarData_v4.0.csv", "NMC.csv", out="record"),
        "ripeness.validation.verbs.history.history_wars(['Inter-StateWarData_v4.0.csv', 'NMC.csv'], 'record')",
    ),
    (
        command("calibrate", **RECORD, out="fitted.npz"),
        python("calibrate", **RECORD) + ".save(pathlib.Path('fitted.npz'))",
    ),
    (command("backtest", **RECORD, laws="fitted.npz"), python("backtest", **RECORD, laws="fitted.npz")),
)


def register(house: House) -> None:
    """Put the page at its address."""

    @ui.page(HERE.path)
    def record() -> None:
        with frame(HERE):
            with ui.tabs().props("dense no-caps align=left").classes("tablist") as tabs:
                for key, name in TABS.items():
                    ui.tab(key, name)
            with ui.tab_panels(tabs, value="decisions").props("animated=false keep-alive"):
                with ui.tab_panel("decisions"):
                    guarded(_decisions)
                for question in ("score", "weight"):
                    with ui.tab_panel(question):
                        ui.label(ABOUT[question]).classes("quiet")
                        _scored(house, question)
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
            ui.html("".join(blocks(council(one_of(str(choice.value))))), sanitize=False)
            lines(command("councils show", str(choice.value)), f"ripeness.councils.show({str(choice.value)!r})")

    choice.on_value_change(lambda _: guarded(lay_out))
    lay_out()


def _scored(house: House, question: str) -> None:
    def show_answer(answer: Answer) -> None:
        place.clear()
        with place:
            show(answer)

    ui.button(
        "Run", icon="play_arrow", on_click=says(lambda: working.watch(house.begin(ask_councils(question))))
    ).props(f'unelevated data-act="{question}"')
    working = Working(house.jobs, show_answer)
    place = ui.element("div").classes("answer")
    if kept_answers := [kept for kept in house.answers(f"councils-{question}") if kept.id == ask_councils(question).id]:
        show_answer(kept_answers[0])


def _wars() -> None:
    ui.html(f'<p class="prose">{WARS}</p>', sanitize=False)
    for shell, line in AGAIN:
        lines(shell, line)
