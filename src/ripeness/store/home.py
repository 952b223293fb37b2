"""Home: the folder in which the shelf and the ledger of one user lie."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ripeness.world.fault import Fault


def home() -> Path:
    """The folder that keeps this user's things: RIPENESS_HOME, or what the platform sets aside for programs' data.

    Raises: Fault where this user has no home folder.

    >>> import os
    >>> before = os.environ.get("RIPENESS_HOME"); os.environ["RIPENESS_HOME"] = "here"
    >>> home().name
    'here'
    >>> _ = os.environ.pop("RIPENESS_HOME") if before is None else os.environ.update(RIPENESS_HOME=before)
    """
    chosen = os.environ.get("RIPENESS_HOME")
    try:
        if chosen:
            return Path(chosen).expanduser()
        if sys.platform == "win32":
            return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "ripeness"
        if sys.platform == "darwin":
            return Path.home() / "Library" / "Application Support" / "ripeness"
        return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "ripeness"
    except RuntimeError:  # no HOME and no entry in the list of users, as in some containers; or ~NAME of nobody
        raise Fault(
            f"cannot find the home folder{f' in {chosen!r}' if chosen else ' of this user'}; "
            "say where to keep things: RIPENESS_HOME=/a/folder"
        ) from None
