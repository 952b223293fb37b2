"""The workspace keeps what is written in it, and no name leads out of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ripeness.web.checked_text import check_text
from ripeness.web.questions import mark_of
from ripeness.web.workspace import Subject, Workspace, base_beside
from ripeness.world.fault import Fault

ODD = ["..", "../x", "a/b", "/etc/passwd", "a\\b", "", ".hidden", "x\0y", "a" * 200, "con\n"]


@pytest.mark.parametrize("name", ODD)
def test_a_name_that_could_lead_elsewhere_is_refused(workspace, name):
    for act in (
        workspace.path,
        workspace.draft,
        lambda n: workspace.start(n, "minimal"),
        lambda n: workspace.take_in(n, b""),
    ):
        if act.__name__ == "<lambda>" and ("/" in name or "\\" in name):
            continue  # an uploaded path counts by its last part
        with pytest.raises(Fault):
            act(name)


def test_an_uploaded_path_counts_by_its_last_part(workspace):
    assert workspace.take_in("../../etc/war.yaml", b"title: x").case == "own/war"
    assert workspace.path("war").parent == workspace.folder / "scenarios"


@given(st.text(max_size=40))
def test_no_text_names_a_file_outside(tmp_path_factory, name):
    workspace = Workspace(tmp_path_factory.getbasetemp() / "any")
    try:
        path = workspace.path(name)
    except Fault:
        return
    assert path.parent == workspace.folder / "scenarios"


@pytest.mark.parametrize("case", ["own/../x", "own/missing", "nowhere", "/etc", "own/"])
def test_a_subject_that_is_not_there_is_a_fault(workspace, case):
    with pytest.raises(Fault):
        workspace.source(Subject(case))


def test_a_link_that_leads_out_is_not_followed(workspace, tmp_path):
    (tmp_path / "secret.yaml").write_text("title: secret")
    workspace.path("door").symlink_to(tmp_path / "secret.yaml")
    with pytest.raises(Fault):
        workspace.source(Subject("own/door"))


def test_a_base_outside_the_workspace_is_not_read(workspace, tmp_path):
    (tmp_path / "secret.yaml").write_text("title: secret")
    for base in ("../../secret.yaml", str(tmp_path / "secret.yaml"), "a/b.yaml", "[1]"):
        found = check_text(workspace.scenarios(), f"base: {base}\n", "mine")
        assert not found.sound
        assert "beside this one" in found.marks[0].message
        with pytest.raises(Fault, match="beside this one"):
            workspace.save("mine", f"base: {base}\n")
        with pytest.raises(Fault, match="beside this one"):
            workspace.take_in("theirs.yaml", f"base: {base}\n".encode())


def test_a_duplicate_of_a_coding_brings_its_base_and_reads_the_same(workspace):
    copied = workspace.duplicate(Subject("ukraine-2023-03", "essay"), "mine")
    text = workspace.text(copied)
    assert "base: mine-base.yaml" in text
    assert check_text(workspace.scenarios(), text, "mine").sound


def test_nothing_is_overwritten_by_a_new_scenario(workspace):
    workspace.start("war", "minimal")
    with pytest.raises(Fault, match="already"):
        workspace.start("war", "full")
    with pytest.raises(Fault, match="already"):
        workspace.take_in("war.yaml", b"title: x")


def test_what_is_put_aside_can_be_fetched_again(workspace):
    subject = workspace.start("war", "minimal")
    text = workspace.text(subject)
    workspace.remove(subject)
    assert subject not in workspace.subjects()
    assert [path.read_text() for path in (workspace.folder / "removed").iterdir()] == [text]


def test_a_question_on_a_scenario_that_was_put_aside_meanwhile_is_a_fault(workspace):
    with pytest.raises(Fault, match="cannot be read"):
        mark_of(workspace.folder / "scenarios" / "gone.yaml", "")


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"a\0b"])
def test_what_is_no_text_is_not_taken_in(workspace, raw):
    with pytest.raises(Fault):
        workspace.take_in("war.yaml", raw)


def test_a_text_may_build_on_a_shipped_case_and_on_nothing_outside():
    for base in ("japan-1945", "ukraine-2023-03/essay", "public.yaml"):
        base_beside(f"base: {base}")
    for base in ("../public.yaml", "/etc/passwd", "japan-1945/../../x.yaml", "[japan-1945]", "''"):
        with pytest.raises(Fault, match="or a shipped case"):
            base_beside(f"base: {base}")
