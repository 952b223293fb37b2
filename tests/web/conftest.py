"""A workbench without a browser: its workspace, its guard around a bare page, its JSON interface."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import pytest

from ripeness.web.api.interface import interface
from ripeness.web.guard import Guard
from ripeness.web.jobs import JobQueue
from ripeness.web.services import Services
from ripeness.web.workspace import Workspace


def apart(*work):
    """Run a coroutine in a thread of its own: a browser of other tests may keep a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, *work).result()


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def services(workspace, tmp_path):
    found = Services(workspace, JobQueue(), tmp_path / "ledger.sqlite")
    yield found
    found.jobs.close()
    for line in found.jobs.lines.values():
        line.shutdown(wait=True)


def send(app, method, path, **given):
    """Send one request to an application and get its answer."""

    async def once():
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as client:
            return await client.request(method, path, **given)

    return apart(once)


@pytest.fixture
def ask(services):
    """Send one request to the JSON interface and get its answer."""
    app = interface(services)
    return lambda method, path, **given: send(app, method, path, **given)


@pytest.fixture
def ask_through(services):
    """The same through a guard, whose door is given first."""
    app = interface(services)
    return lambda door, method, path, **given: send(Guard(app, door), method, path, **given)
