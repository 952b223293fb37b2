"""What a number rests on: its author's judgement, or a source, of the scenario's or a new one with its grade."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import ui

from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.edits import Edits, admits_of
from ripeness.web.editing.fields import figure_words
from ripeness.web.editing.labels import label_of
from ripeness.web.editing.new_parts import new_key
from ripeness.web.editing.number_view import basis_of, number_text
from ripeness.world.source import CREDIBILITY, RELIABILITY

KINDS = {
    "judged": "My judgement",
    "measured": "A source measured it",
    "coded": "I coded it from a source",
    "derived": "I derived it from other figures",
    "assumed": "An assumption, for want of better",
}
NEW = "+"
FROM_SOURCES = ("measured", "coded")


class SourceFields:
    """The fields of a source: title, author, day, address and grade."""

    def __init__(self, draft: Draft, path: Path = ()) -> None:
        self.draft, self.path = draft, path

        def value(key: str) -> str:
            return draft.text((*path, key)) if path else ""

        wanted = {"This is wanted": lambda words: bool(str(words or "").strip())}
        self.title = ui.input("Title", value=value("title"), validation=wanted).without_auto_validation()
        self.author = ui.input("Author or institution", value=value("author"), validation=wanted)
        self.author.without_auto_validation()
        with ui.element("div").classes("g-pair"):
            self.published = ui.input("Published (year or day)", value=value("published"))
            self.address = ui.input("Address on the net", value=value("address"))
        grade = value("grade") or "B2"
        letters = {key: f"{key}: {words}" for key, words in RELIABILITY.items()}
        figures = {key: f"{key}: {words}" for key, words in CREDIBILITY.items()}
        with ui.element("div").classes("g-pair"):
            self.letter = ui.select(letters, value=grade[:1], label="The source is")
            self.figure = ui.select(figures, value=grade[1:2], label="What it says is")
        for field in (self.title, self.author, self.published, self.address, self.letter, self.figure):
            field.props("dense outlined stack-label options-dense")

    def validate(self) -> bool:
        """Whether all that is wanted stands there; what is missing is said at its field."""
        return all([self.title.validate(), self.author.validate()])

    def key(self) -> str:
        """The key of the source: the one that it has, or one made of its author and year."""
        if self.path:
            return self.path[1]
        return new_key(f"{self.author.value} {self.published.value}", self.draft.keys(("sources",)), "source")

    def entry(self) -> dict[str, object]:
        """The source as it is written; what the form does not show stays."""
        node = self.draft.node(self.path) if self.path else None
        kept: dict[str, Any] = dict(node.plain()) if node is not None else {}
        published = str(self.published.value or "").strip()
        kept |= {"title": str(self.title.value).strip(), "author": str(self.author.value).strip()}
        kept |= {"published": int(published) if published.isdecimal() else published, "grade": self.grade()}
        kept["address"] = str(self.address.value or "").strip()
        return {key: value for key, value in kept.items() if value != ""}

    def grade(self) -> str:
        """The Admiralty grade."""
        return f"{self.letter.value}{self.figure.value}"


def ask_for_basis(draft: Draft, path: Path, write: Callable[[Edits], Awaitable[None]]) -> None:
    """Ask whether a number is its author's judgement or a source's, and write that to it."""
    view = draft.number(path, admits_of(draft, path))
    if view is None or view.ends is None:
        return
    ends = view.ends
    titles = {key: source_words(draft, key) for key in draft.keys(("sources",))}
    dialog = ui.dialog(value=True)
    dialog.on("hide", dialog.delete)
    with dialog, ui.card().classes("g-dialog"):
        ui.label(f"What does this number rest on? {label_of(path)}").classes("text-h6").props(
            "role=heading aria-level=2"
        )
        low, value, high = ends
        spread = f", {figure_words(low)} to {figure_words(high)}" if low < high else ""
        ui.label(f"{figure_words(value)} {view.unit}{spread}").classes("quiet")
        kind = ui.radio(KINDS, value=view.kind if view.stated and view.kind in KINDS else "judged")
        chosen = ui.select(
            {**titles, NEW: "A new source"},
            value=[key for key in view.sources if key in titles],
            multiple=True,
            with_input=True,
            label="Sources",
        ).props("dense outlined stack-label use-chips options-dense")
        with ui.element("div").classes("g-new") as place:
            fields = SourceFields(draft)
        place.bind_visibility_from(chosen, "value", backward=lambda keys: NEW in (keys or []))
        note = ui.input("Note", value=view.note if view.stated else "").props("dense outlined stack-label")
        missing = (
            ui.label("Choose a source, or say that it is your judgement.").classes("g-fault").props('role="alert"')
        )
        missing.set_visibility(False)

        async def take() -> None:
            sources = [str(key) for key in chosen.value or [] if key != NEW]
            is_new = NEW in (chosen.value or [])
            missing.set_visibility(kind.value in FROM_SOURCES and not sources and not is_new)
            if missing.visible or (is_new and not fields.validate()):
                return
            values: dict[str, object] = {}
            if is_new:
                sources.append(fields.key())
                values[f"sources.{fields.key()}"] = fields.entry()
            basis = basis_of(str(kind.value), tuple(sources), str(note.value or "").strip())
            dialog.close()
            await write(Edits({view.path: number_text(view, ends, basis)} | values))

        with ui.row():
            ui.button("Take over", on_click=take).props('unelevated no-caps data-act="confirm"')
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")


def source_words(draft: Draft, key: str) -> str:
    """A source as a choice says it: author, title and grade."""
    author, title, grade = (draft.text(("sources", key, part)) for part in ("author", "title", "grade"))
    return f"{author}: {title} [{grade}]"
