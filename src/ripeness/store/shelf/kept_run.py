"""Kept: one run as it lies in its folder: what was asked, what came out, and the numbers that went in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from ripeness.store.shelf import record_form as form
from ripeness.store.shelf.manifest import MANIFEST, SCENARIO, damage, read_manifest, run_name
from ripeness.world.fault import Fault, Place

ANSWER, INPUTS, PROVENANCE = "answer.json", "inputs.json", "provenance.json"
TEXTS = (".yaml", ".yml", ".txt")
NEEDED = (ANSWER, INPUTS, PROVENANCE, SCENARIO)
FORMS: Mapping[str, TypeAdapter[Any]] = {PROVENANCE: form.ABOUT, ANSWER: form.ANSWER, INPUTS: form.INPUTS}


@dataclass(frozen=True)
class KeptRun:
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


def kept_run_name(folder: Path) -> str:
    """The name that the folder's own manifest gives it.

    Raises: Fault where there is none.
    """
    text, _ = read_manifest(folder)
    return run_name(text)


def open_kept(folder: Path) -> KeptRun:
    """Open a kept run after checking every byte of it.

    Raises: Fault where a file is missing, was added or was changed since, or does not say what it must.
    """
    place = Place(str(folder))
    wrong = damage(folder)
    if wrong:
        raise Fault(f"this run is damaged: {'; '.join(wrong)}", place)
    lacking = [name for name in NEEDED if not (folder / name).is_file()]
    if lacking:
        raise Fault(f"this run was never whole; it lacks {', '.join(lacking)}", place)
    about, answer, inputs = (_read(folder / name, shape) for name, shape in FORMS.items())
    return KeptRun(kept_run_name(folder), folder, about, answer, inputs)


def check_records(contents: Mapping[str, bytes], place: Place) -> None:
    """Say whether the files of a run that are text are there and say what they must, before they are kept.

    Raises: Fault where one is missing, too large, or says something else.
    """
    lacking = [name for name in NEEDED if name not in contents]
    if lacking:
        raise Fault(f"this run was never whole; it lacks {', '.join(lacking)}", place)
    for name, shape in FORMS.items():
        form.read_object(contents[name], shape, Place(f"{place.file}: {name}"))
    for name, raw in contents.items():
        if Path(name).suffix.lower() in TEXTS:
            form.check_shown_text(raw, Place(f"{place.file}: {name}"))


def _read(path: Path, shape: TypeAdapter[Any]) -> dict[str, Any]:
    place = Place(str(path))
    try:
        with path.open("rb") as stream:
            raw = stream.read(form.MOST_TEXT + 1)
    except OSError as error:
        raise Fault(f"this cannot be read: {error.strerror}", place) from None
    return form.read_object(raw, shape, place)
