"""Short sentences on who decides and whether it is ripe: no key, no code word, and ties told as ties."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest

from ripeness.show.charts.bargaining import bargaining
from ripeness.show.charts.power_dots import power_dots
from ripeness.show.ripe_answer import blocks_sentence, demands_sentence, named_blockers, range_words, verdict_sentence
from ripeness.show.say_words import consistency_of, hypothesis_names, say_sentence
from ripeness.study.ripeness.bargaining_range import BargainingRange, TermsStrip, range_steps
from ripeness.study.ripeness.blockers import BlockerChange, ZoneOpening
from ripeness.study.weighted_statistics import RunQuantiles
from ripeness.study.who_decides.bayes_factors import ReadingRow
from ripeness.study.who_decides.evidence_matrix import EvidenceCell, EvidenceRow
from ripeness.study.who_decides.left_out import AnswerWithout, ShareWithout
from ripeness.study.who_decides.power import PowerShare
from ripeness.workbench.ripe import ripe

START = date(1945, 5, 1)
NAMES = {"north": "North", "south": "South", "north/public": "Public", "south/public": "Public"}


@pytest.fixture(scope="module")
def ripeness():
    return ripe("japan-1945", draws=64, horizon=13).value


def at(asked: float, left: float, low: float, high: float) -> BargainingRange:
    def strip(polity: str, faction: str | None, median: float) -> TermsStrip:
        return TermsStrip(0.0, polity, faction, RunQuantiles(median, median, median))

    strips = (strip("north", None, asked), strip("north", "public", 0.6), strip("south", None, left))
    demands = RunQuantiles(low, asked + 1 - left, high)
    return BargainingRange(0.0, demands, (*strips, strip("south", "public", 0.3)))


@pytest.mark.parametrize(
    ("month", "words"),
    [
        (
            at(0.75, 0.3, 1.2, 1.6),
            "add up to 145 % of what is at stake (120 to 160 % in 90 % of the simulations): 45 %",
        ),
        (at(0.2, 0.3, 0.8, 0.95), "10 % is left to agree on"),
        (at(0.4, 0.3, 0.9, 1.3), "more than there is in most of them, less in the others"),
    ],
)
def test_demands_are_told_as_their_sum(month, words):
    assert words in demands_sentence(month)


def test_a_month_in_which_nothing_is_fought_says_so():
    nan = float("nan")
    assert demands_sentence(at(nan, nan, nan, nan)) == "No simulated war is still fought."
    assert bargaining(at(nan, nan, nan, nan), ("north", "south"), NAMES, "x").to_dict()


def test_the_verdict_names_the_day_and_both_sides(ripeness):
    sentence = verdict_sentence(ripeness, START)
    assert sentence.startswith("Not ripe for talks on 1 May 1945: for both sides in 0 %")
    assert "Japan in" in sentence
    assert "United States in" in sentence
    sure = replace(ripeness.months[0], ripe=replace(ripeness.months[0].ripe, p=0.9, low=0.85, high=0.95))
    changed = replace(ripeness, months=(sure, *ripeness.months[1:]))
    assert verdict_sentence(changed, START).startswith("Ripe for talks on 1 May 1945: for both sides in 90 %")


def opening(faction: str, *, tied: bool) -> ZoneOpening:
    polity, _, key = faction.partition("/")
    return ZoneOpening("terms", (BlockerChange(polity, key, 0.8, 0.2),), 0.6, -0.5, 0.0, None, 0.5, tied)


def test_blockers_that_cannot_be_told_apart_are_named_together(ripeness):
    army, white_house = (key for key in ripeness.names if key in {"japan/army", "united-states/white-house"})
    openings = (opening(army, tied=True), opening(white_house, tied=True), opening("japan/navy", tied=False))
    tied = replace(ripeness, blockers=replace(ripeness.blockers, open_at_medians=False, terms=openings))
    assert "which of the two needs to move less, these simulations cannot tell" in blocks_sentence(tied)
    assert len(named_blockers(tied)) == 2
    for sentence in (blocks_sentence(tied), *(f"{blocker.factions} {blocker.why}" for blocker in named_blockers(tied))):
        assert "white-house" not in sentence
    alone = replace(tied, blockers=replace(tied.blockers, terms=(opening(army, tied=False), *openings[2:])))
    assert "No other faction could make room by a smaller change" in blocks_sentence(alone)


def test_every_month_of_the_slider_has_its_date_and_sentences(ripeness):
    words = range_words(ripeness, START)
    assert [row["month"] for row in words] == [row.month for row in ripeness.ranges]
    assert len(words) > len(ripeness.shown)
    assert words[0]["date"] == "1 May 1945"
    shown = {(strip.month, strip.polity, strip.faction): strip.share for strip in ripeness.strips}
    of_ranges = {(s.month, s.polity, s.faction): s.share for row in ripeness.ranges for s in row.strips}
    assert shown.items() <= of_ranges.items()


def test_ranges_are_read_off_at_even_distances_and_at_what_is_shown():
    assert range_steps(60, 1.0, [0, 7])[:5] == (0, 3, 6, 7, 9)
    assert range_steps(12, 1.0, [0]) == tuple(range(13))


def test_factions_of_one_name_on_both_sides_keep_a_row_each():
    chart = bargaining(at(0.75, 0.3, 1.2, 1.6), ("north", "south"), NAMES, "x")
    assert "45 % claimed twice" in json.dumps(chart.to_dict())
    rows = set(re.findall(r'"row": "([^"]+)"', json.dumps(chart.to_dict())))
    assert {"north/public", "south/public"} <= rows


def share(faction: str, leads: float, error: float = 0.001) -> ShareWithout:
    return ShareWithout(faction, leads, 0.1, 0.9, 0.01, leads, error, leads)


def test_who_has_most_say_is_said_in_one_sentence():
    names = {"army": "the Army", "court": "the Court"}
    likely = say_sentence(AnswerWithout((share("army", 0.8), share("court", 0.2)), 500.0, True), "North", names)
    assert likely == "In North most say likely lies with the Army: a chance of 80 %, as before the evidence."
    unsure = AnswerWithout((share("army", 0.55, 0.05), share("court", 0.45, 0.05)), 500.0, True)
    assert say_sentence(unsure, "North", names) == (
        "In North it is open who has most say: the Army (55 %) or the Court (45 %)."
    )


def test_marks_are_spelled_out_and_hypotheses_named():
    rows = [
        ReadingRow("north", key, name, kind, 0.0, 0.0, 0.3, 0.3, 0.0)
        for key, name, kind in (
            ("factional", "power is shared", "factional"),
            ("captured:army", "army decides alone", "captured"),
            ("own", "price of arms", "ordinary"),
        )
    ]
    names = hypothesis_names(rows, "north", {"north/army": "the Army"})
    assert names["captured:army"] == "the Army decides alone"
    cells = tuple(EvidenceCell(key, 0.0, mark, 0.0) for key, mark in zip(names, ("N", "C", "II"), strict=True))
    said = consistency_of(EvidenceRow("north", "x", "2021-01-01", "terms", "B2", 1.0, cells=cells), names)
    assert said == {
        "consistent with": ["the Army decides alone"],
        "strongly inconsistent with": ["price of arms"],
        "says nothing about": ["rival factions decide together"],
    }


@pytest.mark.parametrize("dark", [False, True])
def test_dots_show_both_before_and_after_and_what_all_evidence_says(dark):
    numbers = (0.5, 0.4, 0.6, 0.3, 0.2, 0.4, 0.1, 0.2)
    shares = [PowerShare("north", key, "2021-01-01", *numbers, "little", "stated") for key in ("army", "court")]
    without = AnswerWithout((share("army", 0.8), share("court", 0.2)), 500.0, True)
    chart = power_dots(shares, {"army": "the Army"}, "Say", without, dark=dark).to_dict()
    text = json.dumps(chart, ensure_ascii=False)
    assert "with all evidence" in text
    assert "the Army, without what is unticked: 80 % (10 % to 90 %)" in chart["description"]
