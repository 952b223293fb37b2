"""A capsule opens to the very run that was packed, and to nothing else."""

from __future__ import annotations

import json
import zipfile
from stat import S_IFLNK

import pytest

from ripeness.store.shelf.capsule import read_capsule, write_capsule
from ripeness.store.shelf.manifest import MANIFEST, manifest
from ripeness.store.shelf.shelf import put_run
from ripeness.world.fault import Fault

ABOUT = {"case": "north-south", "coding": "public", "reading": "factional", "draws": 8, "seed": 1, "version": "1"}
FILES = {
    "scenario.yaml": b"title: <script>alert(1)</script>\n",
    "inputs.json": b"{}",
    "answer.json": b"{}",
    "provenance.json": json.dumps(ABOUT).encode(),
}


@pytest.fixture
def capsule(tmp_path):
    return write_capsule(put_run(FILES, tmp_path / "shelf"), tmp_path / "run.zip")


def zipped(path, files, change=lambda entry: entry):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(change(entry), content)
    return path


def test_what_was_packed_comes_out_and_twice_is_the_same_bytes(capsule, tmp_path):
    assert read_capsule(capsule) == FILES
    again = write_capsule(put_run(FILES, tmp_path / "elsewhere"), tmp_path / "again.zip")
    assert again.read_bytes() == capsule.read_bytes()


@pytest.mark.parametrize(
    "name", ["../run.txt", "/etc/run.txt", "a/../../b", "..\\run.txt", "C:\\run.txt", "deep/run.txt"]
)
def test_a_path_that_leads_elsewhere_is_refused_and_named(tmp_path, name):
    path = zipped(tmp_path / "bad.zip", {**FILES, name: b"", MANIFEST: manifest(FILES).encode()})
    with pytest.raises(Fault, match="outside of the run's own folder"):
        read_capsule(path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_refused_and_named(tmp_path):
    def link(entry):
        entry.create_system, entry.external_attr = 3, (S_IFLNK | 0o777) << 16
        return entry

    with pytest.raises(Fault, match="'answer.json' is a link"):
        read_capsule(zipped(tmp_path / "bad.zip", {"answer.json": b"/etc/passwd"}, link))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = zipped(tmp_path / "bad.zip", {"answer.json": b"\0" * 40_000_000})
    with pytest.raises(Fault, match="a bomb"):
        read_capsule(path)


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path):
    path = zipped(tmp_path / "bad.zip", {"answer.json": b"\0" * 40_000_000})
    size = (40_000_000).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(size, (100).to_bytes(4, "little")))
    with pytest.raises(Fault, match=r"no capsule|not of the size"):
        read_capsule(path)


def test_too_many_files_are_refused(tmp_path):
    with pytest.raises(Fault, match="more than the 200"):
        read_capsule(zipped(tmp_path / "bad.zip", {f"{n}.txt": b"" for n in range(201)}))


def test_a_file_that_is_there_twice_is_refused(tmp_path):
    with pytest.raises(Fault, match="there twice"):
        read_capsule(zipped(tmp_path / "bad.zip", {"answer.json": b"1", "ANSWER.json": b"2"}))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (FILES | {"answer.json": b"[]"}, "answer.json was changed"),
        (FILES | {"more.txt": b""}, "more.txt was added"),
        ({name: FILES[name] for name in ("scenario.yaml", "answer.json", "provenance.json")}, "inputs.json is missing"),
    ],
)
def test_tampering_is_found_and_named(tmp_path, files, said):
    with pytest.raises(Fault, match=said):
        read_capsule(zipped(tmp_path / "bad.zip", {**files, MANIFEST: manifest(FILES).encode()}))


def test_no_byte_of_a_capsule_can_be_flipped_unseen(capsule, tmp_path):
    whole = capsule.read_bytes()
    bad = tmp_path / "bad.zip"
    for at in range(0, len(whole), 7):
        bad.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            found = read_capsule(bad)
        except Fault:
            continue
        assert found == FILES, f"byte {at}"  # a date or an attribute of the zip: no content


@pytest.mark.parametrize("content", [b"", b"PK", b"not a zip at all", b"PK\x03\x04" + b"\0" * 100])
def test_what_is_no_zip_is_refused_in_words(tmp_path, content):
    (tmp_path / "bad.zip").write_bytes(content)
    with pytest.raises(Fault, match="no capsule"):
        read_capsule(tmp_path / "bad.zip")
