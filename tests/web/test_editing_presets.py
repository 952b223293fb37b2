"""What-ifs in the guided form: what it shows of them, and what an entry, a new one or a removal writes."""

from __future__ import annotations

import re
from html import unescape

import pytest

from ripeness.scenario.read import open_scenario, read_text
from ripeness.scenario.template import template
from ripeness.web.checked_text import check_text, text_of_opened
from ripeness.web.editing.draft import Draft
from ripeness.web.editing.edits import Edits, field_edits, removal_of, write_edits
from ripeness.web.editing.preset_edits import supposable, suppose
from ripeness.web.editing.step_presets import presets_step
from ripeness.web.editing.steps import editor_step_of, fault_counts

FULL = template("full")
FIRM = ("presets", "firm-guarantee")
GUARANTEE = (*FIRM, "changes", "talks", "guarantee")


@pytest.fixture
def draft_of(workspace):
    return lambda text: Draft(check_text(workspace.scenarios(), text))


def comments(text):
    return [line.partition("#")[2] for line in text.split("\n") if "#" in line]


@pytest.mark.parametrize("case", ["colombia-2012-08", "japan-1945", "tigray-2022-08", "ukraine-2023-03"])
def test_every_what_if_of_every_shipped_case_is_shown_in_words(case):
    draft = Draft(text_of_opened(open_scenario(case)))
    page = presets_step(draft, "", "")
    presets = draft.checked_text.opened.scenario.presets
    assert page.count('data-kind="supposed"') == sum(len(preset.changes) for preset in presets.values())
    words = unescape(re.sub(r"<[^>]*>", " ", page))
    assert all(preset.name in words for preset in presets.values())
    assert not re.search(r"polities\.|events\.|hazard", words)


def test_a_number_that_is_supposed_is_typed_in_percent_and_written_as_a_share(draft_of):
    draft = draft_of(FULL)
    assert 'value="95"' in presets_step(draft, "", "")
    text = write_edits(FULL, field_edits(draft, GUARANTEE, "40 %", "supposed"))
    assert read_text(text).scenario.presets["firm-guarantee"].changes == {"talks.guarantee": 0.4}
    assert comments(text) == comments(FULL)


@pytest.mark.parametrize("entry", ["140", "much", ""])
def test_what_cannot_be_supposed_is_told_at_its_field(draft_of, entry):
    draft = draft_of(write_edits(FULL, field_edits(draft_of(FULL), GUARANTEE, entry, "supposed")))
    page = presets_step(draft, "", "")
    assert fault_counts(draft)["presets"] == 1
    assert "aria-invalid=true" in page
    assert page.count("g-fault") == 1
    assert editor_step_of(GUARANTEE) == "presets"


def test_a_number_is_added_and_removed_and_the_last_one_is_wanted(draft_of):
    text = write_edits(FULL, Edits(suppose(draft_of(FULL), FIRM, "talks.mediation", "2")))
    assert read_text(text).scenario.presets["firm-guarantee"].changes == {"talks.guarantee": 0.95, "talks.mediation": 2}
    text = write_edits(text, removal_of(draft_of(text), GUARANTEE))
    assert read_text(text).scenario.presets["firm-guarantee"].changes == {"talks.mediation": 2}
    text = write_edits(text, removal_of(draft_of(text), (*FIRM, "changes", "talks", "mediation")))
    assert "At least one number that it supposes is wanted" in presets_step(draft_of(text), "", "")
    assert "firm-guarantee" not in write_edits(FULL, removal_of(draft_of(FULL), FIRM))


@pytest.mark.parametrize("side", ["", "north", "east"])
def test_whatever_is_offered_can_be_supposed(draft_of, side):
    draft, text = draft_of(FULL), FULL
    for number, changed in enumerate(supposable(draft, side)):
        view = draft.number(tuple(changed.split(".")))
        value = f"{view.ends[1]:g}" if not changed.startswith("events.") else "0"
        values = suppose(draft, ("presets", f"p{number}"), changed, value)
        changes = values[f"presets.p{number}.changes"]
        text = write_edits(text, Edits({f"presets.p{number}": {"name": f"p {number}", "changes": changes}}))
    assert len(read_text(text).scenario.presets) == 2 + len(supposable(draft, side))
