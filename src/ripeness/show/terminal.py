"""Terminal: the one console on which all faces print tables and lines; what users wrote is never read as markup."""

from __future__ import annotations

import os
from collections.abc import Iterable
from io import StringIO
from typing import IO, TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Span, Text

from ripeness.world.readable import can_encode, likeness, without_controls

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType
    from rich.segment import Segment

USUAL, NARROWEST, WIDEST = 80, 40, 400  # columns: where nothing is known, and the bounds of what is believed
LINES = 25  # of a terminal; nothing that is printed here hangs on it


class Terminal(Console):
    """A console without markup, emoji and guessed highlights, which shows no raw control character.

    Letters that the stream's encoding lacks are replaced before lines are laid out, so that columns stay straight.
    """

    def __init__(self, *, file: IO[str] | None = None, width: int | None = None, colour: bool = True) -> None:
        super().__init__(
            file=file,
            width=width or terminal_width(),
            height=LINES,
            markup=False,
            emoji=False,
            highlight=False,
            color_system="auto" if colour else None,
            force_terminal=None if colour else False,
        )

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Lay out a text as this terminal can show it, and anything else as it is."""
        return super().render(self.readable(renderable), options)

    def render_str(self, text: str, **options: Any) -> Text:
        """A text from a string, as this terminal can show it."""
        return self._readable(super().render_str(text, **options))

    def readable(self, renderable: Any) -> Any:
        """A string or text as this terminal can show it; anything else unchanged."""
        if isinstance(renderable, str):
            return self._readable(Text(renderable))
        return self._readable(renderable) if isinstance(renderable, Text) else renderable

    def on_broken_pipe(self) -> None:
        """Nothing: streams that lost their reader are dealt with where they are opened."""

    def _readable(self, text: Text) -> Text:
        plain = without_controls(text.plain)
        if plain == text.plain and can_encode(plain, self.encoding):
            return text
        parts = [letter if can_encode(letter, self.encoding) else likeness(letter, self.encoding) for letter in plain]
        starts = [0]
        for part in parts:
            starts.append(starts[-1] + len(part))
        changed = text.blank_copy("".join(parts))
        changed._spans = [Span(starts[span.start], starts[span.end], span.style) for span in text.spans]  # noqa: SLF001
        return changed


def as_text(renderable: RenderableType, width: int) -> str:
    """A layout as plain text of so many columns."""
    out = Terminal(file=StringIO(), width=width, colour=False)
    with out.capture() as captured:
        out.print(renderable)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def terminal_width() -> int:
    """Columns of the terminal, as COLUMNS or the terminal itself says, within what can be laid out."""
    columns_variable = os.environ.get("COLUMNS", "").strip()[:9]
    width = int(columns_variable) if columns_variable.isascii() and columns_variable.isdigit() else 0
    return min(max(width or _width_of_streams(), NARROWEST), WIDEST)


def _width_of_streams() -> int:
    for descriptor in (1, 2, 0):
        try:
            columns = os.get_terminal_size(descriptor).columns
        except OSError:
            continue
        if columns > 0:
            return columns
    return USUAL
