"""What if, the causal map and what matters: used as a laboratory, with a pointer, with keys, and by a link."""

from __future__ import annotations

import pytest
from tests.browser.looks import LOOKS, barriers

CASE = "japan-1945"
FRESH = ".laboratory:not(.stale)"


def rows(page):
    return page.locator("table.difference tbody tr").all_inner_texts()


def test_a_preset_moves_its_sliders_and_the_chart_and_the_link_gives_the_same(opened):
    page = opened(f"/what-if?case={CASE}")
    page.wait_for_selector(f"{FRESH} .drawing svg")
    assert "as stated" in page.locator(".laboratory h3").inner_text()
    assert page.locator("table.difference thead th").count() == 2
    page.get_by_role("button", name="The Soviet Union stays neutral", exact=True).click()
    page.wait_for_selector(f"{FRESH} td:nth-child(4)")
    slider = page.locator("[data-number='events.soviet-entry.hazard']")
    assert slider.locator(".value").inner_text() == "0 % a month"
    assert "as stated: 50 %" in slider.inner_text()
    told = rows(page)
    assert any("cannot be told from no change" in row for row in told)
    assert any(row.split("\t")[0].strip() == "still fighting" and "+" in row for row in told)
    page.wait_for_url("**preset=soviet-neutral*")
    other = opened(page.url.partition("/what-if")[1] + page.url.partition("/what-if")[2], light="dark")
    other.wait_for_selector(f"{FRESH} td:nth-child(4)")
    assert rows(other) == told
    slider.get_by_role("button", name="Back to as stated").click()
    page.wait_for_selector(f"{FRESH} table.difference thead th:last-child:has-text('as stated')")
    page.wait_for_function("!location.search.includes('preset')")


def test_a_slider_is_moved_by_keys_and_stands_in_the_address(opened):
    page = opened(f"/what-if?case={CASE}")
    page.wait_for_selector(f"{FRESH} .drawing svg")
    page.wait_for_selector("[data-part=leading] .measured")  # they are put in order once
    path = page.locator("[data-part=leading] .number").nth(2).get_attribute("data-number")
    row = page.locator(f"[data-number='{path}']")
    row.locator(".q-slider [tabindex='0']").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(f"{FRESH} td:nth-child(4)")
    page.wait_for_url(f"**set={path}*")
    said = row.locator(".value").inner_text()
    page.reload()
    page.wait_for_selector(f"{FRESH} td:nth-child(4)")
    assert page.locator(f"[data-number='{path}'] .value").inner_text() == said


def test_what_an_address_cannot_mean_is_told_and_the_rest_holds(opened):
    page = opened(f"/what-if?case={CASE}&set=talks.nothing:3&preset=none&cut=losses-%3Ecost&month=12")
    page.wait_for_selector(f"{FRESH} td:nth-child(4)")
    faults = page.locator(".fault").all_inner_texts()
    assert len(faults) == 2
    assert "sets no number of this war" in " ".join(faults)
    assert "1 cut" in page.locator(".cut-list").inner_text()
    assert "1 May 1946" in page.locator("table.difference caption").inner_text()


def test_the_sliders_are_put_in_the_order_of_what_was_measured(opened):
    page = opened(f"/what-if?case={CASE}")
    page.wait_for_selector(f"{FRESH} .drawing svg")
    page.wait_for_selector("[data-part=leading] .measured")
    said = page.locator("[data-part=leading] .number").all_inner_texts()
    assert len(said) == 10
    assert "points" in said[0]
    assert "simulations at each end" in page.locator("main").last.inner_text()
    page = opened(f"/what-matters?case={CASE}&draws=128")
    page.wait_for_selector(".measured-first .drawing svg")
    assert "chance of settlement" in page.locator(".measured-first h3").inner_text()


@pytest.mark.parametrize(("width", "light"), LOOKS[:2])
def test_an_arrow_lights_its_loops_and_is_cut_by_key_and_by_click(opened, width, light):
    page = opened(f"/map?case={CASE}&draws=128", width, light)
    page.wait_for_selector("svg.causal")
    page.wait_for_selector(f"{FRESH} .drawing svg")
    arrow = page.locator(".arrow[data-link='war->power']").first
    if not arrow.count():
        arrow = page.locator(".arrow[data-link]:not([data-loops=''])").first
    arrow.focus()
    assert page.locator(".arrow.lit").count() > 1
    assert " → " in page.locator(".loop-words li:visible").first.inner_text()
    link = arrow.get_attribute("data-link")
    page.keyboard.press("Enter")
    page.wait_for_selector(".verdict:has-text('with what is cut')")
    page.wait_for_selector(f"{FRESH} td:nth-child(4)")
    assert arrow.get_attribute("aria-pressed") == "true"
    assert "→" in page.locator(".cut-chips").inner_text()
    page.wait_for_function("location.search.includes('cut=')")
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator(f".arrow[data-link='{link}'] .reach").first.dispatch_event("click")
    page.wait_for_selector(".verdict:has-text('Click an arrow')")
    page.wait_for_function("!location.search.includes('cut=')")


@pytest.mark.parametrize(("width", "light"), LOOKS)
def test_the_laboratory_can_be_used_without_seeing_it_and_fits_the_screen(opened, width, light):
    page = opened(f"/what-if?case={CASE}&preset=guarantee", width, light)
    page.wait_for_selector(f"{FRESH} td:nth-child(4)")
    assert not barriers(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
