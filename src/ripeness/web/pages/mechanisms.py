"""Mechanisms: which of the theory's mechanisms move this war, in words and without their numbers in the catalogue."""

from __future__ import annotations

import re
from dataclasses import replace

from ripeness.web.answer import KeptAnswer
from ripeness.web.answer_view import show_answer
from ripeness.web.question_page import QuestionPage, page
from ripeness.web.screens import screen, screens
from ripeness.web.services import Services
from ripeness.web.what_if_state import in_link_words

CATALOGUE = re.compile(r"\b[MC]\d{1,2}(?:, |: | )")  # a mechanism's number in the catalogue
ASKED_BY = re.compile(r"ripeness ([a-z]+)\b")


class MechanismsPage(QuestionPage):
    """The answer without numbers of the catalogue; what other questions answer is named by their pages."""

    def lay_out(self, answer: KeptAnswer) -> None:
        """The chart first, then its table."""
        blocks = tuple(in_readers_words(block) for block in answer.blocks)
        show_answer(replace(answer, sentence=in_readers_words(answer.sentence), blocks=blocks))


def in_readers_words(html: str) -> str:
    """A text without numbers of the catalogue and names of commands.

    >>> in_readers_words("<p>M25 attrition: losses</p><p>ripeness infer</p>")
    '<p>attrition: losses</p><p>the page Who decides</p>'
    """
    names = {screen.verb: screen.name for screen in reversed(screens())}
    html = ASKED_BY.sub(lambda command: f"the page {names.get(command[1], command[1])}", html)
    return in_link_words(CATALOGUE.sub("", html))


def register(services: Services) -> None:
    """Put the page at its address."""
    page(services, screen("/mechanisms"), MechanismsPage)
