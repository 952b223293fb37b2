"""A new observation: what a side decided on one of its issues, or what the war showed, with its day and source."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from ripeness.web.editing.basis_dialog import SourceFields
from ripeness.web.editing.draft import Draft
from ripeness.web.editing.edits import Edits
from ripeness.web.editing.step_evidence import SIGNS

NEW = "+"
DECISION = "decision"
OF_AN_AMOUNT = ("losses", "line", "offer_made", "offer_refused")
OFFERED = (*OF_AN_AMOUNT, "leader_fell", "leader_stayed")


def ask_for_observation(draft: Draft, write: Callable[[Edits, str], Awaitable[None]]) -> None:
    """Ask for an observation and write it to the end of the evidence."""
    dialog = ui.dialog(value=True)
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        ui.label("A new observation").classes("text-h6").props("role=heading aria-level=2")
        fields = _ObservationFields(draft)

        async def add() -> None:
            if fields.is_complete():
                dialog.close()
                await write(fields.edits(), "")

        with ui.row():
            ui.button("Add", on_click=add).props('unelevated no-caps data-act="confirm"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


class _ObservationFields:
    """The fields of an observation; which are shown hangs on what was seen."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        sides = {key: draft.name(("polities", key)) for key in draft.keys(("polities",))}
        own_keys = [key for key in draft.keys(("sources",)) if draft.is_stated(("sources", key))]
        sources = {key: draft.text(("sources", key, "title"), key) for key in own_keys} | {NEW: "A new source"}
        kinds = {DECISION: "a decision on an issue", **{key: SIGNS[key] for key in OFFERED}}
        self.side = ui.select(sides, value=next(iter(sides), None), label="Of which side")
        self.date = ui.input("Day", value=draft.text(("start",))).props("type=date")
        self.kind = ui.select(kinds, value=DECISION, label="What was seen")
        self.issue = ui.select({}, label="Issue")
        with ui.element("div").classes("g-pair") as self.amounts:
            self.low = ui.number("From", value=40)
            self.high = ui.number("To", value=60)
        self.hint = ui.label("").classes("quiet")
        self.source = ui.select(sources, value=own_keys[0] if own_keys else NEW, label="Source")
        with ui.element("div").classes("g-new") as place:
            self.new_source = SourceFields(draft)
        place.bind_visibility_from(self.source, "value", value=NEW)
        for control in (self.side, self.date, self.kind, self.issue, self.low, self.high, self.source):
            control.props("dense outlined stack-label options-dense")
        for chooser in (self.side, self.kind, self.issue):
            chooser.on_value_change(self._follow)
        self._follow()

    def _follow(self) -> None:
        side: tuple[str, ...] = ("polities", str(self.side.value), "issues")
        names = {key: self.draft.name((*side, key)) for key in self.draft.keys(side)}
        self.issue.set_options(names, value=self.issue.value if self.issue.value in names else next(iter(names), None))
        self.issue.set_visibility(self.kind.value == DECISION)
        self.amounts.set_visibility(self.kind.value in (DECISION, *OF_AN_AMOUNT))
        low, high = (self.draft.text((*side, str(self.issue.value), "ends", end)) for end in ("0", "1"))
        hints = {
            DECISION: f"0 is “{low}”, 100 is “{high}”.",
            "losses": "Thousand killed in the month.",
            "line": "Share held by the first side, in percent.",
        }
        usual = "Own share of the stake, in percent." if self.kind.value in OF_AN_AMOUNT else ""
        self.hint.text = hints.get(str(self.kind.value), usual)

    def is_complete(self) -> bool:
        """Whether all that is wanted stands there; what is missing is said at its field."""
        return self.source.value != NEW or self.new_source.validate()

    def edits(self) -> Edits:
        """The observation, and its source where that is new."""
        values: dict[str, object] = {}
        key = str(self.source.value)
        if key == NEW:
            key = self.new_source.key()
            values[f"sources.{key}"] = self.new_source.entry()
        item: dict[str, object] = {"date": str(self.date.value), "polity": str(self.side.value)}
        if self.kind.value == DECISION:
            item |= {"issue": str(self.issue.value), "position": self._spread(0.01)}
        else:
            item |= {"shows": str(self.kind.value)}
        if self.kind.value in OF_AN_AMOUNT:
            item["amount"] = self._spread(1.0 if self.kind.value == "losses" else 0.01)
        return Edits(values, (("evidence", item | {"source": key}),))

    def _spread(self, size: float) -> object:
        low, high = sorted(float(f"{float(end.value or 0) * size:.6g}") for end in (self.low, self.high))
        return f"{low:g} to {high:g}" if low < high else low
