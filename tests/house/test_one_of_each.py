"""The house has one helper of each kind: who needs one calls it, and does not write it again."""

from __future__ import annotations

import ast
from collections import defaultdict

import pytest

# What the standard library offers -> the file that calls it for all others, and files that have a reason of their own.
HOLDERS = {
    "difflib.get_close_matches": {
        "world/wording.py": "the holder",
        "ensemble/inputs.py": "names several that are near, for a number's path",
    },
    "json.dumps": {"store/json_text.py": "the holder"},
    "json.loads": {
        "store/untrusted_json.py": "the holder",
        "web/api/strict.py": "a request's body, with the refusals of the interface",
        "web/api/interface.py": "an answer that this program wrote",
        "web/answer.py": "an answer that this program wrote",
        "workbench/keep.py": "an answer that this program wrote",
        "store/shelf/capsule.py": "a manifest that this program wrote",
        "ledger/exchange/files.py": "lines of a ledger that was checked",
        "store/past_conflicts.py": "past conflicts that this program wrote",
        "study/record/coefficients.py": "coefficients that this program wrote",
        "validation/conflicts/life_table.py": "a table that this program wrote",
    },
    "csv.writer": {},
    "csv.DictWriter": {"store/cells.py": "the holder"},
}


def calls(text):
    """Functions of modules that a text calls, by their full names, however they were imported."""
    tree = ast.parse(text)
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.asname or alias.name: alias.name for alias in node.names}
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                yield names.get(name, name)
            case ast.Call(func=ast.Attribute(value=ast.Name(id=module), attr=name)):
                yield f"{names.get(module, module)}.{name}"


@pytest.fixture(scope="module")
def callers(root):
    source = root / "src/ripeness"
    places = defaultdict(set)
    for path in sorted(source.rglob("*.py")):
        for name in calls(path.read_text(encoding="utf-8")):
            places[name].add(path.relative_to(source).as_posix())
    return places


def test_a_call_is_seen_however_it_was_imported():
    text = (
        "import json\nimport csv as c\nfrom json import loads as read\njson.dumps(1)\nread('1')\nc.writer(f)\nopen(f)\n"
    )
    assert set(calls(text)) == {"json.dumps", "json.loads", "csv.writer", "open"}


@pytest.mark.parametrize("name", HOLDERS)
def test_only_its_holder_and_those_with_a_reason_call_it(callers, name):
    assert callers[name] == HOLDERS[name].keys()
