"""Charts are drawn at their size, tell all of a pointed month, and have their table, sources and files with them."""

from __future__ import annotations

import pytest
from tests.browser.looks import barriers

CASE = "/forecast?case=japan-1945&draws=128"
DRAWN = "figure.chart[data-drawn]:visible"
LETTERS = """[...document.querySelectorAll('figure.chart .drawing svg text')].filter(one => one.checkVisibility())
  .map(one => [one.textContent, parseFloat(getComputedStyle(one).fontSize) * one.getCTM().a])"""
FIT = """[...document.querySelectorAll('figure.chart[data-drawn] .drawing')].filter(one => one.checkVisibility())
  .map(one => [one.clientWidth, one.querySelector('svg').getBoundingClientRect().width])"""


def drawn(page):
    page.wait_for_selector(".answer:not(.stale) " + DRAWN)
    for fold in page.locator(".answer details:not([open]) > summary").all():
        fold.click()
    page.wait_for_function(
        "[...document.querySelectorAll('figure.chart')].every(one => !one.checkVisibility() || one.dataset.drawn)"
    )


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("light", ["light", "dark"])
def test_charts_fill_their_place_with_letters_of_12_pixels(opened, width, light):
    page = opened(CASE, width=width, light=light)
    drawn(page)
    page.wait_for_timeout(300)
    assert all(abs(place - picture) <= 3 for place, picture in page.evaluate(FIT)), page.evaluate(FIT)
    assert [entry for entry in page.evaluate(LETTERS) if not 11.9 <= entry[1] <= 15.1] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not barriers(page)


def test_a_chart_is_drawn_anew_for_another_width_and_another_light(opened):
    page = opened(CASE)
    drawn(page)
    figure = page.locator(DRAWN).first
    wide = int(figure.get_attribute("data-drawn"))
    ink = "getComputedStyle(document.querySelector('figure.chart[data-drawn] svg text')).fill"
    by_day = page.evaluate(ink)
    page.set_viewport_size({"width": 600, "height": 900})
    page.wait_for_function(f"Number(document.querySelector('figure.chart[data-drawn]').dataset.drawn) < {wide - 200}")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{ink} !== '{by_day}'")


def test_pointing_at_a_month_tells_every_outcome(opened):
    page = opened(CASE)
    drawn(page)
    areas = page.locator("figure.chart:visible", has_text="of simulations by").first
    areas.scroll_into_view_if_needed()
    box = areas.locator(".drawing svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    page.mouse.move(box["x"] + box["width"] / 3 + 4, box["y"] + box["height"] / 2)
    tip = page.locator(".chart-tip:visible")
    tip.wait_for()
    said = tip.inner_text()
    assert "1945" in said or "1946" in said
    assert all(outcome in said for outcome in ("settlement", "frozen front", "still fighting"))
    assert said.count("%") >= 6
    page.mouse.move(2, 2)
    page.wait_for_selector(".chart-tip", state="hidden")


def test_a_finger_reads_a_month_and_what_it_read_stays(browser, server):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.add_init_script("localStorage.setItem('ripeness-tour-seen', '1')")
    page = context.new_page()
    page.goto(server.address + CASE)
    drawn(page)
    areas = page.locator("figure.chart:visible", has_text="of simulations by").first
    areas.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = areas.locator(".drawing svg").bounding_box()
    page.touchscreen.tap(box["x"] + 90, box["y"] + 100)
    page.locator(".chart-tip:visible").wait_for(timeout=20_000)
    page.wait_for_timeout(900)
    assert "still fighting" in page.locator(".chart-tip:visible").inner_text()
    context.close()


def test_tabs_show_the_table_the_sources_and_the_files(opened):
    page = opened(CASE)
    drawn(page)
    figure = page.locator(DRAWN).first
    figure.get_by_role("tab", name="Table").click()
    figure.locator(".chart-panel table").wait_for()
    assert "Still going on" in figure.locator("table").inner_text()
    assert figure.locator(".drawing").is_hidden()
    page.keyboard.press("ArrowRight")
    figure.locator("dl >> text=128").wait_for()
    figure.get_by_role("tab", name="Download").click()
    with page.expect_download() as download:
        figure.get_by_role("link", name="Data of this chart").click()
    assert download.value.suggested_filename.endswith(".csv")
    figure.get_by_role("tab", name="Chart").click()
    assert figure.locator(".drawing svg").is_visible()


def test_a_page_without_a_chart_loads_no_library(opened):
    page = opened("/decide")
    page.wait_for_timeout(300)
    assert page.evaluate("typeof vegaEmbed") == "undefined"
