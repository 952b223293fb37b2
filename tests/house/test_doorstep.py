"""What a visitor of the repository meets: CI calls one script, and hooks use the tools of the tests."""

from __future__ import annotations

import tomllib

import pytest
import yaml


@pytest.fixture
def workflow(root):
    return yaml.safe_load((root / ".github/workflows/ci.yml").read_text(encoding="utf-8"))


def test_the_workflow_calls_the_script_that_is_run_by_hand_and_nothing_else(root, workflow):
    for job in workflow["jobs"].values():
        assert [step["run"] for step in job["steps"] if "run" in step] == [".ci/run"]
    assert (root / ".ci/run").stat().st_mode & 0o111, "the script cannot be run"


def test_the_workflow_runs_on_each_version_of_python_that_the_package_names_first_and_last(root, workflow):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    prefix = "Programming Language :: Python :: 3."
    named = sorted(int(word.removeprefix(prefix)) for word in project["classifiers"] if word.startswith(prefix))
    assert workflow["jobs"]["test"]["strategy"]["matrix"]["python"] == [f"3.{named[0]}", f"3.{named[-1]}"]


def test_the_hooks_use_the_installed_tools(root):
    hooks = yaml.safe_load((root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert {repo["repo"] for repo in hooks["repos"]} == {"local"}, "a tool of its own may be of another version"
    entries = [hook["entry"] for repo in hooks["repos"] for hook in repo["hooks"]]
    for tool in ("ruff format", "ruff check", "lint-imports"):
        assert any(tool in entry for entry in entries), tool


def test_the_project_says_where_it_lives(root):
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert {"Homepage", "Documentation", "Source", "Issues", "Changelog"} <= set(project["urls"])
    assert all(address.startswith("https://") for address in project["urls"].values())
