"""A scenario on a desk: its draft survives, and nothing that another tab wrote is overwritten unasked."""

from __future__ import annotations

import pytest

from ripeness.web.edited_file import EditedFile
from ripeness.web.workspace import Workspace


@pytest.fixture
def subject(workspace):
    return workspace.start("war", "minimal")


@pytest.fixture
def tabs(workspace, subject):
    return EditedFile(workspace, subject), EditedFile(workspace, subject)


def test_a_draft_survives_and_goes_when_its_text_is_saved(workspace, subject):
    paper = EditedFile(workspace, subject)
    assert paper.keep("title: half")
    again = EditedFile(Workspace(workspace.folder), subject)
    assert again.text == again.draft == "title: half"
    assert again.save("title: whole")
    assert workspace.draft("war") is None
    assert workspace.text(subject) == "title: whole"


def test_a_draft_that_says_what_the_file_says_is_dropped(workspace, subject):
    paper = EditedFile(workspace, subject)
    paper.keep("title: half")
    paper.keep(paper.stands)
    assert workspace.draft("war") is None


def test_a_file_saved_in_another_tab_is_not_overwritten_unless_that_is_asked_for(workspace, subject, tabs):
    one, other = tabs
    one.save("title: one")
    assert other.elsewhere() == "file"
    assert not other.save("title: other")
    assert workspace.text(subject) == "title: one"
    assert other.save("title: other", over=True)
    assert (workspace.text(subject), one.elsewhere(), other.elsewhere()) == ("title: other", "file", "")


def test_the_draft_of_another_tab_is_not_overwritten_unless_that_is_asked_for(workspace, tabs):
    one, other = tabs
    assert one.keep("title: one")
    assert other.elsewhere() == "draft"
    assert not other.keep("title: other")
    assert workspace.draft("war") == "title: one"
    other.mine("title: other")
    assert workspace.draft("war") == "title: other"
    assert (one.elsewhere(), one.keep("title: one more")) == ("draft", False)


def test_saving_leaves_the_draft_of_another_tab(workspace, tabs):
    one, other = tabs
    one.keep("title: one")
    assert other.save("title: other")
    assert workspace.draft("war") == "title: one"
    assert one.elsewhere() == "file"


def test_what_another_tab_wrote_can_be_taken(workspace, tabs):
    one, other = tabs
    one.keep("title: one")
    assert other.theirs() == "title: one"
    assert other.elsewhere() == ""
    assert other.keep("title: one, and more")
    one.save("title: two", over=True)
    assert other.theirs() == "title: two"
    assert (other.elsewhere(), workspace.draft("war")) == ("", None)


def test_one_can_go_back_to_the_file(workspace, subject):
    paper = EditedFile(workspace, subject)
    paper.keep("title: half")
    assert paper.back() == workspace.text(subject)
    assert workspace.draft("war") is None
