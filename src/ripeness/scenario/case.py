"""Which file a name means: a shipped case, one of its codings, a folder with an index, or a file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path

from ripeness.scenario.yaml_node import Node
from ripeness.scenario.yaml_tree import read_tree
from ripeness.world.fault import ArgumentFault, Fault, Place
from ripeness.world.wording import did_you_mean

INDEX = "case.yaml"
MOST_LETTERS = 200  # in a part of a path; file systems take 255 bytes
INDEX_KEYS = ("title", "about", "default", "codings", "titles")


@dataclass(frozen=True, slots=True)
class Case:
    """A case on the shelf: its title, what it is about, and the file of each coding; the default stands first.

    `titles` say in words whose view each coding states; one without a title goes by its name.
    """

    name: str
    title: str
    about: str
    default: str
    codings: dict[str, Path]
    titles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScenarioFile:
    """The file that a name leads to, and the case and coding that it belongs to (empty for a file of one's own)."""

    path: Path
    case: str
    coding: str


def cases_folder() -> Path:
    """The folder of the shipped cases."""
    return Path(str(files("ripeness.cases")))


def shipped_case_names() -> tuple[str, ...]:
    """The names of the shipped cases, sorted."""
    return tuple(sorted(index.parent.name for index in cases_folder().glob(f"*/{INDEX}")))


def read_case(folder: Path) -> Case:
    """Read the index of a case.

    Raises: Fault where the index lacks a title, a default, or a coding whose file exists, or names one that is none.
    """
    tree = read_tree(folder / INDEX)
    for key, child in tree.map().items():
        if key not in INDEX_KEYS:
            raise Fault(f"'{key}' is not a key of a case; its keys are {', '.join(INDEX_KEYS)}", child.key)
    codings = {name: _coding_file(child, folder) for name, child in tree.at(["codings"]).map().items()}
    if "codings" not in tree.map() or not codings:
        raise Fault("a case needs 'codings': a file for each name", tree.place)
    default = tree.map().get("default")
    name = next(iter(codings)) if default is None else str(default.content)
    if name not in codings:
        raise Fault(
            f"the default '{name}' is not a coding; codings are {', '.join(codings)}", tree.at(["default"]).place
        )
    default_first = {name: codings[name]} | codings
    return Case(
        folder.resolve().name, _text(tree, "title"), _text(tree, "about"), name, default_first, _titles(tree, codings)
    )


def version_titles(case_or_path: str | Path) -> dict[str, str]:
    """What each version of a case is called in words; nothing for a single file.

    >>> version_titles("ukraine-2023-03")["public"]
    'published figures'
    """
    location = find_scenario_file(case_or_path)
    return dict(read_case(location.path.parent).titles) if location.case else {}


def _titles(tree: Node, codings: Iterable[str]) -> dict[str, str]:
    """What each coding is called in words; one without a title goes by its name."""
    titles = {name: name for name in codings}
    if "titles" in tree.map():
        for name, child in tree.at(["titles"]).map().items():
            if name not in titles:
                raise Fault(f"the title of '{name}' is of no coding; codings are {', '.join(titles)}", child.key)
            if not isinstance(child.content, str) or not child.content.strip():
                raise Fault(f"the title of the coding '{name}' is a line of words", child.place)
            titles[name] = child.content.strip()
    return titles


def _coding_file(child: Node, folder: Path) -> Path:
    if not isinstance(child.content, str) or not os.path.isfile(folder / child.content):  # noqa: PTH113  (a name that is too long is none, and no error)
        raise Fault(f"the file '{str(child.content)[:80]}' of this coding does not exist beside the index", child.place)
    return folder / child.content


def _text(tree: Node, key: str) -> str:
    child = tree.map().get(key)
    return str(child.content) if child is not None and child.content is not None else ""


def find_scenario_file(case_or_path: str | Path, coding: str | None = None) -> ScenarioFile:
    """Say which file a name means.

    Raises: Fault where there is no such case, file or coding, with what there is.
    """
    if not isinstance(case_or_path, str | Path):
        raise Fault(
            f"{case_or_path!r:.60} names no case; give the name of a shipped case, or the path of a file or folder"
        )
    path = Path(case_or_path)
    if not str(case_or_path).isprintable() or any(len(part) > MOST_LETTERS for part in path.parts):
        raise Fault("this cannot be the name of a file or a case")
    if str(case_or_path) in shipped_case_names():
        return _coding_of(cases_folder() / str(case_or_path), coding)
    if path.is_dir() and (path / INDEX).is_file():
        return _coding_of(path, coding)
    if path.is_dir():
        raise Fault(f"this folder holds no {INDEX}; name a file in it", Place(str(path)))
    if path.name == INDEX and path.is_file():
        return _coding_of(path.parent, coding)
    if not path.exists():
        raise Fault(_no_such(str(case_or_path)))
    if coding is not None:
        sibling = path.parent / INDEX
        hint = f"; its folder is a case: name '{path.parent}' instead" if sibling.is_file() else ""
        raise ArgumentFault(
            "coding", f" chooses among the codings of a case, and this is a single file{hint}", Place(str(path))
        )
    return ScenarioFile(path, "", path.stem)


def base_file(name: str, folder: Path) -> Path | None:
    """The file that a `base` names in a folder: one beside it, or a shipped case, with CASE/CODING one of its codings.

    Raises: Fault where the case has no such coding.

    >>> base_file("ukraine-2023-03/essay", Path()).name
    'essay.yaml'
    """
    neighbour = folder / name
    if os.path.isfile(neighbour):  # noqa: PTH113  (a name that is too long is none, and no error)
        return neighbour
    case, _, coding = name.partition("/")
    return _coding_of(cases_folder() / case, coding or None).path if case in shipped_case_names() else None


def _coding_of(folder: Path, coding: str | None) -> ScenarioFile:
    case = read_case(folder)
    name = case.default if coding is None else coding
    if name not in case.codings:
        hint = did_you_mean(name, case.codings, f"codings are {', '.join(case.codings)}")
        raise Fault(f"the case '{case.name}' has no coding '{name}'; {hint}", Place(str(folder / INDEX)))
    return ScenarioFile(case.codings[name], case.name, name)


def _no_such(name: str) -> str:
    cases = shipped_case_names()
    hint = did_you_mean(name, cases, f"shipped cases: {', '.join(cases) or 'none yet'}", cutoff=0.5)
    return f"'{name}' is neither a file nor a shipped case; {hint}"
