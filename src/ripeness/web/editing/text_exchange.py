"""The exchange of a text with the browser that alone changes it: a change is offered until it is taken."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from nicegui import run, ui

from ripeness.store.json_text import json_text
from ripeness.world.fault import Fault

PAUSE = 0.4  # seconds before a change is offered anew to a text that is being typed
TRIES = 20  # offers of a change
SLOW = 30.0  # seconds in which a browser must have answered
SOON = 0.02  # seconds between two looks at whether the text has come back


class TextExchange:
    """The text of one editor; changes are made one after the other, each to what the text says then."""

    def __init__(self, editor: ui.codemirror) -> None:
        self.editor = editor
        self.one_change = asyncio.Lock()

    async def change(self, work: Callable[[str], str]) -> bool:
        """Write what `work` makes of the text; what is typed meanwhile stays. False where it cannot be, which is said.

        `work` is done beside the loop.
        """
        async with self.one_change:
            with self.editor:  # the field that was changed may be drawn anew before this is through
                for _ in range(TRIES):
                    text = self.editor.value
                    try:
                        new_text = await run.io_bound(work, text)
                    except Fault as fault:
                        ui.notify(str(fault), type="negative")
                        return False
                    if new_text is None or self.editor.is_deleted:
                        return False
                    if await self.write(new_text, text):
                        await self._is_back(new_text)
                        return True
                    await asyncio.sleep(PAUSE)
        return False

    async def write(self, text: str, old: str | None = None) -> bool:
        """Offer a text to the editor; it refuses where it no longer holds the `old` one."""
        script = f"return editor.write({self.editor.id}, {literal(old)}, {literal(text)})"
        try:
            return bool(await ui.run_javascript(script, timeout=SLOW))
        except TimeoutError:  # the page is gone
            return True

    def history(self, command: str) -> None:
        """Undo or redo."""
        with self.editor:
            ui.run_javascript(
                f"import('nicegui-codemirror').then(code => code.{command}(getElement({self.editor.id}).editor))"
            )

    async def _is_back(self, text: str) -> None:
        """Wait until the browser has told the server what its text is now."""
        for _ in range(int(PAUSE / SOON) * 5):
            if self.editor.value == text:
                return
            await asyncio.sleep(SOON)


def literal(value: object) -> str:
    """A value as a script of the page has it."""
    return json_text(value, indent=None, ascii_only=True)
