"""The list on top of what is to be mended; each entry leads to its field, or to its line where only the text has it."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from ripeness.web.checked_text import CheckedText
from ripeness.web.editing.draft import Draft, Path
from ripeness.web.editing.labels import label_of

MOST_SHOWN = 12
OF_EVENTS = {
    "on": "its day",
    "after": "not before",
    "before": "not after",
    "hazard": "chance a month",
    "changes": "what it changes",
    "shock": "what it changes at once",
    "strength": "strength that it adds",
}


class FaultSummary:
    """The list of one page; `go` leads to a path, or to a line where the path is empty."""

    def __init__(self, go: Callable[[Path, int], None]) -> None:
        self.go = go
        self.place = ui.element("div").props('role="status" aria-live="polite"')
        self.place.style("width: 100%")
        self.shown: list[tuple[str, Path, int]] = []

    def show(self, checked_text: CheckedText, draft: Draft | None) -> None:
        """List the faults of a text; nothing where it has none."""
        entries = []
        for mark in checked_text.faults:
            path = next((at for at, other in draft.marks if other is mark), ()) if draft is not None else ()
            where = f"Line {mark.line}" if not path else place_words(draft, path)
            message = draft.in_words(mark) if draft is not None else mark.message
            entries.append((f"{where}: {message}", path, mark.line))
        if entries == self.shown:
            return
        self.shown = entries
        self.place.clear()
        if not entries:
            return
        with self.place, ui.element("div").classes("g-summary"):
            ui.html(f"<b>{len(entries)} to mend</b>", sanitize=False)
            with ui.element("ul"):
                for words, path, line in entries[:MOST_SHOWN]:
                    with ui.element("li"):
                        button = ui.element("button").classes("g-act").props('type="button"')
                        with button:
                            ui.label(words)
                        button.on("click", lambda _, path=path, line=line: self.go(path, line))
                if len(entries) > MOST_SHOWN:
                    with ui.element("li"):
                        ui.label(f"and {len(entries) - MOST_SHOWN} more")


def place_words(draft: Draft | None, path: Path) -> str:
    """Where a value stands, in names: whose it is, then what it is."""
    if draft is None:
        return ""
    names = []
    if path[0] == "polities" and len(path) > 1:
        names.append(draft.name(path[:2]))
        if len(path) > 3 and path[2] in {"factions", "issues"}:
            names.append(draft.name(path[:4]))
        tail = path[4:] if len(path) > 3 and path[2] in {"factions", "issues"} else path[2:]
        words = _tail_words(draft, path, tail)
        return ", ".join([*names, *([words] if words else [])])
    if path[0] == "events" and len(path) > 1:
        part = OF_EVENTS.get(path[2], "") if len(path) > 2 else ""
        return ", ".join([draft.name(path[:2]), *([part] if part else [])])
    if path[0] == "presets" and len(path) > 1:
        return draft.name(path[:2])
    return label_of(path)


def _tail_words(draft: Draft, path: Path, tail: Path) -> str:
    if tail[:1] in {("positions",), ("salience",)} and len(tail) > 1:
        phrase = "position on" if tail[0] == "positions" else "weight of"
        return f"{phrase} {draft.name((*path[:2], 'issues', tail[1]))}"
    return label_of(path) if tail else ""
