"""The track record that ships agrees with itself, with the known failures, and with what the documentation tells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ripeness.validation.backtest.track_record import track_record
from ripeness.validation.show import track_record_words as words
from ripeness.workbench.known_failures import known_failures

DOCS = Path(__file__).parents[2] / "docs" / "textbook"
TOLD = re.compile(r"^\| (\d+) \| (\d+) \| how it ends \| (\.\d+) \| (\.\d+) \| (\.\d+) \| ([-+]\.\d+) ", re.MULTILINE)


def test_scores_are_those_of_the_textbook():
    rows = TOLD.findall((DOCS / "blend.md").read_text(encoding="utf-8"))
    assert len(rows) == 5
    for months, wars, record, model, blend, gap in rows:
        tracked = track_record().at(int(months))
        assert tracked.wars == int(wars)
        said = [f"{score:.3f}".lstrip("0") for score in (tracked.record, tracked.model, tracked.blend)]
        assert said == [record, model, blend]
        assert f"{tracked.less_record.value:+.3f}".replace("0.", ".", 1) == gap


def test_each_war_counts_three_times_and_one_way_to_end_came_true():
    for tracked in track_record().forecasts:
        for bins in tracked.bins.values():
            assert sum(part.n for part in bins) == 3 * tracked.wars
            assert sum(round(part.share.value * part.n) for part in bins) == tracked.wars


def test_wars_and_scores_are_those_of_the_known_failures():
    known = known_failures()
    assert (track_record().wars, track_record().years) == (known.wars, known.years)
    for score in known.who_wins:
        assert track_record().at(score.months).model == pytest.approx(score.model, abs=0.0006)


def test_past_conflicts_are_those_of_the_textbook():
    text = (DOCS / "record.md").read_text(encoding="utf-8")
    assert (
        f"| {track_record().conflicts} conflicts | one left out, {track_record().conflict_forecasts:,} forecasts"
        in text
    )
    first = track_record().over[0]
    assert f"{100 * first.mean:.1f} % forecast at 12 months and {100 * first.share:.1f} % seen" in text


def test_the_verdict_does_not_claim_what_so_few_wars_cannot_show():
    start = track_record().at(0)
    assert words.calibration_words(start).endswith("as far as 57 wars can show.")
    assert "no difference to past wars alone that so few wars can show" in words.gain_words(start)
    assert "no better than past wars alone" in words.alone_words(start)
    six = track_record().at(6)
    assert words.gain_words(six).startswith("Simulations made them better") == (six.less_record.high < 0)
