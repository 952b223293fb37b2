"""Keep: a run on disk as one folder: what was read, what came out, and with what it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ripeness.store.cells import to_csv
from ripeness.store.provenance import provenance
from ripeness.store.shelf.manifest import MANIFEST, SCENARIO, write_manifest
from ripeness.store.shelf.shelf import put
from ripeness.store.whole import Content, write_folder
from ripeness.study.chances import Chance


def keep(folder: Path, contents: Mapping[str, Content]) -> Path:
    """Write a run to a new folder, whole or not at all.

    Raises: Fault where something is there already, or it cannot be written.
    """
    write_folder(folder, {**contents, MANIFEST: write_manifest})
    return folder


def keep_all(folder: Path, several: Mapping[str, Mapping[str, Content]]) -> Path:
    """Write several runs to one new folder, each in a folder of its name, all of them or none.

    Raises: Fault where something is there already, or it cannot be written.
    """
    whole: dict[str, Content] = {}
    for run, files in several.items():
        whole |= {f"{run}/{name}": content for name, content in {**files, MANIFEST: write_manifest}.items()}
    write_folder(folder, whole)
    return folder


def shelve(shelf: Path, contents: Mapping[str, Content]) -> Path:
    """Put a run on a shelf under the name that its content gives it, whole or not at all.

    Raises: Fault where it cannot be written.
    """
    return put(contents, shelf)


def contents(
    files: Mapping[str, str],
    answer: str,
    path: Sequence[Chance],
    data: Mapping[str, Content],
    about: Mapping[str, Any],
    inputs: Mapping[str, Any],
) -> dict[str, Content]:
    """The files of a run: scenario, inputs, answer, chances by month, datasets, log, provenance. The same twice."""
    made = provenance(about)
    texts = {
        **scenario_files(files),
        "inputs.json": json.dumps(inputs, indent=1, sort_keys=True, ensure_ascii=False) + "\n",
        "answer.json": answer + "\n",
        "outcomes.csv": to_csv([asdict(one) for one in path]),
        "provenance.json": json.dumps(made, indent=2, sort_keys=True) + "\n",
        "log.txt": _log(files, made, json.loads(answer)["sentence"]),
    }
    return {**{name: text.encode() for name, text in texts.items()}, **data}


def _log(files: Mapping[str, str], made: Mapping[str, Any], sentence: str) -> str:
    """What was done, in order, without a clock: the same run leaves the same log."""
    changed = [f"set {path} = {value}" for path, value in made.get("set", {}).items()]
    return (
        "\n".join(
            [
                *(f"read {name}, {len(text.encode()):,} bytes" for name, text in files.items()),
                *changed,
                f"scenario {made['scenario_hash']}, coding {made['coding']}, reading {made['reading']}",
                f"fought {made['draws']:,} wars to month {made['horizon']:g}, seed {made['seed']}",
                f"with ripeness {made['version']}, Python {made['python']}, "
                + ", ".join(f"{name} {version}" for name, version in sorted(made["packages"].items())),
                sentence,
            ]
        )
        + "\n"
    )


def scenario_files(files: Mapping[str, str]) -> dict[str, str]:
    """The scenario as read. The file that was run is scenario.yaml; the files that it builds on keep their names.

    >>> scenario_files({"essay.yaml": "base: public.yaml", "public.yaml": "..."})
    {'scenario.yaml': 'base: public.yaml', 'public.yaml': '...'}
    """
    top, *bases = files
    own = SCENARIO if SCENARIO not in bases else top
    return {own: files[top]} | {name: files[name] for name in bases}
