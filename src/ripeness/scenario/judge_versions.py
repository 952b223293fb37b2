"""Versions of a case from judges: a complete scenario file for each judge, one for the pool, and an index of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from pathlib import Path
from typing import Any
from unicodedata import combining, normalize

import yaml

from ripeness.scenario.case import INDEX
from ripeness.scenario.form_paths import number_field_at, path_steps
from ripeness.scenario.number_field import number_as_mapping
from ripeness.scenario.read import OpenedScenario
from ripeness.scenario.write import edit_text, yaml_flow
from ripeness.scenario.yaml_tree import text_of, tree_of
from ripeness.store.atomic_write import write_file, write_folder
from ripeness.world.fault import Fault, Place
from ripeness.world.quantity import Kind, Quantity
from ripeness.world.wording import join_words

CODED, POOLED = "coded", "pooled"  # the version that judges were asked about, and the pool of all of them
LONGEST = 40  # letters of a judge's name in an id
GRADE = "F6"  # a judge's reliability and credibility cannot be graded like those of a document
INDENT = "  "


@dataclass(frozen=True, slots=True)
class JudgeVersion:
    """The numbers of a version by path, whose they are in words, and which sheets they came from.

    `borrowed` are the paths on which the judge has no opinion, taken from the pool of the others.
    """

    key: str
    title: str
    about: str
    numbers: Mapping[str, Quantity]
    sources: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # id -> judge, sheet
    borrowed: frozenset[str] = frozenset()


def judge_keys(judges: Sequence[str]) -> dict[str, str]:
    """An id for every judge, each once.

    >>> judge_keys(["Anna B.", "anna b", "\u0418\u0432\u0430\u043d"])
    {'Anna B.': 'judge-anna-b', 'anna b': 'judge-anna-b-2', '\u0418\u0432\u0430\u043d': 'judge-3'}
    >>> judge_keys(["A 3", "A.", "a", "\u00c7em"])
    {'A 3': 'judge-a-3', 'A.': 'judge-a', 'a': 'judge-a-4', '\u00c7em': 'judge-cem'}
    """
    keys: dict[str, str] = {}
    for n, judge in enumerate(judges, start=1):
        bare = "".join(letter for letter in normalize("NFKD", judge.lower()) if not combining(letter))
        slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:LONGEST] or str(n)
        candidates = chain([f"judge-{slug}"], (f"judge-{slug}-{m}" for m in count(n)))
        keys[judge] = next(key for key in candidates if key not in keys.values())
    return keys


def version_text(version: JudgeVersion, base: str) -> str:
    """A version as a scenario file: it names the file that it varies, and states its own numbers as judged.

    A number that was borrowed from the other judges says so in its note.
    """
    tree: dict[str, Any] = {}
    for path, number in version.numbers.items():
        *above, last = path_steps(path)
        part = tree
        for step in above:
            part = part.setdefault(step, {})
        note = "no opinion: pooled from the other judges" if path in version.borrowed else number.note
        place = number_field_at([*above, last])
        judged = replace(number, kind=Kind.JUDGED, sources=tuple(version.sources), note=note)
        part[last] = number_as_mapping(judged, None if place is None else place.scale)
    lines = [
        f"# {version.title}. Written by `ripeness elicit`; numbers that no judge was asked for are those of the base.",
        f"base: {yaml_flow(base)}",
        f"coding: {version.key}",
        f"about: {yaml_flow(version.about)}",
        *_block_lines(tree),
        "sources:",
    ]
    for key, (judge, sheet) in version.sources.items():
        source = {"title": f"Judgement of {judge}", "author": judge, "grade": GRADE, "place": sheet}
        lines.append(f"{INDENT}{key}: {yaml_flow(source)}")
    return "\n".join(lines) + "\n"


def _block_lines(tree: Mapping[str, Any], depth: int = 0) -> list[str]:
    """Nested keys a line each, every number on its own line."""
    lines = []
    for key, child in tree.items():
        if not all(isinstance(value, dict) for value in child.values()):  # a number
            lines.append(f"{INDENT * depth}{yaml_flow(key)}: {yaml_flow(child)}")
        else:
            lines += [f"{INDENT * depth}{yaml_flow(key)}:", *_block_lines(child, depth + 1)]
    return lines


def write_versions(opened: OpenedScenario, versions: Sequence[JudgeVersion], folder: Path) -> tuple[Path, ...]:
    """Write versions into a new folder with an index, or into the case's own folder beside the others.

    In a new folder the version that judges were asked about stands as `coded`: of a shipped case it is named, of a
    file of one's own it is written out. Nothing that is there is replaced, and the index comes last.

    Raises: Fault where something is there already, or nothing can be written.
    """
    folder = Path(folder)
    case_folder = opened.files[0].parent if opened.files else None
    if case_folder is not None and (folder / INDEX).is_file() and folder.resolve() == case_folder.resolve():
        return _add_versions(versions, opened.files[0].name, folder)
    base = f"{opened.case}/{opened.scenario.coding}" if _is_shipped(opened) else ""
    files = {f"{CODED}.yaml": _coded_text(opened, base)}
    files |= {f"{version.key}.yaml": version_text(version, f"{CODED}.yaml") for version in versions}
    files[INDEX] = _index_text(opened.scenario.title, versions)
    write_folder(folder, files)
    return tuple(folder / name for name in files)


def _is_shipped(opened: OpenedScenario) -> bool:
    from ripeness.scenario.case import cases_folder

    return bool(opened.case) and opened.files[0].parent.parent.resolve() == cases_folder().resolve()


def _coded_text(opened: OpenedScenario, base: str) -> str:
    if base:
        return f"base: {yaml_flow(base)}\ncoding: {CODED}\n"
    written = {**opened.own.plain(), "coding": CODED}
    return str(yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=120))


def _index_text(title: str, versions: Sequence[JudgeVersion]) -> str:
    keys = [version.key for version in versions]
    about = f"Versions by several judges: {join_words(keys)}; {CODED} is the version that they were asked about."
    codings = "\n".join(f"{INDENT}{key}: {key}.yaml" for key in (*keys, CODED))
    default = POOLED if POOLED in keys else keys[0]
    return f"title: {yaml_flow(title)}\nabout: {yaml_flow(about)}\ndefault: {default}\ncodings:\n{codings}\n"


def _add_versions(versions: Sequence[JudgeVersion], base: str, folder: Path) -> tuple[Path, ...]:
    """Add versions to a case's folder; what was written is taken away again where the index cannot be."""
    index = folder / INDEX
    paths = {version.key: folder / f"{version.key}.yaml" for version in versions}
    taken = [path for path in paths.values() if path.exists()]
    if taken:
        raise Fault(
            "the file exists and stays as it is; move it away first, or name another folder", Place(str(taken[0]))
        )
    codings = tree_of(text_of(index), str(index)).at(["codings"]).map()
    for key in paths:
        if key in codings:
            raise Fault(f"the case has a version '{key}' already; it stays as it is", codings[key].place)
    text = edit_text(text_of(index), {f"codings.{key}": path.name for key, path in paths.items()}, str(index))
    try:
        for version in versions:
            write_file(paths[version.key], version_text(version, base))
        write_file(index, text)
    except BaseException:
        for path in paths.values():
            path.unlink(missing_ok=True)
        raise
    return (*paths.values(), index)
