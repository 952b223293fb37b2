"""Manifest: the list of a kept run's files with their sha256, so that a later change shows and is named."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import file_digest, sha256
from pathlib import Path

from ripeness.store.json_text import json_text
from ripeness.store.untrusted_json import parse_json
from ripeness.world.fault import Fault, Place

MANIFEST, SCENARIO = "manifest.json", "scenario.yaml"
LARGEST = 1024**2  # bytes; a run has some ten files, and each a line
LETTERS = 16  # of a run's name: 64 bits of its sha256, so that no two runs of one shelf ever meet


def manifest(contents: Mapping[str, bytes]) -> str:
    """Write the list of files with their sha256, sorted, as JSON.

    >>> print(manifest({"a.txt": b""}), end="")
    {
     "a.txt": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    }
    """
    return _text({name: sha256(content).hexdigest() for name, content in contents.items()})


def _text(listed: Mapping[str, str]) -> str:
    return json_text(listed, indent=1, sort_keys=True, ascii_only=True) + "\n"


def write_manifest(path: Path) -> None:
    """Write the list of the files that lie in the folder of a manifest, once they are all there.

    Raises: OSError where one cannot be read, or the list cannot be written.
    """
    listed = {file.name: _digest(file) for file in path.parent.iterdir() if file.name != path.name}
    path.write_text(_text(listed), encoding="utf-8", newline="")


def run_name(text: str) -> str:
    """The name that a run has by its manifest, hence by every byte of it.

    >>> run_name(manifest({"a.txt": b""}))
    '9476bd80987e3f85'
    """
    return sha256(text.encode()).hexdigest()[:LETTERS]


def read_manifest(folder: Path) -> tuple[str, dict[str, str]]:
    """Read which files a kept run has: the manifest's text, and what it says.

    Raises: Fault where there is no manifest, or it is not one.
    """
    place = Place(str(folder / MANIFEST))
    try:
        if not (folder / MANIFEST).is_file():
            raise Fault("a kept run has a manifest, and this has none", place)
        with (folder / MANIFEST).open("rb") as stream:
            raw = stream.read(LARGEST + 1)
    except OSError as error:
        raise Fault(f"this manifest cannot be read: {error.strerror}", place) from None
    return parse_manifest(raw, place)


def parse_manifest(raw: bytes, place: Place) -> tuple[str, dict[str, str]]:
    """The text of a manifest, and what it says.

    Raises: Fault where it is not one.
    """
    try:
        text = raw.decode()
        content = parse_json(text, place) if len(raw) <= LARGEST else None
    except (UnicodeDecodeError, Fault):
        text, content = "", None
    return text, validate_manifest(content, place)


def validate_manifest(content: object, place: Place) -> dict[str, str]:
    """A manifest's files and their sha256, once both are texts and every file has a plain name of its own.

    Raises: Fault where it says something else.
    """
    if not isinstance(content, dict) or not all(isinstance(digest, str) for digest in content.values()):
        raise Fault("this is no manifest; the run is damaged", place)
    for name in content:
        if not is_plain_name(str(name)):
            raise Fault(f"the manifest names {str(name)[:80]!r}, which is no file of a run", place)
    return content


def is_plain_name(name: str) -> bool:
    """Whether a name is that of a file beside others: no folder, no way up, nothing hidden or unprintable.

    >>> [name for name in ("scenario.yaml", "../scenario.yaml", "/etc/passwd", "C:x", ".hidden") if is_plain_name(name)]
    ['scenario.yaml']
    """
    bad = not name or name.startswith(".") or not name.isprintable()
    return not bad and not any(letter in name for letter in "/\\:")


def damage(folder: Path) -> tuple[str, ...]:
    """What is wrong with the files of a kept run, in words; nothing where each is as it was written.

    Raises: Fault where there is no manifest, or it is not one.
    """
    _, listed = read_manifest(folder)
    try:
        present = {path.name for path in folder.iterdir()} - {MANIFEST}
        missing, added, shared = (
            sorted(set(listed) - present),
            sorted(present - set(listed)),
            sorted(set(listed) & present),
        )
        changed = [name for name in shared if _digest(folder / name) != listed[name]]
    except OSError as error:
        raise Fault(f"this run cannot be read: {error.strerror or error}", Place(str(folder))) from None
    return (
        *(f"{name} is missing" for name in missing),
        *(f"{printable_name(name)} was added" for name in added),
        *(f"{name} was changed" for name in changed),
    )


def printable_name(name: str) -> str:
    r"""A name of a file as it can be printed: what would move a terminal's cursor is written out.

    >>> printable_name("answer.json"), printable_name("\x1b[2J")
    ('answer.json', "'\\x1b[2J'")
    """
    return name if name.isprintable() else repr(name)


def _digest(path: Path) -> str:
    if path.is_symlink() or not path.is_file():
        return "not a file"
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
