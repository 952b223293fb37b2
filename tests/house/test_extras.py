"""A notebook needs no web server and no database: without the extras the model runs, and what needs one says which."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ripeness.world.extras import EXTRAS, need_package
from ripeness.world.fault import Fault

ROOT = Path(__file__).parents[2]
BROUGHT = ("jinja2", "markupsafe")  # by the library of charts, too
ABSENT = [module for extra in ("web", "ledger", "report") for module in EXTRAS[extra] if module not in BROUGHT]
NOTEBOOK = """
import ripeness
result = ripeness.run("japan-1945", draws=64, horizon=6)
assert result._repr_html_() and result.dataset.sizes["run"] == 64
result.plot().save("outcomes.html")
print(ripeness.ripe("japan-1945", draws=64, horizon=6))
print("all is there")
"""


@pytest.fixture(scope="module")
def core():
    """The folder of an installation with nothing but the dependencies of a notebook.

    RIPENESS_CORE names it (the Makefile does); without it the modules of the extras are hidden from this one.
    """
    folder = os.environ.get("RIPENESS_CORE")
    return ROOT / folder if folder else None


def python(core, code, *words, cwd):
    hide = f"import sys; sys.modules.update(dict.fromkeys({ABSENT!r}))\n"
    interpreter = sys.executable if core is None else str(core / "python")
    program = (hide if core is None else "") + code
    return subprocess.run(
        [interpreter, "-c", program, *words], cwd=cwd, capture_output=True, text=True, check=False, timeout=500
    )


def test_what_is_not_there_is_named_with_what_brings_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "nicegui", None)
    with pytest.raises(Fault, match=r"a page needs nicegui, which is not installed: pip install 'ripeness\[web\]'"):
        need_package("nicegui", "a page")


@pytest.mark.slow
def test_a_notebook_runs_without_web_server_and_database(core, tmp_path):
    done = python(core, NOTEBOOK, cwd=tmp_path)
    assert done.stdout.endswith("all is there\n"), done.stderr
    assert (tmp_path / "outcomes.html").exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "extra"),
    [
        (["serve", "--no-open"], "web"),
        (["forecast", "list"], "ledger"),
        (["forecast", "score"], "ledger"),
        (["forecast", "verify"], "ledger"),
        (["export", "japan-1945", "results.parquet", "--draws", "64"], "report"),
        (["export", "japan-1945", "results.xlsx", "--draws", "64"], "report"),
    ],
)
def test_a_command_that_needs_an_extra_says_which(core, words, extra, tmp_path):
    done = python(core, "from ripeness.main import main; main()", *words, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert f"pip install 'ripeness[{extra}]'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir()), "something was left behind"


@pytest.mark.skipif(not os.environ.get("RIPENESS_CORE"), reason="only where an installation without extras is named")
def test_an_installation_for_notebooks_has_no_web_server_and_no_database(core, tmp_path):
    code = f"import importlib.util as u; print([name for name in {ABSENT!r} if u.find_spec(name)])"
    assert python(core, code, cwd=tmp_path).stdout.strip() == "[]"
