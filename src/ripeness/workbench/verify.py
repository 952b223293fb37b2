"""Verify: whether a kept run is as it was written, and whether running it again gives the same answer."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ripeness.store.provenance import provenance
from ripeness.store.shelf.compare import EQUAL, OTHER, SAME, Compared, compared
from ripeness.store.shelf.kept import open_kept
from ripeness.store.shelf.manifest import damage
from ripeness.store.shelf.shelf import find_run, shelf_at
from ripeness.store.whole import scratch
from ripeness.workbench.again import again
from ripeness.workbench.unpack import unpack

ZIP = ".zip"
WHOLE, DAMAGED = "whole", "damaged"
MEANING = {
    WHOLE: "every file is as it was written; it was not run again",
    DAMAGED: "it is not as it was written, and was not run again",
    SAME: "run again, it gives the same bits",
    EQUAL: "run again, every number is equal to 1e-6",
    OTHER: "run again, it gives other numbers",
}


@dataclass(frozen=True, slots=True)
class Verified:
    """What verifying one run found; `damage` names files, `compared` tells of the run made again, if it was."""

    run: str
    verdict: str
    damage: tuple[str, ...]
    compared: Compared | None

    @property
    def good(self) -> bool:
        """Whether nothing is wrong."""
        return self.verdict in {WHOLE, SAME, EQUAL}

    def sentence(self) -> str:
        """The finding in words."""
        text = f"{self.run}: {MEANING[self.verdict]}"
        if self.damage:
            return f"{text}: {'; '.join(self.damage)}."
        comparison = self.compared
        if comparison is None or comparison.verdict == SAME:
            return f"{text}."
        versions = f"; made with: {'; '.join(comparison.versions)}" if comparison.versions else "; no version differs"
        farthest = f"largest relative distance {comparison.worst:.2g}, in {', '.join(comparison.where[:5])}"
        return f"{text} ({farthest}{versions})."

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        plain = asdict(self)
        if plain["compared"] is not None and plain["compared"]["worst"] == float("inf"):
            plain["compared"]["worst"] = None
        return {**plain, "sentence": self.sentence()}


def verify(
    run: str | Path,
    shelf: str | Path | None = None,
    *,
    rerun: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Verified:
    """Check every byte of a kept run or of a capsule, then fight its war again and compare.

    Raises: Fault where there is no such run, or it cannot be run again by this version.
    """
    if Path(run).suffix.lower() == ZIP and os.path.isfile(run):  # noqa: PTH113  (a name too long is no file, and no error)
        with scratch() as place:
            return verify_folder(unpack(run, place), str(run), rerun=rerun, progress=progress)
    folder = find_run(run, shelf_at(shelf))
    return verify_folder(folder, folder.name, rerun=rerun, progress=progress)


def verify_folder(
    folder: Path, name: str, *, rerun: bool, progress: Callable[[int, int], None] | None = None
) -> Verified:
    """Verify the run in a folder, under the name by which it was asked for.

    Raises: Fault where it cannot be run again.
    """
    wrong = damage(folder)
    if wrong:
        return Verified(name, DAMAGED, wrong, None)
    kept_run = open_kept(folder)
    if not rerun:
        return Verified(name, WHOLE, (), None)
    result = again(kept_run, progress=progress)
    # The name of the case is that of the kept folder now; what is compared was made from the same scenario.
    description = {key: kept_run.about.get(key, value) for key, value in result.about().items()}
    description["version"] = result.version
    comparison = compared(folder, result.datasets(description), kept_run.about, provenance(description))
    return Verified(name, comparison.verdict, (), comparison)
