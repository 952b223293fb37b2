"""Names are words of the field: no riddles for bindings, one meaning a name, and the glossary has them."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

# A binding of one of these says nothing about what it holds.
SAYS_NOTHING = set(
    "one found told said asked given known what many here there own those such both rest whole way how who".split()  # noqa: SIM905
)
MOST = 0.01  # share of all bindings, in every room and over the house
# What each room has reached, and keeps.
RATCHET = {
    "cli": 0.0035,
    "decision": 0.0,
    "ledger": 0.0025,
    "scenario": 0.0015,
    "show": 0.0005,
    "store": 0.0075,
    "study": 0.0015,
    "validation": 0.0015,
    "web": 0.002,
    "workbench": 0.0075,
    "world": 0.0015,
}
NOT_YET = {"ensemble": 0.022, "war": 0.012}  # rooms above MOST; the whole house counts them, and they may only fall
# Public functions that several files define, and the one meaning that each has. The command of a verb, in a folder
# `cli`, has the verb's name and does not count.
SAME_MEANING = {
    "as_csv": "the rows of a collection as the text of a CSV file",
    "downgrade": "bring a ledger's database back by one version; what the migration tool calls",
    "export": "the verb that writes what is kept to a file, whose form its name or a flag says",
    "honest_rows": "the record of councils as rows for a report's honest page",
    "kernel": "decide one issue in many draws; the call that all decision rules share",
    "main": "start the program of the file",
    "outcomes": "the table of how the war stands, with the chance of each outcome",
    "ranking": "the table of what an answer ranks, the best first",
    "register": "add the routes of a page to the workbench",
    "router": "the routes of one part of the JSON interface",
    "save": "write one value to a file, whole or not at all",
    "score": "the verb that scores what was forecast against what happened",
    "brief": "an answer for one screen: its sentence and one table",
    "sentence": "an answer in one sentence",
    "show": "the verb that opens one thing that is kept, by its name",
    "tables": "the tables of an answer, as its verb shows them",
    "upgrade": "bring a ledger's database to this version; what the migration tool calls",
    "verify": "the verb that compares what is kept with its hashes",
    "write": "write a verb's result to a file as its ending says, whole or not at all",
}
FIELD_WORDS = (
    "Actor model",
    "Analyst's version",
    "Parameter",
    "Pathway",
    "Intervention",
    "Run",
    "Parameter sample",
    "Replication",
    "Random draws",
    "Parameter uncertainty",
)


def files(root, *rooms):
    """The files of some rooms; of the whole house where none is named."""
    source = root / "src/ripeness"
    return [path for room in rooms or [""] for path in sorted((source / room).rglob("*.py"))]


def bindings(tree):
    """Every name that a file gives to something: variables, arguments, functions, classes, attributes, aliases."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield name
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.ExceptHandler(name=str(name)) | ast.alias(asname=str(name)):
                yield name


def share_that_says_nothing(paths):
    names = [name for path in paths for name in bindings(ast.parse(path.read_text(encoding="utf-8")))]
    empty = [name for name in names if name.strip("_") in SAYS_NOTHING]
    return len(empty) / len(names)


def test_the_counter_sees_every_kind_of_binding():
    text = "import a as one\ndef found(told):\n    said: int = 1\n    self.asked = said\nclass Given: pass\n"
    names = set(bindings(ast.parse(text + "try: pass\nexcept E as known: pass\nfor what in x: pass\n")))
    assert names == {"one", "found", "told", "said", "asked", "Given", "known", "what"}


@pytest.mark.parametrize(("room", "most"), [*RATCHET.items(), *NOT_YET.items()])
def test_bindings_of_a_room_say_what_they_hold(root, room, most):
    assert share_that_says_nothing(files(root, room)) <= most


def test_every_room_has_its_measure(root):
    rooms = {path.parent.name for path in (root / "src/ripeness").glob("*/__init__.py")} - {"cases"}  # data
    assert rooms == RATCHET.keys() | NOT_YET.keys()
    assert all(most < MOST for most in RATCHET.values())


def test_bindings_of_the_house_say_what_they_hold(root):
    assert share_that_says_nothing(files(root)) < MOST


def test_a_class_name_stands_once_in_the_house(root):
    places = defaultdict(list)
    for path in files(root):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(root)}:{node.lineno}")
    assert not {name: spots for name, spots in places.items() if len(spots) > 1}


def test_a_public_function_name_means_the_same_wherever_it_stands(root):
    places = defaultdict(set)
    for path in files(root):
        if "cli" in path.parts:
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"):
                places[node.name].add(str(path.relative_to(root)))
    several = {name: sorted(spots) for name, spots in places.items() if len(spots) > 1}
    assert several.keys() - SAME_MEANING.keys() <= set(), f"name what each does, or add the one meaning: {several}"
    assert SAME_MEANING.keys() <= several.keys(), "a name that stands once needs no entry"


def test_the_glossary_has_the_words_of_the_field(root):
    glossary = (root / "docs/glossary.md").read_text(encoding="utf-8")
    terms = {
        above
        for above, below in zip(glossary.splitlines(), glossary.splitlines()[1:], strict=False)
        if below[:1] == ":"
    }
    assert set(FIELD_WORDS) <= terms
    assert not {"Reading", "Coding", "Law", "Luck"} & terms


def test_glossary_and_notation_speak_of_random_draws_and_not_of_luck(root):
    for page in ("glossary.md", "notation.md"):
        assert "luck" not in (root / "docs" / page).read_text(encoding="utf-8").lower()
