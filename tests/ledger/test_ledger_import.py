"""Tables of other people's making: what is meant is taken, and what cannot be taken is named by its cell."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ripeness.ledger.book.book import Book
from ripeness.ledger.book.chain import GENESIS, link_entry, seal
from ripeness.ledger.book.entry import Entry, ForecastQuestion, LedgerRecord, RecordedForecast, Resolution, stamp
from ripeness.ledger.exchange.files import COLUMNS, as_csv, as_json, from_file
from ripeness.ledger.verbs import forecast as verbs
from ripeness.world.fault import Fault

NOW = datetime(2027, 6, 1, 12, tzinfo=UTC)
TRUCE = ForecastQuestion("truce", "Will it?", "yes if so", date(2027, 1, 1), date(2027, 12, 1), date(2027, 12, 1))
ENDS = replace(TRUCE, id="ends", outcomes=("settlement", "frozen", "fighting"))
HEAD = "kind,question,by,made,probabilities\n"
HOW_TO = Path(__file__).parents[2] / "docs/how-to/keep-and-score-forecasts.md"


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    path = tmp_path / "ledger.sqlite"
    with Book.open(str(path)) as book:
        book.add([TRUCE, ENDS, replace(TRUCE, id="truce-2027")], NOW)
    return path


def taken(ledger: Path, data: str | bytes) -> list[RecordedForecast]:
    """What the forecasts of a ledger are after a file was read."""
    file = ledger.with_name("table.csv")
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    verbs.import_file(file, now=NOW, ledger=ledger)
    found = verbs.listing(today=NOW.date(), ledger=ledger).dockets
    return [dated.forecast for docket in found for dated in docket.forecasts]


@pytest.mark.parametrize("cell", ["0.2", ".2", "20%", "20 %", "2e-1", '"0,2"', '"{""yes"": 0.2, ""no"": 0.8}"'])
def test_one_number_is_the_chance_of_yes(ledger: Path, cell: str) -> None:
    (said,) = taken(ledger, f"{HEAD}forecast,truce,xi,2027-05-02,{cell}")
    assert said.probabilities == {"yes": 0.2, "no": 0.8}
    assert said.made == datetime(2027, 5, 2, tzinfo=UTC)


def test_a_number_is_taken_for_a_question_that_the_same_table_asks(tmp_path: Path) -> None:
    table = (
        "kind,id,question,text,criteria,by,opens,closes,resolves,made,probabilities,base_rate,ordered\n"
        "question,new,,What?,so,ana,2027-01-01,2027-12-01,2027-12-01,,,10%,FALSE\n"
        "forecast,,new,,,ana,,,,2027-05-02T14:30+02:00,.2,,\n"
    )
    (said,) = taken(tmp_path / "new.sqlite", table)
    assert said.probabilities == {"yes": 0.2, "no": 0.8}
    assert said.made == datetime(2027, 5, 2, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "data",
    [
        (HEAD + "forecast,truce,ana müller,2027-05-02,.2\n").encode("utf-8-sig"),
        (HEAD + "forecast,truce,ana müller,2027-05-02,.2\n").encode("utf-16"),
        (HEAD + "forecast,truce,ana müller,2027-05-02,.2\r\n").replace("\n", "\r\n").encode(),
        (HEAD + "forecast,truce,ana müller,2027-05-02,0.2\n").replace(",", "\t").encode(),
        (HEAD.replace(",", ";") + "forecast;truce;ana müller;2027-05-02;0,2\n").encode(),
        ("sep=;\n" + HEAD.replace(",", ";") + "forecast;truce;ana müller;2027-05-02;0,2\n").encode(),
        ("Our forecasts\n\n" + HEAD + "forecast,truce,ana müller,2027-05-02,.2\n").encode(),
    ],
)
def test_tables_of_every_spreadsheet_are_read(ledger: Path, data: bytes) -> None:
    (said,) = taken(ledger, data)
    assert said.by == "ana müller"
    assert said.probabilities == {"yes": 0.2, "no": 0.8}


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        ("null", "gives no probabilities"),
        ("true", "gives no probabilities"),
        ("[1]", "gives no probabilities"),
        ("NaN", "gives no probabilities"),
        ("Infinity", "gives no probabilities"),
        ("nan", "gives no probabilities"),
        ('"""x"""', "gives no probabilities"),
        ("{}", "missing for yes, no"),
        ("1e999", "is not a probability"),
        ("20", "write a number from 0 to 1, such as .2 or 20%"),
        ("-0.1", "is not a probability"),
        ("120%", "is not a"),
        ('"{""yes"": NaN, ""no"": 1}"', "NaN is no number of JSON"),
        ('"{""yes"": null, ""no"": 1}"', "null for 'yes'"),
        ('"{""yes"": true, ""no"": 0}"', "true for 'yes'"),
        ('"{""yes"": [1], ""no"": 0}"', "for 'yes' is no number"),
        ('"{""yes"": ""0.2"", ""no"": 0.8}"', "without quotes"),
        ('"{""yes"": 0.2"', "is not JSON"),
        ('"{""yes"": .2, ""yes"": .8}"', "is not JSON"),
        ('"{""yes"": 0.2, ""yes"": 0.8}"', "stands twice"),
        ('"{""yes"": 0.2, ""no"": 0.7}"', "sum to 0.9, not to 1"),
        ('"{""yse"": 0.2, ""no"": 0.8}"', "did you mean 'yes'"),
        ('"{""yes"": 1e999, ""no"": 0}"', "too large"),
        ('"{""\\ud800"": 1}"', "half a letter"),
        ('"' + '{""a"":' * 5000 + '"', "within one another"),
        ("0.2;0.8", "gives no probabilities"),
        ("\uff11", "gives no probabilities"),
    ],
)
def test_a_cell_that_gives_no_probabilities_is_named_by_line_and_column(ledger: Path, cell: str, what: str) -> None:
    with pytest.raises(Fault) as caught:
        taken(ledger, f"{HEAD}forecast,truce,xi,2027-05-02,{cell}\n")
    assert f"table.csv:2:{len('forecast,truce,xi,2027-05-02,') + 1}: " in str(caught.value)
    assert what in str(caught.value)
    assert "Traceback" not in str(caught.value)


@pytest.mark.parametrize(
    ("row", "column", "what"),
    [
        ("forecast,ends,xi,2027-05-02,.2", 29, "asks for settlement, frozen, fighting"),
        ("forecast,nobody,xi,2027-05-02,.2", 31, "a question that nobody has asked"),
        ("forecast,truce,xi,2029-05-02,.2", 19, "cannot be made in the future"),
        ("forecast,truce,xi,2026-05-02,.2", 19, "opens only on 2027-01-01"),
        ("forecast,truce,xi,2 May 2027,.2", 19, "write year-month-day"),
        ("forecast,truce,xi,02/05/2027,.2", 19, "write year-month-day"),
        ("forecast,truce,xi,2027-05-02T25:00,.2", 19, "is not a time"),
        ("forecast,truce,xi,0001-01-01T00:00+14:00,.2", 19, "outside of the years 1 to 9999"),
        ("forecast,truce,xi,9999-12-31T23:59-14:00,.2", 19, "outside of the years 1 to 9999"),
        ("forecast,truce,,2027-05-02,.2", 1, "needs more columns filled in: by"),
        ('forecast,"truce\x1b[2J",xi,2027-05-02,"{""yes"": 0.2, ""no"": 0.8}"', 16, "is not text"),
        ("guess,truce,xi,2027-05-02,.2", 1, "is no kind of entry"),
        ("forecast,truce,xi,2027-05-02,0,2", 32, "put ';' between the cells"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(ledger: Path, row: str, column: int, what: str) -> None:
    with pytest.raises(Fault) as caught:
        taken(ledger, f"{HEAD}{row}\n")
    assert f"table.csv:2:{column}: " in str(caught.value)
    assert what in str(caught.value)


@pytest.mark.parametrize(
    ("name", "cell", "what"),
    [
        ("ordered", '"""no"""', "is not true or false"),
        ("ordered", "1", "is not true or false"),
        ("ordered", "null", "is not true or false"),
        ("outcomes", "[1]", "is not a list of texts"),
        ("outcomes", "true", "is not a list of texts"),
        ("outcomes", "yes", "is not JSON"),
        ("outcomes", '"[""yes""]"', "at least two outcomes"),
        ("outcomes", "[" * 5000, "too many lists"),
        ("topics", "{}", "is not a list of texts"),
        ("topics", "NaN", "NaN is no number"),
        ("base_rate", "[[1]]", "gives no probabilities"),
        ("base_rate", "null", "gives no probabilities"),
        ("opens", "20270101", "write year-month-day"),
        ("closes", "2027-02-30", "February 2027 has 28 days"),
        ("id", "a b", "cannot be an id"),
    ],
)
def test_a_wrong_cell_of_a_question_is_named(tmp_path: Path, name: str, cell: str, what: str) -> None:
    cells = {
        "kind": "question",
        "id": "q",
        "text": "t",
        "criteria": "c",
        "opens": "2027-01-01",
        "closes": "2027-12-01",
        "resolves": "2027-12-01",
    } | {name: cell}
    file = tmp_path / "table.csv"
    file.write_text(",".join(cells) + "\n" + ",".join(cells.values()) + "\n")
    column = sum(len(cells[key]) + 1 for key in list(cells)[: list(cells).index(name)]) + 1
    with pytest.raises(Fault) as caught:
        verbs.import_file(file, now=NOW, ledger=tmp_path / "ledger.sqlite")
    assert f"table.csv:2:{column}: " in str(caught.value)
    assert what in str(caught.value)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=some.sampled_from([name for name in COLUMNS if name not in {"hash", "kind"}]),
    kind=some.sampled_from(["question", "forecast", "resolution"]),
    cell=some.sampled_from(
        [
            "null",
            "true",
            "1",
            "-1",
            "NaN",
            "Infinity",
            "1e999",
            "[]",
            "{}",
            "[[]]",
            '"x"',
            "9" * 5000,
            "\ud800",
            "'",
            "=1",
        ]
    )
    | some.text(max_size=6),
)
def test_no_cell_of_any_column_ends_in_anything_but_a_fault(tmp_path: Path, name: str, kind: str, cell: str) -> None:
    cells = {
        "kind": kind,
        "id": "q",
        "question": "q",
        "text": "t",
        "criteria": "c",
        "by": "ana",
        "source": "s",
        "opens": "2027-01-01",
        "closes": "2027-12-01",
        "resolves": "2027-12-01",
        "on": "2027-02-01",
        "outcome": "yes",
        "made": "2027-01-01",
        "probabilities": '{"yes": 0.5, "no": 0.5}',
        "base_rate": ".2",
        name: cell,
    }
    file = tmp_path / "table.csv"
    quoted = ['"' + part.replace('"', '""') + '"' for part in cells.values()]
    file.write_text(",".join(cells) + "\n" + ",".join(quoted) + "\n", encoding="utf-8", errors="surrogatepass")
    with suppress(Fault):
        verbs.import_file(file, now=NOW, ledger=tmp_path / "any.sqlite")
    (tmp_path / "any.sqlite").unlink(missing_ok=True)


def test_the_table_that_the_how_to_shows_is_read(ledger: Path) -> None:
    (table,) = re.findall(r"```text\n(kind,.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    made = taken(ledger, table)
    assert {one.made for one in made} == {datetime(2027, 5, 2, tzinfo=UTC), datetime(2027, 5, 9, tzinfo=UTC)}
    assert all(sum(one.probabilities.values()) == pytest.approx(1) for one in made)


def test_a_long_heading_and_many_columns_are_faults(tmp_path: Path) -> None:
    for text in ("kind," + "x" * 140_000 + "\nforecast,1\n", "- " * 60_000, ",".join(["kind"] * 10_000) + "\n1\n"):
        (tmp_path / "x.csv").write_text(text)
        with pytest.raises(Fault):
            from_file(tmp_path / "x.csv")


def chained(*records: LedgerRecord) -> tuple[Entry, ...]:
    entries: list[Entry] = []
    for record in records:
        previous = entries[-1].hash if entries else GENESIS
        entries.append(link_entry(record, stamp(NOW), len(entries) + 1, previous))
    return tuple(entries)


def sealed_with(entries: tuple[Entry, ...], change) -> str:
    """The JSON form of a ledger after its first line was changed and sealed anew."""
    whole = json.loads(as_json(entries))
    line = whole["entries"][0]
    change(line)
    if isinstance(line.get("body"), dict):
        body = json.dumps(line["body"], sort_keys=True, separators=(",", ":"))
        parts = {name: line.get(name) for name in ("seq", "kind", "question", "recorded", "previous", "hash")}
        whole["head"] = line["hash"] = seal(Entry(**{**parts, "body": body}))
    return json.dumps(whole)


@pytest.mark.parametrize(
    "change",
    [
        {"ordered": "no"},
        {"ordered": None},
        {"outcomes": "yes"},
        {"outcomes": [1, 2]},
        {"opens": 20270101},
        {"opens": "2027-W01-1"},
        {"text": 5},
        {"text": "\x1b[2J"},
        {"base_rate": []},
        {"base_rate": {"yes": 1}},
        {"id": "another"},
        {"unknown": 1},
        {"outcomes": ["yes"]},
        {"topics": None},
    ],
)
def test_a_sealed_file_whose_lines_hold_what_no_ledger_takes_is_refused(tmp_path: Path, change) -> None:
    file, ledger = tmp_path / "x.json", tmp_path / "ledger.sqlite"
    file.write_text(sealed_with(chained(TRUCE), lambda line: line["body"].update(change)))
    with pytest.raises(Fault) as caught:
        verbs.import_file(file, now=NOW, ledger=ledger)
    assert "entry 1" in " ".join(str(one) for one in (caught.value, *caught.value.others))
    assert verbs.listing(today=NOW.date(), ledger=ledger).dockets == ()


@pytest.mark.parametrize(
    "change",
    [
        {"seq": "1"},
        {"seq": True},
        {"seq": None},
        {"seq": 1.5},
        {"kind": None},
        {"kind": 1},
        {"kind": "guess"},
        {"recorded": "yesterday"},
        {"recorded": "2027-06-01T12:00:00"},
        {"recorded": None},
        {"recorded": "0001-01-01T00:00:00+14:00"},
        {"body": []},
        {"body": None},
        {"body": "x"},
        {"previous": 1},
        {"question": ["q"]},
    ],
)
def test_a_sealed_file_whose_lines_are_of_wrong_types_is_refused(tmp_path: Path, change) -> None:
    file = tmp_path / "x.json"

    def changed(line: dict[str, object]) -> None:
        line.update(change)

    whole = json.loads(as_json(chained(TRUCE)))
    changed(whole["entries"][0])
    texts = [json.dumps(whole)]
    if all(isinstance(change.get(name, ""), str) for name in ("kind", "recorded")) and "body" not in change:
        texts.append(sealed_with(chained(TRUCE), changed))
    for text in texts:
        file.write_text(text)
        with pytest.raises(Fault, match="x.json:1:1: "):
            verbs.import_file(file, now=NOW, ledger=tmp_path / "ledger.sqlite")


@pytest.mark.parametrize(
    "text",
    [
        "[1]",
        '"x"',
        "1",
        "{",
        '{"format": [1]}',
        '{"format": NaN}',
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"format":"ripeness-ledger","version":1,"entries":[1],"head":"x"}',
        '{"format":"ripeness-ledger","version":1,"entries":{},"head":"x"}',
        '{"format":"ripeness-ledger","version":1,"entries":[[]],"head":"x"}',
        '{"format":"ripeness-ledger","version":1,"entries":null}',
        '{"format":"ripeness-ledger","version":' + "9" * 5000 + "}",
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 1\n",
        "PK\x03\x04",
        "",
    ],
)
def test_a_file_that_holds_no_ledger_is_a_fault_with_its_place(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(Fault, match=r"x\.json:1:"):
        from_file(tmp_path / "x.json")


def test_a_table_exported_and_read_again_keeps_blanks_and_quotes_of_every_text(tmp_path: Path) -> None:
    said = RecordedForecast("truce", " ana ", NOW, {"yes": 0.25, "no": 0.75}, ' =1, "x";\n\t y ')
    entries = chained(TRUCE, said, Resolution("truce", "yes", date(2027, 5, 1), "'s", note="-"))
    (tmp_path / "x.csv").write_text(as_csv(entries), newline="")
    assert from_file(tmp_path / "x.csv").entries == entries
