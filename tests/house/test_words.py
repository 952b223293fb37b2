"""Names are words of the field: no riddles for bindings, one meaning a name, and the glossary has them."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

# A binding of one of these says nothing about what it holds.
SAYS_NOTHING = set(
    "one found told said asked given known what many here there own those such both rest whole way how who".split()  # noqa: SIM905
)
MOST = 0.01  # share of all bindings
# Rooms whose names are done; each keeps its own ratchet. Add a room when it is; with all in, the whole house counts.
RATCHET = {"world": 0.005, "store": 0.0075, "decision": 0.0, "scenario": 0.0015}
# Rooms inside a room that another change moves out of it.
LATER = ("store/ledger",)
# Public functions that several files define, and the one meaning that each has.
SAME_MEANING = {
    "kernel": "decide one issue in many draws; the call that all decision rules share",
    "upgrade": "bring a ledger's database to this version; what the migration tool calls",
    "downgrade": "bring a ledger's database back by one version; what the migration tool calls",
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
    source = root / "src/ripeness"
    paths = [path for room in rooms for path in sorted((source / room).rglob("*.py"))]
    return [path for path in paths if not path.relative_to(source).as_posix().startswith(LATER)]


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


@pytest.mark.parametrize(("room", "most"), RATCHET.items())
def test_bindings_of_a_room_say_what_they_hold(root, room, most):
    assert share_that_says_nothing(files(root, room)) <= most


def test_bindings_of_the_rooms_that_are_done_say_what_they_hold(root):
    assert share_that_says_nothing(files(root, *RATCHET)) < MOST


def test_a_class_name_stands_once_in_the_rooms_that_are_done(root):
    places = defaultdict(list)
    for path in files(root, *RATCHET):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(f"{path.relative_to(root)}:{node.lineno}")
    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_a_public_function_name_means_the_same_wherever_it_stands(root):
    places = defaultdict(set)
    for path in files(root, *RATCHET):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                places[node.name].add(str(path.relative_to(root)))
    several = {name: sorted(found) for name, found in places.items() if len(found) > 1 and name not in SAME_MEANING}
    assert not several, "name what each does, or add the one meaning to the table"


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
