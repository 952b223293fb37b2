"""Files and folders are there whole or not at all."""

from __future__ import annotations

import errno
import os
import time
from stat import S_IFBLK, S_IFCHR, S_ISCHR, S_ISFIFO
from threading import Thread

import pytest

from ripeness.store.atomic_write import temporary_folder, write_file, write_folder
from ripeness.store.cells import to_csv
from ripeness.store.provenance import provenance
from ripeness.store.write_target import require_free_folder, require_writable_file
from ripeness.world.fault import Fault


def broken(path):
    path.write_text("half")
    raise RuntimeError


def test_a_writer_that_breaks_off_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "run.json"
    write_file(path, "old")
    with pytest.raises(RuntimeError):
        write_file(path, broken)
    assert path.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir()] == ["run.json"]


def test_a_folder_appears_only_when_all_its_files_are_written(tmp_path):
    with pytest.raises(RuntimeError):
        write_folder(tmp_path / "run", {"a.txt": "whole", "b.txt": broken})
    assert not list(tmp_path.iterdir())
    write_folder(tmp_path / "run", {"a.txt": "whole", "deep/b.bin": b"\x00"})
    assert (tmp_path / "run" / "a.txt").read_text() == "whole"
    assert (tmp_path / "run" / "deep" / "b.bin").read_bytes() == b"\x00"


def test_what_is_there_is_never_overwritten_by_a_folder(tmp_path):
    write_folder(tmp_path / "run", {"a.txt": "first"})
    with pytest.raises(Fault, match="left as it is"):
        write_folder(tmp_path / "run", {"a.txt": "second"})
    assert (tmp_path / "run" / "a.txt").read_text() == "first"


def test_a_missing_parent_is_named(tmp_path):
    with pytest.raises(Fault, match="nowhere"):
        write_file(tmp_path / "nowhere" / "a.txt", "")
    with pytest.raises(Fault, match="nowhere"):
        write_folder(tmp_path / "nowhere" / "run", {})


def test_files_may_be_read_by_whom_the_user_lets_read(tmp_path):
    write_file(tmp_path / "a.txt", "")
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o666 & ~mask


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-x", "@sum", "\t="])
def test_no_cell_is_a_formula(cell):
    assert f"'{cell}" in to_csv([{"name": cell, "p": 0.5}])


def test_provenance_is_the_same_twice_and_names_versions():
    assert provenance({"seed": 1}) == provenance({"seed": 1})
    assert set(provenance({})["packages"]) >= {"numpy", "numba"}


def test_what_a_killed_writer_left_long_ago_is_taken_away_and_what_is_fresh_is_not(tmp_path):
    for name, age in ((".unfinished-old", 2 * 86400), (".unfinished-new", 60)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "half").write_text("half")
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    write_file(tmp_path / "a.txt", "whole")
    assert sorted(one.name for one in tmp_path.iterdir()) == [".unfinished-new", "a.txt"]


