"""Starting the workbench: it is there soon, says plainly what is wrong, and shows no page whose verb is missing."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from ripeness.main import add_pages
from ripeness.web import screens as known
from ripeness.web.services import has_verb

START = """
import sys
from pathlib import Path
from ripeness.web.access import Access
from ripeness.web.server import application
application(Path(sys.argv[1]), Access())
print("LOADED", sorted({"numba", "scipy", "pandas", "xarray", "altair", "vl_convert", "sqlalchemy"} & set(sys.modules)))
"""


def serve(*flags):
    program = (
        "import sys; from ripeness.main import main; sys.argv = ['ripeness', 'serve', '--no-open', *sys.argv[1:]];"
        " main()"
    )
    return subprocess.run(
        [sys.executable, "-c", program, *flags], capture_output=True, text=True, timeout=120, check=False
    )


def test_the_first_page_waits_for_no_model(tmp_path):
    said = subprocess.check_output([sys.executable, "-c", START, str(tmp_path)], text=True)
    assert said.endswith("LOADED []\n")


def test_a_port_that_is_taken_is_told(tmp_path):
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        one.listen()
        done = serve("--port", str(one.getsockname()[1]), "--workspace", str(tmp_path / "w"))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "try another --port" in done.stderr


@pytest.mark.parametrize(
    ("flags", "says"),
    [
        (["--token", "short"], "at least 16"),
        (["--port", "70000"], "1 to 65535"),
        (["--workspace", "/dev/null/x"], "--workspace"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_served(tmp_path, flags, says):
    done = serve(*(flags if "--workspace" in flags else [*flags, "--workspace", str(tmp_path / "w")]))
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr
    assert says in done.stderr


def test_a_screen_without_its_verb_is_not_shown(monkeypatch):
    # Without those of other packages, which stay among the screens once a test of this process has added them.
    monkeypatch.setattr(known, "ALL", [screen for screen in known.ALL if screen.package == known.PAGES])
    assert all(has_verb(screen.verb) for screen in known.screens())
    monkeypatch.setattr(known, "has_verb", lambda verb: verb == "run")
    assert {screen.verb for screen in known.screens()} == {"run"}


def test_every_screen_that_is_planned_has_its_page():
    assert [one.path for one in known.screens()] == [one.path for one in known.ALL]


def test_every_screen_has_a_line_in_the_docs_and_a_key_of_its_own(root):
    add_pages()
    told = (root / "docs/how-to/workbench.md").read_text(encoding="utf-8")
    assert [one.name for one in known.ALL if f"| {one.name} |" not in told] == []
    keys = [one.key for one in known.ALL]
    assert len(set(keys)) == len(keys)
    assert "g" not in keys  # it opens the way to the others
