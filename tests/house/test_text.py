"""What must never stand in a tracked file: invisible characters, paths of one machine, addresses of a registry."""

from __future__ import annotations

import re
import subprocess
import unicodedata

import pytest

# Put together here, so that this file itself is clean.
MACHINE = re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+|opt/(?:wheels|pypi)[\w-]*)(?:/|\b)|\.\./" + "shared/")
REGISTRY = re.compile(
    r"pypi\." + r"org|pythonhosted\." + r"org|registry\." + r"npmjs|--index-" + r"url|--find-" + "links"
)
INVISIBLE = {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}


@pytest.fixture(scope="module")
def texts(root):
    """Every tracked text file, by its path."""
    names = subprocess.check_output(["git", "ls-files", "-z"], cwd=root, text=True).split("\0")
    found = {}
    for name in filter(None, names):
        path = root / name
        if path.is_file() and b"\0" not in (raw := path.read_bytes()):
            found[name] = raw.decode("utf-8")
    return found


def lines_with(texts, pattern):
    return [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, text in texts.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def is_invisible(character):
    surprising_space = unicodedata.category(character) == "Zs" and character != " "
    return surprising_space or (unicodedata.category(character) in INVISIBLE and character not in "\n\t")


def test_no_file_names_a_path_of_one_machine(texts):
    assert not lines_with(texts, MACHINE)


def test_no_file_names_a_package_registry(texts):
    assert not lines_with(texts, REGISTRY)


def test_no_file_holds_an_invisible_character(texts):
    found = {name: sorted({hex(ord(c)) for c in text if is_invisible(c)}) for name, text in texts.items()}
    assert not {name: characters for name, characters in found.items() if characters}


def test_the_exact_versions_are_pinned_one_a_line_and_nothing_else(root):
    for line in (root / "constraints.txt").read_text().splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!_-]+", line), line
