"""The ledger in the browser: asked, forecast by slider, settled, withdrawn and scored, with faults at their fields."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from tests.browser.looks import fits_and_can_be_read

from ripeness.ledger.verbs import forecast

SETTLED = forecast.Asked(
    "A truce by 2026?", "both sign", date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1), ("yes", "no")
)


@pytest.fixture
def ledger(own_server):
    """A ledger with a settled question on which two forecast, and an open one."""
    (own_server.folder / "home").mkdir(exist_ok=True)
    place = own_server.folder / "home" / "ledger.sqlite"
    for by, share, day in (("Ana", 0.4, 1), ("Ben", 0.6, 2), ("Ana", 0.2, 20)):
        asked = SETTLED if day == 1 else forecast.Asked()
        given = forecast.Given({"yes": share, "no": 1 - share}, rationale="a reason")
        forecast.add("truce", asked, given, by=by, now=datetime(2025, 6, day, tzinfo=UTC), ledger=place)
    known = {"by": "Ana", "ledger": place}
    forecast.resolve(
        "truce", outcome="no", on=date(2026, 1, 1), source="press", now=datetime(2026, 1, 2, tzinfo=UTC), **known
    )
    open_question = forecast.Asked("Peace by 2040?", "both sign", resolves=date(2040, 1, 1))
    forecast.add("peace", open_question, forecast.Given({"yes": 0.5}), now=datetime(2026, 1, 3, tzinfo=UTC), **known)
    return own_server


def test_a_question_is_asked_forecast_by_keys_settled_early_and_corrected(opened):
    page = opened("/ledger")
    page.wait_for_selector(".example .history")  # an empty ledger teaches by an example
    page.locator("[data-act=ask]").click()
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".q-field--error:has-text('What is asked?')")
    assert page.locator(".q-field--error").count() == 3  # text, rule and day, each said at its field
    assert page.locator(".ledger-dialog .fault").count() == 0
    page.get_by_label("What is asked?").fill("A truce by then?")
    page.get_by_label("How will one know?").fill("both sign")
    page.get_by_label("On which day is it settled?").fill("2040-01-01")
    page.locator(".q-slider__track-container").focus()
    for _ in range(20):
        page.keyboard.press("ArrowLeft")
    page.wait_for_selector("text=“no” gets 70 %. Brier score if yes: 0.98; if no: 0.18.")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".card .question-text:has-text('A truce by then?')")
    page.locator("[data-act=forecast]").click()
    page.get_by_label("Your probability of “yes”, percent").fill("40")
    page.get_by_label("Your name").fill("Ana")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".card :text('Ana 40 %')")
    page.locator("[data-act=resolve]").click()
    page.get_by_label("Outcome", exact=True).click()
    page.get_by_role("option", name="yes").click()
    page.get_by_label("By which source does one know?").fill("the press")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".standing:has-text('Known early'):has-text('It is scored after 1 January 2040')")
    page.locator("[data-act=correct]").click()
    page.get_by_label("Outcome", exact=True).click()
    page.get_by_role("option", name="no").click()
    page.get_by_label("By which source does one know?").fill("a better source")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector("text=The outcome was corrected once")
    page.get_by_role("button", name="Check that nothing was altered").click()
    page.wait_for_selector("text=nothing was altered since they were written")


def test_withdrawing_asks_first_and_keeps_what_was_said(opened, ledger):
    page = opened("/ledger", address=ledger.address)
    page.locator("[data-act=withdraw]").click()
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".q-field--error:has-text('Say why')")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_selector(".ledger-dialog", state="detached")
    page.locator("[data-act=withdraw]").click()
    page.get_by_label("Why can it not be answered?").fill("both states are gone")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".standing.annulled:has-text('Withdrawn on')")
    assert "Ana" in page.locator(".card:has-text('Peace by 2040?')").inner_text()


def test_settled_forecasts_are_scored_in_words_with_a_picture(opened, ledger):
    page = opened("/ledger", address=ledger.address)
    card = page.locator(".card:has-text('A truce by 2026?')").last
    assert "Ana gave what happened 80 %. 0.08 Brier: better than saying 50 % always (0.50)." in card.inner_text()
    assert "Ben gave what happened 40 %. 0.72 Brier: worse than saying 50 % always (0.50)." in card.inner_text()
    assert card.locator(".history .dot").count() == 3  # each revision has its own
    assert "2 forecasts on one question: Brier score 0.40" in page.locator(".scores .sentence").inner_text()
    assert page.locator(".scores .calibration .dot").count() == 2
    fits_and_can_be_read(page)


def test_an_outlook_is_tracked_with_its_interval_and_a_probability_of_ones_own(opened, server):
    page = opened("/forecast?case=ukraine-2023-03&draws=128")
    page.locator("[data-act=track]").click()
    page.wait_for_selector(".stated:has-text('blended'):has-text('90 % interval')")  # simulated until that very day
    assert "will the war have ended in a settlement" in page.get_by_label("The question").input_value()
    assert "What ends the war first counts" in page.get_by_label("How one will know").input_value()
    page.get_by_label("Settled on").fill("2020-01-01")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector(".q-field--error:has-text('choose a later day')")
    page.get_by_label("Settled on").fill("2027-12-31")
    page.get_by_label("Settled on").blur()
    page.wait_for_selector(".stated:has-text('90 % interval')")
    page.get_by_role("checkbox", name="Add a probability of my own").click()
    page.get_by_label("Your probability of “yes”, percent").fill("7")
    page.get_by_label("Your name").fill("Ana")
    fits_and_can_be_read(page, ".ledger-dialog")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector("text=Added to the ledger")
    page.goto(f"{server.address}/ledger")
    page.wait_for_selector(".card :text('Ana 7 %')")
    said = page.locator(".card:has-text('Russia and Ukraine')").last.inner_text()
    assert "blend " in said
    assert "simulations " in said
    assert "base rate " in said


def test_what_analysts_differ_on_is_tracked_with_the_range_of_their_versions(opened, server):
    page = opened("/disagree?case=ukraine-2023-03&by=2027-12-31&draws=128&mixture_draws=0")
    page.wait_for_selector(".answer:not(.stale) .about:has-text('until 31 December 2027')")
    page.locator("[data-act=track]").click()
    page.get_by_label("Settled on").fill("2027-12-31")
    page.get_by_label("Settled on").blur()
    stated = page.locator(".stated:has-text('90 % interval'):has-text('versions: ')")
    stated.wait_for()  # the outlook behind it is simulated first
    versions = stated.inner_text().partition("versions: ")[2].removesuffix(" %.")
    assert f"analysts' versions of this war say {versions}" in page.locator(".answer .sentence").first.inner_text()
    page.get_by_label("Settled on").fill("2027-06-30")
    page.get_by_label("Settled on").blur()
    page.wait_for_selector(".stated:has-text('90 % interval'):not(:has-text('versions'))")  # compared on another day
    page.get_by_label("Your name").fill("Ben")
    page.locator("[data-act=enter]").click()
    page.wait_for_selector("text=Added to the ledger")
    page.goto(f"{server.address}/ledger")
    page.wait_for_selector(".card:has-text('by 30 June 2027'):has-text('blend ')")
