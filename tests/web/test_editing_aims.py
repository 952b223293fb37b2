"""Aims of a side in the guided form: what it shows of them, and what an entry, a new one or a removal writes."""

from __future__ import annotations

import pytest

from ripeness.scenario.read import open_scenario, read_text
from ripeness.scenario.template import template
from ripeness.web.checked_text import check_text, text_of_opened
from ripeness.web.editing.aim_dialog import aim_edits
from ripeness.web.editing.draft import Draft
from ripeness.web.editing.edits import Edits, field_edits, number_edit, removal_of, write_edits
from ripeness.web.editing.step_aims import COMPONENTS, aims_section
from ripeness.web.editing.steps import editor_step_of, fault_counts
from ripeness.web.workspace import Subject

FULL = template("full")
AIMS = ("polities", "south", "objectives")


@pytest.fixture
def draft_of(workspace):
    return lambda text: Draft(check_text(workspace.scenarios(), text))


def aims(text):
    return read_text(text).scenario.polities["south"].objectives


@pytest.mark.parametrize("case", ["colombia-2012-08", "japan-1945", "tigray-2022-08", "ukraine-2023-03"])
def test_every_aim_of_every_shipped_case_has_its_fields(case):
    draft = Draft(text_of_opened(open_scenario(case)))
    for key, polity in draft.checked_text.opened.scenario.polities.items():
        page = aims_section(draft, key)
        assert page.count('class="g-number') == sum(len(aim.weights) for aim in polity.objectives)
        assert all(f".objectives.{n}.name" in page for n in range(len(polity.objectives)))


def test_an_aim_is_added_weighed_by_more_moved_and_removed(draft_of):
    before = len(aims(FULL))
    text = write_edits(FULL, aim_edits(AIMS, "deaths", "Spare: the people"))
    path = (*AIMS, str(before))
    text = write_edits(text, aim_edits(path, "peace"))
    text = write_edits(text, Edits(number_edit(draft_of(text), (*path, "weights", "peace"), (1, 2, 3))))
    text = write_edits(text, field_edits(draft_of(text), (*path, "principal"), True, "switch"))
    aim = aims(text)[-1]
    assert (aim.name, aim.principal, list(aim.weights)) == ("Spare: the people", True, ["deaths", "peace"])
    assert aim.weights["peace"].interval() == (1, 2, 3)
    assert "Spare: the people" in aims_section(draft_of(text), "south")
    assert len(aims(write_edits(text, removal_of(draft_of(text), path)))) == before


def test_an_aim_that_is_weighed_by_nothing_is_told_at_it(draft_of):
    text = write_edits(FULL, aim_edits(AIMS, "deaths", "Spare the people"))
    text = write_edits(text, Edits({".".join((*AIMS, str(len(aims(FULL))), "weights", "deaths")): None}))
    draft = draft_of(text)
    assert fault_counts(draft)["wants"] >= 1
    assert "g-fault" in aims_section(draft, "south")
    assert editor_step_of((*AIMS, "0", "weights", "share")) == "wants"


def test_every_component_of_an_aim_can_be_chosen():
    text = FULL
    for component in COMPONENTS:
        text = write_edits(text, aim_edits(AIMS, component, f"aim {component}"))
    assert len(aims(text)) == len(aims(FULL)) + len(COMPONENTS)


def test_a_version_writes_out_the_aims_of_its_base(workspace):
    workspace.duplicate(Subject("colombia-2012-08", "critics"), "mine")
    text, folder = workspace.text(Subject("own/mine")), workspace.scenarios()
    path = ("polities", "colombia", "objectives")
    count = len(check_text(folder, text, "mine").opened.scenario.polities["colombia"].objectives)
    written = write_edits(text, aim_edits(path, "peace", "A peace"), folder)
    objectives = check_text(folder, written, "mine").opened.scenario.polities["colombia"].objectives
    assert count > 0
    assert [aim.name for aim in objectives][count:] == ["A peace"]
