"""The documentation builds without a warning, reads from a folder, and asks nothing of the network."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.slow]

PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def site(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)],
        cwd=root,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_no_page_loads_anything_from_elsewhere(site):
    loads = re.compile(r"<(?:script|img|iframe|link)\b[^>]*(?:src|href)=[\"']?(?:https?:)?//[^\s\"'>]+", re.IGNORECASE)
    found = {str(page.relative_to(site)): loads.findall(page.read_text()) for page in site.rglob("*.html")}
    assert len(found) > 10
    assert not {page: hits for page, hits in found.items() if hits}


@pytest.mark.browser
def test_a_page_opened_from_its_folder_finds_words_and_stays_offline(site, browser):
    outside, errors = [], []
    page = browser.new_page()
    page.on("request", lambda request: None if request.url.startswith("file:") else outside.append(request.url))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / "decisions" / "index.html").as_uri())
    box, found = page.get_by_role("textbox", name="Search"), page.locator(".md-search-result__item").first
    for _ in range(PATIENCE):  # the index may still be loading when the first letters are typed
        box.fill("")
        box.press_sequentially("hurting stalemate")
        page.wait_for_timeout(1000)
        if found.count():
            break
    expect(found).to_contain_text("stalemate")
    page.close()
    assert (outside, errors) == ([], [])
