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
    serious = [(one["id"], one["nodes"][0]["html"][:200]) for one in found if one["impact"] in {"serious", "critical"}]
    assert serious == []
    assert said == []
    context.close()


def test_the_report_on_paper_fits_the_page_and_keeps_its_pictures(browser, page_file):
    page = browser.new_page(viewport={"width": 680, "height": 900})  # A4 less its margins, in points of the screen
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 680
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in {
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    }
    drawn = "[...document.querySelectorAll('figure svg')].filter(one => one.checkVisibility())"
    assert page.evaluate(f"{drawn}.length") == page.evaluate("document.querySelectorAll('figure').length")
    assert page.evaluate(f"Math.max(...{drawn}.map(one => one.getBoundingClientRect().right))") <= 680
    page.close()


def test_names_with_markup_do_nothing_in_the_browser(browser, tmp_path):
    evil = "<img src=x onerror='document.title=1'><script>document.title=1</script>"
    ripeness.new(tmp_path / "war.yaml")
    text = (tmp_path / "war.yaml").read_text(encoding="utf-8")
    named = text.replace('title: "A war over a border valley"', f'title: "{evil}"').replace(
        "{archetype: military, power: 0.3 to 0.4}", f'{{name: "{evil[:70]}", archetype: military, power: 0.3 to 0.4}}'
    )
    assert named.count("onerror") == 2
    (tmp_path / "war.yaml").write_text(named, encoding="utf-8")
    file = ripeness.report(tmp_path / "war.yaml", draws=64, horizon=3).save(tmp_path / "r.html")
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    page.wait_for_timeout(200)
    assert page.title() == evil
    assert page.evaluate("document.querySelectorAll('main img, main script').length") == 0
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()


def test_the_summary_fits_one_sheet_and_paper_shows_what_the_screen_folds(browser, page_file, tmp_path):
    page = browser.new_page(viewport={"width": 688, "height": 1040})
    page.goto(page_file.as_uri())
    seen = "[...document.querySelectorAll('details table')].filter(one => one.checkVisibility()).length"
    hidden = page.evaluate("document.querySelectorAll('details table').length")
    assert hidden > 5
    page.emulate_media(media="print")
    heights = page.evaluate(
        "[...document.querySelectorAll('details table')].map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) > 10
    assert page.evaluate(seen) == hidden
    assert page.evaluate("document.querySelectorAll('details[open]').length") == 0
    # From the first line of the page to the end of the summary: A4 less the margins is 269 mm, and a mm 3.78 points.
    assert page.evaluate("document.querySelector('.summary').getBoundingClientRect().bottom") < 269 * 3.78
    assert page.evaluate("getComputedStyle(document.querySelector('.summary')).breakAfter") == "page"
    page.emulate_media(media="screen")
    assert page.evaluate(seen) < hidden
    page.close()


def test_a_line_of_the_summary_and_the_key_of_a_source_lead_to_their_places(browser, page_file):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(page_file.as_uri())
    for link in page.query_selector_all(".summary a"):
        assert page.query_selector(link.get_attribute("href")) is not None
    page.click("#sources summary")
    key = page.query_selector("#sources details td a")
    key.click()
    assert page.evaluate("document.querySelector(':target').textContent") == key.text_content()
    page.close()
