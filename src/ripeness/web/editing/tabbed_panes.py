"""Panes of which one is seen at a time; the others keep all that stands in them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from nicegui import ui


class TabbedPanes:
    """Tabs with a pane each, by their keys; `opened` is told which one is looked at."""

    def __init__(self, names: Mapping[str, str], label: str, opened: Callable[[str], None]) -> None:
        self.opened = opened
        self.current = next(iter(names))
        with ui.element("div").classes("g-tabs").props(f'role="tablist" aria-label="{label}"'):
            self.tabs = {key: self._tab(key, words) for key, words in names.items()}
        self.panes = {key: ui.element("div").classes("g-pane") for key in names}
        for key, pane in self.panes.items():
            pane.props(f'id="pane-{key}" role="tabpanel" aria-labelledby="tab-{key}"')
        self._mark()

    def _tab(self, key: str, words: str) -> ui.element:
        tab = ui.element("button").classes("g-tab").props(f'type="button" role="tab" id="tab-{key}"')
        with tab.props(f'aria-controls="pane-{key}"'):
            ui.html(words, sanitize=False)
        return tab.on("click", lambda: self.open(key))

    def open(self, key: str) -> None:
        """Look at a pane."""
        self.current = key
        self._mark()
        self.opened(key)

    def _mark(self) -> None:
        for name, pane in self.panes.items():
            self.tabs[name].props(f'aria-selected="{str(name == self.current).lower()}"')
            pane.classes(remove="g-hidden") if name == self.current else pane.classes(add="g-hidden")
