"""The README's session is run as it stands: each line it shows must come out of the command above it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def _session():
    block = re.search(r"```console\n(.*?)```", TEXT, re.DOTALL).group(1)
    for part in block.split("$ ")[1:]:
        command, *shown = part.strip().splitlines()
        yield command.split(), [line for line in shown if line.strip()]


SIMULATED = {"run", "record", "explain", "ripe", "whatif"}  # commands whose digits may change with the version


def _squeezed(text, command):
    words = re.sub(r"\s+", " ", text)
    return re.sub(r"[<+-]?\d[\d.,]*\d|[<+-]?\d", "#", words) if command[1] in SIMULATED else words


def test_the_session_of_the_readme_runs_and_shows_what_it_says(tmp_path, newcomer):
    (tmp_path / "src").symlink_to(ROOT / "src")
    ripeness = str(newcomer / "ripeness")
    for command, shown in _session():
        assert command[0] == "ripeness"
        done = subprocess.run(
            [ripeness, *command[1:]], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=500
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        for line in shown:
            assert _squeezed(line, command) in _squeezed(done.stdout, command), f"{command} does not show: {line}"


@pytest.mark.slow
def test_the_python_of_the_readme_runs(tmp_path, newcomer):
    code = re.search(r"```python\n(.*?)```", TEXT, re.DOTALL).group(1)
    done = subprocess.run(
        [str(newcomer / "python"), "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=500
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "outcomes.html").read_text(encoding="utf-8")
    assert "src=" not in re.sub(r"<script[^>]*>.*?</script>", "", page, flags=re.DOTALL)
    assert not re.search(r"<script[^>]+src", page)


def test_make_run_installs_what_the_readme_shows():
    installs = re.search(r"^pip install .*'\.(\[.*\])'$", TEXT, re.MULTILINE).group(1)
    assert f"--editable '.{installs}'" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_command_of_the_readme_is_one(newcomer):
    named = set(re.findall(r"`ripeness (\w+)", TEXT)) - {"COMMAND"}
    assert named
    for verb in named:
        done = subprocess.run(
            [str(newcomer / "ripeness"), verb, "--help"], capture_output=True, text=True, check=False, timeout=100
        )
        assert done.returncode == 0, f"ripeness {verb}: {done.stderr}"


def test_an_installation_without_extras_has_none(newcomer):
    """So that what only an extra brings is missed here, not at a newcomer's desk."""
    if newcomer == Path(sys.executable).parent:
        return
    extras = "{'pytest', 'dask', 'arviz', 'psycopg', 'ema_workbench'}"
    program = f"import importlib.util as u; print([name for name in sorted({extras}) if u.find_spec(name)])"
    done = subprocess.run([str(newcomer / "python"), "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_file_that_the_readme_points_to_is_there():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (ROOT / target).exists(), target
