"""Actor tables: what is read, and what a bad one is told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from ripeness.scenario.actor_table import ActorTable, read_actor_table
from ripeness.world.fault import Fault

GOOD = "actor,influence,position,salience\nking,3,4,.5\narmy,2,10,1\n"
KTAB = """Two issues,"a scenario, dated",3,2,
Actor,Description,Influence,Policy Position,Policy Salience,Pstn2,Sal2,
XJ,"first, of all",100.0,30,24.0,20,48.0,
LK,second, 60.2,45,44.7,65,41.3,
ZG,third,35.0,30,28.9,15,65.1,
"""


def table(folder: Path, text: str | bytes) -> ActorTable:
    path = folder / "actors.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_actor_table(path)


def told(folder: Path, text: str | bytes) -> tuple[str, int, int]:
    with pytest.raises(Fault) as found:
        table(folder, text)
    assert found.value.place is not None
    return found.value.message, found.value.place.line, found.value.place.column


def test_a_simple_table_is_read_as_it_stands(tmp_path: Path):
    found = table(tmp_path, GOOD)
    assert found.actors == ("king", "army")
    assert found.issues == ("issue",)
    assert found.influence[:, 0].tolist() == [3, 2]
    assert found.position[0, :, 0].tolist() == [4, 10]
    assert found.salience[0, :, 0].tolist() == [0.5, 1]
    assert found.ends.tolist() == [[4, 10]]
    assert "salience is read as a share, 0 to 1" in found.notes


@pytest.mark.parametrize("word", ["influence", "capability", "Capabilities", "POWER", "weight"])
def test_influence_goes_by_several_names(tmp_path: Path, word: str):
    assert table(tmp_path, GOOD.replace("influence", word)).influence[:, 1].tolist() == [3, 2]


@pytest.mark.parametrize(
    "head",
    [
        "actor,influence,tax position,tax salience,Arms position,Arms salience",
        "actor,influence,position_tax,salience_tax,position_Arms,salience_Arms",
        "actor;influence;position tax;salience tax;Position: Arms;Salience: Arms",
        '"actor","influence","tax_position","tax_salience","Arms Position","Arms Salience"',
    ],
)
def test_issues_are_named_before_or_after_the_word(tmp_path: Path, head: str):
    separator = ";" if ";" in head else ","
    rows = [head, "king,3,4,50,1,20".replace(",", separator), "army,2,10,100,0,80".replace(",", separator)]
    found = table(tmp_path, "\n".join(rows))
    assert found.issues == ("tax", "Arms")
    assert found.salience[:, :, 0].tolist() == [[0.5, 1], [0.2, 0.8]]
    assert "salience is read as per cent, 0 to 100" in found.notes


def test_a_range_is_a_90_per_cent_interval(tmp_path: Path):
    found = table(tmp_path, GOOD.replace("3,4", "2 to 4,3.5..5"))
    assert found.influence[0].tolist() == [2, 4]
    assert found.position[0, 0].tolist() == [3.5, 5]
    assert found.ends.tolist() == [[3.5, 10]]


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.encode("utf-16"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace(",", "\t").encode(),
        GOOD.replace(",", ";").replace(".5", "0,5").encode(),
        ("# coded in 2020\n\n" + GOOD + "\n ,,,\n").encode(),
    ],
    ids=["mark", "utf-16", "windows lines", "tabs", "semicolons and decimal commas", "remarks and empty rows"],
)
def test_a_table_is_read_however_it_was_saved(tmp_path: Path, raw: bytes):
    found = table(tmp_path, raw)
    assert found.actors == ("king", "army")
    assert found.salience[0, :, 0].tolist() == [0.5, 1]


def test_another_encoding_is_read_and_said(tmp_path: Path):
    found = table(tmp_path, GOOD.replace("king", "köng").encode("cp1252"))
    assert found.actors[0] == "köng"
    assert "read as Windows-1252, not as UTF-8" in found.notes


def test_a_ktab_file_is_read(tmp_path: Path):
    found = table(tmp_path, KTAB)
    assert found.actors == ("XJ", "LK", "ZG")
    assert found.issues == ("Policy", "issue 2")
    assert found.influence[:, 0].tolist() == [100, 60.2, 35]
    assert found.salience[1, :, 0] == pytest.approx([0.48, 0.413, 0.651])
    assert found.ends.tolist() == [[0, 100], [0, 100]]


def test_an_actor_without_a_position_has_no_part_in_the_issue(tmp_path: Path):
    head = GOOD.replace("position,salience", "tax position,tax salience,war position,war salience")
    found = table(tmp_path, head.replace(".5\n", ".5,1,.5\n").replace("10,1\n", "10,1,2,.5\n") + "press,1,,,3,.2\n")
    assert found.salience[0, 2].tolist() == [0, 0]
    assert found.salience[1, 2].tolist() == [0.2, 0.2]
    assert np.all(np.isfinite(found.position))


def test_a_column_that_nobody_knows_is_left_out_and_said(tmp_path: Path):
    found = table(tmp_path, "actor,influence,position,salience,mood\na,1,1,1,x\nb,1,2,1,y\n")
    assert "column 'mood' is not used" in found.notes


BAD = {
    "empty": ("", "is empty", 1, 1),
    "only blanks": (" \n\n", "is empty", 1, 1),
    "binary": (b"actor,influence\n\x00\x01\x02", "is not text", 2, 1),
    "no influence": ("actor,position,salience\na,1,1\n", "no column is named influence", 1, 1),
    "misspelt influence": (GOOD.replace("influence", "influense"), "did you mean 'influence'", 1, 1),
    "misspelt salience": (GOOD.replace("salience", "salence"), "did you mean 'salience'", 1, 17),
    "no position": (GOOD.replace("position", "place"), "no column for its position", 1, 23),
    "two influences": (GOOD.replace("position", "power"), "a second column for influence", 1, 17),
    "text in a number": (GOOD.replace("3,4", "three,4"), "'three' is not a number", 2, 6),
    "no influence given": (GOOD.replace("3,4", ",4"), "a number is missing", 2, 6),
    "not a number": (GOOD.replace("3,4", "nan,4"), "'nan' is not a number", 2, 6),
    "huge": (GOOD.replace("3,4", "1e300,4"), "too large", 2, 6),
    "negative influence": (GOOD.replace("3,4", "-3,4"), "influence is negative", 2, 6),
    "salience above 100": (GOOD.replace(".5", "105"), "salience lies from 0 to 100", 2, 10),
    "negative salience": (GOOD.replace(".5", "-.5"), "salience lies from 0 to 1", 2, 10),
    "range the wrong way": (GOOD.replace("3,4", "3,9 to 4"), "write 4 to 9", 2, 8),
    "one actor": ("actor,influence,position,salience\na,1,1,1\n", "two actors or more", 2, 1),
    "no actor": ("actor,influence,position,salience\n", "here are none", 1, 1),
    "doubled actor": (GOOD + "king,1,2,1\n", "'king' already stands in line 2", 4, 1),
    "nameless actor": (GOOD + ",1,2,1\n", "the actor has no name", 4, 1),
    "short row": (GOOD + "press,1,2\n", "column 4 is missing", 4, 9),
    "decimal commas": (GOOD + "press,1,5,2,1\n", "put ';' between the cells", 4, 13),
    "salience without position": (GOOD + "press,1,,.5\n", "takes no position", 4, 9),
    "position without salience": (GOOD + "press,1,3,\n", "has no salience", 4, 11),
    "nobody cares": (GOOD.replace(".5", "0").replace("10,1", "10,0"), "nobody with influence cares", 2, 10),
    "open quote": (GOOD + '"press,1,2,1\n', "a quote is opened here", 4, 1),
    "ktab with too few rows": (KTAB.replace(",3,2,", ",4,2,"), "4 actors are announced, 3 follow", 1, 32),
    "ktab with too few columns": (KTAB.replace(",3,2,", ",3,3,"), "3 issues are announced", 1, 34),
    "too many actors": (
        "actor,influence,position,salience\n" + "".join(f"a{n},1,{n},1\n" for n in range(201)),
        "at most 200",
        202,
        1,
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_table_is_told_where_and_what_would_be_right(tmp_path: Path, name: str):
    text, wanted, line, column = BAD[name]
    message, at_line, at_column = told(tmp_path, text)
    assert wanted in message
    assert (at_line, at_column) == (line, column)


def test_several_faults_travel_together(tmp_path: Path):
    with pytest.raises(Fault) as found:
        table(tmp_path, GOOD.replace("3,4", "x,y"))
    assert [other.message.split(" is ")[0] for other in (found.value, *found.value.others)] == ["'x'", "'y'"]


def test_a_file_of_10_megabytes_is_refused(tmp_path: Path):
    assert "is larger than 2 MB" in told(tmp_path, b"a,1\n" * 2_500_000)[0]


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path):
    for path in (tmp_path, tmp_path / "none.csv"):
        with pytest.raises(Fault, match="cannot be read"):
            read_actor_table(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=some.data())
def test_a_mutated_table_is_read_or_told_and_never_breaks(tmp_path: Path, data):
    text = data.draw(some.sampled_from([GOOD, KTAB, GOOD.replace(",", ";")]))
    at = data.draw(some.integers(0, len(text)))
    length = data.draw(some.integers(0, 8))
    junk = data.draw(some.text(alphabet=some.sampled_from(' ,;"\n\t.-+e0123456789to%#=\x00äx'), max_size=8))
    try:
        found = table(tmp_path, text[:at] + junk + text[at + length :])
    except Fault as fault:
        found = fault
    if isinstance(found, Fault):
        assert str(found).startswith(f"{tmp_path}")
    else:
        assert np.all(np.isfinite(found.position))
        assert np.all((found.salience >= 0) & (found.salience <= 1))
        assert np.all(found.influence >= 0)
