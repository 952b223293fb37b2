"""The code is as plain and as typed as the house rules ask."""

from __future__ import annotations

import subprocess
import sys

import pytest


def findings(root, *command):
    done = subprocess.run([sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout[-6000:] + done.stderr[-2000:]


def test_ruff_finds_nothing(root):
    assert not findings(root, "ruff", "check", "--no-cache", "--output-format", "concise", ".")


def test_the_formatter_changes_nothing(root):
    assert not findings(root, "ruff", "format", "--check", "--no-cache", ".")


@pytest.mark.slow
def test_types_hold_under_the_strict_checker(root):
    assert not findings(root, "mypy", "--no-error-summary", "--hide-error-context")
