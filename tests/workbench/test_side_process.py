"""A copy of the process gives the answers that the process itself would, and what it cannot do is done here."""

from __future__ import annotations

import os
import time

import pytest

from ripeness.workbench import side_process
from ripeness.workbench.side_process import SideProcess


def test_the_copy_answers_in_a_process_of_its_own_and_what_it_was_not_asked_is_worked_out_here():
    with SideProcess({"who": os.getpid}) as side:
        there, here = side.answer("who", lambda: 0), side.answer("other", os.getpid)
    assert here == os.getpid()
    assert there != here or not side_process.can_copy()


def test_what_fails_there_or_cannot_be_sent_is_worked_out_here():
    def fail() -> int:
        raise ValueError("no")

    with SideProcess({"fails": fail, "unsendable": lambda: lambda: 1, "fine": lambda: 3}) as side:
        answers = [side.answer(name, lambda: 2) for name in ("fails", "unsendable", "fine")]
    assert answers == [2, 2, 3] or not side_process.can_copy()


def test_a_copy_that_dies_leaves_its_tasks_to_the_parent_and_none_outlives_it():
    with SideProcess({"dies": lambda: os._exit(1), "never": lambda: 1}) as side:
        if not side_process.can_copy():
            pytest.skip("no copy can be made here")
        assert side.answer("never", lambda: 2) == 2
        pid = side._pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_where_no_copy_can_be_made_everything_is_worked_out_here(monkeypatch):
    monkeypatch.setattr(side_process, "can_copy", lambda: False)
    with SideProcess({"who": os.getpid}) as side:
        assert side.answer("who", os.getpid) == os.getpid()


def test_what_is_asked_after_the_copy_is_gone_is_worked_out_here():
    with SideProcess({"late": lambda: 1}) as side:
        pass
    assert side.answer("late", lambda: 2) == 2


def test_a_copy_that_hangs_is_given_up(monkeypatch):
    monkeypatch.setattr(side_process, "PATIENCE", 0.2)
    with side_process.SideProcess({"slow": lambda: time.sleep(60)}) as side:
        assert side.answer("slow", lambda: "here") == "here"
        assert side.answer("slow", lambda: "here") == "here"  # and is not waited for again
