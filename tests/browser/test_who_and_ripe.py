"""Who decides, Ripe? and Ask experts, as one uses them: evidence unticked, months moved, links that hold."""

from __future__ import annotations

import pytest
from tests.browser.looks import barriers

WHO = "/who-decides?case=japan-1945&particles=150&repeats=3&widths=1"
RIPE = "/ripe?case=japan-1945&draws=256"


def described(page):
    return page.locator(".who-picture .drawing").first.get_attribute("aria-label")


def answered(page, what=".lead .sentence"):
    page.wait_for_selector(f".answer:not(.stale) {what}, .working .fault:not(:empty)")
    page.wait_for_selector("figure.chart svg")


def test_evidence_that_is_unticked_moves_the_dots_and_stays_so_in_the_link(opened):
    page = opened(WHO)
    answered(page)
    sentences = page.locator(".lead .sentence").all_inner_texts()
    assert [sentence.split()[1] for sentence in sentences] == ["Japan", "United"]
    page.wait_for_function("document.querySelector('.who-picture .drawing')?.ariaLabel?.includes('after the evidence')")
    before = described(page)
    page.locator(".evidence .q-checkbox").first.click()
    page.wait_for_selector(".told:has-text('Without 1 of')")
    page.wait_for_function("document.querySelector('.who-picture .drawing').ariaLabel.includes('unticked')")
    after = described(page)
    assert before != after
    assert "without=" in page.url
    again = opened(page.url.removeprefix(page.url.split("/who-decides", 1)[0]))
    answered(again)
    again.wait_for_selector(".told:has-text('Without 1 of')")
    again.wait_for_function("document.querySelector('.who-picture .drawing').ariaLabel.includes('unticked')")
    assert described(again) == after
    again.locator("[data-act=put-back]:visible").click()
    again.wait_for_function("!document.querySelector('.told:not(.outdated)')?.checkVisibility()")
    again.wait_for_function("!location.search.includes('without=')")


def test_evidence_is_named_with_date_source_grade_and_what_it_says_in_words(opened):
    page = opened(WHO)
    answered(page)
    item = page.locator(".evidence .item").first.inner_text()
    assert "grade" in item
    assert "consistent with" in item or "says nothing about" in item
    assert page.locator(".evidence .numbers-of-item [class=right]").first.is_hidden()
    page.locator(".numbers-of-item summary").first.click()
    page.wait_for_selector(".numbers-of-item :text('log ratio')")
    page.get_by_text("rival hypotheses").first.click()
    page.wait_for_selector(".tables :text('rival factions decide together')")
    assert page.get_by_text("Bayes factors").first.is_visible()


def test_the_ranges_move_with_the_month_and_stay_so_in_the_link(opened):
    page = opened(RIPE)
    answered(page)
    assert page.locator(".lead .sentence").first.inner_text().startswith("Not ripe for talks on 1 May 1945")
    assert "add up to" in page.locator(".lead").inner_text()
    assert page.locator(".range-slider .date").inner_text() == "1 May 1945"
    page.locator(".range-slider .q-slider").first.click(position={"x": 200, "y": 10})
    page.wait_for_function("document.querySelector('.range-slider .date').innerText !== '1 May 1945'")
    date = page.locator(".range-slider .date").inner_text()
    page.wait_for_function(f"document.querySelector('.ranges h3').innerText.includes('{date}')")
    page.wait_for_function("location.search.includes('at=')")
    again = opened(page.url.removeprefix(page.url.split("/ripe", 1)[0]))
    answered(again)
    assert again.locator(".range-slider .date").inner_text() == date


@pytest.mark.parametrize("path", [WHO, RIPE, "/judges?case=japan-1945"])
def test_the_pages_can_be_used_without_seeing_them_and_fit_a_phone(opened, path):
    for width, light in ((1280, "light"), (390, "dark")):
        page = opened(path, width=width, light=light)
        if path != "/judges?case=japan-1945":
            answered(page)
        assert not barriers(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        text = page.locator(".page").inner_text()
        assert not [word for word in ("factional", "captured:", "white-house", "--") if word in text]
