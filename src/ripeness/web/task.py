"""Task: a question with its id, ready to be put in line; it is worked on in another process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from ripeness.web.answer import KeptAnswer
from ripeness.web.question import QuestionRecord

Line = Literal["quick", "long", "background"]
LINES: tuple[Line, ...] = ("quick", "long", "background")  # none waits for another
PERCENT = "%"  # the unit of a progress that counts no wars
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Task:
    """A question with its id; `work` answers it and keeps the answer in the folder that it is given.

    `work` runs in another process: it is a function of a module, with values beside it. `unit` is what its progress
    counts. `reads` is a file that somebody wrote, which is read within bounds before anything is done; `limit` bounds
    the whole work where it should take no longer. `page` is the address that shows the answer. `line`: `quick` for what
    somebody waits for, `background` for what a page can do without for a while. Units: limit in seconds.
    """

    id: str
    verb: str
    title: str
    work: Callable[[Path, Progress], KeptAnswer]
    question: QuestionRecord = field(default_factory=QuestionRecord)
    unit: str = "simulations"
    reads: Path | None = None
    limit: float | None = None
    page: str = ""
    line: Line = "long"

    def on_page(self, page: str, title: str, line: Line = "long") -> Task:
        """The same work asked by a page, under the words in which it is listed, in a line."""
        return replace(self, page=page, title=title, line=line)
