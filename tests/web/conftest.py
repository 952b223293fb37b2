"""A workbench without a browser: its workspace, its guard around a bare page, its JSON interface."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import anyio
import httpx
import pytest

from ripeness.web.api.interface import interface
from ripeness.web.house import House
from ripeness.web.jobs import Jobs
from ripeness.web.workspace import Workspace


def apart(*work):
    """Run a coroutine in a thread of its own: a browser of other tests may keep a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(anyio.run, *work).result()


@pytest.fixture
def workspace(tmp_path):
    return Workspace(tmp_path / "workspace")


@pytest.fixture
def house(workspace, tmp_path):
    found = House(workspace, Jobs(), tmp_path / "ledger.sqlite")
    yield found
    found.jobs.close()
    found.jobs.line.shutdown(wait=True)


@pytest.fixture
def ask(house):
    """Send one request to the JSON interface and get its answer."""
    app = interface(house)

    def request(method, path, **given):
        async def send():
            transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
            async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8321") as client:
                return await client.request(method, path, **given)

        return apart(send)

    return request
