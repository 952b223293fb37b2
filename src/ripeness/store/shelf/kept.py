"""Kept: one run as it lies in its folder: what was asked, what came out, and the numbers that went in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ripeness.store.shelf.manifest import MANIFEST, damage, name_of, read_manifest
from ripeness.world.fault import Fault, Place

ANSWER, INPUTS, PROVENANCE, SCENARIO = "answer.json", "inputs.json", "provenance.json", "scenario.yaml"
NEEDED = (ANSWER, INPUTS, PROVENANCE, SCENARIO)


@dataclass(frozen=True)
class Kept:
    """A run that is whole: `about` says what was asked and with what it was made, `inputs` each number by its path."""

    name: str
    folder: Path
    about: Mapping[str, Any]
    answer: Mapping[str, Any]
    inputs: Mapping[str, Mapping[str, Any]]

    def __repr__(self) -> str:
        """One line."""
        return f"<Kept run {self.name}: {self.heading()}>"

    def heading(self) -> str:
        """What was asked, in one line."""
        about = self.about
        return (
            f"{about['case']}, coding {about['coding']}, reading {about['reading']}; "
            f"{about['draws']:,} draws, seed {about['seed']}, version {about['version']}"
        )

    def files(self) -> dict[str, int]:
        """The size of every file in bytes."""
        return {path.name: path.stat().st_size for path in sorted(self.folder.iterdir())}


def is_kept(folder: Path) -> bool:
    """Whether a folder is that of a kept run, whole or damaged."""
    return (folder / MANIFEST).is_file()


def kept_name(folder: Path) -> str:
    """The name that the folder's own manifest gives it.

    Raises: Fault where there is none.
    """
    read_manifest(folder)
    return name_of((folder / MANIFEST).read_text(encoding="utf-8"))


def open_kept(folder: Path) -> Kept:
    """Open a kept run after checking every byte of it.

    Raises: Fault where a file is missing, was added or was changed since.
    """
    place = Place(str(folder))
    wrong = damage(folder)
    if wrong:
        raise Fault(f"this run is damaged: {'; '.join(wrong)}", place)
    lacking = [name for name in NEEDED if not (folder / name).is_file()]
    if lacking:
        raise Fault(f"this run was never whole; it lacks {', '.join(lacking)}", place)
    about, answer, inputs = (_mapping(folder / name) for name in (PROVENANCE, ANSWER, INPUTS))
    for key in ("case", "coding", "reading", "draws", "seed", "version"):
        if key not in about:
            raise Fault(f"'{key}' is not said; this is no record of a run", Place(str(folder / PROVENANCE)))
    return Kept(kept_name(folder), folder, about, answer, inputs)


def _mapping(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise Fault("this is not the JSON of a kept run", Place(str(path)))
    return found
