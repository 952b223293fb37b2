"""A page in every width and light: no wider than the screen, and usable by somebody who does not see it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

LOOKS = [(1280, "light"), (390, "dark"), (1280, "dark"), (390, "light")]
STILL = (
    "document.getAnimations().every(one => one.playState !== 'running' || one.effect?.getTiming().iterations ==="
    " Infinity) && document.querySelector('.q-loading-bar')?.style.opacity !== '1'"
)
# The page behind an open dialog stands fixed where it was scrolled to, and axe then mistakes which layer is on top.
AT_ITS_TOP = "document.body.classList.contains('q-body--prevent-scroll') && (document.body.style.top = '0px')"


def look(page, width, light):
    """Show a page in a width and a light, without motion, so that no colour is caught halfway."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=light, reduced_motion="reduce")
    page.wait_for_function(STILL)


def barriers(page, part="body"):
    """What stands in the way of somebody who does not see a page, once nothing moves."""
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_function(STILL)
    page.evaluate(AT_ITS_TOP)
    found = Axe().run(page, context=part, options={"runOnly": ["wcag2a", "wcag2aa"]}).response["violations"]
    return {one["id"]: [(node["html"][:160], node["failureSummary"]) for node in one["nodes"]] for one in found}


def fits_and_can_be_read(page, part="body"):
    """A page is never wider than the screen, and a part of it can be used without seeing it."""
    for width, light in LOOKS:
        look(page, width, light)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page is wider than the screen"
        assert not barriers(page, part), (width, light)
