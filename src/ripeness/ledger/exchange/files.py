"""The ledger as a file for others: JSON, sealed as it is, and CSV that a spreadsheet opens."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

from ripeness.ledger.book.admission import suggest_name
from ripeness.ledger.book.chain import GENESIS, breaks, seal
from ripeness.ledger.book.entry import (
    KINDS,
    Entry,
    ForecastQuestion,
    LedgerRecord,
    kind_of,
    question_name,
    record_from,
    record_values,
)
from ripeness.store.cells import guarded, to_csv, unguarded
from ripeness.store.json_text import canonical_json, json_text
from ripeness.store.untrusted_json import LARGEST, decode_json_text, parse_json, read_bytes
from ripeness.world.dates import parse_day, parse_moment
from ripeness.world.delimited import DelimitedTable, TextRow, parse_delimited
from ripeness.world.fault import Fault, Place
from ripeness.world.text_file import TextFile, decode

FORMAT = "ripeness-ledger"
VERSION = 1
_CHAIN = ("seq", "kind", "recorded", "previous", "hash")
# Every field of every kind of record is a column; a line leaves the columns of the other kinds empty.
_FIELDS = tuple(dict.fromkeys(name for made in KINDS.values() for name in made.__dataclass_fields__))
COLUMNS = (*_CHAIN[:3], *_FIELDS, *_CHAIN[3:])
_AS_JSON = ("base_rate", "probabilities", "provenance", "outcomes", "topics", "ordered", "annulled", "corrects")
_DAYS = ("opens", "closes", "resolves", "on")
_SHARES = ("base_rate", "probabilities")
_NUMBER = re.compile(r"([+-]?(?:[0-9]+[.,]?[0-9]*|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?) ?(%?)")
_SHOWN = 9  # broken lines that one message names
Outcomes = Mapping[str, Sequence[str]]  # the outcomes of questions that are known already, by id


@dataclass(frozen=True, slots=True)
class Parcel:
    """What an exchanged file holds: sealed lines to copy, or bare records that still have to be entered.

    `places` say where each field of each record stands; `notes` what the reader of tables had to guess.
    """

    entries: tuple[Entry, ...] = ()
    records: tuple[LedgerRecord, ...] = ()
    places: tuple[Callable[[str], Place], ...] = ()
    notes: tuple[str, ...] = ()


def as_json(entries: Sequence[Entry]) -> str:
    """Write lines as JSON with their hashes: nothing is lost, and a reader can check the chain.

    >>> json.loads(as_json(()))["format"]
    'ripeness-ledger'
    """
    lines = [{**_chain(entry), "question": entry.question, "body": json.loads(entry.body)} for entry in entries]
    head = entries[-1].hash if entries else GENESIS
    document = {"format": FORMAT, "version": VERSION, "head": head, "entries": lines}
    return json_text(document, indent=1) + "\n"


def as_csv(entries: Sequence[Entry]) -> str:
    """Write one row a line; cells that would run as formulas are guarded, and lists and shares stand as JSON.

    >>> as_csv(()).split(",")[0]
    'seq'
    """
    rows = ({**json.loads(entry.body), **_chain(entry)} for entry in entries)
    return to_csv(({name: guarded(_cell(name, row[name])) for name in COLUMNS if name in row} for row in rows), COLUMNS)


def from_file(path: Path, outcomes: Outcomes | None = None) -> Parcel:
    """Read an exported ledger, or a table of new records without hashes: CSV with commas, semicolons or tabs.

    `known` are the outcomes of questions that stand in the ledger, for a single number as the chance of `yes`.

    Raises: Fault that says which line is wrong; a sealed file whose chain is broken is refused.
    """
    data = read_bytes(path, largest=LARGEST)
    begin = data[:100].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    parcel = (
        _from_json(decode_json_text(data, path), path)
        if begin.startswith((b"{", b"["))
        else _from_table(data, path, outcomes)
    )
    if parcel.entries:
        faults_of_chain = breaks(parcel.entries, parcel.entries[-1].seq, parcel.entries[-1].hash)
        if faults_of_chain:
            faults = [Fault(str(fault), Place(str(path))) for fault in faults_of_chain[:_SHOWN]]
            raise Fault(
                f"the chain of this file is broken in {len(faults_of_chain)} lines", Place(str(path)), tuple(faults)
            )
    return parcel


def _chain(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _CHAIN}


def _cell(name: str, value: object) -> str:
    return canonical_json(value) if name in _AS_JSON else str(value)


def _from_json(text: str, path: Path) -> Parcel:
    place = Place(str(path))
    document = parse_json(text, place)
    if not isinstance(document, dict) or document.get("format") != FORMAT or document.get("version") != VERSION:
        raise Fault(f"this is not a ledger as `ripeness forecast export` writes it ({FORMAT} {VERSION})", place)
    lines = document.get("entries")
    if not isinstance(lines, list):
        raise Fault("lines are missing or incomplete: 'entries' is no list", place)
    entries = tuple(_json_entry(line, number, place) for number, line in enumerate(lines, 1))
    if document.get("head") != (entries[-1].hash if entries else GENESIS):
        raise Fault("lines are missing or incomplete: the file does not end where its head says", place)
    return Parcel(entries)


def _json_entry(line: Any, number: int, place: Place) -> Entry:
    """A line of the JSON form, each part of its type."""
    types = {"seq": int, "kind": str, "question": str, "recorded": str, "previous": str, "hash": str, "body": dict}
    wrong = [name for name, kind in types.items() if not isinstance(line, dict) or not isinstance(line.get(name), kind)]
    if wrong or isinstance(line["seq"], bool):
        raise Fault(f"lines are missing or incomplete: line {number} has no right {', '.join(wrong) or 'seq'}", place)
    return Entry(**{**{name: line[name] for name in types}, "body": canonical_json(line["body"])})


def _from_table(data: bytes, path: Path, outcomes_known: Outcomes | None) -> Parcel:
    # What this program wrote is taken letter by letter; what others wrote may come in other encodings.
    exported = data.startswith(",".join(COLUMNS[:3]).encode())
    source = TextFile(str(path), decode_json_text(data, path)) if exported else decode(data, str(path))
    table = parse_delimited(source.text, source.file, COLUMNS.__contains__, notes=source.notes)
    _check_columns(table)
    outcomes = dict(outcomes_known or {})
    entries: list[Entry] = []
    records: list[LedgerRecord] = []
    places: list[Callable[[str], Place]] = []
    for row in table.rows:
        line = _Line(row, table.columns, outcomes)
        record = line.record()
        if isinstance(record, ForecastQuestion):
            outcomes[record.id] = record.outcomes
        if line.values.get("hash"):
            entries.append(line.entry(record))
        else:
            records.append(record)
            places.append(line.place)
    if entries and records:
        raise Fault(
            "some lines have hashes and some have none; export again, or empty the hash column", table.rows[0].place(0)
        )
    return Parcel(tuple(entries), tuple(records), tuple(places), table.notes)


def _check_columns(table: DelimitedTable) -> None:
    """Refuse a table whose columns are not those of a ledger,
    or one of whose rows has more cells than it has columns.
    """
    for number, name in enumerate(table.columns):
        if name not in COLUMNS:
            message = f"the columns of a ledger are {', '.join(COLUMNS)}; {name!r:.60} is none of them"
            raise Fault(f"{message}{suggest_name(name, COLUMNS)}; {table.separated}", table.heading.place(number))
        if name in table.columns[:number]:
            raise Fault(f"the column {name!r} stands twice", table.heading.place(number))
    if "kind" not in table.columns:
        raise Fault(
            "the columns of a ledger begin with 'kind': question, forecast or resolution", table.heading.place(0)
        )
    surplus = [fault for row in table.rows for fault in table.beyond(row)]
    if surplus:
        raise Fault(surplus[0].message, surplus[0].place, tuple(surplus[1:_SHOWN]))


@dataclass(frozen=True)
class _Line:
    """One row of a table: its cells by column, and the outcomes of the questions that are known so far."""

    row: TextRow
    columns: tuple[str, ...]
    outcomes: Outcomes

    @cached_property
    def values(self) -> dict[str, str]:
        """The cells letter by letter, by column."""
        return {name: unguarded(cell) for name, cell in zip(self.columns, self.row.exact(), strict=False)}

    def place(self, name: str) -> Place:
        """Where the cell of a column stands; where there is no such column, where the row begins."""
        return self.row.place(self.columns.index(name) if name in self.columns else 0)

    def record(self) -> LedgerRecord:
        """Read the record of the row; columns of other kinds and empty optional ones are passed over.

        Raises: Fault with the place of the cell that cannot be read.
        """
        values = self.values
        kind = values.get("kind", "").strip()
        if kind not in KINDS:
            raise Fault(f"{kind!r:.60} is no kind of entry; write question, forecast or resolution", self.place("kind"))
        names = [field.name for field in fields(KINDS[kind]) if values.get(field.name)]
        body = {name: self._value(name, values[name]) for name in names}
        if kind == "resolution":
            body.setdefault("outcome", "")
        try:
            return record_from(kind, body)
        except Fault as fault:
            name = fault.message.partition(":")[0]
            message = fault.message.replace(f"a {kind} needs", f"a {kind} needs more columns filled in:", 1)
            raise Fault(message, self.place(name)) from None

    def entry(self, record: LedgerRecord) -> Entry:
        """Rebuild a sealed line from its row, and name the row when a cell was changed.

        Raises: Fault where it does not fit its hash.
        """
        values = self.values
        seq = values.get("seq", "")
        if not (
            seq.isascii() and seq.isdigit() and len(seq) < 16 and values.get("recorded") and values.get("previous")
        ):
            raise Fault("seq, recorded and previous have to be filled in beside a hash", self.place("hash"))
        entry = Entry(
            int(seq),
            kind_of(record),
            question_name(record),
            values["recorded"],
            canonical_json(record_values(record)),
            values["previous"],
            values["hash"],
        )
        if seal(entry) != entry.hash:
            raise Fault(
                f"entry {seq} does not fit its hash: a cell was changed, or a spreadsheet rewrote its dates or numbers;"
                " take the JSON export, or empty the hash column to add the rows as new entries",
                self.place("hash"),
            )
        return entry

    def _value(self, name: str, cell: str) -> Any:
        """The value of a cell; a time without a zone is UTC.

        Raises: Fault with the place of the cell.
        """
        try:
            if name in _DAYS:
                return parse_day(cell, name).isoformat()
            if name == "made":
                return parse_moment(cell, name).isoformat()
            if name in _SHARES:
                return self._shares(name, cell.strip())
            flag = cell.lower() in {"true", "false"}  # spreadsheets write TRUE
            return parse_json(cell.lower() if flag else cell, Place("")) if name in _AS_JSON else cell
        except Fault as fault:
            message = fault.message if fault.message.startswith(name) else f"{name}: {fault.message}"
            raise Fault(message, self.place(name)) from None

    def _shares(self, name: str, cell: str) -> dict[str, float]:
        """Probabilities by outcome; of a yes/no question one number is the chance of `yes`."""
        number = _share(cell)
        if number is None:
            value = parse_json(cell, Place("")) if cell.startswith("{") else None
            if isinstance(value, dict):
                return {outcome: _probability(outcome, share) for outcome, share in value.items()}
            raise Fault(f'{cell[:60]!r} gives no probabilities; write {{"yes": 0.2, "no": 0.8}}, or .2 for yes or no')
        values = self.values
        question = values.get("id" if values.get("kind") == "question" else "question", "")
        outcomes = tuple(self.outcomes.get(question, ()))
        if name == "base_rate":
            names = parse_json(values["outcomes"], Place("")) if values.get("outcomes") else ["yes", "no"]
            outcomes = tuple(str(part) for part in names) if isinstance(names, list) else ()
        if not outcomes:
            raise Fault(f"{cell} stands for a question that nobody has asked: {question!r:.60}")
        if set(outcomes) != {"yes", "no"}:
            raise Fault(
                f"{cell} is one number, and {question!r:.60} asks for {', '.join(outcomes)}; "
                f'write {{"{outcomes[0]}": {cell}, ...}}'
            )
        return {"yes": number, "no": 1 - number}


def _share(cell: str) -> float | None:
    """A share as people write it, `.2`, `0,2` or `20%`; none where the cell is no number.

    Raises: Fault for a number that is no share.

    >>> _share(".2"), _share("0,2"), _share("20 %"), _share('{"yes": 1}')
    (0.2, 0.2, 0.2, None)
    """
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    number = float(match.group(1).replace(",", ".")) / (100 if match.group(2) else 1)
    if not 0 <= number <= 1:
        raise Fault(f"{cell[:60]} is not a probability; write a number from 0 to 1, such as .2 or 20%")
    return number


def _probability(outcome: str, share: Any) -> float:
    if isinstance(share, bool) or not isinstance(share, int | float):
        raise Fault(
            f"{json_text(share, indent=None, ascii_only=True)[:60]} for {outcome!r:.60} is no number; "
            "write one from 0 to 1, without quotes"
        )
    return float(share)
