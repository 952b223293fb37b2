"""A report says what it says in words of politics: no keys, flags or words of the command line."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

import ripeness
from ripeness.show.report.wording import plain_words

CODE = (
    r"\bfactional\b|\bunitary\b|\bcaptured\b|\blog BF\b|--[a-z]{2,}|\bcodings?\b|/tmp/|\bparticles\b"
    r"|ripeness [a-z]+ [a-z]+-|\d draws?\b|\b(?:war_gain|stake_value|casualty_aversion|zone_scale|rent_issue|posture)\b"
    r"|\breadings\b"
)
REPEAT = "repeat"  # the one section that shows commands, since it is how to repeat the report by typing


@pytest.fixture(scope="module")
def page():
    return ripeness.report("ukraine-2023-03", draws=64).page


def said(page):
    """All text of a page by line, but that of addresses and of how to repeat it."""
    kept = replace(page, sections=tuple(section for section in page.sections if section.key != REPEAT))
    html = re.sub(r"<style.*?</style>|<a [^>]*>[^<]*</a>", "", kept.html(), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", re.sub(r"</(?:p|tr|h\d|li|text|td|th)>", "\n", html))
    return [re.sub(r"https?://\S+", "", line).strip() for line in unescape(text).splitlines()]


def test_a_whole_report_says_no_words_of_the_command_line(page):
    lines = said(page)
    assert len(lines) > 1000
    assert not [line[:150] for line in lines if re.search(CODE, line)]


def test_who_decides_is_told_by_the_names_of_factions_and_what_hypotheses_say(page):
    who = next(section for section in page.sections if section.key == "who")
    ukraine = next(part for part in who.parts if part.key == "who-ukraine")
    assert "'rival factions decide together'" in ukraine.paragraphs[0] or "'one leader decides" in ukraine.paragraphs[0]
    weighed = next(shown.table for shown in ukraine.tables if "ypotheses weighed" in shown.table.title)
    first_cells = {row.cells[0].plain for row in weighed.rows}
    assert "Rival factions decide together" in first_cells
    assert "President and his Office decides alone" in first_cells
    limits = next(part for part in who.parts if part.key == "who-limits")
    assert not any(item.startswith(("ukraine:", "russia:")) for item in limits.items)


def test_a_key_of_a_trait_is_said_in_words():
    assert plain_words("one trait is about war_gain 0.05") == "one trait is about gain from the war 0.05"
