"""The index of a case: its codings, whose view each states, and what is wrong with it, at its place."""

from __future__ import annotations

import pytest

from ripeness.scenario.case import cases_folder, read_case, shipped_case_names
from ripeness.world.fault import Fault

INDEX = """\
title: "The war over the valley"
codings: {public: public.yaml, fearful: fearful.yaml}
"""


@pytest.fixture
def folder(tmp_path):
    for name in ("public", "fearful"):
        (tmp_path / f"{name}.yaml").write_text("title: x\n", encoding="utf-8")
    return tmp_path


def written(folder, more):
    """The case whose index has these lines, too."""
    (folder / "case.yaml").write_text(INDEX + more, encoding="utf-8")
    return read_case(folder)


def test_a_coding_without_a_title_goes_by_its_name(folder):
    assert written(folder, "titles: {fearful: as those who feared an attack}\n").titles == {
        "public": "public",
        "fearful": "as those who feared an attack",
    }


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("titles: {other: x}\n", "case.yaml:3:10: the title of 'other' is of no coding; codings are public, fearful"),
        ("titles: {public: 3}\n", "case.yaml:3:18: the title of the coding 'public' is a line of words"),
        ("titles: {public: ' '}\n", "case.yaml:3:18: the title of the coding 'public' is a line of words"),
        ("views: {}\n", "case.yaml:3:1: 'views' is not a key of a case"),
    ],
)
def test_what_is_wrong_is_told_at_its_place(folder, more, says):
    with pytest.raises(Fault) as caught:
        written(folder, more)
    assert str(caught.value).removeprefix(f"{folder}/").startswith(says)


@pytest.mark.parametrize("name", shipped_case_names())
def test_every_version_of_a_shipped_case_says_whose_view_it_is(name):
    case = read_case(cases_folder() / name)
    assert all(title != coding for coding, title in case.titles.items())
