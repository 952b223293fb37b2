"""The ledger as a file for others: JSON, sealed as it is, and CSV that a spreadsheet opens."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ripeness.store.ledger.cell import guarded, unguarded
from ripeness.store.ledger.chain import GENESIS, breaks, canonical, seal
from ripeness.store.ledger.entry import KINDS, Entry, Record, kind_of, plain, question_of, record_from
from ripeness.world.fault import Fault, Place

FORMAT = "ripeness-ledger"
VERSION = 1
_CHAIN = ("seq", "kind", "recorded", "previous", "hash")
# Every field of every kind of record is a column; a line leaves the columns of the other kinds empty.
_FIELDS = tuple(dict.fromkeys(name for made in KINDS.values() for name in made.__dataclass_fields__))
COLUMNS = (*_CHAIN[:3], *_FIELDS, *_CHAIN[3:])
_AS_JSON = ("base_rate", "probabilities", "provenance", "outcomes", "topics", "ordered", "annulled", "corrects")


@dataclass(frozen=True, slots=True)
class Parcel:
    """What an exchanged file holds: sealed lines to copy, or bare records that still have to be entered."""

    entries: tuple[Entry, ...] = ()
    records: tuple[Record, ...] = ()


def as_json(entries: Sequence[Entry]) -> str:
    """Write lines as JSON with their hashes: nothing is lost, and whoever reads it can check the chain.

    >>> json.loads(as_json(()))["format"]
    'ripeness-ledger'
    """
    lines = [{**_chain(entry), "question": entry.question, "body": json.loads(entry.body)} for entry in entries]
    head = entries[-1].hash if entries else GENESIS
    whole = {"format": FORMAT, "version": VERSION, "head": head, "entries": lines}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def as_csv(entries: Sequence[Entry]) -> str:
    """Write one row a line; cells that would run as formulas are guarded, and lists and shares stand as JSON.

    >>> as_csv(()).split(",")[0]
    'seq'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for entry in entries:
        values = {**json.loads(entry.body), **_chain(entry)}
        writer.writerow([guarded(_cell(name, values[name])) if name in values else "" for name in COLUMNS])
    return out.getvalue()


def from_file(path: Path) -> Parcel:
    """Read an exported ledger, or a CSV table of new records without hashes.

    Raises: Fault that says which line is wrong; a sealed file whose chain is broken is refused.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Fault(f"cannot read {path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Fault(f"{path} is not UTF-8 text; save it as JSON, or as 'CSV UTF-8'") from None
    parcel = _from_json(text, path) if text.lstrip().startswith("{") else _from_csv(text, path)
    if parcel.entries:
        found = breaks(parcel.entries, parcel.entries[-1].seq, parcel.entries[-1].hash)
        if found:
            faults = [Fault(str(one), Place(str(path))) for one in found]
            raise Fault("the chain of this file is broken", Place(str(path)), tuple(faults))
    return parcel


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part.

    Raises: Fault when the place cannot be written.
    """
    half = ""
    try:
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="", dir=path.parent, delete=False) as out:
            half = out.name
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        Path(half).replace(path)
    except OSError as error:
        if half:
            Path(half).unlink(missing_ok=True)
        raise Fault(f"cannot write {path}: {error.strerror}") from None


def _chain(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _CHAIN}


def _cell(name: str, value: object) -> str:
    return canonical(value) if name in _AS_JSON else str(value)


def _from_json(text: str, path: Path) -> Parcel:
    try:
        whole = json.loads(text)
    except ValueError as error:
        raise Fault(f"this is not JSON: {error}", Place(str(path))) from None
    if whole.get("format") != FORMAT or whole.get("version") != VERSION:
        raise Fault(
            f"this is not a ledger as `ripeness forecast export` writes it ({FORMAT} {VERSION})", Place(str(path))
        )
    try:
        entries = tuple(
            Entry(
                **{name: line[name] for name in ("seq", "kind", "question", "recorded", "previous", "hash")},
                body=canonical(line["body"]),
            )
            for line in whole["entries"]
        )
        sound = all(isinstance(entry.seq, int) and isinstance(entry.hash, str) for entry in entries)
    except (KeyError, TypeError):
        sound = False
        entries = ()
    if not sound or whole.get("head") != (entries[-1].hash if entries else GENESIS):
        raise Fault("lines are missing or incomplete: the file does not end where its head says", Place(str(path)))
    return Parcel(entries)


def _from_csv(text: str, path: Path) -> Parcel:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    unknown = [name for name in rows.fieldnames or () if name not in COLUMNS]
    if unknown or "kind" not in (rows.fieldnames or ()):
        raise Fault(
            f"the columns of a ledger are {', '.join(COLUMNS)}; not {', '.join(unknown) or 'these'}", Place(str(path))
        )
    entries: list[Entry] = []
    records: list[Record] = []
    for row in _rows(rows, path):
        place = Place(str(path), rows.line_num)
        values = {name: unguarded(cell) for name, cell in row.items() if isinstance(cell, str)}
        record = _record(values, place)
        if values.get("hash"):
            entries.append(_entry(values, record, place))
        else:
            records.append(record)
    if entries and records:
        raise Fault("some lines carry a hash and some do not: export again, or empty the hash column", Place(str(path)))
    return Parcel(tuple(entries), tuple(records))


def _rows(rows: csv.DictReader[str], path: Path) -> Iterator[dict[str, str]]:
    try:
        yield from rows
    except csv.Error as error:
        raise Fault(f"this is not a CSV table: {error}", Place(str(path), rows.line_num)) from None


def _record(values: Mapping[str, str], place: Place) -> Record:
    """Read the record of one row; columns of other kinds and empty optional ones are passed over."""
    kind = values.get("kind", "")
    if kind not in KINDS:
        raise Fault(f"{kind!r} is no kind of entry; write question, forecast or resolution", place)
    try:
        fields = {name: values[name] for name in KINDS[kind].__dataclass_fields__ if values.get(name)}
        body = {name: json.loads(cell) if name in _AS_JSON else cell for name, cell in fields.items()}
        if kind == "resolution":
            body.setdefault("outcome", "")
        body = {
            name: _floats(value) if name in {"base_rate", "probabilities"} else value for name, value in body.items()
        }
        return record_from(kind, body)
    except TypeError as error:
        missing = str(error).partition("argument")[2].lstrip("s: ")
        raise Fault(f"a {kind} needs more columns filled in: {missing or error}", place) from None
    except (KeyError, ValueError) as error:
        raise Fault(f"a cell of this {kind} cannot be read: {error}", place) from None


def _entry(values: Mapping[str, str], record: Record, place: Place) -> Entry:
    """Rebuild a sealed line from its row, and name the row when a cell was changed."""
    try:
        seq = int(values["seq"])
        entry = Entry(
            seq, kind_of(record), question_of(record), values["recorded"], canonical(plain(record)),
            values["previous"], values["hash"],
        )  # fmt: skip
    except (KeyError, ValueError):
        raise Fault("seq, recorded and previous have to be filled in beside a hash", place) from None
    if seal(entry) != entry.hash:
        raise Fault(
            f"entry {seq} does not fit its hash: a cell was changed, or a spreadsheet rewrote its dates or numbers; "
            "take the JSON export, or empty the hash column to add the rows as new entries",
            place,
        )
    return entry


def _floats(shares: object) -> object:
    return {name: float(value) for name, value in shares.items()} if isinstance(shares, Mapping) else shares
