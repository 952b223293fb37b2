"""The record: how the rules do on decisions of councils, how much leaders weigh there,
what past wars taught the laws.
"""

from __future__ import annotations

from nicegui import ui

from ripeness.web.answer import Answer
from ripeness.web.frame import frame, guarded, lines, says
from ripeness.web.house import House
from ripeness.web.lines import command, python
from ripeness.web.screens import screen
from ripeness.web.showing import show
from ripeness.web.single import ask_councils
from ripeness.web.working import Working

HERE = screen("/record")
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
        "ripeness.workbench.history.history_wars(['Inter-StateWarData_v4.0.csv', 'NMC.csv'], 'record')",
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
                for what in ("score", "weight"):
                    with ui.tab_panel(what):
                        ui.label(ABOUT[what]).classes("quiet")
                        _scored(house, what)
                with ui.tab_panel("wars"):
                    _wars()


def _decisions() -> None:
    from ripeness.show.council_tables import council
    from ripeness.workbench.councils import listed
    from ripeness.workbench.councils import show as one_of

    found = listed()
    names = {one.id: f"{one.body} ({one.country}), {one.date}: {one.topic.replace('_', ' ')}" for one in found}
    chosen = ui.select(names, value=found[0].id, label="Decision", with_input=True)
    chosen.props("dense outlined stack-label options-dense").style("width: 100%")
    place = ui.element("div")

    def lay_out() -> None:
        place.clear()
        with place:
            ui.html("".join(council(one_of(str(chosen.value))).html_blocks()), sanitize=False)
            lines(command("councils show", str(chosen.value)), f"ripeness.councils.show({str(chosen.value)!r})")

    chosen.on_value_change(lambda _: guarded(lay_out))
    lay_out()


def _scored(house: House, what: str) -> None:
    def shown(answer: Answer) -> None:
        place.clear()
        with place:
            show(answer)

    ui.button("Run", icon="play_arrow", on_click=says(lambda: working.watch(house.begin(ask_councils(what))))).props(
        f'unelevated data-act="{what}"'
    )
    working = Working(house.jobs, shown)
    place = ui.element("div").classes("answer")
    if known := [one for one in house.answers(f"councils-{what}") if one.id == ask_councils(what).id]:
        shown(known[0])


def _wars() -> None:
    ui.html(f'<p class="prose">{WARS}</p>', sanitize=False)
    for shell, line in AGAIN:
        lines(shell, line)
