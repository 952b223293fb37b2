"""One workbench for all browser tests, and pages that keep account of every request and every complaint."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

PATIENCE = 300  # seconds: the machine that tests may be slow, and may have to compile the model first


class Server:
    """A running workbench that can be killed and started again on the same workspace."""

    def __init__(self, folder: Path, *flags: str) -> None:
        self.folder, self.flags = folder, flags
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = one.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"

    def start(self) -> Server:
        program = "from ripeness.main import main; main()"
        words = [
            "serve",
            "--no-open",
            "--port",
            str(self.port),
            "--workspace",
            str(self.folder / "workspace"),
            *self.flags,
        ]
        home = {**os.environ, "RIPENESS_HOME": str(self.folder / "home")}
        self.log = (self.folder / "log.txt").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *words], env=home, stdout=self.log, stderr=self.log
        )
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"{self.address}/static/workbench.css", timeout=5).read()
            except (urllib.error.URLError, OSError):
                assert self.process.poll() is None, (self.folder / "log.txt").read_text()
                time.sleep(0.05)
            else:
                return self
        raise TimeoutError(self.address)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self.log.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    found = Server(tmp_path_factory.mktemp("served")).start()
    yield found
    found.kill()
    said = (found.folder / "log.txt").read_text()
    assert "Traceback" not in said, said


@pytest.fixture
def own_server(tmp_path):
    found = Server(tmp_path).start()
    yield found
    found.kill()


@pytest.fixture
def guarded_server(tmp_path):
    found = Server(tmp_path, "--host", "0.0.0.0", "--token", "a-token-of-twenty-letters").start()
    yield found
    found.kill()


class Account:
    """What a page asked for and complained about."""

    def __init__(self, page, address):
        self.outside, self.complaints = [], []
        ours = (address, address.replace("http", "ws"), "data:", "blob:")
        page.on("request", lambda one: None if one.url.startswith(ours) else self.outside.append(one.url))
        page.on("websocket", lambda one: None if one.url.startswith(ours) else self.outside.append(one.url))
        page.on("console", lambda one: self.complaints.append(one.text) if one.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "response", lambda one: self.complaints.append(f"{one.status} {one.url}") if one.status >= 400 else None
        )


@pytest.fixture
def opened(browser, server):
    """Open pages of the workbench; in the end nothing was asked of elsewhere and nothing complained."""
    contexts, accounts = [], []

    def open_one(path="/", width=1280, light="light", address=server.address, tour=False):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=light)
        context.set_default_timeout(PATIENCE * 1000)
        if not tour:
            context.add_init_script(
                "try { localStorage.setItem('ripeness-tour-seen', '1') } catch { /* a frame that may keep nothing */ }"
            )
        page = context.new_page()
        contexts.append(context)
        accounts.append(Account(page, address))
        page.goto(address + path)
        page.wait_for_selector("h1")
        # until then what one types and clicks is sent by timers of their own, in any order
        page.wait_for_function("window.did_handshake !== false")
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert [one for account in accounts for one in account.outside] == []
    assert [one for account in accounts for one in account.complaints] == []
