"""What stands in the documentation is there, and what is there stands in the documentation."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from runpy import run_path
from types import SimpleNamespace

import pytest
import yaml
from typer.main import get_command

from ripeness.main import add_pages, app
from ripeness.web.screens import ALL

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md"])
add_pages()
FENCED = re.compile(r"^ *```[^\n]*\n(.*?)^ *```", re.DOTALL | re.MULTILINE)
INLINE = re.compile(r"`(ripeness [a-z][^`\n]*)`")


def commands(page):
    """Every command of a page: lines of its blocks, and words in backticks."""
    text = page.read_text(encoding="utf-8")
    lines = [line for block in FENCED.findall(text) for line in block.replace("\\\n", " ").splitlines()]
    found = [line.strip().removeprefix("$ ") for line in lines]
    return [line for line in [*found, *INLINE.findall(text)] if line.startswith("ripeness ")]


def wrong(line):
    """The first word of a command that the command line does not know; nothing where it knows all."""
    words = shlex.split(line.partition("#")[0].replace("|", " | ").replace("...", ""))[1:]
    command, flags = get_command(app), {"--help", "-h"}
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    if getattr(command, "commands", None) and words and not words[0].startswith("-") and words[0].islower():
        return words[0]
    if (
        command.context_settings.get("ignore_unknown_options") and len(words) > 2
    ):  # NAME VERB ...: the rest is a question's own
        return wrong(f"ripeness {shlex.join(words[1:])}")
    flags |= {name for one in command.params for name in (*one.opts, *one.secondary_opts)}
    given = [word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)]
    return next((word for word in given if word not in flags), None)


def test_a_command_or_a_flag_that_there_is_not_is_seen():
    assert wrong("ripeness sensitivity x") == "sensitivity"
    assert wrong("ripeness run x --drawz 3") == "--drawz"
    assert wrong("ripeness forecast add x --p yes=.3") is None
    assert wrong("ripeness standing keep NAME run war.yaml --by 2027-07-01") is None
    assert wrong("ripeness standing keep NAME run war.yaml --bye 2027-07-01") == "--bye"
    assert wrong("ripeness standing keep NAME rum war.yaml --by 2027-07-01") == "rum"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_a_page_exists_with_its_flags(page):
    assert not {line: word for line in commands(page) if (word := wrong(line))}


def test_every_command_is_explained_on_a_page_that_somebody_wrote():
    written = "".join(
        page.read_text(encoding="utf-8") for page in PAGES if "Written by docs/generate.py" not in page.read_text()
    )
    top = get_command(app).commands
    names = [f"{name} {below}" for name, one in top.items() for below in getattr(one, "commands", {})]
    names += [name for name, one in top.items() if not getattr(one, "commands", {})]
    assert not [name for name in names if f"ripeness {name}" not in written]


def test_every_setting_of_the_environment_stands_on_the_page_of_settings():
    used = {
        name for path in (ROOT / "src").rglob("*.py") for name in re.findall(r"\bRIPENESS_[A-Z]+\b", path.read_text())
    }
    page = (DOCS / "reference/settings.md").read_text(encoding="utf-8")
    assert used
    assert not {name for name in used if f"`{name}`" not in page}


def test_every_screen_of_the_workbench_stands_on_its_page():
    page = (DOCS / "how-to/workbench.md").read_text(encoding="utf-8")
    assert not [one.name for one in ALL if f"| {one.name} |" not in page]


def test_every_page_has_its_place_in_the_order_of_the_site():
    told = re.sub(r"!!?python/\S+", "", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    config = SimpleNamespace(docs_dir=str(DOCS), nav=yaml.safe_load(told)["nav"])
    order = run_path(str(DOCS / "navigation.py"))["on_config"](
        config
    ).nav  # adds the pages of the rules, as mkdocs does
    placed = set(re.findall(r"[\w/-]+\.md", str(order)))
    there = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}
    assert not there - placed, "give these pages a place under nav in mkdocs.yml"
    assert not placed - there
