"""What the handbook calls by its name is there: every file, folder, module, class and function that a page mentions."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/glossary.md", "docs/notation.md"]
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/textbook/**/*.md"))
PAGES += sorted(path.relative_to(ROOT).as_posix() for path in ROOT.glob("docs/how-to/*.md"))
PLACES = ("src", "tests", "docs", "benchmarks")
STANDS_FOR_ANY = "NAME"  # as in decision/NAME.py


def paths_of_the_house():
    found = [path for place in PLACES for path in (ROOT / place).rglob("*") if "__pycache__" not in path.parts]
    return {path.relative_to(ROOT).as_posix() for path in [*found, *(ROOT / place for place in PLACES)]}


PATHS = paths_of_the_house()
NAMES = {
    node.name
    for path in PATHS
    if path.endswith(".py")
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
}
ROOMS = "|".join(sorted(path.parent.name for path in (ROOT / "src/ripeness").glob("*/__init__.py")))
KINDS = {
    "file": re.compile(r"[\w./-]+\.py"),
    "folder": re.compile(rf"(?:{'|'.join(PLACES)}|{ROOMS})/[\w/-]*"),
    "module": re.compile(r"ripeness(?:\.\w+)+"),
    "function": re.compile(r"(\w+)\(.*\)"),
    "class": re.compile(r"[A-Z][a-z]+(?:[A-Z][a-z]+)+"),
}


def is_there(kind, name):
    """Whether what a page mentions is in the house."""
    if kind in {"file", "folder"}:
        return any(path == name.rstrip("/") or path.endswith("/" + name.rstrip("/")) for path in PATHS)
    if kind == "module":  # of a module, or of a name in one
        dotted = [name, name.rpartition(".")[0]]
        places = [f"src/{part.replace('.', '/')}" for part in dotted]
        return name.count(".") == 1 or any(f"{place}.py" in PATHS or place in PATHS for place in places)
    return KINDS["function"].sub(r"\1", name) in NAMES


def missing(text):
    """What a page mentions in backticks, outside of its examples, and is not there."""
    for word in re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        kinds = [kind for kind, form in KINDS.items() if form.fullmatch(word)]
        if kinds and STANDS_FOR_ANY not in word and not is_there(kinds[0], word):
            yield word


def test_a_name_that_leads_nowhere_is_seen():
    text = "`war/no_such.py`, `war/state.py`, `war/`, `web/nowhere/`, `ripeness.war.state`, `ripeness.war.no.such`"
    classes = "`NoSuchThing`, `OutcomeChances`, `no_such()`, `did_you_mean(name)`, `decision/NAME.py`"
    assert [*missing(text + classes)] == [
        "war/no_such.py",
        "web/nowhere/",
        "ripeness.war.no.such",
        "NoSuchThing",
        "no_such()",
    ]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_mentions_is_in_the_house(page):
    assert not [*missing((ROOT / page).read_text(encoding="utf-8"))]
