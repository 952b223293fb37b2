"""Keep: a run on disk as one folder: what was read, what came out, and with what it was made."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ripeness.store.atomic_write import Content, write_folder
from ripeness.store.cells import to_csv
from ripeness.store.json_text import json_text
from ripeness.store.provenance import provenance
from ripeness.store.shelf.manifest import MANIFEST, SCENARIO, write_manifest
from ripeness.store.shelf.shelf import put_run
from ripeness.study.probabilities import OutcomeProbability


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
    files_of_all: dict[str, Content] = {}
    for run, files in several.items():
        files_of_all |= {f"{run}/{name}": content for name, content in {**files, MANIFEST: write_manifest}.items()}
    write_folder(folder, files_of_all)
    return folder


def shelve(shelf: Path, contents: Mapping[str, Content]) -> Path:
    """Put a run on a shelf under the name that its content gives it, whole or not at all.

    Raises: Fault where it cannot be written.
    """
    return put_run(contents, shelf)


def contents(
    files: Mapping[str, str],
    answer: str,
    path: Sequence[OutcomeProbability],
    data: Mapping[str, Content],
    description: Mapping[str, Any],
    inputs: Mapping[str, Any],
) -> dict[str, Content]:
    """The files of a run: scenario, inputs, answer, chances by month, datasets, log, provenance. The same twice."""
    record = provenance(description)
    texts = {
        **scenario_files(files),
        "inputs.json": json_text(inputs, indent=1, sort_keys=True) + "\n",
        "answer.json": answer + "\n",
        "outcomes.csv": to_csv([asdict(chance) for chance in path]),
        "provenance.json": json_text(record, sort_keys=True, ascii_only=True) + "\n",
        "log.txt": _log(files, record, json.loads(answer)["sentence"]),
    }
    return {**{name: text.encode() for name, text in texts.items()}, **data}


def _log(files: Mapping[str, str], record: Mapping[str, Any], sentence: str) -> str:
    """What was done, in order, without a clock: the same run leaves the same log."""
    changed = [f"set {path} = {value}" for path, value in record.get("set", {}).items()]
    return (
        "\n".join(
            [
                *(f"read {name}, {len(text.encode()):,} bytes" for name, text in files.items()),
                *changed,
                *([f"fitted parameters {points}"] if (points := record.get("parameter_points")) else []),
                f"scenario {record['scenario_hash']}, coding {record['coding']}, reading {record['reading']}",
                f"fought {record['draws']:,} wars to month {record['horizon']:g}, seed {record['seed']}",
                f"with ripeness {record['version']}, Python {record['python']}, "
                + ", ".join(f"{name} {version}" for name, version in sorted(record["packages"].items())),
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
    top_name = SCENARIO if SCENARIO not in bases else top
    return {top_name: files[top]} | {name: files[name] for name in bases}
