"""What the page of kept simulations says of a check."""

from __future__ import annotations

from ripeness.web.pages.shelf import FOUND
from ripeness.workbench.verify import MEANING


def test_every_verdict_of_a_check_has_words_on_the_page():
    assert FOUND.keys() == MEANING.keys()
