"""Provenance: with what a result was made, so that somebody else can make it again."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

PACKAGES = ("numpy", "numba", "llvmlite", "scipy")  # those whose version can change a bit of a result


def provenance(settings: Mapping[str, Any]) -> dict[str, Any]:
    """What was asked for, and the versions and the machine that answered. No date and no name: the same twice is the
    same.

    >>> provenance({"seed": 1})["seed"]
    1
    """
    return {
        **settings,
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in PACKAGES},
        "platform": platform.platform(),
        "processor": platform.machine(),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