def test_a_link_to_a_file_stays_a_link_and_its_target_is_written(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("old")
    (tmp_path / "link.txt").symlink_to("deep/a.txt")
    (tmp_path / "dangling.txt").symlink_to("deep/b.txt")
    for name in ("link.txt", "dangling.txt"):
        require_writable_file(tmp_path / name)
        write_file(tmp_path / name, "new")
        assert (tmp_path / name).is_symlink()
    assert [(tmp_path / "deep" / name).read_text() for name in ("a.txt", "b.txt")] == ["new", "new"]
    assert sorted(one.name for one in (tmp_path / "deep").iterdir()) == ["a.txt", "b.txt"]


def test_links_in_a_circle_and_names_too_long_are_faults(tmp_path):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for path in (tmp_path / "a", tmp_path / ("x" * 300), tmp_path / ("x" * 300) / "y"):
        for asked in (
            require_writable_file,
            require_free_folder,
            lambda path: write_file(path, ""),
            lambda path: write_folder(path, {}),
        ):
            with pytest.raises(Fault, match=r"cannot be written|does not exist"):
                asked(path)


@pytest.mark.skipif(os.name != "posix", reason="pipes with names are of POSIX systems")
def test_a_pipe_is_written_through_and_stays_a_pipe(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to("pipe.csv")
    read = []
    for name in ("pipe.csv", "link.csv"):
        reader = Thread(target=lambda: read.append((tmp_path / "pipe.csv").read_text()))
        reader.start()
        write_file(tmp_path / name, lambda path: path.write_text("whole"))
        reader.join()
    assert read == ["whole", "whole"]
    assert S_ISFIFO((tmp_path / "pipe.csv").stat().st_mode)
    assert (tmp_path / "link.csv").is_symlink()


@pytest.mark.skipif(os.name != "posix", reason="pipes with names are of POSIX systems")
def test_a_pipe_from_which_nobody_reads_is_a_fault_and_no_endless_wait(tmp_path, monkeypatch):
    monkeypatch.setattr("ripeness.store.atomic_write.PATIENCE", 0.1)
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(Fault, match="nobody reads"):
        write_file(tmp_path / "pipe.csv", "whole")


def device(path, kind, number):
    try:
        os.mknod(path, kind | 0o666, number)
        path.open("wb").close() if kind == S_IFCHR else None
    except (PermissionError, AttributeError):
        return False
    return True


def test_a_device_is_written_through_and_a_disk_is_refused(tmp_path):
    # Without the right to make devices, a link to one is what can be tried; it is followed all the same.
    null = tmp_path / "null.csv"
    if not device(null, S_IFCHR, os.makedev(1, 3)):
        null.symlink_to(os.devnull)
    require_writable_file(null)
    write_file(null, "whole")
    assert S_ISCHR(null.stat().st_mode)
    if device(tmp_path / "disk.csv", S_IFBLK, os.makedev(7, 250)):
        for asked in (require_writable_file, lambda path: write_file(path, "whole")):
            with pytest.raises(Fault, match="a disk"):
                asked(tmp_path / "disk.csv")
    for asked in (require_free_folder, lambda path: write_folder(path, {"a.txt": ""})):
        with pytest.raises(Fault, match="left as it is"):
            asked(null)
    assert S_ISCHR(null.stat().st_mode)


def test_a_folder_in_the_place_of_a_file_is_refused_before_the_work(tmp_path):
    for asked in (require_writable_file, lambda path: write_file(path, "")):
        with pytest.raises(Fault, match="this is a folder"):
            asked(tmp_path)


def test_a_folder_is_written_where_a_link_to_an_empty_one_leads(tmp_path):
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    require_free_folder(tmp_path / "link")
    write_folder(tmp_path / "link", {"a.txt": "whole"})
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "empty" / "a.txt").read_text() == "whole"


def test_a_mounted_disk_is_no_place_for_a_new_folder_and_is_named_before_the_work(tmp_path, monkeypatch):
    monkeypatch.setattr("pathlib.Path.is_mount", lambda path: path == tmp_path / "disk")
    (tmp_path / "disk").mkdir()
    with pytest.raises(Fault, match="mounted"):
        require_free_folder(tmp_path / "disk")


def test_a_folder_that_lets_nothing_be_written_is_named_before_the_work(tmp_path, monkeypatch):
    def refuse(**_):
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    for asked in (require_writable_file, require_free_folder):
        with pytest.raises(Fault, match=r"run:1:1: cannot be written: Read-only"):
            asked(tmp_path / "run")


def test_a_file_that_is_written_anew_keeps_its_permissions(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "a.txt").chmod(0o640)
    write_file(tmp_path / "a.txt", "new")
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640


def test_a_temporary_folder_goes_and_old_ones_of_ours_go_with_it(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name, age in (("ripeness-old", 2 * 86400), ("ripeness-new", 60), ("other-old", 2 * 86400)):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (time.time() - age,) * 2)
    (tmp_path / "ripeness-link").symlink_to("other-old")
    os.utime(tmp_path / "ripeness-link", (time.time() - 2 * 86400,) * 2, follow_symlinks=False)
    with temporary_folder() as place:
        assert place.parent == tmp_path
    assert sorted(one.name for one in tmp_path.iterdir()) == ["other-old", "ripeness-new"]


def test_no_place_for_temporary_files_is_a_fault(monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", "/nowhere/at/all")
    with pytest.raises(Fault, match="TMPDIR"), temporary_folder():
        pass
