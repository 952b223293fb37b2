"""Navigation of the site: the pages of decision rules are those that stand in their folder, by the name of the file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

RULES = "textbook/rules"


def on_config(config: Any) -> Any:
    """Add a page for each rule below the index of rules; called by mkdocs before it reads the navigation."""
    pages = sorted(path.name for path in (Path(config.docs_dir) / RULES).glob("*.md") if path.name != "index.md")
    index = next(section for section in _lists(config.nav) if section == [f"{RULES}/index.md"])
    index += [f"{RULES}/{page}" for page in pages]
    return config


def _lists(nav: list[Any]) -> list[list[Any]]:
    """Every list of the navigation, at any depth."""
    below = [part for entry in nav if isinstance(entry, dict) for part in entry.values() if isinstance(part, list)]
    return [nav, *(inner for part in below for inner in _lists(part))]
