"""Tables are values: every face is made from the value, and nothing reads a rendered table back."""

from __future__ import annotations

import ast

import pytest

DRAWS_RICH_TABLES = {"show/column_fitting.py"}  # the one place that lays out a table in a terminal
# Where rich is known at all in the faces: it prints, and a table or a line becomes something that it prints.
RENDERED = {"renderables", "_cells", "add_column", "add_row", "row_count", "_spans"}
LIST_OF_KEYS = {"web/frame.py"}  # no answer's table
MAY = {
    "show/column_fitting.py": RENDERED,
    "show/table.py": {"add_column", "add_row"},
    "show/terminal.py": {"_spans"},
}


def modules(root):
    source = root / "src/ripeness"
    for path in sorted(source.rglob("*.py")):
        yield path.relative_to(source).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_only_one_file_knows_tables_of_the_terminal_library(root):
    users = {
        name
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in {"rich.table", "rich.box"}
    }
    assert users == DRAWS_RICH_TABLES


def test_no_file_looks_into_what_was_laid_out_for_a_terminal(root):
    lookers = {
        (name, node.attr)
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in RENDERED - MAY.get(name, set())
    }
    assert not lookers


def test_no_face_imports_groups_of_renderables(root):
    users = {
        name
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        and node.module == "rich.console"
        and {alias.name for alias in node.names} & {"Group", "group"}
    }
    assert not users


@pytest.mark.parametrize("tag", ["<table", "<td", "<thead"])
def test_tables_of_answers_are_written_as_html_in_one_place(root, tag):
    writers = {
        name
        for name, tree in modules(root)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and tag in node.value
    }
    assert writers - LIST_OF_KEYS == {"show/table_html.py"}
