"""What the program imports is declared, so that an installation without extras has all that it needs."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

import pytest

from ripeness.world.extras import EXTRA_OF

BESIDE = {"anyio": "web"}  # module that is used beside others of its extra -> that extra
BY_NAME = {"h5netcdf": "h5py"}  # an engine asked for by its name -> what it imports by itself


def plain(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def names(requirements):
    return {plain(re.match(r"[A-Za-z0-9_.-]+", one)[0]) for one in requirements}


@pytest.fixture
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text())["project"]


def imported(root):
    """Every module from elsewhere that a file imports, with the files that do."""
    found = {}
    for path in sorted((root / "src").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            modules = [one.name for one in node.names] if isinstance(node, ast.Import) else []
            modules += [node.module] if isinstance(node, ast.ImportFrom) and not node.level else []
            for module in modules:
                found.setdefault(module.partition(".")[0], set()).add(str(path.relative_to(root)))
    return {name: files for name, files in found.items() if name not in {*sys.stdlib_module_names, "ripeness"}}


def test_every_module_that_is_imported_is_declared(root, project):
    declared, known = names(project["dependencies"]), packages_distributions()
    of_extras = {*EXTRA_OF, *BESIDE}
    undeclared = {
        module: files
        for module, files in imported(root).items()
        if module not in of_extras and not declared & set(map(plain, known.get(module, ())))
    }
    assert not undeclared


def test_what_belongs_to_an_extra_is_declared_there(root, project):
    for module, extra in {**EXTRA_OF, **BESIDE}.items():
        requirements = project["optional-dependencies"][extra]
        assert any(re.search(rf"\b{module}\b", requirement) for requirement in requirements), module


def test_what_everybody_installs_is_in_no_extra(project):
    for extra in ("web", "ledger", "report"):
        assert not names(project["dependencies"]) & names(project["optional-dependencies"][extra])
    assert names(project["optional-dependencies"]["all"]) == {"ripeness"}


def test_what_an_engine_imports_by_itself_is_declared(root, project):
    code = "\n".join(path.read_text() for path in (root / "src").rglob("*.py"))
    declared = names(project["dependencies"])
    for engine in re.findall(r'engine="(\w+)"', code):
        assert {plain(engine), plain(BY_NAME[engine])} <= declared


def test_every_declared_package_has_the_version_that_the_tests_pass_with(root, project):
    lines = [line for line in (root / "constraints.txt").read_text().splitlines() if line and not line.startswith("#")]
    extras = {one for several in project["optional-dependencies"].values() for one in several}
    wanted = names([*project["dependencies"], *extras]) - {"ripeness"}
    assert wanted <= names(lines)
    assert not [line for line in lines if not re.fullmatch(r"[A-Za-z0-9_.-]+==[^\s/@]+", line)]
