"""Capsule: a kept run in one zip file; opening one trusts nothing that the file says about itself."""

from __future__ import annotations

import json
import zipfile
import zlib
from pathlib import Path
from shutil import copyfileobj
from stat import S_IFMT, S_IFREG

from ripeness.store.atomic_write import write_file
from ripeness.store.shelf.kept_run import open_kept
from ripeness.store.shelf.manifest import MANIFEST, is_plain_name, manifest, parse_manifest
from ripeness.store.shelf.record_form import MOST_TEXT
from ripeness.world.fault import Fault, Place

MOST_BYTES = 2 * 1024**3  # unpacked, in all: far above a run of a million draws
ENDINGS = (".json", ".csv", ".txt", ".yaml", ".yml", ".nc")  # of what is kept of a run
MOST_FILES = 200
MOST_RATIO = 50  # bytes out for a byte in: deflate reaches 1000, on nothing but zeros; runs have up to 20
SMALL = 1024**2  # bytes below which a ratio says nothing
ARRAYS = ".nc"
BUFFER = 1024**2  # bytes of a file in memory while it is packed
DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can name: no clock, so that the same run is the same capsule
READABLE = S_IFREG | 0o644
BROKEN = (zipfile.BadZipFile, OSError, EOFError, ValueError, zlib.error, NotImplementedError, RuntimeError)


def write_capsule(folder: Path, path: Path) -> Path:
    """Write a kept run as one zip, whole or not at all; the same run is the same bytes.

    Raises: Fault where the run is damaged, or nothing can be written.
    """
    open_kept(folder)

    def write(target: Path) -> None:
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as capsule:
            for path_inside in sorted(folder.iterdir()):
                entry = zipfile.ZipInfo(path_inside.name, DAY)
                entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, READABLE << 16, 3
                with path_inside.open("rb") as source, capsule.open(entry, "w") as packed:
                    copyfileobj(source, packed, BUFFER)

    write_file(path, write)
    return path


def read_capsule(path: Path) -> dict[str, bytes]:
    """Read the files of a capsule into memory, each checked against the manifest; nothing is written anywhere.

    Raises: Fault where it is no capsule, leads out of its folder, is too large or was tampered with.
    """
    place = Place(str(path))
    try:
        with zipfile.ZipFile(path) as capsule:
            entries = capsule.infolist()
            _refuse(entries, place)
            contents = {entry.filename: _content(capsule, entry, place) for entry in entries}
    except BROKEN as error:
        if isinstance(error, Fault):
            raise
        raise Fault(f"this is no capsule, or a damaged one: {error}", place) from None
    return _verified_files(contents, place)


def _refuse(entries: list[zipfile.ZipInfo], place: Place) -> None:
    """Refuse by what the zip's own list says, before a byte is unpacked."""
    if len(entries) > MOST_FILES:
        raise Fault(f"{len(entries)} files are more than the {MOST_FILES} that a capsule may hold", place)
    names = [entry.filename for entry in entries]
    for entry in entries:
        name, kind = entry.filename, S_IFMT(entry.external_attr >> 16)
        if not is_plain_name(name) or is_plain_name(entry.orig_filename) is False:
            raise Fault(f"{name[:80]!r} would be written outside of the run's own folder; it is refused", place)
        if kind not in {0, S_IFREG}:
            raise Fault(f"{name!r} is a link or a device, not a file; it is refused", place)
        if Path(name).suffix.lower() not in ENDINGS:
            raise Fault(f"{name!r} is no file that a run has; it is refused", place)
        if entry.file_size > SMALL and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise Fault(f"{name!r} unpacks to {entry.file_size:,} bytes from {entry.compress_size:,}: a bomb", place)
        if not name.endswith(ARRAYS) and entry.file_size > MOST_TEXT:
            raise Fault(f"{name!r} has {entry.file_size:,} bytes, more than a text of a run can have", place)
    doubled = {name for name in names if sum(other_name.casefold() == name.casefold() for other_name in names) > 1}
    if doubled:
        raise Fault(f"{min(doubled)!r} is there twice; it is refused", place)
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise Fault(f"this unpacks to more than {MOST_BYTES:,} bytes; it is refused", place)


def _content(capsule: zipfile.ZipFile, entry: zipfile.ZipInfo, place: Place) -> bytes:
    """One file, read no further than the size that was stated."""
    with capsule.open(entry) as stream:
        content = stream.read(entry.file_size + 1)
    if len(content) != entry.file_size:
        raise Fault(f"{entry.filename!r} is not of the size that is stated; it is refused", place)
    return content


def _verified_files(contents: dict[str, bytes], place: Place) -> dict[str, bytes]:
    """The files without the manifest, once every one agrees with it."""
    if MANIFEST not in contents:
        raise Fault(f"there is no {MANIFEST}; this is no capsule of a run", place)
    _, listed = parse_manifest(contents[MANIFEST], place)
    files = {name: content for name, content in contents.items() if name != MANIFEST}
    digests = json.loads(manifest(files))
    wrong = [f"{name} is missing" for name in sorted(set(listed) - set(digests))]
    wrong += [f"{name} was added" for name in sorted(set(digests) - set(listed))]
    wrong += [f"{name} was changed" for name in sorted(digests) if name in listed and digests[name] != listed[name]]
    if wrong:
        raise Fault(f"this capsule was tampered with: {'; '.join(wrong)}", place)
    return files
