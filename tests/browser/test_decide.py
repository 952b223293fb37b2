"""Tables of actors in the browser: typed, pasted and decided at once, with faults at their cells; the track record."""

from __future__ import annotations

from tests.browser.looks import fits_and_can_be_read

PASTED = (
    "actor\tinfluence\tposition tax\tsalience tax\tposition land\tsalience land\n"
    "King\t3\t10\t50\t1\t80\nTowns\t1\t90\t40\t4\t60"
)
PASTE = """text => {
  const cell = document.querySelector('.actor-sheet th input'), data = new DataTransfer();
  data.setData('text/plain', text);
  cell.focus();
  cell.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def test_a_table_is_decided_as_it_is_typed_and_a_wrong_cell_is_named(opened):
    page = opened("/decide")
    page.wait_for_selector(".rules .outcome")  # the example is decided without being asked for
    assert "rules come to" in page.locator(".answer .sentence").inner_text()
    cell = page.get_by_label("position of Italy")
    cell.fill("abc")
    page.wait_for_selector(".sheet-faults:has-text(\"Italy, position: 'abc' is not a number\")")
    assert cell.get_attribute("aria-invalid") == "true"
    assert page.locator(".actor-sheet [aria-invalid]").count() == 1
    assert page.locator(".fault:visible").count() == 0  # it is said at its cell, and nowhere in a red box
    cell.fill("5 to 9")
    page.wait_for_selector(".rules .bar")  # a range has an interval
    assert page.locator(".actor-sheet [aria-invalid]").count() == 0
    fits_and_can_be_read(page)


def test_rows_of_a_spreadsheet_are_pasted_and_a_row_is_taken_away_by_keys(opened):
    page = opened("/decide")
    page.wait_for_selector(".rules .outcome")
    page.evaluate(PASTE, PASTED)
    page.wait_for_selector(".rules:nth-child(2)")  # two issues, a picture each
    assert page.locator(".actor-sheet tbody tr").count() == 3  # two actors, and a row to type into
    page.get_by_label("influence of King").press("ArrowDown")
    assert page.evaluate("document.activeElement.value") == "1"
    page.get_by_label("actor of a new row").last.fill("Barons")
    page.wait_for_selector(".sheet-faults li")  # an actor without numbers cannot be decided yet
    assert page.locator(".actor-sheet tbody tr").count() == 4


def test_another_judges_table_is_compared_and_taken_away(opened):
    page = opened("/decide")
    page.wait_for_selector(".rules .outcome")
    page.locator("[data-act=add]").click()
    page.wait_for_selector(".answer .sentence:has-text('both tables come to the same')")
    page.get_by_role("button", name="Take away").click()
    page.wait_for_selector(".answer .sentence:has-text('rules come to')")


def test_the_track_record_opens_with_a_picture_and_a_verdict(opened):
    page = opened("/record")
    page.wait_for_selector(".calibration .dot.s0")
    assert "as far as 57 wars can show" in page.locator(".record-verdict .sentence").inner_text()
    page.get_by_role("button", name="After 6 months").click()
    page.wait_for_selector(".record-verdict:has-text('26 wars')")
    assert "Long wars end too soon" in page.locator(".failures").inner_text()
    page.get_by_role("button", name="60 months ahead").click()
    page.wait_for_selector("text=Is the conflict over 60 months later?")
    fits_and_can_be_read(page)
