"""Paper: one scenario on a desk: its file, its draft, and whether somebody else wrote on either meanwhile."""

from __future__ import annotations

from typing import Literal

from ripeness.web.workspace import OWN, Subject, Workspace, mark
from ripeness.world.fault import Fault

Elsewhere = Literal["", "file", "draft"]


class EditedFile:
    """What one tab knows of a scenario. Nothing that another tab wrote is overwritten unless that is asked for."""

    def __init__(self, workspace: Workspace, subject: Subject) -> None:
        self.workspace, self.subject = workspace, subject
        self.own = workspace.is_own(subject)
        self.name = subject.case.removeprefix(OWN) if self.own else ""
        self.stands = workspace.text(subject)
        draft = workspace.draft(self.name) if self.own else None
        self.draft = draft if draft != self.stands else None
        self._file, self._draft = mark(self.stands), _mark(draft)

    @property
    def text(self) -> str:
        """What is on the desk when it is opened: the draft, or the file where there is none."""
        return self.stands if self.draft is None else self.draft

    def elsewhere(self) -> Elsewhere:
        """What somebody else wrote since this tab last read or wrote: the file, the draft, or neither."""
        try:
            if mark(self.workspace.text(self.subject)) != self._file:
                return "file"
        except Fault:  # put aside meanwhile; saving brings it back
            return ""
        draft = self.workspace.draft(self.name)
        return "draft" if draft is not None and _mark(draft) != self._draft else ""

    def keep(self, text: str) -> bool:
        """Keep what is typed as a draft, or drop the draft where the file says the same. False where another tab's
        stands.

        Raises: Fault where it cannot be written.
        """
        draft = self.workspace.draft(self.name)
        if draft is not None and _mark(draft) != self._draft:
            return False
        if text == self.stands:
            self.workspace.drop_draft(self.name)
            self._draft = ""
        elif draft != text:
            self.workspace.keep_draft(self.name, text)
            self._draft = mark(text)
        return True

    def save(self, text: str, *, over: bool = False) -> bool:
        """Write the text to the file. False, and nothing written, where it was changed elsewhere and `over` is not
        said.

        Raises: Fault where it cannot be written.
        """
        if not over and self.elsewhere() == "file":
            return False
        self.workspace.save(self.name, text)
        self.stands, self._file = text, mark(text)
        self.keep(text)
        return True

    def theirs(self) -> str:
        """Take what somebody else wrote as what is known; its text. This tab's own draft goes for a changed file."""
        file, draft = self.workspace.text(self.subject), self.workspace.draft(self.name)
        changed, draft_is_mine = mark(file) != self._file, _mark(draft) == self._draft
        if changed and draft_is_mine:
            self.workspace.drop_draft(self.name)
            draft = None
        self.stands, self._file, self._draft = file, mark(file), _mark(draft)
        return file if changed or draft is None else draft

    def mine(self, text: str) -> None:
        """Put this tab's text in the place of another tab's draft.

        Raises: Fault where it cannot be written.
        """
        self._draft = _mark(self.workspace.draft(self.name))
        self.keep(text)

    def back(self) -> str:
        """Forget the draft; the text of the file."""
        self.workspace.drop_draft(self.name)
        self.stands, self._draft = self.workspace.text(self.subject), ""
        self._file = mark(self.stands)
        return self.stands


def _mark(text: str | None) -> str:
    return "" if text is None else mark(text)
