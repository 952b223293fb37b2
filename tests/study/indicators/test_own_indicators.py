"""Indicators of one's own, and what the leading indicators look like from outside."""

from __future__ import annotations

from datetime import date

import pytest

from ripeness.scenario.fingerprint import fingerprint
from ripeness.scenario.read import read_text
from ripeness.scenario.template import template
from ripeness.study.indicators.rubric import LEVELS, rubric
from ripeness.workbench.indicators import indicators
from ripeness.world.fault import Fault

OWN = """
indicators:
  exchange:
    words: prisoners are exchanged in the hundreds
    polity: north
    issue: terms
    value: 0.55
    when: at most
    on: 2025-03-01
  losses:
    words: north admits to more than 700 dead in a month
    polity: north
    shows: losses
    value: 0.7
"""


def _scenario(own=OWN):
    return read_text(template("minimal") + own).scenario


@pytest.fixture(scope="module")
def watch(tmp_path_factory):
    file = tmp_path_factory.mktemp("war") / "war.yaml"
    file.write_text(template("minimal") + OWN)
    return indicators(file, draws=2048, month=12)


def test_own_indicators_are_ranked_with_the_others(watch):
    keys = [indicator.key for indicator in watch.value.indicators]
    assert {"own.losses", "north.losses"} <= set(keys)
    own = next(indicator for indicator in watch.value.indicators if indicator.key == "own.losses")
    assert own.name == "north admits to more than 700 dead in a month"
    assert own.unit == "yes or no"
    assert len(own.best.readings) == 2


def test_an_own_indicator_is_seen_where_its_variable_stands_beyond_its_value(watch):
    """It tells no more than the variable from which it is read, since it is a cut of it."""
    bits = {indicator.key: indicator.best.bits for indicator in watch.value.indicators}
    assert 0 < bits["own.losses"] < 1.3 * bits["north.losses"]


def test_its_day_stands_in_the_calendar(watch):
    day = next(entry for entry in watch.dates if entry.id == "indicator-exchange")
    assert (day.on, day.title) == (date(2025, 3, 1), "Look whether: prisoners are exchanged in the hundreds")
    assert "Look whether: prisoners are exchanged" in watch.calendar().replace("\r\n ", "")


def test_what_the_leading_indicators_look_like_lies_in_the_third_that_is_named(watch):
    assert watch.sights
    by_key = {indicator.key: indicator for indicator in watch.value.indicators}
    for sight in watch.sights:
        readings = by_key[sight.indicator].best.readings
        place = LEVELS.index(sight.level) if len(readings) == len(LEVELS) else int(sight.level == "high")
        assert sight.p == readings[place].chances[watch.value.target.name]
        if sight.value is not None:
            low, high = readings[place].low, readings[place].high
            assert low is None or sight.value >= low
            assert high is None or sight.value < high
    assert "{" not in "".join(sight.seen for sight in watch.sights)


def test_the_answer_shows_what_to_look_for_and_all_of_it_is_in_the_tables(watch):
    assert "It could look like this: " in watch.brief().to_text(80).replace("\n", " ")
    table = next(table for table in watch.layout().tables() if table.title == "What it would look like")
    assert len(table.rows) >= len(watch.sights)


def test_indicators_change_no_bit_of_a_war():
    assert fingerprint(_scenario()) == fingerprint(_scenario(""))


def test_every_statement_of_the_rubric_has_a_value_or_a_level():
    for kind, entries in rubric().items():
        for entry in entries:
            assert ("value" in entry) != ("level" in entry), kind
            assert 0 <= entry.get("value", 0) <= 1
            assert entry.get("level", "low") in LEVELS


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("    issue: terms\n", ""), "needs either an 'issue' or what it 'shows'"),
        (("issue: terms", "issue: term"), "did you mean 'terms'"),
        (("polity: north\n    issue", "polity: nort\n    issue"), "did you mean 'north'"),
        (("    polity: north\n    issue", "    issue"), "needs the 'polity'"),
        (("value: 0.55", "value: 55"), "outside what is possible here"),
        (("when: at most", "when: below"), "at least"),
        (("    polity: north\n    shows: losses", "    polity: north\n    shows: line"), "belongs to no polity"),
    ],
)
def test_what_cannot_be_ranked_is_refused_at_its_line(change, said):
    with pytest.raises(Fault) as refused:
        _scenario(OWN.replace(*change))
    assert said in str(refused.value)
    assert refused.value.place.line > template("minimal").count("\n")


def test_what_is_seen_of_a_movement_is_said_without_words_of_a_state():
    entries = [entry for rows in rubric().values() for entry in rows if "movement" in entry]
    assert entries
    for entry in entries:
        assert "{polity}" in entry["movement"] or "the line changes" in entry["movement"]
        assert not any(word in entry["movement"] for word in ("central bank", "conscript", "state-run", "government"))
    seen = [sight.seen for sight in indicators("tigray-2022-08", draws=128, month=12).sights if "Tigray" in sight.seen]
    assert not any("central bank" in words or "state-run" in words for words in seen)
