"""The report in a real browser, as a phone and a desk show it, by day and in the dark: nothing overflows, nothing is
asked of anybody, and a reader with a screen reader finds everything.
"""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

import ripeness


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    return ripeness.report("japan-1945", draws=256, horizon=6).save(tmp_path_factory.mktemp("report") / "r.html")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_fits_asks_nobody_and_can_be_read_by_all(browser, page_file, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, said, asked = context.new_page(), [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    # The long tables of sources are like every other table; a thousand rows of them only cost the checker minutes.
    page.evaluate("document.querySelectorAll('#sources details').forEach(one => { one.open = false })")
    found = Axe().run(page).response["violations"]
    serious = [
        (one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}
    ]
    assert serious == []
    assert said == []
    context.close()
