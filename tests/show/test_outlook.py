"""Past wars, versions and blend stand on one axis, and their sentence says the same numbers."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ripeness.show.charts.outlook import outlook_chart
from ripeness.show.outlook_words import BLEND, PAST, VERSIONS, outlook_sentence, outlook_table
from ripeness.study.outcome_classes import ClassShares
from ripeness.study.outlook import VersionView, outlook

ON = (date(2025, 12, 31), 24.0)


def shares(*p):
    return ClassShares(24.0, p, tuple(max(x - 0.05, 0) for x in p), tuple(min(x + 0.05, 1) for x in p))


PUBLIC = VersionView("public", "factional", shares(0.05, 0.05, 0.1, 0.8), shares(0.18, 0.1, 0.2, 0.52))
ESSAY = VersionView("essay", "unitary", shares(0.31, 0.09, 0.1, 0.5), shares(0.25, 0.1, 0.2, 0.45))
RECORD = shares(0.24, 0.12, 0.24, 0.4)
OTHER = VersionView("other", "factional", shares(0.29, 0.11, 0.1, 0.5))
VIEWS = {("public", "factional"): PUBLIC, ("other", "factional"): OTHER, ("essay", "unitary"): ESSAY}
WHOLE = outlook(ON, PUBLIC, RECORD, VIEWS, (25.0, ""), titles={"essay": "an essay"})
ALONE = outlook(ON, VersionView("mine", "factional", PUBLIC.model), None, {}, (None, "no such record"))


def test_one_sentence_has_past_wars_versions_and_blend():
    assert outlook_sentence(WHOLE, {}) == (
        "Past wars like this one: 24 % settled by the end of 2025; analysts' versions of this war say 5 to 29 %; "
        "blended 18 %."
    )
    assert outlook_sentence(ALONE, {}) == (
        "Settled by the end of 2025: the model says 5 %; no past wars are blended in."
    )


def test_a_table_has_a_row_a_class_and_says_why_there_is_no_record():
    text = outlook_table(WHOLE, {}).to_text(88)
    assert "past wars (25)" in text
    assert "5 to 29" in text
    assert "No such record." in " ".join(outlook_table(ALONE, {}).to_text(88).split())


@pytest.mark.parametrize("form", [{}, {"narrow": True}, {"compact": True}, {"dark": True}])
def test_a_row_has_a_mark_for_past_wars_each_version_the_model_and_the_blend(form):
    chart = outlook_chart(WHOLE, {}, **form).to_dict()
    rows = next(rows for rows in chart["datasets"].values() if "lane" in rows[0])
    settled = [row for row in rows if row["row"] == "Settled"]
    lanes = {lane: [row["p"] for row in settled if row["lane"] == lane] for lane in (PAST, VERSIONS, BLEND)}
    assert lanes == {PAST: [0.24], VERSIONS: [0.05, 0.29, 0.31, 0.05], BLEND: [0.18]}
    assert [row["usual"] for row in settled if row["lane"] == VERSIONS] == [False, False, False, True]
    assert chart["title"]["text"] == "Settled by the end of 2025: 18 %"
    assert [row["hollow"] for row in settled if row["lane"] == VERSIONS] == [False, False, True, False]
    assert "an essay, one leader" in json.dumps(chart)


def test_without_past_wars_there_is_one_lane_and_still_a_picture():
    chart = outlook_chart(ALONE, {}).to_dict()
    rows = next(rows for rows in chart["datasets"].values() if "lane" in rows[0])
    assert {row["lane"] for row in rows} == {"the model"}
