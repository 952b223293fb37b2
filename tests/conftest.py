"""What tests may ask for: a real browser, a real database, this repository. (Settings stand in ../conftest.py.)"""

from __future__ import annotations

import logging
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MARK_OF_ROOM = {"browser": "browser", "recovery": "slow"}


def pytest_collection_modifyitems(items):
    """Whole rooms of tests are marked by where they stand."""
    for item in items:
        for part in item.path.relative_to(ROOT).parts:
            if part in MARK_OF_ROOM:
                item.add_marker(MARK_OF_ROOM[part])


@pytest.fixture(scope="session")
def root():
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def newcomer():
    """The folder with `python` and `ripeness` of an installation without extras, as `make run` makes it.

    RIPENESS_PLAIN names it (the Makefile does); without it, the installation that runs the tests stands in.
    """
    folder = os.environ.get("RIPENESS_PLAIN")
    return ROOT / folder if folder else Path(sys.executable).parent


@pytest.fixture(scope="module")
def quiet_cluster():
    """Leave out what the library of clusters logs of connections that close: a traceback, at the level of news.

    As long as a cluster of a whole module: it logs so when it closes, after the last test.
    """
    pytest.importorskip("distributed")  # sets its level when it is loaded
    logger = logging.getLogger("distributed")
    level = logger.level
    logger.setLevel(logging.ERROR)
    yield
    logger.setLevel(level)


@pytest.fixture(scope="session")
def chromium():
    """The path of a Chromium for Playwright's `executable_path`; its sandbox must be off where tests run as root."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        pytest.skip("no Chromium on this machine; on Debian: apt-get install chromium")
    return found


# No look-ups of its own: a browser that phones home would be an outside request.
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser(chromium):
    """The one Chromium of a test process: a second one beside it would find the first one's loop running."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        found = play.chromium.launch(executable_path=chromium, args=QUIET)
        yield found
        found.close()


def _tool_of_postgres(name):
    """The newest installed program of PostgreSQL of this name; Debian keeps the servers' off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


@pytest.fixture(scope="session")
def postgres():
    """The SQLAlchemy address of an empty PostgreSQL that lives as long as the tests, on a socket of its own."""
    initdb, server_control = _tool_of_postgres("initdb"), _tool_of_postgres("pg_ctl")
    if initdb is None or server_control is None:
        pytest.skip("no PostgreSQL on this machine; on Debian: apt-get install postgresql")
    # PostgreSQL refuses to run as root, so root lends it the account that its package made.
    owner = pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    lend = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
    home = Path(tempfile.mkdtemp(prefix="ripeness-pg-"))
    os.chown(home, owner.pw_uid, owner.pw_gid)

    def run(*command):
        subprocess.run(command, check=True, cwd=home, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, **lend)

    data, log = str(home / "data"), str(home / "log")
    try:
        run(initdb, "-D", data, "-U", "ripeness", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        run(server_control, "-D", data, "-l", log, "-w", "-o", f"-k {home} -h '' -F", "start")
        try:
            yield f"postgresql+psycopg://ripeness@/postgres?host={home}"
        finally:
            run(server_control, "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
