"""The guided form on its page: the steps, the fields of the chosen one, and what an entry or a button sets going."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any

from nicegui import ui

from ripeness.web.actor_map import actor_map
from ripeness.web.checked_text import CheckedText
from ripeness.web.editing.basis_dialog import ask_for_basis
from ripeness.web.editing.dialogs import ask_for_new, confirm_removal
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.edits import Edits, admits_of, field_edits, number_edit, share_out
from ripeness.web.editing.fields import action, field_id, quoted, with_unmoved_ends
from ripeness.web.editing.number_view import Ends, basis_of
from ripeness.web.editing.step_evidence import OUTLOOK
from ripeness.web.editing.steps import BY_SIDE, STEPS, editor_step_of, fault_counts
from ripeness.web.editing.text_exchange import literal

Write = Callable[[Edits, int, str], Awaitable[None]]  # edits, the entry they come from, what is said of them
EVENT = re.compile(r"events\.[^.]+")
FIRST_RULE = "every dated decision that two sources report"  # until the author says it
MAP = '<div class="g-map" data-map></div>'


@dataclass(slots=True)
class FormPlace:
    """Where one is in the form: the step, the side, the issue, and which folds are open."""

    step: str = "war"
    side: str = ""
    issue: str = ""
    unfolded: set[str] = field(default_factory=set)


class GuidedForm:
    """The form of one page; without a way to write it is only looked at."""

    def __init__(self, write: Write | None, show_text: Callable[[int], None], outlook: str = "") -> None:
        self.write, self.show_text, self.outlook = write, show_text, outlook
        self.at = FormPlace()
        self.checked_text: CheckedText | None = None
        self.sound: CheckedText | None = None  # the last text that held together
        self.seen = 0  # entries that what is shown has taken in
        self.earlier: dict[str, dict[str, Any]] = {}  # what numbers rested on before they were moved
        self.kept: set[str] = set()  # numbers whose basis their author has chosen here
        self.html = ""
        with ui.element("div").classes("guide g-layout"):
            self.place = ui.element("div").style("display: contents")
        ui.on("scenario-field", self._field)
        ui.on("scenario-number", self._number)
        ui.on("scenario-act", self._act)
        ui.on("actor", self._actor)

    @property
    def draft(self) -> Draft | None:
        """The text as it was last checked, where it could be read."""
        if self.checked_text is None or self.checked_text.tree is None:
            return None
        return Draft(
            self.checked_text, editable=self.write is not None, earlier=self.earlier, unfolded=self.at.unfolded
        )

    def show(self, checked_text: CheckedText, seen: int) -> None:
        """Show what the text says now, with what it made of so many entries."""
        self.checked_text, self.seen = checked_text, max(seen, self.seen)
        self.sound = checked_text if checked_text.sound else self.sound
        self._render(again=True)

    def jump(self, path: Path) -> None:
        """Go to the field of a value."""
        step = editor_step_of(path)
        if not step:
            marks = self.checked_text.marks if self.checked_text is not None else ()
            self.show_text(next((mark.line for mark in marks if mark.path == path), 1))
            return
        self.at.step = step
        if path[0] == "polities" and len(path) > 1:
            self.at.side = path[1]
            self.at.issue = path[3] if path[2:3] == ("issues",) and len(path) > 3 else self.at.issue
        if len(path) > 5 and path[4] in {"positions", "salience"}:
            self.at.issue = path[5]
        self.at.unfolded |= {field_id(path[:n]) for n in range(1, len(path))}
        self._render()
        places = [field_id(path[:n]) for n in range(len(path), 0, -1)]
        ui.run_javascript(f"guide.jump({literal(places)}.find(id => document.getElementById(id)))")

    def _render(self, *, again: bool = False) -> None:
        draft = self.draft
        if draft is None:
            self._show_html(unreadable_notice(self.checked_text), again=again)
            return
        sides = draft.keys(("polities",))
        self.at.side = self.at.side if self.at.side in sides else next(iter(sides), "")
        html = self._steps(draft) + f'<div class="g-body">{self._body(draft)}</div>'
        self._show_html(html, again=again)

    def _show_html(self, html: str, *, again: bool) -> None:
        if html == self.html and not again:
            return
        self.html = html
        ui.run_javascript(f"guide.show({self.place.id}, {literal(html)}, {self.seen})")

    def _steps(self, draft: Draft) -> str:
        counts = fault_counts(draft)
        items = ""
        for number, step in enumerate(STEPS, 1):
            current = ' aria-current="step"' if step.key == self.at.step else ""
            count = f'<span class="g-count">{counts[step.key]}</span>' if counts[step.key] else ""
            items += (
                f'<li><button type="button" class="g-step" data-act="go" data-path="{step.key}"{current}>'
                f"<i>{number}</i>{escape(step.name)}{count}</button></li>"
            )
        return f'<nav aria-label="Steps"><ol class="g-steps">{items}</ol></nav>'

    def _body(self, draft: Draft) -> str:
        number = next(n for n, step in enumerate(STEPS) if step.key == self.at.step)
        step = STEPS[number]
        chips = self._sides(draft) if step.key in BY_SIDE else ""
        body = step.fill(draft, self.at.side, self.at.issue)
        if MAP in body:
            body = body.replace(MAP, self._map(draft))
        body = body.replace(OUTLOOK, f'<a href="{quoted(self.outlook)}">See the saved version\'s outlook</a>')
        before, after = STEPS[max(number - 1, 0) : number], STEPS[number + 1 : number + 2]
        back = "".join(action("go", (other.key,), other.name, "arrow_back") for other in before) or "<span></span>"
        on = "".join(action("go", (other.key,), other.name, "arrow_forward", kind="g-on") for other in after)
        return (
            f'<div class="g-title"><h2>{escape(step.name)}</h2><p>{escape(step.question)}</p></div>{chips}'
            f'<div class="g-fields" id="step-{step.key}-{quoted(self.at.side)}">{body}</div>'
            f'<div class="g-nav">{back}{on}</div>'
        )

    def _sides(self, draft: Draft) -> str:
        chips = "".join(
            f'<button type="button" class="g-chip" data-act="side" data-path="{quoted(key)}"'
            f' aria-pressed="{str(key == self.at.side).lower()}">{escape(draft.name(("polities", key)))}</button>'
            for key in draft.keys(("polities",))
        )
        return f'<div class="g-chips" role="group" aria-label="Sides">{chips}</div>'

    def _map(self, draft: Draft) -> str:
        opened = self.sound.opened if self.sound is not None else None
        polity = opened.scenario.polities.get(self.at.side) if opened is not None else None
        issues = draft.keys(("polities", self.at.side, "issues"))
        issue = self.at.issue if self.at.issue in issues else next(iter(issues), "")
        if polity is None or issue not in polity.issues:
            return ""
        return f'<div class="g-map">{actor_map(polity, issue, movable=draft.editable)}</div>'

    async def _field(self, event: Any) -> None:
        draft = self.draft
        if self.write is not None and draft is not None:
            path = tuple(str(event.args["path"]).split("."))
            edits = field_edits(draft, path, event.args["value"], str(event.args.get("kind", "")))
            await self.write(edits, int(event.args["entry"]), "")

    async def _number(self, event: Any) -> None:
        draft, path = self.draft, tuple(str(event.args["path"]).split("."))
        if self.write is None or draft is None:
            return
        ends = tuple(event.args[end] for end in ("low", "value", "high"))
        entry = int(event.args["entry"])
        if all(end is None for end in ends):
            await self.write(Edits({".".join(path): None}), entry, "")
            return
        if any(end is None for end in ends):
            return
        await self.write(Edits(self._judged(draft, path, (float(ends[0]), float(ends[1]), float(ends[2])))), entry, "")

    def _judged(self, draft: Draft, path: Path, ends: Ends) -> dict[str, object]:
        """A number that was moved: its author's judgement, unless what it rests on was chosen here."""
        view = draft.number(path, admits_of(draft, path))
        if view is None:
            return {}
        ends = ends if view.ends is None else with_unmoved_ends(view.ends, ends)
        if view.ends == ends:
            return {}
        basis = basis_of(view.kind, view.sources, view.note)
        if view.path in self.kept:
            return number_edit(draft, path, ends, basis)
        if view.stated and view.sources:
            self.earlier.setdefault(view.path, basis)
        return number_edit(draft, path, ends)

    async def _actor(self, event: Any) -> None:
        draft = self.draft
        if self.write is None or draft is None:
            return
        path: Path = ("polities", self.at.side, "factions", str(event.args["key"]))
        issues = draft.keys(("polities", self.at.side, "issues"))
        issue = self.at.issue if self.at.issue in issues else issues[0]
        changes: dict[str, object] = {}
        for part, value in (("positions", event.args["x"]), ("salience", event.args["y"])):
            changes |= self._moved(draft, (*path, part, issue), 100 * float(value))
        await self.write(Edits(changes), 0, "")

    def _moved(self, draft: Draft, path: Path, value: float) -> dict[str, object]:
        """A number that was moved with its range."""
        view = draft.number(path)
        low, middle, high = (50.0, 50.0, 50.0) if view is None or view.ends is None else view.ends
        if abs(value - middle) < 0.5:
            return {}
        by = value - middle
        ends = tuple(round(min(max(end + by, 0.0), 100.0), 2) for end in (low, middle, high))
        return self._judged(draft, path, (ends[0], ends[1], ends[2]))

    async def _act(self, event: Any) -> None:
        act, path = str(event.args["act"]), tuple(str(event.args["path"]).split("."))
        if act == "go":
            self.at.step = path[0]
            self.at.side = path[1] if len(path) > 1 else self.at.side
            ui.run_javascript("scrollTo({ top: 0 })")
        elif act in {"side", "issue"}:
            self.at.side, self.at.issue = (path[0], "") if act == "side" else (self.at.side, path[-1])
        elif act in {"fold", "unfold"}:
            self.at.unfolded = self.at.unfolded - {path[0]} if act == "fold" else self.at.unfolded | {path[0]}
        elif act == "jump":
            self.jump(path)
            return
        elif act == "line":
            self.show_text(int(path[0]))
            return
        else:
            await self._change(act, path)
            return
        self._render()

    async def _change(self, act: str, path: Path) -> None:
        draft = self.draft
        if self.write is None or draft is None:
            return
        if act == "remove":
            confirm_removal(draft, path, self._write_said)
        elif act == "basis":
            ask_for_basis(draft, path, self._write_basis)
        elif act == "share-out":
            await self.write(Edits(share_out(draft, path)), 0, "Powers were brought to a sum of 100 %.")
        elif act == "add-window":
            days = {"opens": draft.text(("began",)), "closes": draft.text(("start",))}
            await self.write(Edits({"window": days | {"rule": FIRST_RULE}}), 0, "")
        elif act == "keep-source":
            await self._keep_source(draft, path)
        else:
            ask_for_new(act, draft, path, self.at.side, self._write_said)

    async def _write_said(self, edits: Edits, words: str) -> None:
        if self.write is not None:
            new_parts = (path for path, value in edits.values.items() if isinstance(value, dict))
            self.at.unfolded |= {field_id(tuple(path.split("."))) for path in new_parts if EVENT.fullmatch(path)}
            await self.write(edits, 0, words)

    async def _write_basis(self, edits: Edits) -> None:
        self.kept |= set(edits.values)
        for path in edits.values:
            self.earlier.pop(path, None)
        await self._write_said(edits, "")

    async def _keep_source(self, draft: Draft, path: Path) -> None:
        view, basis = draft.number(path, admits_of(draft, path)), self.earlier.pop(".".join(path), None)
        if view is not None and view.ends is not None and basis is not None:
            self.kept.add(view.path)
            await self._write_said(Edits(number_edit(draft, path, view.ends, basis)), "")


def unreadable_notice(checked_text: CheckedText | None) -> str:
    """What stands in the place of the form while the text cannot be read; nothing while it has not been looked at."""
    if checked_text is None:
        return ""
    line = next((mark.line for mark in checked_text.faults), 1)
    words = "The text cannot be read as it stands, so there is nothing to fill in here. Mend it as text, or undo."
    return f'<p class="g-base g-whole">{escape(words)} {action("line", (str(line),), f"Go to line {line}", "edit")}</p>'
