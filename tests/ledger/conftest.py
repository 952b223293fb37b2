"""What the tests of the ledger start from: a question, moments, an old ledger, and a real PostgreSQL."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """Start a throw-away PostgreSQL; without its programs skip, unless RIPENESS_REQUIRE_ALL asks to fail."""
    found = shutil.which("initdb")
    programs = Path(found).parent if found else next((one for one in PROGRAMS if (one / "initdb").exists()), None)
    if programs is None:
        if os.environ.get("RIPENESS_REQUIRE_ALL") == "1":
            pytest.fail("RIPENESS_REQUIRE_ALL=1, and there is no initdb: install PostgreSQL")
        pytest.skip("no PostgreSQL programs here (initdb, pg_ctl)")
    folder = Path(tempfile.mkdtemp(prefix="ripeness-pg-"))
    as_server: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_server = ["runuser", "-u", "postgres", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    password = folder / "password"
    password.write_text("sesame/open#1")
    password.chmod(0o644)

    def run(*command: str) -> None:
        done = subprocess.run(
            [*as_server, *command], cwd=folder, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr

    data = str(folder / "data")
    run(
        str(programs / "initdb"),
        "-D",
        data,
        "-U",
        "ana",
        "-A",
        "scram-sha-256",
        f"--pwfile={password}",
        "-E",
        "UTF8",
        "-N",
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1"
    run(str(programs / "pg_ctl"), "-D", data, "-o", options, "-w", "-l", str(folder / "log"), "start")
    try:
        yield f"postgresql://ana:sesame%2Fopen%231@127.0.0.1:{port}"
    finally:
        run(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres(postgres_server: str, request: pytest.FixtureRequest) -> str:
    """Give the address of an empty database of its own."""
    import psycopg

    name = f"t{abs(hash(request.node.name)) % 10**9}"
    with psycopg.connect(f"{postgres_server}/postgres", autocommit=True) as opened:
        opened.execute(f"CREATE DATABASE {name}")
    return f"{postgres_server}/{name}"
